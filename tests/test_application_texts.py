"""Words for every value that an application can show."""

from collections.abc import Iterable
from typing import Any

import pytest

from chalicelib.domain.application_states import Event, State, Turn
from chalicelib.domain.applications import Actor, NoticeKind
from chalicelib.domain.charges import ChargeKind, ItemKind
from chalicelib.domain.procedures import RECORD_FIELDS, Attachment, AttachmentState, Procedure, Step
from chalicelib.texts.environment import LANGUAGES, environment
from tests.sources import JAPANESE
from tests.templates import macros_in

pytestmark = pytest.mark.house

OF_ITSELF = ("bulk_file_forged", "bulk_file_expired", "bulk_file_replaced", "document_reference_unreadable")
WORDS: dict[str, Iterable[str]] = {
    "procedure_name": Procedure,
    "state_name": State,
    "state_explained": State,
    "state_to_do": State,
    "event_name": Event,
    "actor_name": Actor,
    "attachment_name": Attachment,
    "attachment_state": AttachmentState,
    "step_name": Step,
    "charge_name": ChargeKind,
    "item_name": ItemKind,
    "collecting_agency": ItemKind,
    "collecting_agency_kana": ItemKind,
    "notice_name": NoticeKind,
    "notice_authority": NoticeKind,
    "turn_title": Turn,
    "reason_code": OF_ITSELF,
}
NAMES = ("procedure_name", "state_name", "attachment_name", "attachment_state", "step_name", "item_name", "notice_name")

EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def _words(language: str) -> Any:
    return environment(language).get_template("texts/applications.html").module


@EVERY_LANGUAGE
@pytest.mark.parametrize("macro", WORDS)
def test_every_value_has_words_on_one_line(macro: str, language: str) -> None:
    for value in WORDS[macro]:
        words = str(getattr(_words(language), macro)(str(value)))
        assert words
        assert words == words.strip()
        assert "\n" not in words
        assert bool(JAPANESE.search(words)) is (language == "ja")


@EVERY_LANGUAGE
@pytest.mark.parametrize("macro", NAMES)
def test_no_two_values_have_the_same_name(macro: str, language: str) -> None:
    names = [str(getattr(_words(language), macro)(str(value))) for value in WORDS[macro]]
    assert len(names) == len(set(names))


def test_every_field_of_a_record_has_a_label() -> None:
    assert not set(RECORD_FIELDS) - macros_in("texts/labels.html")
