"""The bulk payment file: what it says can be read back, by whoever has the public keys, and by nobody be changed."""

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from chalicelib.domain.bulk_files import BulkPaymentFile
from chalicelib.domain.refusals import BulkFileForged
from chalicelib.sealing import bulk_file_seal
from chalicelib.settings import load_settings
from chalicelib.signing.bulk_files import verified
from tests.conftest import DEPLOYMENT
from tests.signing.files import FILE, FOREIGN, NEWEST, OLDER, is_refused, seal

SEAL = seal(NEWEST)
CONTENT = SEAL.sealed(FILE).encode()
MOMENTS = st.datetimes(datetime(1000, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)


@given(
    st.from_regex(r"KN[A-HJ-NP-Z]{2}[0-9]{4}", fullmatch=True),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=201),
    MOMENTS,
    st.integers(1, 2**53 - 1),
)
def test_what_a_file_says_is_read_back(payer_id: str, name: str, moment: datetime, serial: int) -> None:
    file = BulkPaymentFile(payer_id, name, moment, moment + timedelta(days=365), serial)
    assert SEAL.opened(SEAL.sealed(file).encode()) == file


def test_it_is_one_line_of_canonical_json() -> None:
    assert CONTENT.startswith(
        '{"display_name":"𠮷﨑\\"\\\\　髙","expires_at":"2027-04-01T01:02:03Z","format":'.encode()
    )
    assert list(json.loads(CONTENT)) == sorted(json.loads(CONTENT))
    assert not set(b"\r\n\t ") & set(CONTENT)


def test_the_same_file_is_the_same_to_the_byte() -> None:
    assert seal(NEWEST).sealed(FILE).encode() == CONTENT


def test_moments_are_written_in_utc() -> None:
    elsewhere = FILE.issued_at.astimezone(datetime.strptime("+0900", "%z").tzinfo)
    file = BulkPaymentFile(FILE.payer_id, FILE.display_name, elsewhere, FILE.expires_at, FILE.serial)
    assert SEAL.sealed(file).encode() == CONTENT


def test_a_file_of_an_older_key_stays_good() -> None:
    assert seal(FOREIGN, NEWEST, OLDER).opened(CONTENT) == FILE


def test_the_newest_key_signs() -> None:
    made = seal(OLDER, NEWEST).sealed(FILE).encode()
    assert seal(OLDER).opened(made) == FILE
    assert is_refused(SEAL, made)


def test_a_file_of_a_key_that_was_dropped_is_refused() -> None:
    assert is_refused(seal(FOREIGN), CONTENT)


def test_a_file_that_claims_another_key_is_refused() -> None:
    newest, older = seal(NEWEST, OLDER).public_keys()["keys"]
    claiming = CONTENT.replace(newest["kid"].encode(), older["kid"].encode())
    assert claiming != CONTENT
    assert is_refused(seal(NEWEST, OLDER), claiming)


def test_anybody_can_check_a_file_with_the_public_keys_alone() -> None:
    keys = json.loads(json.dumps(seal(FOREIGN, NEWEST).public_keys()))
    assert verified(CONTENT, keys) == FILE
    with pytest.raises(BulkFileForged):
        verified(CONTENT, seal(FOREIGN).public_keys())
    with pytest.raises(BulkFileForged):
        verified(CONTENT, {"keys": [{"kty": "RSA", "kid": json.loads(CONTENT)["key_id"]}]})


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
    assert first["kid"] == base64.urlsafe_b64encode(hashlib.sha256(public).digest()[:8]).decode().rstrip("=")


def test_the_seed_itself_is_no_key_of_files() -> None:
    itself = SigningKey(base64.urlsafe_b64decode(f"{NEWEST}="))
    (key,) = SEAL.public_keys()["keys"]
    assert base64.urlsafe_b64decode(f"{key['x']}=") != bytes(itself.verify_key)


def test_what_the_same_key_signs_for_another_purpose_is_no_file() -> None:
    members = json.loads(CONTENT)
    del members["signature"]
    signed = SEAL._keys[0].sign(rfc8785.dumps(members)).signature
    text = base64.urlsafe_b64encode(signed).decode().rstrip("=")
    assert is_refused(SEAL, rfc8785.dumps({**members, "signature": text}))


def test_the_deployments_own_seal_is_made_once() -> None:
    settings = load_settings(DEPLOYMENT)
    made = bulk_file_seal(settings)
    assert bulk_file_seal(load_settings(DEPLOYMENT)) is made
    assert made.opened(made.sealed(FILE).encode()) == FILE
