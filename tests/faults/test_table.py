"""Nobody forgets to join: what can be asked of a capability is tried under faults."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from tests.faults.stage import Stage
from tests.faults.table import CASES
from tests.sources import FunctionNode, Module, modules

CAPABILITIES = "chalicelib.capabilities."


def _asks_aws(module: Module, function: FunctionNode) -> bool:
    """A use case is given the way to the store; a job is registered by a decorator."""
    if function.name.startswith("_"):
        return False
    kind = module.path.stem
    if kind.startswith("jobs"):
        return bool(function.decorator_list)
    return kind.startswith("usecases") and "begin" in {argument.arg for argument in function.args.args}


def _to_be_tried() -> set[str]:
    return {
        f"{module.name}.{node.name}"
        for module in modules("chalicelib/capabilities")
        for node in module.tree.body
        if isinstance(node, FunctionNode) and _asks_aws(module, node)
    }


@contextmanager
def _noting(ran: set[str]) -> Iterator[None]:
    """Note every function of a capability that is called meanwhile."""

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and (module := frame.f_globals.get("__name__", "")).startswith(CAPABILITIES):
            ran.add(f"{module}.{frame.f_code.co_name}")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(before)


def test_every_use_case_and_every_job_is_tried(stage: Stage) -> None:
    ran: set[str] = set()
    for case in CASES:
        stage.clear()
        case.prepare(stage)
        with _noting(ran):
            case.act(stage)
    assert not _to_be_tried() - ran


def test_cases_have_names_of_their_own() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names))


def test_the_search_finds_use_cases_and_jobs() -> None:
    found = _to_be_tried()
    assert "chalicelib.capabilities.registration.usecases.register" in found
    assert "chalicelib.capabilities.mailer.jobs.sweep" in found
    assert "chalicelib.capabilities.registration.usecases.has_consented" not in found
