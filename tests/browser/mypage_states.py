"""Pages of My Page around the sign-in and the passwords, and how a browser comes to see them."""

from tests.browser.gallery import States
from tests.browser.members import (
    BULK_FILE,
    HOME,
    LOGIN,
    company,
    enter,
    expired,
    newcomer,
    reset_path,
    set_password_by_link,
    somebody,
    veteran,
)
from tests.browser.visitor import Visitor

STATES = States()
_state, _page = STATES.state, STATES.page
CHANGE, RESET, FILER = "/mypage/password", "/mypage/password-reset", "/mypage/filer-password"
_NOBODY = "KNZZ9999"
_SHORT = {"new_password": "short", "new_password_confirmation": "other"}

_page("login", LOGIN)
_page("english-login", f"{LOGIN}?lang=en")
_page("signed-out", "/mypage/signed-out")
_page("password", CHANGE)
_page("password-changed", f"{CHANGE}/changed")
_page("reset", RESET)
_page("reset-sent", f"{RESET}/sent")
_page("address-confirmed", "/mypage/address/confirmed")
_page("mypage-link-not-ours", f"{RESET}/new?key=abc", 404)


@_state
def login_empty(visitor: Visitor) -> None:
    visitor.open(LOGIN)
    assert visitor.press("ログイン").status == 422


@_state
def login_wrong(visitor: Visitor) -> None:
    visitor.open(LOGIN)
    visitor.type({"payer_id": _NOBODY, "payer_password": "whatever it was, it is wrong"})
    assert visitor.press("ログイン").status == 422


@_state
def login_after_the_end(visitor: Visitor) -> None:
    enter(visitor, somebody(visitor))
    with visitor.portal.later("31m"):
        visitor.open(HOME)
    assert visitor.path == LOGIN


@_state
def login_with_a_kept_form(visitor: Visitor) -> None:
    enter(visitor, somebody(visitor))
    visitor.open("/mypage/profile")
    with visitor.portal.later("31m"):
        visitor.press("次へ")
    assert visitor.path == LOGIN


@_state
def password_empty(visitor: Visitor) -> None:
    visitor.open(CHANGE)
    assert visitor.press("変更").status == 422


@_state
def english_password_refused(visitor: Visitor) -> None:
    visitor.open(f"{CHANGE}?lang=en")
    visitor.type({"payer_id": "鶴", "current_password": "x" * 200, **_SHORT})
    assert visitor.go_on().status == 422


@_state
def password_expired(visitor: Visitor) -> None:
    member = expired(visitor)
    visitor.open(LOGIN)
    visitor.type({"payer_id": member.payer_id, "payer_password": member.password})
    visitor.press("ログイン")
    assert visitor.path == CHANGE


@_state
def reset_refused(visitor: Visitor) -> None:
    visitor.open(RESET)
    visitor.type({"payer_id": "KN", "management_email": "taro@example"})
    assert visitor.press("送信").status == 422


def _example_link(visitor: Visitor, name: str) -> str:
    found = next(one["url"] for one in visitor.portal.examples["links"] if one["link"] == name)
    return str(found.removeprefix(visitor.portal.address))


@_state
def reset_link(visitor: Visitor) -> None:
    assert visitor.open(_example_link(visitor, "password_reset")).ok


@_state
def reset_link_refused(visitor: Visitor) -> None:
    visitor.open(_example_link(visitor, "password_reset"))
    visitor.type(_SHORT)
    assert visitor.press("変更").status == 422


@_state
def reset_link_expired(visitor: Visitor) -> None:
    with visitor.portal.later("30m"):
        assert visitor.open(_example_link(visitor, "password_reset")).status == 410


@_state
def reset_link_dead(visitor: Visitor) -> None:
    member = newcomer(visitor)
    path = reset_path(visitor, member)
    set_password_by_link(visitor, member, member.password)
    assert visitor.open(path).status == 410


@_state
def home_of_somebody_new(visitor: Visitor) -> None:
    enter(visitor, somebody(visitor))
    assert visitor.open(HOME).ok


@_state
def home(visitor: Visitor) -> None:
    company(visitor)
    assert visitor.open(HOME).ok


@_state
def english_home(visitor: Visitor) -> None:
    veteran(visitor)
    assert visitor.open(f"{HOME}?lang=en").ok


@_state
def home_before_the_password_expires(visitor: Visitor) -> None:
    member = newcomer(visitor)
    with visitor.portal.later("55d"):
        enter(visitor, member)
        visitor.open(HOME)


@_state
def sign_ins(visitor: Visitor) -> None:
    veteran(visitor)
    visitor.open("/mypage/sign-ins")
    results = set(visitor.page.locator("tbody .chip").all_inner_texts())
    assert len(results) == 4


@_state
def bulk_file_none(visitor: Visitor) -> None:
    enter(visitor, somebody(visitor))
    visitor.open(BULK_FILE)


@_state
def bulk_file(visitor: Visitor) -> None:
    company(visitor)
    visitor.open(BULK_FILE)


@_state
def filer_password(visitor: Visitor) -> None:
    enter(visitor, somebody(visitor))
    visitor.open(FILER)


@_state
def filer_password_refused(visitor: Visitor) -> None:
    enter(visitor, somebody(visitor))
    visitor.open(FILER)
    visitor.type({"filer_password": "short", "filer_password_confirmation": "other"})
    assert visitor.press("変更").status == 422


@_state
def filer_password_changed(visitor: Visitor) -> None:
    enter(visitor, somebody(visitor))
    visitor.open(f"{FILER}/changed")
