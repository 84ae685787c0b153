"""Rules of passwords that need no list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.passwords import PasswordRules, objection_to, prepared

RULES = PasswordRules()
OWN_WORDS = ["Keiji", "Nagatarou", "軽自", "KNCA6288", "taro.keiji.1985@example.jp", "車両手続ワンストップ窓口見本"]


@pytest.mark.parametrize(("length", "objection"), [(14, "too_short"), (15, None), (128, None), (129, "too_long")])
def test_a_password_has_15_to_128_characters(length: int, objection: str | None) -> None:
    assert objection_to("あ" * length, RULES) == objection


def test_the_least_length_is_a_setting() -> None:
    assert objection_to("x" * 8, PasswordRules(min_length=8)) is None
    assert objection_to("x" * 19, PasswordRules(min_length=20)) == "too_short"


def test_a_character_outside_the_basic_plane_counts_once() -> None:
    assert objection_to("𠮷" * 14, RULES) == "too_short"
    assert objection_to("𠮷" * 128, RULES) is None


@pytest.mark.parametrize(
    "password",
    [
        "taro.keiji.1985@example.jp",
        "TARO.KEIJI.1985@EXAMPLE.JP",
        "taro.keiji.1985",
        "Ｔａｒｏ．Ｋｅｉｊｉ．１９８５",
        "taro keiji 1985",
        "車両手続ワンストップ窓口見本 ",
        "車両手続ﾜﾝｽﾄｯﾌﾟ窓口見本",
        "Keiji Nagatarou",
        "nagatarou-keiji",
    ],
)
def test_a_password_is_not_one_of_the_persons_own_words(password: str) -> None:
    assert objection_to(password, RULES, OWN_WORDS) == "same_as_own"


@pytest.mark.parametrize("password", ["taro.keiji.1985.x", "!!!!!!!!!!!!!!!!", "a long enough secret"])
def test_anything_else_is_left_to_the_lists(password: str) -> None:
    assert objection_to(password, RULES, [*OWN_WORDS, "", "---"]) is None


def test_the_same_password_typed_on_another_system_is_the_same() -> None:
    assert prepared("\u30ab\u3099") == prepared("\u30ac")
    assert prepared("a b\u3000c\u00a0d") == "a b c d"


@given(st.text())
def test_preparing_twice_changes_nothing(text: str) -> None:
    assert prepared(prepared(text)) == prepared(text)


@given(st.text(st.characters(codec="ascii")))
def test_ascii_is_hashed_as_it_was_typed(text: str) -> None:
    assert prepared(text) == text
