"""取り下げ and 補正: only what may be changed, once, and nothing typed is lost."""

from datetime import timedelta

import pytest

from chalicelib.domain.application_moves import rejected
from chalicelib.domain.application_states import State
from chalicelib.domain.procedures import Procedure
from tests.application_builders import APPLICATION_PASSWORD, REFUSED
from tests.pages.portal import OpenPortal
from tests.pages.status_steps import (
    APPLICATION,
    CHASSIS,
    CHECK,
    CORRECTION,
    LOGIN,
    WITHDRAWAL,
    looking_at,
    stored,
)
from tests.pages.steps import Typed
from tests.pages.visitor import Visitor
from tests.pages.words import sentence

NAME = "見本花子"


def _typed(visitor: Visitor, *, expect: int = 200, **typed: str) -> None:
    visitor.get(CORRECTION)
    fields: Typed = {"chassis_number": CHASSIS, "user_name": NAME, **typed}
    visitor.submit(CORRECTION, expect=expect, **fields)


@pytest.mark.parametrize("state", [State.INSPECTION_FEE_BULK, State.INSPECTION_CORRECTION])
def test_withdrawing_asks_first_and_ends_the_application(portal: OpenPortal, visitor: Visitor, state: State) -> None:
    application = looking_at(visitor, state)
    visitor.follow(WITHDRAWAL)
    assert stored(portal, application).state is state
    page = visitor.submit(WITHDRAWAL)
    assert page.path == APPLICATION
    assert "検査申請取り下げ" in page.text
    assert stored(portal, application).state is State.WITHDRAWN
    portal.deliver_letters()
    assert [letter.name for letter in portal.sender.sent] == ["application_changed"]


def test_withdrawing_twice_is_withdrawing_once(portal: OpenPortal, visitor: Visitor) -> None:
    application = looking_at(visitor, State.INSPECTION_FEE_BULK)
    visitor.get(WITHDRAWAL)
    form = visitor.page.form(WITHDRAWAL)
    for _ in range(2):
        assert visitor.post(WITHDRAWAL, form.values).path == APPLICATION
    portal.deliver_letters()
    assert len(portal.sender.sent) == 1
    assert stored(portal, application).version == application.version + 1


def test_what_moved_on_meanwhile_is_not_withdrawn(portal: OpenPortal, visitor: Visitor) -> None:
    application = looking_at(visitor, State.INSPECTION_CORRECTION)
    visitor.get(WITHDRAWAL)
    form = visitor.page.form(WITHDRAWAL)
    with portal.world().begin() as work:
        work.applications.change(application, rejected(application, REFUSED, portal.clock.now))
    assert visitor.post(WITHDRAWAL, form.values, expect=409).outcome == "not_withdrawable"


@pytest.mark.parametrize(
    ("state", "review"),
    [(State.INSPECTION_CORRECTION, State.INSPECTION_REVIEW), (State.TAX_CORRECTION, State.TAX_REVIEW)],
)
def test_a_correction_opens_the_named_fields_alone_and_goes_back_to_review(
    portal: OpenPortal, visitor: Visitor, state: State, review: State
) -> None:
    application = looking_at(visitor, state, procedure=Procedure.NEW_VEHICLE)
    page = visitor.follow(CORRECTION)
    shown = page.form(CORRECTION).names - {"csrf_token", "signed_in_as", "form", "asked_at"}
    assert shown == set(application.fields_to_correct) == {"chassis_number", "user_name"}
    for reason in application.notices[-1].reasons:
        assert reason.text in page.text
    assert page.form(CORRECTION).values["chassis_number"] == application.record.chassis_number
    page = visitor.submit(CORRECTION, chassis_number="ｂｘ０２－０００００２", user_name=NAME)
    assert page.path.startswith(CHECK)
    for text in (application.record.chassis_number, "BX02-000002", NAME):
        assert text in page.text
    assert visitor.submit(CHECK).path == APPLICATION
    after = stored(portal, application)
    assert after.state is review
    assert (after.record.chassis_number, after.record.user_name) == ("BX02-000002", NAME)
    assert after.history[-1].fields == ("chassis_number", "user_name")


@pytest.mark.parametrize(
    ("name", "typed", "code", "params"),
    [
        ("chassis_number", "", "required", {}),
        ("chassis_number", "AX01_1", "not_a_code", {"character": "_"}),
        ("user_name", "𠮷田", "not_on_certificate", {"character": "𠮷", "extended": "never"}),
        ("user_name", "﨑田", "not_on_certificate", {"character": "﨑", "extended": "never"}),
    ],
)
def test_a_wrong_value_is_named_and_stays(
    portal: OpenPortal, visitor: Visitor, name: str, typed: str, code: str, params: dict[str, str]
) -> None:
    application = looking_at(visitor, State.INSPECTION_CORRECTION)
    _typed(visitor, expect=422, **{name: typed})
    assert visitor.page.wrong_fields == [name]
    assert sentence(name, code, **params) in visitor.page.problem(name)  # type: ignore[arg-type]
    assert visitor.page.form(CORRECTION).values[name] == typed
    assert stored(portal, application) == application


def test_what_is_to_be_changed_again_is_still_there(visitor: Visitor) -> None:
    looking_at(visitor, State.INSPECTION_CORRECTION)
    _typed(visitor)
    page = visitor.follow(CORRECTION)
    assert page.form(CORRECTION).values["chassis_number"] == CHASSIS
    visitor.submit(CORRECTION, chassis_number="CX03-3")
    assert "CX03-3" in visitor.page.text


def test_a_correction_sent_twice_is_made_once(portal: OpenPortal, visitor: Visitor) -> None:
    application = looking_at(visitor, State.INSPECTION_CORRECTION)
    _typed(visitor)
    form = visitor.page.form(CHECK)
    for _ in range(2):
        assert visitor.post(CHECK, form.values).path == APPLICATION
    assert stored(portal, application).version == application.version + 1


def test_a_field_that_nobody_asked_about_stays_as_it_is(portal: OpenPortal, visitor: Visitor) -> None:
    application = looking_at(visitor, State.INSPECTION_CORRECTION)
    visitor.get(CORRECTION)
    form = visitor.page.form(CORRECTION)
    visitor.post(CORRECTION, {**form.values, "chassis_number": CHASSIS, "applicant_name": "別人"})
    visitor.submit(CHECK)
    assert stored(portal, application).record.applicant_name == application.record.applicant_name


def test_a_correction_survives_the_end_of_the_enquiry(portal: OpenPortal, visitor: Visitor) -> None:
    looking_at(visitor, State.INSPECTION_CORRECTION)
    visitor.get(CORRECTION)
    portal.clock.now += timedelta(minutes=31)
    page = visitor.submit(CORRECTION, chassis_number=CHASSIS)
    assert page.path == LOGIN
    page = visitor.submit(LOGIN, application_password=APPLICATION_PASSWORD)
    assert page.path.startswith(CORRECTION)
    assert page.form(CORRECTION).values["chassis_number"] == CHASSIS
    visitor.submit(CORRECTION)
    assert visitor.submit(CHECK).path == APPLICATION


def test_what_moved_on_meanwhile_is_not_corrected(portal: OpenPortal, visitor: Visitor) -> None:
    application = looking_at(visitor, State.INSPECTION_CORRECTION)
    _typed(visitor)
    with portal.world().begin() as work:
        work.applications.change(application, rejected(application, REFUSED, portal.clock.now))
    assert visitor.submit(CHECK, expect=409).outcome == "not_correctable"
    assert stored(portal, application).state is State.REJECTED
