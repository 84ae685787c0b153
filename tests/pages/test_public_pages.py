"""Pages that need nothing about a person."""

import pytest

from tests.pages.portal import OpenPortal
from tests.pages.visitor import Visitor


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_can_be_reached_from_the_front_page(portal: OpenPortal, visitor: Visitor, language: str) -> None:
    prefix = portal.settings.base_path
    waiting, seen = [f"/?lang={language}"], set[str]()
    while waiting:
        path = waiting.pop()
        seen.add(path.partition("?")[0])
        visitor.get(path)
        assert visitor.page.document.root.get("lang") == language
        leads = {one.attrib["href"].removeprefix(prefix) for one in visitor.page.document.all("a")}
        waiting += [lead for lead in leads - seen if lead.startswith("/") and "?" not in lead and lead not in waiting]
    assert seen >= {"/", "/prepare/screen", "/prepare/bulk", "/registration", "/terms", "/privacy", "/accessibility"}


def test_the_front_page_has_two_doors(visitor: Visitor) -> None:
    visitor.get("/")
    for door in ("/prepare/screen", "/prepare/bulk"):
        assert visitor.page.door(door)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_says_how_to_reach_somebody(portal: OpenPortal, visitor: Visitor, language: str) -> None:
    visitor.get(f"/contact?lang={language}")
    assert portal.settings.contact_phone in visitor.page.text
    hours = portal.settings.contact_hours if language == "ja" else portal.settings.contact_hours_en
    assert hours in visitor.page.text
