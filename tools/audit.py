"""Looks the shipped packages up in the databases of known holes, and never calls silence a pass.

usage: python -m tools.audit REQUIREMENTS. Exit code 1 when a hole is known, or when a database could not be asked
and AUDIT=required is set; without it an unreachable database is reported in capitals and the rest of the check goes on.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATABASES = ("pypi", "osv")
ASK_SECONDS = 120


@dataclass(frozen=True)
class Finding:
    """What one database said: holes by package, and the packages it said nothing about."""

    holes: tuple[str, ...]
    unanswered: tuple[str, ...]
    answered: int


def ask(database: str, requirements: Path) -> Finding | None:
    """What `database` says about the pinned packages; None when it cannot be reached."""
    options = ["--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "-r",
        str(requirements),
        "--vulnerability-service",
        database,
        *options,
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=ASK_SECONDS, check=False)
        return read_report(json.loads(done.stdout))
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return None


def read_report(report: dict[str, Any]) -> Finding:
    """Sort the packages of a report in JSON by what was said about them."""
    packages = report["dependencies"]
    unanswered = tuple(package["name"] for package in packages if "skip_reason" in package)
    holes = tuple(
        f"{package['name']} {package['version']}: {hole['id']} (mended in: {', '.join(hole['fix_versions'])})"
        for package in packages
        for hole in package.get("vulns", ())
    )
    return Finding(holes, unanswered, len(packages) - len(unanswered))


def verdict(finding: Finding | None, *, required: bool) -> tuple[int, str]:
    """The exit code and what to print."""
    if finding is None or not finding.answered:
        return int(required), "PACKAGES NOT AUDITED: no database of known holes answered."
    if finding.holes:
        return 1, "\n".join(("Known holes:", *finding.holes))
    if finding.unanswered:
        return int(required), f"AUDITED IN PART ONLY, nothing was said about: {', '.join(finding.unanswered)}"
    return 0, f"{finding.answered} packages audited, no known holes"


def main() -> int:
    """Ask one database after the other until one knows the packages."""
    finding = None
    for database in DATABASES:
        finding = ask(database, Path(sys.argv[1]))
        if finding and finding.answered:
            break
    code, words = verdict(finding, required=os.environ.get("AUDIT") == "required")
    print(words, file=sys.stderr if code or "AUDITED" in words else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main())
