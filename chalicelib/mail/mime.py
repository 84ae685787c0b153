"""A letter as a MIME message."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from chalicelib.domain.addresses import as_header_address
from chalicelib.domain.letters import Letter
from chalicelib.mail.rendering import LetterWords
from chalicelib.settings import Settings
from chalicelib.texts.portal import portal_words

# Amazon SES asks for 7 bits (API reference, RawMessage); short lines of Japanese would go out as 8 bits otherwise.
_SEVEN_BITS = SMTP.clone(cte_type="7bit")


def message_of(letter: Letter, words: LetterWords, settings: Settings) -> bytes:
    """The message to hand over: one recipient, plain text and HTML, both marked with their language.

    The library refuses CR and LF in any header (ValueError).
    """
    sender = portal_words(settings, letter.language).service_short_name
    message = EmailMessage(policy=_SEVEN_BITS)
    message["From"] = Address(sender, addr_spec=settings.mail_from)
    message["To"] = as_header_address(letter.to)
    message["Subject"] = words.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(words.text)
    message.add_alternative(words.html, subtype="html")
    message["Content-Language"] = letter.language  # after the content, whose setting clears all Content- headers
    return message.as_bytes()
