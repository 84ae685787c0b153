"""What is loaded anew whenever a file changes: the portal itself and the pages around it."""

from collections.abc import Mapping
from typing import Any

from app import app
from chalicelib import wiring
from local.dev.doors import doors
from local.dev.examples import make_examples
from local.dev.mails import mails
from local.dev.pages import pages
from local.dev.stores import make_missing_tables, may_send
from local.dev.world import current_world, local_world, show_tracebacks
from local.station import Station


def load(station: Station) -> Any:
    """The application, in this machine's world, with the pages that only developers have."""
    wiring.use(local_world(station))
    make_missing_tables()
    show_tracebacks(app.log)
    app.register_blueprint(pages)
    app.register_blueprint(mails)
    app.register_blueprint(doors)
    return app


def fill(station: Station) -> Mapping[str, list[dict[str, Any]]]:
    """Make the examples; once, whatever is loaded later."""
    may_send(station.backend)
    return make_examples(current_world())
