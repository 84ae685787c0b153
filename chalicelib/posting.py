"""The way out for letters, wired apart from the rest: it loads MIME and SES, which only the mailer needs."""

from chalicelib.mail.post import SesPost
from chalicelib.mail.rendering import LetterWriter
from chalicelib.ports import LetterSender, LinkSigner
from chalicelib.settings import Settings


def ses_post(settings: Settings, links: LinkSigner) -> LetterSender:
    """Letters written from templates and handed to SES."""
    return SesPost(settings, LetterWriter(settings, links))
