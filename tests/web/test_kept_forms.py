"""Forms that outlive a session."""

from datetime import timedelta

import pytest

from chalicelib.domain.refusals import DraftGone, SubmissionStale
from chalicelib.web.kept_forms import KEPT_FOR, confirmed_form, find_form, keep_form, keep_what_was_sent, require_form
from tests.web.browser import Browser

OWN, OTHER = "CA6288", "CA0001"
PROFILE, CHECK = "/mypage/profile", "/mypage/profile/check"
TREASURY = "/mypage/treasury-accounts"
SECOND = timedelta(seconds=1)


@pytest.fixture
def here() -> Browser:
    return Browser()


def kept(here: Browser, path: str = PROFILE, **values: str) -> str:
    """The name of a form of the account's own."""
    return keep_form(here.request("POST", path), OWN, values, is_valid=True).name


def found(here: Browser, name: str, id_suffix: str = OWN, path: str = CHECK) -> dict[str, str] | None:
    draft = find_form(here.request(path=path, query={"form": name}), id_suffix)
    return None if draft is None else {key: text for key, text in draft.values.items() if not key.startswith("kept_")}


def test_a_form_is_found_by_its_name_in_the_address_and_in_a_form(here: Browser) -> None:
    name = kept(here, given_name="次郎")
    assert found(here, name) == {"given_name": "次郎"}
    assert require_form(here.request("POST", CHECK, form={"form": name}), OWN).name == name


def test_every_form_has_a_name_of_its_own_and_keeps_it(here: Browser) -> None:
    first, second = kept(here, given_name="一郎"), kept(here, given_name="次郎")
    assert first != second
    again = keep_form(here.request("POST", PROFILE), OWN, {"given_name": "三郎"}, name=first)
    assert again.name == first
    assert (found(here, first), found(here, second)) == ({"given_name": "三郎"}, {"given_name": "次郎"})


def test_for_another_account_a_form_is_not_there(here: Browser) -> None:
    name = kept(here)
    assert found(here, name, OTHER) is None
    assert found(here, name, "") is None
    with pytest.raises(DraftGone):
        require_form(here.request(path=CHECK, query={"form": name}), OTHER)


def test_whose_it_is_cannot_be_typed(here: Browser) -> None:
    name = kept(here, kept_for=OTHER)
    assert found(here, name, OTHER) is None
    sent = {"signed_in_as": OWN, "kept_for": OTHER, "kept_in": "x", "kept_at": "x"}
    name = keep_what_was_sent(here.request("POST", PROFILE, form=sent))
    assert found(here, name, OTHER) is None
    assert found(here, name) == {}


def test_on_another_screen_a_form_is_not_there(here: Browser) -> None:
    assert found(here, kept(here), path=f"{TREASURY}/new") is None
    assert found(here, kept(here, f"{TREASURY}/new"), path="/mypage/local-tax-accounts/new") is None
    assert found(here, kept(here, f"{TREASURY}/KKAA0001/change"), path=f"{TREASURY}/check") == {}


def test_in_another_capability_a_form_is_not_there(here: Browser) -> None:
    name = kept(here)
    request = here.request(path=CHECK, query={"form": name})
    elsewhere = here.request(path=CHECK, query={"form": name})
    elsewhere.entry.capability = "registration"
    assert find_form(request, OWN)
    assert find_form(elsewhere, OWN) is None


def test_a_form_lasts_two_hours_to_the_second(here: Browser) -> None:
    name = kept(here, given_name="次郎")
    here.around.clock.move(KEPT_FOR - SECOND)
    assert found(here, name)
    here.around.clock.move(SECOND)
    assert found(here, name) is None
    assert timedelta(hours=2) == KEPT_FOR


@pytest.mark.parametrize("name", ["", "x", "x" * 32, "花" * 32, "x" * 33])
def test_a_name_that_is_nobodys_finds_nothing(here: Browser, name: str) -> None:
    kept(here)
    assert found(here, name) is None


def test_secrets_are_never_kept(here: Browser) -> None:
    secrets = (
        "payer_password",
        "current_password",
        "new_password",
        "new_password_confirmation",
        "filer_password",
        "application_password",
        "receiver_password",
        "csrf_token",
    )
    form = {"signed_in_as": OWN, "form": "x", "given_name": "次郎", **dict.fromkeys(secrets, "canary")}
    name = keep_what_was_sent(here.request("POST", PROFILE, form=form))
    assert found(here, name) == {"given_name": "次郎"}
    assert "canary" not in str(here.store.rows)


def test_what_was_sent_without_a_session_confirms_nothing(here: Browser) -> None:
    form = {"signed_in_as": OWN, "given_name": "次郎"}
    name = keep_what_was_sent(here.request("POST", PROFILE, form=form))
    with pytest.raises(SubmissionStale):
        confirmed_form(here.request("POST", CHECK, form={"form": name, "submission_id": ""}), OWN)


def test_what_was_sent_without_a_session_is_found_by_the_same_browser_only(here: Browser) -> None:
    stranger = Browser(here.store, here.around, visitor=f"visitor-{2:024d}")
    form = {"signed_in_as": OWN, "given_name": "次郎"}
    name = keep_what_was_sent(stranger.request("POST", PROFILE, form=form))
    assert found(here, name) is None
    assert found(stranger, name) == {"given_name": "次郎"}


def test_nothing_of_absurd_length_is_kept(here: Browser) -> None:
    form = {"signed_in_as": OWN, "given_name": "x" * 501, "family_name": "x" * 500}
    assert found(here, keep_what_was_sent(here.request("POST", PROFILE, form=form))) == {"family_name": "x" * 500}


def test_only_what_the_newest_check_page_showed_is_confirmed(here: Browser) -> None:
    draft = keep_form(here.request("POST", PROFILE), OWN, {"given_name": "一郎"}, is_valid=True)
    form = {"form": draft.name, "submission_id": draft.submission_id or ""}
    assert confirmed_form(here.request("POST", CHECK, form=form), OWN) == draft
    keep_form(here.request("POST", PROFILE), OWN, {"given_name": "次郎"}, name=draft.name, is_valid=True)
    with pytest.raises(SubmissionStale):
        confirmed_form(here.request("POST", CHECK, form=form), OWN)


def test_a_form_with_mistakes_is_kept_and_cannot_be_confirmed(here: Browser) -> None:
    draft = keep_form(here.request("POST", PROFILE), OWN, {"given_name": "\x00"})
    assert draft.submission_id is None
    with pytest.raises(SubmissionStale):
        confirmed_form(here.request("POST", CHECK, form={"form": draft.name}), OWN)
