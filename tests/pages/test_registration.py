"""From the terms to the mailed link."""

from datetime import timedelta

import pytest

from chalicelib.texts.moments import moment_text
from tests.builders import NOW
from tests.pages.portal import OpenPortal
from tests.pages.steps import ADDRESS, CORPORATION, INDIVIDUAL, Typed, consent, fill_in, register
from tests.pages.visitor import Visitor
from tests.pages.words import sentence

REGISTRATION, ENTRY, CHECK, SENT = (
    "/registration",
    "/registration/entry",
    "/registration/check",
    "/registration/sent",
)


def test_the_front_page_leads_to_the_terms(visitor: Visitor) -> None:
    visitor.get("/")
    visitor.follow(REGISTRATION)
    assert visitor.page.path == REGISTRATION


@pytest.mark.parametrize("typed", [INDIVIDUAL, CORPORATION], ids=["individual", "corporation"])
def test_both_kinds_of_people_are_mailed_a_link(portal: OpenPortal, visitor: Visitor, typed: Typed) -> None:
    register(visitor, **typed)
    assert visitor.page.path == SENT
    portal.deliver_letters()
    assert [letter.to for letter in portal.sender.sent] == [ADDRESS]
    visitor.get(portal.newest_link())


def test_nothing_begins_without_the_tick(visitor: Visitor) -> None:
    visitor.get(REGISTRATION)
    visitor.submit(expect=422)
    assert sentence("consent", "must_consent") in visitor.page.problem("consent")
    visitor.submit(consent="", expect=422)
    visitor.get(ENTRY)
    assert visitor.page.path == REGISTRATION


def test_the_tick_leads_to_the_entry(visitor: Visitor) -> None:
    consent(visitor)
    assert visitor.page.path == ENTRY
    assert [one.status for one in visitor.answers] == [303, 200]


def test_an_entry_without_consent_is_kept_but_not_taken(portal: OpenPortal, visitor: Visitor) -> None:
    token = visitor.get(REGISTRATION).form().values["csrf_token"]
    visitor.post(ENTRY, {**INDIVIDUAL, "csrf_token": token})
    assert visitor.page.path == f"{REGISTRATION}?kept=1"
    visitor.get(CHECK)
    assert visitor.page.path == REGISTRATION, "one may not go past the terms"
    visitor.submit(consent="yes")
    assert visitor.page.path == ENTRY
    assert visitor.page.form().values.items() >= INDIVIDUAL.items()
    assert not portal.store.rows.registrations


def test_an_entry_sent_twice_without_consent_is_kept_as_it_was_sent_last(visitor: Visitor) -> None:
    token = visitor.get(REGISTRATION).form().values["csrf_token"]
    for name in ("一度", "二度"):
        visitor.post(ENTRY, {**INDIVIDUAL, "family_name": name, "csrf_token": token})
        assert visitor.page.path.startswith(REGISTRATION)
        assert visitor.page.served.route == REGISTRATION
    visitor.submit(consent="yes")
    assert visitor.page.form().values["family_name"] == "二度"


def test_an_unconsented_draft_cannot_be_confirmed(portal: OpenPortal, visitor: Visitor) -> None:
    token = visitor.get(REGISTRATION).form().values["csrf_token"]
    visitor.post(ENTRY, {**INDIVIDUAL, "csrf_token": token})
    visitor.post(CHECK, {"submission_id": "", "csrf_token": token}, expect=409)
    assert not portal.store.rows.registrations


