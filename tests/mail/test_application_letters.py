"""What letters about an application say: the number first, then its state, what to do, by when, and where to look."""

import pytest

from chalicelib.domain.application_states import (
    CORRECTABLE,
    NEEDS_APPLICANT,
    PAYABLE,
    Event,
    State,
    states_of,
)
from chalicelib.domain.letters import LetterName
from chalicelib.domain.procedures import Procedure
from chalicelib.mail.rendering import LetterWords, LetterWriter
from tests.mail.letters import LANGUAGES, posted

NUMBER = "2112 2310 5000 13045"
STATUS = "https://portal.example.jp/api/status"
CONTACT = "https://portal.example.jp/api/contact"
DUE = {"ja": "2022年 01月 06日", "en": "6 January 2022"}
AMOUNT = {"ja": "1,500円", "en": "¥1,500"}
PROCEDURES = {
    "ja": {"continuation": "継続検査", "new_vehicle": "新車（新規検査・地方税申告）"},
    "en": {"continuation": "Continuation inspection", "new_vehicle": "New vehicle"},
}
MANUAL = {
    State.INSPECTION_FEE_DUE: "検査手数料等納付待ち",
    State.INSPECTION_FEE_BULK: "検査手数料等まとめ払い中",
    State.WEIGHT_TAX_DUE: "自動車重量税納付待ち",
    State.WEIGHT_TAX_BULK: "自動車重量税まとめ払い中",
    State.ENVIRONMENTAL_TAX_DUE: "軽自動車税納付待ち",
    State.ENVIRONMENTAL_TAX_BULK: "軽自動車税まとめ払い中",
    State.READY_TO_ISSUE: "交付準備完了",
    State.READY_TO_RETURN: "返付準備完了",
    State.INSPECTION_CORRECTION: "検査申請補正待ち",
    State.TAX_CORRECTION: "軽自動車税申告補正待ち",
    State.WITHDRAWN: "検査申請取り下げ",
    State.VOID: "検査申請無効",
    State.REJECTED: "検査申請却下",
    State.NOT_ACCEPTED: "未受付",
}
WITH_A_STATE = (LetterName.APPLICATION_FILED, LetterName.APPLICATION_CHANGED, LetterName.APPLICATION_REMINDER)
ABOUT_APPLICATIONS = (*WITH_A_STATE, LetterName.APPLICATION_PASSCODE)
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
EVERY_STATE = pytest.mark.parametrize("state", list(State))


def _bodies(words: LetterWords) -> tuple[str, str]:
    return words.text, words.html


