"""Who else reads two-dimensional codes: the command, and what the documentation tells others."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from chalicelib.domain.lookup_keys import grouped_key
from chalicelib.domain.qr_codes import CodeSays
from tests.builders import NOW
from tests.signing.codes import SAYS, SINGLE, seal
from tests.signing.files import FOREIGN, NEWEST, OLDER
from tests.sources import ROOT
from tools.qr_code import main, report

pytestmark = pytest.mark.house

DOCUMENT = (ROOT / "docs" / "qr-codes.md").read_text(encoding="utf-8")
KEYS = seal(NEWEST, OLDER).public_keys()
# The command looks at the clock itself.
ALIVE = replace(SAYS, expires_at=datetime(2100, 1, 1, tzinfo=UTC))
SECOND = timedelta(seconds=1)
GENUINE = "genuine, not checked for use or revocation"


def _text(says: CodeSays = ALIVE, seed: str = NEWEST) -> str:
    return seal(seed).sealed(says)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def keys(tmp_path: Path) -> str:
    """A file with the published keys."""
    place = tmp_path / "keys.json"
    place.write_text(json.dumps(KEYS), encoding="utf-8")
    return str(place)


def test_a_good_code_tells_all_that_it_says(keys: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([_text(), "--keys", keys]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert told.out.splitlines() == [
        "purpose:    authentication",
        f"lookup key: {grouped_key(SAYS.lookup_key)}",
        "issued at:  2019-09-24T00:55:50+00:00",
        "expires at: 2100-01-01T00:00:00+00:00",
        "time:       good",
        f"signature:  {GENUINE}",
    ]


def test_a_single_vehicles_code_is_good_until_it_is_used(keys: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([_text(SINGLE), "--keys", keys]) == 0
    told = capsys.readouterr().out
    assert "purpose:    single_vehicle" in told
    assert "lookup key: K" in told
    assert "expires at: when it is used" in told


def test_a_code_is_good_until_its_end() -> None:
    assert SAYS.expires_at
    text = _text(SAYS)
    assert report(text, KEYS, SAYS.expires_at - SECOND)[0] == 0
    code, words = report(text, KEYS, SAYS.expires_at)
    assert code == 1
    assert "EXPIRED" in words
    assert GENUINE in words


@pytest.mark.parametrize("seed", [NEWEST, OLDER])
def test_codes_of_all_published_keys_are_good(seed: str) -> None:
    assert report(_text(seed=seed), KEYS, NOW)[0] == 0


@pytest.mark.parametrize(
    "text",
    [
        _text(seed=FOREIGN),
        _text()[:-1],
        _text().lower(),
        _text().replace("MDG1", "MDG2"),
        f"{_text()[:50]}{'A' if _text()[50] != 'A' else 'B'}{_text()[51:]}",
        SAYS.lookup_key,
        "https://example.jp/",
        "",
    ],
    ids=["foreign key", "truncated", "lower case", "another version", "altered", "a key", "something else", "empty"],
)
def test_everything_else_is_forged_and_nothing_of_it_is_told(
    text: str, keys: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([text, "--keys", keys]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("FORGED")
    assert "lookup key" not in told.err


def test_the_line_end_that_a_scanner_adds_does_no_harm(keys: str) -> None:
    assert main([f" {_text()}\r\n", "--keys", keys]) == 0


@pytest.mark.parametrize(
    "content", ["", "no JSON", "[]", "{}", '{"keys": {}}', '{"keys": [1]}', '{"keys": [{"x": 1}]}']
)
def test_what_is_no_set_of_keys_checks_nothing(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "keys.json"
    place.write_text(content, encoding="utf-8")
    assert main([_text(), "--keys", str(place)]) == 1
    assert capsys.readouterr().err.startswith("NOT CHECKED")


def test_keys_that_are_not_there_check_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([_text(), "--keys", str(tmp_path / "keys.json")]) == 1
    assert capsys.readouterr().err.startswith("NOT CHECKED")


@pytest.mark.parametrize("published", [{"keys": []}, {"keys": [{}]}, {"keys": [{"kty": "RSA", "x": ""}]}])
def test_a_set_without_the_key_takes_every_code_for_forged(published: dict[str, Any]) -> None:
    code, words = report(_text(), published, NOW)
    assert (code, words.startswith("FORGED")) == (1, True)


@pytest.mark.enable_socket
def test_keys_are_read_from_an_address(keys: str) -> None:
    folder = partial(_Quiet, directory=str(Path(keys).parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), folder) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        assert main([_text(), "--keys", f"http://127.0.0.1:{server.server_port}/keys.json"]) == 0
        server.shutdown()


def test_the_document_tells_what_is_so() -> None:
    assert f"Its text has {len(_text())} characters" in DOCUMENT
    assert "python -m tools.qr_code MDG1… --keys" in DOCUMENT
    assert "/.well-known/qr-code-keys.json" in DOCUMENT
    assert GENUINE in DOCUMENT
