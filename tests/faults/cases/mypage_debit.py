"""ダイレクト納付口座 under faults."""

from chalicelib.capabilities.mypage import usecases_debit
from chalicelib.capabilities.mypage.forms_debit import debit_values
from chalicelib.capabilities.mypage.usecases_debit import Removal
from chalicelib.domain.debit_accounts import DebitCounts, DebitKind, debit_account_id
from chalicelib.domain.refusals import DebitAccountChanged, DebitAccountGone, DebitAccountsFull
from chalicelib.storage.accounts import AccountRow
from tests.builders import a_bank_account, a_debit_account
from tests.faults import insider
from tests.faults.insider import is_signed_in, kept_form, letters_named, the_account
from tests.faults.rows import Rows
from tests.faults.stage import Stage
from tests.faults.trial import Case, again

FIRST = debit_account_id(DebitKind.TREASURY, 1)
NUMBER, OTHER_NUMBER = "2223334", "4445556"


def _type(stage: Stage, note: str, number: str, **more: str) -> None:
    insider.type_in(stage, {**debit_values(a_bank_account(number=number)), **more}, note)


def _typed(stage: Stage) -> None:
    is_signed_in(stage)
    _type(stage, "form", NUMBER)
    _type(stage, "of another tab", OTHER_NUMBER)


def _add(stage: Stage, note: str = "form") -> object:
    account = insider.shown_account(stage)
    draft = kept_form(stage, note)
    return usecases_debit.add_debit_account(stage.begin, stage.dice, account, DebitKind.TREASURY, draft, stage.now)


def _another_tab_adds(stage: Stage) -> None:
    _add(stage, "of another tab")


def _is_added_once(stage: Stage, after: Rows) -> None:
    assert [row["number"] for row in after.debit_accounts].count(NUMBER) == 1
    assert len(after.debit_accounts) == len(letters_named(after, "debit_account_changed"))
    stored = {row["debit_account_id"]: row["number"] for row in after.debit_accounts}
    assert stored[kept_form(stage).result or ""] == NUMBER


def _almost_full(stage: Stage) -> None:
    _typed(stage)
    held = DebitKind.TREASURY.limit - 1
    AccountRow(stage.notes["suffix"]).update(
        actions=[AccountRow.treasury_held.set(held), AccountRow.treasury_drawn.set(held)]
    )


def _is_full(stage: Stage, after: Rows) -> None:
    assert len(after.debit_accounts) == 1
    assert the_account(after)["treasury_held"] == DebitKind.TREASURY.limit


def _holds_one(stage: Stage) -> None:
    is_signed_in(stage)
    with stage.begin() as work:
        work.debit_accounts.add(stage.notes["suffix"], a_debit_account(), DebitCounts())
    for note, number in (("form", NUMBER), ("of another tab", OTHER_NUMBER)):
        _type(stage, note, number, debit_account_id=FIRST, version="1")
    insider.submission(stage)
    insider.submission(stage, "removal of another tab")


def _find(stage: Stage) -> object:
    return usecases_debit.find_debit_account(stage.begin, insider.shown_account(stage), FIRST)


def _change(stage: Stage, note: str = "form") -> object:
    account = insider.shown_account(stage)
    return usecases_debit.change_debit_account(stage.begin, stage.dice, account, kept_form(stage, note), stage.now)


def _another_tab_changes(stage: Stage) -> None:
    _change(stage, "of another tab")


def _remove(stage: Stage, note: str = "submission") -> None:
    removal = Removal(FIRST, "1", stage.notes[note])
    account = insider.shown_account(stage)
    usecases_debit.remove_debit_account(stage.begin, stage.dice, account, removal, stage.now)


def _another_tab_removes(stage: Stage) -> None:
    _remove(stage, "removal of another tab")


def _is_there(stage: Stage, after: Rows) -> None:
    assert [row["version"] for row in after.debit_accounts] == [1]


def _is_changed_once(stage: Stage, after: Rows) -> None:
    """By whoever was quicker, or it is gone."""
    assert [row["version"] for row in after.debit_accounts] in ([2], [])
    assert len(letters_named(after, "debit_account_changed")) == 1


def _is_removed_once(stage: Stage, after: Rows) -> None:
    """Unless somebody changed it before: then it stays until they have looked at it."""
    assert [row["version"] for row in after.debit_accounts] in ([], [2])
    assert len(letters_named(after, "debit_account_changed")) == 1


CASES = (
    Case("add a debit account", _typed, _add, again(_add), _is_added_once, rivals=(_add, _another_tab_adds)),
    Case(
        "add the last debit account",
        _almost_full,
        _add,
        again(_add, DebitAccountsFull),
        _is_full,
        rivals=(_add, _another_tab_adds),
        refusals=(DebitAccountsFull,),
    ),
    Case("look at a debit account", _holds_one, _find, again(_find), _is_there),
    Case(
        "change a debit account",
        _holds_one,
        _change,
        again(_change, DebitAccountChanged, DebitAccountGone),
        _is_changed_once,
        rivals=(_change, _another_tab_changes, _another_tab_removes),
        refusals=(DebitAccountChanged, DebitAccountGone),
    ),
    Case(
        "delete a debit account",
        _holds_one,
        _remove,
        again(_remove, DebitAccountChanged, DebitAccountGone),
        _is_removed_once,
        rivals=(_remove, _another_tab_removes, _another_tab_changes),
        refusals=(DebitAccountChanged, DebitAccountGone),
    ),
)
