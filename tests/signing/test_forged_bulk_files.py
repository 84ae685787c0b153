"""The bulk payment file: every change to it, and everything else that somebody may hand in, is refused as forged."""

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.signing.bulk_files import LARGEST_BYTES
from tests.signing.files import FILE, NEWEST, is_refused, seal

SEAL = seal(NEWEST)
CONTENT = SEAL.sealed(FILE).encode()
MEMBERS: dict[str, Any] = json.loads(CONTENT)
BASE64URL = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def _resealed(**other: Any) -> bytes:
    """A document that our own key has signed, whatever it says."""
    members = {**MEMBERS, **other}
    del members["signature"]
    unsigned = rfc8785.dumps({name: value for name, value in members.items() if value is not None})
    signature = SEAL._keys[0].sign(b"madoguchi-bulk-payment-file-1\n" + unsigned).signature
    return rfc8785.dumps({**json.loads(unsigned), "signature": _base64url(signature)})


def _base64url(content: bytes) -> str:
    """The encoding spelt out, so that the test does not lean on what it tests."""
    bits = "".join(f"{byte:08b}" for byte in content)
    bits += "0" * (-len(bits) % 6)
    return "".join(chr(BASE64URL[int(bits[start : start + 6], 2)]) for start in range(0, len(bits), 6))


def _with(position: int, byte: int) -> bytes:
    return CONTENT[:position] + bytes([byte]) + CONTENT[position + 1 :]


def test_the_tests_own_signature_is_good() -> None:
    assert _resealed() == CONTENT
    assert not is_refused(SEAL, CONTENT)


@pytest.mark.parametrize("bit", range(8))
def test_every_flipped_bit_of_every_byte_is_noticed(bit: int) -> None:
    good = [position for position, byte in enumerate(CONTENT) if not is_refused(SEAL, _with(position, byte ^ 1 << bit))]
    assert not good


def test_every_byte_replaced_by_a_space_or_a_neighbour_is_noticed() -> None:
    others = {position: {0x20, 0x30, 0x41, (byte + 1) % 256} - {byte} for position, byte in enumerate(CONTENT)}
    good = [at for at, values in others.items() for value in values if not is_refused(SEAL, _with(at, value))]
    assert not good


def test_a_signature_is_written_in_one_way_only() -> None:
    """The last letter of 64 bytes in base64 has four spare bits, which careless readers pass over."""
    last = CONTENT.rindex(MEMBERS["signature"].encode()) + len(MEMBERS["signature"]) - 1
    assert CONTENT[last : last + 2] == MEMBERS["signature"][-1].encode() + b'"'
    assert all(is_refused(SEAL, _with(last, byte)) for byte in range(256) if byte != CONTENT[last])


def test_every_byte_that_is_missing_or_doubled_is_noticed() -> None:
    positions = range(len(CONTENT))
    assert all(is_refused(SEAL, CONTENT[:at] + CONTENT[at + 1 :]) for at in positions)
    assert all(is_refused(SEAL, CONTENT[:at] + CONTENT[at : at + 1] + CONTENT[at:]) for at in positions)


def test_a_file_cut_anywhere_is_refused() -> None:
    assert all(is_refused(SEAL, CONTENT[:end]) for end in range(len(CONTENT)))


@pytest.mark.parametrize(
    "content",
    [
        CONTENT * 2,
        CONTENT + b"\n",
        b" " + CONTENT,
        b"\xef\xbb\xbf" + CONTENT,
        CONTENT + b"\x00",
        CONTENT.decode().encode("utf-16"),
        CONTENT.replace("𠮷".encode(), rb"\ud842\udfb7"),
        CONTENT.replace("𠮷".encode(), rb"\ud842"),
        json.dumps(MEMBERS, ensure_ascii=False, indent=2).encode(),
        json.dumps(dict(reversed(MEMBERS.items())), ensure_ascii=False, separators=(",", ":")).encode(),
        CONTENT.replace(b'"serial":12', b'"serial":11,"serial":12'),
        CONTENT.replace(b'"serial":12', b'"serial":12.0'),
        CONTENT.replace(b'"serial":12', b'"serial":1.2e1'),
        CONTENT.replace(b'"serial":12', b'"serial":NaN'),
        CONTENT.replace(b'"serial":12', b'"serial":' + b"9" * 5000),
        CONTENT + b" " * LARGEST_BYTES,
        b"[" * LARGEST_BYTES,
        b'{"a":' * (LARGEST_BYTES // 5),
        b"",
        b"null",
        b"{}",
        b"[]",
        b"\xff\xfe",
    ],
    ids=lambda content: content[:24].decode(errors="replace"),
)
def test_what_is_not_the_very_file_is_refused(content: bytes) -> None:
    assert content != CONTENT
    assert is_refused(SEAL, content)


@pytest.mark.parametrize(
    "other",
    [
        {"format": "madoguchi-something-else"},
        {"version": 2},
        {"version": True},
        {"version": "1"},
        {"serial": "12"},
        {"serial": True},
        {"serial": 1.5},
        {"serial": None},
        {"payer_id": ["KNCA6288"]},
        {"display_name": 1},
        {"issued_at": 1775005323},
        {"issued_at": "2026-04-01"},
        {"issued_at": "2026-02-30T00:00:00Z"},
        {"issued_at": "2026-04-01T24:00:00Z"},
        {"issued_at": "2026-04-01T01:02:03+00:00"},
        {"issued_at": "2026-04-01T01:02:03.5Z"},
        {"issued_at": "0000-04-01T01:02:03Z"},
        {"expires_at": "0001-01-01T00:00:00+14:00"},
        {"expires_at": "２０２７-04-01T01:02:03Z"},
        {"remark": "one more"},
        {"key_id": 1},
        {"key_id": ""},
        {"display_name": None, "name": "x"},
    ],
    ids=str,
)
def test_a_document_that_is_no_such_file_is_refused_even_if_we_had_signed_it(other: dict[str, Any]) -> None:
    assert is_refused(SEAL, _resealed(**other))


def test_a_file_that_is_too_long_is_refused_whoever_signed_it() -> None:
    spare = LARGEST_BYTES - len(_resealed(display_name=""))
    assert not is_refused(SEAL, _resealed(display_name="x" * spare))
    assert is_refused(SEAL, _resealed(display_name="x" * (spare + 1)))


@given(st.binary(max_size=1024))
def test_no_bytes_do_anything_but_be_refused(content: bytes) -> None:
    assert is_refused(SEAL, content)


@given(ANY_JSON)
@example([[]])
def test_no_json_does_anything_but_be_refused(value: Any) -> None:
    assert is_refused(SEAL, json.dumps(value).encode())


@given(st.sampled_from(sorted(MEMBERS)), ANY_JSON)
def test_no_value_in_a_members_place_does_anything_but_be_refused(name: str, value: Any) -> None:
    content = json.dumps({**MEMBERS, name: value}, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
    assert content == CONTENT or is_refused(SEAL, content)


@given(st.text(BASE64URL.decode(), max_size=90))
def test_no_other_signature_is_good(text: str) -> None:
    assert text == MEMBERS["signature"] or is_refused(SEAL, rfc8785.dumps({**MEMBERS, "signature": text}))
