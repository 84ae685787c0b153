"""Officers at the counters (職員): adds, lists, changes and dismisses them, and sets new secrets.

Say which stage by TABLE_PREFIX: `make officers STAGE=prod ARGS='add --office TK01 --role examiner'`. The password and
the secret of the one-time passwords are shown once; what is stored of the password is its hash.
"""

import argparse
import os
import secrets
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from chalicelib.domain.attempts import Door
from chalicelib.domain.officers import OFFICER_ID, Officer, Role
from chalicelib.domain.offices import OFFICES
from chalicelib.one_time_passwords import address_of, new_secret
from chalicelib.settings import Settings
from chalicelib.storage.connection import reaching_the_store
from chalicelib.storage.officers import OfficerRow, officer_from_row
from chalicelib.wiring import Argon2Hasher
from infra.operators import NotDone, take_step, work

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_ID_LENGTH = 8
_PASSWORD_LENGTH = 20
_COSTS = ("argon2_memory_kib", "argon2_time_cost", "argon2_parallelism")


def add(office: str, role: Role, hasher: Argon2Hasher) -> tuple[Officer, str]:
    """A new officer and the password, which nobody can be told again."""
    officer_id = "".join(secrets.choice(_ALPHABET) for _ in range(_ID_LENGTH))
    password = _new_password()
    officer = Officer(officer_id, office, role, hasher.hash(password), new_secret())
    _store(officer)
    return officer, password


def renew(officer_id: str, hasher: Argon2Hasher) -> tuple[Officer, str]:
    """Another password and another secret; all sessions end, and a lock opens. Raises NotDone."""
    before, password = find(officer_id), _new_password()
    officer = replace(
        before, password_hash=hasher.hash(password), totp_secret=new_secret(), totp_step=0, epoch=before.epoch + 1
    )
    _store(officer)
    return officer, password


def change(officer_id: str, *, office: str | None, role: Role | None, is_active: bool | None) -> Officer:
    """Another office, another role, dismissed or back; all sessions end. Raises NotDone."""
    before = find(officer_id)
    officer = replace(
        before,
        office=office or before.office,
        role=role or before.role,
        is_active=before.is_active if is_active is None else is_active,
        epoch=before.epoch + 1,
    )
    _store(officer)
    return officer


def find(officer_id: str) -> Officer:
    """The officer of that ID. Raises NotDone."""
    with work() as stored:
        officer = stored.officers.find(officer_id) if OFFICER_ID.fullmatch(officer_id) else None
    if officer is None:
        raise NotDone(f"there is no officer {officer_id}")
    return officer


def all_officers() -> list[Officer]:
    """Every officer. Reads the table whole: for operators only."""
    with reaching_the_store():
        officers = [officer_from_row(row) for row in OfficerRow.scan(consistent_read=True)]
    return sorted(officers, key=lambda officer: (officer.office, officer.officer_id))


def told(officer: Officer) -> str:
    """An officer in one line, without secrets."""
    state = "active" if officer.is_active else "dismissed"
    return f"{officer.officer_id} {officer.office} {officer.role.value} {state}"


def _store(officer: Officer) -> None:
    with work() as stored:
        stored.officers.put(officer)
        stored.attempts.forget(Door.OFFICER, officer.officer_id)


def _new_password() -> str:
    return "".join(secrets.choice(_ALPHABET.lower()) for _ in range(_PASSWORD_LENGTH))


def _secrets_told(officer: Officer, password: str) -> Iterator[str]:
    yield told(officer)
    yield f"password: {password}"
    yield f"one-time passwords: {address_of(officer.totp_secret, officer.officer_id, 'Madoguchi')}"
    print("Both are shown this once. Hand them over separately.", file=sys.stderr)


def _hasher() -> Argon2Hasher:
    """As costly as the environment says, else as usual; no other setting of the stage is known here."""
    costs: dict[str, Any] = {name: int(os.environ[name.upper()]) for name in _COSTS if os.environ.get(name.upper())}
    return Argon2Hasher(Settings("", "", "", (), "", (), **costs))


def _add_and_tell(asked: argparse.Namespace) -> Iterator[str]:
    return _secrets_told(*add(asked.office, Role(asked.role), _hasher()))


def _renew_and_tell(asked: argparse.Namespace) -> Iterator[str]:
    return _secrets_told(*renew(asked.officer_id, _hasher()))


def _change_and_tell(asked: argparse.Namespace) -> Iterator[str]:
    role = Role(asked.role) if asked.role else None
    is_active = {None: None, "active": True, "dismissed": False}[asked.state]
    yield told(change(asked.officer_id, office=asked.office, role=role, is_active=is_active))


def _list(_asked: argparse.Namespace) -> Iterator[str]:
    return map(told, all_officers())


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps, roles = parser.add_subparsers(required=True), [role.value for role in Role]
    adding = steps.add_parser("add", help="a new officer")
    adding.add_argument("--office", required=True, choices=tuple(OFFICES))
    adding.add_argument("--role", required=True, choices=roles)
    adding.set_defaults(step=_add_and_tell)
    steps.add_parser("list", help="all officers, without secrets").set_defaults(step=_list)
    changing = steps.add_parser("change", help="another office or role, dismissed or active again")
    changing.add_argument("officer_id")
    changing.add_argument("--office", choices=tuple(OFFICES))
    changing.add_argument("--role", choices=roles)
    changing.add_argument("--state", choices=("active", "dismissed"))
    changing.set_defaults(step=_change_and_tell)
    renewing = steps.add_parser("renew", help="another password and another secret")
    renewing.add_argument("officer_id")
    renewing.set_defaults(step=_renew_and_tell)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Take one step and tell what came of it."""
    return take_step(_arguments(arguments))


if __name__ == "__main__":
    sys.exit(main())
