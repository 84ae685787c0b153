"""状況照会: the pages of every application in every state, and how a browser comes to see them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from playwright.sync_api import expect

from tests.browser.enquirers import (
    APPLICATION,
    CHECK,
    CORRECTION,
    NOBODYS_NUMBER,
    NUMBER,
    PASSCODE,
    PASSCODE_ENTRY,
    SIGN_IN,
    WITHDRAWAL,
    WRONG,
    Filed,
    asked,
    enter,
    entered,
    in_correction,
)
from tests.browser.gallery import States
from tests.browser.programs import CONTINUATION, NEW_VEHICLE, WAYS, look, tell
from tests.browser.visitor import Visitor

STATES = States()
_state, _page = STATES.state, STATES.page
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

_page("status-number", NUMBER)
_page("english-status-number", f"{NUMBER}?lang=en")
_page("status-signed-out", "/status/signed-out")
_page("status-states", "/status/states")
_page("english-status-states", "/status/states?lang=en")


@_state
def status_number_empty(visitor: Visitor) -> None:
    visitor.open(NUMBER)
    assert visitor.press("次へ").status == 422


@_state
def status_number_wrong(visitor: Visitor) -> None:
    visitor.open(NUMBER)
    visitor.type({"application_number": "２６１１ １８１０ ５０００ １０４５０"})
    assert visitor.press("次へ").status == 422


@_state
def status_number_of_an_old_window(visitor: Visitor) -> None:
    visitor.open(NUMBER)
    visitor.type({"application_number": NOBODYS_NUMBER})
    visitor.page.context.clear_cookies(name="visitor")
    assert visitor.press("次へ").status == 409


def to_the_password(visitor: Visitor, number: str = NOBODYS_NUMBER) -> None:
    """By way of the number."""
    visitor.open(NUMBER)
    visitor.type({"application_number": number})
    visitor.press("次へ")
    assert visitor.path == SIGN_IN


@_state
def status_login(visitor: Visitor) -> None:
    to_the_password(visitor)


@_state
def status_login_wrong(visitor: Visitor) -> None:
    to_the_password(visitor)
    visitor.type({"application_password": WRONG})
    assert visitor.press("ログイン").status == 422


@_state
def english_status_login_wrong(visitor: Visitor) -> None:
    to_the_password(visitor)
    visitor.open(f"{SIGN_IN}?lang=en")
    visitor.type({"application_password": WRONG})
    assert visitor.go_on().status == 422


@_state
def status_login_with_a_kept_form(visitor: Visitor) -> None:
    asked(visitor)
    visitor.open(CORRECTION)
    with visitor.portal.later("31m"):
        visitor.press("確認へ進む")
    assert visitor.path == SIGN_IN


@_state
def status_passcode(visitor: Visitor) -> None:
    to_the_password(visitor)
    visitor.open(PASSCODE)


@_state
def status_passcode_entry(visitor: Visitor) -> None:
    status_passcode(visitor)
    visitor.press("パスコードを送る")
    assert visitor.path == PASSCODE_ENTRY


@_state
def status_passcode_wrong(visitor: Visitor) -> None:
    status_passcode_entry(visitor)
    visitor.type({"passcode": "0123"})
    assert visitor.press("ログイン").status == 422


@_state
def english_status_passcode_wrong(visitor: Visitor) -> None:
    to_the_password(visitor)
    visitor.open(f"{PASSCODE_ENTRY}?lang=en")
    assert visitor.go_on().status == 422


@_state
def status_passcodes_spent(visitor: Visitor) -> None:
    one = entered(visitor)
    for _ in range(5):
        assert visitor.send(PASSCODE, application_number=one.number).ok
    to_the_password(visitor, one.number)
    visitor.open(PASSCODE)
    assert visitor.press("パスコードを送る").status == 429


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
    one = in_correction(visitor, reasons=long_reasons())
    for position in range(6):
        tell(visitor.portal, one.number, "notice_given", text=f"{position + 1}回目のお知らせです。{LONG_WORDS}"[:500])
    visitor.open(APPLICATION)


def long_reasons() -> list[dict[str, str]]:
    """What an office writes at its longest, about every field of the record."""
    named = (*LONG, "plate_number", "insurance_reference", "compliance_reference")
    return [{"field": name, "text": LONG_WORDS[:500]} for name in named]


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
    one = in_correction(visitor)
    with _overdue(visitor, one):
        visitor.open(APPLICATION)
        expect(visitor.page.get_by_role("link", name="申請を補正する")).to_have_count(0)


@_state
def status_withdrawal(visitor: Visitor) -> None:
    asked(visitor)
    visitor.open(WITHDRAWAL)


@_state
def status_not_withdrawable(visitor: Visitor) -> None:
    entered(visitor)
    assert visitor.open(WITHDRAWAL).status == 409


@_state
def status_correction(visitor: Visitor) -> None:
    asked(visitor)
    visitor.open(CORRECTION)


@_state
def status_correction_of_everything(visitor: Visitor) -> None:
    in_correction(visitor, reasons=long_reasons())
    visitor.open(CORRECTION)


@_state
def status_correction_refused(visitor: Visitor) -> None:
    in_correction(visitor, reasons=long_reasons())
    visitor.open(CORRECTION)
    visitor.type({"plate_number": "品川", "chassis_number": "鶴", "applicant_name": "", "user_name": "見本😀"})
    assert visitor.press("確認へ進む").status == 422


@_state
def english_status_correction_refused(visitor: Visitor) -> None:
    entered(visitor, NEW_VEHICLE, "tax_correction")
    visitor.open(f"{CORRECTION}?lang=en")
    visitor.type({"chassis_number": "鶴", "user_name": "𠮷田"})
    assert visitor.go_on().status == 422


@_state
def status_correction_check(visitor: Visitor) -> None:
    asked(visitor)
    visitor.open(CORRECTION)
    visitor.type({"chassis_number": "ax01-0000002"})
    visitor.press("確認へ進む")
    assert visitor.path == CHECK


@_state
def english_status_correction_check(visitor: Visitor) -> None:
    status_correction_check(visitor)
    visitor.page.get_by_role("link", name="English").click()
    visitor.page.locator("html[lang=en]").wait_for()


@_state
def status_not_correctable(visitor: Visitor) -> None:
    one = in_correction(visitor)
    visitor.open(CORRECTION)
    tell(visitor.portal, one.number, "rejected")
    assert visitor.press("確認へ進む").status == 409


@_state
def status_corrected_elsewhere(visitor: Visitor) -> None:
    one = in_correction(visitor)
    visitor.open(CORRECTION)
    visitor.press("確認へ進む")
    tell(visitor.portal, one.number, "rejected")
    assert visitor.press("この内容で送信する").status == 409


@_state
def status_another_application(visitor: Visitor) -> None:
    asked(visitor)
    visitor.open(CORRECTION)
    entered(visitor)
    assert visitor.press("確認へ進む").status == 409
