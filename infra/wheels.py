"""Whether every pinned package is in the package, and as a wheel that runs on Lambda.

Chalice only prints a notice when a wheel is missing, and takes one that was compiled here for good.
"""

import re
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)")


class UnfitPackage(Exception):
    """The package must not be deployed; the message says why."""


def check_wheels(folder: Path, requirements: Path) -> None:
    """Raise UnfitPackage when a pin is missing in `folder`, or was compiled on this machine."""
    found = dict(_installed(folder))
    missing = [f"{name}=={version}" for name, version in _pins(requirements) if found.get(name, ("", ""))[0] != version]
    if missing:
        raise UnfitPackage(f"no wheel for Lambda was found for: {', '.join(missing)}")
    local = [name for name, (_, tags) in found.items() if "-linux_" in tags]
    if local:
        raise UnfitPackage(f"compiled on this machine, which is not Lambda's: {', '.join(local)}")
    if "chalice" in found:
        raise UnfitPackage("Chalice stands in requirements.txt; its packager brings its own runtime")


def _pins(requirements: Path) -> Iterator[tuple[str, str]]:
    for line in requirements.read_text(encoding="utf-8").splitlines():
        if pin := _PIN.match(line):
            yield _plain(pin[1]), pin[2]


def _installed(folder: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    """Name, version and tags of each package."""
    for place in sorted(folder.glob("*.dist-info")):
        name, _, version = place.name.removesuffix(".dist-info").rpartition("-")
        wheel = place / "WHEEL"
        tags = HeaderParser().parsestr(wheel.read_text(encoding="utf-8")).get_all("Tag") if wheel.exists() else []
        yield _plain(name), (version, " ".join(tags or ()))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
