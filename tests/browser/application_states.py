"""The page of an application in every state, and how a browser comes to see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from playwright.sync_api import expect

from tests.browser.enquirers import APPLICATION, Filed, enter, entered, in_correction
from tests.browser.gallery import States
from tests.browser.programs import CONTINUATION, JAPAN, NEW_VEHICLE, WAYS, look, tell
from tests.browser.visitor import Visitor

STATES = States()
_state = STATES.state
_LONGEST_NAME = "株式会社見本自動車販売整備リース" * 6
_LONGEST_CODE = "AX01-ABCDEFGHIJ-0123456789-ABCDEFGHIJ-01"
LONG = {
    "applicant_name": _LONGEST_NAME,
    "user_name": _LONGEST_NAME,
    "recording_agent_number": _LONGEST_CODE,
    "recording_agent_name": _LONGEST_NAME,
    "receiver_name": _LONGEST_NAME,
    "chassis_number": _LONGEST_CODE,
}
LONG_WORDS = "使用者の氏名が証明書類と異なります。https://www.example.jp/" + "a" * 120 + "　" + "ご確認ください。" * 38


@contextmanager
def _overdue(visitor: Visitor, one: Filed) -> Iterator[None]:
    """Within, the day by which the applicant had to act is over, and the job that ends such applications is to come."""
    end = datetime.fromisoformat(f"{look(visitor.portal, one.number)['due_on']}T00:00:00+09:00") + timedelta(days=1)
    seconds = int((end - datetime.now(end.tzinfo)).total_seconds())
    letters = len(visitor.portal.mails_to(one.email))
    with visitor.portal.later(f"{seconds - 1200}s"):
        # The job ran, as the reminder shows, and will not run again within an hour.
        visitor.portal.wait_for_mails(one.email, letters + 1)
        visitor.portal.advance("1500s")
        enter(visitor, one)
        yield


@_state
def application_overdue_payment(visitor: Visitor) -> None:
    one = entered(visitor)
    with _overdue(visitor, one):
        visitor.open(APPLICATION)
        expect(visitor.page.get_by_role("heading", name="期限が過ぎました").first).to_be_visible()


@_state
def application_overdue_correction(visitor: Visitor) -> None:
    one = in_correction(visitor, due_on=(datetime.now(JAPAN).date() + timedelta(days=1)).isoformat())
    with _overdue(visitor, one):
        visitor.open(APPLICATION)
        expect(visitor.page.get_by_role("link", name="申請を補正する")).to_have_count(0)


def _register(procedure: str, state: str) -> None:
    def reach(visitor: Visitor) -> None:
        entered(visitor, procedure, state)
        assert visitor.open(APPLICATION).ok

    STATES[f"application-{procedure}-{state}".replace("_", "-")] = reach


for _procedure, _ways in WAYS.items():
    for _name in _ways:
        _register(_procedure, _name)


@_state
def english_application_due(visitor: Visitor) -> None:
    entered(visitor)
    visitor.open(f"{APPLICATION}?lang=en")


@_state
def english_application_bulk(visitor: Visitor) -> None:
    entered(visitor, NEW_VEHICLE, "inspection_fee_bulk")
    visitor.open(f"{APPLICATION}?lang=en")


@_state
def english_application_tax_correction(visitor: Visitor) -> None:
    entered(visitor, NEW_VEHICLE, "tax_correction")
    visitor.open(f"{APPLICATION}?lang=en")


@_state
def english_application_not_accepted(visitor: Visitor) -> None:
    entered(visitor, CONTINUATION, "not_accepted")
    visitor.open(f"{APPLICATION}?lang=en")


@_state
def english_application_returned(visitor: Visitor) -> None:
    entered(visitor, CONTINUATION, "returned")
    visitor.open(f"{APPLICATION}?lang=en")


@_state
def application_with_everything_long(visitor: Visitor) -> None:
    entered(visitor, CONTINUATION, "inspection_review", **LONG)
    visitor.open(APPLICATION)


@_state
def application_with_many_notices(visitor: Visitor) -> None:
    one = in_correction(visitor, reasons=long_reasons()[:4])
    for position in range(3):
        tell(visitor.portal, one.number, "notice_given", text=f"{position + 1}回目のお知らせです。{LONG_WORDS}"[:500])
    visitor.open(APPLICATION)


def long_reasons() -> list[dict[str, str]]:
    """What an office writes at its longest, about every field of the record."""
    named = (*LONG, "plate_number", "insurance_reference", "compliance_reference")
    return [{"field": name, "text": LONG_WORDS[:500]} for name in named]
