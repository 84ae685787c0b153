"""申請状況確認: every block of the manual, for every state of both procedures."""

from datetime import timedelta

import pytest

from chalicelib.domain.application_moves import told
from chalicelib.domain.application_numbers import grouped
from chalicelib.domain.application_states import CORRECTABLE, State, states_of
from chalicelib.domain.charges import ChargeState
from chalicelib.domain.deadlines import end_of
from chalicelib.domain.procedures import Procedure
from chalicelib.texts.environment import environment
from tests.pages.portal import OpenPortal
from tests.pages.status_steps import APPLICATION, CORRECTION, WITHDRAWAL, enter, looking_at, store_application, stored
from tests.pages.visitor import Visitor

EVERY_STATE = [(procedure, state) for procedure in Procedure for state in states_of(procedure)]
COLUMNS = (
    "収納機関番号",
    "納付番号",
    "確認番号",
    "納付区分",
    "税・手数料種別",
    "納付区別",
    "金額",
    "収納機関名（漢字）",
    "収納機関名（カナ）",
    "納付状況",
    "納付完了日",
    "納付期限",
    "納付",
)
RECORDS = {
    Procedure.CONTINUATION: (
        "申請年月日",
        "受付番号",
        "車両番号",
        "車台番号",
        "申請者名",
        "使用者名",
        "申請先",
        "記録等事務代行者委託番号",
        "記録等事務代行者氏名又は名称",
        "記録等事務代行利用可否",
        "保安基準適合証",
    ),
    Procedure.NEW_VEHICLE: (
        "申請年月日",
        "受付番号",
        "車台番号",
        "申請者名",
        "使用者名",
        "使用者名（高水準）",
        "所有者名",
        "所有者名（高水準）",
        "申請先",
        "完成検査終了証兼譲渡証明書",
        "希望番号予約済証",
        "一部書類審査",
        "実施不要（ALL電子）",
    ),
}
STEPS = {
    Procedure.CONTINUATION: ("手続準備", "軽自動車検査協会事務所等への手続", "返付"),
    Procedure.NEW_VEHICLE: (
        "手続準備",
        "軽自動車検査協会事務所等への手続",
        "軽自動車税申告窓口への手続",
        "交付",
    ),
}


def _name_of(state: State) -> str:
    module = environment("ja").get_template("texts/applications.html").module
    return str(module.state_name(state.value)).strip()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("procedure", "state"), EVERY_STATE)
def test_every_state_shows_every_block(
    portal: OpenPortal, visitor: Visitor, procedure: Procedure, state: State
) -> None:
    application = store_application(portal, state, procedure)
    page = enter(visitor, application)
    for words in (
        _name_of(state),
        grouped(application.application_number),
        "現在の申請状況",
        "状況更新日時",
        "添付書類取得状況",
        "審査状況",
        "審査完了年月日",
        "受け取りに関する情報",
        *STEPS[procedure],
        *RECORDS[procedure],
    ):
        assert words in page.text, words
    if application.charges:
        assert not [column for column in COLUMNS if column not in page.text]
    if application.notices:
        assert "通知等情報" in page.text
    for change in application.history:
        assert _name_of(change.state) in page.text


@pytest.mark.parametrize(("procedure", "state"), EVERY_STATE)
def test_buttons_stand_there_exactly_when_they_work(
    portal: OpenPortal, visitor: Visitor, procedure: Procedure, state: State
) -> None:
    application = store_application(portal, state, procedure)
    doors = enter(visitor, application).doors()
    prefix = portal.settings.base_path
    assert (f"{prefix}{CORRECTION}" in doors) == (state in CORRECTABLE)
    assert (f"{prefix}{WITHDRAWAL}" in doors) == application.can_withdraw
    for path, is_open in ((CORRECTION, state in CORRECTABLE), (WITHDRAWAL, application.can_withdraw)):
        visitor.get(path, expect=200 if is_open else 409)


def test_amounts_and_numbers_stand_in_the_payment_table(portal: OpenPortal, visitor: Visitor) -> None:
    application = looking_at(visitor, State.WEIGHT_TAX_DUE)
    paid, due = application.charges
    text = visitor.page.text
    assert paid.state is ChargeState.PAID
    for charge in (paid, due):
        assert charge.numbers is not None
        assert charge.numbers.grouped in text
        assert charge.numbers.confirmation_number in text
    assert "1,100" in text
    assert "400" in text
    assert "6,600" in text
    assert "未納" in text
    assert "済" in text


def test_an_office_s_words_are_only_ever_data(portal: OpenPortal, visitor: Visitor) -> None:
    application = store_application(portal, State.INSPECTION_REVIEW)
    words = "<script>alert(1)</script> & 「書類」を<b>お持ちください</b>"
    with portal.world().begin() as work:
        work.applications.change(application, told(application, words, portal.clock.now))
    page = enter(visitor, application)
    assert words in page.text
    assert "<script>alert" not in page.body


def test_a_deadline_that_passed_is_said_before_the_job_comes(portal: OpenPortal, visitor: Visitor) -> None:
    application = store_application(portal, State.INSPECTION_CORRECTION)
    assert application.due_on is not None
    portal.clock.now = end_of(application.due_on)
    page = enter(visitor, application)
    assert f"{portal.settings.base_path}{CORRECTION}" not in page.doors()
    assert "過ぎ" in page.text
    assert visitor.get(CORRECTION, expect=409).outcome == "not_correctable"


@pytest.mark.parametrize(("days", "is_told"), [(8, False), (7, True), (1, True)])
def test_a_near_deadline_is_told(portal: OpenPortal, visitor: Visitor, days: int, *, is_told: bool) -> None:
    application = store_application(portal, State.INSPECTION_CORRECTION)
    assert application.due_on is not None
    portal.clock.now = end_of(application.due_on) - timedelta(days=days + 1)
    assert ("期限等に関するお知らせ" in enter(visitor, application).text) is is_told


def test_what_happens_meanwhile_shows_at_the_next_reload(portal: OpenPortal, visitor: Visitor) -> None:
    application = looking_at(visitor, State.INSPECTION_REVIEW)
    current = stored(portal, application)
    with portal.world().begin() as work:
        work.applications.change(current, told(current, "お知らせの本文", portal.clock.now))
    assert "お知らせの本文" in visitor.follow(APPLICATION).text


def test_every_state_is_explained(visitor: Visitor) -> None:
    page = visitor.get("/status/states")
    for state in State:
        assert _name_of(state) in page.text
