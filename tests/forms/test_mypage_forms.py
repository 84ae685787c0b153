"""What may be sent to My Page."""

from typing import Any

import pytest

from chalicelib.capabilities.mypage.forms import (
    FilerPasswordForm,
    NewPasswordForm,
    PasswordChangeForm,
    PayerPasswordForm,
    ResetRequestForm,
    SignInForm,
)
from chalicelib.capabilities.mypage.forms_profile import (
    CorporationForm,
    IndividualForm,
    holder_in,
    profile_form,
    stored_values,
)
from chalicelib.domain.holders import Corporation, Individual
from chalicelib.domain.passwords import PASSWORD_LIMIT, PasswordRules
from chalicelib.forms.base import Form
from chalicelib.forms.problems import Problem
from tests.builders import ADDRESS, NEW_ADDRESS, a_corporation, an_account, an_individual

GOOD = "eleven quiet lanterns on a hill"
RULES = PasswordRules()


def judged(form: Form) -> dict[str, Problem]:
    """Problems by field."""
    form.validate()
    return {field.name: problem for field, problem in form.problems()}


@pytest.mark.parametrize(
    "typed",
    ["KNCA6288", "knca6288", "ＫＮＣＡ６２８８", "ｋｎｃａ６２８８", " KNCA6288　", "KN CA 6288", "KNCA\u200b6288"],
)
def test_an_id_is_taken_in_lower_case_and_full_width(typed: str) -> None:
    form = SignInForm({"payer_id": typed, "payer_password": "any"})
    assert judged(form) == {}
    assert (form.payer_id.data, form.payer_id.id_suffix) == ("KNCA6288", "CA6288")


@pytest.mark.parametrize(
    "typed",
    ["KICA6288", "CA6288", "KNCA628", "KNCA62888", "KNCI6288", "KNOA6288", "KNCA628O", "KNCA٦٢٨٨", "カNCA6288", "KN"],
)
def test_what_cannot_be_an_id_is_said_to_be_none(typed: str) -> None:
    form = SignInForm({"payer_id": typed, "payer_password": "any"})
    assert judged(form) == {"payer_id": Problem("not_a_payer_id")}
    assert form.payer_id.id_suffix == ""


@pytest.mark.parametrize("typed", ["KNCA6288\x00", "KNCA6288\n", "KN\u202eCA6288"])
def test_an_id_holds_no_control_characters(typed: str) -> None:
    problems = judged(SignInForm({"payer_id": typed, "payer_password": "any"}))
    assert problems["payer_id"].code in {"forbidden_character", "line_break"}


EMPTY: list[tuple[Form, list[str]]] = [
    (SignInForm({}), ["payer_id", "payer_password"]),
    (
        PasswordChangeForm({}, rules=RULES),
        ["payer_id", "current_password", "new_password", "new_password_confirmation"],
    ),
    (ResetRequestForm({}), ["payer_id", "management_email"]),
    (NewPasswordForm({}, rules=RULES), ["new_password", "new_password_confirmation"]),
    (FilerPasswordForm({}, rules=RULES), ["payer_password", "filer_password", "filer_password_confirmation"]),
    (PayerPasswordForm({}), ["payer_password"]),
]


@pytest.mark.parametrize(("form", "names"), EMPTY, ids=[type(form).__name__ for form, _ in EMPTY])
def test_everything_is_asked_for(form: Form, names: list[str]) -> None:
    assert judged(form) == dict.fromkeys(names, Problem("required"))


def test_no_secret_is_kept_or_shown_again() -> None:
    secrets = dict.fromkeys(("current_password", "new_password", "new_password_confirmation"), GOOD)
    form = PasswordChangeForm({"payer_id": "knca6288", **secrets}, rules=RULES)
    assert judged(form) == {}
    assert form.values() == form.as_typed() == {"payer_id": "KNCA6288"}
    assert form.new_password.secret == GOOD
    assert not any(field.data for field in form.fields() if field.name != "payer_id")


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("too short", "too_short"),
        ("x" * (PASSWORD_LIMIT + 1), "too_long"),
        ("passwordpassword1", "common_password"),
        ("ＴＡＲＯ＠example.jp", "same_as_own"),
    ],
)
def test_new_passwords_of_both_kinds_keep_the_rules(new: str, code: str) -> None:
    words = an_account().own_words
    typed = {"new_password": new, "new_password_confirmation": new}
    filer = {"payer_password": "any", "filer_password": new, "filer_password_confirmation": new}
    assert judged(NewPasswordForm(typed, rules=RULES, own_words=words))["new_password"].code == code
    assert judged(FilerPasswordForm(filer, rules=RULES, own_words=words))["filer_password"].code == code


