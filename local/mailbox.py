"""Every mail that was handed over, readable."""

import email
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from email.policy import default


@dataclass(frozen=True)
class Envelope:
    """Which letter it is, for whom, and when it was handed over."""

    letter_id: str
    letter: str
    to: str
    sent_at: datetime


@dataclass(frozen=True)
class Mail:
    """A mail as its reader sees it. `number`: 1 is the oldest. `fate`: what it was made to meet by hand."""

    number: int
    envelope: Envelope
    subject: str
    text: str
    html: str
    fate: str = ""


class Mailbox:
    """All mails; it outlives every reload of the code."""

    def __init__(self) -> None:
        self._mails: dict[str, Mail] = {}

    def keep(self, envelope: Envelope, message: bytes) -> None:
        """Keep a mail; a letter that is tried again stays one mail."""
        earlier = self._mails.get(envelope.letter_id)
        number = earlier.number if earlier else len(self._mails) + 1
        self._mails[envelope.letter_id] = _read(number, envelope, message)

    def newest_first(self) -> list[Mail]:
        """All of them."""
        return sorted(self._mails.values(), key=lambda mail: mail.number, reverse=True)

    def numbered(self, number: int) -> Mail | None:
        """The mail with this number."""
        return next((mail for mail in self._mails.values() if mail.number == number), None)

    def find(self, letter: str) -> Mail | None:
        """The mail with this letter id, or the newest to this address."""
        found = self._mails.get(letter)
        return found or next((mail for mail in self.newest_first() if mail.envelope.to == letter), None)

    def note_fate(self, mail: Mail, fate: str) -> None:
        """Remember what it met."""
        self._mails[mail.envelope.letter_id] = replace(mail, fate=fate)


def _read(number: int, envelope: Envelope, message: bytes) -> Mail:
    parsed = email.message_from_bytes(message, policy=default)
    return Mail(number, envelope, str(parsed["Subject"]), _part(parsed, "plain"), _part(parsed, "html"))


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part else ""
