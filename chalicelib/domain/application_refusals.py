"""What the service says no to about applications, and what two writers of them may collide over."""

from datetime import date

from chalicelib.domain.refusals import Contention, ProgramRefusal, Refusal


class EventOutOfOrder(Refusal):
    """申請: what was told cannot happen in the state that it is in. `state` says which that is."""

    code = "event_out_of_order"

    def __init__(self, state: str) -> None:
        super().__init__()
        self.state = state


class NotWithdrawable(EventOutOfOrder):
    """取り下げ: not in this state, or its payment has begun."""

    code = "not_withdrawable"


class NotCorrectable(EventOutOfOrder):
    """補正: nothing is to be corrected, or the deadline has passed."""

    code = "not_correctable"


class PaymentDiffers(ProgramRefusal):
    """納付: another amount or number than was asked for. `amount` is what was asked for, in yen."""

    code = "payment_differs"

    def __init__(self, amount: int) -> None:
        super().__init__()
        self.amount = amount


class PaymentLate(ProgramRefusal):
    """納付: paid after the day by which it had to be. `due_on` is that day."""

    code = "payment_late"

    def __init__(self, due_on: date) -> None:
        super().__init__()
        self.due_on = due_on.isoformat()


class FieldNotAsked(ProgramRefusal):
    """補正: nobody asked for this field. `field` names it."""

    code = "field_not_asked"

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field


class ApplicationUnknown(Refusal):
    """申請: there is none of that number, or not for whoever asks."""

    code = "application_unknown"


class AnotherApplication(Refusal):
    """The page was made for another application than the one that is looked at now."""

    code = "another_application"


class ApplicationChanged(Refusal):
    """申請: it moved on since the page was shown."""

    code = "application_changed"


class NumbersExhausted(Refusal):
    """受付番号: every number that was drawn is taken. A second later there are others."""

    code = "numbers_exhausted"


class CredentialsWrong(ProgramRefusal):
    """ID and secret do not belong together, or are locked: nobody is told which."""

    code = "credentials_wrong"


class KeyReused(ProgramRefusal):
    """Idempotency-Key or event id: it was used for something else before."""

    code = "key_reused"


class ApplicationMoved(Contention):
    """The application changed since it was read."""


class ApplicationNumberTaken(Contention):
    """The drawn number belongs to another application."""


class EventSeen(Contention):
    """The event was taken before."""


class PasscodeMoved(Contention):
    """Another passcode was issued, or it was used, since it was read."""
