"""納付情報: what has to be paid for an application, in which order, and how it stands (manual 5, "納付情報")."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from chalicelib.domain.check_digits import with_check_digit
from chalicelib.domain.procedures import Procedure

PAYMENT_DAYS = 14
"""Days from the day on which a charge is created to its due date, before that moves to a working day."""

PAYMENT_NUMBER_DIGITS, CONFIRMATION_NUMBER_DIGITS = 18, 6
_FIRST_DIGIT = "3"


class PaymentMethod(StrEnum):
    """個別納付, まとめ納付."""

    INDIVIDUAL = "individual"
    BULK = "bulk"


class ChargeKind(StrEnum):
    """What falls due together: 検査手数料 with 技術情報管理手数料, 自動車重量税, 軽自動車税環境性能割."""

    INSPECTION_FEE = "inspection_fee"
    WEIGHT_TAX = "weight_tax"
    ENVIRONMENTAL_TAX = "environmental_tax"


class ItemKind(StrEnum):
    """税・手数料種別."""

    INSPECTION_FEE = "inspection_fee"
    TECHNICAL_INFORMATION_FEE = "technical_information_fee"
    WEIGHT_TAX = "weight_tax"
    ENVIRONMENTAL_TAX = "environmental_tax"


class ChargeState(StrEnum):
    """納付状況: 未納, 済. VOID: the application ended before it was paid."""

    UNPAID = "unpaid"
    PAID = "paid"
    VOID = "void"


@dataclass(frozen=True)
class ChargeItem:
    """One line of a charge, in yen."""

    kind: ItemKind
    amount: int


@dataclass(frozen=True)
class PaymentNumbers:
    """収納機関番号 (5 digits), 納付番号 (20 digits), 確認番号 (6 digits)."""

    collecting_agency_number: str
    payment_number: str
    confirmation_number: str

    @property
    def grouped(self) -> str:
        """The payment number as people read it: 3000 0000 0000 0000 0003."""
        return " ".join(self.payment_number[start : start + 4] for start in range(0, 20, 4))


@dataclass(frozen=True)
class Charge:
    """One row of 納付情報. `numbers` is None until a bulk charge is chosen for payment."""

    kind: ChargeKind
    items: tuple[ChargeItem, ...]
    method: PaymentMethod
    due_on: date
    numbers: PaymentNumbers | None = None
    state: ChargeState = ChargeState.UNPAID
    paid_on: date | None = None

    @property
    def amount(self) -> int:
        """The sum of its items in yen."""
        return sum(item.amount for item in self.items)

    def paid(self, paid_on: date) -> "Charge":
        """The charge once it was paid."""
        return replace(self, state=ChargeState.PAID, paid_on=paid_on)

    def voided(self) -> "Charge":
        """The charge once nobody need pay it any more."""
        return replace(self, state=ChargeState.VOID) if self.state is ChargeState.UNPAID else self


@dataclass(frozen=True)
class PaymentReport:
    """What the bank says was paid: what for, how much in yen, when, and under which number if it has one."""

    kind: ChargeKind
    amount: int
    paid_on: date
    payment_number: str | None = None

    def is_for(self, charge: Charge) -> bool:
        """Whether it is that charge's kind, amount and, if it names one, payment number."""
        number = charge.numbers.payment_number if charge.numbers else None
        is_same_number = not self.payment_number or self.payment_number == number
        return self.kind is charge.kind and self.amount == charge.amount and is_same_number


_AGENCY_NUMBERS = {
    ChargeKind.INSPECTION_FEE: "00100",
    ChargeKind.WEIGHT_TAX: "00200",
    ChargeKind.ENVIRONMENTAL_TAX: "00300",
}
_FEES = (ChargeItem(ItemKind.INSPECTION_FEE, 1100), ChargeItem(ItemKind.TECHNICAL_INFORMATION_FEE, 400))
_FIXED_ITEMS: Mapping[Procedure, Mapping[ChargeKind, tuple[ChargeItem, ...]]] = MappingProxyType(
    {
        Procedure.CONTINUATION: {
            ChargeKind.INSPECTION_FEE: _FEES,
            ChargeKind.WEIGHT_TAX: (ChargeItem(ItemKind.WEIGHT_TAX, 6600),),
        },
        Procedure.NEW_VEHICLE: {
            ChargeKind.INSPECTION_FEE: _FEES,
            ChargeKind.WEIGHT_TAX: (ChargeItem(ItemKind.WEIGHT_TAX, 9900),),
        },
    }
)


def items_of(procedure: Procedure, kind: ChargeKind, environmental_tax: int) -> tuple[ChargeItem, ...]:
    """What is to be paid; the environmental tax is the amount that the tax office found, in yen."""
    if kind is ChargeKind.ENVIRONMENTAL_TAX:
        return (ChargeItem(ItemKind.ENVIRONMENTAL_TAX, environmental_tax),)
    return _FIXED_ITEMS[procedure][kind]


def payment_numbers(kind: ChargeKind, random_digits: str) -> PaymentNumbers:
    """Numbers for one payment from 24 digits by chance, of which nobody can guess the next."""
    number = with_check_digit(_FIRST_DIGIT + random_digits[:PAYMENT_NUMBER_DIGITS])
    return PaymentNumbers(_AGENCY_NUMBERS[kind], number, random_digits[PAYMENT_NUMBER_DIGITS:])
