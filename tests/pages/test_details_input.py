"""Each field behind the link, filled in badly: what is said, and that no password is ever shown."""

from typing import Any

import pytest

from chalicelib.forms.problems import Code
from tests.pages.portal import BEHIND_A_STAGE, OpenPortal
from tests.pages.steps import ADDRESS, DETAILS, NOTIFICATION_ADDRESS, open_link
from tests.pages.visitor import Visitor
from tests.pages.words import sentence

# What is said of a field does not depend on the address: the harder one is enough.
pytestmark = pytest.mark.parametrize("portal", [BEHIND_A_STAGE], indirect=True)

PASSWORDS = ("payer_password", "filer_password")
every_password = pytest.mark.parametrize("name", PASSWORDS)
NOTIFICATION = ("notification_email", "notification_email_confirmation")


def _send(visitor: Visitor, name: str, text: str) -> None:
    """Everything right but one password, typed twice alike."""
    open_link(visitor)
    typed = {**DETAILS, name: text, f"{name}_confirmation": text}
    visitor.submit(**typed, expect=422)
    assert name in visitor.page.wrong_fields


def _said(visitor: Visitor, name: str, code: Code, **params: Any) -> bool:
    return sentence(name, code, **params) in visitor.page.problem(name)


def test_an_empty_form_names_every_field_that_is_needed(visitor: Visitor) -> None:
    open_link(visitor)
    visitor.submit(expect=422)
    assert set(visitor.page.wrong_fields) == set(DETAILS)


@every_password
def test_a_short_password_is_refused(visitor: Visitor, name: str) -> None:
    _send(visitor, name, "fourteen chars")
    assert _said(visitor, name, "too_short", limit=15)


@every_password
def test_a_password_may_be_128_characters_long(visitor: Visitor, name: str) -> None:
    longest = "violet kettles and umbrellas " * 4 + "hum at dawn!"
    _send(visitor, name, longest + "x")
    assert _said(visitor, name, "too_long", limit=128)
    visitor.submit(**{**DETAILS, name: longest, f"{name}_confirmation": longest})
    assert visitor.page.path == "/confirmation/check"


@every_password
@pytest.mark.parametrize("text", ["passwordpassword", "123456789012345", "aaaaaaaaaaaaaaaa", "qwertyuiopasdfgh"])
def test_a_common_password_is_refused(visitor: Visitor, name: str, text: str) -> None:
    _send(visitor, name, text)
    assert _said(visitor, name, "common_password")


@every_password
@pytest.mark.parametrize("text", [ADDRESS, ADDRESS.upper(), "車両手続 ワンストップ窓口 madoguchi"])
def test_a_password_that_is_ones_own_word_is_refused(visitor: Visitor, name: str, text: str) -> None:
    _send(visitor, name, text)
    assert _said(visitor, name, "same_as_own")


@every_password
def test_a_control_character_in_a_password_is_refused(visitor: Visitor, name: str) -> None:
    _send(visitor, name, "violet kettle\x07hums at dawn")
    assert "U+0007" in visitor.page.problem(name)


@every_password
def test_a_password_that_was_repeated_differently_is_refused(visitor: Visitor, name: str) -> None:
    open_link(visitor)
    visitor.submit(**{**DETAILS, f"{name}_confirmation": "violet kettle hums at dusk"}, expect=422)
    assert visitor.page.wrong_fields == [f"{name}_confirmation"]
    assert _said(visitor, f"{name}_confirmation", "mismatch", of=name)


@every_password
@pytest.mark.parametrize(
    "text", ["紫のやかんが夜明けに鳴いている", "violet 🫖 hums at the dawn", "  violet kettle hums  "]
)
def test_a_password_may_be_made_of_anything(visitor: Visitor, name: str, text: str) -> None:
    open_link(visitor)
    visitor.submit(**{**DETAILS, name: text, f"{name}_confirmation": text})
    assert visitor.page.path == "/confirmation/check"


@pytest.mark.parametrize("name", NOTIFICATION)
def test_a_notification_address_is_typed_twice_or_not_at_all(visitor: Visitor, name: str) -> None:
    open_link(visitor)
    visitor.submit(**{**DETAILS, name: NOTIFICATION_ADDRESS}, expect=422)
    assert _said(visitor, "notification_email_confirmation", "both_or_neither")
    assert visitor.page.form().values[name] == NOTIFICATION_ADDRESS


def test_notification_addresses_that_differ_are_told_apart(visitor: Visitor) -> None:
    typed = {NOTIFICATION[0]: NOTIFICATION_ADDRESS, NOTIFICATION[1]: "shirase.canari@example.jp"}
    open_link(visitor)
    visitor.submit(**{**DETAILS, **typed}, expect=422)
    assert visitor.page.wrong_fields == [NOTIFICATION[1]]
    assert visitor.page.form().values.items() >= typed.items()


@pytest.mark.parametrize(
    ("text", "code"),
    [("shirase\r\nBcc: x.canary@example.jp", "line_break"), ("shirase", "not_an_address"), ("x" * 255, "too_long")],
)
def test_a_notification_address_that_is_none_is_refused(visitor: Visitor, text: str, code: Code) -> None:
    open_link(visitor)
    visitor.submit(**{**DETAILS, NOTIFICATION[0]: text, NOTIFICATION[1]: text}, expect=422)
    assert _said(visitor, NOTIFICATION[0], code, **({"limit": 254} if code == "too_long" else {}))


def test_nothing_refused_is_ever_stored(portal: OpenPortal, visitor: Visitor) -> None:
    _send(visitor, "filer_password", "fourteen chars")
    assert not portal.store.rows.accounts
    assert "fourteen chars" not in repr(portal.store.snapshot())
