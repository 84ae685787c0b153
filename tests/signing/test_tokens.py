"""Bearer tokens of business software: only what this service wrote is read."""

import base64
import json
import os
import string
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from chalicelib.domain.accounts import ID_SUFFIXES, id_suffix_at
from chalicelib.domain.filer_tokens import FilerToken, password_mark
from chalicelib.domain.links import ResetLink
from chalicelib.settings import load_settings
from chalicelib.signing.links import SIGNER, SignedLinks
from chalicelib.signing.tokens import FilerTokens
from tests.builders import NOW, an_account

NEW_KEY, OLD_KEY, LOST_KEY = (
    "a-new-key-of-the-tests-" * 2,
    "an-old-key-of-the-tests-" * 2,
    "a-lost-key-of-the-tests-" * 2,
)
LETTERS = string.ascii_letters + string.digits + "-_"
TOKEN = FilerToken("CA6288", password_mark(an_account().filer_password_hash), NOW)


def tokens(*keys: str) -> FilerTokens:
    return FilerTokens(load_settings({**os.environ, "SECRET_KEYS": ",".join(keys)}))


OURS = tokens(NEW_KEY)
MOMENTS = st.datetimes(datetime(2001, 9, 10), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(
    st.builds(
        FilerToken,
        st.integers(0, ID_SUFFIXES - 1).map(id_suffix_at),
        st.text(string.hexdigits.lower(), min_size=16, max_size=16),
        MOMENTS.map(lambda moment: moment.replace(microsecond=0)),
    )
)
def test_what_is_written_is_read_and_fits_into_a_header(token: FilerToken) -> None:
    text = OURS.written(token)
    assert OURS.read(text) == token
    assert set(text) <= set(LETTERS + ".")
    assert len(text) < 200


def test_whatever_letter_is_changed_the_token_is_refused() -> None:
    text = OURS.written(TOKEN)
    for place, letter in enumerate(text):
        for other in set(LETTERS + ".") - {letter}:
            assert OURS.read(f"{text[:place]}{other}{text[place + 1 :]}") is None


@pytest.mark.parametrize(
    "spoil",
    [
        str.swapcase,
        lambda text: text + "A",
        lambda text: text[:-1],
        lambda text: f"{text}\n",
        lambda text: f" {text}",
        lambda text: text.replace(".", ""),
        lambda text: text.replace(".", ".."),
        lambda text: text.partition(".")[0] + ".",
        lambda text: "A" * 10_000 + text,
        lambda _: "",
        lambda _: ".",
    ],
)
def test_a_token_that_is_not_whole_is_refused(spoil: Callable[[str], str]) -> None:
    assert OURS.read(spoil(OURS.written(TOKEN))) is None


@given(st.text() | st.text(LETTERS + ".", min_size=80, max_size=140))
def test_what_is_none_of_ours_is_refused_and_no_fault(text: str) -> None:
    assert OURS.read(text) is None


def test_the_parts_of_two_tokens_make_no_third() -> None:
    one, other = OURS.written(TOKEN), OURS.written(FilerToken("CA6289", TOKEN.password_mark, NOW))
    said, _, _ = one.partition(".")
    _, _, signature = other.partition(".")
    assert OURS.read(f"{said}.{signature}") is None


def test_a_token_without_a_signature_of_ours_is_refused() -> None:
    said = base64.urlsafe_b64encode(json.dumps(["CA6288", TOKEN.password_mark, 1_569_286_550]).encode()).decode()
    assert OURS.read(f"{said.rstrip('=')}.{'A' * 43}") is None


def test_an_older_key_still_verifies_and_the_newest_writes() -> None:
    written_before = tokens(OLD_KEY).written(TOKEN)
    both = tokens(NEW_KEY, OLD_KEY)
    assert both.read(written_before) == TOKEN
    assert both.written(TOKEN) == tokens(NEW_KEY).written(TOKEN) != written_before


def test_a_key_that_was_taken_away_verifies_nothing() -> None:
    assert tokens(NEW_KEY).read(tokens(OLD_KEY).written(TOKEN)) is None
    assert tokens(NEW_KEY, OLD_KEY).read(tokens(LOST_KEY).written(TOKEN)) is None


def test_what_was_signed_for_another_purpose_is_no_token() -> None:
    settings = load_settings({**os.environ, "SECRET_KEYS": NEW_KEY})
    links = SignedLinks(settings)
    assert OURS.read(links.confirmation_key("registration-1")) is None
    assert OURS.read(links.reset_key(ResetLink("CA6288", 1, TOKEN.password_mark, NOW))) is None
    other = URLSafeSerializer(NEW_KEY, salt="another purpose", signer_kwargs=SIGNER)
    assert OURS.read(str(other.dumps(["CA6288", TOKEN.password_mark, 1_569_286_550]))) is None


def test_a_token_shows_neither_the_password_nor_its_hash() -> None:
    said = OURS.written(TOKEN).partition(".")[0]
    readable = base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)).decode()
    assert json.loads(readable) == ["CA6288", TOKEN.password_mark, int(NOW.timestamp())]
    assert an_account().filer_password_hash not in readable
