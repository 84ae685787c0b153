"""What an applicant does with an application: look at it, withdraw it, correct it."""

from collections.abc import Mapping
from datetime import datetime

from chalicelib.domain.application_moves import corrected, withdrawn
from chalicelib.domain.application_refusals import ApplicationChanged, NotCorrectable
from chalicelib.domain.application_states import Event, State
from chalicelib.domain.applications import Actor, Application
from chalicelib.domain.drafts import Draft
from chalicelib.domain.refusals import SubmissionStale, SubmissionTaken
from chalicelib.ports import Begin, Chance, Work
from chalicelib.verbs.applications import move_application

ASKED_AT = "asked_at"
"""Under which a draft says when the correction was asked for that it answers."""

CORRECTED = "corrected"


def withdraw(begin: Begin, chance: Chance, application_number: str, shown_in: str, now: datetime) -> Application:
    """取り下げ. Asked for again, it is still withdrawn.

    `shown_in` is the state in which the person saw it and decided. Raises ApplicationUnknown, NotWithdrawable, and
    ApplicationChanged when it is in another by now.
    """

    def step(application: Application) -> Application:
        if application.state is State.WITHDRAWN and application.history[-1].event is Event.WITHDRAWN:
            return application
        if application.can_withdraw and application.state != shown_in:
            raise ApplicationChanged
        return withdrawn(application, Actor.APPLICANT, now)

    return move_application(begin, chance, application_number, now, step, _nothing)


def correct(begin: Begin, chance: Chance, application_number: str, draft: Draft, now: datetime) -> bool:
    """補正 with what the draft holds; False when the same check page was confirmed before.

    Raises ApplicationUnknown, NotCorrectable, ApplicationChanged when other fields are open by now, and SubmissionStale
    when the form was changed in another tab.
    """

    def step(application: Application) -> Application:
        if application.open_correction is None or application.is_overdue(now):
            raise NotCorrectable(application.state.value)
        return corrected(application, answers_in(draft, application), Actor.APPLICANT, now)

    def also(work: Work, _application: Application) -> None:
        work.drafts.settle(draft.settled(CORRECTED, draft.expires_at, draft.values), now)

    if draft.result:
        return False
    try:
        move_application(begin, chance, application_number, now, step, also)
    except (SubmissionTaken, NotCorrectable, ApplicationChanged) as refusal:
        with begin() as work:
            newest = work.drafts.find(draft.name, now)
        if newest.result:
            return False
        if isinstance(refusal, SubmissionTaken):
            raise SubmissionStale from refusal
        raise
    return True


def answers_in(draft: Draft, application: Application) -> Mapping[str, str]:
    """What was typed for the fields that are open. Raises ApplicationChanged when it was for another correction."""
    asked = application.open_correction
    if asked is None or draft.values.get(ASKED_AT) != asked.at.isoformat():
        raise ApplicationChanged
    return {name: draft.values[name] for name in application.fields_to_correct}


def _nothing(_work: Work, _application: Application) -> None:
    """Nothing else is written."""
