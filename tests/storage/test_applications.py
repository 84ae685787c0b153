"""申請: what every store promises of one application."""

from collections.abc import Sequence

import pytest

from chalicelib.domain.application_refusals import ApplicationMoved, ApplicationNumberTaken
from chalicelib.domain.application_states import Event, State, states_of
from chalicelib.domain.applications import Application, Review
from chalicelib.domain.procedures import Attachment, AttachmentState, Procedure, Record
from chalicelib.ports import Begin, Work
from chalicelib.storage.connection import meter
from tests.application_builders import an_application, an_unfiled_application, happens
from tests.builders import NOW, a_letter
from tests.storage.network import Network

EACH_STATE = [(procedure, state) for procedure in Procedure for state in states_of(procedure)]
TO_REVIEW = (Event.PAID, Event.PAID)
ASKED_TWICE = (Event.CORRECTION_ASKED, Event.CORRECTED) * 2
LIVES = {
    "a continuation": (Procedure.CONTINUATION, (*TO_REVIEW, Event.REVIEW_PASSED, Event.READY, Event.HANDED_OVER)),
    "corrected twice": (
        Procedure.CONTINUATION,
        (*TO_REVIEW, *ASKED_TWICE, Event.REVIEW_PASSED, Event.READY, Event.HANDED_OVER),
    ),
    "withdrawn": (Procedure.CONTINUATION, (*TO_REVIEW, Event.CORRECTION_ASKED, Event.WITHDRAWN)),
    "never paid": (Procedure.CONTINUATION, (Event.PAID, Event.EXPIRED)),
    "a new vehicle": (
        Procedure.NEW_VEHICLE,
        (*TO_REVIEW, Event.REVIEW_PASSED, *ASKED_TWICE, Event.REVIEW_PASSED, Event.PAID, Event.HANDED_OVER),
    ),
    "rejected": (Procedure.NEW_VEHICLE, (*TO_REVIEW, Event.REVIEW_PASSED, Event.REJECTED)),
}
GROWN = an_application(
    Procedure.NEW_VEHICLE,
    State.TAX_CORRECTION,
    filer_suffix="CA6289",
    language="en",
    is_recording_agent_usable=True,
    attachments={Attachment.INSURANCE: AttachmentState.OBTAINED, Attachment.COMPLETION: AttachmentState.NOT_OBTAINED},
)
BARE = an_unfiled_application(
    record=Record(office="TK01"), notification_email=None, due_on=None, updated_at=NOW, review=Review(needs_papers=True)
)
FIRST = an_application()
NUMBER = FIRST.application_number


def add(begin: Begin, application: Application) -> Application:
    with begin() as work:
        work.applications.add(application)
    return application


def change(begin: Begin, before: Application, after: Application) -> Application:
    with begin() as work:
        work.applications.change(before, after)
    return after


def find(begin: Begin, number: str = NUMBER) -> Application | None:
    with begin() as work:
        return work.applications.find(number)


def password_hash_of(begin: Begin, number: str = NUMBER) -> str | None:
    with begin() as work:
        return work.applications.password_hash_of(number)


@pytest.mark.parametrize(("procedure", "state"), EACH_STATE)
def test_an_application_of_each_state_is_found_as_it_was_added(
    begin: Begin, procedure: Procedure, state: State
) -> None:
    application = add(begin, an_application(procedure, state))
    assert find(begin, application.application_number) == application


@pytest.mark.parametrize("application", [GROWN, BARE], ids=["with everything", "with nothing"])
def test_whatever_an_application_has_it_is_found_whole(begin: Begin, application: Application) -> None:
    add(begin, application)
    assert find(begin, application.application_number) == application


@pytest.mark.parametrize("in_bulk", [False, True], ids=["individually", "in bulk"])
@pytest.mark.parametrize(("procedure", "events"), LIVES.values(), ids=LIVES)
def test_after_each_event_of_its_life_an_application_is_found_as_it_is_then(
    begin: Begin, procedure: Procedure, events: Sequence[Event], *, in_bulk: bool
) -> None:
    application = add(begin, an_application(procedure, in_bulk=in_bulk))
    for event in events:
        application = change(begin, application, happens(application, event))
        assert find(begin, application.application_number) == application


