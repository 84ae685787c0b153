"""The text of a two-dimensional code: anybody can check it with the public keys, and nobody can change it."""

import base64
import hashlib
import json
import re
import string
import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from chalicelib.code_sealing import qr_code_seal
from chalicelib.domain.code_refusals import CodeForged
from chalicelib.domain.lookup_keys import lookup_key, single_lookup_key
from chalicelib.domain.qr_codes import CodeSays, Purpose
from chalicelib.settings import load_settings
from chalicelib.signing.bulk_files import BulkFileSeal
from chalicelib.signing.qr_codes import verified
from tests.code_builders import SINGLE_LOOKUP_KEY
from tests.conftest import DEPLOYMENT
from tests.signing.codes import SAYS, SINGLE, is_refused, seal
from tests.signing.files import FOREIGN, NEWEST, OLDER

SEAL = seal(NEWEST)
TEXT = SEAL.sealed(SAYS)
BASE32 = string.ascii_uppercase + "234567"
# What a scanner may bring, and what looks alike.
OTHERS = string.ascii_letters + string.digits + " $%*+-./:=_\n０Ａ"
MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2106, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)


def _digits(count: int) -> st.SearchStrategy[str]:
    return st.text(string.digits, min_size=count, max_size=count)


RECEIVERS_CODES = st.builds(
    CodeSays,
    st.sampled_from([purpose for purpose in Purpose if purpose.is_about_receivers]),
    _digits(15).map(lookup_key),
    MOMENTS,
    MOMENTS,
)
SINGLE_CODES = st.builds(
    CodeSays, st.just(Purpose.SINGLE_VEHICLE), _digits(14).map(single_lookup_key), MOMENTS, st.none()
)


def _raw(text: str) -> bytes:
    return base64.b32decode(f"{text[4:]}=")


def _written(raw: bytes) -> str:
    return "MDG1" + base64.b32encode(raw).decode().rstrip("=")


def _signed(body: bytes, *, prefix: bytes = b"madoguchi-qr-code-1\n") -> str:
    """A body signed by the key itself, as nobody else could."""
    return _written(body + SEAL._keys[0].sign(prefix + body).signature)


@given(RECEIVERS_CODES | SINGLE_CODES)
def test_what_a_code_says_is_read_back(says: CodeSays) -> None:
    text = SEAL.sealed(says)
    assert SEAL.opened(text) == says
    assert re.fullmatch("MDG1[A-Z2-7]{135}", text)


def test_the_same_code_is_the_same_to_the_letter() -> None:
    assert seal(NEWEST).sealed(SAYS) == TEXT
    assert len({TEXT, seal(OLDER).sealed(SAYS), SEAL.sealed(SINGLE)}) == 3


def test_whatever_letter_is_changed_the_code_is_refused() -> None:
    for place, letter in enumerate(TEXT):
        for other in set(BASE32 + OTHERS) - {letter}:
            assert is_refused(SEAL, f"{TEXT[:place]}{other}{TEXT[place + 1 :]}"), (place, other)


def test_whatever_bit_is_changed_the_code_is_refused() -> None:
    raw = _raw(TEXT)
    for bit in range(len(raw) * 8):
        changed = (int.from_bytes(raw, "big") ^ 1 << bit).to_bytes(len(raw), "big")
        assert is_refused(SEAL, _written(changed))


def test_there_is_one_way_to_write_a_code() -> None:
    twins = [f"{TEXT[:-1]}{letter}" for letter in BASE32 if _raw(f"{TEXT[:-1]}{letter}") == _raw(TEXT)]
    assert len(twins) == 8
    assert [text for text in twins if not is_refused(SEAL, text)] == [TEXT]


@pytest.mark.parametrize(
    "spoil",
    [
        str.lower,
        lambda text: text[4:],
        lambda text: f"MDG2{text[4:]}",
        lambda text: text[:-1],
        lambda text: f"{text}A",
        lambda text: f"{text}=",
        lambda text: f"{text}\n",
        lambda text: f" {text}",
        lambda text: text * 2,
        lambda text: text[:70],
        lambda text: f"{text[:70]} {text[70:]}",
        lambda _: "",
        lambda _: "MDG1" + "A" * 135,
        lambda _: "https://portal.example.jp/",
    ],
)
def test_a_text_that_is_not_whole_is_refused(spoil: Callable[[str], str]) -> None:
    assert is_refused(SEAL, spoil(TEXT))


@given(st.text() | st.text(BASE32, min_size=135, max_size=135).map("MDG1".__add__))
def test_what_is_none_of_ours_is_refused_and_no_fault(text: str) -> None:
    assert is_refused(SEAL, text)


def test_the_parts_of_two_codes_make_no_third() -> None:
    other = SEAL.sealed(CodeSays(SAYS.purpose, lookup_key("543210987654321"), SAYS.issued_at, SAYS.expires_at))
    for place in range(len(TEXT)):
        mixed = TEXT[:place] + other[place:]
        assert mixed in {TEXT, other} or is_refused(SEAL, mixed)


def test_a_code_of_an_older_key_stays_good_and_the_newest_signs() -> None:
    rotated = seal(FOREIGN, NEWEST, OLDER)
    assert rotated.opened(TEXT) == SAYS
    made = rotated.sealed(SAYS)
    assert seal(FOREIGN).opened(made) == SAYS
    assert is_refused(SEAL, made)


