"""docs/states.md says what the code says."""

from pathlib import Path

import pytest

from chalicelib.domain.application_states import TABLE, State
from chalicelib.domain.procedures import Procedure
from tools import states

pytestmark = pytest.mark.house


def test_the_document_is_current() -> None:
    assert states.DOCUMENT.read_text(encoding="utf-8") == states.document(), "run python -m tools.states"


@pytest.mark.parametrize("procedure", list(Procedure))
def test_each_move_of_the_table_is_an_arrow_of_the_diagram(procedure: Procedure) -> None:
    arrows = list(states._diagram(procedure))
    for (state, event), after in TABLE[procedure].items():
        leading = [arrow for arrow in arrows if arrow.startswith(f"    {state.value} --> {after.value} : ")]
        assert event.value in "".join(leading).rpartition(" : ")[2].split(", ")


def test_every_state_has_its_japanese_name() -> None:
    text = states.document()
    assert all(f"`{state.value}` | {states._word('state_name', state)} |" in text for state in State)


def test_a_stale_document_is_found_and_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(states, "DOCUMENT", tmp_path / "states.md")
    assert states.main(["--check"]) == 1
    (tmp_path / "states.md").write_text("old", encoding="utf-8")
    assert states.main(["--check"]) == 1
    assert "stale" in capsys.readouterr().err
    assert (tmp_path / "states.md").read_text(encoding="utf-8") == "old"
    assert states.main([]) == 0
    assert states.main(["--check"]) == 0
