"""What an operator does with `make officers`."""

import os
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.domain.attempts import WRONG_IN_A_ROW, Door
from chalicelib.domain.officers import OFFICER_ID, CounterSession, Officer, Role
from chalicelib.domain.refusals import AttemptsSpent
from chalicelib.ports import StoreUnavailable
from chalicelib.settings import load_settings
from chalicelib.storage.officers import OfficerRow
from chalicelib.wiring import Argon2Hasher
from infra import officers
from infra.officers import add, all_officers, change, find, main, renew
from infra.operators import NotDone
from tests.builders import NOW
from tests.tables import begin_on_tables, tables

pytestmark = pytest.mark.house

PASSWORD = re.compile(r"^password: ([a-z2-9]{20})$", re.MULTILINE)
ADDRESS = re.compile(r"^one-time passwords: (otpauth://\S+)$", re.MULTILINE)
ADD = ("add", "--office", "TK01", "--role", "examiner")
MINIMAL = {"ARGON2_MEMORY_KIB": "7168", "ARGON2_TIME_COST": "1"}
SECRETS = ("SECRET_KEYS", "PEPPER", "SIGNING_KEYS", "BASE_URL", "MAIL_FROM")

begin = begin_on_tables()


@pytest.fixture(autouse=True)
def store() -> Iterator[None]:
    """The tables, empty."""
    with tables():
        yield


@pytest.fixture
def hasher() -> Argon2Hasher:
    """As cheap as it may be."""
    return Argon2Hasher(load_settings({**os.environ, **MINIMAL}))


@pytest.fixture
def officer(hasher: Argon2Hasher) -> Officer:
    """One who works at a counter."""
    return add("TK01", Role.CLERK, hasher)[0]


@pytest.fixture
def operator(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody whose environment has none of the portal's secrets."""
    for name in SECRETS:
        monkeypatch.delenv(name)
    for name, value in MINIMAL.items():
        monkeypatch.setenv(name, value)


def _sign_in(officer: Officer) -> CounterSession:
    session = CounterSession(f"counter-{1:024d}", officer.officer_id, officer.epoch, NOW)
    with begin() as work:
        work.officers.begin_session(session)
    return session


def _is_alive(session: CounterSession) -> bool:
    with begin() as work:
        found = work.officers.find_session(session.name, session.officer_id)
    return found is not None and found[0].is_alive(found[1], NOW, NOW)


def _try(officer_id: str) -> None:
    with begin() as work:
        work.attempts.reserve(Door.OFFICER, officer_id)


def test_a_new_officer_is_found_with_what_was_asked_for(hasher: Argon2Hasher) -> None:
    officer, password = add("TK02", Role.EXAMINER, hasher)
    assert find(officer.officer_id) == officer
    assert OFFICER_ID.fullmatch(officer.officer_id)
    assert (officer.office, officer.role, officer.is_active, officer.totp_step) == ("TK02", Role.EXAMINER, True, 0)
    assert hasher.is_hash_of(officer.password_hash, password)


def test_officers_have_nothing_in_common(hasher: Argon2Hasher) -> None:
    added = [add("TK01", Role.CLERK, hasher) for _ in range(5)]
    assert len({password for _, password in added}) == len({one.totp_secret for one, _ in added}) == 5
    assert len({one.officer_id for one, _ in added}) == 5


@pytest.mark.usefixtures("operator")
def test_secrets_are_shown_once_and_the_password_is_never_stored(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ADD) == 0
    told = capsys.readouterr()
    password, address = PASSWORD.search(told.out), ADDRESS.search(told.out)
    assert password
    assert address
    assert "this once" in told.err
    (row,) = OfficerRow.scan()
    assert parse_qs(urlsplit(address[1]).query)["secret"] == [row.totp_secret]
    assert password[1] not in str(row.attribute_values)
    assert main(["list"]) == 0
    listed = capsys.readouterr().out
    assert listed.split() == [row.officer_id, "TK01", "examiner", "active"]


@pytest.mark.usefixtures("operator")
def test_every_step_works_without_the_portals_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ADD) == 0
    officer_id = capsys.readouterr().out.split()[0]
    assert main(["change", officer_id, "--office", "TK02", "--role", "clerk", "--state", "dismissed"]) == 0
    assert capsys.readouterr().out.split() == [officer_id, "TK02", "clerk", "dismissed"]
    assert main(["renew", officer_id]) == 0
    assert PASSWORD.search(capsys.readouterr().out)


