"""Receivers, officers and codes of nobody: what a visit to the counter begins with."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import pyotp

from chalicelib.capabilities.qrcodes.usecases import CodeWanted, issue_code
from chalicelib.capabilities.status.usecases_code import issue_single_code
from chalicelib.code_sealing import qr_code_seal
from chalicelib.domain.application_states import State
from chalicelib.domain.officers import Officer, Role
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import Purpose
from chalicelib.domain.receivers import Receiver, receiver_key
from chalicelib.one_time_passwords import address_of
from chalicelib.wiring import World
from local.dev.applications import OFFICE, RECEIVER, Told

_ELSEWHERE = "OS01"
_PASSWORD, _NEXT_PASSWORD = "hako-no-naka-no-akai-kagi", "kawa-wo-wataru-kuroi-ushi"
_NEW_RECEIVER, _ITS_PASSWORD = "見本車両協会", "mado-no-soto-no-shiroi-hana"
_OFFICERS = (
    ("MIHON001", OFFICE, Role.CLERK, "madoguchi-de-matsu-hito-01", "MIHONMADOGUCHISHOKUINHIMITSU2AAA"),
    ("MIHON002", OFFICE, Role.EXAMINER, "shorui-wo-miru-hito-no-02", "MIHONMADOGUCHISHOKUINHIMITSU2BBB"),
    ("MIHON003", _ELSEWHERE, Role.EXAMINER, "tonari-no-jimusho-no-03-san", "MIHONMADOGUCHISHOKUINHIMITSU2CCC"),
)


def make_receivers(world: World) -> list[Told]:
    """One who is enrolled, and whom the example applications name; and one who is not."""
    with world.begin() as work:
        known = work.receivers.find(RECEIVER)
    if known is None:
        now = world.now()
        with world.begin() as work:
            work.receivers.add(Receiver(RECEIVER, _credential(world, RECEIVER, _PASSWORD), now, now))
    return [
        {"receiver_name": RECEIVER, "receiver_password": _PASSWORD, "is_enrolled": True},
        {"receiver_name": _NEW_RECEIVER, "receiver_password": _ITS_PASSWORD, "is_enrolled": False},
    ]


def _credential(world: World, name: str, password: str) -> str:
    return world.hasher.credential(password, receiver_key(name))


def make_officers(world: World) -> list[Told]:
    """A clerk and an examiner of one office, and an examiner of another."""
    for officer_id, office, role, password, secret in _OFFICERS:
        with world.begin() as work:
            known = work.officers.find(officer_id)
        if known is None:
            with world.begin() as work:
                work.officers.put(Officer(officer_id, office, role, world.hasher.hash(password), secret))
    return [
        {
            "officer_id": officer_id,
            "officer_password": password,
            "one_time_password_secret": secret,
            "one_time_password_address": address_of(secret, officer_id, world.settings.service_short_name),
            "office": office,
            "role": role.value,
        }
        for officer_id, office, role, password, secret in _OFFICERS
    ]


def with_one_time_passwords(officers: Iterable[Mapping[str, Any]], now: datetime) -> list[Told]:
    """The officers with the number that an authenticator shows at this moment; it is good once."""
    return [
        {**officer, "one_time_password": pyotp.TOTP(officer["one_time_password_secret"]).at(now)}
        for officer in officers
    ]


def make_codes(world: World, applications: Iterable[Told]) -> list[Told]:
    """A code of each purpose; those for collecting open applications that are ready at the example office."""
    keys = [issue_code(world.begin, world, wanted, world.now()) for wanted in _wanted(world)]
    ready = [one["application_number"] for one in applications if one["state"] == State.READY_TO_RETURN]
    if ready:
        keys.append(issue_single_code(world.begin, world, min(ready), world.now()))
    return [_told(world, key) for key in keys]


def _wanted(world: World) -> Iterator[CodeWanted]:
    yield _asked(world, Purpose.ENROLMENT, _NEW_RECEIVER, _ITS_PASSWORD)
    for procedure in Procedure:
        yield _asked(world, Purpose.AUTHENTICATION, RECEIVER, _PASSWORD, procedure)
    yield _asked(world, Purpose.PASSWORD_CHANGE, RECEIVER, _NEXT_PASSWORD)


def _asked(world: World, purpose: Purpose, name: str, password: str, procedure: Procedure | None = None) -> CodeWanted:
    return CodeWanted(
        purpose=purpose,
        receiver_name=name,
        credential=_credential(world, name, password),
        procedure=procedure,
        browser="",
        submission_id=f"example-{purpose}-{procedure or name}",
    )


def _told(world: World, lookup_key: str) -> Told:
    with world.begin() as work:
        code = work.qr_codes.find(lookup_key)
    if code is None:
        raise LookupError(lookup_key)
    return {
        "purpose": code.purpose.value,
        "lookup_key": lookup_key,
        "text": qr_code_seal(world.settings).sealed(code.says),
        "procedure": code.procedure.value if code.procedure else None,
        "receiver_name": code.receiver_name or None,
        "application_number": code.application_number,
    }
