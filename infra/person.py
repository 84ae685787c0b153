"""What is kept about one mail address and the accounts it manages: lists it, or with --forget removes it for good.

Say which stage by TABLE_PREFIX and SECRETS_PATH: `make person STAGE=prod ADDRESS=taro@example.jp`.
"""

import argparse
import os
from collections.abc import Iterator
from typing import Any

import boto3

from chalicelib.domain.addresses import comparison_key
from chalicelib.domain.attempts import Door
from chalicelib.storage.accounts import AccountRow
from chalicelib.storage.addresses import AddressRow
from chalicelib.storage.connection import Row
from chalicelib.storage.digests import address_digest
from chalicelib.storage.tables import TABLES
from infra.tables import noun_of

# Whose row it is; an address that merely stands in somebody else's row is told, and left.
_OWNERS = ("management_email", "to")
_TYPED = "email"
# Where the suffix of an account stands that a row belongs to.
_OF_ACCOUNT = ("id_suffix", "subject", "kept_for")


def rows_about(address: str, pepper: str) -> Iterator[tuple[Row, bool]]:
    """Every row about an address, and whether it is its own. Reads all tables whole: for requests of a person only.

    Accounts come last: whoever is interrupted finds the rest by them.
    """
    wanted, digest = comparison_key(address), address_digest(pepper)(address)
    subjects = _subjects_of(wanted)
    for model in sorted(TABLES, key=lambda table: table is AccountRow):
        for row in model.scan(consistent_read=True):
            if isinstance(row, AddressRow):
                concerns = is_own = row.address.partition("#")[0] == digest
            else:
                held = dict(_texts_in(row.attribute_values))
                is_own = _is_own(held, wanted, subjects)
                concerns = is_own or wanted in {comparison_key(text) for text in held.values() if "@" in text}
            if concerns:
                yield row, is_own


def _subjects_of(wanted: str) -> frozenset[str]:
    """How rows of the accounts that an address manages name whose they are."""
    accounts = AccountRow.scan(consistent_read=True)
    suffixes = [row.id_suffix for row in accounts if comparison_key(row.management_email) == wanted]
    return frozenset([*suffixes, *(f"{door.value}#{suffix}" for door in Door for suffix in suffixes)])


def _is_own(held: dict[str, str], wanted: str, subjects: frozenset[str]) -> bool:
    addresses = {comparison_key(held[name]) for name in (*_OWNERS, _TYPED) if "@" in held.get(name, "")}
    return wanted in addresses or not subjects.isdisjoint(held.get(name, "") for name in _OF_ACCOUNT)


def _texts_in(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The texts in a row, and in the form that a row may hold."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _texts_in(value)
        elif isinstance(value, str):
            yield name, value


def forget(rows: Iterator[tuple[Row, bool]]) -> Iterator[str]:
    """Remove the rows that are the address's own; the answer: what was done, a line each."""
    for row, is_own in rows:
        if is_own:
            row.delete()
        yield f"{'removed' if is_own else 'left, somebody else mentions it'}: {_name_of(row)}"


def _name_of(row: Row) -> str:
    """Which row, without a word of what it holds."""
    keys = (type(row)._hash_keyname, type(row)._range_keyname)  # noqa: SLF001 - PynamoDB has no other word for it
    return " ".join((noun_of(type(row)), *(row.attribute_values[key] for key in keys if key)))


def main() -> None:
    """List, or forget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--forget", action="store_true", help="remove it; nothing brings it back but a restore")
    asked = parser.parse_args()
    found = rows_about(asked.address, _pepper(os.environ["SECRETS_PATH"]))
    lines = (
        forget(found) if asked.forget else (f"{'own' if own else 'mentioned'}: {_name_of(row)}" for row, own in found)
    )
    print("\n".join(lines) or "nothing")


def _pepper(path: str) -> str:
    ssm: Any = boto3.client("ssm")
    return str(ssm.get_parameter(Name=f"{path}/PEPPER", WithDecryption=True)["Parameter"]["Value"])


if __name__ == "__main__":
    main()
