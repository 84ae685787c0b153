"""Who else reads bulk payment files: the command, and what the documentation tells others to do."""

import json
import re
import subprocess
import sys
from base64 import urlsafe_b64decode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from threading import Thread

import pytest

from chalicelib.domain.bulk_files import BulkPaymentFile
from tests.signing.files import FILE, FOREIGN, ISSUED, NEWEST, seal
from tools.bulk_file import main, report

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs/bulk-payment-file.md").read_text(encoding="utf-8")
# The documented sample and the command look at the clock themselves.
ALIVE = replace(FILE, issued_at=datetime(2020, 1, 1, tzinfo=UTC), expires_at=datetime(9000, 1, 1, tzinfo=UTC))
KEYS = seal(NEWEST).public_keys()


def _written(folder: Path, file: BulkPaymentFile, seed: str = NEWEST) -> list[str]:
    content, keys = folder / "file.json", folder / "keys.json"
    content.write_bytes(seal(seed).sealed(file).encode())
    keys.write_text(json.dumps(KEYS), encoding="utf-8")
    return [str(content), str(keys)]


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)


def _sample_says(file: str, keys: str) -> subprocess.CompletedProcess[str]:
    (code,) = _blocks("python")
    return subprocess.run(  # noqa: S603 - our own document
        [sys.executable, "-X", "utf8", "-c", code, file, keys], capture_output=True, text=True, check=False
    )


def test_the_documented_sample_takes_a_good_file(tmp_path: Path) -> None:
    said = _sample_says(*_written(tmp_path, ALIVE))
    assert (said.returncode, said.stdout) == (0, "KNCA6288 12\n"), said.stderr


def test_the_documented_sample_refuses_others(tmp_path: Path) -> None:
    assert _sample_says(*_written(tmp_path, ALIVE, FOREIGN)).returncode
    assert _sample_says(*_written(tmp_path, replace(ALIVE, expires_at=ISSUED - timedelta(days=3650)))).returncode
    file, keys = _written(tmp_path, ALIVE)
    good = Path(file).read_bytes()
    last = good.index(b'"signature":"') + len(b'"signature":"') + 85
    spare_bit = good[:last] + bytes([good[last] + 1]) + good[last + 1 :]
    for changed in (good.replace(b"6288", b"6289"), good + b"\n", good.replace(b",", b", ", 1), spare_bit):
        Path(file).write_bytes(changed)
        assert _sample_says(file, keys).returncode


@pytest.mark.skipif(not which("openssl"), reason="OpenSSL is not installed here")
def test_the_documented_openssl_command_checks_a_signature(tmp_path: Path) -> None:
    (command,) = (block for block in _blocks("sh") if "openssl" in block)
    members = json.loads(seal(NEWEST).sealed(ALIVE))
    signature = members.pop("signature")
    signed = json.dumps(members, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    (tmp_path / "x.bin").write_bytes(urlsafe_b64decode(KEYS["keys"][0]["x"] + "="))
    (tmp_path / "signature.bin").write_bytes(urlsafe_b64decode(f"{signature}=="))
    for purpose, code in ((b"madoguchi-bulk-payment-file-1\n", 0), (b"madoguchi-bulk-payment-file-2\n", 1)):
        (tmp_path / "signed.bin").write_bytes(purpose + signed)
        done = subprocess.run(  # noqa: S603 - our own document
            ["/bin/sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stderr


def test_the_documentation_names_every_member() -> None:
    described = re.findall(r"^\| `(\w+)` \| (?:string|integer) \|", DOCUMENT, re.MULTILINE)
    assert sorted(described) == sorted(json.loads(seal(NEWEST).sealed(FILE)))


def test_the_documentation_names_addresses_that_are_there() -> None:
    assert "/static/schemas/bulk-payment-file-1.json" in DOCUMENT
    assert (ROOT / "static/schemas/bulk-payment-file-1.json").is_file()
    assert "/.well-known/bulk-payment-file-keys.json" in DOCUMENT


def test_the_command_says_what_a_good_file_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, keys = _written(tmp_path, ALIVE)
    assert main([file, "--keys", keys]) == 0
    said = capsys.readouterr().out
    assert all(part in said for part in (ALIVE.payer_id, ALIVE.display_name, "serial:       12", "file:         good"))


def test_the_command_says_nothing_of_what_a_forged_file_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, keys = _written(tmp_path, ALIVE, FOREIGN)
    assert main([file, "--keys", keys]) == 1
    said = capsys.readouterr()
    assert said.err.startswith("FORGED")
    assert ALIVE.payer_id not in said.out + said.err


def test_the_command_refuses_a_file_from_the_moment_it_expires() -> None:
    content = seal(NEWEST).sealed(FILE).encode()
    assert report(content, KEYS, FILE.expires_at - timedelta(seconds=1))[0] == 0
    code, words = report(content, KEYS, FILE.expires_at)
    assert code == 1
    assert words.endswith("EXPIRED")


@pytest.mark.parametrize("keys", ["", "{", "[]", "{}", '{"keys": {}}', '{"keys": [1]}', '{"keys": [{"x": 1}]}'])
def test_the_command_does_not_judge_without_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str], keys: str) -> None:
    file, place = _written(tmp_path, ALIVE)
    Path(place).write_text(keys, encoding="utf-8")
    assert main([file, "--keys", place]) == 1
    assert capsys.readouterr().err.startswith("NOT CHECKED")


@pytest.mark.parametrize("missing", ["file.json", "keys.json"])
def test_the_command_says_which_file_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    file, keys = _written(tmp_path, ALIVE)
    (tmp_path / missing).unlink()
    assert main([file, "--keys", keys]) == 1
    assert missing in capsys.readouterr().err


@pytest.mark.enable_socket
def test_the_command_takes_the_keys_from_their_address(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, _ = _written(tmp_path, ALIVE)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        assert main([file, "--keys", f"{address}/keys.json"]) == 0
        assert main([file, "--keys", f"{address}/unknown.json"]) == 1
        server.shutdown()
    assert "404" in capsys.readouterr().err


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """The console belongs to the tests."""
