"""Back to the page that asked for the sign-in, with what was typed there."""

from datetime import timedelta

import pytest

from chalicelib.web.answers import Answer, SeeOther
from chalicelib.web.kept_forms import find_form
from chalicelib.web.requests import PageRequest
from chalicelib.web.sessions import BACK, HOME, KEPT, SIGN_IN, SignedIn, after_sign_in, has_kept_form, signed_in
from tests.web.browser import Browser

HALF_HOUR = timedelta(minutes=30)
OWN, OTHER = "CA6288", "CA0001"
PROFILE = "/mypage/profile"


@pytest.fixture
def here() -> Browser:
    return Browser()


@signed_in
def view(request: PageRequest, signed: SignedIn) -> Answer:
    return SeeOther(PROFILE)


def went_back(here: Browser, id_suffix: str = OWN) -> str:
    """Where signing in leads."""
    request = here.request("POST", SIGN_IN)
    answer = after_sign_in(request, id_suffix)
    here.take(request)
    return answer.path


def shown_again(here: Browser, path: str, id_suffix: str = OWN) -> dict[str, str] | None:
    """What the page at that address finds of what was typed."""
    place, _, query = path.partition("?form=")
    draft = find_form(here.request(path=place, query={"form": query}), id_suffix)
    return None if draft is None else {name: text for name, text in draft.values.items() if "kept" not in name}


def test_what_was_sent_without_a_session_comes_back_after_signing_in_again(here: Browser) -> None:
    here.sign_in()
    here.around.clock.move(HALF_HOUR)
    form = {"signed_in_as": OWN, "csrf_token": "x", "given_name": "次郎", "new_password": "secret"}
    assert here.ask(view, here.request("POST", PROFILE, form=form)) == SeeOther(SIGN_IN)
    assert has_kept_form(here.request())
    path = went_back(here)
    assert path.startswith(f"{PROFILE}?form=")
    assert shown_again(here, path) == {"given_name": "次郎"}
    assert not has_kept_form(here.request())
    assert went_back(here) == HOME


def test_a_browser_that_lost_its_session_cookie_loses_no_form(here: Browser) -> None:
    here.store.rows.accounts.clear()
    here.ask(view, here.request("POST", PROFILE, form={"signed_in_as": OWN, "given_name": "次郎"}))
    assert shown_again(here, went_back(here)) == {"given_name": "次郎"}


def test_another_account_that_signs_in_is_led_to_its_own_page_and_sees_nothing(here: Browser) -> None:
    here.sign_in()
    here.around.clock.move(HALF_HOUR)
    here.ask(view, here.request("POST", PROFILE, form={"signed_in_as": OWN, "given_name": "次郎"}))
    name = here.cookies[KEPT]
    assert went_back(here, OTHER) == HOME
    assert shown_again(here, f"{PROFILE}?form={name}", OTHER) is None
    assert BACK not in here.cookies


def test_a_form_that_says_it_is_somebody_elses_comes_back_to_nobody_else(here: Browser) -> None:
    here.ask(view, here.request("POST", PROFILE, form={"signed_in_as": OTHER, "given_name": "次郎"}))
    assert went_back(here, OWN) == HOME


@pytest.mark.parametrize("path", [HOME, PROFILE, "/mypage/treasury-accounts/KKAA0001/change"])
def test_the_page_that_was_asked_for_comes_after_the_sign_in(here: Browser, path: str) -> None:
    here.ask(view, here.request(path=path))
    assert went_back(here) == path


def test_a_form_that_the_address_names_comes_back_by_its_name(here: Browser) -> None:
    name = f"form-{1:027d}"
    here.ask(view, here.request(path="/mypage/profile/check", query={"form": name}))
    assert went_back(here) == f"/mypage/profile/check?form={name}"


def test_a_check_page_keeps_no_second_form(here: Browser) -> None:
    name = f"form-{1:027d}"
    form = {"signed_in_as": OWN, "submission_id": "s", "form": name}
    here.ask(view, here.request("POST", "/mypage/profile/check", form=form))
    assert not here.store.rows.drafts
    assert went_back(here) == f"/mypage/profile/check?form={name}"


@pytest.mark.parametrize(
    "back",
    [
        "",
        "------",
        "------_",
        "------__elsewhere-example",
        "------_registration",
        "------_mypagex",
        "------_mypage_",
        "------_mypage__login",
        "------https:__elsewhere.example",
        "------_mypage_..",
        "------_mypage_a_b_c_d_e",
        f"------_mypage_{'a' * 31}",
        "_mypage_profile",
    ],
)
def test_a_cookie_leads_to_our_own_pages_only(here: Browser, back: str) -> None:
    here.cookies[BACK] = back
    assert went_back(here) == HOME


@pytest.mark.parametrize("path", ["/registration", "/mypage/花", "/mypage/a%2Fb", "/mypage//x", "/mypage/x?y=z", "/"])
def test_a_path_that_is_none_of_my_pages_is_not_remembered(here: Browser, path: str) -> None:
    here.ask(view, here.request(path=path))
    assert BACK not in here.cookies
    assert went_back(here) == HOME


@pytest.mark.parametrize("name", ["", "x", "../" * 10 + "ab", "花" * 32])
def test_a_name_that_is_none_is_not_carried_along(here: Browser, name: str) -> None:
    here.ask(view, here.request(path=PROFILE, query={"form": name}))
    assert went_back(here) == PROFILE
