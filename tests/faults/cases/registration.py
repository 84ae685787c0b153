"""仮登録 under faults."""

from datetime import timedelta

from chalicelib.capabilities.registration import usecases
from chalicelib.domain.address_loads import ACCOUNTS_PER_ADDRESS, MAILS_PER_ADDRESS_AND_HOUR
from chalicelib.domain.refusals import ResendTooSoon, SubmissionStale
from tests.builders import ADDRESS, an_entry
from tests.faults.rows import Found, Rows
from tests.faults.stage import Stage
from tests.faults.trial import Case, again, unless_answered

OTHER_ADDRESS = "hanako@example.jp"


def _nothing(stage: Stage) -> None:
    """An empty stage."""


def _draft(stage: Stage) -> dict[str, str]:
    """What this browser finds of what it typed."""
    return dict(stage.desk.resumed(stage.notes["draft"], stage.now).values)


def _accept_terms(stage: Stage) -> None:
    earlier = stage.notes.get("draft")
    stage.notes["draft"] = usecases.accept_terms(stage.begin, stage.dice, earlier, stage.now)


def _has_consented(stage: Stage, after: Rows) -> None:
    assert _draft(stage) == {"consent": "yes"}


def _typed_without_consent(stage: Stage) -> None:
    values = an_entry()
    stage.notes["draft"] = usecases.keep_without_consent(stage.begin, stage.dice, values, stage.now)


def _has_typed(stage: Stage, after: Rows) -> None:
    assert an_entry().items() <= _draft(stage).items(), f"what was typed is lost: {_draft(stage)}"


def _agreed(stage: Stage) -> None:
    stage.notes["draft"] = stage.desk.agree(now=stage.now)


def _type(stage: Stage) -> None:
    stage.notes["asked"] = stage.desk.type_in(stage.notes["draft"], stage.now)


def _may_register(stage: Stage, after: Rows) -> None:
    _has_typed(stage, after)
    assert stage.desk.register(stage.notes["asked"], stage.now) == usecases.Mailing.POSTED


def _typed(stage: Stage) -> None:
    _agreed(stage)
    _type(stage)


def _register(stage: Stage) -> object:
    return stage.desk.register(stage.notes["asked"], stage.now)


def _type_otherwise(stage: Stage) -> None:
    stage.desk.type_in(stage.notes["draft"], stage.now, email=OTHER_ADDRESS, email_confirmation=OTHER_ADDRESS)


def _someone_else_registers(stage: Stage) -> None:
    stage.desk.registered(stage.now)


def _is_registered_once(stage: Stage, after: Rows) -> None:
    (registration,) = after.registrations
    assert stage.desk.sent(stage.notes["draft"], stage.now).registration_id == registration["registration_id"]
    (letter,) = after.letters
    assert registration["letter_id"] == letter["letter_id"]
    assert letter["name"] == registration["letter_name"]


def _is_registered_as_seen(stage: Stage, after: Rows) -> None:
    assert [row["management_email"] for row in after.registrations] in ([], [ADDRESS])


def _full(stage: Stage) -> None:
    _typed(stage)
    stage.set_count(ACCOUNTS_PER_ADDRESS)


def _is_told_that_it_is_full(stage: Stage, after: Rows) -> None:
    _is_registered_once(stage, after)
    assert after.letters[0]["name"] == "address_full"


def _before_the_last_mail(stage: Stage) -> None:
    _typed(stage)
    stage.set_count(MAILS_PER_ADDRESS_AND_HOUR - 1, stage.now)


def _mails_in_hour(after: Rows) -> int:
    return max(int(row["used"]) for row in after.address_limits if "#" in row["address"])


def _is_within_the_hour(stage: Stage, after: Rows) -> None:
    mine = stage.desk.sent(stage.notes["draft"], stage.now).registration_id
    assert len({row["registration_id"] for row in after.registrations} - {mine}) <= 1
    assert len(after.letters) == 1
    assert _mails_in_hour(after) == MAILS_PER_ADDRESS_AND_HOUR


def _registered(stage: Stage) -> None:
    """A minute and a second ago, and the mail is out."""
    _typed(stage)
    _register(stage)
    stage.settle()
    stage.clock.move(timedelta(seconds=61))


def _see(stage: Stage) -> object:
    return stage.desk.sent(stage.notes["draft"], stage.now)


def _resend(stage: Stage) -> object:
    seen = stage.desk.sent(stage.notes["draft"], stage.now)
    return usecases.resend_letter(stage.begin, stage.dice, seen, stage.now)


def _newest_letter(after: Rows) -> list[Found]:
    (registration,) = after.registrations
    return [row for row in after.letters if row["letter_id"] == registration["letter_id"]]


def _is_mailed_twice(stage: Stage, after: Rows) -> None:
    assert len(after.letters) == 2
    assert len(_newest_letter(after)) == 1


def _registered_in_a_full_hour(stage: Stage) -> None:
    _registered(stage)
    stage.set_count(MAILS_PER_ADDRESS_AND_HOUR, stage.now)


def _is_mailed_no_more(stage: Stage, after: Rows) -> None:
    assert len(after.letters) == 1
    assert _mails_in_hour(after) == MAILS_PER_ADDRESS_AND_HOUR


def _choose_other_address(stage: Stage) -> None:
    usecases.choose_other_address(stage.begin, stage.notes["draft"], stage.now)


def _types_another_address(stage: Stage, after: Rows) -> None:
    assert len(after.registrations) == 1
    values = _draft(stage)
    assert "email" not in values
    assert values["family_name"] == an_entry()["family_name"]


def _quit(stage: Stage) -> None:
    usecases.quit_registration(stage.begin, stage.notes["draft"])


def _is_forgotten(stage: Stage, after: Rows) -> None:
    assert not after.drafts


CASES = (
    Case("agree to the terms", _nothing, _accept_terms, unless_answered(_accept_terms), _has_consented),
    Case("agree after typing", _typed_without_consent, _accept_terms, unless_answered(_accept_terms), _has_typed),
    Case("type", _agreed, _type, again(_type), _may_register),
    Case("type too late", _nothing, _typed_without_consent, unless_answered(_typed_without_consent), _has_typed),
    Case("register", _typed, _register, again(_register), _is_registered_once),
    Case(
        "register what another tab changed",
        _typed,
        _register,
        again(_register, SubmissionStale),
        _is_registered_as_seen,
        rivals=(_type_otherwise,),
        refusals=(SubmissionStale,),
    ),
    Case("register a full address", _full, _register, again(_register), _is_told_that_it_is_full),
    Case(
        "register with the last mail of the hour",
        _before_the_last_mail,
        _register,
        again(_register),
        _is_within_the_hour,
        rivals=(_register, _someone_else_registers),
    ),
    Case("see that it was sent", _registered, _see, again(_see), _is_registered_once),
    Case(
        "mail again",
        _registered,
        _resend,
        again(_resend, ResendTooSoon),
        _is_mailed_twice,
        refusals=(ResendTooSoon,),
    ),
    Case(
        "mail again in a full hour",
        _registered_in_a_full_hour,
        _resend,
        again(_resend, ResendTooSoon),
        _is_mailed_no_more,
        refusals=(ResendTooSoon,),
    ),
    Case(
        "choose another address",
        _registered,
        _choose_other_address,
        again(_choose_other_address),
        _types_another_address,
    ),
    Case("quit", _typed, _quit, again(_quit), _is_forgotten),
)
