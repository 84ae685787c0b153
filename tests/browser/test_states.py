"""Every page and every error stands the inspection, on a desk and on a phone."""

import pytest

from tests.browser.conftest import Arrive
from tests.browser.inspection import NARROWEST, fits, inspect
from tests.browser.states import STATES
from tests.browser.visitor import Visitor

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
