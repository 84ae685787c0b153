"""Chalice's zip made small, quick to load, and the same whenever and wherever it is made."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

# The AWS services that are called, and what every client reads.
_BOTOCORE_DATA = frozenset(
    {
        "dynamodb",
        "sesv2",
        "ssm",
        "endpoints.json",
        "endpoints.json.gz",
        "partitions.json",
        "partitions.json.gz",
        "_retry.json",
        "_retry.json.gz",
        "sdk-default-configuration.json",
        "sdk-default-configuration.json.gz",
    }
)
# Never imported by what runs: dnspython by email-validator only to ask the DNS, cffi's and pycparser's Python only to
# compile bindings, boto3's data by its resources; of Powertools only the logger and the metrics, of WTForms no words;
# of zengin-code only the list.
_UNUSED = (
    "dns",
    "dnspython-*.dist-info",
    "cffi",
    "pycparser",
    "boto3/data",
    "boto3/examples",
    "aws_lambda_powertools/event_handler",
    "aws_lambda_powertools/utilities/[!_jt]*",
    "wtforms/locale",
    "zengin_code/*.py",
    "zengin_code/source-data/data/md5",
    "*.data",
    "**/__pyinstaller",
    "**/tests",
    "**/test",
    "**/*.pyi",
    "**/py.typed",
    "*.dist-info/RECORD",
    "*.dist-info/INSTALLER",
    "*.dist-info/REQUESTED",
    "*.dist-info/WHEEL",
    "*.dist-info/top_level.txt",
    "*.dist-info/entry_points.txt",
    "*.dist-info/direct_url.json",
)
# Only examples and paginators of these are dropped, the description of the service stays.
_BESIDE_SERVICE = ("examples-1.json*",)
_RUNS_AT = "/var/task"
# The oldest date that a zip can hold.
_DATE = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16


def unpack(archive: Path, folder: Path) -> None:
    """Lay the files of `archive` into `folder`."""
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)


def slim(folder: Path) -> None:
    """Take out what nothing that runs ever reads."""
    for pattern in _UNUSED:
        for path in sorted(folder.glob(pattern)):
            _remove(path)
    for path in (folder / "botocore" / "data").iterdir():
        if path.name not in _BOTOCORE_DATA:
            _remove(path)
    for pattern in _BESIDE_SERVICE:
        for path in (folder / "botocore" / "data").rglob(pattern):
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def byte_compile(folder: Path) -> None:
    """Compile every module, for this interpreter's minor version, so that no cold start has to.

    In an interpreter of its own, with the path that the files will have: both show in the compiled code.
    """
    options = ["--invalidation-mode", "unchecked-hash", "-q", "-s", str(folder), "-p", _RUNS_AT]
    command = [sys.executable, "-m", "compileall", *options, str(folder)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "0"})


def pack(folder: Path, archive: Path) -> None:
    """Write a zip whose bytes depend on the files alone: sorted, undated, without owners."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _DATE)
            entry.external_attr = _MODE
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, path.read_bytes(), compresslevel=9)
