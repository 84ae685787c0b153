"""Pages that only developers have: the index and the components; and the page for addresses that nothing has."""

from pathlib import Path

from chalicelib.web.answers import Answer, Page, StaticText
from chalicelib.web.errors import error_page
from chalicelib.web.pages import Pages
from chalicelib.web.requests import PageRequest
from local.dev.counter import with_one_time_passwords
from local.dev.world import current_world

pages = Pages(__name__)

_STYLE = Path(__file__).with_name("dev.css")


@pages.get("/dev")
def show_index(request: PageRequest) -> Answer:
    """The clock, the jobs, the examples, and the way to everything else."""
    station = current_world().station
    return Page(
        "dev/index.html",
        {
            "real_now": request.now - station.clock.offset,
            "jobs": [(name, station.jobs.due_at(name)) for name in station.jobs.names()],
            "examples": station.examples,
            "officers": with_one_time_passwords(station.examples["officers"], request.now),
            "mails": station.mailbox.newest_first(),
        },
    )


@pages.get("/dev/components")
def show_components(request: PageRequest) -> Answer:  # noqa: ARG001 - every view is given its request
    """Every component in every state."""
    return Page("dev/components.html")


@pages.get("/dev/dev.css")
def show_style(request: PageRequest) -> Answer:  # noqa: ARG001
    """What only these pages need."""
    return StaticText(_STYLE.read_text(encoding="utf-8"), "text/css; charset=utf-8", is_pinned=False)


@pages.get("/dev/not-found")
def show_not_found(request: PageRequest) -> Answer:  # noqa: ARG001
    """What the deployed gateway answers for an address that no page has."""
    return error_page(404, "-")
