"""受取者認証兼受取車両個別申告用二次元コード: asked for once and for good, for any bearer, until the hand-over."""

from datetime import timedelta

import pytest

from chalicelib.code_sealing import qr_code_seal
from chalicelib.domain.application_moves import handed_over
from chalicelib.domain.application_numbers import grouped
from chalicelib.domain.application_states import READY_STATES, State, states_of
from chalicelib.domain.applications import Application
from chalicelib.domain.audit import Deed
from chalicelib.domain.lookup_keys import grouped_key, is_single
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import Purpose
from chalicelib.domain.verdicts import Verdict
from tests.application_builders import a_record, an_application
from tests.pages.code_pictures import code_on, read_image, saved_from
from tests.pages.code_steps import Held, codes_issued, held, issue, key_on, stored_code
from tests.pages.counter_steps import READY, deeds, elsewhere, enrol, hand_over, lay_on_the_shelf, says, scan, ticks
from tests.pages.portal import OpenPortal
from tests.pages.status_steps import APPLICATION, enter, looking_at, store_application, stored
from tests.pages.visitor import Visitor

ASK, CODE = "/status/qr-code", "/status/qr-code/shown"
SINGLE = "受取者認証兼受取車両個別申告用二次元コード"
BY_RECEIVER = "受取者（証明書等管理業者）認証用二次元コード"
NOT_READY = [
    (procedure, state) for procedure in Procedure for state in states_of(procedure) if state not in READY_STATES
]


def _ready(visitor: Visitor, procedure: Procedure = Procedure.CONTINUATION) -> Application:
    return looking_at(visitor, READY[procedure], procedure=procedure)


def _issue_single(visitor: Visitor) -> Held:
    visitor.follow(ASK)
    return held(visitor.submit(ASK))


@pytest.mark.parametrize("procedure", Procedure)
def test_issuing_asks_first_and_changes_the_way_of_collecting(
    portal: OpenPortal, visitor: Visitor, procedure: Procedure
) -> None:
    application = _ready(visitor, procedure)
    assert BY_RECEIVER in visitor.page.text
    page = visitor.follow(ASK)
    assert "元に戻せません" in page.text
    assert stored(portal, application).pickup_code is None
    page = visitor.submit(ASK)
    assert page.path == CODE
    assert stored(portal, application).pickup_code == key_on(page)
    page = visitor.follow(APPLICATION)
    assert SINGLE in page.text
    assert BY_RECEIVER not in page.text
    assert "二次元コードを表示する" in page.text
    assert page.door(CODE)


def test_the_code_bears_what_the_manual_shows(portal: OpenPortal, visitor: Visitor) -> None:
    application = _ready(visitor)
    page = visitor.get(ASK)
    page = visitor.submit(ASK)
    key = key_on(page)
    assert is_single(key)
    for words in (SINGLE, grouped_key(key), "継続検査", grouped(application.application_number), "印刷", "戻る"):
        assert words in page.text
    assert "2019年09月24日 09時55分50秒" in page.text
    text = code_on(page)
    assert {read_image(saved_from(page, kind)) for kind in ("png", "svg")} == {text}
    assert qr_code_seal(portal.settings).opened(text) == stored_code(portal, key).says
    assert stored_code(portal, key).expires_at is None


def test_asked_again_it_is_the_same(portal: OpenPortal, visitor: Visitor, stranger: Visitor) -> None:
    application = _ready(visitor)
    visitor.get(ASK)
    form = visitor.page.form(ASK)
    first = held(visitor.submit(ASK))
    portal.clock.move(timedelta(minutes=5))
    assert held(visitor.post(ASK, form.values)) == first
    assert visitor.get(ASK).path == CODE
    enter(stranger, application)
    assert held(stranger.get(CODE)) == first
    assert codes_issued(portal) == 1
    assert stored(portal, application).version == application.version + 1


@pytest.mark.parametrize("receiver_name", ["見本受取", ""])
def test_whoever_named_no_receiver_needs_the_code_too(visitor: Visitor, receiver_name: str) -> None:
    looking_at(visitor, State.READY_TO_RETURN, record=a_record(receiver_name=receiver_name))
    assert ("元に戻せません" in visitor.follow(ASK).text) is bool(receiver_name)
    assert visitor.submit(ASK).path == CODE


@pytest.mark.parametrize(("procedure", "state"), NOT_READY)
def test_there_is_no_code_before_or_after(
    portal: OpenPortal, visitor: Visitor, procedure: Procedure, state: State
) -> None:
    application = looking_at(visitor, state, procedure=procedure)
    assert not [door for door in visitor.page.doors() if ASK in door]
    fields = visitor.page.form("/status/logout").values | {"signed_in_as": application.application_number}
    for page in (visitor.get(ASK, expect=409), visitor.get(CODE, expect=409), visitor.post(ASK, fields, expect=409)):
        assert page.outcome == "not_ready_to_collect"
    assert codes_issued(portal) == 0


def test_there_is_no_code_to_show_before_it_is_issued(visitor: Visitor) -> None:
    _ready(visitor)
    assert visitor.get(CODE, expect=409).outcome == "not_ready_to_collect"


