"""My Page by hand: what people do on its screens, with scripts and without."""

from playwright.sync_api import expect

from tests.browser.members import LOGIN, Member
from tests.browser.visitor import Visitor


def sign_in(visitor: Visitor, member: Member, password: str | None = None) -> None:
    """Fill in the sign-in and send it. It ends the session that this browser had, so no other test is to use that."""
    visitor.portal.kept.pop(member.payer_id, None)
    if visitor.path != LOGIN:
        visitor.open(LOGIN)
    visitor.type({"payer_id": member.payer_id, "payer_password": password or member.password})
    assert visitor.press("ログイン").ok


def follow(visitor: Visitor, link: str) -> None:
    """Click on a link in the main part, and wait for its page."""
    with visitor.page.expect_navigation():
        visitor.page.locator("#main").get_by_role("link", name=link, exact=True).click()


def look_up(visitor: Visitor, name: str, words: str, code: str) -> None:
    """Find a bank or a branch: while typing, or with the button that searches. `name`: bank or branch."""
    field = visitor.page.locator(f"[name={name}_name]")
    field.fill(words)
    if visitor.has_scripts:
        visitor.page.locator(f"#{name}_name-list").get_by_role("option").filter(has_text=code).click()
    else:
        visitor.press({"bank": "金融機関を探す", "branch": "本支店を探す"}[name])
        offered = visitor.page.locator(f"[type=radio][name={name}_code]")
        if offered.count():
            visitor.page.check(f"[name={name}_code][value='{code}']")
    kept = f"[name={name}_code][type=hidden], [name={name}_code]:checked"
    expect(visitor.page.locator(kept)).to_have_value(code)
