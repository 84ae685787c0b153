"""Judges the finished template: usage: python -m infra.check [FOLDER].

What SAM makes of it is judged too, because that is what CloudFormation gets.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import boto3
from cfnlint.api import lint_file
from cfnlint.config import ManualArgs
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

from infra.package import FOLDER, Package

REGION = "ap-northeast-1"
# For parameters that an operator must give.
_GIVEN = {"CodeBucket": "packages", "CodeKey": "package.zip", "MailFrom": "noreply@portal.example.jp"}


def translated(template: dict[str, Any]) -> dict[str, Any]:
    """The template without SAM. Raises InvalidDocumentException."""
    values = {name: _GIVEN.get(name) or str(told["Default"]) for name, told in template["Parameters"].items()}
    session = boto3.session.Session(region_name=REGION)
    made: dict[str, Any] = Translator({}, Parser(), boto_session=session).translate(template, values)
    return made


def complaints(path: Path) -> list[str]:
    """What cfn-lint says about a template."""
    return [str(match) for match in lint_file(path, config=ManualArgs(regions=[REGION]))]


def main() -> int:
    """Judge the template as it is, then without SAM."""
    path = Package.within(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER).template
    try:
        plain = translated(json.loads(path.read_text(encoding="utf-8")))
    except InvalidDocumentException as error:
        print(error.message, *(cause.message for cause in error.causes), sep="\n", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as place:
        without_sam = Path(place, "translated.json")
        without_sam.write_text(json.dumps(plain), encoding="utf-8")
        found = [*complaints(path), *complaints(without_sam)]
    print("\n".join(found) or f"{len(plain['Resources'])} resources, nothing to complain of")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
