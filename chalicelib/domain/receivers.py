"""受取者（証明書等管理業者）: who may collect what others applied for (manual 2; spec: qr-codes.md)."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.characters import folded

_BEGUN = re.compile("[（(](?:[^（）()]*|[）)]|[^（）()]*(?:[0-9０-９]|番号)[^（）()]*[）)])$")
_SCRIVENER = re.compile("（[0-9０-９]{8}）$")
_NUMBER = re.compile("[0-9０-９]{8}")


@dataclass(frozen=True)
class Receiver:
    """受取者: identified by its name, which is unique. `credential`: of its password (see `qr-codes.md`).

    `since`: when the credential was set; authentication codes with another one count no more.
    """

    name: str
    credential: str
    enrolled_at: datetime
    since: datetime
    version: int = 1

    def with_credential(self, credential: str, now: datetime) -> "Receiver":
        """The receiver with a new password; authentication codes issued with the old one die."""
        return replace(self, credential=credential, since=now, version=self.version + 1)


def receiver_key(name: str) -> str:
    """Under which a name is compared: without width, case and spaces. Never stored, never shown."""
    return "".join(folded(name).split())


def begins_scrivener_number(name: str) -> bool:
    """Whether the name ends where a registration number stands: in an open bracket, or in empty or numbered ones."""
    return bool(_BEGUN.search(name))


def has_scrivener_number(name: str) -> bool:
    """Whether the name ends in 8 digits in full-width brackets (行政書士の登録番号)."""
    return bool(_SCRIVENER.search(name))


def with_scrivener_number(name: str, number: str) -> str:
    """The name with its registration number behind it."""
    return f"{name}（{number}）"


def is_scrivener_number(text: str) -> bool:
    """Whether `text` has the form of a registration number: 8 digits."""
    return bool(_NUMBER.fullmatch(text))
