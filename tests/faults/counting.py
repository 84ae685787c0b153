"""How many fault points and cases were tried, told at the end of the tests."""

import pytest

POINTS = "fault points"
CASES = "cases of schemathesis"
_TOLD = pytest.StashKey[bool]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A line for each; told once, whoever else has imported this hook."""
    config = terminalreporter.config
    if config.stash.get(_TOLD, False):
        return
    config.stash[_TOLD] = True
    reports = [report for found in ("passed", "failed") for report in terminalreporter.stats.get(found, [])]
    for counted in (POINTS, CASES):
        number = sum(value for report in reports for name, value in report.user_properties if name == counted)
        if number:
            terminalreporter.write_line(f"{counted} covered: {number}")
