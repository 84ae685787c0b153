"""The portal's world on this machine: the real one, with a clock that moves and a mailbox on the way out."""

import logging
import os
from dataclasses import dataclass
from functools import lru_cache

from chalicelib import wiring
from chalicelib.domain.letters import Letter
from chalicelib.mail.mime import message_of
from chalicelib.mail.rendering import LetterWriter
from chalicelib.ports import LetterSender
from chalicelib.settings import load_settings
from chalicelib.wiring import World, build_world
from local.environment import Backend
from local.mailbox import Envelope
from local.station import Station
from local.voice import SpokenLog

# Nobody lives there (RFC 6761, JPRS): a real mail service would count each mail as a bounce.
_RESERVED = ("example.jp", "example.com", "example.net", "example.org", ".example")


@dataclass(frozen=True)
class LocalWorld(World):
    """The world and the station it stands in."""

    station: Station


@dataclass(frozen=True)
class MailboxPost:
    """`ports.LetterSender`: keeps a copy in the mailbox and passes the letter on."""

    world: World
    station: Station
    post: LetterSender

    def send(self, letter: Letter) -> str:
        """Hand the letter over; examples' letters never reach a real mail service."""
        settings = self.world.settings
        words = LetterWriter(settings, self.world.links).words_of(letter)
        envelope = Envelope(letter.letter_id, letter.name.value, letter.to, self.station.clock.now())
        self.station.mailbox.keep(envelope, message_of(letter, words, settings))
        if self.station.backend is Backend.AWS and letter.to.endswith(_RESERVED):
            return f"kept-{letter.letter_id}"
        return self.post.send(letter)


def local_world(station: Station) -> LocalWorld:
    """A world from the settings, with the station's clock, mailbox and journal."""
    built = build_world(load_settings(os.environ))
    parts = {
        **vars(built),
        "now": station.clock.now,
        "post": lru_cache(maxsize=1)(lambda: MailboxPost(built, station, built.post())),
        "log": station.journal.note,
        "station": station,
    }
    return LocalWorld(**parts)


def current_world() -> LocalWorld:
    """The world this process runs in."""
    world = wiring.world()
    if not isinstance(world, LocalWorld):
        raise TypeError(world)
    return world


def show_tracebacks(log: logging.Logger) -> None:
    """Print what the deployed portal keeps to itself: whole tracebacks."""
    log.disabled = False
    log.propagate = False
    log.handlers[:] = [SpokenLog()]
