"""One application's life, and what must be true of it at every moment, told apart from the code that is tested."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache

from chalicelib.domain.application_moves import accepted, documents_obtained, told
from chalicelib.domain.application_refusals import EventOutOfOrder
from chalicelib.domain.application_states import (
    CAN_EXPIRE,
    ENDED,
    IN_BULK,
    IN_BULK_STATES,
    PAYABLE,
    TABLE,
    Event,
    State,
    next_state,
    states_of,
)
from chalicelib.domain.applications import Application
from chalicelib.domain.charges import ChargeState, PaymentMethod, payment_numbers
from chalicelib.domain.deadlines import day_of
from chalicelib.domain.procedures import PROCEDURES, Procedure
from chalicelib.domain.refusals import Refusal
from tests.application_builders import Facts, a_billing, an_unfiled_application, moved
from tests.builders import NOW

CORRECTIONS = frozenset({State.INSPECTION_CORRECTION, State.TAX_CORRECTION})
_WEIGHT_TAX = {Procedure.CONTINUATION: 6_600, Procedure.NEW_VEHICLE: 9_900}
_KNOWN = {procedure: frozenset(states_of(procedure)) for procedure in Procedure}
_WRONG_WAY = {PaymentMethod.BULK: frozenset(IN_BULK), PaymentMethod.INDIVIDUAL: IN_BULK_STATES}
_DIGITS = "987654321098765432109876"


@cache
def _just_filed(procedure: Procedure, method: PaymentMethod) -> Application:
    return accepted(an_unfiled_application(procedure, method=method), a_billing())


class Life:
    """An application, the time, and accounts of our own.

    `yen`: due, paid and void; `asked`: the fields to correct; `is_reviewed`: whether the inspection found nothing
    wrong; `has_number`: whether a bulk charge was chosen; `silent`: how many changes left the state as it was.
    """

    def __init__(self, procedure: Procedure, method: PaymentMethod, environmental_tax: int) -> None:
        self.application = _just_filed(procedure, method)
        self.billing = a_billing(environmental_tax)
        self.now = NOW
        self.yen = {ChargeState.UNPAID: 1_500, ChargeState.PAID: 0, ChargeState.VOID: 0}
        self.asked: frozenset[str] = frozenset()
        self.is_reviewed = False
        self.has_number = False
        self.silent = 0
        self.obey()

    def wait(self, time: timedelta) -> None:
        """Time passes."""
        self.now += time

    def can(self, event: Event) -> bool:
        """Whether the event may happen when everything that is told with it fits."""
        application = self.application
        if (application.state, event) not in TABLE[application.procedure]:
            return False
        if event is Event.CORRECTED:
            return application.due_on is not None and day_of(self.now) <= application.due_on
        if event is Event.READY:
            return self.is_reviewed and application.state is not State.TAX_REVIEW
        if event is Event.REVIEW_PASSED and application.state is State.INSPECTION_REVIEW:
            return not self.is_reviewed
        return event is not Event.WITHDRAWN or self._may_withdraw()

    def _may_withdraw(self) -> bool:
        state = self.application.state
        return state in CORRECTIONS or (state is State.INSPECTION_FEE_BULK and not self.has_number)

    def meet(self, event: Event, facts: Facts) -> None:
        """The event is told with facts that fit: it happens when it may, and is refused when it may not."""
        before, may = self.application, self.can(event)
        try:
            after = moved(before, event, facts)
        except EventOutOfOrder:
            assert not may, f"{event} was refused: {before}"
            return
        assert may, f"{event} happened: {before}"
        self.application = after
        self._book(event, facts)
        self._follow(before, event)
        self.obey()

    def refuse(self, event: Event, facts: Facts, why: type[Refusal]) -> None:
        """The event is told with facts that do not fit."""
        try:
            after = moved(self.application, event, facts)
        except why:
            return
        raise AssertionError(f"{event} with {facts} led to {after}")

    def _book(self, event: Event, facts: Facts) -> None:
        yen, state = self.yen, self.application.state
        if event is Event.PAID:
            yen[ChargeState.PAID] += yen[ChargeState.UNPAID]
            yen[ChargeState.UNPAID] = 0
        if state in ENDED:
            yen[ChargeState.VOID] += yen[ChargeState.UNPAID]
            yen[ChargeState.UNPAID] = 0
        if state in {State.WEIGHT_TAX_DUE, State.WEIGHT_TAX_BULK}:
            yen[ChargeState.UNPAID] = _WEIGHT_TAX[self.application.procedure]
        if state in {State.ENVIRONMENTAL_TAX_DUE, State.ENVIRONMENTAL_TAX_BULK}:
            yen[ChargeState.UNPAID] = self.billing.environmental_tax
        self.asked = frozenset(reason.field for reason in facts.reasons or ()) if state in CORRECTIONS else frozenset()

    def _follow(self, before: Application, event: Event) -> None:
        """One more line of history, which says what happened; those before it stay."""
        if before.state is State.INSPECTION_REVIEW:
            self.is_reviewed = event is Event.REVIEW_PASSED or (
                self.is_reviewed and event is not Event.CORRECTION_ASKED
            )
        after = self.application
        assert after.history[:-1] == before.history
        change = after.history[-1]
        is_untaxed = before.state is State.TAX_REVIEW and not self.billing.environmental_tax
        wanted = Event.READY if event is Event.REVIEW_PASSED and is_untaxed else event
        assert (change.at, change.state, change.event) == (self.now, after.state, wanted)
        assert after.notices[: len(before.notices)] == before.notices
        assert (after.version, after.updated_at) == (before.version + 1, self.now)

    def gather_documents(self) -> None:
        """All documents come in."""
        self._change_silently(documents_obtained, PROCEDURES[self.application.procedure].attachments, self.now)

    def tell(self) -> None:
        """The office tells something."""
        self._change_silently(told, "見本の通知", self.now)

    def remind(self) -> None:
        """A reminder goes out."""
        if self.application.due_on:
            self._silently(self.application.with_reminded(1))

    def take_payment_number(self) -> None:
        """A bulk charge is chosen for payment."""
        charge = self.application.open_charge
        if charge and charge.numbers is None:
            self.has_number = True
            charges = tuple(
                replace(one, numbers=payment_numbers(one.kind, _DIGITS)) if one is charge else one
                for one in self.application.charges
            )
            self._silently(replace(self.application, charges=charges, version=self.application.version + 1))

    def _change_silently(self, change: Callable[..., Application], *facts: object) -> None:
        before = self.application
        try:
            after = change(before, *facts)
        except EventOutOfOrder:
            assert before.state in ENDED
            return
        assert before.state not in ENDED
        self._silently(after)

    def _silently(self, after: Application) -> None:
        before, self.application = self.application, after
        assert (after.state, after.history, after.due_on) == (before.state, before.history, before.due_on)
        self.silent += 1
        self.obey()

    def obey(self) -> None:
        """What holds at every moment."""
        application = self.application
        state = application.state
        assert state in _KNOWN[application.procedure] - _WRONG_WAY[application.method]
        assert application.version == len(application.history) + self.silent
        assert (application.due_on is not None) == (state in CAN_EXPIRE)
        assert application.can_withdraw == self._may_withdraw()
        named = application.fields_to_correct
        assert frozenset(named) == self.asked - {""}
        assert bool(named) == (state in CORRECTIONS)
        self._owe()

    def _owe(self) -> None:
        """At most one charge is unpaid, only while it can be paid; each yen is due, paid or void."""
        application = self.application
        unpaid = [charge for charge in application.charges if charge.state is ChargeState.UNPAID]
        assert len(unpaid) == (application.state in PAYABLE)
        assert application.open_charge is (unpaid[0] if unpaid else None)
        assert len({charge.kind for charge in application.charges}) == len(application.charges)
        for state, yen in self.yen.items():
            assert sum(charge.amount for charge in application.charges if charge.state is state) == yen
        assert not unpaid or unpaid[0].due_on == application.due_on

    def look_back(self) -> None:
        """The history is complete, in order, and follows the table from the filing to the state of now."""
        application = self.application
        first, *later = application.history
        assert (first.at, first.event) == (application.filed_at, None)
        moments, state = [change.at for change in application.history], first.state
        assert moments == sorted(moments)
        assert moments[-1] == application.changed_at
        for change in later:
            assert change.event
            state = next_state(application.procedure, state, change.event, in_bulk=application.is_in_bulk)
            assert change.state is state
        assert application.state is state
