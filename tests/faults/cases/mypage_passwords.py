"""Setting passwords under faults."""

from chalicelib.capabilities.mypage import usecases_passwords
from chalicelib.capabilities.mypage.usecases_passwords import Opened
from chalicelib.domain.address_loads import RESETS_PER_ADDRESS_AND_HOUR
from chalicelib.domain.links import ResetLink, address_mark
from chalicelib.domain.refusals import ResetLinkDead
from tests.builders import ADDRESS
from tests.fakes.hashing import quick_hash
from tests.faults import insider
from tests.faults.insider import has_account, is_signed_in, letters_named, the_account, tries
from tests.faults.rows import Rows
from tests.faults.stage import Stage
from tests.faults.trial import Case, again

NEW_PASSWORD = "eleven quiet lanterns on a hill"
OTHER_PASSWORD = "nine slow rivers under snow"
FILER_PASSWORD = "five small boats at night"
STRANGER = "nobody@example.jp"
WRONG_NOW, CHANGED, REPEATED = "wrong", "changed", "repeated"


def _opened(stage: Stage, note: str) -> Opened:
    return usecases_passwords.open_with_password(
        stage.begin,
        stage.world.hasher,
        insider.credentials(stage),
        stage.notes[note],
        insider.visit(stage),
    )


def _change(stage: Stage, note: str = "submission", password: str = NEW_PASSWORD) -> str:
    opened = _opened(stage, note)
    if opened.is_repeated:
        return REPEATED
    return _set(stage, opened, note, password)


def _set(stage: Stage, opened: Opened, note: str, password: str) -> str:
    if opened.account is None:
        return WRONG_NOW
    is_set = usecases_passwords.set_payer_password(
        stage.begin, stage.dice, opened.account, quick_hash(password), stage.notes[note], stage.now
    )
    return CHANGED if is_set else WRONG_NOW


def _another_tab_changes(stage: Stage) -> None:
    _change(stage, "of another tab", OTHER_PASSWORD)


def _may_change(stage: Stage) -> None:
    is_signed_in(stage)
    insider.submission(stage)
    insider.submission(stage, "of another tab")


def _is_changed_once(stage: Stage, after: Rows) -> None:
    """Whoever was quicker: one password, one letter, and no session is left."""
    account = the_account(after)
    assert account["epoch"] == 2
    assert account["payer_password_hash"] in {quick_hash(NEW_PASSWORD), quick_hash(OTHER_PASSWORD)}
    assert len(letters_named(after, "password_changed")) == 1
    assert not insider.is_let_in(stage)
    assert tries(after) <= 2


def _change_filer(stage: Stage) -> str:
    insider.shown_account(stage)
    opened = _opened(stage, "submission")
    if opened.is_repeated:
        return REPEATED
    if opened.account is None:
        return WRONG_NOW
    is_set = usecases_passwords.set_filer_password(
        stage.begin, stage.dice, opened.account, quick_hash(FILER_PASSWORD), stage.notes["submission"], stage.now
    )
    return CHANGED if is_set else WRONG_NOW


def _is_changed_for_the_filer(stage: Stage, after: Rows) -> None:
    assert the_account(after)["filer_password_hash"] == quick_hash(FILER_PASSWORD)
    assert the_account(after)["epoch"] == 1
    assert len(letters_named(after, "password_changed")) == 1
    assert insider.is_let_in(stage)


def _ask(stage: Stage) -> object:
    return usecases_passwords.ask_for_reset(stage.begin, stage.dice, stage.notes["suffix"], ADDRESS, "ja", stage.now)


def _ask_as_stranger(stage: Stage) -> object:
    return usecases_passwords.ask_for_reset(stage.begin, stage.dice, stage.notes["suffix"], STRANGER, "ja", stage.now)


def _is_mailed(stage: Stage, after: Rows) -> None:
    """Every asking is a letter: nothing tells the second from the first."""
    links = letters_named(after, "password_reset_link")
    assert links
    assert {row["to"] for row in links} == {ADDRESS}
    assert the_account(after)["epoch"] == 1


def _is_mailed_nothing(stage: Stage, after: Rows) -> None:
    links = letters_named(after, "password_reset_link")
    assert links
    assert {row["state"] for row in links} == {"withheld"}
    assert not {row.get("to") for row in links} - {"", None}


def _before_the_last_mail(stage: Stage) -> None:
    has_account(stage)
    for _ in range(RESETS_PER_ADDRESS_AND_HOUR - 1):
        with stage.begin() as work:
            work.addresses.count_reset(ADDRESS, stage.now, is_theirs=True)


def _is_within_the_hour(stage: Stage, after: Rows) -> None:
    assert len(letters_named(after, "password_reset_link")) == 1
    used = {int(row["used"]) for row in after.address_limits if "#" in row["address"]}
    assert max(used) == RESETS_PER_ADDRESS_AND_HOUR


def _mailed(stage: Stage) -> None:
    _may_change(stage)
    _ask(stage)
    stage.settle()


def _reset(stage: Stage) -> str:
    link = ResetLink(stage.notes["suffix"], 1, address_mark(ADDRESS), stage.now)
    opened = usecases_passwords.open_with_link(stage.begin, link, stage.notes["submission"], stage.now)
    if opened.is_repeated:
        return REPEATED
    told = _set(stage, opened, "submission", NEW_PASSWORD)
    if told == WRONG_NOW:
        raise ResetLinkDead
    return told


CASES = (
    Case(
        "change the password",
        _may_change,
        _change,
        again(_change),
        _is_changed_once,
        rivals=(_change, _another_tab_changes),
    ),
    Case("change the filer password", _may_change, _change_filer, again(_change_filer), _is_changed_for_the_filer),
    Case("ask for a reset", has_account, _ask, again(_ask), _is_mailed),
    Case("ask for a reset as a stranger", has_account, _ask_as_stranger, again(_ask_as_stranger), _is_mailed_nothing),
    Case(
        "ask for a reset with the last mail of the hour", _before_the_last_mail, _ask, again(_ask), _is_within_the_hour
    ),
    Case(
        "reset the password",
        _mailed,
        _reset,
        again(_reset, ResetLinkDead),
        _is_changed_once,
        rivals=(_reset, _another_tab_changes),
        refusals=(ResetLinkDead,),
    ),
)
