"""Moving an application: read it, move it, and store it together with the letter about it."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.domain.application_letters import changed_letter
from chalicelib.domain.application_refusals import ApplicationMoved, ApplicationUnknown
from chalicelib.domain.applications import Application
from chalicelib.domain.letters import Letter
from chalicelib.ports import Begin, Chance, StoreUnavailable, Work

_TRIES = 5
Step = Callable[[Application], Application]
Also = Callable[[Work, Application], None]


def move_application(
    begin: Begin, chance: Chance, application_number: str, now: datetime, step: Step, also: Also
) -> Application:
    """The application after `step`; `also` is written with it. When others move it at once, `step` is asked again.

    Raises ApplicationUnknown, and whatever `step` refuses.
    """
    for _ in range(_TRIES):
        before = find_application(begin, application_number)
        after = step(before)
        try:
            with begin() as work:
                if after != before:
                    work.applications.change(before, after)
                post(work, changed_letter(before, after, chance.new_token(), now), now)
                also(work, after)
        except ApplicationMoved:
            continue
        return after
    raise StoreUnavailable("contention")


def find_application(begin: Begin, application_number: str) -> Application:
    """The application. Raises ApplicationUnknown."""
    with begin() as work:
        application = work.applications.find(application_number)
    if application is None:
        raise ApplicationUnknown
    return application


def post(work: Work, letter: Letter | None, now: datetime) -> None:
    """Post a letter, if there is one; it counts in its address's hour, and goes out whatever the count is."""
    if letter:
        work.addresses.count_due_mail(letter.to, now)
        work.letters.post(letter)
