"""How pages look to other eyes and on other media."""

import pytest

from tests.browser.conftest import Arrive
from tests.browser.inspection import DESK, HEIGHTS, SCREENSHOTS, fits, inspect
from tests.browser.members import BULK_FILE, HOME, TREASURY, company, enter, somebody
from tests.browser.visitor import Visitor

# https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill
AUTOFILL = {
    "email": "email",
    "email_confirmation": "email",
    "family_name": "family-name",
    "given_name": "given-name",
    "company_name": "organization",
}
KEPT_BY_BROWSERS = {
    "/mypage/login": {"payer_id": "username", "payer_password": "current-password"},
    "/mypage/password": {
        "payer_id": "username",
        "current_password": "current-password",
        "new_password": "new-password",
    },
    "/mypage/password-reset": {"payer_id": "username", "management_email": "email"},
}
_STYLE = "(element, name) => getComputedStyle(element)[name]"


def _background(visitor: Visitor, selector: str) -> str:
    return str(visitor.page.locator(selector).evaluate(_STYLE, "backgroundColor"))


@pytest.mark.parametrize(("link", "pixels"), [("小", "14px"), ("中", "16px"), ("大", "20px")])
def test_letters_have_the_chosen_size_on_every_page(visitor: Visitor, link: str, pixels: str) -> None:
    visitor.open("/")
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("link", name=link, exact=True).click()
    visitor.open("/terms")
    assert visitor.page.locator("html").evaluate(_STYLE, "fontSize") == pixels
    assert visitor.page.locator(".segment[aria-current]").all_inner_texts() == ["日本語", link]


def test_the_language_is_kept_and_marked(visitor: Visitor) -> None:
    visitor.open("/")
    assert visitor.page.locator("html").get_attribute("lang") == "ja"
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("link", name="English").click()
    visitor.register()
    visitor.open("/registration/sent")
    assert visitor.page.locator("html").get_attribute("lang") == "en"
    assert 'lang="en"' in visitor.portal.wait_for_mails(visitor.email)[0]["html"]


def test_browsers_are_told_what_they_can_fill_in(visitor: Visitor) -> None:
    visitor.agree()
    visitor.open("/registration/entry")
    told = {name: visitor.page.locator(f"[name={name}]").get_attribute("autocomplete") for name in AUTOFILL}
    assert told == AUTOFILL
    visitor.open(visitor.register())
    passwords = visitor.page.locator("[type=password]")
    assert {field.get_attribute("autocomplete") for field in passwords.all()} == {"new-password"}


def test_pages_fit_when_everything_is_twice_as_large(arrive: Arrive) -> None:
    visitor = arrive(DESK // 2, device_scale_factor=2)
    visitor.finish()
    paths = ("/", "/registration", "/registration/sent", "/confirmation/done")
    for path in paths:
        visitor.open(path)
        fits(visitor)
        visitor.photograph(SCREENSHOTS / f"twice{path.replace('/', '-')}-{DESK}.png")


def test_the_last_page_prints_the_ids_alone_on_one_sheet(arrive: Arrive) -> None:
    visitor = arrive(is_alone=True)
    visitor.finish()
    visitor.open("/confirmation/done")
    visitor.page.emulate_media(media="print")
    assert visitor.page.locator(".copy-value").count() == 2
    assert all(value.is_visible() for value in visitor.page.locator(".copy-value").all())
    for gone in (".choices", ".footer", ".actions", ".breadcrumb", ".button-small"):
        assert not visitor.page.locator(gone).first.is_visible(), gone
    assert visitor.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
    visitor.photograph(SCREENSHOTS / "printed-done.png")


def test_choices_and_buttons_are_seen_in_forced_colours(arrive: Arrive) -> None:
    visitor = arrive(forced_colors="active")
    visitor.agree()
    visitor.open("/registration/entry")
    visitor.page.check("[name=kind][value=individual]")
    chosen, other = ".card:has([value=individual])", ".card:has([value=corporation])"
    assert _background(visitor, chosen) != _background(visitor, other)
    assert _background(visitor, ".segment[aria-current] >> nth=0") != _background(visitor, ".segment >> nth=1")
    assert visitor.page.locator(".button-primary").evaluate(_STYLE, "borderTopStyle") == "solid"
    visitor.photograph(SCREENSHOTS / f"forced-colours-{DESK}.png")


def test_high_contrast_keeps_every_page_readable(arrive: Arrive) -> None:
    visitor = arrive(contrast="more", reduced_motion="reduce")
    visitor.agree()
    visitor.open("/registration/entry")
    inspect(visitor, "high-contrast")


def test_nothing_needs_more_height_than_a_phone_on_its_side(arrive: Arrive) -> None:
    visitor = arrive(HEIGHTS[360])
    visitor.agree()
    visitor.open("/registration/entry")
    visitor.page.set_viewport_size({"width": 740, "height": 360})
    fits(visitor)
    header = visitor.page.locator(".header").bounding_box()
    assert header
    assert header["height"] < 360 / 3


def test_password_keepers_are_told_what_my_page_asks_for(visitor: Visitor) -> None:
    for path, told in KEPT_BY_BROWSERS.items():
        visitor.open(path)
        assert {name: visitor.page.locator(f"#{name}").get_attribute("autocomplete") for name in told} == told


def test_my_page_fits_when_everything_is_twice_as_large(arrive: Arrive) -> None:
    visitor = arrive(DESK // 2, device_scale_factor=2)
    company(visitor)
    for path in (HOME, TREASURY, f"{TREASURY}/new", BULK_FILE):
        visitor.open(path)
        fits(visitor)


def test_what_is_pointed_at_is_seen_in_forced_colours(arrive: Arrive) -> None:
    visitor = arrive(forced_colors="active")
    enter(visitor, somebody(visitor))
    visitor.open(f"{TREASURY}/new")
    field = visitor.page.get_by_role("combobox", name="金融機関名")
    field.press_sequentially("みず")
    visitor.page.get_by_role("option").first.wait_for()
    field.press("ArrowDown")
    assert _background(visitor, "[role=option][aria-selected=true]") != _background(visitor, "[role=option] >> nth=1")
