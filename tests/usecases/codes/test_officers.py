"""窓口ログイン, and leaving."""

from dataclasses import replace

import pytest

from chalicelib.domain.audit import AuditEntry, Deed
from chalicelib.domain.officers import CounterSession
from chalicelib.ports import StoreUnavailable
from tests.code_builders import OFFICE, OFFICER_ID, OTHER_OFFICER_ID, TOTP_SECRET, an_officer
from tests.fakes.hashing import quick_hash
from tests.fakes.outside import FakeHasher
from tests.fakes.store import FakeStore
from tests.usecases.applications.steps import DAY, LATER, SECOND
from tests.usecases.codes.steps import COLLEAGUE, EXAMINER, NETWORK, STEP, CounterDesk, one_time_password

OTHER_SECRET = TOTP_SECRET[::-1]


@pytest.fixture
def desk(desk: CounterDesk) -> CounterDesk:
    """Two officers work here."""
    desk.employ(EXAMINER, COLLEAGUE)
    return desk


def test_id_password_and_one_time_password_open_the_counter(desk: CounterDesk, store: FakeStore) -> None:
    session = desk.sign_in()
    assert session == CounterSession(session.name if session else "", OFFICER_ID, EXAMINER.epoch, LATER)
    assert list(store.rows.counter_sessions.values()) == [session]
    assert store.rows.audit == [AuditEntry(LATER, OFFICE, OFFICER_ID, Deed.SIGNED_IN, "", "", NETWORK)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"officer_id": "MIHON999"},
        {"password": "wrong password of nobody"},
        {"password": ""},
        {"code": ""},
        {"code": "000000"},
        {"code": one_time_password(secret=OTHER_SECRET)},
    ],
)
def test_with_anything_else_it_stays_closed_and_counts(
    desk: CounterDesk, store: FakeStore, wrong: dict[str, str]
) -> None:
    assert desk.sign_in(**wrong) is None  # type: ignore[arg-type]
    assert sum(store.rows.attempts.values()) == 1
    assert not store.rows.counter_sessions
    assert not store.rows.audit


def test_a_one_time_password_opens_once(desk: CounterDesk) -> None:
    assert desk.sign_in()
    assert desk.sign_in() is None
    assert desk.sign_in(code=one_time_password(STEP - 1)) is None
    assert desk.sign_in(code=one_time_password(STEP + 1))


def test_one_that_did_not_open_may_still_be_used(desk: CounterDesk) -> None:
    desk.guess_officer(1)
    assert desk.sign_in()


def test_used_between_the_look_and_the_note_it_opens_nothing(desk: CounterDesk, store: FakeStore) -> None:
    told: list[CounterSession | None] = []
    store.rivals += [lambda: None, lambda: told.append(desk.sign_in())]
    assert desk.sign_in() is None
    assert told == list(store.rows.counter_sessions.values())
    assert len(told) == 1


def test_what_one_officer_used_is_nothing_to_another(desk: CounterDesk) -> None:
    assert desk.sign_in()
    assert desk.sign_in(OTHER_OFFICER_ID)


@pytest.mark.parametrize("wrong", [0, 1, 4])
def test_signing_in_clears_the_count(desk: CounterDesk, wrong: int) -> None:
    for step in (STEP, STEP + 1):
        desk.guess_officer(wrong)
        assert desk.sign_in(code=one_time_password(step))


def test_five_wrong_tries_lock_it_for_the_right_secrets_too(desk: CounterDesk, store: FakeStore) -> None:
    for _ in range(5):
        assert desk.sign_in(code="000000") is None
    assert desk.sign_in() is None
    assert desk.sign_in(now=LATER + 365 * DAY) is None
    assert not store.rows.counter_sessions
    assert desk.sign_in(OTHER_OFFICER_ID)


def test_an_id_that_nobody_has_is_locked_alike(desk: CounterDesk) -> None:
    desk.guess_officer(5, "MIHON777")
    desk.employ(replace(EXAMINER, officer_id="MIHON777"))
    assert desk.sign_in("MIHON777") is None


def test_who_works_here_no_more_is_not_let_in(desk: CounterDesk, store: FakeStore) -> None:
    desk.employ(an_officer(is_active=False))
    assert desk.sign_in() is None
    assert not store.rows.counter_sessions


def test_who_is_changed_in_between_is_not_let_in(desk: CounterDesk, store: FakeStore) -> None:
    changed = an_officer(epoch=2, password_hash=quick_hash("another"))
    store.rivals += [lambda: None, lambda: desk.employ(changed)]
    assert desk.sign_in() is None
    assert desk.officer() == changed


def test_a_try_is_counted_before_the_password_is_looked_at(desk: CounterDesk, store: FakeStore) -> None:
    counted = []

    class Watched(FakeHasher):
        def is_hash_of(self, password_hash: str, password: str) -> bool:
            counted.append(sum(store.rows.attempts.values()))
            return super().is_hash_of(password_hash, password)

    replace(desk, hasher=Watched()).guess_officer(6)
    assert counted == [1, 2, 3, 4, 5, 5]


def test_nobody_is_let_in_while_tries_cannot_be_counted(desk: CounterDesk, store: FakeStore) -> None:
    store.is_down = True
    with pytest.raises(StoreUnavailable):
        desk.sign_in()
    assert desk.hasher.compared == 0


def test_when_the_answer_is_lost_the_next_one_time_password_opens(desk: CounterDesk, store: FakeStore) -> None:
    store.rivals += [lambda: None, lambda: setattr(store, "lost_answers", 1)]
    with pytest.raises(StoreUnavailable):
        desk.sign_in()
    assert desk.sign_in() is None
    assert desk.sign_in(code=one_time_password(STEP + 1))


def test_leaving_ends_the_session_and_is_noted(desk: CounterDesk, store: FakeStore) -> None:
    session = desk.sign_in()
    assert session
    desk.sign_out(session, LATER + SECOND)
    assert not store.rows.counter_sessions
    deed = AuditEntry(LATER + SECOND, OFFICE, OFFICER_ID, Deed.SIGNED_OUT, "", "", NETWORK)
    assert store.rows.audit[1:] == [deed]
