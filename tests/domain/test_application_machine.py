"""The laws of an application's life again, with facts of every kind; what breaks one is shrunk to the shortest way."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chalicelib.domain.application_refusals import (
    EventOutOfOrder,
    FieldNotAsked,
    NotCorrectable,
    NotWithdrawable,
    PaymentDiffers,
    PaymentLate,
)
from chalicelib.domain.application_states import ENDED, OPEN, TABLE, Event
from chalicelib.domain.applications import Actor, Reason
from chalicelib.domain.charges import ChargeKind, PaymentMethod
from chalicelib.domain.procedures import PROCEDURES, Procedure, correctable_fields
from tests.application_builders import Facts, payment_of
from tests.domain.application_life import Life

WORDS = st.text(max_size=20)
OTHERS = st.sampled_from([event for event in Event if event not in {Event.CORRECTION_ASKED, Event.CORRECTED}])
# Most examples begin somewhere on the way, for few would get far by chance.
GOING_WELL = (Event.PAID, Event.PAID, Event.REVIEW_PASSED, Event.REVIEW_PASSED)
SILENT = st.sampled_from([Life.gather_documents, Life.tell, Life.remind, Life.take_payment_number])


class Applications(RuleBasedStateMachine):
    life: Life

    @initialize(
        procedure=st.sampled_from(Procedure),
        method=st.sampled_from(PaymentMethod),
        environmental_tax=st.just(0) | st.integers(1, 999_999),
        steps=st.integers(0, len(GOING_WELL)),
    )
    def file(self, procedure: Procedure, method: PaymentMethod, environmental_tax: int, steps: int) -> None:
        self.life = Life(procedure, method, environmental_tax)
        for event in GOING_WELL[:steps]:
            self.life.meet(event, Facts(self.life.now, self.life.billing))

    @rule(time=st.timedeltas(timedelta(), timedelta(days=20)))
    def wait(self, time: timedelta) -> None:
        self.life.wait(time)

    @rule(event=OTHERS, by=st.sampled_from(Actor), plate_number=WORDS, completed_on=st.dates())
    def meet(self, event: Event, by: Actor, plate_number: str, completed_on: date) -> None:
        life = self.life
        life.meet(event, Facts(life.now, life.billing, by=by, plate_number=plate_number, completed_on=completed_on))

    @precondition(lambda self: self.life.application.state in OPEN)
    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        life = self.life
        application = life.application
        likely = [event for state, event in TABLE[application.procedure] if state is application.state]
        reasons = tuple(Reason(field, "見本") for field in correctable_fields(application.procedure)[:2])
        life.meet(data.draw(st.sampled_from(likely)), Facts(life.now, life.billing, reasons=reasons))

    @rule(data=st.data(), words=WORDS, days=st.integers(0, 60))
    def ask_for_a_correction(self, data: st.DataObject, words: str, days: int) -> None:
        life = self.life
        fields = correctable_fields(life.application.procedure)
        named = data.draw(st.lists(st.sampled_from(fields), min_size=1, unique=True))
        reasons = tuple(Reason(field, words) for field in named)
        life.meet(
            Event.CORRECTION_ASKED, Facts(life.now, reasons=reasons, due_on=life.now.date() + timedelta(days=days + 1))
        )

    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        life = self.life
        before = life.application
        answers = {name: data.draw(WORDS) for name in before.fields_to_correct}
        life.meet(Event.CORRECTED, Facts(life.now, answers=answers))
        if life.application is not before:
            assert all(getattr(life.application.record, name) == text for name, text in answers.items())

    @precondition(lambda self: self.life.application.open_charge)
    @rule(
        slip=st.fixed_dictionaries({"amount": st.integers(1_000_000)})
        | st.fixed_dictionaries({"payment_number": st.text("0123456789", min_size=1, max_size=20)})
    )
    def pay_otherwise(self, slip: dict[str, object]) -> None:
        payment = payment_of(self.life.application, **slip)
        self.life.refuse(Event.PAID, Facts(self.life.now, payment=payment), PaymentDiffers)

    @precondition(lambda self: self.life.application.open_charge)
    @rule(days=st.integers(1, 60))
    def pay_late(self, days: int) -> None:
        charge = self.life.application.open_charge
        assert charge
        payment = payment_of(self.life.application, paid_on=charge.due_on + timedelta(days=days))
        self.life.refuse(Event.PAID, Facts(self.life.now, payment=payment), PaymentLate)

    @precondition(lambda self: self.life.application.open_charge)
    @rule(kind=st.sampled_from(ChargeKind))
    def pay_something_else(self, kind: ChargeKind) -> None:
        application = self.life.application
        settled = {charge.kind for charge in application.charges if charge is not application.open_charge}
        if application.open_charge and kind is not application.open_charge.kind:
            why = EventOutOfOrder if kind in settled else PaymentDiffers
            self.life.refuse(Event.PAID, Facts(self.life.now, payment=payment_of(application, kind=kind)), why)

    @precondition(lambda self: self.life.can(Event.CORRECTED))
    @rule(data=st.data())
    def correct_what_nobody_asked(self, data: st.DataObject) -> None:
        application = self.life.application
        others = set(PROCEDURES[application.procedure].fields) - set(application.fields_to_correct)
        answers = {data.draw(st.sampled_from(sorted(others))): "見本"}
        self.life.refuse(Event.CORRECTED, Facts(self.life.now, answers=answers), FieldNotAsked)

    @precondition(lambda self: not self.life.can(Event.CORRECTED))
    @rule()
    def correct_too_late_or_nothing(self) -> None:
        self.life.refuse(Event.CORRECTED, Facts(self.life.now), NotCorrectable)

    @precondition(lambda self: not self.life.can(Event.WITHDRAWN))
    @rule()
    def withdraw_what_goes_on(self) -> None:
        self.life.refuse(Event.WITHDRAWN, Facts(self.life.now), NotWithdrawable)

    @rule(change=SILENT)
    def change_silently(self, change: Callable[[Life], None]) -> None:
        change(self.life)

    @precondition(lambda self: self.life.application.state in ENDED)
    @rule(event=st.sampled_from(Event))
    def move_what_ended(self, event: Event) -> None:
        self.life.refuse(event, Facts(self.life.now, self.life.billing), EventOutOfOrder)

    @invariant()
    def history_is_complete(self) -> None:
        self.life.look_back()


Applications.TestCase.settings = settings(max_examples=200, stateful_step_count=30)
TestApplications = Applications.TestCase
