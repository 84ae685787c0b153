"""What schemathesis makes of both descriptions: whatever it sends is answered as they say."""

import os
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.hooks import HookContext

from chalicelib.domain.api_keys import Scope
from chalicelib.domain.application_numbers import application_number
from chalicelib.domain.application_states import states_of
from chalicelib.domain.procedures import Procedure
from tests.api.asgi import asgi_app
from tests.api.program import Program
from tests.api.steps import issue_key
from tests.application_builders import an_application
from tests.builders import NOW, an_account
from tests.faults.counting import CASES
from tests.pages.portal import OpenPortal

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "60"))
_REFUSED = ["400", "401", "403", "404", "405", "409", "413", "415", "422"]
_TAKEN = ["2xx", "401", "404", "409", "422"]  # what no shape can say: who may, which state, which check digit


def _stored(portal: OpenPortal) -> list[str]:
    """The numbers of applications in every state, of the office and the filer that ask."""
    numbers = []
    digits = count()
    for procedure in Procedure:
        for state in states_of(procedure):
            number = application_number(NOW, procedure, f"{next(digits):03d}")
            whose: dict[str, Any] = {"filer_suffix": an_account().id_suffix}
            with portal.world().begin() as work:
                work.applications.add(an_application(procedure, state, application_number=number, **whose))
            numbers.append(number)
    return numbers


def _config(bearer: str) -> SchemathesisConfig:
    return SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "headers": {"Authorization": f"Bearer {bearer}"},
            "generation": {"max-examples": EXAMPLES, "database": "none", "mode": "all"},
            # Chalice's local gateway answers OPTIONS itself.
            "phases": {"coverage": {"unexpected-methods": ["put", "patch", "delete", "trace"]}},
            "checks": {
                "positive_data_acceptance": {"expected-statuses": _TAKEN},
                "negative_data_rejection": {"expected-statuses": _REFUSED},
            },
        }
    )


def _scenarios(program: Program, root: str) -> Iterator[events.ScenarioFinished]:
    """Everything that schemathesis asked one interface; half of what it asks for is there."""
    numbers = _stored(program.portal)
    schema = schemathesis.openapi.from_asgi(
        f"{root}/openapi.json", asgi_app(program.portal), config=_config(program.bearer)
    )

    @schema.hook
    def map_path_parameters(context: HookContext, path_parameters: Any) -> Any:
        number = str(path_parameters.get("application_number")) if isinstance(path_parameters, dict) else ""
        if len(number) == 17 and number.isdecimal() and int(number) % 4:
            return {**path_parameters, "application_number": numbers[int(number) % len(numbers)]}
        return path_parameters

    for event in from_schema(schema).execute():
        assert not isinstance(event, events.NonFatalError | events.FatalError), event
        if isinstance(event, events.ScenarioFinished):
            yield event


def _objections(scenario: events.ScenarioFinished) -> list[str]:
    return [
        f"{scenario.label}: {check.failure_info.failure.title}: {check.failure_info.failure.message}\n"
        f"{check.failure_info.code_sample}"
        for checks in scenario.recorder.checks.values()
        for check in checks
        if check.failure_info
    ]


@pytest.mark.parametrize("interface", ["filing", "agency"])
def test_schemathesis_finds_nothing(
    interface: str, filer: Program, record_property: Callable[[str, object], None]
) -> None:
    program = {"filing": filer, "agency": issue_key(filer.portal, "TK01", list(Scope))}[interface]
    scenarios = list(_scenarios(program, f"/{interface}/v1"))
    objections = [one for scenario in scenarios for one in _objections(scenario)]
    assert not objections, "\n\n".join(objections)
    cases = sum(len(scenario.recorder.cases) for scenario in scenarios)
    record_property(CASES, cases)
    assert cases > EXAMPLES
