"""What differs between deployments is checked once, all of it, before anything else happens."""

import os
import re
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.settings import Settings, SettingsIncomplete, load_settings, load_store_settings

pytestmark = pytest.mark.house

KEY, OLDER_KEY = "k" * 32, "o" * 32
SEED, OLDER_SEED = "c2VlZCBvZiAzMiBieXRlcyBmb3IgdGhlIHNldHRpbmc", "b2xkZXIgc2VlZCBvZiAzMiBieXRlcyBmb3IgdGhlc2U"
COMPLETE = {
    "BASE_URL": "https://portal.example.jp",
    "TABLE_PREFIX": "sample",
    "MAIL_FROM": "noreply@portal.example.jp",
    "SECRET_KEYS": KEY,
    "PEPPER": "p" * 32,
    "SIGNING_KEYS": SEED,
}


def settings(**other: str) -> Settings:
    return load_settings({**COMPLETE, **other})


def what_is_wrong(**other: str) -> str:
    with pytest.raises(SettingsIncomplete) as refused:
        settings(**other)
    return str(refused.value)


def test_what_is_required_is_enough() -> None:
    made = settings()
    assert made.base_url == "https://portal.example.jp"
    assert made.secret_keys == (KEY,)
    assert made.aws_region == "ap-northeast-1"


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(SettingsIncomplete) as refused:
        load_settings({})
    assert all(f"{name} is missing" in str(refused.value) for name in COMPLETE)


def test_everything_that_is_wrong_is_named_at_once() -> None:
    told = what_is_wrong(BASE_URL="ftp://x", PEPPER="short", IS_SAMPLE="perhaps", MAIL_FROM="", ARGON2_TIME_COST="two")
    assert all(name in told for name in ("BASE_URL", "PEPPER", "IS_SAMPLE", "MAIL_FROM", "ARGON2_TIME_COST"))


@pytest.mark.parametrize("name", COMPLETE)
def test_an_empty_setting_is_a_missing_one(name: str) -> None:
    assert what_is_wrong(**{name: ""}) == f"{name} is missing"


@pytest.mark.parametrize(("name", "short"), [("PEPPER", "p" * 31), ("SECRET_KEYS", "k" * 31)])
def test_a_short_secret_is_refused(name: str, short: str) -> None:
    assert name in what_is_wrong(**{name: short})


def test_one_short_key_among_long_ones_is_refused() -> None:
    assert "SECRET_KEYS" in what_is_wrong(SECRET_KEYS=f"{KEY},short")


@pytest.mark.parametrize("name", ["SECRET_KEYS", "SIGNING_KEYS"])
@pytest.mark.parametrize("nothing", [",", " , ", " ", ",,,"])
def test_a_list_without_a_key_is_refused(nothing: str, name: str) -> None:
    assert name in what_is_wrong(**{name: nothing})


@pytest.mark.parametrize(
    "seed",
    [SEED[:-1], f"{SEED}A", f"{SEED}=", f"+{SEED[1:]}", f"/{SEED[1:]}", f"{SEED[:-1]}B", f"{SEED[:-1]}Ａ", "s" * 64],
)
def test_a_signing_key_is_32_bytes_in_base64url(seed: str) -> None:
    assert "SIGNING_KEYS" in what_is_wrong(SIGNING_KEYS=seed)
    assert "SIGNING_KEYS" in what_is_wrong(SIGNING_KEYS=f"{SEED},{seed}")
    assert seed not in what_is_wrong(SIGNING_KEYS=seed)


@pytest.mark.parametrize("length", range(28, 37))
def test_no_other_length_is_a_signing_key(length: int) -> None:
    text = urlsafe_b64encode(bytes(length)).decode().rstrip("=")
    assert length == 32 or "SIGNING_KEYS" in what_is_wrong(SIGNING_KEYS=text)


@given(st.binary(min_size=32, max_size=32))
def test_any_32_bytes_are_a_signing_key(seed: bytes) -> None:
    text = urlsafe_b64encode(seed).decode().rstrip("=")
    assert settings(SIGNING_KEYS=text).signing_keys == (text,)


def test_keys_are_listed_newest_first() -> None:
    assert settings(SECRET_KEYS=f"{KEY}, {OLDER_KEY},").secret_keys == (KEY, OLDER_KEY)
    assert settings(SIGNING_KEYS=f"{SEED}, {OLDER_SEED},").signing_keys == (SEED, OLDER_SEED)


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=32))
def test_no_secret_is_told_by_settings_that_somebody_prints(secret: str) -> None:
    shown = repr(settings(SECRET_KEYS=secret, PEPPER=secret))
    assert secret not in shown
    assert SEED not in shown


