"""The message as it is handed over: one recipient, two bodies, plain ASCII on the wire."""

import os
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from chalicelib.domain.letters import LetterName
from chalicelib.mail.mime import message_of
from chalicelib.mail.rendering import LetterWords, LetterWriter
from chalicelib.settings import Settings, load_settings
from tests.builders import a_letter
from tests.mail.letters import posted

WORDS = LetterWords("件名", "本文\n2行目\n", "<p>本文</p>\n")
LONG_WORDS = LetterWords("件名" * 60, "長" * 2000, f"<p>{'長' * 2000}</p>")


def parsed(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=SMTP)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def test_a_message_goes_from_the_portal_to_one_reader(settings: Settings) -> None:
    message = parsed(message_of(a_letter(), WORDS, settings))
    assert [address.addr_spec for address in message["To"].addresses] == ["taro@example.jp"]
    assert [address.addr_spec for address in message["From"].addresses] == [settings.mail_from]
    assert message["Subject"] == "件名"
    assert not {"cc", "bcc", "reply-to", "sender"} & {name.lower() for name in message}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_message_says_its_language_and_that_no_person_wrote_it(settings: Settings, language: str) -> None:
    message = parsed(message_of(a_letter(language=language), WORDS, settings))
    assert message["Content-Language"] == language
    assert message["Auto-Submitted"] == "auto-generated"


def test_a_message_is_plain_text_first_and_html_for_those_who_want_it(settings: Settings) -> None:
    message = parsed(message_of(a_letter(), WORDS, settings))
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert isinstance(text, EmailMessage)
    assert isinstance(html, EmailMessage)
    assert [part.get_content_type() for part in (text, html)] == ["text/plain", "text/html"]
    assert text.get_content().splitlines() == ["本文", "2行目"]
    assert html.get_content().strip() == "<p>本文</p>"


@pytest.mark.parametrize("words", [WORDS, LONG_WORDS], ids=["short", "long"])
def test_a_message_is_ascii_in_lines_that_every_server_takes(settings: Settings, words: LetterWords) -> None:
    raw = message_of(a_letter(), words, settings)
    assert raw.isascii()
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize("name", list(LetterName))
def test_every_letter_is_ascii_on_the_wire(settings: Settings, writer: LetterWriter, name: LetterName) -> None:
    letter = posted(name)
    assert message_of(letter, writer.words_of(letter), settings).isascii()


def test_the_portal_s_name_may_be_japanese(settings: Settings) -> None:
    named = load_settings({**os.environ, "SERVICE_SHORT_NAME": "車両窓口"})
    message = parsed(message_of(a_letter(), WORDS, named))
    assert message["From"].addresses[0].display_name == "車両窓口"


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("a..b@docomo.ne.jp", '"a..b"@docomo.ne.jp'),
        ("a.@ezweb.ne.jp", '"a."@ezweb.ne.jp'),
        ('"a..b"@docomo.ne.jp', '"a..b"@docomo.ne.jp'),
        ("taro+1@example.jp", "taro+1@example.jp"),
    ],
)
def test_addresses_of_old_carriers_are_quoted(settings: Settings, address: str, written: str) -> None:
    raw = message_of(a_letter(to=address), WORDS, settings)
    assert f"\r\nTo: {written}\r\n".encode() in raw


@pytest.mark.parametrize(
    "address",
    [
        "taro@example.jp\r\nBcc: jiro@example.jp",
        "taro@example.jp\nBcc: jiro@example.jp",
        "taro@example.jp, jiro@example.jp",
        "taro@example.jp\x00",
        "見本@example.jp",
        "taro",
        "",
    ],
)
def test_an_address_that_is_more_than_one_is_refused(settings: Settings, address: str) -> None:
    with pytest.raises(ValueError, match="header"):
        message_of(a_letter(to=address), WORDS, settings)


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r"])
def test_no_line_break_reaches_a_header(settings: Settings, break_: str) -> None:
    with pytest.raises(ValueError, match=r"linefeed|carriage"):
        message_of(a_letter(), replace(WORDS, subject=f"件名{break_}Bcc: jiro@example.jp"), settings)
    with pytest.raises(ValueError, match=r"linefeed|carriage"):
        message_of(a_letter(language=f"ja{break_}Bcc: jiro@example.jp"), WORDS, settings)
