"""`make run`, as a person and as scripts meet it."""

import re
import signal
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from chalicelib.domain.application_states import states_of
from chalicelib.domain.officers import Role
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import Purpose
from chalicelib.one_time_passwords import step_of
from tests.local.served import PATIENCE_SECONDS, Served, copy_project, start

pytestmark = pytest.mark.enable_socket

OFFERED = ["accounts", "receivers", "officers", "offices", "api_keys", "applications"]


@pytest.fixture(autouse=True)
def real_time(served: Served) -> Iterator[None]:
    yield
    served.ask_json("/dev/clock", {"reset": ""})


def _newest_link(served: Served) -> str:
    mail = next(mail for mail in served.ask_json("/dev/mailbox.json") if mail["letter"] == "registration_link")
    found = re.search(r"http://\S+(/confirmation\?key=\S+)", mail["text"])
    assert found
    return found[1]


def test_it_says_when_and_where_it_answers(served: Served) -> None:
    assert [line for line in served.lines if line.startswith("Ready")] == [f"Ready: {served.address}/\n"]
    assert served.ask("/")[0] == 200


def test_it_names_the_examples_at_the_start(served: Served) -> None:
    (first, *_) = served.ask_json("/dev/examples.json")["accounts"]
    told = "".join(served.lines)
    assert first["payer_id"] in told
    assert first["payer_password"] in told


def test_examples_are_told_with_their_passwords(served: Served) -> None:
    examples = served.ask_json("/dev/examples.json")
    assert list(examples) == [*OFFERED, "codes", "links"]
    assert {account["kind"] for account in examples["accounts"]} == {"individual", "corporation"}
    assert all(len(account["filer_password"]) >= 15 for account in examples["accounts"])


@pytest.mark.parametrize("name", ["password_reset", "address"])
def test_mailed_links_of_my_page_are_ready_to_be_opened(served: Served, name: str) -> None:
    (link,) = [link for link in served.ask_json("/dev/examples.json")["links"] if link["link"] == name]
    assert link["url"] in "".join(served.lines)
    assert link["url"] in "".join(mail["text"] for mail in served.ask_json("/dev/mailbox.json"))
    assert served.ask(link["url"].removeprefix(served.address))[0] == 200


def test_there_is_an_example_of_every_state_of_an_account(served: Served) -> None:
    told = "".join(account["about"] for account in served.ask_json("/dev/examples.json")["accounts"])
    assert all(state in told for state in ("個人", "法人", "有効期限切れ", "ロック中", "2,000件"))


def test_mails_can_be_read_the_newest_first(served: Served) -> None:
    (newest, *older) = served.ask_json("/dev/mailbox.json")
    assert newest["sent_at"] >= older[-1]["sent_at"]
    assert {"to", "subject", "text", "html", "sent_at", "letter"} <= newest.keys()
    assert newest["subject"] in served.ask(f"/dev/mailbox/{len(older) + 1}")[1]
    assert served.ask(f"/dev/mailbox/{len(older) + 1}.html") == (200, newest["html"])


def test_a_link_dies_when_the_clock_is_moved(served: Served) -> None:
    link = _newest_link(served)
    assert served.ask(link)[0] == 200
    served.ask_json("/dev/clock", {"advance": "24h"})
    assert served.ask(link)[0] == 410
    served.ask_json("/dev/clock", {"advance": "-24h"})
    assert served.ask(link)[0] == 200


def test_a_span_nobody_understands_is_refused(served: Served) -> None:
    assert served.ask("/dev/clock", "POST", {"advance": "tomorrow"})[0] == 422


def test_forms_lead_back_to_their_page_and_scripts_get_json(served: Served) -> None:
    assert "開発者の窓口" in served.ask("/dev/clock", "POST", {"advance": "1m"}, Accept="text/html")[1]
    assert set(served.ask_json("/dev/clock", {"advance": "1m"})) == {"now"}


def test_other_sites_cannot_knock(served: Served) -> None:
    assert served.ask("/dev/clock", "POST", {"advance": "1m"}, **{"Sec-Fetch-Site": "cross-site"})[0] == 403


def test_jobs_run_by_hand(served: Served) -> None:
    assert served.ask_json("/dev/jobs/mailer", {})["job"] == "mailer"
    status, told = served.ask("/dev/jobs/no-such-job", "POST", {})
    assert status == 404
    assert "sweep" in told


def test_a_bounce_can_be_made_up(served: Served) -> None:
    mail = served.ask_json("/dev/mailbox.json")[0]
    assert served.ask_json("/dev/feedback", {"letter": mail["to"], "kind": "bounce"})["letter_id"] == mail["letter_id"]
    assert served.ask("/dev/feedback", "POST", {"letter": "nobody@example.jp", "kind": "bounce"})[0] == 404


