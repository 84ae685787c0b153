"""Every page and every error stands the inspection, on a desk and on a phone."""

import pytest

from tests.browser import (
    application_states,
    code_states,
    counter_states,
    debit_states,
    mypage_states,
    profile_states,
    states,
    status_states,
    verdict_states,
)
from tests.browser.conftest import Arrive
from tests.browser.inspection import NARROWEST, fits, inspect
from tests.browser.members import BULK_FILE, HOME, LOGIN, TREASURY, company
from tests.browser.visitor import Visitor

STATES = {
    **application_states.STATES,
    **states.STATES,
    **mypage_states.STATES,
    **profile_states.STATES,
    **debit_states.STATES,
    **status_states.STATES,
    **code_states.STATES,
    **counter_states.STATES,
    **verdict_states.STATES,
}

MAIN = ("/", "/registration", "/registration/entry", "/registration/check", "/registration/sent", "/confirmation/done")


@pytest.mark.parametrize("name", list(STATES))
def test_every_state_is_accessible_and_fits(visitor: Visitor, name: str) -> None:
    STATES[name](visitor)
    inspect(visitor, name)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_large_letters_fit_the_narrowest_window(arrive: Arrive, language: str) -> None:
    visitor = arrive(NARROWEST)
    visitor.finish()
    for path in (*MAIN, visitor.portal.mailed_path(visitor.email)):
        visitor.open(f"{path}{'&' if '?' in path else '?'}size=large&lang={language}")
        fits(visitor)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_large_letters_fit_my_page_in_the_narrowest_window(arrive: Arrive, language: str) -> None:
    visitor = arrive(NARROWEST)
    visitor.open(f"{LOGIN}?size=large&lang={language}")
    fits(visitor)
    company(visitor)
    for path in (
        HOME,
        TREASURY,
        f"{TREASURY}/new",
        f"{TREASURY}/KKAA0001",
        BULK_FILE,
        "/mypage/profile",
        "/mypage/sign-ins",
    ):
        visitor.open(path)
        fits(visitor)
