"""The expiry job: once an hour, what falls due. It may run twice or be skipped: the next run gives the same result."""

from chalice.app import Blueprint, CloudWatchEvent, Rate

from chalicelib.capabilities.expiry.usecases import deal_with, due_applications
from chalicelib.web.jobs import JobFailed, Run, running

jobs = Blueprint(__name__)
_FAILED = "failed"


@jobs.schedule(Rate(1, unit=Rate.HOURS), name="expiry")
def expiry(event: CloudWatchEvent) -> None:  # noqa: ARG001 - the schedule's event says nothing
    """Remind of deadlines, void what was not paid, reject what was not corrected. One bad application stops nothing."""
    with running("expiry", "expiry") as run:
        for application_number in due_applications(run.world.begin, run.world.now()):
            run.counts[_attempt(run, application_number)] += 1
    if run.counts[_FAILED]:
        raise JobFailed("expiry")


def _attempt(run: Run, application_number: str) -> str:
    try:
        return deal_with(run.world.begin, run.world, application_number, run.world.now())
    except Exception as error:  # noqa: BLE001 - the next run meets it again; the others go on
        run.entry.note_fault(error)
        return _FAILED
