"""What an operator does with `make office-keys`."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.api_keys import HELPDESK, Scope
from chalicelib.domain.application_numbers import grouped
from chalicelib.domain.attempts import WRONG_IN_A_ROW, Door
from chalicelib.domain.refusals import AttemptsSpent
from chalicelib.storage.api_keys import ApiKeyRow
from infra.office_keys import all_keys, issue, main, revoke, unlock
from infra.operators import NotDone
from tests.application_builders import an_application
from tests.tables import begin_on_tables, tables

pytestmark = pytest.mark.house

NOW = datetime(2023, 10, 23, 1, 2, 3, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
READS = frozenset({Scope.READ})
SECRET = re.compile(r"^key: ([A-Za-z0-9_-]{32})$", re.MULTILINE)
ISSUE = ("issue", "--office", "TK01", "--scope", "applications:read", "applications:write")

begin = begin_on_tables()


@pytest.fixture(autouse=True)
def store() -> Iterator[None]:
    """The tables, empty."""
    with tables():
        yield


@pytest.fixture
def locked_number() -> str:
    """Of an application whose password was tried wrongly five times."""
    application = an_application()
    with begin() as work:
        work.applications.add(application)
    for _ in range(WRONG_IN_A_ROW):
        _try(application.application_number)
    return application.application_number


def _try(number: str) -> None:
    with begin() as work:
        work.attempts.reserve(Door.APPLICATION, number)


def test_an_issued_key_is_found_by_its_secret_and_allows_what_was_asked_for() -> None:
    secret, key = issue("TK01", READS, NOW)
    with begin() as work:
        found = work.api_keys.find(secret)
    assert found is not None
    assert (found.key_id, found.office, found.scopes, found.created_at) == (key.key_id, "TK01", READS, NOW)
    assert not found.is_revoked


def test_a_key_is_never_stored_nor_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ISSUE) == 0
    shown = SECRET.search(capsys.readouterr().out)
    assert shown
    assert main(["list"]) == 0
    assert shown[1] not in capsys.readouterr().out
    assert not [row for row in ApiKeyRow.scan() if shown[1] in str(row.attribute_values)]


def test_keys_differ_also_for_the_same_office() -> None:
    issued = [issue("TK01", READS, NOW) for _ in range(20)]
    assert len({secret for secret, _ in issued}) == len({key.key_id for _, key in issued}) == len(issued)


def test_all_keys_are_listed_the_oldest_first() -> None:
    _, second = issue(HELPDESK, READS, LATER)
    _, first = issue("SP01", READS, NOW)
    assert [key.key_id for key in all_keys()] == [first.key_id, second.key_id]


def test_a_revoked_key_opens_nothing_and_the_others_still_do() -> None:
    (secret, key), (other_secret, _) = issue("TK01", READS, NOW), issue("TK01", READS, NOW)
    assert revoke(key.key_id, LATER).revoked_at == LATER
    with begin() as work:
        found, other = work.api_keys.find(secret), work.api_keys.find(other_secret)
    assert found
    assert found.is_revoked
    assert other
    assert not other.is_revoked


def test_revoking_again_keeps_the_first_moment() -> None:
    _, key = issue("TK01", READS, NOW)
    revoke(key.key_id, NOW)
    assert revoke(key.key_id, LATER).revoked_at == NOW
    assert [one.revoked_at for one in all_keys()] == [NOW]


def test_revoking_a_key_that_is_not_there_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["revoke", "tk01-00000000"]) == 1
    assert "there is no key tk01-00000000" in capsys.readouterr().err


def test_an_office_that_does_not_exist_gets_no_key(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["issue", "--office", "XX99", "--scope", "applications:read"])
    assert "XX99" in capsys.readouterr().err
    assert not list(all_keys())


def test_unlocking_lets_the_password_be_tried_again(locked_number: str) -> None:
    with pytest.raises(AttemptsSpent):
        _try(locked_number)
    assert unlock(locked_number) == locked_number
    _try(locked_number)


def test_a_number_may_be_typed_as_it_is_written(locked_number: str) -> None:
    assert main(["unlock", *grouped(locked_number).split()]) == 0
    assert unlock(grouped(locked_number)) == locked_number


def test_a_number_with_a_wrong_digit_unlocks_nothing(locked_number: str) -> None:
    wrong = f"{(int(locked_number[0]) + 1) % 10}{locked_number[1:]}"
    with pytest.raises(NotDone, match="no application number"):
        unlock(wrong)


def test_a_number_of_no_application_unlocks_nothing() -> None:
    with pytest.raises(NotDone, match="there is no application"):
        unlock(an_application().application_number)
