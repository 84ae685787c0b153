"""What letters say: facts of ours, links from a setting, and nothing that a stranger typed."""

import re

import pytest
from jinja2 import UndefinedError

from chalicelib.domain.letters import LetterName
from chalicelib.mail.rendering import LetterWriter
from chalicelib.settings import Settings
from chalicelib.signing.links import SignedLinks
from tests.builders import a_letter
from tests.mail.letters import FACTS, LANGUAGES, posted

OTHERS = {
    "role": "notification",
    "which": "filer",
    "change": "removed",
    "epoch": "2",
    "application_number": "21122310500023040",
    "procedure": "new_vehicle",
    "state": "tax_correction",
    "event": "withdrawn",
    "due_on": "",
    "amount": "",
    "reasons": "bulk_file_expired,document_reference_unreadable",
    "reasons_count": "2",
    "days_left": "0",
}
KEYS = {
    LetterName.REGISTRATION_LINK: "/confirmation?key=",
    LetterName.PASSWORD_RESET_LINK: "/mypage/password-reset/new?key=",
    LetterName.ADDRESS_LINK: "/mypage/address?key=",
}
EVERY_LETTER = pytest.mark.parametrize("name", list(LetterName))
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
MOMENT = {"ja": "2019年09月24日 09時55分50秒", "en": "24 September 2019, 09:55:50 JST"}
END = {"ja": "2019年09月25日 09時55分50秒", "en": "25 September 2019, 09:55:50 JST"}
HALF_AN_HOUR_LATER = {"ja": "2019年09月24日 10時25分50秒", "en": "24 September 2019, 10:25:50 JST"}
JAPANESE = re.compile("[ぁ-ヿ一-鿿]")


def _another(fact: str) -> str:
    return "2031-01-01T00:00:00+00:00" if fact.endswith("_at") else OTHERS.get(fact, "other")


def test_there_is_a_letter_of_every_name() -> None:
    assert set(FACTS) == set(LetterName)


@EVERY_LETTER
@EVERY_LANGUAGE
def test_every_letter_can_be_written_in_every_language(writer: LetterWriter, name: LetterName, language: str) -> None:
    words = writer.words_of(posted(name, language))
    assert words.subject
    assert words.text.strip()
    assert f'<html lang="{language}">' in words.html


@EVERY_LETTER
def test_a_letter_in_english_is_in_english(writer: LetterWriter, name: LetterName) -> None:
    words = writer.words_of(posted(name, "en"))
    assert not JAPANESE.search(words.subject + words.text + words.html)


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        (LetterName.REGISTRATION_LINK, "利用者ID本登録ご案内"),
        (LetterName.REGISTRATION_COMPLETED, "利用者ID本登録完了通知"),
        (LetterName.ADDRESS_FULL, "利用者IDの発行について"),
        (LetterName.PASSWORD_RESET_LINK, "パスワード初期化のご案内"),
        (LetterName.PASSWORD_CHANGED, "パスワード変更のお知らせ"),
        (LetterName.ADDRESS_LINK, "メールアドレス確認のお願い"),
        (LetterName.ADDRESS_CHANGE_ASKED, "メールアドレス変更受付のお知らせ"),
        (LetterName.ADDRESS_CHANGED, "メールアドレス変更のお知らせ"),
        (LetterName.DEBIT_ACCOUNT_CHANGED, "ダイレクト納付口座のお知らせ"),
        (LetterName.NEW_BROWSER, "新しいブラウザでのログインのお知らせ"),
        (LetterName.APPLICATION_FILED, "申請の受付についてのお知らせ"),
        (LetterName.APPLICATION_CHANGED, "申請状況のお知らせ"),
        (LetterName.APPLICATION_REMINDER, "手続の期限のお知らせ"),
        (LetterName.APPLICATION_PASSCODE, "状況照会のパスコードのお知らせ"),
    ],
)
def test_a_subject_names_the_service_and_the_matter(
    writer: LetterWriter, settings: Settings, name: LetterName, subject: str
) -> None:
    assert writer.words_of(posted(name)).subject == f"【{settings.service_short_name}】{subject}"


@EVERY_LETTER
@EVERY_LANGUAGE
def test_a_subject_is_one_line_and_the_same_whatever_the_facts(
    writer: LetterWriter, name: LetterName, language: str
) -> None:
    others = {fact: _another(fact) for fact in FACTS[name]}
    subjects = {writer.words_of(posted(name, language, **facts)).subject for facts in ({}, others)}
    (subject,) = subjects
    assert subject.isprintable()


