import pytest

from chalicelib.domain.refusals import Refusal
from chalicelib.web import errors
from chalicelib.web.answers import Page
from chalicelib.web.errors import PAGES_OF_STATUS, error_page
from tests.declarations import refusal_codes
from tests.sources import TEMPLATES


def test_statuses_are_given_to_refusals_that_exist() -> None:
    assert set(errors._STATUS_OF_REFUSAL) <= set(refusal_codes())
    assert set(errors._STATUS_OF_REFUSAL.values()) <= {403, 404, 409, 410, 429, 503}
    assert Refusal.__subclasses__()


@pytest.mark.parametrize("status", sorted(PAGES_OF_STATUS))
def test_every_status_has_a_page(status: int) -> None:
    page = error_page(status, "request-1")
    assert isinstance(page, Page)
    assert page.status == status
    assert (TEMPLATES / page.template).is_file()


def test_a_status_without_a_page_keeps_its_number() -> None:
    page = error_page(418, "-")
    assert (page.status, page.template) == (418, "errors/500.html")
