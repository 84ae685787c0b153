"""What offices tell: each event moves the application once, in its turn, for those whose it is."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.procedures import Procedure
from tests.api.program import Program
from tests.api.steps import (
    AT_OFFICES,
    ask_correction,
    filed,
    look,
    pass_review,
    pay,
    payment_of,
    tell,
    under_review,
)
from tests.builders import ADDRESS

_REASONS = [{"text": "申請の内容が要件を満たしていません。"}]
# An event of each kind, and the states of a continuation in which it is in order.
_EVENTS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "review_passed": ({}, {"inspection_review"}),
    "ready": ({}, set()),
    "handed_over": ({}, set()),
    "rejected": ({"reasons": _REASONS}, {"inspection_review", "inspection_correction"}),
    "voided": ({"reasons": _REASONS}, {"inspection_fee_due", "inspection_review"}),
    "correction_asked": (
        {"reasons": [{"field": "user_name", "text": "確かめてください。"}], "due_on": "2019-10-10"},
        {"inspection_review"},
    ),
    "payment_reported": (
        {"kind": "inspection_fee", "amount": 1_500, "paid_on": "2019-09-24"},
        {"inspection_fee_due"},
    ),
    "documents_obtained": (
        {"attachments": ["insurance"]},
        {"inspection_fee_due", "inspection_review", "inspection_correction"},
    ),
    "notice_given": ({"text": "お知らせです。"}, {"inspection_fee_due", "inspection_review", "inspection_correction"}),
}


def _led_to(state: str, filer: Program, office: Program) -> str:
    if state == "inspection_fee_due":
        return filed(filer)
    number = under_review(filer, office)
    if state == "inspection_correction":
        ask_correction(office, number, "user_name")
    if state == "rejected":
        tell(office, number, "rejected", reasons=_REASONS)
    return number


@pytest.mark.parametrize("state", ["inspection_fee_due", "inspection_review", "inspection_correction", "rejected"])
@pytest.mark.parametrize("kind", _EVENTS)
def test_an_event_out_of_its_turn_is_refused_with_the_state(
    filer: Program, office: Program, kind: str, state: str
) -> None:
    number = _led_to(state, filer, office)
    facts, in_order = _EVENTS[kind]
    before = look(office, number).said
    answered = tell(office, number, kind, **facts, expect=200 if state in in_order else 409)
    if state not in in_order:
        assert (answered.code, answered.said["state"]) == ("event_out_of_order", state)
        assert look(office, number).said == before


def test_an_event_costs_three_calls(filer: Program, office: Program) -> None:
    number = filed(filer, notification_email=ADDRESS)
    payment = payment_of(office, number)
    office.post(f"{AT_OFFICES}/{number}/events", {"type": "payment_reported", "event_id": "e1", **payment}, key="")
    assert office.portal.lines[-1]["calls"] == 3


def test_the_same_event_again_changes_nothing(filer: Program, office: Program) -> None:
    number = filed(filer, notification_email=ADDRESS)
    payment = payment_of(office, number)
    answers = [tell(office, number, "payment_reported", event_id="bank:1", **payment).said for _ in range(3)]
    assert answers == [{"event_id": "bank:1", "application_number": number, "state": "weight_tax_due"}] * 3
    assert len(look(office, number).said["history"]) == 2
    office.portal.deliver_letters()
    assert len(office.portal.sender.sent) == 2


def test_it_is_answered_as_it_was_then_whatever_happened_since(filer: Program, office: Program) -> None:
    number = filed(filer)
    payment = payment_of(office, number)
    first = tell(office, number, "payment_reported", event_id="bank:1", **payment).said
    pay(office, number)
    assert tell(office, number, "payment_reported", event_id="bank:1", **payment).said == first


def test_an_event_that_may_repeat_is_told_apart_by_its_id(filer: Program, office: Program) -> None:
    number = filed(filer)
    for event_id in ("n1", "n1", "n2"):
        tell(office, number, "notice_given", event_id=event_id, text="お知らせです。")
    assert len(look(office, number).said["notices"]) == 2


def test_another_event_under_the_same_id_is_refused(filer: Program, office: Program) -> None:
    number, other = filed(filer), filed(filer)
    tell(office, number, "notice_given", event_id="n1", text="お知らせです。")
    tellings = [(number, "notice_given", "別のお知らせです。"), (other, "notice_given", "お知らせです。")]
    for whose, kind, text in tellings:
        answered = tell(office, whose, kind, event_id="n1", text=text, expect=422)
        assert answered.code == "key_reused"
    assert tell(office, number, "voided", event_id="n1", reasons=_REASONS, expect=422).code == "key_reused"
    assert look(office, number).said["state"] == "inspection_fee_due"


def test_offices_may_use_the_same_ids(filer: Program, office: Program, other_office: Program) -> None:
    here, there = filed(filer), filed(filer, office="OS01")
    tell(office, here, "notice_given", event_id="n1", text="お知らせです。")
    tell(other_office, there, "notice_given", event_id="n1", text="別のお知らせです。")


def test_an_office_knows_no_application_of_another(filer: Program, office: Program, other_office: Program) -> None:
    number = filed(filer)
    assert look(other_office, number, expect=404).code == "application_unknown"
    answered = tell(other_office, number, "voided", reasons=_REASONS, expect=404)
    assert answered.code == "application_unknown"
    nobody = tell(office, "19092409555010013", "voided", reasons=_REASONS, expect=404)
    assert {name: text for name, text in nobody.said.items() if name != "request_id"} == {
        name: text for name, text in answered.said.items() if name != "request_id"
    }


@pytest.mark.parametrize("number", ["21122310500030450", "2112", "x" * 17, "21122310500030459%0A"])
def test_what_is_no_number_is_unknown(office: Program, number: str) -> None:
    look(office, number, expect=404)
    assert tell(office, number, "ready", expect=404).code == "application_unknown"


@pytest.mark.parametrize(
    ("other", "code", "status"),
    [
        ({"amount": 1_499}, "payment_differs", 422),
        ({"amount": 0}, "payment_differs", 422),
        ({"payment_number": "3" * 20}, "payment_differs", 422),
        ({"kind": "weight_tax"}, "payment_differs", 422),
        ({"kind": "weight_tax", "amount": 6_600}, "payment_differs", 422),
        ({"paid_on": "2019-09-25"}, "invalid_fields", 422),
        ({"paid_on": "2019-09-23"}, "invalid_fields", 422),
    ],
)
def test_another_payment_than_was_asked_for_is_refused(
    filer: Program, office: Program, other: dict[str, Any], code: str, status: int
) -> None:
    number = filed(filer)
    answered = pay(office, number, **other, expect=status)
    assert answered.code == code
    assert answered.said.get("amount") == (1_500 if code == "payment_differs" else None)
    assert look(office, number).said["charges"][0]["state"] == "unpaid"


def test_a_payment_after_its_due_date_is_refused_and_one_before_is_taken_late(filer: Program, office: Program) -> None:
    number = filed(filer)
    office.portal.clock.move(timedelta(days=20))
    answered = pay(office, number, expect=409)
    assert (answered.code, answered.said["due_on"]) == ("payment_late", "2019-10-08")
    assert pay(office, number, paid_on="2019-10-08").said["state"] == "weight_tax_due"


def test_a_payment_may_name_its_number(filer: Program, office: Program) -> None:
    number = filed(filer)
    payment_number = look(office, number).said["charges"][0]["payment_number"]
    assert pay(office, number, payment_number=payment_number).said["state"] == "weight_tax_due"


def test_documents_come_in_one_by_one(filer: Program, office: Program) -> None:
    number = filed(filer)
    tell(office, number, "documents_obtained", attachments=["insurance"], is_recording_agent_usable=True)
    tell(office, number, "documents_obtained", attachments=["compliance"])
    told = look(office, number).said
    assert told["attachments"] == {"insurance": "obtained", "compliance": "obtained"}
    assert told["is_recording_agent_usable"]


def test_a_deadline_on_a_holiday_moves_to_a_working_day(filer: Program, office: Program) -> None:
    number = under_review(filer, office)
    ask_correction(office, number, "user_name", due_on="2019-10-12")  # a Saturday; the Monday is a holiday
    told = look(filer, number).said
    assert (told["due_on"], told["notices"][0]["due_on"]) == ("2019-10-15", "2019-10-15")


def test_a_correction_after_its_deadline_is_refused(filer: Program, office: Program) -> None:
    number = under_review(filer, office)
    ask_correction(office, number, "user_name")
    office.portal.clock.move(timedelta(days=20))
    refreshed = filer.with_bearer(_fresh_token(filer))
    answered = refreshed.post(
        f"/filing/v1/applications/{number}/corrections", {"fields": {"user_name": "見本次郎"}}, expect=409
    )
    assert answered.code == "not_correctable"


def _fresh_token(filer: Program) -> str:
    world = filer.portal.world()
    token = world.tokens.read(filer.bearer)
    assert token is not None
    written = world.tokens.written(type(token)(token.id_suffix, token.password_mark, filer.portal.clock.now))
    filer.portal.discretion.tokens.add(written)
    return written


def test_a_review_asks_anew_after_a_correction(filer: Program, office: Program) -> None:
    number = under_review(filer, office, Procedure.CONTINUATION)
    pass_review(office, number)
    assert pass_review(office, number, expect=409).code == "event_out_of_order"
    ask_correction(office, number, "user_name")
    filer.post(f"/filing/v1/applications/{number}/corrections", {"fields": {"user_name": "見本次郎"}})
    assert tell(office, number, "ready", expect=409).code == "event_out_of_order"
    pass_review(office, number)
    tell(office, number, "ready")
