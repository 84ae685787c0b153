"""Each field of the entry, filled in badly: what is said, and that nothing is lost."""

from typing import Any

import pytest

from chalicelib.forms.problems import Code
from tests.pages.portal import BEHIND_A_STAGE, OpenPortal
from tests.pages.steps import ADDRESS, CORPORATION, INDIVIDUAL, Typed, consent, fill_in
from tests.pages.visitor import Visitor
from tests.pages.words import sentence

# What is said of a field does not depend on the address: the harder one is enough.
pytestmark = pytest.mark.parametrize("portal", [BEHIND_A_STAGE], indirect=True)

NAMES_OF = {
    "individual": ("family_kana", "given_kana", "family_name", "given_name"),
    "corporation": ("company_kana", "company_name", "representative_name"),
}
TYPED = {"individual": INDIVIDUAL, "corporation": CORPORATION}
EVERY_NAME = [(kind, name) for kind, names in NAMES_OF.items() for name in names]
every_name = pytest.mark.parametrize(("kind", "name"), EVERY_NAME)
ADDRESSES = ("email", "email_confirmation")


def _send(visitor: Visitor, name: str, text: str, kind: str = "individual") -> Typed:
    """Everything right but one field; the answer is what was typed."""
    typed = {**TYPED[kind], name: text}
    fill_in(visitor, **typed, expect=422)
    assert visitor.page.wrong_fields == [name]
    return typed


def _said(visitor: Visitor, name: str, code: Code, **params: Any) -> bool:
    return sentence(name, code, **params) in visitor.page.problem(name)


def test_an_empty_form_names_every_field_that_is_needed(visitor: Visitor) -> None:
    consent(visitor)
    visitor.submit(expect=422)
    assert visitor.page.wrong_fields == ["email", "email_confirmation", "kind"]
    visitor.submit(kind="individual", expect=422)
    assert visitor.page.wrong_fields == [*ADDRESSES, *NAMES_OF["individual"]]
    visitor.submit(kind="corporation", expect=422)
    assert visitor.page.wrong_fields == [*ADDRESSES, *NAMES_OF["corporation"]]


@every_name
def test_an_empty_name_is_asked_for(visitor: Visitor, kind: str, name: str) -> None:
    typed = _send(visitor, name, "", kind)
    assert _said(visitor, name, "required")
    assert visitor.page.form().values.items() >= typed.items()


@every_name
def test_a_name_of_spaces_is_empty(visitor: Visitor, kind: str, name: str) -> None:
    _send(visitor, name, " \u3000\t ", kind)
    assert _said(visitor, name, "required")


@every_name
def test_a_hundred_characters_are_enough_for_a_name(visitor: Visitor, kind: str, name: str) -> None:
    fill_in(visitor, **{**TYPED[kind], name: "ア" * 100})
    assert visitor.page.path == "/registration/check"
    visitor.follow("/registration/entry")
    too_long: Typed = {name: "ア" * 101}
    visitor.submit(**too_long, expect=422)
    assert _said(visitor, name, "too_long", limit=100)
    assert visitor.page.form().values[name] == "ア" * 101


@pytest.mark.parametrize(
    ("character", "shown"),
    [("\x07", "U+0007"), ("\u202e", "U+202E"), ("🐤", "🐤"), ("\x00", "U+0000"), ("\ue000", "\ue000")],
    ids=["control", "bidi", "emoji", "nul", "private_use"],
)
@every_name
def test_a_character_nobody_can_store_is_refused_by_name(
    visitor: Visitor, kind: str, name: str, character: str, shown: str
) -> None:
    typed = _send(visitor, name, f"カナ{character}リヤ", kind)
    others = {other: text for other, text in typed.items() if other != name}
    assert visitor.page.form().values.items() >= others.items()
    assert visitor.page.form().values[name].startswith("カナ")
    assert shown in visitor.page.problem(name)


@every_name
def test_a_name_is_one_line(visitor: Visitor, kind: str, name: str) -> None:
    _send(visitor, name, "カナ\r\nリヤ", kind)
    assert _said(visitor, name, "line_break")


@pytest.mark.parametrize(("kind", "name"), [pair for pair in EVERY_NAME if "kana" in pair[1]])
def test_furigana_that_cannot_become_katakana_is_refused_by_letter(visitor: Visitor, kind: str, name: str) -> None:
    typed = _send(visitor, name, "カナ山", kind)
    assert _said(visitor, name, "not_kana", character="山")
    assert visitor.page.form().values.items() >= typed.items()


