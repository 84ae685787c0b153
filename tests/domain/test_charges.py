"""納付情報: what is to be paid, and its numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.charges import (
    PAYMENT_DAYS,
    Charge,
    ChargeItem,
    ChargeKind,
    ChargeState,
    ItemKind,
    PaymentMethod,
    items_of,
    payment_numbers,
)
from chalicelib.domain.check_digits import is_checked
from chalicelib.domain.procedures import Procedure

DAY = date(2022, 6, 25)
FEES = (ChargeItem(ItemKind.INSPECTION_FEE, 1_100), ChargeItem(ItemKind.TECHNICAL_INFORMATION_FEE, 400))
KINDS = st.sampled_from(ChargeKind)
CHANCE = st.from_regex(r"\A[0-9]{24}\Z")


def _a_charge() -> Charge:
    return Charge(ChargeKind.INSPECTION_FEE, FEES, PaymentMethod.INDIVIDUAL, DAY)


@pytest.mark.parametrize("procedure", list(Procedure))
def test_the_fee_has_two_items_as_in_the_manual(procedure: Procedure) -> None:
    assert items_of(procedure, ChargeKind.INSPECTION_FEE, 0) == FEES
    assert _a_charge().amount == 1_500


@pytest.mark.parametrize(("procedure", "amount"), [(Procedure.CONTINUATION, 6_600), (Procedure.NEW_VEHICLE, 9_900)])
def test_the_weight_tax_is_one_item_of_the_procedures_amount(procedure: Procedure, amount: int) -> None:
    assert items_of(procedure, ChargeKind.WEIGHT_TAX, 5) == (ChargeItem(ItemKind.WEIGHT_TAX, amount),)


def test_the_environmental_tax_is_what_the_tax_office_found() -> None:
    items = items_of(Procedure.NEW_VEHICLE, ChargeKind.ENVIRONMENTAL_TAX, 12_300)
    assert items == (ChargeItem(ItemKind.ENVIRONMENTAL_TAX, 12_300),)


@given(KINDS, CHANCE)
def test_payment_numbers_have_their_lengths_and_a_check_digit(kind: ChargeKind, chance: str) -> None:
    numbers = payment_numbers(kind, chance)
    lengths = len(numbers.collecting_agency_number), len(numbers.payment_number), len(numbers.confirmation_number)
    assert lengths == (5, 20, 6)
    assert is_checked(numbers.payment_number)
    assert chance == numbers.payment_number[1:-1] + numbers.confirmation_number


def test_each_kind_has_an_agency_of_its_own() -> None:
    agencies = {payment_numbers(kind, "0" * 24).collecting_agency_number for kind in ChargeKind}
    assert len(agencies) == len(ChargeKind)


def test_a_payment_number_is_read_in_five_groups() -> None:
    numbers = payment_numbers(ChargeKind.INSPECTION_FEE, "0" * 24)
    assert numbers.grouped.startswith("3000 0000 0000 0000 000")
    assert numbers.grouped.replace(" ", "") == numbers.payment_number


def test_paying_leaves_all_else_as_it_was() -> None:
    paid = _a_charge().paid(DAY)
    assert (paid.state, paid.paid_on, paid.amount, paid.due_on) == (ChargeState.PAID, DAY, 1_500, DAY)


def test_only_what_is_unpaid_becomes_void() -> None:
    paid = _a_charge().paid(DAY)
    assert _a_charge().voided().state is ChargeState.VOID
    assert paid.voided() is paid


def test_two_weeks_are_given_to_pay() -> None:
    assert PAYMENT_DAYS == 14