def test_a_reminder_alone_is_kept(begin: Begin) -> None:
    reminded = change(begin, add(begin, FIRST), FIRST.with_reminded(7))
    assert find(begin) == reminded
    assert change(begin, reminded, reminded.with_reminded(3)) == find(begin)


def test_more_changes_than_one_digit_can_count_stay_in_their_order(begin: Begin) -> None:
    application = add(begin, an_application(state=State.INSPECTION_REVIEW))
    for _ in range(6):
        application = change(begin, application, happens(application, Event.CORRECTION_ASKED, Event.CORRECTED))
    assert len(application.history) > 10
    assert find(begin) == application


def test_applications_do_not_mix(begin: Begin) -> None:
    one = add(begin, an_application(state=State.INSPECTION_CORRECTION))
    other = add(begin, an_application(Procedure.NEW_VEHICLE, State.ENVIRONMENTAL_TAX_DUE))
    assert find(begin, one.application_number) == one
    assert find(begin, other.application_number) == other


@pytest.mark.parametrize("number", ["19092409555000003", NUMBER[:-1], "application"])
def test_an_unknown_number_is_nobodys(begin: Begin, number: str) -> None:
    add(begin, FIRST)
    assert find(begin, number) is None
    assert password_hash_of(begin, number) is None


def test_the_hash_of_a_password_is_told_by_itself(begin: Begin) -> None:
    assert password_hash_of(begin) is None
    add(begin, FIRST)
    assert password_hash_of(begin) == FIRST.password_hash


def test_a_number_is_given_out_once(begin: Begin) -> None:
    add(begin, FIRST)
    with pytest.raises(ApplicationNumberTaken):
        add(begin, an_application(state=State.NOT_ACCEPTED, application_number=NUMBER))
    assert find(begin) == FIRST


def test_of_two_who_change_the_second_is_told(begin: Begin) -> None:
    add(begin, FIRST)
    paid = change(begin, FIRST, happens(FIRST, Event.PAID))
    with pytest.raises(ApplicationMoved):
        change(begin, FIRST, happens(FIRST, Event.VOIDED))
    assert find(begin) == paid


def test_an_application_that_is_not_there_is_not_changed(begin: Begin) -> None:
    with pytest.raises(ApplicationMoved):
        change(begin, FIRST, happens(FIRST, Event.PAID))
    assert find(begin) is None


def test_nothing_else_is_stored_when_an_application_moved_or_its_number_was_taken(begin: Begin) -> None:
    add(begin, happens(FIRST, Event.PAID))

    def change_and_tell(work: Work) -> None:
        work.letters.post(a_letter())
        work.applications.change(FIRST, happens(FIRST, Event.VOIDED))

    def add_and_tell(work: Work) -> None:
        work.letters.post(a_letter())
        work.applications.add(FIRST)

    for command, contention in ((change_and_tell, ApplicationMoved), (add_and_tell, ApplicationNumberTaken)):
        with pytest.raises(contention), begin() as work:
            command(work)
    with begin() as work:
        assert work.letters.find("letter-1") is None


def test_finding_and_asking_for_the_hash_are_one_call_each(stored: Begin) -> None:
    add(stored, GROWN)
    meter.reset()
    assert find(stored, GROWN.application_number)
    assert meter.calls == 1
    assert password_hash_of(stored, GROWN.application_number)
    assert meter.calls == 2


def test_a_change_writes_the_application_and_what_differs_of_its_parts(stored: Begin, network: Network) -> None:
    before = add(stored, GROWN)
    network.requests.clear()
    change(stored, before, happens(before, Event.CORRECTED))
    (request,) = network.requests
    body = request.body.decode() if isinstance(request.body, bytes) else str(request.body)
    # The whole, and one more line of the history.
    assert body.count('"Put"') == 2
