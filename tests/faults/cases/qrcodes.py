"""二次元コード発行 under faults."""

from chalicelib.domain.qr_codes import Purpose
from tests.faults.officers import at_the_counter
from tests.faults.rows import Rows
from tests.faults.stage import Stage
from tests.faults.trial import Case, again

DIGITS, OTHER_DIGITS = "123456789012345", "543210987654321"


def _nothing(stage: Stage) -> None:
    """An empty stage."""


def _issue(stage: Stage) -> object:
    """And look at it, as the browser is led there."""
    desk = at_the_counter(stage)
    return desk.show(desk.issue(Purpose.ENROLMENT)).lookup_key


def _is_issued_once(stage: Stage, after: Rows) -> None:
    (code,) = after.qr_codes
    assert code["purpose"] == Purpose.ENROLMENT
    assert not after.receivers


def _key_is_taken(stage: Stage) -> None:
    stage.dice.digits.append(DIGITS)
    at_the_counter(stage).issue()


def _draw_the_key_of_another(stage: Stage) -> object:
    stage.dice.digits[:] = [DIGITS, OTHER_DIGITS]
    return at_the_counter(stage).issue(Purpose.ENROLMENT)


def _is_issued_beside_it(stage: Stage, after: Rows) -> None:
    assert sorted(row["purpose"] for row in after.qr_codes) == [Purpose.AUTHENTICATION, Purpose.ENROLMENT]


CASES = (
    Case("issue a code", _nothing, _issue, again(_issue), _is_issued_once),
    Case(
        "issue a code under a key that is taken",
        _key_is_taken,
        _draw_the_key_of_another,
        again(_draw_the_key_of_another),
        _is_issued_beside_it,
    ),
)
