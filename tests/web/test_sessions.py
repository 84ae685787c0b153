"""Pages behind the sign-in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.refusals import AnotherAccount
from chalicelib.ports import StoreUnavailable
from chalicelib.web.answers import Answer, Page, SeeOther
from chalicelib.web.requests import PageRequest
from chalicelib.web.sessions import (
    BACK,
    KEPT,
    SESSION,
    SIGN_IN,
    SignedIn,
    current_session,
    signed_in,
    take_back,
)
from tests.builders import NOW, a_session
from tests.web.browser import Browser

SECOND = timedelta(seconds=1)
HALF_HOUR, EIGHT_HOURS = timedelta(minutes=30), timedelta(hours=8)
OWN, OTHER = "CA6288", "CA0001"
PROFILE = "/mypage/profile"


@pytest.fixture
def here() -> Browser:
    return Browser()


@signed_in
def view(request: PageRequest, signed: SignedIn) -> Answer:
    return Page("mypage/home.html", {"seen": signed.id_suffix})


@signed_in
def saving(request: PageRequest, signed: SignedIn) -> Answer:
    return SeeOther("/mypage/profile/done")


def is_in(here: Browser) -> bool:
    return isinstance(here.ask(view, here.request()), Page)


def test_a_session_opens_the_page_and_tells_it_whose_it_is(here: Browser) -> None:
    account = here.sign_in()
    answer = here.ask(view, here.request())
    assert isinstance(answer, Page)
    assert answer.connects
    signed = answer.context["signed"]
    assert (signed.account, signed.id_suffix, answer.context["seen"]) == (account, OWN, OWN)
    assert (signed.seconds_left, signed.warning_seconds, signed.can_go_on) == (1800, 120, True)


def test_answers_that_are_no_pages_pass_as_they_are(here: Browser) -> None:
    here.sign_in()
    posted = here.request("POST", PROFILE, form={"signed_in_as": OWN})
    assert here.ask(saving, posted) == SeeOther("/mypage/profile/done")


def test_without_a_cookie_the_sign_in_comes_first(here: Browser) -> None:
    assert here.ask(view, here.request(path=PROFILE)) == SeeOther(SIGN_IN)


@pytest.mark.parametrize(
    "flaw",
    [
        lambda _: "",
        lambda cookie: cookie[:-1],
        lambda cookie: ("B" if cookie[0] == "A" else "A") + cookie[1:],
        lambda cookie: cookie.replace(OWN, OTHER),
        lambda cookie: cookie[:38] + "9999999999" + cookie[48:],
        lambda _: "A" * 91,
    ],
)
def test_a_forged_cookie_is_no_session(here: Browser, flaw: Callable[[str], str]) -> None:
    here.sign_in()
    here.store.rows.accounts[OTHER] = replace(here.store.rows.accounts[OWN], id_suffix=OTHER)
    here.cookies[SESSION] = flaw(here.cookies[SESSION])
    assert not is_in(here)


def test_thirty_minutes_without_a_request_end_it_to_the_second(here: Browser) -> None:
    here.sign_in()
    here.around.clock.move(HALF_HOUR - SECOND)
    assert is_in(here)
    here.around.clock.move(HALF_HOUR)
    assert not is_in(here)


def test_an_old_cookie_is_as_old_as_it_is(here: Browser) -> None:
    here.sign_in()
    old = here.cookies[SESSION]
    here.around.clock.move(HALF_HOUR - SECOND)
    assert is_in(here)
    here.around.clock.move(SECOND)
    here.cookies[SESSION] = old
    assert not is_in(here)


def test_eight_hours_end_it_to_the_second_however_busy_it_is(here: Browser) -> None:
    here.sign_in()
    here.store.rows.sessions[a_session().name] = a_session(born_at=NOW - EIGHT_HOURS + SECOND)
    answer = here.ask(view, here.request())
    assert isinstance(answer, Page)
    assert (answer.context["signed"].seconds_left, answer.context["signed"].can_go_on) == (1, False)
    here.around.clock.move(SECOND)
    assert not is_in(here)


def test_in_its_last_half_hour_a_session_cannot_go_on(here: Browser) -> None:
    here.sign_in()
    for left, can_go_on in ((HALF_HOUR + SECOND, True), (HALF_HOUR, False)):
        here.store.rows.sessions[a_session().name] = a_session(born_at=NOW - EIGHT_HOURS + left)
        signed = current_session(here.request())
        assert signed is not None
        assert signed.can_go_on is can_go_on


def test_a_new_password_ends_it(here: Browser) -> None:
    account = here.sign_in()
    here.store.rows.accounts[OWN] = account.with_payer_password("another", NOW)
    assert not is_in(here)


def test_signing_out_ends_it_for_a_copied_cookie_too(here: Browser) -> None:
    here.sign_in()
    here.store.rows.sessions.clear()
    assert not is_in(here)


def test_a_session_of_an_account_that_is_gone_is_none(here: Browser) -> None:
    here.sign_in()
    here.store.rows.accounts.clear()
    assert not is_in(here)


def test_a_store_out_of_reach_opens_nothing(here: Browser) -> None:
    here.sign_in()
    here.store.is_down = True
    with pytest.raises(StoreUnavailable):
        view(here.request())


@pytest.mark.parametrize("form", [{}, {"signed_in_as": OTHER}, {"signed_in_as": ""}, {"signed_in_as": f"{OWN} "}])
def test_a_form_of_another_account_is_refused(here: Browser, form: dict[str, str]) -> None:
    here.sign_in()
    with pytest.raises(AnotherAccount):
        saving(here.request("POST", PROFILE, form=form))


def test_looking_changes_nothing_that_is_stored(here: Browser) -> None:
    here.sign_in()
    before = here.store.snapshot()
    assert is_in(here)
    assert here.store.snapshot() == before


def test_taking_back_forgets_everything(here: Browser) -> None:
    here.sign_in()
    here.cookies |= {BACK: "------_mypage_profile", KEPT: f"form-{1:027d}", "lang": "en"}
    request = here.request()
    take_back(request)
    here.take(request)
    assert here.cookies == {"lang": "en"}