def test_no_secret_is_told_by_what_is_wrong() -> None:
    assert "tooshort" not in what_is_wrong(SECRET_KEYS="tooshort", PEPPER="tooshort")


@pytest.mark.parametrize(
    "base_url",
    [
        "https://portal.example.jp",
        "https://abc.execute-api.ap-northeast-1.amazonaws.com/api",
        "http://127.0.0.1:8000",
        "http://localhost:8000",
        "http://localhost",
    ],
)
def test_a_portal_is_reached_by_https_or_on_ones_own_machine(base_url: str) -> None:
    assert settings(BASE_URL=base_url).base_url == base_url


@pytest.mark.parametrize(
    "base_url",
    [
        "http://portal.example.jp",
        "http://127.0.0.1.example.jp",
        "http://localhost.example.jp",
        "http://127.0.0.1@portal.example.jp",
        "http://localhost:8000@portal.example.jp",
        "//portal.example.jp",
        "portal.example.jp",
        "javascript:alert(1)",
        "https://",
    ],
)
def test_a_portal_is_reached_no_other_way(base_url: str) -> None:
    assert "BASE_URL" in what_is_wrong(BASE_URL=base_url)


@pytest.mark.parametrize(
    ("base_url", "path", "origin", "has_tls"),
    [
        ("https://portal.example.jp", "", "https://portal.example.jp", True),
        ("https://portal.example.jp/", "", "https://portal.example.jp", True),
        ("https://portal.example.jp/api", "/api", "https://portal.example.jp", True),
        ("https://portal.example.jp/api/", "/api", "https://portal.example.jp", True),
        ("http://127.0.0.1:8000", "", "http://127.0.0.1:8000", False),
    ],
)
def test_prefix_and_origin_follow_from_the_address(base_url: str, path: str, origin: str, *, has_tls: bool) -> None:
    made = settings(BASE_URL=base_url)
    assert (made.base_path, made.origin, made.has_tls) == (path, origin, has_tls)
    assert made.absolute_url("/confirmation?key=x") == f"{origin}{path}/confirmation?key=x"


@pytest.mark.parametrize("address", ["noreply", "example.jp"])
def test_letters_come_from_an_address(address: str) -> None:
    assert "MAIL_FROM" in what_is_wrong(MAIL_FROM=address)


def test_people_let_through_the_domain_that_letters_come_from() -> None:
    assert settings().mail_domain == "portal.example.jp"


@pytest.mark.parametrize(("text", "is_sample"), [("1", True), ("0", False)])
def test_yes_and_no_are_one_and_nought(text: str, *, is_sample: bool) -> None:
    assert settings(IS_SAMPLE=text).is_sample is is_sample


@pytest.mark.parametrize("text", ["2", "true", "yes", "-1"])
def test_nothing_else_is_yes_or_no(text: str) -> None:
    assert what_is_wrong(IS_SAMPLE=text) == "IS_SAMPLE cannot be read"


def test_numbers_are_read_as_numbers() -> None:
    assert settings(PASSWORD_MIN_LENGTH="20").password_min_length == 20
    assert what_is_wrong(PASSWORD_MIN_LENGTH="many") == "PASSWORD_MIN_LENGTH cannot be read"


def test_passwords_last_60_days_unless_told_otherwise() -> None:
    assert settings().password_lifetime_days == 60
    assert settings(PASSWORD_LIFETIME_DAYS="0").password_lifetime_days == 0
    assert settings(PASSWORD_LIFETIME_DAYS="3650").password_lifetime_days == 3650
    assert "PASSWORD_LIFETIME_DAYS" in what_is_wrong(PASSWORD_LIFETIME_DAYS="-1")
    assert "PASSWORD_LIFETIME_DAYS" in what_is_wrong(PASSWORD_LIFETIME_DAYS="3651")


def test_settings_that_are_nobodys_are_passed_over() -> None:
    assert settings(HOME="/", LANG="C") == settings()


def test_the_tables_need_a_prefix_and_no_secret() -> None:
    assert load_store_settings({"TABLE_PREFIX": "sample"}).table_prefix == "sample"
    with pytest.raises(SettingsIncomplete, match="TABLE_PREFIX is missing"):
        load_store_settings({})


def test_the_tables_are_in_the_region_of_the_deployment() -> None:
    assert load_store_settings(COMPLETE).aws_region == settings().aws_region
    assert load_store_settings({**COMPLETE, "AWS_REGION": "ap-northeast-3"}).aws_region == "ap-northeast-3"


def test_the_tests_own_deployment_is_complete() -> None:
    assert re.fullmatch(r"https://[a-z.]+", load_settings(os.environ).base_url)
