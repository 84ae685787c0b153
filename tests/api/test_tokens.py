"""Who may file: tokens for filer ID and password, and what ends them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.accounts import Account
from chalicelib.domain.filer_tokens import FILER_TOKEN_LIFETIME
from chalicelib.signing.links import SignedLinks
from chalicelib.signing.tokens import FilerTokens
from tests.api.program import Program, Told
from tests.api.steps import FILED, TOKEN, ask_token, issue_key, signed_in
from tests.builders import FILER_PASSWORD, PAYER_PASSWORD
from tests.fakes.hashing import quick_hash
from tests.pages.mypage_steps import store_account
from tests.pages.portal import OpenPortal

WRONG = "wrong password of nobody"
KEYS = "another-key-that-opens-nothing-elsewhere"


def _alike(told: Told) -> tuple[object, ...]:
    return told.status, told.code, told.said["detail"], told.headers.get("WWW-Authenticate"), set(told.said)


def _require_shut_out(program: Program) -> None:
    answered = program.get(FILED, expect=401)
    assert (answered.code, answered.headers["WWW-Authenticate"]) == ("unauthorized", "Bearer")


def test_a_token_lasts_fifteen_minutes(filer: Program) -> None:
    filer.portal.clock.move(FILER_TOKEN_LIFETIME - timedelta(seconds=1))
    filer.get(FILED)
    filer.portal.clock.move(timedelta(seconds=1))
    _require_shut_out(filer)


def test_the_answer_says_how_long_it_lasts_and_what_it_is(portal: OpenPortal) -> None:
    told = ask_token(Program(portal), store_account(portal).filer_id, FILER_PASSWORD).said
    portal.discretion.tokens.add(told["access_token"])
    assert (told["expires_in"], told["token_type"]) == (900, "Bearer")
    assert portal.lines[-1]["calls"] == 3


@pytest.mark.parametrize("filer_id", ["kica6288", "ＫＩＣＡ６２８８", " KI CA6288 "])
def test_an_id_may_be_typed_as_people_do(portal: OpenPortal, filer_id: str) -> None:
    store_account(portal)
    token = ask_token(Program(portal), filer_id, FILER_PASSWORD).said["access_token"]
    portal.discretion.tokens.add(token)


def test_unknown_wrong_and_locked_are_answered_alike(portal: OpenPortal) -> None:
    store_account(portal)
    program = Program(portal)
    wrong = ask_token(program, "KICA6288", WRONG, expect=401)
    calls = portal.lines[-1]["calls"]
    unknown = ask_token(program, "KIDB1234", WRONG, expect=401)
    assert portal.lines[-1]["calls"] == calls
    for _ in range(4):
        ask_token(program, "KICA6288", WRONG, expect=401)
    locked = ask_token(program, "KICA6288", FILER_PASSWORD, expect=401)
    assert portal.lines[-1]["calls"] == calls
    assert _alike(wrong) == _alike(unknown) == _alike(locked)
    assert wrong.code == "credentials_wrong"


@pytest.mark.parametrize("filer_id", ["", "KNCA6288", "KICA628", "KIIO6288", "KICA6288" * 5, "\0"])
def test_what_is_no_filer_id_is_wrong_too(portal: OpenPortal, filer_id: str) -> None:
    store_account(portal)
    assert ask_token(Program(portal), filer_id, FILER_PASSWORD, expect=401).code == "credentials_wrong"


def test_the_payer_password_files_nothing(portal: OpenPortal) -> None:
    ask_token(Program(portal), store_account(portal).filer_id, PAYER_PASSWORD, expect=401)


def test_a_right_password_forgets_the_wrong_ones(portal: OpenPortal) -> None:
    account = store_account(portal)
    for _ in range(2):
        for _ in range(4):
            ask_token(Program(portal), account.filer_id, WRONG, expect=401)
        signed_in(portal, account)


def test_a_changed_filer_password_ends_the_token(portal: OpenPortal) -> None:
    account = store_account(portal)
    filer = signed_in(portal, account)
    _change_filer_password(portal, account)
    _require_shut_out(filer)


def _change_filer_password(portal: OpenPortal, account: Account) -> None:
    changed = replace(account, filer_password_hash=quick_hash("another filer password"), version=account.version + 1)
    with portal.world().begin() as work:
        work.accounts.change_passwords(account, changed)


@pytest.mark.parametrize(
    "bearer", ["", "x", "a.b", "..", "null", "ey.J0.x", "あ", "x" * 501, "WyJDQTYyODgiXQ." + "A" * 43]
)
def test_what_is_no_token_opens_nothing(portal: OpenPortal, bearer: str) -> None:
    program = Program(portal).with_headers(Authorization=f"Bearer {bearer}")
    _require_shut_out(program)


@pytest.mark.parametrize("scheme", ["", "Basic ", "bearer  ", "Token "])
def test_another_scheme_opens_nothing(filer: Program, scheme: str) -> None:
    _require_shut_out(filer.with_bearer("").with_headers(Authorization=f"{scheme}{filer.bearer}"))


def test_no_letter_of_a_token_may_be_another(filer: Program) -> None:
    for position in range(0, len(filer.bearer), 7):
        other = "A" if filer.bearer[position] != "A" else "B"
        altered = f"{filer.bearer[:position]}{other}{filer.bearer[position + 1 :]}"
        _require_shut_out(filer.with_bearer(altered))


def test_a_token_of_another_portal_opens_nothing(filer: Program) -> None:
    portal = filer.portal
    token = portal.world().tokens.read(filer.bearer)
    assert token is not None
    foreign = FilerTokens(replace(portal.settings, secret_keys=(KEYS,))).written(token)
    _require_shut_out(filer.with_bearer(foreign))


def test_a_signature_for_another_purpose_opens_nothing(filer: Program) -> None:
    key = SignedLinks(filer.portal.settings).confirmation_key("registration-1")
    _require_shut_out(filer.with_bearer(key))


def test_a_token_of_nobody_opens_nothing(filer: Program) -> None:
    world = filer.portal.world()
    token = world.tokens.read(filer.bearer)
    assert token is not None
    _require_shut_out(filer.with_bearer(world.tokens.written(replace(token, id_suffix="DB1234"))))


def test_an_offices_key_files_nothing_and_a_token_is_no_key(filer: Program, office: Program) -> None:
    _require_shut_out(office)
    assert filer.get("/agency/v1/applications", state="void", expect=401).code == "unauthorized"


def test_strangers_learn_nothing_about_what_they_sent(stranger: Program) -> None:
    for body in (b"", b"{", b'{"applications": []}'):
        assert stranger.post_bytes(FILED, body, expect=401).code == "unauthorized"


def test_a_revoked_key_opens_nothing(portal: OpenPortal) -> None:
    office = issue_key(portal, "TK01")
    with portal.world().begin() as work:
        key = work.api_keys.find(office.bearer)
    assert key is not None
    with portal.world().begin() as work:
        work.api_keys.revoke(key, portal.clock.now)
    assert office.get("/agency/v1/applications", state="void", expect=401).code == "unauthorized"


@pytest.mark.parametrize("bearer", ["", "sample-key-of-TK01", "x" * 500])
def test_a_key_that_nobody_issued_opens_nothing(office: Program, bearer: str) -> None:
    assert office.with_bearer(bearer).get("/agency/v1/applications", state="void", expect=401).code == "unauthorized"


@pytest.mark.parametrize("said", [{}, {"filer_id": "KICA6288"}, {"filer_id": 1, "filer_password": "x"}])
def test_a_token_is_asked_for_with_id_and_password(stranger: Program, said: dict[str, object]) -> None:
    assert stranger.post(TOKEN, said, key="", expect=400).code == "wrong_shape"
