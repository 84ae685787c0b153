"""Whose code it is: the receiver has to exist, with that password, and something has to wait for them here."""

import pytest

from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import Purpose
from chalicelib.domain.verdicts import Verdict
from tests.pages.code_steps import NEW_RECEIVER_PASSWORD, issue
from tests.pages.counter_steps import APPROVAL, SCAN, approve, enrol, lay_on_the_shelf, says, scan, ticks
from tests.pages.portal import OpenPortal
from tests.pages.steps import Typed
from tests.pages.visitor import Visitor


def test_a_name_that_exists_cannot_be_enrolled(portal: OpenPortal, visitor: Visitor, officer: Visitor) -> None:
    first, second = (issue(visitor, Purpose.ENROLMENT) for _ in range(2))
    approve(officer, first)
    says(scan(officer, second.text), Verdict.NAME_TAKEN)
    form = officer.page.form(SCAN).values
    fields = {**form, "lookup_key": second.lookup_key, "papers_seen": "yes"}
    assert officer.post(APPROVAL, fields, expect=409).outcome == "scan_moved"


@pytest.mark.parametrize("purpose", [Purpose.AUTHENTICATION, Purpose.PASSWORD_CHANGE])
def test_a_receiver_has_to_exist(visitor: Visitor, officer: Visitor, purpose: Purpose) -> None:
    says(scan(officer, issue(visitor, purpose).text), Verdict.RECEIVER_UNKNOWN)


def test_the_credential_has_to_be_the_receivers(portal: OpenPortal, visitor: Visitor, officer: Visitor) -> None:
    enrol(visitor, officer)
    lay_on_the_shelf(portal)
    wrong = issue(visitor, Purpose.AUTHENTICATION, receiver_password=NEW_RECEIVER_PASSWORD)
    says(scan(officer, wrong.text), Verdict.CREDENTIAL_WRONG)
    says(scan(officer, issue(visitor, Purpose.AUTHENTICATION).text), Verdict.VALID)


@pytest.mark.parametrize("name", ["見本受取", "見本 受取", "見本　受取"])
def test_a_receiver_is_known_however_the_name_is_spaced(
    portal: OpenPortal, visitor: Visitor, officer: Visitor, name: str
) -> None:
    enrol(visitor, officer)
    lay_on_the_shelf(portal)
    says(scan(officer, issue(visitor, Purpose.AUTHENTICATION, receiver_name=name).text), Verdict.VALID)


@pytest.mark.parametrize("other", [{"receiver_name": "見本別人"}, {"office": "TK02"}, {"receiver_name": ""}])
def test_only_what_waits_for_this_receiver_here_is_ready(
    portal: OpenPortal, visitor: Visitor, officer: Visitor, other: Typed
) -> None:
    enrol(visitor, officer)
    lay_on_the_shelf(portal, **other)
    says(scan(officer, issue(visitor, Purpose.AUTHENTICATION).text), Verdict.NOTHING_READY)


@pytest.mark.parametrize("procedure", Procedure)
def test_a_code_is_for_the_applications_of_its_procedure(
    portal: OpenPortal, visitor: Visitor, officer: Visitor, procedure: Procedure
) -> None:
    enrol(visitor, officer)
    laid = {one: lay_on_the_shelf(portal, procedure=one)[0] for one in Procedure}
    page = scan(officer, issue(visitor, Purpose.AUTHENTICATION, procedure=procedure.value).text)
    assert ticks(page) == {laid[procedure].application_number: True}
    for words in (laid[procedure].record.chassis_number, laid[procedure].record.user_name):
        assert words in page.text
