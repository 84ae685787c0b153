"""Makes docs/states.md from the table of states, so that the diagram never says anything else than the code.

usage: python -m tools.states [--check]. With --check nothing is written; exit code 1 when the document is stale.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from chalicelib.domain.application_states import (
    CAN_EXPIRE,
    CORRECTABLE,
    ENDED,
    IN_BULK,
    IN_BULK_STATES,
    NEEDS_APPLICANT,
    OPEN,
    PAYABLE,
    READY_STATES,
    TABLE,
    WITHDRAWABLE,
    Event,
    State,
    StepState,
    next_state,
    progress,
    states_of,
    whose_turn,
)
from chalicelib.domain.procedures import Procedure
from chalicelib.texts.environment import SOURCE_LANGUAGE, environment

_WORDS = "texts/applications.html"
DOCUMENT = Path(__file__).parent.parent / "docs" / "states.md"

_OPENING = """\
# States of an application

<!-- Made by `python -m tools.states` from chalicelib/domain/application_states.py; a test says when it is stale. -->

申請状況: in which states an application can be, which event leads from which to which, and who has to act next.
`next_state` in [`application_states.py`](../chalicelib/domain/application_states.py) is the one table; the functions of
[`application_moves.py`](../chalicelib/domain/application_moves.py) are the only ways through it. What the table does
not have is refused with the state that the application is in (`event_out_of_order`).

What the table does not say:

- `review_passed` happens once in each review. In a continuation the state stays, and only then can `ready` follow. In
  the tax review of a new vehicle without environmental tax it leads to `ready_to_issue` at once, and the history says
  `ready`; nobody can tell `ready` itself there.
- `paid` needs the kind, the amount and the number that were asked for, and a day within the deadline.
- `corrected` needs a deadline that has not passed, and only fields that the office named. A review that was passed
  before a correction of the inspection counts no more.
- `withdrawn` is possible in `inspection_fee_bulk` until a payment number was taken, and in both corrections.
- `expired` comes from the portal when the deadline has passed: unpaid becomes void, uncorrected becomes rejected.
- Documents, messages, reminders and payment numbers change no state. Nothing changes what has ended.
"""
_GROUPS = {
    "ENDED": (ENDED, "nothing moves it any more"),
    "OPEN": (OPEN, "everything else"),
    "NEEDS_APPLICANT": (NEEDS_APPLICANT, "the applicant has to act"),
    "PAYABLE": (PAYABLE, "a charge is unpaid"),
    "IN_BULK_STATES": (IN_BULK_STATES, "a bulk charge is unpaid (まとめ払い中)"),
    "CORRECTABLE": (CORRECTABLE, "a correction was asked for (補正)"),
    "WITHDRAWABLE": (WITHDRAWABLE, "the applicant may withdraw (取り下げ)"),
    "CAN_EXPIRE": (CAN_EXPIRE, "there is a deadline"),
    "READY_STATES": (READY_STATES, "what was applied for can be collected"),
}
_BEGINNINGS = {
    State.NOT_ACCEPTED: "filed, not acceptable",
    State.INSPECTION_FEE_DUE: "filed, paid one by one",
    State.INSPECTION_FEE_BULK: "filed, paid in bulk",
}
_STOPS_ANYWHERE = frozenset({State.WITHDRAWN, State.VOID, State.REJECTED})
_HEADINGS = ("state", "申請状況", "whose turn", "step", "events")
_Edges = dict[tuple[State, State], list[Event]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the document, or say whether it is stale."""
    parser = argparse.ArgumentParser(prog="tools.states", description="Make docs/states.md from the table of states.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the document is stale")
    if parser.parse_args(arguments).check:
        is_stale = not DOCUMENT.exists() or DOCUMENT.read_text(encoding="utf-8") != document()
        if is_stale:
            print("docs/states.md is stale: run python -m tools.states", file=sys.stderr)
        return int(is_stale)
    DOCUMENT.write_text(document(), encoding="utf-8")
    return 0


def document() -> str:
    """The whole document."""
    parts = [_OPENING, *(_about(procedure) for procedure in Procedure), _groups()]
    return "\n".join(parts)


def _about(procedure: Procedure) -> str:
    heading = f"## {_word('procedure_name', procedure)} (`{procedure.value}`)"
    return "\n".join((heading, "", *_diagram(procedure), "", *_table(procedure), ""))


def _word(macro: str, value: str) -> str:
    """What the applicant reads."""
    words: Callable[[str], str] = getattr(environment(SOURCE_LANGUAGE).get_template(_WORDS).module, macro)
    return str(words(value))


def _diagram(procedure: Procedure) -> Iterator[str]:
    """Both ways of paying in one picture."""
    yield from ("```mermaid", "stateDiagram-v2")
    for state in states_of(procedure):
        yield f'    state "{state.value}<br/>{_word("state_name", state)}" as {state.value}'
    for first, words in _BEGINNINGS.items():
        yield f"    [*] --> {first.value} : {words}"
    for (before, after), events in _edges(procedure).items():
        yield f"    {before.value} --> {after.value} : {', '.join(event.value for event in events)}"
    for state in states_of(procedure):
        if state in ENDED:
            yield f"    {state.value} --> [*]"
    yield "```"


def _edges(procedure: Procedure) -> _Edges:
    """From which state to which, and by which events."""
    edges: _Edges = {}
    for state in states_of(procedure):
        for event, reached in _ways_on(procedure, state):
            for after in reached:
                edges.setdefault((state, after), []).append(event)
    return edges


def _ways_on(procedure: Procedure, state: State) -> list[tuple[Event, list[State]]]:
    """Which events are possible and where each leads, paid one by one and in bulk, as far as the state allows both."""
    ways = [False] * (state not in IN_BULK_STATES) + [True] * (state not in IN_BULK)
    return [
        (event, list(dict.fromkeys(next_state(procedure, state, event, in_bulk=in_bulk) for in_bulk in ways)))
        for event in Event
        if (state, event) in TABLE[procedure]
    ]


def _table(procedure: Procedure) -> Iterator[str]:
    yield _row(_HEADINGS)
    yield _row("---" for _ in _HEADINGS)
    for state in states_of(procedure):
        events = (f"`{event.value}` → {_names(reached, ' or ')}" for event, reached in _ways_on(procedure, state))
        name, step = _word("state_name", state), _step(procedure, state)
        yield _row((f"`{state.value}`", name, _turn(state), step, "<br/>".join(events) or "–"))


def _names(states: Iterable[State], between: str) -> str:
    return between.join(f"`{state.value}`" for state in states)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _turn(state: State) -> str:
    return "– (end)" if state in ENDED else whose_turn(state).value.replace("_", " ")


def _step(procedure: Procedure, state: State) -> str:
    """Where the progress line stands."""
    if state in _STOPS_ANYWHERE:
        return "where it stopped"
    steps = enumerate(progress(procedure, state), start=1)
    current = (f"{number}. {_word('step_name', step)}" for number, (step, how) in steps if how is not StepState.DONE)
    return next(current, "all done")


def _groups() -> str:
    rows = (
        _row((f"`{name}`", meaning, _names((state for state in State if state in group), ", ")))
        for name, (group, meaning) in _GROUPS.items()
    )
    return "\n".join(("## Groups", "", _row(("group", "meaning", "states")), _row(("---",) * 3), *rows, ""))


if __name__ == "__main__":
    sys.exit(main())