@pytest.mark.parametrize("path", ["/dev", "/dev/mailbox", "/dev/components"])
def test_the_developers_pages_can_be_drawn(served: Served, path: str) -> None:
    assert served.ask(path)[0] == 200


def test_an_unknown_address_gets_the_portals_own_page(served: Served) -> None:
    status, page = served.ask("/no/such/page")
    assert status == 404
    assert "<h1" in page


def test_a_wrong_method_gets_the_portals_own_page(served: Served) -> None:
    status, page = served.ask("/registration", "DELETE")
    assert status == 405
    assert "<h1" in page


def test_a_large_body_is_refused_at_once(served: Served) -> None:
    assert served.ask("/registration", "POST", {"email": "a" * 1024 * 1024})[0] == 413


@pytest.mark.parametrize(
    "sent",
    [
        b"NONSENSE\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nshort",
        b"GET /\xff?\xff=\x80 HTTP/1.1\r\nAuthorization: \xff\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\n\r\n",
    ],
)
def test_whatever_is_sent_the_server_stays(served: Served, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", served.port), PATIENCE_SECONDS) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        connection.recv(64)
    assert served.ask("/")[0] == 200


def test_changed_files_are_used_and_records_stay(served: Served) -> None:
    before = served.ask_json("/dev/mailbox.json")
    template = served.project / "templates/portal/front.html"
    template.write_text(template.read_text(encoding="utf-8") + "{# changed #}", encoding="utf-8")
    front = served.project / "chalicelib/capabilities/portal/routes.py"
    front.write_text(front.read_text(encoding="utf-8").replace('"/terms"', '"/new-terms"'), encoding="utf-8")
    assert served.ask("/new-terms")[0] == 200
    assert served.ask_json("/dev/mailbox.json") == before
    assert served.ask(_newest_link(served))[0] == 200


def test_code_that_cannot_be_loaded_says_why_until_it_can(served: Served) -> None:
    module = served.project / "chalicelib/domain/accounts.py"
    text = module.read_text(encoding="utf-8")
    module.write_text(f"{text}\n1 / 0\n", encoding="utf-8")
    status, page = served.ask("/", Accept="text/html")
    assert status == 500
    assert "ZeroDivisionError" in page
    assert served.ask("/dev/mailbox.json")[0] == 200
    module.write_text(text, encoding="utf-8")
    assert served.ask("/", Accept="text/html")[0] == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_whole_and_quietly(tmp_path: Path, number: signal.Signals) -> None:
    portal = Served(copy_project(tmp_path))
    second = start(portal.project, portal.port)
    told, _ = second.communicate(timeout=PATIENCE_SECONDS)
    assert second.returncode == 1
    assert f"PORT={portal.port + 1}" in told
    assert "Traceback" not in told
    code, rest = portal.stop(number)
    assert code == 0
    assert "Traceback" not in rest
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", portal.port))


def test_it_goes_on_when_nobody_reads_what_it_says(served: Served) -> None:
    """A pipe holds 64 KiB."""
    for _ in range(30):
        assert served.ask(f"/{'long' * 1000}")[0] == 404


def test_there_is_an_example_of_every_state_of_an_application(served: Served) -> None:
    examples = served.ask_json("/dev/examples.json")["applications"]
    told = {(one["procedure"], one["state"]) for one in examples}
    assert told == {(procedure.value, state.value) for procedure in Procedure for state in states_of(procedure)}
    assert all(one["application_number"] in "".join(served.lines) for one in examples)


def test_there_are_examples_of_all_who_meet_at_the_counter(served: Served) -> None:
    examples, told = served.ask_json("/dev/examples.json"), "".join(served.lines)
    assert {one["is_enrolled"] for one in examples["receivers"]} == {True, False}
    assert {one["role"] for one in examples["officers"]} == {role.value for role in Role}
    assert {one["purpose"] for one in examples["codes"]} == {purpose.value for purpose in Purpose}
    assert all(one["receiver_password"] in told for one in examples["receivers"])
    assert all(one["one_time_password_secret"] in told for one in examples["officers"])
    assert all(one["lookup_key"] in told for one in examples["codes"])


def test_an_officers_one_time_password_follows_the_clock(served: Served) -> None:
    now = datetime.fromisoformat(served.ask_json("/dev/clock", {"advance": "24h"})["now"])
    for one in served.ask_json("/dev/examples.json")["officers"]:
        assert step_of(one["one_time_password_secret"], one["one_time_password"], now)