@EVERY_LANGUAGE
def test_the_link_leads_to_the_portal_with_a_key_of_ours(
    writer: LetterWriter, links: SignedLinks, language: str
) -> None:
    words = writer.words_of(posted(LetterName.REGISTRATION_LINK, language))
    link = f"https://portal.example.jp/api/confirmation?key={links.confirmation_key('registration-1')}"
    assert link in words.text.splitlines()
    assert f'href="{link}"' in words.html
    assert links.registration_id(link.partition("key=")[2]) == "registration-1"


@EVERY_LANGUAGE
@pytest.mark.parametrize("name", KEYS)
def test_a_link_stands_alone_in_its_line_and_is_the_only_key(
    writer: LetterWriter, name: LetterName, language: str
) -> None:
    words = writer.words_of(posted(name, language))
    (line,) = (line for line in words.text.splitlines() if "key=" in line)
    assert line.startswith(f"https://portal.example.jp/api{KEYS[name]}")
    assert f'href="{line}"' in words.html
    assert words.html.count("key=") == 2


@EVERY_LANGUAGE
@pytest.mark.parametrize(
    ("name", "end"),
    [
        (LetterName.REGISTRATION_LINK, END),
        (LetterName.ADDRESS_LINK, END),
        (LetterName.PASSWORD_RESET_LINK, HALF_AN_HOUR_LATER),
    ],
)
def test_a_link_comes_with_when_it_was_asked_for_and_until_when_it_works(
    writer: LetterWriter, name: LetterName, end: dict[str, str], language: str
) -> None:
    words = writer.words_of(posted(name, language))
    for body in (words.text, words.html):
        assert MOMENT[language] in body
        assert end[language] in body


@EVERY_LANGUAGE
@pytest.mark.parametrize("name", [name for name in LetterName if name not in KEYS])
def test_no_other_letter_holds_a_link_that_opens_anything(
    writer: LetterWriter, name: LetterName, language: str
) -> None:
    words = writer.words_of(posted(name, language))
    for body in (words.text, words.html):
        assert "key=" not in body
        assert "/confirmation" not in body
        assert "registration-1" not in body


@EVERY_LANGUAGE
def test_a_completed_registration_tells_both_ids_and_when(writer: LetterWriter, language: str) -> None:
    words = writer.words_of(posted(LetterName.REGISTRATION_COMPLETED, language))
    for body in (words.text, words.html):
        assert "KNCA6288" in body
        assert "KICA6288" in body
        assert MOMENT[language] in body
        assert "https://portal.example.jp/api/mypage/login" in body


@EVERY_LETTER
@EVERY_LANGUAGE
def test_every_letter_says_where_to_ask(
    writer: LetterWriter, settings: Settings, name: LetterName, language: str
) -> None:
    words = writer.words_of(posted(name, language))
    for body in (words.text, words.html):
        assert settings.contact_phone in body
        assert (settings.service_name_en if language == "en" else settings.service_name) in body


@EVERY_LETTER
def test_every_address_in_a_letter_is_of_the_portal(writer: LetterWriter, name: LetterName) -> None:
    words = writer.words_of(posted(name))
    addresses = re.findall(r"https?://[^\s\"<>]+", words.text + words.html)
    assert addresses
    assert all(address.startswith("https://portal.example.jp/api/") for address in addresses)


@EVERY_LETTER
def test_no_letter_loads_anything_from_anywhere(writer: LetterWriter, name: LetterName) -> None:
    assert not re.search(r"<(img|script|link|iframe|style)|src=|url\(", writer.words_of(posted(name)).html)


def test_facts_are_never_markup(writer: LetterWriter) -> None:
    words = writer.words_of(posted(LetterName.REGISTRATION_COMPLETED, payer_id="<b>&"))
    assert "&lt;b&gt;&amp;" in words.html
    assert "<b>&" in words.text


@EVERY_LETTER
@EVERY_LANGUAGE
def test_a_letter_without_its_facts_cannot_be_written(writer: LetterWriter, name: LetterName, language: str) -> None:
    with pytest.raises(UndefinedError):
        writer.words_of(a_letter(name=name, language=language, facts={}))


@EVERY_LETTER
def test_a_text_has_no_gaps_and_no_spaces_at_the_ends_of_lines(writer: LetterWriter, name: LetterName) -> None:
    for facts in ({}, {fact: _another(fact) for fact in FACTS[name]}):
        text = writer.words_of(posted(name, **facts)).text
        assert "\n\n\n" not in text
        assert not re.search(r"[ \t]$", text, re.MULTILINE)
        assert "\n\n----" in text