def test_the_check_page_shows_an_individual_as_it_will_be_stored(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in(
        visitor,
        email="Ｈａｎａｋｏ.canary@ＥＸＡＭＰＬＥ．jp",
        email_confirmation="hanako.canary@example.jp",
        family_kana="かなりやま",
        given_kana="ﾊﾅｺ ",
        family_name="\u3000Canary",
        given_name="ﾊﾅｺ 2世",
    )
    assert visitor.page.path == CHECK
    for shown in ("カナリヤマ ハナコ", "Ｃａｎａｒｙ ハナコ\u30002世".replace("2", "２").replace("\u3000", " ")):
        assert shown in visitor.page.text
    visitor.submit()
    (registration,) = portal.store.rows.registrations.values()
    assert vars(registration.holder) == {
        "family_kana": "カナリヤマ",
        "given_kana": "ハナコ",
        "family_name": "Ｃａｎａｒｙ",
        "given_name": "ハナコ\u3000２世",
    }


def test_the_check_page_shows_a_corporation_as_it_will_be_stored(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in(visitor, **{**CORPORATION, "company_kana": "かなりや-しょうかい", "company_name": "ｶﾅﾘﾔ ABC-1"})
    for shown in ("カナリヤーショウカイ", "カナリヤ ＡＢＣ－１", "金糸雀 次郎"):
        assert shown in visitor.page.text
    visitor.submit()
    (registration,) = portal.store.rows.registrations.values()
    assert vars(registration.holder) == {
        "company_kana": "カナリヤーショウカイ",
        "company_name": "カナリヤ\u3000ＡＢＣ－１",
        "representative_name": "金糸雀\u3000次郎",
    }


@pytest.mark.parametrize("typed", [INDIVIDUAL, CORPORATION], ids=["individual", "corporation"])
def test_going_back_keeps_every_value(visitor: Visitor, typed: Typed) -> None:
    fill_in(visitor, **typed)
    visitor.follow(ENTRY)
    assert visitor.page.form().values.items() >= typed.items()
    assert not visitor.page.wrong_fields
    visitor.submit()
    assert visitor.page.path == CHECK


def test_changing_the_kind_keeps_what_was_typed_for_the_other(visitor: Visitor) -> None:
    fill_in(visitor)
    visitor.follow(ENTRY)
    visitor.submit(**CORPORATION)
    assert visitor.page.path == CHECK
    assert INDIVIDUAL["family_name"] not in visitor.page.text
    visitor.follow(ENTRY)
    assert visitor.page.form().values["family_name"] == INDIVIDUAL["family_name"]


def test_quitting_the_entry_forgets_what_was_typed(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in(visitor)
    visitor.follow(ENTRY)
    visitor.submit("/registration/quit")
    assert visitor.page.path == "/"
    assert not portal.store.rows.drafts
    consent(visitor)
    assert not visitor.page.form().values["email"]


def test_quitting_the_sent_page_forgets_the_registration_in_this_browser(visitor: Visitor) -> None:
    register(visitor)
    visitor.submit("/registration/quit")
    visitor.get(SENT)
    assert visitor.page.path == REGISTRATION


def test_quitting_twice_is_no_error(visitor: Visitor) -> None:
    fill_in(visitor)
    visitor.follow(ENTRY)
    other = visitor.another_tab()
    other.page = visitor.page
    visitor.submit("/registration/quit")
    other.submit("/registration/quit")
    assert other.page.path == "/"


def test_the_sent_page_says_where_the_mail_went_and_until_when_the_link_works(
    portal: OpenPortal, visitor: Visitor
) -> None:
    register(visitor)
    for shown in (ADDRESS, "2019年09月24日 09時55分50秒", "2019年09月25日 09時55分50秒", portal.settings.mail_domain):
        assert shown in visitor.page.text
    assert moment_text(NOW, "ja") == "2019年09月24日 09時55分50秒"


def test_the_pages_of_the_way_are_no_dead_ends_once_it_is_registered(visitor: Visitor) -> None:
    register(visitor)
    for path in (ENTRY, CHECK, SENT):
        visitor.get(path)
        assert visitor.page.path == SENT


def test_no_page_is_shown_before_its_turn(visitor: Visitor) -> None:
    for path in (ENTRY, SENT):
        visitor.get(path)
        assert visitor.page.path == REGISTRATION
    visitor.get(CHECK, expect=410)
    assert visitor.page.outcome == "draft_gone"
    consent(visitor)
    visitor.get(CHECK)
    assert visitor.page.path == ENTRY


def test_what_was_typed_dies_after_thirty_minutes_of_silence(portal: OpenPortal, visitor: Visitor) -> None:
    fill_in(visitor)
    portal.clock.move(timedelta(minutes=29))
    visitor.reload()
    portal.clock.move(timedelta(minutes=29))
    visitor.reload()
    portal.clock.move(timedelta(minutes=30))
    visitor.reload(expect=410)
    assert visitor.page.outcome == "draft_gone"
    visitor.follow(REGISTRATION)
    visitor.submit(consent="yes")
    assert not visitor.page.form().values["email"]


def test_a_form_sent_too_late_is_not_lost(portal: OpenPortal, visitor: Visitor) -> None:
    consent(visitor)
    portal.clock.move(timedelta(minutes=31))
    visitor.submit(**INDIVIDUAL)
    assert visitor.page.path == f"{REGISTRATION}?kept=1"
    assert visitor.page.notices() == ["attention"]
    visitor.submit(consent="yes")
    assert visitor.page.form().values.items() >= INDIVIDUAL.items()
    visitor.submit()
    assert visitor.page.path == CHECK
