"""The steps that finish the package, each by itself; `tests/deployed` has the package that they make."""

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from infra.archive import pack, slim
from infra.copying import ROOT, copy_project
from infra.package import Package
from infra.paths import PathWithoutFunction, lead_paths
from infra.stages import FOLDER, StageUnclear, stack_name, stage_parameters
from infra.wheels import UnfitPackage, check_wheels

pytestmark = pytest.mark.house

MANYLINUX = "cp313-cp313-manylinux_2_28_x86_64"
COMPILED_HERE = "cp313-cp313-linux_x86_64"


def _install(folder: Path, name: str, tag: str = "py3-none-any") -> None:
    place = folder / f"{name}.dist-info"
    place.mkdir()
    (place / "WHEEL").write_text(f"Wheel-Version: 1.0\nTag: {tag}\n", encoding="utf-8")


def _pins(folder: Path, *lines: str) -> Path:
    path = folder / "requirements.txt"
    path.write_text("\n".join(("# What is deployed", *lines)), encoding="utf-8")
    return path


def test_a_package_with_every_pin_passes(tmp_path: Path) -> None:
    _install(tmp_path, "argon2_cffi-25.1.0")
    _install(tmp_path, "MarkupSafe-3.0.4", MANYLINUX)
    check_wheels(tmp_path, _pins(tmp_path, "argon2-cffi==25.1.0", "MarkupSafe==3.0.4"))


def test_a_missing_wheel_is_no_mere_notice(tmp_path: Path) -> None:
    _install(tmp_path, "six-1.16.0")
    with pytest.raises(UnfitPackage, match=r"jaconv==0\.5\.0, six==1\.17\.0|six==1\.17\.0, jaconv==0\.5\.0"):
        check_wheels(tmp_path, _pins(tmp_path, "six==1.17.0", "jaconv==0.5.0"))


def test_a_wheel_that_was_compiled_here_is_refused(tmp_path: Path) -> None:
    _install(tmp_path, "cffi-2.1.1", COMPILED_HERE)
    with pytest.raises(UnfitPackage, match="compiled on this machine"):
        check_wheels(tmp_path, _pins(tmp_path, "cffi==2.1.1"))


def test_chalice_itself_is_refused(tmp_path: Path) -> None:
    _install(tmp_path, "chalice-1.34.0")
    with pytest.raises(UnfitPackage, match="Chalice"):
        check_wheels(tmp_path, _pins(tmp_path, "chalice==1.34.0"))


def test_a_zip_depends_on_its_files_alone(tmp_path: Path) -> None:
    archives = []
    for number, names in enumerate((("a.txt", "b.txt"), ("b.txt", "a.txt"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name in names:
            (folder / name).write_text(name, encoding="utf-8")
            os.utime(folder / name, (number * 1e9, number * 1e9))
            (folder / name).chmod(0o600 + number * 0o55)
        archives.append(tmp_path / f"{number}.zip")
        pack(folder, archives[-1])
    assert archives[0].read_bytes() == archives[1].read_bytes()


def test_everything_is_readable_by_whoever_runs_it(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "app.py").touch(0o600)
    pack(tmp_path / "files", tmp_path / "made.zip")
    with zipfile.ZipFile(tmp_path / "made.zip") as packed:
        assert packed.getinfo("app.py").external_attr >> 16 & 0o777 == 0o644


def test_services_that_are_not_called_are_left_out(tmp_path: Path) -> None:
    for service in ("dynamodb", "sesv2", "ssm", "ec2"):
        (tmp_path / "botocore" / "data" / service / "1").mkdir(parents=True)
        (tmp_path / "botocore" / "data" / service / "1" / "service-2.json.gz").touch()
        (tmp_path / "botocore" / "data" / service / "1" / "examples-1.json").touch()
    slim(tmp_path)
    left = {path.relative_to(tmp_path / "botocore" / "data").as_posix() for path in tmp_path.rglob("*.json*")}
    assert left == {f"{service}/1/service-2.json.gz" for service in ("dynamodb", "sesv2", "ssm")}


def test_a_checkout_without_links_packages_the_same(tmp_path: Path) -> None:
    copy_project(copied := _folder(tmp_path, "copied"))
    vendored = {path.relative_to(copied / "vendor").as_posix() for path in (copied / "vendor").rglob("*.html")}
    assert not [path for path in copied.rglob("*") if path.is_symlink()]
    assert vendored == {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "templates").rglob("*.html")
        if "dev" not in path.relative_to(ROOT / "templates").parts
    }


def test_what_lies_about_does_not_ship(tmp_path: Path) -> None:
    copy_project(copied := _folder(tmp_path, "copied"))
    names = {path.name for path in copied.rglob("*")}
    assert not names & {"__pycache__", ".env", "madoguchi.po", "tests", "local"}
    assert "madoguchi.mo" in names


def test_a_capability_with_pages_needs_a_function() -> None:
    template: dict[str, Any] = {"paths": {"/registration": {"get": {}}}}
    with pytest.raises(PathWithoutFunction, match="declares no function"):
        lead_paths(template, {"Portal": {"Type": "AWS::Serverless::Function"}})


@pytest.mark.parametrize("stage", ["", "Prod", "a b", "-x", "x" * 21])
def test_a_stage_has_a_plain_name(stage: str) -> None:
    with pytest.raises(StageUnclear):
        stack_name(stage)


def test_the_example_of_a_stage_can_be_deployed(template: Path) -> None:
    assert stage_parameters(FOLDER / "example.json", template)["MailFrom"]


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({}, "MailFrom is missing"),
        ({"MailFrom": "a@example.jp", "Colour": "red"}, "Colour is not known"),
        ({"MailFrom": "a@example.jp", "CodeKey": "x"}, "CodeKey is not known"),
    ],
)
def test_a_stage_that_cannot_be_deployed_says_why(
    tmp_path: Path, template: Path, settings: dict[str, str], complaint: str
) -> None:
    path = tmp_path / "prod.json"
    path.write_text(json.dumps(settings), encoding="utf-8")
    with pytest.raises(StageUnclear, match=complaint):
        stage_parameters(path, template)


def test_a_stage_without_a_file_says_what_to_do(tmp_path: Path, template: Path) -> None:
    with pytest.raises(StageUnclear, match=r"copy .*example\.json"):
        stage_parameters(tmp_path / "prod.json", template)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A template that asks for little."""
    path = Package.within(tmp_path).template
    names = ("MailFrom", "AlarmEmail", "CodeBucket", "CodeKey")
    path.write_text(json.dumps({"Parameters": {key: {} for key in names}}), encoding="utf-8")
    return path


def _folder(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir()
    return folder
