"""承認: an examiner looks at the papers of an enrolment or a new password, and which passwords count from then on."""

from itertools import permutations

import pytest

from chalicelib.domain.audit import Deed
from chalicelib.domain.officers import Role
from chalicelib.domain.qr_codes import Purpose
from chalicelib.domain.verdicts import Verdict
from tests.code_builders import OFFICE, OFFICER_ID, a_receiver
from tests.pages.code_steps import NEW_RECEIVER_PASSWORD, RECEIVER, RECEIVER_PASSWORD, issue, stored_code
from tests.pages.counter_steps import (
    APPROVAL,
    COUNTER,
    SCAN,
    approve,
    at_the_counter,
    deeds,
    elsewhere,
    enrol,
    hand_over,
    lay_on_the_shelf,
    says,
    scan,
)
from tests.pages.portal import OpenPortal
from tests.pages.status_steps import stored
from tests.pages.visitor import Visitor

CODES = {
    "enrolment": (Purpose.ENROLMENT, RECEIVER_PASSWORD),
    "old": (Purpose.AUTHENTICATION, RECEIVER_PASSWORD),
    "change": (Purpose.PASSWORD_CHANGE, NEW_RECEIVER_PASSWORD),
    "new": (Purpose.AUTHENTICATION, NEW_RECEIVER_PASSWORD),
}


def _expected(name: str, done: set[str]) -> Verdict:
    """What a code is worth, given what was approved before."""
    if name == "enrolment":
        return Verdict.VALID
    if "enrolment" not in done:
        return Verdict.RECEIVER_UNKNOWN
    if name == "change":
        return Verdict.VALID
    return Verdict.VALID if (name == "new") is ("change" in done) else Verdict.CREDENTIAL_WRONG


@pytest.mark.parametrize("order", list(permutations(CODES)), ids="-".join)
def test_old_and_new_password_count_when_they_should(
    portal: OpenPortal, visitor: Visitor, officer: Visitor, order: tuple[str, ...]
) -> None:
    lay_on_the_shelf(portal)
    codes = {name: issue(visitor, CODES[name][0], receiver_password=CODES[name][1]) for name in order}
    done: set[str] = set()
    for name in order:
        expected = _expected(name, done)
        says(scan(officer, codes[name].text), expected)
        if expected is Verdict.VALID and name in {"enrolment", "change"}:
            officer.submit(APPROVAL, papers_seen="yes")
            done.add(name)


def test_a_code_issued_for_the_old_password_dies_with_it(
    portal: OpenPortal, visitor: Visitor, officer: Visitor
) -> None:
    enrol(visitor, officer)
    (application,) = lay_on_the_shelf(portal)
    old = issue(visitor, Purpose.AUTHENTICATION)
    says(scan(officer, old.text), Verdict.VALID)
    tab = officer.another_tab()
    tab.get(COUNTER)
    approve(tab, issue(visitor, Purpose.PASSWORD_CHANGE, receiver_password=NEW_RECEIVER_PASSWORD))
    assert hand_over(officer, expect=409).outcome == "scan_moved"
    assert stored(portal, application) == application


def test_an_examiner_approves_an_enrolment(portal: OpenPortal, visitor: Visitor, officer: Visitor) -> None:
    held = issue(visitor, Purpose.ENROLMENT)
    page = scan(officer, held.text)
    assert "行政書士証票のコピー" in page.text
    page = officer.submit(APPROVAL, papers_seen="yes")
    assert page.outcome == "enrolment"
    assert "登録しました" in page.heading
    assert RECEIVER in page.text
    redemption = stored_code(portal, held.lookup_key).redemption
    assert redemption is not None
    assert (redemption.at, redemption.office, redemption.officer_id) == (portal.clock.now, OFFICE, OFFICER_ID)
    assert (deeds(portal)[-1].deed, deeds(portal)[-1].about) == (Deed.ENROLLED, held.lookup_key)


