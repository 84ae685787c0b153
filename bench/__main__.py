"""`make bench`: what each path, job, cold start and journey costs."""

import argparse
import importlib
import os
from pathlib import Path
from typing import Any

from bench.environment import prepare

PACKAGE = Path(__file__).parents[1] / "build" / "package"


def main() -> None:
    """Read the options, then load what reads the environment."""
    options = _options()
    prepare(os.environ)
    importlib.import_module(_measurement(options)).run(options)


def _measurement(options: Any) -> str:
    if options.expiry:
        return "bench.expiry"
    if options.pictures:
        return "bench.pictures"
    return "bench.alike" if options.alike else "bench.run"


def _options() -> Any:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--pairs", type=int, default=15, help="runs of each path and job, each with a bare view")
    parser.add_argument("--rounds", type=int, default=5, help="cold starts of each function")
    parser.add_argument("--package", type=Path, default=PACKAGE, help="where `make package` left what it made")
    parser.add_argument("--alike", action="store_true", help="instead: whether time tells which IDs exist")
    parser.add_argument("--pictures", action="store_true", help="instead: drawing codes, beside the libraries alone")
    parser.add_argument("--tries", type=int, default=200, help="tries of each case of --alike and --pictures")
    parser.add_argument("--expiry", action="store_true", help="instead: the expiry job among few and many applications")
    parser.add_argument("--write-docs", action="store_true", help="put the tables into docs/bench.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
