"""A world of `wiring` whose parts are the fakes."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chalicelib.ports import Begin
from chalicelib.settings import load_settings
from chalicelib.signing.forms import FormTokens
from chalicelib.signing.links import SignedLinks
from chalicelib.signing.sessions import CounterMarks, EnquiryMarks, SessionMarks
from chalicelib.signing.tokens import FilerTokens
from chalicelib.storage.connection import meter
from chalicelib.wiring import World
from tests.fakes.outside import Clock, FakeChance, FakeHasher, FakeSender


@dataclass
class Surroundings:
    """What a test turns and looks at: the clock, the mail service, the hashing, the log."""

    clock: Clock = field(default_factory=Clock)
    chance: FakeChance = field(default_factory=FakeChance)
    sender: FakeSender = field(default_factory=FakeSender)
    lines: list[Mapping[str, Any]] = field(default_factory=list)
    hasher: FakeHasher = field(default_factory=FakeHasher)

    def world(self, begin: Begin) -> World:
        """The world on this store."""
        settings = load_settings(os.environ)
        return World(
            settings=settings,
            begin=begin,
            now=self.clock,
            new_token=self.chance.new_token,
            new_id_suffix=self.chance.new_id_suffix,
            new_digits=self.chance.new_digits,
            hasher=self.hasher,
            links=SignedLinks(settings),
            forms=FormTokens(settings),
            session_marks=SessionMarks(settings),
            enquiry_marks=EnquiryMarks(settings),
            counter_marks=CounterMarks(settings),
            tokens=FilerTokens(settings),
            post=lambda: self.sender,
            meter=meter,
            stopwatch=lambda: 0.0,
            log=self.lines.append,
        )
