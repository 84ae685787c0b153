"""Being let in to look at an application: by its password, or by a passcode mailed to its notification address."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.addresses import comparison_key
from chalicelib.domain.application_letters import passcode_letter
from chalicelib.domain.application_refusals import PasscodeMoved
from chalicelib.domain.attempts import Door
from chalicelib.domain.enquiries import Enquiry
from chalicelib.domain.passcodes import PASSCODE_DIGITS, next_passcode
from chalicelib.domain.refusals import MailLimitReached, MailLimitSpent
from chalicelib.ports import Begin, Chance, PasswordHasher, Work
from chalicelib.verbs.doors import Knock, is_reserved, knock


def enter(
    begin: Begin,
    chance: Chance,
    hasher: PasswordHasher,
    application_number: str,
    password: str,
    now: datetime,
) -> Enquiry | None:
    """An enquiry; None for whatever keeps it closed: all of that looks alike from outside, in what it costs as well."""
    asked = Knock(Door.APPLICATION, application_number, password)
    verdict = knock(begin, hasher, asked, lambda work: work.applications.password_hash_of(application_number), str)
    if verdict.holder is None:
        return None
    with begin() as work:
        work.attempts.forget(Door.APPLICATION, application_number)
        return _let_in(work, chance, application_number, now)


@dataclass(frozen=True)
class PasscodeAsked:
    """Who asks for a passcode: for which application, to which address they say it goes, in which browser."""

    application_number: str
    address: str
    browser: str
    language: str


def ask_passcode(begin: Begin, chance: Chance, asked: PasscodeAsked, now: datetime) -> None:
    """Mail a passcode, if application and address belong together; what is written is the same if not.

    Raises MailLimitSpent when as many were asked for in this hour as may be, whosever the number is.
    """
    number, code = asked.application_number, chance.new_digits(PASSCODE_DIGITS)
    try:
        with begin() as work:
            own, decoy, addressee = work.passcodes.look_up(number)
            if addressee and comparison_key(addressee.address) != comparison_key(asked.address):
                addressee = None
            before = own if addressee else decoy
            after = next_passcode(before, number, _digest(number, asked.browser, code) if addressee else "", now)
            if after is None:
                raise MailLimitSpent
            work.passcodes.issue(before, after)
            work.addresses.count_reset(asked.address, now, is_theirs=addressee is not None)
            work.attempts.forget(Door.PASSCODE, _guesser(number, asked.browser))
            letter_id = chance.new_token()
            work.letters.post(passcode_letter(number, code, addressee, letter_id, asked.language, now))
    except MailLimitReached as error:
        raise MailLimitSpent from error
    except PasscodeMoved:
        # Somebody asked for one at the same moment: that one is on its way.
        return


def enter_by_passcode(
    begin: Begin, chance: Chance, application_number: str, browser: str, passcode: str, now: datetime
) -> Enquiry | None:
    """An enquiry; None when the passcode is wrong, used, too old, another browser's, or was guessed at too often.

    It opens the application while its password is locked, and does not unlock that. Each browser has its own guesses,
    so that no stranger uses up the applicant's.
    """
    guesser = _guesser(application_number, browser)
    is_locked = not is_reserved(begin, Door.PASSCODE, guesser)
    with begin() as work:
        known = work.passcodes.find(application_number)
    is_good = known is not None and known.is_good(_digest(application_number, browser, passcode), now)
    if known is None or not is_good or is_locked:
        return None
    try:
        with begin() as work:
            work.passcodes.use(known, now)
            work.attempts.forget(Door.PASSCODE, guesser)
            return _let_in(work, chance, application_number, now)
    except PasscodeMoved:
        return None


def leave(begin: Begin, name: str) -> None:
    """「終了」: end the enquiry."""
    with begin() as work:
        work.enquiries.end(name)


def _let_in(work: Work, chance: Chance, application_number: str, now: datetime) -> Enquiry:
    enquiry = Enquiry(chance.new_token(), application_number, now)
    work.enquiries.add(enquiry)
    return enquiry


def _guesser(application_number: str, browser: str) -> str:
    return f"{application_number}#{browser}"


def _digest(application_number: str, browser: str, passcode: str) -> str:
    return hashlib.sha256(f"{application_number}#{browser}#{passcode}".encode()).hexdigest()
