"""車両番号: the four parts of a plate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.plates import PlateNumber, plate_number_in

SHINAGAWA = PlateNumber("品川", "580", "さ", "1234")
ANY_TEXT = st.text(st.characters(exclude_categories=()))
PLATES = st.builds(
    PlateNumber,
    st.sampled_from(["品川", "尾張小牧", "いわき", "つくば", "袖ヶ浦", "佐世保", "野々市", "堺"]),
    st.sampled_from(["58", "480", "50A", "5AC", "30Y"]),
    st.sampled_from("あさよわをれろ"),
    st.integers(1, 9999).map(str),
)


@pytest.mark.parametrize(
    "text", ["品川-580-さ-1234", "品川580さ1234", "品川580-さ-1234", "品川-580さ1234", "品川-580-さ1234"]
)
def test_hyphens_between_the_parts_may_be_left_out(text: str) -> None:
    assert plate_number_in(text) == SHINAGAWA


@pytest.mark.parametrize("text", ["品川-580-さ-・・12", "品川580さ・・12", "品川580さ..12", "品川580さ12"])
def test_dots_in_front_of_a_short_number_may_be_left_out(text: str) -> None:
    assert plate_number_in(text) == PlateNumber("品川", "580", "さ", "12")


@pytest.mark.parametrize("text", ["品川-580-さ-12-34", "品川580さ12-34"])
def test_four_digits_may_have_the_hyphen_of_the_plate(text: str) -> None:
    assert plate_number_in(text) == SHINAGAWA


@given(PLATES)
def test_what_is_stored_and_what_is_shown_name_the_same_plate(plate: PlateNumber) -> None:
    assert plate_number_in(plate.text) == plate
    assert plate_number_in(plate.shown.replace(" ", "")) == plate


def test_it_is_shown_as_the_manuals_write_it() -> None:
    assert SHINAGAWA.shown == "品川 - 580 - さ - 1234"
    assert PlateNumber("品川", "58", "さ", "7").shown == "品川 - 58 - さ - ・・・7"
    assert SHINAGAWA.text == "品川-580-さ-1234"


@pytest.mark.parametrize("kana", "おしへんがァアa1")
def test_some_kana_are_on_no_plate(kana: str) -> None:
    assert plate_number_in(f"品川-580-{kana}-1234") is None


@pytest.mark.parametrize("letter", "BDEGIJNOQRSTUVWZa")
def test_some_letters_are_on_no_plate(letter: str) -> None:
    assert plate_number_in(f"品川-5{letter}0-さ-1234") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "580-さ-1234",
        "品川-さ-1234",
        "品川-580-1234",
        "品川-580-さ-",
        "品川-580-さ-0",
        "品川-580-さ-0012",
        "品川-580-さ-01-23",
        "品川-580-さ-1-234",
        "品川-580-さ-12-345",
        "品川-580-さ-12345",
        "品川-5-さ-1234",
        "品川-5800-さ-1234",
        "品川-A80-さ-1234",
        "品川-5A-さ-1234",
        "shinagawa-580-さ-1234",
        "ながいちめい-580-さ-1234",
        "品川--580-さ-1234",
        "品川-580-さ-１２３４",
        "品川-580-さ-1234\n",
        " 品川-580-さ-1234",
    ],
)
def test_what_is_no_plate_is_none(text: str) -> None:
    assert plate_number_in(text) is None


@given(ANY_TEXT)
def test_whatever_is_read_can_be_read_again(text: str) -> None:
    plate = plate_number_in(text)
    assert plate is None or plate_number_in(plate.text) == plate
