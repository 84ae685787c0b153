"""Keys with which offices' systems speak to the agency API: issues, lists and revokes them; unlocks an application.

Say which stage by TABLE_PREFIX: `make office-keys STAGE=prod ARGS='issue --office TK01 --scope applications:read'`.
A key is shown once, when it is issued; what is stored is its digest.
"""

import argparse
import secrets
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime

from chalicelib.domain.api_keys import HELPDESK, ApiKey, Scope
from chalicelib.domain.application_numbers import is_application_number
from chalicelib.domain.attempts import Door
from chalicelib.domain.offices import OFFICES
from chalicelib.storage.api_keys import ApiKeyRow, key_from_row
from chalicelib.storage.connection import reaching_the_store
from chalicelib.wiring import new_token, read_clock
from infra.operators import NotDone, take_step, work

_SEPARATORS = str.maketrans("", "", " -　")


def issue(office: str, scopes: frozenset[Scope], now: datetime) -> tuple[str, ApiKey]:
    """A new key, which nobody can be told again, and what is known of it."""
    secret = new_token()
    key = ApiKey(f"{office.lower()}-{secrets.token_hex(4)}", "", office, scopes, now)
    with work() as stored:
        stored.api_keys.add(secret, key)
    return secret, key


def all_keys() -> Iterator[ApiKey]:
    """Every key, the oldest first. Reads the table whole: for operators only."""
    with reaching_the_store():
        keys = [key_from_row(row) for row in ApiKeyRow.scan(consistent_read=True)]
    yield from sorted(keys, key=lambda key: (key.created_at, key.key_id))


def revoke(key_id: str, now: datetime) -> ApiKey:
    """Let a key open nothing any more, from the next request on. Raises NotDone when there is none of that id."""
    key = next((one for one in all_keys() if one.key_id == key_id), None)
    if key is None:
        raise NotDone(f"there is no key {key_id}")
    with work() as stored:
        stored.api_keys.revoke(key, now)
    return key.revoked(now)


def unlock(application_number: str) -> str:
    """Let an application's password open again, and be tried from nothing. Raises NotDone; the answer is the number."""
    number = application_number.translate(_SEPARATORS)
    if not is_application_number(number):
        raise NotDone(f"{application_number} is no application number: there is a digit too many, too few or wrong")
    with work() as stored:
        if stored.applications.password_hash_of(number) is None:
            raise NotDone(f"there is no application {number}")
        stored.attempts.forget(Door.APPLICATION, number)
    return number


def told(key: ApiKey) -> str:
    """A key in one line, without what it opens with."""
    state = f"revoked {key.revoked_at.isoformat()}" if key.revoked_at else "good"
    scopes = ",".join(sorted(key.scopes))
    return f"{key.key_id} {key.office} {key.created_at.isoformat()} {scopes} {state}"


def _issue_and_tell(asked: argparse.Namespace) -> Iterator[str]:
    secret, key = issue(asked.office, frozenset(map(Scope, asked.scope)), read_clock())
    yield told(key)
    yield f"key: {secret}"
    print("The key is shown this once. Whoever loses it gets another, and this one is revoked.", file=sys.stderr)


def _list(_asked: argparse.Namespace) -> Iterator[str]:
    return map(told, all_keys())


def _revoke_and_tell(asked: argparse.Namespace) -> Iterator[str]:
    yield told(revoke(asked.key_id, read_clock()))


def _unlock_and_tell(asked: argparse.Namespace) -> Iterator[str]:
    yield f"{unlock(''.join(asked.application_number))}: its password opens again"


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(required=True)
    issuing = steps.add_parser("issue", help="a new key")
    issuing.add_argument("--office", required=True, choices=(*OFFICES, HELPDESK))
    scopes = [scope.value for scope in Scope]
    issuing.add_argument("--scope", required=True, nargs="+", choices=scopes, help="what the key may do")
    issuing.set_defaults(step=_issue_and_tell)
    steps.add_parser("list", help="all keys, without what they open with").set_defaults(step=_list)
    revoking = steps.add_parser("revoke", help="a key opens nothing any more")
    revoking.add_argument("key_id")
    revoking.set_defaults(step=_revoke_and_tell)
    unlocking = steps.add_parser("unlock", help="an application whose password was tried wrongly five times")
    unlocking.add_argument("application_number", nargs="+", help="as it is written, in groups or without")
    unlocking.set_defaults(step=_unlock_and_tell)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Take one step and tell what came of it."""
    return take_step(_arguments(arguments))


if __name__ == "__main__":
    sys.exit(main())
