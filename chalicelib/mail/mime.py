"""A letter as a MIME message."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from chalicelib.domain.addresses import as_header_address
from chalicelib.domain.letters import Letter
from chalicelib.mail.rendering import LetterWords
from chalicelib.settings import Settings
from chalicelib.texts.portal import portal_words


def message_of(letter: Letter, words: LetterWords, settings: Settings) -> bytes:
    """The message to hand over: one recipient, plain text and HTML, both marked with their language.

    The library refuses CR and LF in any header (ValueError).
    """
    sender = portal_words(settings, letter.language).service_short_name
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(sender, addr_spec=settings.mail_from)
    message["To"] = as_header_address(letter.to)
    message["Subject"] = words.subject
    message["Content-Language"] = letter.language
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(words.text)
    message.add_alternative(words.html, subtype="html")
    return message.as_bytes()
