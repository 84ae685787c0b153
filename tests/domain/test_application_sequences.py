"""100,000 lives of applications: whatever is told in whatever order, what must be true stays true."""

from datetime import timedelta
from random import Random

import pytest

from chalicelib.domain.application_refusals import FieldNotAsked, PaymentDiffers, PaymentLate
from chalicelib.domain.application_states import ENDED, TABLE, Event, State
from chalicelib.domain.applications import Reason
from chalicelib.domain.charges import ChargeKind, PaymentMethod
from chalicelib.domain.procedures import Procedure, correctable_fields
from chalicelib.domain.refusals import Refusal
from tests.application_builders import ENVIRONMENTAL_TAX, Facts, answers_of, payment_of
from tests.domain.application_life import Life

LIVES, CHUNKS = 100_000, 10
MOST_STEPS = 24
ENDINGS = frozenset({Event.REJECTED, Event.VOIDED, Event.WITHDRAWN, Event.EXPIRED})
TIMES = (timedelta(), timedelta(minutes=1), timedelta(hours=5), timedelta(days=2), timedelta(days=16))
SILENT = (Life.gather_documents, Life.tell, Life.remind, Life.take_payment_number)
ANY = tuple(Event)
FIELDS = {procedure: correctable_fields(procedure) for procedure in Procedure}
# Endings are rarer than the rest, so that long lives are many.
LIKELY = {
    (procedure, state): tuple(
        event for before, event in TABLE[procedure] for _ in range(1 if event in ENDINGS else 5) if before is state
    )
    for procedure in Procedure
    for state in State
}
Seen = set[tuple[Procedure, State, Event]]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_sequence_of_events_breaks_a_law(chunk: int) -> None:
    seen: Seen = set()
    for number in range(chunk, LIVES, CHUNKS):
        try:
            _live(Random(number), seen)  # noqa: S311 - the same lives every time
        except (AssertionError, Refusal) as error:
            error.add_note(f"This was life {number}.")
            raise
    assert seen == {(procedure, *move) for procedure in Procedure for move in TABLE[procedure]}


def _live(chance: Random, seen: Seen) -> None:
    life = Life(
        chance.choice(tuple(Procedure)), chance.choice(tuple(PaymentMethod)), chance.choice((0, ENVIRONMENTAL_TAX))
    )
    for _ in range(MOST_STEPS):
        _step(life, chance, seen)
        if life.application.state in ENDED and chance.random() < 0.5:
            break
    life.look_back()


def _step(life: Life, chance: Random, seen: Seen) -> None:
    dice = chance.random()
    if dice < 0.3:
        life.wait(chance.choice(TIMES))
    if dice < 0.1:
        chance.choice(SILENT)(life)
        return
    before = life.application
    likely = LIKELY[before.procedure, before.state]
    event = chance.choice(likely if likely and dice < 0.85 else ANY)
    if dice > 0.95 and life.can(event):
        _slip(life, event, chance)
        return
    life.meet(event, _facts(life, event, chance))
    if len(life.application.history) > len(before.history):
        seen.add((before.procedure, before.state, life.application.history[-1].event or event))


def _facts(life: Life, event: Event, chance: Random) -> Facts:
    """What is told along with the event; all of it fits."""
    if event is not Event.CORRECTION_ASKED:
        return Facts(now=life.now, billing=life.billing)
    named = chance.sample(FIELDS[life.application.procedure], chance.randint(1, 3))
    return Facts(
        now=life.now, reasons=tuple(Reason(field, "見本の理由") for field in ("", *named)[chance.randint(0, 1) :])
    )


def _slip(life: Life, event: Event, chance: Random) -> None:
    """What is told along with the event does not fit."""
    application, now = life.application, life.now
    if event is Event.PAID and application.due_on:
        late = application.due_on + timedelta(days=1)
        known = {charge.kind for charge in application.charges}
        other = chance.choice([kind for kind in ChargeKind if kind not in known] or [None])
        slip = chance.choice(({"paid_on": late}, {"kind": other}, {"amount": 1}, {"payment_number": "3" * 20}))
        why = PaymentLate if "paid_on" in slip else PaymentDiffers
        life.refuse(event, Facts(now=now, billing=life.billing, payment=payment_of(application, **slip)), why)
    if event is Event.CORRECTED:
        life.refuse(event, Facts(now=now, answers={**answers_of(application), "office": "OS01"}), FieldNotAsked)
