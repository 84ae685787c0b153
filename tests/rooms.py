"""The rooms of the house: who may import whom. docs/architecture.md says why."""

import sys
from dataclasses import dataclass

CLOCK_AND_DICE = frozenset({"os", "random", "secrets", "time", "uuid"})
PURE = CLOCK_AND_DICE | {"http", "json", "logging", "socket", "subprocess", "urllib"}


@dataclass(frozen=True)
class Room:
    """What may be imported in one room: other rooms, packages from outside; and what of the standard library not."""

    rooms: frozenset[str]
    packages: frozenset[str] = frozenset()
    banned: frozenset[str] = frozenset()


def _room(rooms: str, packages: str = "", banned: frozenset[str] = frozenset()) -> Room:
    return Room(frozenset(rooms.split()), frozenset(packages.split()), banned)


ROOMS = {
    "domain": _room("domain", banned=PURE),
    "repositories": _room("domain repositories", banned=PURE),
    "ports": _room("domain repositories", banned=PURE),
    "settings": _room("domain"),
    "forms": _room("domain ports forms", "wtforms jaconv email_validator zxcvbn msgspec", banned=PURE),
    "texts": _room("domain settings texts", "jinja2", banned=CLOCK_AND_DICE),
    "banks": _room("domain ports", banned=CLOCK_AND_DICE),
    "storage": _room("domain ports settings storage", "pynamodb botocore", banned=CLOCK_AND_DICE - {"os"}),
    "mail": _room("domain ports settings texts mail", "boto3 botocore jinja2 mypy_boto3_sesv2", banned=CLOCK_AND_DICE),
    "signing": _room("domain ports settings signing", "itsdangerous nacl rfc8785", banned=CLOCK_AND_DICE),
    "verbs": _room("domain ports verbs", banned=PURE),
    "code_sealing": _room("ports settings signing code_sealing", banned=CLOCK_AND_DICE),
    "one_time_passwords": _room("domain", "pyotp", banned=CLOCK_AND_DICE),
    "holidays": _room("domain", "jpholiday", banned=CLOCK_AND_DICE),
    "wiring": _room("domain ports settings texts storage signing wiring", "argon2 aws_lambda_powertools botocore"),
    "posting": _room("ports settings mail posting", banned=CLOCK_AND_DICE),
    "banking": _room("ports banks banking", banned=CLOCK_AND_DICE),
    "sealing": _room("ports settings signing sealing", banned=CLOCK_AND_DICE),
    "web": _room("domain ports settings forms texts wiring web", "chalice jinja2 msgspec segno", banned=CLOCK_AND_DICE),
    "forms of a capability": _room("domain ports forms", "wtforms msgspec", banned=PURE),
    "use cases": _room("domain ports verbs", banned=PURE - {"logging"}),
    "entrance of a capability": _room(
        "domain ports settings forms texts verbs wiring posting banking sealing code_sealing one_time_passwords "
        "holidays web",
        "chalice msgspec",
        banned=CLOCK_AND_DICE,
    ),
    "entry": _room("web"),
    "app": _room("web", "chalice"),
}
INNER_ROOMS = {"forms": "forms of a capability", "usecases": "use cases"}
# What a capability is made of; each may import what stands before it.
INSIDE_OUT = ("forms of a capability", "use cases", "entrance of a capability")


def room_of(module: str) -> str | None:
    """The room of a module of ours; None for a package that only holds others, and for what stands in no room."""
    parts = module.split(".")
    if parts == ["app"]:
        return "app"
    if parts[0] != "chalicelib" or len(parts) < 2:
        return None
    if parts[1] != "capabilities":
        return parts[1] if parts[1] in ROOMS else None
    return _capability_room(parts[3:])


def _capability_room(inside: list[str]) -> str | None:
    if not inside:
        return None
    kind = inside[0].partition("_")[0]
    return INNER_ROOMS.get(kind, "entrance of a capability")


def capability_of(module: str) -> str | None:
    """The capability that a module belongs to."""
    parts = module.split(".")
    return parts[2] if parts[:2] == ["chalicelib", "capabilities"] and len(parts) > 2 else None


def objection(importer: str, imported: str) -> str | None:
    """Why the module `importer` may not import the module `imported`; None when it may."""
    room = room_of(importer)
    if not room:
        return "it stands in no room of the table in tests/rooms.py"
    top = imported.partition(".")[0]
    if top in {"app", "chalicelib"}:
        return _objection_to_ours(importer, imported, ROOMS[room])
    if top in {"local", "tests", "tools", "infra", "bench"}:
        return f"{top} is never deployed"
    if top in ROOMS[room].banned:
        return f"{top} is banned in the room “{room}”"
    if top in sys.stdlib_module_names or top in ROOMS[room].packages:
        return None
    return f"the room “{room}” does not use {top}"


def _objection_to_ours(importer: str, imported: str, room: Room) -> str | None:
    theirs = capability_of(imported)
    if theirs is None:
        target = room_of(imported)
        return None if target in room.rooms else f"the room of {imported} is not open to it"
    if importer == "app":
        return None
    if theirs != capability_of(importer):
        return f"capabilities do not know each other ({theirs})"
    outwards = INSIDE_OUT.index(room_of(importer)) < INSIDE_OUT.index(room_of(imported))
    return f"{imported} lies further out in the same capability" if outwards else None
