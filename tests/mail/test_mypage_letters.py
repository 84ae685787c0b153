"""What letters of My Page say, and above all what they do not."""

import re

import pytest

from chalicelib.domain.letters import LetterName
from chalicelib.mail.rendering import LetterWriter
from chalicelib.signing.links import SignedLinks
from tests.mail.letters import ADDRESS_LINK, LANGUAGES, RESET_LINK, posted

EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
MOMENT = {"ja": "2019年09月24日 09時55分50秒", "en": "24 September 2019, 09:55:50 JST"}
WARNINGS = (
    LetterName.PASSWORD_CHANGED,
    LetterName.ADDRESS_CHANGE_ASKED,
    LetterName.DEBIT_ACCOUNT_CHANGED,
    LetterName.NEW_BROWSER,
)


def test_the_key_for_a_new_password_holds_what_the_letter_was_posted_with(
    writer: LetterWriter, links: SignedLinks
) -> None:
    text = writer.words_of(posted(LetterName.PASSWORD_RESET_LINK)).text
    assert links.reset_link(_key_in(text)) == RESET_LINK


def test_the_key_for_a_new_address_holds_what_the_letter_was_posted_with(
    writer: LetterWriter, links: SignedLinks
) -> None:
    text = writer.words_of(posted(LetterName.ADDRESS_LINK)).text
    assert links.address_link(_key_in(text)) == ADDRESS_LINK


def _key_in(text: str) -> str:
    (key,) = re.findall(r"key=(\S+)", text)
    return str(key)


@EVERY_LANGUAGE
@pytest.mark.parametrize("role", ["management", "notification"])
def test_a_stranger_who_is_asked_to_confirm_an_address_learns_nothing(
    writer: LetterWriter, language: str, role: str
) -> None:
    words = writer.words_of(posted(LetterName.ADDRESS_LINK, language, role=role))
    for body in (words.subject, words.text.replace(_key_in(words.text), ""), re.sub(r"key=\S+", "", words.html)):
        assert "CA6288" not in body
        assert "mark-1" not in body


@EVERY_LANGUAGE
def test_what_a_reset_link_is_made_of_is_not_written_out(writer: LetterWriter, language: str) -> None:
    words = writer.words_of(posted(LetterName.PASSWORD_RESET_LINK, language))
    assert "KNCA6288" in words.text
    for body in (words.text.replace(_key_in(words.text), ""), re.sub(r"key=\S+", "", words.html)):
        assert RESET_LINK.address_mark not in body


@EVERY_LANGUAGE
@pytest.mark.parametrize(("which", "told", "untold"), [("payer", "KNCA", "KICA"), ("filer", "KICA", "KNCA")])
def test_a_changed_password_is_told_with_the_id_it_belongs_to(
    writer: LetterWriter, language: str, which: str, told: str, untold: str
) -> None:
    words = writer.words_of(posted(LetterName.PASSWORD_CHANGED, language, which=which))
    for body in (words.text, words.html):
        assert told in body
        assert untold not in body
        assert MOMENT[language] in body


@EVERY_LANGUAGE
@pytest.mark.parametrize("debit_account_id", ["KKAA0001", "KLAA0001"])
@pytest.mark.parametrize("change", ["added", "changed", "removed"])
def test_a_letter_about_a_debit_account_names_it_and_when(
    writer: LetterWriter, language: str, debit_account_id: str, change: str
) -> None:
    facts = {"debit_account_id": debit_account_id, "change": change}
    words = writer.words_of(posted(LetterName.DEBIT_ACCOUNT_CHANGED, language, **facts))
    for body in (words.text, words.html):
        assert debit_account_id in body
        assert MOMENT[language] in body


@EVERY_LANGUAGE
def test_what_happened_to_a_debit_account_is_said_in_six_ways(writer: LetterWriter, language: str) -> None:
    said = {
        writer.words_of(
            posted(LetterName.DEBIT_ACCOUNT_CHANGED, language, debit_account_id=name, change=change)
        ).text.partition("\n")[0]
        for name in ("KKAA0001", "KLAA0001")
        for change in ("added", "changed", "removed")
    }
    assert len(said) == 6
    assert all(said)


@EVERY_LANGUAGE
@pytest.mark.parametrize("name", WARNINGS)
def test_a_warning_says_how_to_shut_a_stranger_out(writer: LetterWriter, name: LetterName, language: str) -> None:
    words = writer.words_of(posted(name, language))
    for body in (words.text, words.html):
        assert "https://portal.example.jp/api/mypage/password-reset" in body
        assert "https://portal.example.jp/api/contact" in body


@EVERY_LANGUAGE
def test_whoever_lost_the_management_address_is_sent_to_people_and_not_to_a_reset_that_cannot_reach_them(
    writer: LetterWriter, language: str
) -> None:
    words = writer.words_of(posted(LetterName.ADDRESS_CHANGED, language, role="management"))
    for body in (words.text, words.html):
        assert "https://portal.example.jp/api/contact" in body
        assert "password-reset" not in body


@EVERY_LANGUAGE
def test_a_new_browser_is_described_as_far_as_it_is_known(writer: LetterWriter, language: str) -> None:
    known = writer.words_of(posted(LetterName.NEW_BROWSER, language))
    for body in (known.text, known.html):
        assert "Firefox, Windows" in body
        assert "203.0.113.…" in body
    unknown = writer.words_of(posted(LetterName.NEW_BROWSER, language, browser="", system="", network=""))
    for body in (unknown.text, unknown.html):
        assert "203.0.113" not in body
