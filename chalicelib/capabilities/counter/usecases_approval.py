"""What follows a valid code, each in one transaction: a receiver enrolled, a password changed, a hand-over."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from chalicelib.capabilities.counter.usecases import At, deed_of
from chalicelib.capabilities.counter.usecases_scan import look_at
from chalicelib.domain.application_letters import changed_letter
from chalicelib.domain.application_moves import handed_over
from chalicelib.domain.application_refusals import ApplicationMoved, EventSeen
from chalicelib.domain.applications import Application
from chalicelib.domain.audit import Deed
from chalicelib.domain.code_refusals import CodeMoved, MayNotApprove, ReceiverMoved, ScanMoved
from chalicelib.domain.officers import Officer
from chalicelib.domain.qr_codes import Purpose, QrCode, Redemption
from chalicelib.domain.receivers import Receiver
from chalicelib.domain.seen_events import SeenEvent
from chalicelib.domain.verdicts import Scan, Verdict
from chalicelib.ports import Begin, Chance, Work
from chalicelib.verbs.applications import find_application

_SOURCE = "counter"
_BY_APPROVAL = frozenset({Purpose.ENROLMENT, Purpose.PASSWORD_CHANGE})


def approve(begin: Begin, officer: Officer, lookup_key: str, at: At) -> QrCode:
    """The papers were in order: the receiver exists, or has its new password; the code is used up.

    Raises MayNotApprove, and ScanMoved when the code is not valid any more, or was used by somebody else meanwhile.
    """
    if not officer.may_approve:
        raise MayNotApprove
    seen = look_at(begin, officer, lookup_key, None, at.now)
    code = _to_approve(seen)
    if _is_done_by(code, officer):
        return code
    if seen.verdict is not Verdict.VALID:
        raise ScanMoved
    after = code.redeemed(_redemption(officer, at))
    try:
        with begin() as work:
            _store_receiver(work, code, seen.receiver, at.now)
            work.qr_codes.redeem(code, after)
            deed = Deed.PASSWORD_CHANGED if seen.receiver else Deed.ENROLLED
            work.audit.note(deed_of(officer, deed, lookup_key, "", at))
    except (CodeMoved, ReceiverMoved) as error:
        raise ScanMoved from error
    return after


def _to_approve(seen: Scan) -> QrCode:
    if seen.code is None or seen.code.purpose not in _BY_APPROVAL:
        raise ScanMoved
    return seen.code


def _store_receiver(work: Work, code: QrCode, receiver: Receiver | None, now: datetime) -> None:
    if receiver is None:
        work.receivers.add(Receiver(code.receiver_name, code.credential, now, now))
    else:
        work.receivers.change(receiver, receiver.with_credential(code.credential, now))


def hand_over(
    begin: Begin, chance: Chance, officer: Officer, lookup_key: str, numbers: Sequence[str], at: At
) -> list[Application]:
    """Hand the ticked applications over, all or none, and note the code's use; the applications as they are then.

    The same form again gives the same applications. Raises ScanMoved when one of them cannot be handed over with this
    code, or no longer.
    """
    form = " ".join((officer.officer_id, lookup_key, *numbers))
    try:
        code = _opening(look_at(begin, officer, lookup_key, None, at.now), numbers)
        before = [_collected(begin, code, number) for number in numbers]
        after = [handed_over(one, at.now) for one in before]
        with begin() as work:
            work.events.note(_SOURCE, form, SeenEvent(officer.officer_id, lookup_key), at.now)
            work.qr_codes.redeem(code, code.redeemed(_redemption(officer, at)))
            _store_all(work, chance, before, after, at.now)
            work.audit.note(deed_of(officer, Deed.HANDED_OVER, lookup_key, " ".join(numbers), at))
    except (ApplicationMoved, CodeMoved, EventSeen, ScanMoved) as error:
        if not _is_done(begin, form):
            raise ScanMoved from error
        return [find_application(begin, number) for number in numbers]
    return after


def _opening(seen: Scan, numbers: Sequence[str]) -> QrCode:
    """The code, if it opens all of these."""
    ready = {one.application_number for one in seen.ready}
    if seen.code is None or seen.verdict is not Verdict.VALID or not numbers or not ready.issuperset(numbers):
        raise ScanMoved
    return seen.code


def _collected(begin: Begin, code: QrCode, application_number: str) -> Application:
    """An application, unless it was collected since the look, or has a code of its own since."""
    application = find_application(begin, application_number)
    own_code = code.lookup_key if code.purpose is Purpose.SINGLE_VEHICLE else None
    if not application.is_ready or application.pickup_code != own_code:
        raise ScanMoved
    return application


def _is_done(begin: Begin, form: str) -> bool:
    with begin() as work:
        (seen,) = work.events.find(_SOURCE, [form])
    return seen is not None


def _store_all(
    work: Work, chance: Chance, before: Sequence[Application], after: Sequence[Application], now: datetime
) -> None:
    """Each application with its letter; an address's letters are counted together."""
    letters = [changed_letter(one, other, chance.new_token(), now) for one, other in zip(before, after, strict=True)]
    for one, other in zip(before, after, strict=True):
        work.applications.change(one, other)
    for address, count in Counter(letter.to for letter in letters if letter).items():
        work.addresses.count_due_mail(address, now, count)
    for letter in letters:
        if letter:
            work.letters.post(letter)


def _is_done_by(code: QrCode, officer: Officer) -> bool:
    use = code.redemption
    return use is not None and use.office == officer.office and use.officer_id == officer.officer_id


def _redemption(officer: Officer, at: At) -> Redemption:
    return Redemption(at.now, officer.office, officer.officer_id)
