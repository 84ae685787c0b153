"""受付番号（到達番号）: 17 digits that say when and for which procedure."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.application_numbers import application_number, grouped, is_application_number, procedure_of
from chalicelib.domain.check_digits import with_check_digit
from chalicelib.domain.procedures import Procedure
from tests.builders import NOW

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2098, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
PROCEDURES = st.sampled_from(Procedure)
THREE_DIGITS = st.from_regex(r"\A[0-9]{3}\Z")


def test_it_says_the_second_in_japan_the_procedure_and_three_digits_by_chance() -> None:
    number = application_number(NOW, Procedure.CONTINUATION, "045")
    assert number[:-1] == "190924095550" + "1" + "045"
    assert application_number(NOW, Procedure.NEW_VEHICLE, "045")[:-1] == "190924095550" + "2" + "045"


def test_the_day_is_that_of_japan() -> None:
    new_year = datetime(2021, 12, 31, 15, 0, 0, tzinfo=UTC)
    assert application_number(new_year, Procedure.CONTINUATION, "000").startswith("220101000000")


@given(MOMENTS, PROCEDURES, THREE_DIGITS)
def test_every_number_is_one_and_names_its_procedure(now: datetime, procedure: Procedure, digits: str) -> None:
    number = application_number(now, procedure, digits)
    assert is_application_number(number)
    assert procedure_of(number) is procedure
    assert len(number) == 17


@given(MOMENTS, PROCEDURES, THREE_DIGITS)
def test_numbers_differ_when_only_chance_differs(now: datetime, procedure: Procedure, digits: str) -> None:
    other = f"{(int(digits) + 1) % 1000:03}"
    assert application_number(now, procedure, digits) != application_number(now, procedure, other)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abcdefghijklmnopq",
        with_check_digit("190924095550104"),
        with_check_digit("19092409555010455"),
        with_check_digit("1909240955503045"),
        with_check_digit("1909240955500045"),
        "１９０９２４０９５５５０１０４５０",
        "1909 2409 5550 10450",
    ],
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert not is_application_number(text)


def test_a_wrong_check_digit_a_line_end_or_a_sign_makes_it_none() -> None:
    number = application_number(NOW, Procedure.CONTINUATION, "045")
    wrong = str((int(number[-1]) + 1) % 10)
    assert is_application_number(number)
    assert not any(map(is_application_number, (number[:-1] + wrong, f"{number}\n", f"+{number[1:]}")))


def test_people_read_it_in_groups() -> None:
    assert grouped("21122310500030459") == "2112 2310 5000 30459"
