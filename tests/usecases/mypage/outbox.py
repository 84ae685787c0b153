"""The letters that were posted."""

from dataclasses import dataclass

from chalicelib.domain.letters import Letter, LetterName, LetterState
from chalicelib.domain.links import AddressLink, ResetLink, address_link_in, reset_link_in
from tests.fakes.store import FakeStore


@dataclass(frozen=True)
class Outbox:
    """The outbox of a store in memory."""

    store: FakeStore

    @property
    def letters(self) -> list[Letter]:
        """All that will be sent, oldest first."""
        kept = [kept.letter for kept in self.store.rows.letters.values()]
        return [letter for letter in kept if letter.state is LetterState.WAITING]

    @property
    def names(self) -> list[tuple[LetterName, str]]:
        """Which, and to whom."""
        return [(letter.name, letter.to) for letter in self.letters]

    def only(self, name: LetterName) -> Letter:
        """The one letter of that name."""
        (letter,) = [letter for letter in self.letters if letter.name is name]
        return letter

    def reset_links(self) -> list[ResetLink]:
        """Links that set a password, oldest first."""
        found = [letter for letter in self.letters if letter.name is LetterName.PASSWORD_RESET_LINK]
        return [reset_link_in(letter.facts) for letter in found]

    def address_links(self) -> list[AddressLink]:
        """Links that confirm an address, oldest first."""
        found = [letter for letter in self.letters if letter.name is LetterName.ADDRESS_LINK]
        return [address_link_in(letter.facts) for letter in found]
