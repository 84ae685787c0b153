"""Fields of secrets and of new passwords."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zxcvbn.matching import RANKED_DICTIONARIES

from chalicelib.domain.passwords import PasswordRules
from chalicelib.forms.base import Form
from chalicelib.forms.passwords import NewPasswordField, PasswordForm, is_common
from chalicelib.forms.problems import Problem
from chalicelib.forms.secret_fields import SecretConfirmationField, SecretField

GOOD = "散歩に行く朝は 7 時に起きる"
OWN_WORDS = ["Tanaka", "Tarou", "軽自", "太郎", "ケイジ", "タロウ", "taro.keiji.1985@example.jp", "Madoguchi"]


class NewPassword(PasswordForm):
    """A new password, typed twice."""

    password = NewPasswordField()
    password_confirmation = SecretConfirmationField(of="password")


class SignIn(Form):
    """A password to be compared."""

    password = SecretField()


def new_password(password: str, again: str | None = None, rules: PasswordRules | None = None) -> NewPassword:
    """The form, sent and judged."""
    typed = {"password": password, "password_confirmation": password if again is None else again}
    form = NewPassword(typed, rules=rules or PasswordRules(), own_words=OWN_WORDS)
    form.validate()
    return form


def problems_of(form: Form) -> dict[str, Problem]:
    """Problems by field."""
    return {field.name: problem for field, problem in form.problems()}


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "correct horse battery staple",
        "くるまのけんさはさらいげつです",
        "Kj3#mQ9!xZ7pLw2$",
        "i like green tea",
        "さくらがさいたらはなみにいこう",
        "😀🐱🚗🌸🍣🎌🏯🗻🎐🎏🎎🍡🍵🎑🐟",
        "кошка любит старый сыр",
        "x9#" + "長い文章はいくらでも続きます" * 8,
    ],
)
def test_a_long_sentence_in_any_language_is_a_good_password(password: str) -> None:
    form = new_password(password)
    assert problems_of(form) == {}
    assert form.password.secret == password


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword1",
        "aaaaaaaaaaaaaaa",
        "ああああああああああああああああ",
        "qwertyuiopasdfgh",
        "123456789012345",
        "1qaz2wsx3edc4rfv",
        "P@ssw0rdP@ssw0rd",
        "ｐａｓｓｗｏｒｄ１２３４５６７８",
        "あいうえおかきくけこさしすせそ",
        "password" * 12,
        "               ",
    ],
)
def test_what_everybody_takes_is_refused(password: str) -> None:
    assert problems_of(new_password(password)) == {"password": Problem("common_password")}


@pytest.mark.parametrize(
    "password",
    [
        "tanakatarou1985",
        "TANAKAtarou19850401",
        "Tarou-Tanaka-2024",
        "軽自太郎軽自太郎19850401",
        "ケイジタロウケイジタロウ123",
        "madoguchi1234567",
        "taro.keiji.1985!1",
    ],
)
def test_the_persons_own_words_with_a_number_are_refused(password: str) -> None:
    assert problems_of(new_password(password)) == {"password": Problem("common_password")}


@pytest.mark.parametrize(
    "password", ["taro.keiji.1985@example.jp", "TARO.KEIJI.1985", "ｔａｒｏ．ｋｅｉｊｉ．１９８５"]
)
def test_the_persons_own_address_is_refused_as_such(password: str) -> None:
    assert problems_of(new_password(password)) == {"password": Problem("same_as_own")}


def test_a_password_has_the_length_that_the_rules_say() -> None:
    short = Problem("too_short", limit=15)
    assert problems_of(new_password("Kj3#mQ9!xZ7pLw")) == {"password": short}
    assert problems_of(new_password("Kj3#mQ9!", rules=PasswordRules(min_length=8))) == {}
    long = problems_of(new_password("Kj3#mQ9!xZ7pLw2$R", rules=PasswordRules(max_length=16)))
    assert long == {"password": Problem("too_long", limit=16)}


def test_no_secret_is_longer_than_128_characters() -> None:
    assert problems_of(new_password((GOOD * 10)[:128])) == {}
    too_long = dict.fromkeys(("password", "password_confirmation"), Problem("too_long", limit=128))
    assert problems_of(new_password((GOOD * 10)[:129])) == too_long
    assert problems_of(new_password("x" * 200_000)) == too_long
    assert problems_of(sign_in("x" * 129)) == {"password": Problem("too_long", limit=128)}


def sign_in(password: str) -> SignIn:
    """The form, sent and judged."""
    form = SignIn({"password": password})
    form.validate()
    return form


def test_nothing_typed_is_required() -> None:
    required = dict.fromkeys(("password", "password_confirmation"), Problem("required"))
    assert problems_of(new_password("")) == required


@pytest.mark.parametrize(
    ("character", "shown", "kind"),
    [
        ("\x00", "U+0000", "control"),
        ("\t", "U+0009", "control"),
        ("\n", "U+000A", "control"),
        ("\ud83d", "U+D83D", "surrogate"),
    ],
)
def test_a_password_holds_everything_but_controls_and_broken_characters(character: str, shown: str, kind: str) -> None:
    problem = Problem("forbidden_character", character=shown, kind=kind)
    assert problems_of(new_password(GOOD + character, GOOD))["password"] == problem


def test_the_same_password_typed_on_another_keyboard_confirms() -> None:
    assert problems_of(new_password(GOOD + "\u30ac", GOOD.replace(" ", "\u3000") + "\u30ab\u3099")) == {}


def test_another_password_is_no_confirmation() -> None:
    mismatch = {"password_confirmation": Problem("mismatch", of="password")}
    assert problems_of(new_password(GOOD, GOOD.upper() + "x")) == mismatch
    assert problems_of(new_password(GOOD, GOOD + " ")) == mismatch


def test_a_confirmation_is_compared_only_with_a_password_that_is_fine() -> None:
    assert problems_of(new_password("short", "other")) == {"password": Problem("too_short", limit=15)}


def test_secrets_are_never_shown_again_nor_kept_in_a_draft() -> None:
    form = new_password(GOOD, "another")
    assert [field.data for field in form.fields()] == ["", ""]
    assert form.values() == {}
    assert not form.password.is_ok
    assert GOOD not in repr(form.data)


def test_a_secret_to_be_compared_may_be_anything() -> None:
    form = sign_in("short\u3000one")
    assert problems_of(form) == {}
    assert form.password.secret == "short one"
    assert (form.password.input_type, form.password.autocomplete) == ("password", "current-password")
    assert NewPassword(rules=PasswordRules()).password.autocomplete == "new-password"


def test_a_new_password_needs_a_form_that_knows_the_rules() -> None:
    class Wrong(Form):
        password = NewPasswordField()

    with pytest.raises(TypeError, match="PasswordForm"):
        Wrong({"password": GOOD}).validate()


def test_nobodys_words_stay_behind_for_the_next_person() -> None:
    assert is_common("tanakatarou1985", OWN_WORDS)
    assert "user_inputs" not in RANKED_DICTIONARIES
    assert not is_common("tanakatarou1985")


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=128), st.lists(st.text(max_size=20), max_size=6))
def test_every_password_can_be_judged(password: str, own_words: list[str]) -> None:
    assert is_common(password, own_words) in {True, False}
