"""One run of all measurements."""

import os
from argparse import Namespace
from collections.abc import Iterable

from app import app
from bench.cold import measure_cold_starts
from bench.costs import cost_journeys
from bench.figures import measure_steps
from bench.journeys import all_steps, walk_all
from bench.report import Report, as_text, keep, write_document
from bench.stage import Stage, Step
from bench.surroundings import emulated


def run(options: Namespace) -> None:
    """Walk once, measure everything, show and keep the figures."""
    with emulated(os.environ) as around:
        stage = Stage(app, around)
        began_at = around.clock.now
        journeys = walk_all(stage)
    # Before all else: tokens and sessions of the journeys count for minutes by the real clock.
    cold = measure_cold_starts(journeys, options.rounds, options.package)
    steps = measure_steps(stage, journeys, options.pairs)
    report = Report(
        command=f"make bench ARGS='--pairs {options.pairs} --rounds {options.rounds}'",
        now=began_at,
        pairs=options.pairs,
        rounds=options.rounds,
        steps=steps,
        cold=cold,
        journeys=cost_journeys(journeys, steps),
        missed=missed_by(all_steps(journeys)),
    )
    print(as_text(report))
    keep(report)
    if options.write_docs:
        write_document(report)


def missed_by(steps: Iterable[Step]) -> list[str]:
    """Views and jobs of the application that none of `steps` meets, so that a new capability is not forgotten."""
    met = {_name_of(step) for step in steps}
    views = {f"{method} {path}" for path, methods in app.routes.items() for method in methods if method != "HEAD"}
    jobs = {source.name for source in app.event_sources}
    return sorted((views | jobs) - met)


def _name_of(step: Step) -> str:
    context = step.event.get("requestContext")
    return f"{context['httpMethod']} {context['resourcePath']}" if context else step.function
