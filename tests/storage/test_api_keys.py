"""Keys of the offices' systems: what every store promises."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.api_keys import HELPDESK, ApiKey, Scope
from chalicelib.ports import Begin
from chalicelib.storage.api_keys import ApiKeyRow, key_from_row
from chalicelib.storage.connection import meter
from tests.builders import NOW

SECRET, OTHER_SECRET = "a-secret-of-the-tests-1", "a-secret-of-the-tests-2"
KEY = ApiKey("key-1", "", "TK01", frozenset({Scope.READ, Scope.WRITE}), NOW)
HELPDESKS = ApiKey("key-2", "", HELPDESK, frozenset({Scope.UNLOCK}), NOW)
LATER = NOW + timedelta(days=1)


def add(begin: Begin, secret: str = SECRET, key: ApiKey = KEY) -> ApiKey:
    """The key as it is found, with its digest."""
    with begin() as work:
        work.api_keys.add(secret, key)
    found = find(begin, secret)
    assert found is not None
    return found


def find(begin: Begin, secret: str = SECRET) -> ApiKey | None:
    with begin() as work:
        return work.api_keys.find(secret)


def revoke(begin: Begin, key: ApiKey, *, later: timedelta = timedelta(0)) -> None:
    with begin() as work:
        work.api_keys.revoke(key, LATER + later)


@pytest.mark.parametrize(
    "key", [KEY, HELPDESKS, replace(KEY, scopes=frozenset(Scope))], ids=["an office's", "the helpdesk's", "all scopes"]
)
def test_a_key_is_found_by_its_secret_as_it_was_added(begin: Begin, key: ApiKey) -> None:
    assert find(begin) is None
    found = add(begin, key=key)
    assert found == replace(key, digest=found.digest)
    assert SECRET not in found.digest


def test_no_other_secret_and_no_digest_finds_a_key(begin: Begin) -> None:
    found = add(begin)
    for text in (OTHER_SECRET, SECRET[:-1], SECRET.upper(), found.digest, found.key_id):
        assert find(begin, text) is None


def test_two_keys_have_nothing_in_common(begin: Begin) -> None:
    one, other = add(begin), add(begin, OTHER_SECRET, HELPDESKS)
    assert one.digest != other.digest
    revoke(begin, one)
    assert find(begin) == one.revoked(LATER)
    assert find(begin, OTHER_SECRET) == other


def test_the_first_moment_of_a_revocation_stays(begin: Begin) -> None:
    key = add(begin)
    revoke(begin, key)
    revoke(begin, key, later=timedelta(days=1))
    found = find(begin)
    assert found == key.revoked(LATER)
    assert found.is_revoked


def test_finding_is_one_call_and_the_table_holds_no_secret(stored: Begin) -> None:
    key = add(stored)
    meter.reset()
    assert find(stored)
    assert meter.calls == 1
    (row,) = ApiKeyRow.scan()
    assert SECRET not in str(row.attribute_values)
    assert key_from_row(row) == key
