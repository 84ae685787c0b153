"""How many fault points were tried, told at the end of the tests."""

import pytest

POINTS = "fault points"
_TOLD = pytest.StashKey[bool]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line; told once, whoever else has imported this hook."""
    config = terminalreporter.config
    reports = [report for found in ("passed", "failed") for report in terminalreporter.stats.get(found, [])]
    points = sum(value for report in reports for name, value in report.user_properties if name == POINTS)
    if points and not config.stash.get(_TOLD, False):
        config.stash[_TOLD] = True
        terminalreporter.write_line(f"fault points covered: {points}")
