"""Mail addresses (メールアドレス): comparing them, and writing them into headers."""

import re

from chalicelib.domain.characters import folded

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_DOT_ATOM = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_ATOMS_AND_DOTS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")
_DOMAIN = re.compile(r"[A-Za-z0-9.-]+")


def split_address(address: str) -> tuple[str, str]:
    """Local part, without quotes that only dots need, and domain; the domain is empty without an @."""
    at = address.rfind("@")
    local, domain = (address, "") if at < 0 else (address[:at], address[at + 1 :])
    bare = local[1:-1] if local.startswith('"') and local.endswith('"') else ""
    return (bare if _ATOMS_AND_DOTS.fullmatch(bare) else local), domain


def comparison_key(address: str) -> str:
    """Under which an address is counted and compared: without case, width, and quotes that change nothing.

    Dots and "+tags" stay: what they mean differs from one provider to the next. Never a place to send mail to.
    """
    local, domain = split_address(address)
    return folded(f"{local}@{domain}")


def with_quoted_local(address: str) -> str:
    """The address with its local part in quotes when its dots need them, as RFC 5322 has it.

    Japanese carriers gave out addresses with dots where no dot may stand (`a..b@`, `a.@`); they work when quoted.
    """
    local, domain = split_address(address)
    needs_quotes = _ATOMS_AND_DOTS.fullmatch(local) and not _DOT_ATOM.fullmatch(local)
    return f'"{local}"@{domain}' if needs_quotes else f"{local}@{domain}"


def as_header_address(address: str) -> str:
    """The stored address as a header and an envelope want it.

    Raises ValueError for what could not have been stored: no @, a control, a space, a non-ASCII character.
    """
    local, domain = split_address(address)
    if not (_ATOMS_AND_DOTS.fullmatch(local) and _DOMAIN.fullmatch(domain)):
        raise ValueError("not an address for a header")
    return with_quoted_local(address)
