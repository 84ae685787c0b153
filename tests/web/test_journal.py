import json
import os
from dataclasses import replace

import pytest

from chalicelib.settings import load_settings
from chalicelib.web.journal import Entry, write, write_job
from chalicelib.wiring import World, build_world
from tests.fakes.store import FakeStore
from tests.fakes.world import Surroundings

CANARY = "hanako.canary@example.jp"


@pytest.fixture
def around() -> Surroundings:
    """Where the lines are kept."""
    return Surroundings()


@pytest.fixture
def world(around: Surroundings) -> World:
    """A world that spent one call."""
    world = around.world(FakeStore().begin)
    world.meter.reset()
    world.meter.count({"ConsumedCapacity": {"CapacityUnits": 1.5}})
    return replace(world, stopwatch=lambda: 2.0)


def _break() -> None:
    raise LookupError(CANARY)


def test_a_request_is_one_line(around: Surroundings, world: World) -> None:
    write(world, Entry("registration", "post_check", "letter_posted"), "request-1", 303, started=1.9)
    assert around.lines == [
        {
            "event": "request",
            "request_id": "request-1",
            "capability": "registration",
            "function": "post_check",
            "status": 303,
            "outcome": "letter_posted",
            "milliseconds": 100.0,
            "calls": 1,
            "units": 1.5,
        }
    ]


def test_without_a_code_the_status_is_the_outcome(around: Surroundings, world: World) -> None:
    write(world, Entry(), "-", 404, started=2.0)
    assert around.lines[0]["outcome"] == "404"


def test_a_fault_is_told_by_its_type_and_place(around: Surroundings, world: World) -> None:
    entry = Entry()
    try:
        _break()
    except LookupError as error:
        entry.note_fault(error)
    write(world, entry, "-", 500, started=2.0)
    fault = around.lines[0]["fault"]
    assert fault.startswith("LookupError at test_journal.py:")
    assert CANARY not in fault
    assert os.sep not in fault


def test_a_run_of_a_job_is_one_line(around: Surroundings, world: World) -> None:
    write_job(world, Entry("mailer", "sweep"), {"sent": 3}, started=1.0)
    assert around.lines == [
        {
            "event": "job",
            "capability": "mailer",
            "function": "sweep",
            "sent": 3,
            "milliseconds": 1000.0,
            "calls": 1,
            "units": 1.5,
        }
    ]


def test_a_deployed_function_writes_the_line_as_json_and_adds_nothing_personal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = replace(load_settings(os.environ), service_short_name="a name for this test alone")
    deployed = build_world(settings)
    write(deployed, Entry("portal", "show_front"), "request-1", 200, started=deployed.stopwatch())
    line = json.loads(capsys.readouterr().out)
    assert line["outcome"] == "200"
    added = line.keys() - {"event", "request_id", "capability", "function", "status", "outcome"}
    assert added == {"milliseconds", "calls", "units", "level", "location", "message", "timestamp", "service"}