@pytest.mark.parametrize(
    "text",
    ["taro", "taro@", "@example.jp", "ta ro@@example.jp", "taro@example", "taro@example..jp", "taro@-example.jp"],
)
def test_what_is_no_address_is_refused(visitor: Visitor, text: str) -> None:
    typed = {**INDIVIDUAL, "email": text, "email_confirmation": text}
    fill_in(visitor, **typed, expect=422)
    assert "email" in visitor.page.wrong_fields
    assert visitor.page.form().values["email"] == text.replace(" ", "")


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize(
    "text",
    ["hanako@example.jp\r\nBcc: x.canary@example.jp", "hanako@example.jp\n", "hanako\r@example.jp"],
    ids=["header", "end", "middle"],
)
def test_an_address_with_a_line_break_is_refused(portal: OpenPortal, visitor: Visitor, name: str, text: str) -> None:
    fill_in(visitor, **{**INDIVIDUAL, "email": text, "email_confirmation": text}, expect=422)
    assert _said(visitor, name, "line_break")
    assert not portal.store.rows.letters


@pytest.mark.parametrize("character", ["\x07", "\u202e", "🐤"], ids=["control", "bidi", "emoji"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_with_a_strange_character_is_refused(visitor: Visitor, name: str, character: str) -> None:
    typed = {**INDIVIDUAL, name: f"hana{character}ko.canary@example.jp"}
    fill_in(visitor, **typed, expect=422)
    assert name in visitor.page.wrong_fields


def test_an_address_may_be_254_characters_long(visitor: Visitor) -> None:
    longest = "a" * 64 + "@" + ".".join(["b" * 61] * 3) + ".jp"
    typed = {**INDIVIDUAL, "email": "a" + longest, "email_confirmation": "a" + longest}
    fill_in(visitor, **{**typed, "email": longest, "email_confirmation": longest})
    too_long = "a" * 64 + "@" + "b" * 190 + ".jp"
    visitor.follow("/registration/entry")
    visitor.submit(email=too_long, email_confirmation=too_long, expect=422)
    assert _said(visitor, "email", "too_long", limit=254)
    assert visitor.page.form().values["email"] == too_long


def test_addresses_that_differ_are_told_apart(visitor: Visitor) -> None:
    typed = _send(visitor, "email_confirmation", "hanako.canari@example.jp")
    assert _said(visitor, "email_confirmation", "mismatch", of="email")
    assert visitor.page.form().values.items() >= typed.items()


def test_addresses_that_differ_in_width_and_case_are_the_same(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in(visitor, email_confirmation="ＨＡＮＡＫＯ.canary@example.JP")
    visitor.submit()
    portal.deliver_letters()
    assert portal.sender.sent[0].to == ADDRESS


@pytest.mark.parametrize("kind", ["robot", "INDIVIDUAL", "individual ", "\x00"])
def test_a_kind_that_was_not_offered_is_to_be_chosen_again(visitor: Visitor, kind: str) -> None:
    fill_in(visitor, kind=kind, expect=422)
    assert visitor.page.wrong_fields == ["kind"]
    assert _said(visitor, "kind", "unknown_choice")
    kept = {name: text for name, text in INDIVIDUAL.items() if name != "kind"}
    assert visitor.page.form().values.items() >= kept.items()


def test_a_choice_that_was_left_out_is_asked_for_in_words_that_fit(visitor: Visitor) -> None:
    fill_in(visitor, kind="", expect=422)
    assert _said(visitor, "kind", "unknown_choice")


def test_a_wrong_entry_is_kept_on_the_server_too(visitor: Visitor) -> None:
    typed = _send(visitor, "given_name", "")
    visitor.get("/registration/entry")
    assert visitor.page.form().values.items() >= typed.items()
    visitor.get("/registration/check")
    assert visitor.page.path == "/registration/entry", "what is not in order cannot be confirmed"


def test_what_is_put_right_goes_on(visitor: Visitor) -> None:
    _send(visitor, "given_name", "")
    visitor.submit(given_name="花子")
    assert visitor.page.path == "/registration/check"


def test_markup_is_shown_as_it_was_typed(visitor: Visitor) -> None:
    typed = {
        "email": '"><script>alert(1)</script>@example.jp',
        "family_name": "<img src=x onerror=alert(1)>",
        "given_name": "{{ 7 * 7 }} %(x)s",
        "family_kana": "'\"><svg onload=alert(1)>",
    }
    fill_in(visitor, **typed, expect=422)
    values = visitor.page.form().values
    assert values["email"] == typed["email"]
    assert values["family_name"] == "＜ｉｍｇ\u3000ｓｒｃ＝ｘ\u3000ｏｎｅｒｒｏｒ＝ａｌｅｒｔ（１）＞"
    assert values["given_name"] == "｛｛\u3000７\u3000＊\u3000７\u3000｝｝\u3000％（ｘ）ｓ"


def test_fields_nobody_asked_for_are_ignored(visitor: Visitor) -> None:
    consent(visitor)
    form = visitor.page.form()
    visitor.post(form.action, {**form.values, **INDIVIDUAL, "consent": "no", "result": "x", "submission_id": "x"})
    assert visitor.page.path == "/registration/check"