def test_a_code_of_a_key_that_was_dropped_or_is_foreign_is_refused() -> None:
    assert is_refused(seal(OLDER), TEXT)
    assert is_refused(SEAL, seal(FOREIGN).sealed(SAYS))


def test_a_code_that_claims_another_key_is_refused() -> None:
    ours, foreign = SEAL.public_keys()["keys"][0], seal(FOREIGN).public_keys()["keys"][0]
    raw = _raw(seal(FOREIGN).sealed(SAYS))
    claiming = raw.replace(bytes.fromhex(foreign["kid"]), bytes.fromhex(ours["kid"]))
    assert claiming != raw
    assert is_refused(SEAL, _written(claiming))


@pytest.mark.parametrize(
    "fields",
    [
        (4, int(SAYS.lookup_key), 1, 2),
        (255, int(SAYS.lookup_key), 1, 2),
        (1, int(SAYS.lookup_key) + 1, 1, 2),
        (1, int(SINGLE_LOOKUP_KEY[1:]) + 10**15, 1, 2),
        (3, int(SAYS.lookup_key), 1, 0),
        (1, 256**7 - 1, 1, 2),
        (3, 256**7 - 1, 1, 0),
    ],
)
def test_not_even_our_own_key_makes_a_code_of_nonsense(fields: tuple[int, int, int, int]) -> None:
    purpose, number, *moments = fields
    key_id = bytes.fromhex(SEAL.public_keys()["keys"][0]["kid"])
    body = struct.pack(">B7sII4s", purpose, number.to_bytes(7, "big"), *moments, key_id)
    assert is_refused(SEAL, _signed(body))


def test_what_the_same_key_signs_for_another_purpose_is_no_code() -> None:
    body = _raw(TEXT)[:20]
    assert _signed(body) == TEXT
    assert is_refused(SEAL, _signed(body, prefix=b""))
    assert is_refused(SEAL, _signed(body, prefix=b"madoguchi-qr-code-2\n"))


def test_neither_the_seed_nor_the_key_of_bulk_payment_files_is_a_key_of_codes() -> None:
    itself = SigningKey(base64.urlsafe_b64decode(f"{NEWEST}="))
    (key,) = SEAL.public_keys()["keys"]
    (of_files,) = BulkFileSeal(load_settings({**DEPLOYMENT, "SIGNING_KEYS": NEWEST})).public_keys()["keys"]
    assert base64.urlsafe_b64decode(f"{key['x']}=") != bytes(itself.verify_key)
    assert key["x"] != of_files["x"]


def test_anybody_can_check_a_code_with_the_public_keys_alone() -> None:
    keys = json.loads(json.dumps(seal(FOREIGN, NEWEST).public_keys()))
    assert verified(TEXT, keys) == SAYS
    with pytest.raises(CodeForged):
        verified(TEXT, seal(FOREIGN).public_keys())


@pytest.mark.parametrize(
    "other", [{"kty": "RSA"}, {"crv": "X25519"}, {"x": ""}, {"x": "AAAA"}, {"x": "!"}, {"x": "é"}, {"kid": None}]
)
def test_a_public_key_that_is_none_checks_nothing(other: dict[str, Any]) -> None:
    (key,) = SEAL.public_keys()["keys"]
    with pytest.raises(CodeForged):
        verified(TEXT, {"keys": [{**key, **other}]})
    with pytest.raises(CodeForged):
        verified(TEXT, {"keys": [{name: value for name, value in key.items() if name not in other}]})


def test_public_keys_are_named_by_their_digest_and_tell_nothing_else() -> None:
    first, second = seal(NEWEST, OLDER).public_keys()["keys"]
    assert {name: first[name] for name in ("kty", "crv", "use", "alg")} == {
        "kty": "OKP",
        "crv": "Ed25519",
        "use": "sig",
        "alg": "EdDSA",
    }
    assert first.keys() == second.keys() == {"kty", "crv", "use", "alg", "kid", "x"}
    public = base64.urlsafe_b64decode(f"{first['x']}=")
    assert first["kid"] == hashlib.sha256(public).hexdigest()[:8]
    assert bytes.fromhex(first["kid"]) == _raw(TEXT)[16:20]


def test_the_bytes_are_those_that_the_document_tells() -> None:
    raw = _raw(TEXT)
    assert len(raw) == 84
    assert raw[0] == 1
    assert int.from_bytes(raw[1:8], "big") == int(SAYS.lookup_key)
    assert SAYS.expires_at
    moments = [int(moment.timestamp()) for moment in (SAYS.issued_at, SAYS.expires_at)]
    assert list(struct.unpack(">II", raw[8:16])) == moments
    assert _raw(SEAL.sealed(SINGLE))[12:16] == bytes(4)


def test_fractions_of_a_second_are_not_printed() -> None:
    later = CodeSays(SAYS.purpose, SAYS.lookup_key, SAYS.issued_at + timedelta(microseconds=999_999), SAYS.expires_at)
    assert SEAL.sealed(later) == TEXT


def test_the_deployments_own_seal_is_made_once() -> None:
    made = qr_code_seal(load_settings(DEPLOYMENT))
    assert qr_code_seal(load_settings(DEPLOYMENT)) is made
    assert made.opened(made.sealed(SAYS)) == SAYS
