"""利用者情報変更 and the links to new addresses, and how a browser comes to see them."""

from tests.browser.gallery import States
from tests.browser.members import DEAD, WAITING, company, enter, owner_of_many, somebody
from tests.browser.visitor import Visitor

STATES = States()
_state = STATES.state
PROFILE = "/mypage/profile"
_OTHER_VERSION = "field => { field.value = '999'; }"


def _open(visitor: Visitor) -> None:
    enter(visitor, somebody(visitor))
    visitor.open(PROFILE)


@_state
def profile_individual(visitor: Visitor) -> None:
    _open(visitor)


@_state
def profile_corporation(visitor: Visitor) -> None:
    company(visitor)
    visitor.open(PROFILE)


@_state
def profile_refused(visitor: Visitor) -> None:
    _open(visitor)
    visitor.type({"family_kana": "鶴", "given_kana": "", "family_name": "見本😀", "management_email": "taro@example"})
    assert visitor.press("次へ").status == 422


@_state
def profile_conflict(visitor: Visitor) -> None:
    _open(visitor)
    visitor.type({"family_name": "鶴"})
    visitor.page.locator("main [name=version]").evaluate(_OTHER_VERSION)
    assert visitor.press("次へ").status == 409


@_state
def profile_check_unchanged(visitor: Visitor) -> None:
    _open(visitor)
    visitor.press("次へ")
    assert visitor.path == f"{PROFILE}/check"


@_state
def profile_check(visitor: Visitor) -> None:
    _open(visitor)
    visitor.type({"family_name": "鶴", "family_kana": "つる"})
    visitor.press("次へ")


@_state
def profile_check_of_addresses(visitor: Visitor) -> None:
    _open(visitor)
    visitor.type({"management_email": "new@example.jp", "notification_email": "notice@example.jp"})
    visitor.press("次へ")


@_state
def english_profile_check(visitor: Visitor) -> None:
    profile_check_of_addresses(visitor)
    visitor.page.get_by_role("link", name="English").click()
    visitor.page.locator("html[lang=en]").wait_for()


@_state
def profile_done(visitor: Visitor) -> None:
    company(visitor)
    visitor.open(PROFILE)
    visitor.type({"notification_email": WAITING})
    visitor.press("次へ")
    visitor.press("登録")
    assert visitor.path == f"{PROFILE}/done"


def _address_link(visitor: Visitor) -> str:
    found = next(one["url"] for one in visitor.portal.examples["links"] if one["link"] == "address")
    return str(found.removeprefix(visitor.portal.address))


@_state
def address_link(visitor: Visitor) -> None:
    assert visitor.open(_address_link(visitor)).ok


@_state
def address_link_refused(visitor: Visitor) -> None:
    visitor.open(_address_link(visitor))
    assert visitor.press("変更").status == 422


@_state
def address_link_expired(visitor: Visitor) -> None:
    with visitor.portal.later("24h"):
        assert visitor.open(_address_link(visitor)).status == 410


@_state
def address_link_dead(visitor: Visitor) -> None:
    company(visitor)
    assert visitor.open(visitor.portal.mailed_path(DEAD)).status == 410


@_state
def another_account(visitor: Visitor) -> None:
    _open(visitor)
    enter(visitor, owner_of_many(visitor))
    assert visitor.press("次へ").status == 409