def test_an_examiner_approves_a_new_password(portal: OpenPortal, visitor: Visitor, officer: Visitor) -> None:
    with portal.world().begin() as work:
        work.receivers.add(a_receiver(name="見本　受取"))
    held = issue(visitor, Purpose.PASSWORD_CHANGE)
    page = scan(officer, held.text)
    assert "登録されている受取者名 見本 受取" in page.text
    page = officer.submit(APPROVAL, papers_seen="yes")
    assert page.outcome == "password_change"
    assert "変更しました" in page.heading
    with portal.world().begin() as work:
        receiver = work.receivers.find(RECEIVER)
    assert receiver is not None
    assert (receiver.name, receiver.version) == ("見本　受取", 2)
    assert receiver.credential == stored_code(portal, held.lookup_key).credential
    assert (deeds(portal)[-1].deed, deeds(portal)[-1].about) == (Deed.PASSWORD_CHANGED, held.lookup_key)


def test_approving_twice_is_approving_once(portal: OpenPortal, visitor: Visitor, officer: Visitor) -> None:
    scan(officer, issue(visitor, Purpose.ENROLMENT).text)
    fields = {**officer.page.form(APPROVAL).values, "papers_seen": "yes"}
    for _ in range(2):
        assert "登録しました" in officer.post(APPROVAL, fields).heading
    assert [one.deed for one in deeds(portal)].count(Deed.ENROLLED) == 1
    assert len(portal.store.rows.receivers) == 1


@pytest.mark.parametrize("purpose", [Purpose.ENROLMENT, Purpose.PASSWORD_CHANGE])
def test_papers_that_were_not_seen_are_asked_for(
    portal: OpenPortal, visitor: Visitor, officer: Visitor, purpose: Purpose
) -> None:
    if purpose is Purpose.PASSWORD_CHANGE:
        enrol(visitor, officer)
    held = issue(visitor, purpose)
    scan(officer, held.text)
    page = officer.submit(APPROVAL, expect=422)
    assert page.wrong_fields == ["papers_seen"]
    assert stored_code(portal, held.lookup_key).redemption is None
    officer.submit(APPROVAL, papers_seen="yes")


@pytest.mark.parametrize("papers_seen", ["yes", None])
def test_a_clerk_looks_but_does_not_approve(portal: OpenPortal, visitor: Visitor, papers_seen: str | None) -> None:
    held = issue(visitor, Purpose.ENROLMENT)
    clerk = at_the_counter(portal, Role.CLERK)
    page = scan(clerk, held.text)
    says(page, Verdict.VALID)
    assert APPROVAL not in page.body
    assert "承認できるのは、審査担当だけです" in page.text
    fields = {**page.form(SCAN).values, "lookup_key": held.lookup_key}
    fields |= {"papers_seen": papers_seen} if papers_seen else {}
    assert clerk.post(APPROVAL, fields, expect=403).outcome == "may_not_approve"
    assert not portal.store.rows.receivers


@pytest.mark.parametrize("papers_seen", ["yes", None])
def test_a_code_that_was_used_meanwhile_is_not_approved(
    portal: OpenPortal, visitor: Visitor, officer: Visitor, papers_seen: str | None
) -> None:
    held = issue(visitor, Purpose.ENROLMENT)
    scan(officer, held.text)
    approve(elsewhere(portal), held)
    assert officer.submit(APPROVAL, papers_seen=papers_seen, expect=409).outcome == "scan_moved"


@pytest.mark.parametrize("purpose", [Purpose.AUTHENTICATION, None])
@pytest.mark.parametrize("papers_seen", ["yes", None])
def test_only_enrolments_and_new_passwords_are_approved(
    portal: OpenPortal, visitor: Visitor, officer: Visitor, purpose: Purpose | None, papers_seen: str | None
) -> None:
    enrol(visitor, officer)
    lay_on_the_shelf(portal)
    key = issue(visitor, purpose).lookup_key if purpose else "見本"
    officer.get(COUNTER)
    fields = {**officer.page.form(SCAN).values, "lookup_key": key}
    fields |= {"papers_seen": papers_seen} if papers_seen else {}
    assert officer.post(APPROVAL, fields, expect=409).outcome == "scan_moved"
