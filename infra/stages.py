"""What is decided for one stage: a small file that an operator writes."""

import json
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "stages"
_STAGE = re.compile(r"[a-z][a-z0-9-]{0,19}", re.ASCII)
_REQUIRED = frozenset({"MailFrom"})
_OURS = frozenset({"CodeBucket", "CodeKey"})


class StageUnclear(Exception):
    """Something about the stage is missing or wrong; the message says what to do."""


def stack_name(stage: str) -> str:
    """The stack of a stage; everything in it is named after it. Raises StageUnclear."""
    if not _STAGE.fullmatch(stage):
        raise StageUnclear(f"“{stage}” cannot be a stage: small letters, digits and hyphens, at most 20")
    return f"madoguchi-{stage}"


def stage_file(stage: str) -> Path:
    """Where an operator writes down what is decided for a stage."""
    return FOLDER / f"{stage}.json"


def stage_parameters(path: Path, template: Path) -> dict[str, str]:
    """The parameters in the file of a stage. Raises StageUnclear, naming all that is missing or unknown."""
    if not path.exists():
        raise StageUnclear(f"{path} is missing: copy {FOLDER / 'example.json'} and fill it in")
    try:
        given = {str(name): str(value) for name, value in json.loads(path.read_text(encoding="utf-8")).items()}
    except (json.JSONDecodeError, AttributeError) as error:
        raise StageUnclear(f"{path} is not a JSON object: {error}") from error
    known = json.loads(template.read_text(encoding="utf-8"))["Parameters"].keys() - _OURS
    wrong = [f"{name} is missing" for name in sorted(_REQUIRED - given.keys())]
    wrong += [f"{name} is not known; known are {', '.join(sorted(known))}" for name in sorted(given.keys() - known)]
    if wrong:
        raise StageUnclear(f"{path}: {'; '.join(wrong)}")
    return given
