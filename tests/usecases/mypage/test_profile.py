"""「利用者情報変更」: names at once, addresses once their link is opened."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.capabilities.mypage.usecases_profile import ProfileMoved
from chalicelib.domain.accounts import AddressRole
from chalicelib.domain.letters import LetterName
from chalicelib.domain.refusals import AddressLinkDead, MailLimitSpent, SubmissionStale
from chalicelib.ports import StoreUnavailable
from tests.builders import ADDRESS, NEW_ADDRESS, NOW, a_corporation, an_individual
from tests.fakes.store import FakeStore
from tests.usecases.mypage.outbox import Outbox
from tests.usecases.mypage.steps import MyPageDesk

MINUTE = timedelta(minutes=1)
THIRD = "third@example.jp"
MANAGEMENT, NOTIFICATION = AddressRole.MANAGEMENT, AddressRole.NOTIFICATION


def use_up_hour(store: FakeStore, address: str, left: int = 0) -> None:
    store.rows.mails_of[f"{address} 2019-09-24 00"] = 20 - left


def test_names_change_at_once_and_nobody_is_written_to(desk: MyPageDesk, store: FakeStore) -> None:
    before = desk.open_account()
    later = NOW + MINUTE
    after = desk.edit(now=later, family_name="例示", given_kana="ジロウ")
    holder = an_individual(family_name="例示", given_kana="ジロウ")
    assert after == replace(before, holder=holder, changed_at=later, version=2)
    assert not store.rows.letters


def test_a_corporation_changes_its_own_names(desk: MyPageDesk) -> None:
    desk.open_account(holder=a_corporation())
    after = desk.edit(company_name="例示商会", representative_name="例示 一郎")
    assert after.holder == a_corporation(company_name="例示商会", representative_name="例示 一郎")


def test_sessions_and_passwords_stay_as_they_are(desk: MyPageDesk) -> None:
    desk.open_account()
    session = desk.signed_in()
    desk.edit(given_name="次郎", management_email=NEW_ADDRESS)
    assert desk.is_alive(session)
    assert desk.sign_in()


def test_a_new_address_waits_and_the_old_one_stays(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account()
    after = desk.edit(management_email=NEW_ADDRESS)
    assert after.management_email == ADDRESS
    assert after.pending[MANAGEMENT].address == NEW_ADDRESS
    assert posted.names == [(LetterName.ADDRESS_LINK, NEW_ADDRESS), (LetterName.ADDRESS_CHANGE_ASKED, ADDRESS)]
    assert (desk.mails_to(NEW_ADDRESS), desk.mails_to(ADDRESS)) == (1, 1)
    assert (desk.accounts_of(NEW_ADDRESS), desk.accounts_of(ADDRESS)) == (0, 1)


def test_letters_say_what_their_readers_need_and_the_old_address_gets_no_link(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account(language="en")
    mark = desk.edit(management_email=NEW_ADDRESS).pending[MANAGEMENT].mark
    asked_at = "2019-09-24T00:55:50+00:00"
    link, told = posted.letters
    assert (link.language, told.language) == ("en", "en")
    assert dict(link.facts) == {
        "id_suffix": "CA6288",
        "role": "management",
        "link_mark": mark,
        "asked_at": asked_at,
        "expires_at": "2019-09-25T00:55:50+00:00",
    }
    assert dict(told.facts) == {"payer_id": "KNCA6288", "asked_at": asked_at}


def test_one_new_address_for_both_roles_is_counted_once_and_written_to_twice(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account()
    pending = desk.edit(management_email=NEW_ADDRESS, notification_email=NEW_ADDRESS.upper()).pending
    assert set(pending) == {MANAGEMENT, NOTIFICATION}
    assert pending[MANAGEMENT].mark != pending[NOTIFICATION].mark
    assert [name for name, _ in posted.names].count(LetterName.ADDRESS_LINK) == 2
    assert (desk.mails_to(NEW_ADDRESS), desk.mails_to(ADDRESS)) == (2, 1)


def test_the_own_address_for_the_other_role_is_confirmed_too(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account()
    assert set(desk.edit(notification_email=ADDRESS).pending) == {NOTIFICATION}
    assert posted.names == [(LetterName.ADDRESS_LINK, ADDRESS), (LetterName.ADDRESS_CHANGE_ASKED, ADDRESS)]
    assert desk.mails_to(ADDRESS) == 2


def test_an_address_that_is_given_back_waits_no_longer(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account()
    desk.edit(management_email=NEW_ADDRESS, notification_email=THIRD)
    after = desk.edit("profile-2", management_email=ADDRESS, notification_email=THIRD)
    assert set(after.pending) == {NOTIFICATION}
    dead = posted.address_links()[0]
    with pytest.raises(AddressLinkDead):
        desk.confirm(dead)


def test_the_second_address_can_be_taken_away_at_once_and_that_is_told(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account(notification_email=THIRD)
    desk.edit(notification_email=NEW_ADDRESS)
    after = desk.edit("profile-2", notification_email="")
    assert (after.notification_email, dict(after.pending)) == (None, {})
    letter = posted.only(LetterName.ADDRESS_CHANGED)
    assert (letter.to, letter.facts["role"]) == (ADDRESS, "notification")
    assert desk.mails_to(ADDRESS) == 2
    desk.edit("profile-3", notification_email="")
    assert len(posted.letters) == 3


def test_taking_one_away_while_asking_for_another_tells_both(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account(notification_email=THIRD)
    desk.edit(management_email=NEW_ADDRESS, notification_email="")
    assert posted.names == [
        (LetterName.ADDRESS_LINK, NEW_ADDRESS),
        (LetterName.ADDRESS_CHANGE_ASKED, ADDRESS),
        (LetterName.ADDRESS_CHANGED, ADDRESS),
    ]
    assert (desk.mails_to(NEW_ADDRESS), desk.mails_to(ADDRESS)) == (1, 2)


def test_a_newer_address_takes_the_place_of_one_that_waits(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account()
    desk.edit(management_email=NEW_ADDRESS)
    desk.edit("profile-2", management_email=THIRD)
    older, newer = posted.address_links()
    with pytest.raises(AddressLinkDead):
        desk.confirm(older)
    assert desk.confirm(newer)
    assert desk.account().management_email == THIRD


@pytest.mark.parametrize("full", [NEW_ADDRESS, THIRD])
def test_beyond_the_hours_allowance_nothing_changes_and_it_is_said(
    desk: MyPageDesk, store: FakeStore, full: str
) -> None:
    desk.open_account()
    draft = desk.profile_form(given_name="次郎", management_email=NEW_ADDRESS, notification_email=THIRD)
    use_up_hour(store, full)
    before = store.snapshot()
    with pytest.raises(MailLimitSpent):
        desk.change_profile(draft)
    assert store.snapshot() == before


def test_two_letters_to_one_address_need_two_places(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    draft = desk.profile_form(management_email=NEW_ADDRESS, notification_email=NEW_ADDRESS)
    use_up_hour(store, NEW_ADDRESS, left=1)
    with pytest.raises(MailLimitSpent):
        desk.change_profile(draft)
    use_up_hour(store, NEW_ADDRESS, left=2)
    assert desk.change_profile(draft)


def test_what_the_old_address_is_told_is_never_refused(desk: MyPageDesk, store: FakeStore, posted: Outbox) -> None:
    desk.open_account()
    use_up_hour(store, ADDRESS)
    desk.edit(management_email=NEW_ADDRESS)
    assert posted.only(LetterName.ADDRESS_CHANGE_ASKED).to == ADDRESS


def test_the_same_form_sent_again_does_nothing_more(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    draft = desk.profile_form(management_email=NEW_ADDRESS)
    assert desk.change_profile(draft)
    before = store.snapshot()
    assert not desk.change_profile(draft)
    assert store.snapshot() == before


def test_two_clicks_at_once_are_one_change(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    draft = desk.profile_form(management_email=NEW_ADDRESS)
    store.rivals = [lambda: desk.change_profile(draft)]
    assert not desk.change_profile(draft)
    assert len(store.rows.letters) == 2


def test_after_a_lost_answer_the_same_form_is_done(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    draft = desk.profile_form(management_email=NEW_ADDRESS)
    store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        desk.change_profile(draft)
    assert not desk.change_profile(draft)
    assert desk.account().version == 2


def test_an_edit_elsewhere_is_told_and_nothing_typed_is_lost(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    draft = desk.profile_form(given_name="次郎")
    desk.edit("profile-2", given_name="三郎")
    before = store.snapshot()
    with pytest.raises(ProfileMoved):
        desk.change_profile(draft)
    assert store.snapshot() == before
    assert desk.newest(draft) == draft


def test_an_edit_elsewhere_at_the_same_moment_is_told_too(desk: MyPageDesk, store: FakeStore) -> None:
    desk.open_account()
    draft = desk.profile_form(given_name="次郎", management_email=NEW_ADDRESS)
    store.rivals = [lambda: desk.edit("profile-2", given_name="三郎")]
    with pytest.raises(ProfileMoved):
        desk.change_profile(draft)
    assert desk.account().holder == an_individual(given_name="三郎")
    assert not store.rows.letters
    assert desk.newest(draft).values["given_name"] == "次郎"


def test_a_password_changed_at_the_same_moment_is_told_too(desk: MyPageDesk, store: FakeStore) -> None:
    account = desk.open_account()
    draft = desk.profile_form(management_email=NEW_ADDRESS)
    store.rivals = [lambda: desk.set_password(account)]
    with pytest.raises(ProfileMoved):
        desk.change_profile(draft)
    assert not desk.account().pending


def test_a_form_typed_anew_in_another_tab_is_not_confirmed_by_the_old_page(desk: MyPageDesk, store: FakeStore) -> None:
    account = desk.open_account()
    draft = desk.profile_form(given_name="次郎")
    anew = {**draft.values, "given_name": "三郎"}
    store.rivals = [lambda: desk.retype(draft, anew)]
    with pytest.raises(SubmissionStale):
        desk.change_profile(draft)
    assert desk.account() == account


def test_debit_accounts_passwords_and_files_do_not_disturb_an_edit(desk: MyPageDesk) -> None:
    desk.open_account()
    draft = desk.profile_form(given_name="次郎")
    desk.added()
    assert desk.change_filer_password()
    assert desk.change_profile(draft)