def test_all_officers_are_listed_by_office(hasher: Argon2Hasher) -> None:
    for office in ("TK01", "SP01", "TK01", "AI01"):
        add(office, Role.CLERK, hasher)
    assert [one.office for one in all_officers()] == ["AI01", "SP01", "TK01", "TK01"]


@pytest.mark.parametrize(
    "other", [{"office": "TK02"}, {"role": Role.EXAMINER}, {"is_active": False}], ids=["office", "role", "dismissal"]
)
def test_a_change_is_stored_leaves_the_rest_and_ends_all_sessions(
    officer: Officer, other: dict[str, str | Role | bool]
) -> None:
    session = _sign_in(officer)
    assert _is_alive(session)
    asked = {"office": None, "role": None, "is_active": None, **other}
    changed = change(officer.officer_id, **asked)  # type: ignore[arg-type]
    assert find(officer.officer_id) == changed
    assert vars(changed) == {**vars(officer), **other, "epoch": officer.epoch + 1}
    assert not _is_alive(session)


def test_a_dismissed_officer_may_come_back_but_not_into_the_old_session(officer: Officer) -> None:
    session = _sign_in(officer)
    change(officer.officer_id, office=None, role=None, is_active=False)
    assert change(officer.officer_id, office=None, role=None, is_active=True).is_active
    assert not _is_alive(session)


def test_renewing_replaces_both_secrets_and_ends_all_sessions(officer: Officer, hasher: Argon2Hasher) -> None:
    session = _sign_in(officer)
    renewed, password = renew(officer.officer_id, hasher)
    assert find(officer.officer_id) == renewed
    assert hasher.is_hash_of(renewed.password_hash, password)
    assert not hasher.is_hash_of(officer.password_hash, password)
    assert renewed.totp_secret != officer.totp_secret
    assert (renewed.office, renewed.role, renewed.totp_step) == (officer.office, officer.role, 0)
    assert not _is_alive(session)


def test_renewing_opens_a_lock(officer: Officer, hasher: Argon2Hasher) -> None:
    for _ in range(WRONG_IN_A_ROW):
        _try(officer.officer_id)
    with pytest.raises(AttemptsSpent):
        _try(officer.officer_id)
    renew(officer.officer_id, hasher)
    _try(officer.officer_id)


@pytest.mark.parametrize("officer_id", ["MIHON001", "mihon001", "", "MIHON-01"])
def test_an_officer_who_is_not_there_is_not_changed(officer_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NotDone, match="there is no officer"):
        find(officer_id)
    assert main(["change", officer_id, "--state", "dismissed"]) == 1
    assert main(["renew", officer_id]) == 1
    told = capsys.readouterr()
    assert (told.out, told.err.count("Not done: there is no officer")) == ("", 2)
    assert all_officers() == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "--office", "XX99", "--role", "clerk"),
        ("add", "--office", "TK01", "--role", "director"),
        ("add", "--office", "TK01"),
        ("change", "MIHON001", "--state", "asleep"),
        (),
    ],
)
def test_what_does_not_exist_is_not_done(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    assert "usage:" in capsys.readouterr().err
    assert all_officers() == []


def test_a_store_that_does_not_answer_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def out_of_reach() -> list[Officer]:
        raise StoreUnavailable("TableDoesNotExist")

    monkeypatch.setattr(officers, "all_officers", out_of_reach)
    assert main(["list"]) == 1
    assert capsys.readouterr().err == "Not done: the tables of this stage cannot be reached (TableDoesNotExist)\n"
