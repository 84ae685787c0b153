"""Makes the package: usage: python -m infra.package [FOLDER]. Leaves template.json and deployment.zip in FOLDER."""

import hashlib
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from infra.archive import byte_compile, pack, slim, unpack
from infra.banks import thin_banks
from infra.copying import ROOT, copy_project
from infra.wheels import UnfitPackage, check_wheels

FOLDER = ROOT / "build" / "package"
LARGEST_MIB = 10.0
_MIB = 1024 * 1024
# Chalice looks these up although nothing is called; the store's prefix comes from the stack.
_CHALICE = "import sys; from chalice.cli import main; sys.exit(main())"
_STAND_INS = {"AWS_DEFAULT_REGION": "ap-northeast-1", "TABLE_PREFIX": "stand-in"}


@dataclass(frozen=True)
class Package:
    """What is deployed."""

    template: Path
    archive: Path

    @classmethod
    def within(cls, folder: Path) -> "Package":
        """The package in `folder`, made or to be made."""
        return cls(folder / "template.json", folder / "deployment.zip")

    @property
    def sha256(self) -> str:
        """The fingerprint of the zip, in hexadecimal."""
        return hashlib.sha256(self.archive.read_bytes()).hexdigest()

    @property
    def mebibytes(self) -> float:
        """The size of the zip."""
        return self.archive.stat().st_size / _MIB


def make_package(folder: Path = FOLDER, root: Path = ROOT) -> Package:
    """Build from a clean copy of `root`. Raises UnfitPackage."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Package.within(folder)
    with tempfile.TemporaryDirectory() as place:
        copy, files = Path(place, "project"), Path(place, "files")
        copy.mkdir()
        copy_project(copy, root)
        _run(copy, "-c", _CHALICE, "package", str(copy / "out"))
        unpack(copy / "out" / "deployment.zip", files)
        check_wheels(files, root / "requirements.txt")
        slim(files)
        thin_banks(files)
        byte_compile(files)
        # By the very code that is deployed: the gateway's pages name the static files that are in this zip.
        _run(
            files,
            "-B",
            "-m",
            "infra.template",
            str(copy / "out" / "sam.json"),
            str(made.template.resolve()),
            PYTHONPATH=str(ROOT),
        )
        pack(files, made.archive)
    if made.mebibytes > LARGEST_MIB:
        raise UnfitPackage(f"the zip has {made.mebibytes:.2f} MiB, more than {LARGEST_MIB}")
    return made


def _run(folder: Path, *arguments: str, **variables: str) -> None:
    """Run a program in a fresh interpreter: no setting of this machine may reach the template."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "CHALICE_"))}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**kept, **_STAND_INS, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise UnfitPackage(f"a step failed:\n{done.stdout}{done.stderr}")


def main() -> int:
    """Make the package and say what came out."""
    try:
        made = make_package(*map(Path, sys.argv[1:2]))
    except UnfitPackage as error:
        print(f"No package: {error}", file=sys.stderr)
        return 1
    print(f"{made.archive}: {made.mebibytes:.2f} MiB, SHA-256 {made.sha256}")
    print(made.template)
    return 0


if __name__ == "__main__":
    sys.exit(main())
