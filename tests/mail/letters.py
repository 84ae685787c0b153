"""One letter of each name, as the use cases post it."""

from chalicelib.domain.letters import Letter, LetterName
from tests.builders import a_letter

FACTS: dict[LetterName, dict[str, str]] = {
    LetterName.REGISTRATION_LINK: dict(a_letter().facts),
    LetterName.ADDRESS_FULL: dict(a_letter().facts),
    LetterName.REGISTRATION_COMPLETED: {
        "payer_id": "KNCA6288",
        "filer_id": "KICA6288",
        "completed_at": "2019-09-24T00:55:50+00:00",
    },
}
LANGUAGES = ("ja", "en")


def posted(name: LetterName, language: str = "ja", **facts: str) -> Letter:
    """The letter of this name, with other facts where a test says so."""
    return a_letter(name=name, language=language, facts={**FACTS[name], **facts})
