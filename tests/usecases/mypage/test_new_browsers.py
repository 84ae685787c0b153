"""Who signs in from a new browser is told of by mail."""

from chalicelib.domain.letters import LetterName
from tests.builders import ADDRESS
from tests.fakes.store import FakeStore
from tests.usecases.mypage.outbox import Outbox
from tests.usecases.mypage.steps import MyPageDesk, a_visit


def test_a_new_browser_is_told_of_by_mail(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account(language="en")
    desk.signed_in()
    letter = posted.only(LetterName.NEW_BROWSER)
    assert (letter.to, letter.language) == (ADDRESS, "en")
    assert letter.facts == {
        "payer_id": "KNCA6288",
        "signed_in_at": "2019-09-24T00:55:50+00:00",
        "browser": "Firefox",
        "system": "Windows",
        "network": "203.0.113.…",
    }
    assert desk.mails_to(ADDRESS) == 1


def test_a_known_browser_is_not_told_of(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account()
    for _ in range(3):
        desk.signed_in()
    assert len(posted.letters) == 1
    desk.signed_in(a_visit(browser="browser-2"))
    assert len(posted.letters) == 2


def test_a_browser_is_known_to_each_account_alone(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account()
    desk.open_account(id_suffix="CA0001", management_email="jiro@example.jp")
    desk.signed_in()
    assert desk.sign_in(id_suffix="CA0001")
    assert posted.names == [(LetterName.NEW_BROWSER, ADDRESS), (LetterName.NEW_BROWSER, "jiro@example.jp")]


def test_a_browser_that_only_guessed_is_not_known(desk: MyPageDesk, posted: Outbox) -> None:
    desk.open_account()
    desk.guess(4)
    assert not posted.letters
    desk.signed_in()
    assert len(posted.letters) == 1


def test_the_hours_allowance_keeps_nobody_out_and_no_letter_back(
    desk: MyPageDesk, store: FakeStore, posted: Outbox
) -> None:
    desk.open_account()
    store.rows.mails_of["taro@example.jp 2019-09-24 00"] = 20
    desk.signed_in()
    assert posted.names == [(LetterName.NEW_BROWSER, ADDRESS)]