def test_nobody_sees_it_without_the_password(visitor: Visitor, stranger: Visitor) -> None:
    _ready(visitor)
    _issue_single(visitor)
    for path in (ASK, CODE):
        assert stranger.get(path).path == "/status"


def test_the_code_of_an_application_is_not_shown_as_a_receivers(visitor: Visitor) -> None:
    _ready(visitor)
    key = _issue_single(visitor).lookup_key
    assert visitor.get(f"/qrcodes/{key}", expect=410).outcome == "code_not_shown"


@pytest.mark.parametrize("procedure", Procedure)
def test_any_bearer_collects_the_one_application(
    portal: OpenPortal, visitor: Visitor, officer: Visitor, procedure: Procedure
) -> None:
    application = _ready(visitor, procedure)
    lay_on_the_shelf(portal, 2, procedure)
    code = _issue_single(visitor)
    page = scan(officer, code.text)
    says(page, Verdict.VALID)
    assert ticks(page) == {application.application_number: True}
    assert hand_over(officer).outcome == "handed_over"
    assert (deeds(portal)[-1].deed, deeds(portal)[-1].about) == (Deed.HANDED_OVER, code.lookup_key)
    portal.deliver_letters()
    assert [letter.name for letter in portal.sender.sent] == ["application_changed"]


def test_it_dies_with_the_hand_over(portal: OpenPortal, visitor: Visitor, officer: Visitor) -> None:
    _ready(visitor)
    code = _issue_single(visitor)
    scan(officer, code.text)
    hand_over(officer)
    says(scan(officer, code.text), Verdict.USED)
    assert "お渡し済み" in officer.page.text
    says(scan(elsewhere(portal), code.lookup_key), Verdict.USED)
    assert visitor.get(CODE, expect=409).outcome == "not_ready_to_collect"
    page = visitor.get(APPLICATION)
    assert "交付物の受け取りは済んでいます" in page.text
    assert CODE not in page.body


def test_a_form_sent_twice_says_the_same_again(portal: OpenPortal, visitor: Visitor, officer: Visitor) -> None:
    _ready(visitor)
    scan(officer, _issue_single(visitor).text)
    fields = officer.page.form("/counter/hand-over").values
    assert len({officer.post("/counter/hand-over", fields).text for _ in range(2)}) == 1
    assert [one.deed for one in deeds(portal)].count(Deed.HANDED_OVER) == 1


@pytest.mark.parametrize(
    ("state", "verdict"),
    [(State.RETURNED, Verdict.USED), (State.WITHDRAWN, Verdict.REVOKED), (State.REJECTED, Verdict.REVOKED)],
)
def test_it_dies_with_the_application(
    portal: OpenPortal, visitor: Visitor, officer: Visitor, state: State, verdict: Verdict
) -> None:
    application = _ready(visitor)
    code = _issue_single(visitor)
    ended = an_application(state=state, filed_at=application.filed_at, pickup_code=code.lookup_key)
    portal.store.rows.applications[application.application_number] = ended
    says(scan(officer, code.text), verdict)


def test_another_office_sends_its_bearer_to_the_right_one(portal: OpenPortal, visitor: Visitor) -> None:
    application = _ready(visitor)
    code = _issue_single(visitor)
    page = scan(elsewhere(portal), code.text)
    says(page, Verdict.OTHER_OFFICE)
    assert "東京主管事務所" in page.text
    assert application.record.chassis_number not in page.text


def test_the_receivers_own_code_opens_it_no_more(portal: OpenPortal, visitor: Visitor, officer: Visitor) -> None:
    enrol(visitor, officer)
    (left,) = lay_on_the_shelf(portal)
    application = _ready(visitor)
    of_receiver = issue(visitor, Purpose.AUTHENTICATION)
    assert set(ticks(scan(officer, of_receiver.text))) == {left.application_number, application.application_number}
    visitor.get(ASK)
    visitor.submit(ASK)
    assert hand_over(officer, expect=409).outcome == "scan_moved"
    assert set(ticks(scan(officer, of_receiver.text))) == {left.application_number}


def test_what_is_collected_at_that_moment_gets_no_code(portal: OpenPortal, visitor: Visitor) -> None:
    application = _ready(visitor)
    visitor.get(ASK)

    def collect() -> None:
        with portal.world().begin() as work:
            work.applications.change(application, handed_over(application, portal.clock.now))

    portal.store.rivals.append(collect)
    assert visitor.submit(ASK, expect=409).outcome == "not_ready_to_collect"
    assert codes_issued(portal) == 0


def test_a_form_of_another_application_is_refused(portal: OpenPortal, visitor: Visitor) -> None:
    first = _ready(visitor)
    visitor.get(ASK)
    form = visitor.page.form(ASK)
    second = store_application(portal, State.READY_TO_ISSUE, Procedure.NEW_VEHICLE)
    enter(visitor.another_tab(), second)
    assert visitor.post(ASK, form.values, expect=409).outcome == "another_application"
    assert [stored(portal, one).pickup_code for one in (first, second)] == [None, None]


def test_the_pages_speak_english(visitor: Visitor) -> None:
    visitor.get("/status")
    visitor.choose("lang", "en")
    _ready(visitor)
    _issue_single(visitor)
    visitor.follow(APPLICATION)
