"""Refusals, bad requests and faults as pages."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus

from chalicelib.domain.refusals import MailLimitSpent, Refusal, ResendTooSoon
from chalicelib.web.addresses import path_with
from chalicelib.web.answers import Page
from chalicelib.web.requests import PageRequest

_STATUS_OF_REFUSAL = {
    "link_not_ours": 404,
    "link_expired": 410,
    "link_used": 410,
    "draft_gone": 410,
    "resend_too_soon": 429,
    "ids_exhausted": 503,
    "reset_link_expired": 410,
    "reset_link_dead": 410,
    "address_link_expired": 410,
    "address_link_dead": 410,
    "debit_account_gone": 410,
    "mail_limit_spent": 429,
    "application_unknown": 404,
    "code_not_shown": 410,
    "may_not_approve": 403,
    "numbers_exhausted": 503,
}
_ANOTHER_STATE = 409
PAGES_OF_STATUS = frozenset({400, 403, 404, 405, 410, 413, 415, 429, 500, 503})
_SECRETS = ("password", "csrf_token")
_SOON = {"Retry-After": "5"}
_HOUR_SECONDS = 3600


def refusal_page(refusal: Refusal, request: PageRequest, capability: str) -> Page:
    """The page that says which fact stands in the way, and what to do."""
    return Page(
        f"refusals/{refusal.code}.html",
        {"refusal": refusal, "capability": capability},
        _STATUS_OF_REFUSAL.get(refusal.code, _ANOTHER_STATE),
        here="/" if request.method == "POST" else _address_of(request),
        headers=_retry_after(refusal, request.now),
    )


def _retry_after(refusal: Refusal, now: datetime) -> dict[str, str]:
    """When to come again; mails are counted by the hour of the clock."""
    if isinstance(refusal, ResendTooSoon):
        return {"Retry-After": str(refusal.seconds)}
    if isinstance(refusal, MailLimitSpent):
        return {"Retry-After": str(_HOUR_SECONDS - now.minute * 60 - now.second)}
    return {}


def error_page(status: int, request_id: str) -> Page:
    """The page for an HTTP status that is not about the domain."""
    shown = status if status in PAGES_OF_STATUS else 500
    return Page(f"errors/{shown}.html", {"request_id": request_id}, status, here="/")


def send_again_page(request: PageRequest, status: int, request_id: str) -> Page:
    """A page that kept the form: one button sends it again with a fresh token. Secrets are to be typed anew."""
    headers = _SOON if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    if request.method != "POST":
        again = _address_of(request)
        return Page(
            f"errors/{status}.html", {"request_id": request_id, "again": again}, status, here=again, headers=headers
        )
    return Page(
        f"errors/{status}.html",
        {"request_id": request_id, "kept": _kept(request.form), "send_to": request.path},
        status,
        here="/",
        headers=headers,
    )


def _address_of(request: PageRequest) -> str:
    """Path and key of a GET, for pages that hold no token."""
    query = {"key": request.query["key"]} if "key" in request.query else {}
    return path_with(request.path, **query)


def _kept(form: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in form.items() if not any(secret in name for secret in _SECRETS)}
