"""What is counted from the log lines is what stands in them: a filter that finds nothing is silent for ever."""

import re

import pytest

from app import app
from infra.functions import function_id
from infra.metrics import COUNTED, Counted
from infra.paths import capability_of_path
from infra.watch import alarms
from tests.sources import ROOT

pytestmark = pytest.mark.house

FUNCTION, OUTCOME = re.compile(r'\$\.function = "(\w+)"'), re.compile(r'\$\.outcome = "(\w+)"')
COUNT = re.compile(r"\$\.(?!event|status|function|outcome)(\w+)")
VIEWS = {
    (function_id(capability_of_path(path)), entry.view_function.__name__)
    for path, methods in app.routes.items()
    for entry in methods.values()
}


def _source_of(function: str) -> str:
    """The code of the capability whose function it is; both jobs of the mailer stand together."""
    folder = "mailer" if function == "Sweep" else function.lower()
    files = (ROOT / "chalicelib" / "capabilities" / folder).rglob("*.py")
    domain = (ROOT / "chalicelib" / "domain").glob("*.py")
    return "".join(path.read_text(encoding="utf-8") for path in (*files, *domain))


@pytest.mark.parametrize("counted", COUNTED, ids=lambda counted: counted.metric)
def test_a_filter_names_views_that_its_function_has(counted: Counted) -> None:
    assert {(counted.function, name) for name in FUNCTION.findall(counted.pattern)} <= VIEWS


@pytest.mark.parametrize("counted", COUNTED, ids=lambda counted: counted.metric)
def test_a_filter_names_outcomes_that_its_capability_gives(counted: Counted) -> None:
    named = {*OUTCOME.findall(counted.pattern), *COUNT.findall(counted.pattern)}
    source = _source_of(counted.function)
    assert not [name for name in named if f'"{name}"' not in source]


def test_no_metric_is_counted_twice() -> None:
    assert len({counted.metric for counted in COUNTED}) == len(COUNTED)


def test_alarms_watch_what_is_counted() -> None:
    made = (one["Properties"] for one in alarms({}).values() if one["Type"] == "AWS::CloudWatch::Alarm")
    ours = {one["MetricName"] for one in made if isinstance(one["Namespace"], dict)}
    assert ours
    assert ours <= {counted.metric for counted in COUNTED}
