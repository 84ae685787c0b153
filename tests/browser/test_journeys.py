"""The whole way, from the terms to the two IDs, for everybody and in every window."""

import re
from collections.abc import Callable

import pytest

from tests.browser.conftest import Arrive
from tests.browser.inspection import DESK, PHONE, fits, inspect
from tests.browser.visitor import KINDS, PASSWORDS, Visitor

ID = re.compile(r"K[NI][A-Z]{2}[0-9]{4}")
# What the check page shows of what was typed: kana and letters as they will be stored.
SHOWN = {
    "individual": ("ミホン タロウ", "見本 太郎"),
    "corporation": ("ミホンウンソウ", "見本運送ＡＢＣ", "見本　花子"),
}
Look = Callable[[Visitor, str], None]


def _look(kind: str, width: int, *, has_scripts: bool) -> Look:
    """Each page of each kind is inspected once for each width, with scripts or without; else a quick look will do."""
    if (kind == "individual") != has_scripts:
        return lambda visitor, _: _glance(visitor)
    mode = "scripts" if has_scripts else "plain"
    return lambda visitor, name: inspect(visitor, f"{name}-{kind}-{mode}", (width,))


def _glance(visitor: Visitor) -> None:
    with visitor.measuring():
        fits(visitor)


def _walk_to_the_mail(visitor: Visitor, kind: str, look: Look) -> None:
    visitor.open("/registration")
    visitor.page.get_by_label("同意する").check()
    visitor.press("開始")
    visitor.type({**visitor.addresses, **KINDS[kind]})
    look(visitor, "entry-filled")
    visitor.press("次へ")
    for text in (visitor.email, *SHOWN[kind]):
        assert visitor.page.get_by_text(text, exact=True).is_visible()
    look(visitor, "check")
    visitor.press("登録")
    assert visitor.path == "/registration/sent"
    look(visitor, "sent")


def _walk_to_the_ids(visitor: Visitor, look: Look) -> None:
    visitor.open(visitor.portal.mailed_path(visitor.email))
    visitor.type(PASSWORDS)
    look(visitor, "link-filled")
    visitor.press("次へ")
    assert visitor.page.get_by_text("設定有").count() == 2
    look(visitor, "link-check")
    visitor.press("登録")
    assert visitor.path == "/confirmation/done"
    look(visitor, "done")


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "plain"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_everybody_gets_from_the_terms_to_the_two_ids(arrive: Arrive, kind: str, has_scripts: bool, width: int) -> None:  # noqa: FBT001 - a parameter
    visitor = arrive(width, has_scripts=has_scripts)
    look = _look(kind, width, has_scripts=has_scripts)
    _walk_to_the_mail(visitor, kind, look)
    _walk_to_the_ids(visitor, look)
    payer_id, filer_id = ID.findall(visitor.page.locator("main").inner_text())[:2]
    assert (payer_id[:2], filer_id[:2]) == ("KN", "KI")
    assert payer_id[2:] == filer_id[2:]
    newest = visitor.portal.wait_for_mails(visitor.email, 2)[0]
    assert payer_id in newest["text"]
    assert filer_id in newest["text"]


def test_the_front_page_leads_to_the_terms(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.page.get_by_role("link", name="利用者IDを発行する").click()
    visitor.page.wait_for_url("**/registration")
    assert visitor.page.get_by_label("同意する").is_visible()