def _in_order(body: str, *parts: str) -> bool:
    places = [body.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


@EVERY_LANGUAGE
@pytest.mark.parametrize("name", ABOUT_APPLICATIONS)
def test_the_number_comes_first_in_its_groups(writer: LetterWriter, name: LetterName, language: str) -> None:
    words = writer.words_of(posted(name, language))
    first, second = words.text.splitlines()[:2]
    assert first.startswith("■ ")
    assert second == NUMBER
    assert words.html.partition("<dd>")[2].startswith(f"<strong>{NUMBER}</strong>")


@EVERY_LANGUAGE
@pytest.mark.parametrize("name", WITH_A_STATE)
def test_state_deadline_and_link_follow_in_this_order(writer: LetterWriter, name: LetterName, language: str) -> None:
    state = {"ja": "検査手数料等納付待ち", "en": "Waiting for the inspection fees"}[language]
    for body in _bodies(writer.words_of(posted(name, language))):
        assert _in_order(body, NUMBER, state, AMOUNT[language], DUE[language], STATUS)


@EVERY_LANGUAGE
@pytest.mark.parametrize("procedure", list(Procedure))
@pytest.mark.parametrize("name", ABOUT_APPLICATIONS)
def test_every_letter_names_the_procedure(
    writer: LetterWriter, name: LetterName, procedure: Procedure, language: str
) -> None:
    for body in _bodies(writer.words_of(posted(name, language, procedure=procedure.value))):
        assert PROCEDURES[language][procedure.value] in body


@pytest.mark.parametrize(("state", "name"), MANUAL.items())
def test_the_states_of_the_manual_have_its_names(writer: LetterWriter, state: State, name: str) -> None:
    for body in _bodies(writer.words_of(posted(LetterName.APPLICATION_CHANGED, state=state.value))):
        assert name in body


@EVERY_LANGUAGE
def test_every_state_has_a_name_of_its_own(writer: LetterWriter, language: str) -> None:
    names = {
        writer.words_of(posted(LetterName.APPLICATION_REMINDER, language, state=state.value)).text.partition("■ ")[2]
        for state in State
    }
    assert len(names) == len(State)


@EVERY_LANGUAGE
@EVERY_STATE
def test_what_happens_otherwise_is_told_where_somebody_has_to_act(
    writer: LetterWriter, state: State, language: str
) -> None:
    lines = writer.words_of(posted(LetterName.APPLICATION_CHANGED, language, state=state.value)).text.splitlines()
    otherwise = lines[lines.index(DUE[language]) + 1]
    assert bool(otherwise) is (state in NEEDS_APPLICANT)


@EVERY_LANGUAGE
@pytest.mark.parametrize("name", WITH_A_STATE)
def test_without_a_deadline_or_an_amount_none_is_mentioned(
    writer: LetterWriter, name: LetterName, language: str
) -> None:
    facts = {"state": "inspection_review", "due_on": "", "amount": ""}
    for body in _bodies(writer.words_of(posted(name, language, **facts))):
        assert DUE[language] not in body
        assert AMOUNT[language] not in body
        assert "None" not in body
        assert STATUS in body


@EVERY_LANGUAGE
def test_an_application_that_was_not_accepted_is_told_why(writer: LetterWriter, language: str) -> None:
    reasons = "bulk_file_expired,document_reference_unreadable"
    facts = {"state": "not_accepted", "due_on": "", "amount": "", "reasons": reasons}
    told = {
        "ja": ("申請を受け付けられませんでした。", "有効期限が過ぎています。", "番号を読み取れません。"),
        "en": ("not accepted", "has expired", "could not read"),
    }
    for body in _bodies(writer.words_of(posted(LetterName.APPLICATION_FILED, language, **facts))):
        assert _in_order(body, NUMBER, *told[language])


@EVERY_LANGUAGE
@pytest.mark.parametrize("code", ["bulk_file_forged", "bulk_file_expired", "bulk_file_replaced"])
def test_every_fault_of_a_bulk_file_has_words(writer: LetterWriter, code: str, language: str) -> None:
    body = writer.words_of(posted(LetterName.APPLICATION_FILED, language, state="not_accepted", reasons=code)).text
    assert {"ja": "まとめ納付管理ファイル", "en": "bulk payment file"}[language] in body
    assert code not in body


@EVERY_LANGUAGE
def test_every_event_is_told_in_its_own_words(writer: LetterWriter, language: str) -> None:
    told = {
        writer.words_of(posted(LetterName.APPLICATION_CHANGED, language, event=event)).text.split("\n\n")[2]
        for event in ("", *Event)
    }
    assert len(told) == len(Event) + 1
    assert all(told)


@EVERY_LANGUAGE
def test_a_missed_payment_and_a_missed_correction_end_in_different_words(writer: LetterWriter, language: str) -> None:
    unpaid, uncorrected = (
        writer.words_of(posted(LetterName.APPLICATION_CHANGED, language, event="expired", state=state)).text
        for state in ("void", "rejected")
    )
    assert {"ja": "納付を確認できなかった", "en": "payment"}[language] in unpaid.split("\n\n")[2]
    assert {"ja": "補正がなかった", "en": "correction"}[language] in uncorrected.split("\n\n")[2]


@EVERY_LANGUAGE
def test_reasons_are_counted_and_never_written(writer: LetterWriter, language: str) -> None:
    facts = {"event": "correction_asked", "state": "inspection_correction", "amount": ""}
    for count, said in (("1", {"ja": "1件", "en": "1 reason"}), ("2", {"ja": "2件", "en": "2 reasons"})):
        words = writer.words_of(posted(LetterName.APPLICATION_CHANGED, language, **facts, reasons_count=count))
        assert said[language] in words.text
        assert said[language] in words.html


@EVERY_LANGUAGE
@pytest.mark.parametrize("event", ["corrected", "withdrawn"])
def test_what_somebody_did_with_the_password_comes_with_whom_to_tell(
    writer: LetterWriter, event: str, language: str
) -> None:
    for body in _bodies(writer.words_of(posted(LetterName.APPLICATION_CHANGED, language, event=event))):
        assert CONTACT in body
    for body in _bodies(writer.words_of(posted(LetterName.APPLICATION_CHANGED, language, event="paid"))):
        assert CONTACT not in body


@EVERY_LANGUAGE
@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("7", {"ja": "あと7日", "en": "7 days"}),
        ("1", {"ja": "あと1日", "en": "1 day left"}),
        ("0", {"ja": "今日", "en": "today"}),
    ],
)
def test_a_reminder_counts_the_days(writer: LetterWriter, days: str, said: dict[str, str], language: str) -> None:
    for body in _bodies(writer.words_of(posted(LetterName.APPLICATION_REMINDER, language, days_left=days))):
        assert _in_order(body, NUMBER, said[language], DUE[language], STATUS)


@pytest.mark.parametrize("state", sorted(PAYABLE))
def test_whoever_has_to_pay_is_asked_to_pay(writer: LetterWriter, state: State) -> None:
    assert "納付してください" in writer.words_of(posted(LetterName.APPLICATION_REMINDER, state=state.value)).text


@pytest.mark.parametrize("state", sorted(CORRECTABLE))
def test_whoever_has_to_correct_is_asked_to_correct(writer: LetterWriter, state: State) -> None:
    assert "補正してください" in writer.words_of(posted(LetterName.APPLICATION_REMINDER, state=state.value)).text


@EVERY_LANGUAGE
def test_a_passcode_stands_alone_in_its_line_with_its_end(writer: LetterWriter, language: str) -> None:
    words = writer.words_of(posted(LetterName.APPLICATION_PASSCODE, language))
    assert "31415926" in words.text.splitlines()
    end = {"ja": "2019年09月25日 09時55分50秒", "en": "25 September 2019, 09:55:50 JST"}[language]
    for body in _bodies(words):
        assert _in_order(body, NUMBER, "31415926", end, STATUS)


@EVERY_LANGUAGE
@pytest.mark.parametrize("procedure", list(Procedure))
def test_every_state_of_a_procedure_can_be_told(writer: LetterWriter, procedure: Procedure, language: str) -> None:
    for state in states_of(procedure):
        for name in WITH_A_STATE:
            facts = {"procedure": procedure.value, "state": state.value}
            assert STATUS in writer.words_of(posted(name, language, **facts)).text.splitlines()
