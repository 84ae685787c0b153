"""ダイレクト納付口座: their IDs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.debit_accounts import DebitKind, debit_account_id, is_debit_account_id
from tests.builders import a_debit_account

KINDS = st.sampled_from(DebitKind)
POSITIONS = st.integers(1, 26 * 26 * 10_000 - 1)


@pytest.mark.parametrize(
    ("position", "ending"),
    [(1, "AA0001"), (9999, "AA9999"), (10_000, "AB0000"), (10_001, "AB0001"), (259_999, "AZ9999"), (260_000, "BA0000")],
)
@pytest.mark.parametrize("kind", list(DebitKind))
def test_ids_are_numbered_from_one_and_letters_move_on_when_digits_are_used_up(
    kind: DebitKind, position: int, ending: str
) -> None:
    assert debit_account_id(kind, position) == f"{kind.value}{ending}"


def test_the_kind_stands_at_the_beginning() -> None:
    assert [debit_account_id(kind, 1) for kind in DebitKind] == ["KKAA0001", "KLAA0001"]


@given(KINDS, POSITIONS, POSITIONS)
def test_ids_are_unique_and_sorted_like_their_positions(kind: DebitKind, one: int, other: int) -> None:
    ids = debit_account_id(kind, one), debit_account_id(kind, other)
    assert (ids[0] < ids[1], ids[0] == ids[1]) == (one < other, one == other)


@given(KINDS, POSITIONS)
def test_every_id_has_the_form_of_its_kind_alone(kind: DebitKind, position: int) -> None:
    drawn = debit_account_id(kind, position)
    assert [other for other in DebitKind if is_debit_account_id(drawn, other)] == [kind]
    assert a_debit_account(kind, position).kind is kind


@pytest.mark.parametrize(
    "text", ["", "KK", "KKAA001", "KKAA00011", "kkaa0001", "KMAA0001", "KKAA0001\n", "KKAA０００１"]
)
@pytest.mark.parametrize("kind", list(DebitKind))
def test_what_is_no_id_is_none_of_any_kind(text: str, kind: DebitKind) -> None:
    assert not is_debit_account_id(text, kind)


def test_the_state_takes_more_than_the_municipalities() -> None:
    assert [kind.limit for kind in DebitKind] == [2000, 500]
