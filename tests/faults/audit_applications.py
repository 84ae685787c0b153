"""What holds of applications at the end of every case: each is whole, and each of its changes was told once."""

import json
from collections.abc import Callable, Iterator

from chalicelib.domain.application_states import ENDED, State
from chalicelib.domain.charges import ChargeState
from chalicelib.domain.letters import LetterName
from chalicelib.storage.application_rows import WHOLE
from tests.faults.rows import Found, Rows

Count = Callable[[Rows], int]
_TOLD = (LetterName.APPLICATION_CHANGED, LetterName.APPLICATION_REMINDER)


def require_applications(before: Rows, after: Rows) -> None:
    """Hold `after` against everything that can be said of applications without knowing the case."""
    for whole in _wholes(after):
        _require_whole(whole, after)
    _require_no_parts_alone(after)
    _require_letters(before, after)
    _require_events(before, after)
    _require_enquiries(after)


def _wholes(state: Rows) -> Iterator[Found]:
    return (row for row in state.applications if row["entry"] == WHOLE)


def _require_whole(whole: Found, after: Rows) -> None:
    number, state = whole["application_number"], State(whole["state"])
    rows = [row for row in after.applications if row["application_number"] == number and row["entry"] != WHOLE]
    parts = {row["entry"]: json.loads(row["body"]) for row in rows}
    counts = [sum(entry.startswith(kind) for entry in parts) for kind in ("history#", "notice#")]
    assert whole["seal"].split("/")[:2] == [str(count) for count in counts], f"{number} does not belong together"
    newest = max(entry for entry in parts if entry.startswith("history#"))
    assert parts[newest]["state"] == state, f"{number} is {state}, and its history says {parts[newest]}"
    is_due = "due_on" in whole
    assert ("due_shard" in whole, "due_at" in whole) == (is_due, is_due), f"{number} falls due and is not in the index"
    unpaid = [entry for entry, body in parts.items() if body.get("state") == ChargeState.UNPAID]
    assert len(unpaid) <= 1, f"{number} asks twice: {unpaid}"
    assert not (state in ENDED and (is_due or unpaid)), f"{number} has ended and still asks for something"


def _require_no_parts_alone(after: Rows) -> None:
    known = {row["application_number"] for row in _wholes(after)}
    alone = {row["application_number"] for row in after.applications} - known
    assert not alone, f"parts of nothing: {alone}"


def _require_letters(before: Rows, after: Rows) -> None:
    """A letter for each application that was filed, for each of its changes, and for each passcode."""
    _require_growth(before, after, _with_address, LetterName.APPLICATION_FILED)
    _require_growth(before, after, _changes, *_TOLD)
    _require_growth(before, after, _passcodes, LetterName.APPLICATION_PASSCODE)


def _require_growth(before: Rows, after: Rows, count: Count, *names: LetterName) -> None:
    letters = [sum(row["name"] in names for row in state.letters) for state in (before, after)]
    grown = count(after) - count(before)
    assert letters[1] - letters[0] == grown, f"{grown} to be told of by {names}, letters {letters}"


def _with_address(state: Rows) -> int:
    return sum("notification_email" in row for row in _wholes(state))


def _changes(state: Rows) -> int:
    """Every write of a known application but that of its code; no case only notes documents."""
    told = (row for row in _wholes(state) if "notification_email" in row)
    return sum(int(row["version"]) - 1 - ("pickup_code" in row) for row in told)


def _passcodes(state: Rows) -> int:
    return sum(int(row["issued"]) for row in state.passcodes)


def _require_events(before: Rows, after: Rows) -> None:
    """An application for each filing that was taken, and none beside."""
    filed = _filed(after) - _filed(before)
    known = {row["application_number"] for row in _wholes(after)}
    new = known - {row["application_number"] for row in _wholes(before)}
    assert filed == new, f"filings led to {filed}, stored are {new}"


def _filed(state: Rows) -> set[str]:
    outcomes = [row["outcome"] for row in state.events_seen if row["event"].startswith("filing#")]
    return {outcome.split()[0] for outcome in outcomes if " " in outcome}


def _require_enquiries(after: Rows) -> None:
    known = {row["application_number"] for row in _wholes(after)}
    asked = {row["application_number"] for row in after.sessions if "application_number" in row}
    assert asked <= known, f"somebody looks at what is not there: {asked - known}"
