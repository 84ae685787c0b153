"""A letter's words: `templates/mail/<letter>/` in the language its reader used."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from chalicelib.domain.application_numbers import grouped
from chalicelib.domain.letters import Letter
from chalicelib.domain.links import address_link_in, reset_link_in
from chalicelib.ports import LinkSigner
from chalicelib.settings import Settings
from chalicelib.texts.environment import environment
from chalicelib.texts.portal import portal_words


@dataclass(frozen=True)
class LetterWords:
    """What is written in a letter."""

    subject: str
    text: str
    html: str


class LetterWriter:
    """Writes letters. Links are made here, when the letter is sent, from a setting and never from a request."""

    def __init__(self, settings: Settings, links: LinkSigner) -> None:
        self._settings = settings
        self._links = links

    def words_of(self, letter: Letter) -> LetterWords:
        """Subject, plain text and HTML of `letter`."""
        context = {
            **_spoken(letter.facts),
            "lang": letter.language,
            "portal": portal_words(self._settings, letter.language),
            "links": self._links_of(letter),
        }
        words = environment(letter.language)
        folder = f"mail/{letter.name.value}"
        return LetterWords(
            subject=words.get_template(f"{folder}/subject.txt").render(context).strip(),
            text=words.get_template(f"{folder}/body.txt").render(context),
            html=words.get_template(f"{folder}/body.html").render(context),
        )

    def _links_of(self, letter: Letter) -> Mapping[str, str]:
        links = {name: self._settings.absolute_url(path) for name, path in _PLACES.items()}
        if registration_id := letter.facts.get("registration_id"):
            key = self._links.confirmation_key(registration_id)
            links["confirmation"] = self._settings.absolute_url(f"/confirmation?key={key}")
        if "address_mark" in letter.facts:
            key = self._links.reset_key(reset_link_in(letter.facts))
            links["reset"] = self._settings.absolute_url(f"/mypage/password-reset/new?key={key}")
        if "link_mark" in letter.facts:
            key = self._links.address_key(address_link_in(letter.facts))
            links["address"] = self._settings.absolute_url(f"/mypage/address?key={key}")
        return links


_PLACES = {
    "home": "/",
    "registration": "/registration",
    "my_page": "/mypage/login",
    "contact": "/contact",
    "password_reset": "/mypage/password-reset",
    "status": "/status",
}


_COUNTS = frozenset({"amount", "days_left", "reasons_count"})

_Spoken = str | int | date | datetime | None


def _spoken(facts: Mapping[str, str]) -> dict[str, _Spoken]:
    return {name: _spoken_fact(name, fact) for name, fact in facts.items()}


def _spoken_fact(name: str, fact: str) -> _Spoken:
    """A fact as its letter needs it: days and counts may be missing, moments never are."""
    if name == "application_number":
        return grouped(fact)
    if name.endswith("_at"):
        return datetime.fromisoformat(fact)
    if name.endswith("_on"):
        return date.fromisoformat(fact) if fact else None
    if name in _COUNTS:
        return int(fact) if fact else None
    return fact
