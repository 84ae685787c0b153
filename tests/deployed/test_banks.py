"""The published banks are in the package, and found there."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from infra.package import Package

pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("deployed")]

RUNS_WITHIN = 60
ASKED = """
import sys
sys.path.insert(0, sys.argv[1])
from chalicelib.banks.published import PublishedBanks
banks = PublishedBanks()
print(banks.search("ﾐｽﾞﾎ")[0].code, banks.search_branches("0001", "しぶや")[0].code, banks.find_branch("0001", "018"))
"""


def test_a_function_finds_banks_and_branches(package: Package, tmp_path: Path) -> None:
    with zipfile.ZipFile(package.archive) as packed:
        packed.extractall(tmp_path)
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-S", "-E", "-B", "-X", "utf8", "-c", ASKED, str(tmp_path)],
        env={"PATH": os.environ["PATH"]},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=RUNS_WITHIN,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["0001", "210", "None"]
