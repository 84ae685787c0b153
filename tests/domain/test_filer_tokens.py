"""Tokens of business software: for how long, and for which password, they open an account."""

from datetime import timedelta

import pytest

from chalicelib.domain.filer_tokens import FILER_TOKEN_LIFETIME, FilerToken, password_mark
from tests.builders import FILER_PASSWORD, NOW, PAYER_PASSWORD, an_account
from tests.fakes.hashing import OLD, quick_hash

ACCOUNT = an_account()
TOKEN = FilerToken(ACCOUNT.id_suffix, password_mark(ACCOUNT.filer_password_hash), NOW)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("age", [timedelta(0), SECOND, FILER_TOKEN_LIFETIME - SECOND])
def test_a_token_is_good_for_a_quarter_of_an_hour(age: timedelta) -> None:
    assert timedelta(minutes=15) == FILER_TOKEN_LIFETIME
    assert TOKEN.is_good(ACCOUNT, NOW + age)


@pytest.mark.parametrize("age", [FILER_TOKEN_LIFETIME, FILER_TOKEN_LIFETIME + SECOND, timedelta(days=9)])
def test_an_old_token_opens_nothing(age: timedelta) -> None:
    assert not TOKEN.is_good(ACCOUNT, NOW + age)


@pytest.mark.parametrize(
    "password_hash", [quick_hash("another password of samples"), quick_hash(FILER_PASSWORD, OLD), ""]
)
def test_a_token_dies_with_the_hash_of_its_password(password_hash: str) -> None:
    assert not TOKEN.is_good(an_account(filer_password_hash=password_hash), NOW)


def test_another_payer_password_leaves_a_token_alone() -> None:
    assert TOKEN.is_good(an_account(payer_password_hash=quick_hash("another password of samples")), NOW)
    assert not FilerToken("CA6288", password_mark(quick_hash(PAYER_PASSWORD)), NOW).is_good(ACCOUNT, NOW)


def test_a_token_of_an_account_that_is_gone_opens_nothing() -> None:
    assert not TOKEN.is_good(None, NOW)


def test_a_mark_says_nothing_of_the_hash_and_differs_with_it() -> None:
    marks = {password_mark(quick_hash(f"password {number} of samples")) for number in range(100)}
    assert len(marks) == 100
    assert {len(mark) for mark in marks} == {16}
    assert not any(mark in quick_hash(f"password {number} of samples") for number, mark in enumerate(marks))
