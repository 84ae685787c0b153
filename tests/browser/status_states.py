"""状況照会: its pages around the application's own, and how a browser comes to see them."""

from tests.browser.application_states import long_reasons
from tests.browser.enquirers import (
    CHECK,
    CORRECTION,
    NOBODYS_NUMBER,
    NUMBER,
    PASSCODE,
    PASSCODE_ENTRY,
    SIGN_IN,
    WITHDRAWAL,
    WRONG,
    asked,
    entered,
    in_correction,
)
from tests.browser.gallery import States
from tests.browser.programs import NEW_VEHICLE, tell
from tests.browser.visitor import Visitor

STATES = States()
_state, _page = STATES.state, STATES.page
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
def status_passcode_refused(visitor: Visitor) -> None:
    status_passcode(visitor)
    visitor.type({"notification_email": "taro@example"})
    assert visitor.press("パスコードを送る").status == 422


@_state
def status_passcode_entry(visitor: Visitor) -> None:
    status_passcode(visitor)
    visitor.type({"notification_email": visitor.email})
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
        assert visitor.send(PASSCODE, application_number=one.number, notification_email=one.email).ok
    to_the_password(visitor, one.number)
    visitor.open(PASSCODE)
    visitor.type({"notification_email": one.email})
    assert visitor.press("パスコードを送る").status == 429


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


@_state
def status_correction_asked_anew(visitor: Visitor) -> None:
    asked(visitor)
    visitor.open(CORRECTION)
    visitor.page.locator("main [name=asked_at]").evaluate("field => { field.value = '2001-01-01T00:00:00+00:00'; }")
    assert visitor.press("確認へ進む").status == 409


@_state
def status_withdrawn_in_another_state(visitor: Visitor) -> None:
    asked(visitor)
    visitor.open(WITHDRAWAL)
    visitor.page.locator("main [name=state]").evaluate("field => { field.value = 'inspection_fee_bulk'; }")
    assert visitor.press("取り下げる").status == 409


@_state
def status_correction_gone(visitor: Visitor) -> None:
    asked(visitor)
    assert visitor.open(f"{CHECK}?form=abc").status == 410


@_state
def status_corrected_in_another_tab(visitor: Visitor) -> None:
    status_correction_check(visitor)
    kept = visitor.page.locator("main [name=form]").input_value()
    typed = {"chassis_number": "AX01-0000003", "user_name": "見本太郎"}
    assert visitor.fill(f"{CORRECTION}?form={kept}", **typed).ok
    assert visitor.press("この内容で送信する").status == 409