def test_current_passwords_keep_no_rules_but_the_limit() -> None:
    assert judged(SignInForm({"payer_id": "KNCA6288", "payer_password": "x"})) == {}
    long = SignInForm({"payer_id": "KNCA6288", "payer_password": "x" * (PASSWORD_LIMIT + 1)})
    assert judged(long) == {"payer_password": Problem("too_long", limit=PASSWORD_LIMIT)}


def test_a_new_password_is_typed_twice_alike() -> None:
    typed = {"new_password": GOOD, "new_password_confirmation": f"{GOOD}!"}
    problems = judged(NewPasswordForm(typed, rules=RULES))
    assert problems == {"new_password_confirmation": Problem("mismatch", of="new_password")}


def profile(**typed: str) -> dict[str, str]:
    return {**stored_values(an_account()), **typed}


@pytest.mark.parametrize(
    ("holder", "made"),
    [(an_individual(), IndividualForm), (a_corporation(representative_name="見本　花子"), CorporationForm)],
)
def test_each_kind_of_holder_has_its_own_form_filled_with_what_is_stored(
    holder: Individual | Corporation, made: type[Form]
) -> None:
    account = an_account(holder=holder, notification_email=NEW_ADDRESS)
    form = profile_form(account)
    assert type(form) is made
    assert judged(form) == {}
    assert form.values() == stored_values(account)
    assert holder_in(account, form.values()) == holder


def test_what_was_typed_comes_before_what_is_kept_and_that_before_what_is_stored() -> None:
    account, kept = an_account(), profile(given_name="次郎")
    assert profile_form(account)["given_name"].data == "太郎"
    assert profile_form(account, values=kept)["given_name"].data == "次郎"
    assert profile_form(account, profile(given_name="三郎"), kept)["given_name"].data == "三郎"


def test_names_and_addresses_are_converted_as_at_the_registration() -> None:
    form = profile_form(
        an_account(), profile(family_kana="みほん", given_name="Taro", management_email="ｎｅｗ＠example.jp")
    )
    assert judged(form) == {}
    values = form.values()
    assert (values["family_kana"], values["given_name"]) == ("ミホン", "Ｔａｒｏ")
    assert values["management_email"] == "new@example.jp"


@pytest.mark.parametrize("kind", [Individual, Corporation])
def test_all_but_the_second_address_is_required(kind: type[Individual | Corporation]) -> None:
    account = an_account(
        holder=an_individual() if kind is Individual else a_corporation(representative_name="見本　花子")
    )
    names = [*vars(account.holder), "management_email"]
    assert judged(profile_form(account, {})) == dict.fromkeys(names, Problem("required"))


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({"management_email": "taro@"}, {"management_email": Problem("not_an_address")}),
        ({"notification_email": "taro@intra.test"}, {"notification_email": Problem("address_not_sendable")}),
        ({"given_kana": "太郎"}, {"given_kana": Problem("not_kana", character="太")}),
        ({"family_name": "見" * 101}, {"family_name": Problem("too_long", limit=100)}),
        ({"notification_email": ADDRESS}, {}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(typed: dict[str, Any], problems: dict[str, Problem]) -> None:
    assert judged(profile_form(an_account(), profile(**typed))) == problems


def test_an_account_never_changes_its_kind() -> None:
    corporate = an_account(holder=a_corporation(representative_name="見本　花子"))
    typed = {**stored_values(corporate), **stored_values(an_account())}
    form = profile_form(corporate, typed)
    assert judged(form) == {}
    assert holder_in(corporate, form.values()) == corporate.holder
