"""What `make person` finds of somebody, and what is left when they are forgotten."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from chalicelib.domain.accounts import AddressRole
from chalicelib.domain.application_refusals import ApplicationMoved
from chalicelib.domain.application_states import Event
from chalicelib.domain.applications import Application
from chalicelib.domain.attempts import Door
from chalicelib.domain.debit_accounts import DebitCounts
from chalicelib.domain.drafts import new_draft
from chalicelib.storage.application_rows import WHOLE, ApplicationRow
from chalicelib.storage.digests import address_digest
from chalicelib.storage.tables import TABLES
from chalicelib.storage.work import StoredWork
from infra.person import Concern, forget, rows_about
from infra.tables import noun_of
from tests.application_builders import an_application, happens
from tests.builders import ADDRESS, NEW_ADDRESS, a_debit_account, a_letter, a_pending_address, a_session, a_sign_in
from tests.builders import an_account as account_of
from tests.tables import tables

pytestmark = pytest.mark.house

NOW = datetime(2019, 9, 24, 0, 55, 50, tzinfo=UTC)
PEPPER = "a pepper of these tests, long enough to be one"
NEIGHBOUR = "hanako@example.jp"
OF_MY_PAGE = ("attempts", "debit_accounts", "drafts", "events_seen", "sessions", "sign_ins")


def _store_everything(suffix: str, address: str, waits: str) -> None:
    """Somebody who has used all of My Page, and waits for a link to another address."""
    pending = {AddressRole.MANAGEMENT: a_pending_address(address=waits)}
    with StoredWork(address_digest(PEPPER), f"{suffix:>32}", lambda _: None) as work:
        work.accounts.add(account_of(id_suffix=suffix, management_email=address, pending=pending))
        work.sessions.add(a_session(name=f"{suffix:>32}", id_suffix=suffix))
        work.attempts.reserve(Door.PAYER, suffix)
        work.sign_ins.add(suffix, a_sign_in())
        work.sign_ins.remember_browser(suffix, f"{suffix:>32}", NOW)
        work.submissions.note(f"submission-{suffix}", suffix, "issued", NOW)
        work.drafts.keep(new_draft(f"form-{suffix}", "mypage", NOW, {"kept_for": suffix, "account_number": "1234567"}))
        work.letters.post(a_letter(letter_id=f"letter-{suffix}", to=address))
        work.addresses.count_account(address)
    with StoredWork(address_digest(PEPPER), f"second-{suffix:>25}", lambda _: None) as work:
        work.debit_accounts.add(suffix, a_debit_account(), DebitCounts())


@pytest.fixture(autouse=True)
def two_people() -> Iterator[None]:
    """One is about to take over the other's former address."""
    with tables():
        _store_everything("CA6288", ADDRESS, NEW_ADDRESS)
        _store_everything("DB1024", NEIGHBOUR, ADDRESS)
        yield


def _stored(needle: str) -> set[str]:
    return {noun_of(model) for model in TABLES for row in model.scan() if needle in str(row.attribute_values)}


def test_all_that_my_page_keeps_of_somebody_is_found() -> None:
    found = [(noun_of(type(one.row)), one.concern) for one in rows_about(ADDRESS, PEPPER)]
    own = {noun for noun, concern in found if concern is Concern.OWN}
    assert own >= {"accounts", "address_limits", "letters", *OF_MY_PAGE}
    assert [noun for noun, concern in found if concern is Concern.MENTIONED] == ["accounts"]


def test_nothing_is_left_of_whom_is_forgotten_and_the_neighbour_stays() -> None:
    before = _stored("DB1024")
    said = list(forget(rows_about(ADDRESS, PEPPER)))
    assert not _stored("CA6288")
    assert _stored("DB1024") == before
    assert "left, somebody else mentions it: accounts DB1024" in said
    assert not [line for line in said if ADDRESS in line]


def test_accounts_go_last_because_the_rest_is_found_by_them() -> None:
    said = list(forget(rows_about(ADDRESS, PEPPER)))
    assert [line for line in said if " accounts CA6288" in line] == ["removed: accounts CA6288"]
    assert {line.split(": ")[1].partition(" ")[0] for line in said[-2:]} == {"accounts"}


def _file(application: Application) -> None:
    with StoredWork(address_digest(PEPPER), "filing-of-these-tests-" + application.application_number, _wait) as work:
        work.applications.add(application)


def _wait(_attempt: int) -> None:
    """Nobody is in the way."""


def test_an_application_stays_and_forgets_whose_it_was() -> None:
    _file(application := an_application(filer_suffix="CA6288", payer_suffix="DB1024", notification_email=ADDRESS))
    said = list(forget(rows_about(ADDRESS, PEPPER)))
    number = application.application_number
    assert [line for line in said if number in line] == [
        f"forgotten there, the application stays: applications {number} application"
    ]
    left = ApplicationRow.get(number, WHOLE).attribute_values
    assert not {"notification_email", "filer_suffix"} & left.keys()
    assert left["payer_suffix"] == "DB1024"
    assert not list(ApplicationRow.of_filer.query("CA6288"))


def test_whoever_read_an_application_before_brings_no_address_back() -> None:
    _file(application := an_application(notification_email=ADDRESS))
    list(forget(rows_about(ADDRESS, PEPPER)))
    with (
        pytest.raises(ApplicationMoved),
        StoredWork(address_digest(PEPPER), "a change of somebody who was slower", _wait) as work,
    ):
        work.applications.change(application, happens(application, Event.PAID))


def test_an_application_of_others_is_not_touched() -> None:
    _file(application := an_application(filer_suffix="DB1024", notification_email=NEIGHBOUR))
    before = ApplicationRow.get(application.application_number, WHOLE).attribute_values
    assert not [line for line in forget(rows_about(ADDRESS, PEPPER)) if application.application_number in line]
    assert ApplicationRow.get(application.application_number, WHOLE).attribute_values == before
