"""The mailbox: every mail that was handed over."""

import re
from typing import Any

from chalice.app import Blueprint, Response

from chalicelib.web.answers import Page
from chalicelib.web.errors import error_page
from chalicelib.web.pages import response_of
from chalicelib.web.requests import read_page_request
from local.dev.answers import ANY_TYPE, READ, as_json, as_mail
from local.dev.world import current_world
from local.mailbox import Mail

mails = Blueprint(__name__)

_NUMBER = re.compile(r"([0-9]{1,9})(\.html)?", re.ASCII)


@mails.route("/dev/mailbox.json", methods=READ, content_types=ANY_TYPE)
def list_mails() -> Response:
    """Every mail, the newest first."""
    return as_json([_told(mail) for mail in current_world().station.mailbox.newest_first()])


def _told(mail: Mail) -> dict[str, Any]:
    return {
        "to": mail.envelope.to,
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "sent_at": mail.envelope.sent_at.isoformat(),
        "letter": mail.envelope.letter,
        "letter_id": mail.envelope.letter_id,
    }


@mails.route("/dev/mailbox", methods=READ, content_types=ANY_TYPE)
def show_mailbox() -> Response:
    """The same for people."""
    return _shown(Page("dev/mailbox.html", {"mails": current_world().station.mailbox.newest_first()}))


@mails.route("/dev/mailbox/{number}", methods=READ, content_types=ANY_TYPE)
def show_mail(number: str) -> Response:
    """One mail: `3` with everything around it, `3.html` alone, as a mail program draws it."""
    found = _NUMBER.fullmatch(number)
    mail = current_world().station.mailbox.numbered(int(found[1])) if found else None
    if not found or mail is None:
        return _shown(error_page(404, "-"))
    return as_mail(mail.html) if found[2] else _shown(Page("dev/mail.html", {"mail": mail}))


def _shown(page: Page) -> Response:
    return response_of(page, read_page_request(mails.current_request, current_world()))
