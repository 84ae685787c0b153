"""Lists, page by page: everything once, nothing of others, at the same cost whatever there is."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.program import Program
from tests.api.steps import AT_OFFICES, FILED, a_filing, bulk_payment, file, filed, tell

_CURSOR = "1569286550#19092409555010013"


def _numbers(program: Program, path: str, **asked: Any) -> list[str]:
    """Every number, page by page."""
    numbers: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = program.get(path, **asked, **_from(cursor)).said
        numbers += [line["application_number"] for line in page["applications"]]
        cursor = page["cursor"]
    return numbers


def _from(cursor: str) -> dict[str, Any]:
    return {"cursor": cursor} if cursor else {}


def _file_at_once(filer: Program, number: int, **other: Any) -> list[str]:
    results = file(filer, *(a_filing(**other) for _ in range(number))).said["results"]
    return [one["application_number"] for one in results]


@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_pages_show_each_application_once(filer: Program, office: Program, limit: int) -> None:
    here = _file_at_once(filer, 7)
    there = _file_at_once(filer, 2, office="OS01")
    assert sorted(_numbers(filer, FILED, limit=limit)) == sorted([*here, *there])
    assert sorted(_numbers(office, AT_OFFICES, state="inspection_fee_due", limit=limit)) == sorted(here)


def test_those_that_changed_longest_ago_come_first(filer: Program, office: Program) -> None:
    first, second, third = (_later(filer) for _ in range(3))
    office.portal.clock.move(timedelta(minutes=1))
    tell(office, first, "voided", reasons=[{"text": "要件を満たしていません。"}])
    assert _numbers(filer, FILED, limit=2) == [second, third, first]


def _later(filer: Program) -> str:
    filer.portal.clock.move(timedelta(minutes=1))
    return filed(filer)


def test_a_list_can_begin_at_a_moment(filer: Program, office: Program) -> None:
    _, second = _later(filer), _later(filer)
    for since in ("2019-09-24T00:57:50Z", "2019-09-24T09:57:50+09:00"):
        assert _numbers(filer, FILED, since=since) == [second]
        assert _numbers(office, AT_OFFICES, state="inspection_fee_due", since=since) == [second]
    assert _numbers(filer, FILED, since="2099-01-01T00:00:00Z") == []


def test_a_list_can_be_of_one_state(filer: Program) -> None:
    due, bulk = filed(filer), filed(filer, **bulk_payment(filer))
    assert _numbers(filer, FILED, state="inspection_fee_due", limit=1) == [due]
    assert _numbers(filer, FILED, state="inspection_fee_bulk", limit=1) == [bulk]
    assert _numbers(filer, FILED, state="void") == []


def test_lists_show_nothing_of_others(
    filer: Program, other_filer: Program, other_office: Program, helpdesk: Program
) -> None:
    _file_at_once(filer, 2)
    assert _numbers(other_filer, FILED) == []
    assert _numbers(other_office, AT_OFFICES, state="inspection_fee_due") == []
    assert helpdesk.get(AT_OFFICES, state="inspection_fee_due", expect=403).code == "forbidden_scope"


def test_a_cursor_of_others_shows_nothing_of_theirs(filer: Program, other_filer: Program) -> None:
    _file_at_once(filer, 3)
    cursor = filer.get(FILED, limit=1).said["cursor"]
    assert other_filer.get(FILED, cursor=cursor).said == {"applications": [], "cursor": None}
    assert other_filer.get(FILED, cursor=_CURSOR).said == {"applications": [], "cursor": None}


def test_a_page_costs_two_calls_whatever_there_is(filer: Program, office: Program) -> None:
    _file_at_once(filer, 25)
    for program, path in ((filer, FILED), (office, AT_OFFICES)):
        program.get(path, limit=5, state="inspection_fee_due")
        assert program.portal.lines[-1]["calls"] == 2


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"limit": "0"}, "/limit"),
        ({"limit": "101"}, "/limit"),
        ({"limit": "-1"}, "/limit"),
        ({"limit": "1.5"}, "/limit"),
        ({"limit": "１"}, "/limit"),
        ({"limit": "9" * 400}, "/limit"),
        ({"limit": ""}, "/limit"),
        ({"state": "lost"}, "/state"),
        ({"state": "null"}, "/state"),
        ({"state": ["void", "void"]}, "/state"),
        ({"since": "yesterday"}, "/since"),
        ({"since": "1569286550"}, "/since"),
        ({"since": "2019-09-24T00:57:50"}, "/since"),
        ({"since": "2019-09-24"}, "/since"),
        ({"colour": "red"}, ""),
    ],
)
def test_a_wrong_question_is_refused(filer: Program, asked: dict[str, Any], pointer: str) -> None:
    answered = filer.get(FILED, **asked, expect=400)
    assert (answered.code, answered.pointers) == ("wrong_shape", {pointer: "wrong_shape"})


@pytest.mark.parametrize("cursor", ["", "x", "null", "#", _CURSOR[1:], f"{_CURSOR}0", _CURSOR.replace("#", "/"), "あ"])
def test_a_forged_cursor_is_refused(filer: Program, office: Program, cursor: str) -> None:
    assert filer.get(FILED, cursor=cursor, expect=400).code == "cursor_unknown"
    answered = office.get(AT_OFFICES, state="void", cursor=cursor, expect=400)
    assert (answered.code, answered.pointers) == ("cursor_unknown", {"/cursor": "wrong_shape"})


def test_an_office_says_which_state(office: Program) -> None:
    assert office.get(AT_OFFICES, expect=400).code == "wrong_shape"


def test_moments_at_the_ends_of_time_are_no_trouble(filer: Program) -> None:
    for since in (
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00+09:00",
        "9999-12-31T23:59:59-09:00",
    ):
        filer.get(FILED, since=since)
