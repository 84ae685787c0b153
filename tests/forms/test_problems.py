"""Problems are codes with what their sentence needs."""

import pytest
from wtforms.validators import StopValidation, ValidationError

from chalicelib.forms.problems import Problem


def test_a_problem_is_its_code_and_its_parameters() -> None:
    problem = Problem("too_long", limit=100)
    assert (problem.code, problem.params["limit"]) == ("too_long", 100)
    assert problem == Problem("too_long", limit=100)
    assert problem != Problem("too_long", limit=254)
    assert len({problem, Problem("too_long", limit=100)}) == 1


def test_a_problem_never_changes() -> None:
    problem = Problem("mismatch", of="email")
    with pytest.raises(AttributeError):
        problem.code = "required"  # type: ignore[misc]
    with pytest.raises(TypeError):
        problem.params["of"] = "x"  # type: ignore[index]


@pytest.mark.parametrize("error", [ValidationError, StopValidation])
def test_wtforms_finds_a_problem_where_it_looks_for_a_message(error: type[Exception]) -> None:
    assert error(Problem("required")).args[0] == Problem("required")
