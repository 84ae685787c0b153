"""What is kept about one mail address and the accounts it manages: lists it, or with --forget removes it for good.

Applications are never removed: they only forget the address, and which account filed or pays for them.
Say which stage by TABLE_PREFIX and SECRETS_PATH: `make person STAGE=prod ADDRESS=taro@example.jp`.
"""

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import boto3

from chalicelib.domain.addresses import comparison_key
from chalicelib.domain.attempts import Door
from chalicelib.storage.accounts import AccountRow
from chalicelib.storage.addresses import AddressRow
from chalicelib.storage.application_rows import ApplicationRow
from chalicelib.storage.connection import Row
from chalicelib.storage.digests import address_digest
from chalicelib.storage.tables import TABLES
from infra.tables import noun_of

# Whose row it is; an address that merely stands in somebody else's row is told, and left.
_OWNERS = ("management_email", "to")
_TYPED = "email"
# Where the suffix of an account stands that a row belongs to.
_OF_ACCOUNT = ("id_suffix", "subject", "kept_for")
# What an application says of an address, and of accounts.
_IN_APPLICATION = (ApplicationRow.notification_email, ApplicationRow.filer_suffix, ApplicationRow.payer_suffix)


class Concern(StrEnum):
    """What a row has to do with an address. APPLICATION: it names the address, or an account that it manages."""

    OWN = "own"
    APPLICATION = "application"
    MENTIONED = "mentioned"


@dataclass(frozen=True)
class Found:
    """A row about an address; of an application, in which attributes."""

    row: Row
    concern: Concern
    attributes: tuple[Any, ...] = ()

    def forget(self) -> None:
        """Remove what is the address's own."""
        if self.concern is Concern.OWN:
            self.row.delete()
        elif self.concern is Concern.APPLICATION:
            # Whoever read it before writes nothing back under an older version.
            self.row.update([ApplicationRow.version.add(1), *(one.remove() for one in self.attributes)])


def rows_about(address: str, pepper: str) -> Iterator[Found]:
    """Every row about an address. Reads all tables whole: for requests of a person only.

    Accounts come last: whoever is interrupted finds the rest by them.
    """
    wanted, digest = comparison_key(address), address_digest(pepper)(address)
    suffixes = _suffixes_of(wanted)
    for model in sorted(TABLES, key=lambda table: table is AccountRow):
        for row in model.scan(consistent_read=True):
            if isinstance(row, AddressRow):
                found = Found(row, Concern.OWN) if row.address.partition("#")[0] == digest else None
            elif isinstance(row, ApplicationRow):
                found = _in_application(row, wanted, suffixes)
            else:
                found = _in_other(row, wanted, suffixes)
            if found:
                yield found


def _suffixes_of(wanted: str) -> frozenset[str]:
    """Of the accounts that an address manages."""
    accounts = AccountRow.scan(consistent_read=True)
    return frozenset(row.id_suffix for row in accounts if comparison_key(row.management_email) == wanted)


def _in_application(row: ApplicationRow, wanted: str, suffixes: frozenset[str]) -> Found | None:
    values = ((one, getattr(row, one.attr_name)) for one in _IN_APPLICATION)
    named = [one for one, value in values if value and (value in suffixes or _is_address(value, wanted))]
    return Found(row, Concern.APPLICATION, tuple(named)) if named else None


def _in_other(row: Row, wanted: str, suffixes: frozenset[str]) -> Found | None:
    held = dict(_texts_in(row.attribute_values))
    if _is_own(held, wanted, suffixes | {f"{door.value}#{suffix}" for door in Door for suffix in suffixes}):
        return Found(row, Concern.OWN)
    is_mentioned = any(_is_address(text, wanted) for text in held.values())
    return Found(row, Concern.MENTIONED) if is_mentioned else None


def _is_address(text: str, wanted: str) -> bool:
    return "@" in text and comparison_key(text) == wanted


def _is_own(held: dict[str, str], wanted: str, subjects: frozenset[str]) -> bool:
    is_theirs = any(_is_address(held.get(name, ""), wanted) for name in (*_OWNERS, _TYPED))
    return is_theirs or not subjects.isdisjoint(held.get(name, "") for name in _OF_ACCOUNT)


def _texts_in(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The texts in a row, and in the form that a row may hold."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _texts_in(value)
        elif isinstance(value, str):
            yield name, value


_DONE = {
    Concern.OWN: "removed",
    Concern.APPLICATION: "forgotten there, the application stays",
    Concern.MENTIONED: "left, somebody else mentions it",
}


def forget(about: Iterator[Found]) -> Iterator[str]:
    """Remove what is the address's own; the answer: what was done, a line each."""
    for found in about:
        found.forget()
        yield f"{_DONE[found.concern]}: {_name_of(found.row)}"


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
    about = rows_about(asked.address, _pepper(os.environ["SECRETS_PATH"]))
    lines = forget(about) if asked.forget else (f"{one.concern.value}: {_name_of(one.row)}" for one in about)
    print("\n".join(lines) or "nothing")


def _pepper(path: str) -> str:
    ssm: Any = boto3.client("ssm")
    return str(ssm.get_parameter(Name=f"{path}/PEPPER", WithDecryption=True)["Parameter"]["Value"])


if __name__ == "__main__":
    main()
