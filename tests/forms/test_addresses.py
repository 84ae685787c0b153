"""Fields of mail addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.addresses import as_header_address
from chalicelib.forms.addresses import EmailConfirmationField, EmailField, sendable_address
from chalicelib.forms.base import Form
from chalicelib.forms.problems import Problem

ANY_TEXT = st.text(st.characters(exclude_categories=()))
LABELS = ".".join(("d" * 63, "d" * 63, "d" * 58, "jp"))


class AddressForm(Form):
    """One address that is required and one that is not, each typed twice."""

    email = EmailField()
    email_confirmation = EmailConfirmationField(of="email")
    notification_email = EmailField(required=False)
    notification_email_confirmation = EmailConfirmationField(of="notification_email", required=False)


def form_with(email: str, again: str | None = None, **typed: str) -> AddressForm:
    """The form, sent and judged."""
    form = AddressForm({"email": email, "email_confirmation": email if again is None else again, **typed})
    form.validate()
    return form


def problems_of(form: AddressForm) -> dict[str, Problem]:
    """Problems by field."""
    return {field.name: problem for field, problem in form.problems()}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("taro@example.jp", "taro@example.jp"),
        ("taro@example.com", "taro@example.com"),
        ("  taro@example.jp\u3000", "taro@example.jp"),
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "taro@example.jp"),
        ("Taro@Example.JP", "Taro@example.jp"),
        ("taro+oss@sub.example.jp", "taro+oss@sub.example.jp"),
        ("a..b@docomo.ne.jp", "a..b@docomo.ne.jp"),
        ("a.@docomo.ne.jp", "a.@docomo.ne.jp"),
        (".a@ezweb.ne.jp", ".a@ezweb.ne.jp"),
        ('"a..b"@docomo.ne.jp', "a..b@docomo.ne.jp"),
        ('"taro"@example.jp', "taro@example.jp"),
        ("taro@日本.jp", "taro@xn--wgv71a.jp"),
        ("taro@xn--wgv71a.jp", "taro@xn--wgv71a.jp"),
        ("taro@日本。jp", "taro@xn--wgv71a.jp"),
    ],
)
def test_an_address_is_stored_as_mail_needs_it(typed: str, stored: str) -> None:
    form = form_with(typed)
    assert problems_of(form) == {}
    assert form.values()["email"] == form.values()["email_confirmation"] == stored
    assert as_header_address(stored).isascii()


@pytest.mark.parametrize(
    "typed",
    [
        "taro",
        "taro@",
        "@example.jp",
        "taro@example..jp",
        "taro@.jp",
        "a@b@example.jp",
        "taro@ex_ample.jp",
        "a,b@example.jp",
        "見本 <taro@example.jp>",
        "<taro@example.jp>",
        "taro@-example.jp",
        "taro@example",
        "x" * 65 + "@example.jp",
        "@",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    assert problems_of(form_with(typed)) == {"email": Problem("not_an_address")}


@pytest.mark.parametrize(
    "typed",
    [
        "太郎@example.jp",
        "taro@example.test",
        "taro@localhost",
        "taro@printer.local",
        "taro@[192.0.2.1]",
        '"a@b"@example.jp',
    ],
)
def test_an_address_that_no_mail_reaches_is_refused(typed: str) -> None:
    assert problems_of(form_with(typed)) == {"email": Problem("address_not_sendable")}


def test_an_address_has_at_most_254_characters() -> None:
    longest = f"{'x' * 64}@{LABELS}"
    assert len(longest) == 254
    assert problems_of(form_with(longest)) == {}
    problems = problems_of(form_with(longest.replace("@", "x@")))
    assert problems == dict.fromkeys(("email", "email_confirmation"), Problem("too_long", limit=254))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("taro@example.jp\n", Problem("line_break")),
        ("taro@example.jp\r\nBcc: jiro@example.jp", Problem("line_break")),
        ("ta\x00ro@example.jp", Problem("forbidden_character", character="U+0000", kind="control")),
        ("\u202etaro@example.jp", Problem("forbidden_character", character="U+202E", kind="bidi")),
        ("taro😀@example.jp", Problem("forbidden_character", character="😀", kind="emoji")),
        ("taro\ud800@example.jp", Problem("forbidden_character", character="U+D800", kind="surrogate")),
        ("", Problem("required")),
    ],
)
def test_an_address_refuses_what_every_text_refuses(typed: str, problem: Problem) -> None:
    assert problems_of(form_with(typed, "taro@example.jp")) == {"email": problem}


@pytest.mark.parametrize("again", ["jiro@example.jp", "taro@example.com", "taro", "taro.@example.jp"])
def test_another_address_is_no_confirmation(again: str) -> None:
    form = form_with("taro@example.jp", again)
    assert problems_of(form) == {"email_confirmation": Problem("mismatch", of="email")}
    assert form.email_confirmation.data == again


@pytest.mark.parametrize("again", ["TARO@example.jp", "ｔａｒｏ＠example.jp", " taro@example.jp", '"taro"@example.jp'])
def test_the_same_address_spelled_otherwise_confirms(again: str) -> None:
    form = form_with("taro@example.jp", again)
    assert problems_of(form) == {}
    assert form.values()["email_confirmation"] == "taro@example.jp"


def test_a_confirmation_is_compared_only_with_an_address_that_is_fine() -> None:
    form = form_with("taro", "taro@example.jp")
    assert problems_of(form) == {"email": Problem("not_an_address")}
    assert not form.email_confirmation.is_ok


def test_an_address_has_to_be_confirmed() -> None:
    assert problems_of(form_with("taro@example.jp", "")) == {"email_confirmation": Problem("required")}
    assert form_with("taro@example.jp").email_confirmation.is_ok


def test_optional_addresses_may_both_be_left_out() -> None:
    form = form_with("taro@example.jp", notification_email=" ", notification_email_confirmation="")
    assert problems_of(form) == {}
    assert form.values()["notification_email"] == ""
    assert not form.notification_email_confirmation.is_ok


@pytest.mark.parametrize("filled", ["notification_email", "notification_email_confirmation"])
def test_optional_addresses_are_given_twice_or_not_at_all(filled: str) -> None:
    form = form_with("taro@example.jp", **{filled: "jiro@example.jp"})
    assert problems_of(form) == {"notification_email_confirmation": Problem("both_or_neither")}


def test_an_optional_address_is_judged_like_any_other() -> None:
    again = {"notification_email_confirmation": "jiro@example.jp"}
    assert problems_of(form_with("taro@example.jp", notification_email="jiro@example.jp", **again)) == {}
    differing = problems_of(form_with("taro@example.jp", notification_email="saburo@example.jp", **again))
    assert differing == {"notification_email_confirmation": Problem("mismatch", of="notification_email")}
    wrong = problems_of(form_with("taro@example.jp", notification_email="jiro", **again))
    assert wrong == {"notification_email": Problem("not_an_address")}


def test_browsers_are_not_asked_to_judge_addresses() -> None:
    form = AddressForm()
    assert (form.email.input_type, form.email.inputmode, form.email.autocomplete) == ("text", "email", "email")


@given(ANY_TEXT | st.text('ab.@"\\ <>()[]日-_é\r\n', max_size=30))
def test_what_is_stored_can_always_be_written_into_a_header(typed: str) -> None:
    stored = sendable_address(typed)
    if stored is not None:
        assert as_header_address(stored).isprintable()
        assert sendable_address(stored) == stored
