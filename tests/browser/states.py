"""Every page and every error on the way to an account, and how a browser comes to see it."""

from tests.browser.gallery import States
from tests.browser.visitor import CORPORATION, PASSWORDS, Visitor

STATES = States()
LARGER_THAN_ALLOWED = 300_000
_state, _page = STATES.state, STATES.page

_page("front", "/")
_page("prepare-screen", "/prepare/screen")
_page("prepare-bulk", "/prepare/bulk")
_page("terms-of-use", "/terms")
_page("privacy", "/privacy")
_page("accessibility", "/accessibility")
_page("contact", "/contact")
_page("components", "/dev/components")
_page("terms", "/registration")
_page("terms-resumed", "/registration?kept=1")
_page("no-such-page", "/no-such-page", 404)
_page("link-not-ours", "/confirmation?key=abc", 404)
_page("wrong-method", "/registration/resend", 405)
_page("draft-gone", "/registration/check", 410)
_page("done-elsewhere", "/confirmation/done", 410)
_page("english-front", "/?lang=en")
_page("english-terms", "/registration?lang=en")


@_state
def terms_refused(visitor: Visitor) -> None:
    visitor.open("/registration")
    assert visitor.press("開始").status == 422


@_state
def entry(visitor: Visitor) -> None:
    visitor.agree()
    visitor.open("/registration/entry")


@_state
def entry_empty(visitor: Visitor) -> None:
    entry(visitor)
    assert visitor.press("次へ").status == 422


@_state
def entry_individual_refused(visitor: Visitor) -> None:
    entry(visitor)
    visitor.type({"email": "taro@example.jp", "email_confirmation": "taro@example", "kind": "individual"})
    visitor.type({"family_kana": "ケイジ", "given_kana": "タ郎", "family_name": "見本😀", "given_name": "太" * 200})
    assert visitor.press("次へ").status == 422


@_state
def entry_corporation_refused(visitor: Visitor) -> None:
    entry(visitor)
    visitor.type({**visitor.addresses, **CORPORATION, "company_kana": "見本", "representative_name": ""})
    assert visitor.press("次へ").status == 422


@_state
def english_entry_refused(visitor: Visitor) -> None:
    visitor.agree()
    visitor.open("/registration/entry?lang=en")
    visitor.page.check("[name=kind][value=corporation]")
    assert visitor.go_on().status == 422


@_state
def resend_waits(visitor: Visitor) -> None:
    visitor.register()
    visitor.open("/registration/sent")


@_state
def resend_ready(visitor: Visitor) -> None:
    visitor.register()
    with visitor.portal.later("61s"):
        visitor.open("/registration/sent")


@_state
def resend_accepted(visitor: Visitor) -> None:
    visitor.register()
    with visitor.portal.later("61s"):
        visitor.open("/registration/sent")
        assert visitor.press("メールを再送する").ok
    assert len(visitor.portal.wait_for_mails(visitor.email, 2)) == 2


@_state
def resend_too_soon(visitor: Visitor) -> None:
    visitor.register()
    visitor.open("/registration/sent")
    # At once: a moment later the countdown would put the button to sleep again.
    with visitor.page.expect_navigation() as led:
        visitor.page.locator("[data-countdown] button").evaluate(
            "button => { button.disabled = false; button.click(); }"
        )
    assert led.value.status == 429


@_state
def sent_bounced(visitor: Visitor) -> None:
    visitor.register()
    visitor.portal.tell_fate(visitor.email, "bounce")
    visitor.open("/registration/sent")


@_state
def sent_complained(visitor: Visitor) -> None:
    visitor.register()
    visitor.portal.tell_fate(visitor.email, "complaint")
    visitor.open("/registration/sent")


@_state
def sent_completed(visitor: Visitor) -> None:
    visitor.finish()
    visitor.open("/registration/sent")


@_state
def link_refused(visitor: Visitor) -> None:
    visitor.open(visitor.register())
    assert visitor.press("次へ").status == 422


@_state
def link_refused_in_detail(visitor: Visitor) -> None:
    visitor.open(visitor.register("corporation"))
    visitor.type({**PASSWORDS, "payer_password": "short", "filer_password": "passwordpassword"})
    visitor.type({"filer_password_confirmation": "passwordpassword", "notification_email": "a@example.jp"})
    assert visitor.press("次へ").status == 422


@_state
def english_link(visitor: Visitor) -> None:
    visitor.open(f"{visitor.register()}&lang=en")


@_state
def english_done(visitor: Visitor) -> None:
    visitor.finish()
    visitor.open("/confirmation/done?lang=en")


@_state
def link_expired(visitor: Visitor) -> None:
    path = visitor.register()
    with visitor.portal.later("24h"):
        assert visitor.open(path).status == 410


@_state
def link_used(visitor: Visitor) -> None:
    visitor.finish()
    assert visitor.open(visitor.portal.mailed_path(visitor.email)).status == 410


@_state
def changed_elsewhere(visitor: Visitor) -> None:
    visitor.enter()
    visitor.open("/registration/check")
    visitor.send("/registration/entry", **visitor.addresses, **CORPORATION)
    assert visitor.press("登録").status == 409


@_state
def token_lost(visitor: Visitor) -> None:
    entry(visitor)
    visitor.type(visitor.addresses)
    visitor.page.context.clear_cookies(name="visitor")
    assert visitor.press("次へ").status == 403


@_state
def too_large(visitor: Visitor) -> None:
    entry(visitor)
    visitor.type({"email": "a" * LARGER_THAN_ALLOWED})
    assert visitor.press("次へ").status == 413


@_state
def not_a_form(visitor: Visitor) -> None:
    entry(visitor)
    visitor.page.locator("main form").first.evaluate("form => { form.enctype = 'text/plain'; }")
    assert visitor.press("次へ").status == 415


@_state
def unreadable(visitor: Visitor) -> None:
    entry(visitor)
    visitor.page.locator("#email").evaluate("field => { field.name = 'NOT A NAME'; }")
    assert visitor.press("次へ").status == 400
