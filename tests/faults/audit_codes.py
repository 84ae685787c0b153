"""What holds of codes, receivers and the counter at the end of every case: each use is noted, and nothing is twice."""

import json
from collections import Counter
from collections.abc import Iterator

from chalicelib.domain.application_states import READY_STATES, State
from chalicelib.domain.audit import Deed
from chalicelib.domain.qr_codes import Purpose
from chalicelib.storage.application_rows import WHOLE
from tests.faults.rows import Found, Rows

_USES = {Deed.ENROLLED, Deed.PASSWORD_CHANGED, Deed.HANDED_OVER}
_COLLECTED = {State.RETURNED, State.ISSUED}


def require_codes(before: Rows, after: Rows) -> None:
    """Hold `after` against everything that can be said of codes and the counter without knowing the case."""
    _require_issued(after)
    _require_single_codes(after)
    _require_uses(after)
    _require_receivers(before, after)
    _require_hand_overs(after)
    _require_sessions(after)


def _wholes(state: Rows) -> Iterator[Found]:
    return (row for row in state.applications if row["entry"] == WHOLE)


def _deeds(state: Rows, deed: Deed) -> list[Found]:
    return [row for row in state.audit if row["deed"] == deed]


def _require_issued(after: Rows) -> None:
    """A code for each form that was taken, and none beside."""
    issued = Counter(row["outcome"] for row in after.events_seen if row["event"].startswith("qrcodes#"))
    stored = Counter(row["lookup_key"] for row in after.qr_codes if row["purpose"] != Purpose.SINGLE_VEHICLE)
    assert issued == stored, f"forms led to {issued}, stored are {stored}"


def _require_single_codes(after: Rows) -> None:
    """A single vehicle's code and its application know each other; a receiver's code opens the others."""
    codes = {row["lookup_key"]: row["application_number"] for row in after.qr_codes if "application_number" in row}
    known = {row["pickup_code"]: row["application_number"] for row in _wholes(after) if "pickup_code" in row}
    assert codes == known, f"codes of single vehicles {codes}, applications know {known}"
    for row in _wholes(after):
        awaits = row["state"] in READY_STATES and "receiver_name" in row["record"] and "pickup_code" not in row
        assert ("pickup" in row) == awaits, f"{row['application_number']} is {row['state']}, and the index says else"


def _require_uses(after: Rows) -> None:
    """Every use of a code is in the log, by whoever the code says; nothing is in the log that is no use."""
    first = {(row["lookup_key"], int(row["redeemed_at"]), *_redemption(row)) for row in after.qr_codes if _is_used(row)}
    noted = {
        (row["about"], int(row["at"]), row["office_day"].partition("#")[0], row["officer_id"])
        for row in after.audit
        if row["deed"] in _USES
    }
    assert first <= noted, f"used without a note: {first - noted}"
    assert {use[0] for use in noted} == {use[0] for use in first}, f"noted without a use: {noted - first}"


def _is_used(code: Found) -> bool:
    return "redeemed_at" in code


def _redemption(code: Found) -> tuple[str, str]:
    office, officer_id = json.loads(code["redemption"])
    return office, officer_id


def _require_receivers(before: Rows, after: Rows) -> None:
    """A receiver for each enrolment, a version for each new password. `before` may hold receivers of no code."""
    old = {row["receiver"] for row in before.receivers}
    enrolled = [row for row in after.receivers if row["receiver"] not in old]
    assert len(enrolled) == len(_deeds(after, Deed.ENROLLED)) - len(_deeds(before, Deed.ENROLLED))
    changes = [sum(int(row["version"]) - 1 for row in state.receivers) for state in (before, after)]
    noted = [len(_deeds(state, Deed.PASSWORD_CHANGED)) for state in (before, after)]
    assert changes[1] - changes[0] == noted[1] - noted[0], f"passwords changed {changes}, noted {noted}"


def _require_hand_overs(after: Rows) -> None:
    """What the log says was handed over was, and once."""
    noted = Counter(number for row in _deeds(after, Deed.HANDED_OVER) for number in row["result"].split())
    assert not noted or max(noted.values()) == 1, f"handed over twice: {noted}"
    collected = {row["application_number"] for row in _wholes(after) if row["state"] in _COLLECTED}
    assert set(noted) <= collected, f"noted, but not collected: {set(noted) - collected}"
    opened = {number: row["about"] for row in _deeds(after, Deed.HANDED_OVER) for number in row["result"].split()}
    own = {row["application_number"]: row["pickup_code"] for row in _wholes(after) if "pickup_code" in row}
    passed_by = {number for number, key in own.items() if opened.get(number, key) != key}
    assert not passed_by, f"handed over with another code than their own: {passed_by}"
    forms = [row for row in after.events_seen if row["event"].startswith("counter#")]
    assert len(forms) == len(_deeds(after, Deed.HANDED_OVER)), "a form was taken and not noted"


def _require_sessions(after: Rows) -> None:
    """Nobody is at the counter who did not sign in there."""
    inside = Counter(row["officer_id"] for row in after.sessions if "officer_id" in row)
    signed_in = Counter(row["officer_id"] for row in _deeds(after, Deed.SIGNED_IN))
    assert inside <= signed_in, f"signed in are {inside}, noted {signed_in}"
