"""The published schema of bulk payment files: what we issue fits, what others make up does not."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from chalicelib.domain.bulk_files import file_of
from chalicelib.domain.holders import Individual
from chalicelib.forms.text import to_name
from tests.builders import NOW, an_account
from tests.signing.files import FILE, NEWEST, seal

SCHEMA: dict[str, Any] = json.loads(
    Path(__file__).parents[2].joinpath("static/schemas/bulk-payment-file-1.json").read_text(encoding="utf-8")
)
FITS = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER).is_valid
OF_OTHER_TYPES: list[Any] = [None, "", 1.5, [], {}, True]
MEMBERS: dict[str, Any] = json.loads(seal(NEWEST).sealed(FILE))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_a_file_fits() -> None:
    assert FITS(MEMBERS)


def test_every_member_is_required_named_and_described() -> None:
    assert set(SCHEMA["required"]) == set(SCHEMA["properties"]) == set(MEMBERS)
    assert all({"title", "description"} <= member.keys() for member in SCHEMA["properties"].values())


@given(st.text("𠮷﨑髙aｱー～ ", min_size=1, max_size=100), st.text("𠮷﨑髙aｱー～ ", min_size=1, max_size=100))
def test_the_file_of_every_name_fits(family: str, given_name: str) -> None:
    holder = Individual("ミホン", "タロウ", to_name(family), to_name(given_name))
    file = file_of(an_account(holder=holder).with_new_bulk_file(NOW))
    assert file
    assert FITS(json.loads(seal(NEWEST).sealed(file)))


@pytest.mark.parametrize("name", sorted(MEMBERS))
def test_a_file_without_a_member_does_not_fit(name: str) -> None:
    assert not FITS({key: value for key, value in MEMBERS.items() if key != name})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, value) for name in sorted(MEMBERS) for value in OF_OTHER_TYPES),
        ("remark", "one more"),
        ("format", "madoguchi-something-else"),
        ("version", 2),
        ("version", "1"),
        ("payer_id", "KICA6288"),
        ("payer_id", "KNIO6288"),
        ("payer_id", "KNCA62880"),
        ("payer_id", "KNCA6288\n"),
        ("payer_id", "knca6288"),
        ("display_name", "見" * 202),
        ("display_name", "見本\n太郎"),
        ("issued_at", "2026-04-01"),
        ("issued_at", "2026-04-01T01:02:03+09:00"),
        ("issued_at", "2026-04-01T01:02:03.000Z"),
        ("expires_at", "2026-04-01T01:02:03Z\n"),
        ("serial", 0),
        ("serial", -1),
        ("serial", 2**53),
        ("serial", "12"),
        ("key_id", "AAAAAAAAAAB"),
        ("key_id", "AAAAAAAAAAAA"),
        ("signature", "A" * 85),
        ("signature", "A" * 87),
        ("signature", "A" * 85 + "B"),
        ("signature", "+" * 85 + "A"),
    ],
)
def test_a_file_with_another_value_does_not_fit(name: str, value: Any) -> None:
    assert not FITS({**MEMBERS, name: value})
