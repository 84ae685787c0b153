"""Letters that a certificate can bear, against the standards themselves."""

import pytest

from chalicelib.domain.certificate_names import first_not_on_certificate

ROWS = range(0xA1, 0xFF)
UNKNOWN = "\ufffd"
both = pytest.mark.parametrize("is_extended", [False, True], ids=["plain", "extended"])


def _letters(codec: str, *prefix: int) -> list[str]:
    """Every letter that `codec` has under two bytes behind `prefix`."""
    codes = (bytes((*prefix, row, cell)) for row in ROWS for cell in ROWS)
    return [letter for code in codes if not {UNKNOWN} & set(letter := code.decode(codec, "replace"))]


def _refused(letters: list[str], *, is_extended: bool) -> list[str]:
    return [letter for letter in letters if first_not_on_certificate(letter, is_extended=is_extended)]


@both
def test_all_of_jis_x_0208_is_on_certificates(*, is_extended: bool) -> None:
    letters = _letters("euc_jp")
    assert len(letters) == 6879
    assert not _refused(letters, is_extended=is_extended)


@both
@pytest.mark.parametrize("letter", "－～∥￠￡￢―—＼￥￣−〜‖")
def test_signs_are_taken_under_each_number_that_keyboards_give_them(letter: str, *, is_extended: bool) -> None:
    assert not _refused([letter], is_extended=is_extended)


@pytest.mark.parametrize("letter", "﨑俱鷗①噓神")
def test_levels_three_and_four_are_on_extended_names(letter: str) -> None:
    assert not _refused([letter], is_extended=True)


def test_they_are_not_on_plain_names() -> None:
    assert _refused(list("﨑俱鷗①噓"), is_extended=False) == list("﨑俱鷗①噓")


def test_auxiliary_letters_are_taken_where_they_have_a_twin() -> None:
    auxiliary = _letters("euc_jp", 0x8F)
    refused = _refused(auxiliary, is_extended=True)
    assert len(auxiliary) == 6067
    assert len(refused) == 3158
    assert len(_refused(auxiliary, is_extended=False)) > len(refused)


@both
@pytest.mark.parametrize("name", ["𠮷田", "髙田", "田中😀", "\ud800", "김", "见本"])
def test_what_neither_has_is_named(name: str, *, is_extended: bool) -> None:
    assert first_not_on_certificate(name, is_extended=is_extended) in set(name) - {"田", "中", "本"}


@both
def test_the_first_of_several_is_named(*, is_extended: bool) -> None:
    assert first_not_on_certificate("見本𠮷髙", is_extended=is_extended) == "𠮷"


@both
def test_an_empty_name_has_nothing_to_object_to(*, is_extended: bool) -> None:
    assert first_not_on_certificate("", is_extended=is_extended) is None
