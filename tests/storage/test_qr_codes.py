"""二次元コード: what every store promises."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.code_refusals import CodeMoved, LookupKeyTaken
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import Purpose, QrCode
from chalicelib.ports import Begin
from chalicelib.storage.connection import meter
from chalicelib.storage.qr_codes import QrCodeRow
from tests.builders import NOW, a_letter
from tests.code_builders import (
    LOOKUP_KEY,
    OTHER_CREDENTIAL,
    OTHER_OFFICE,
    OTHER_OFFICER_ID,
    SINGLE_LOOKUP_KEY,
    a_qr_code,
    a_redemption,
)

CODE = a_qr_code(Purpose.AUTHENTICATION)
MINUTE, KEPT = timedelta(minutes=1), timedelta(days=30)
REDEEMED = CODE.redeemed(a_redemption())


def add(begin: Begin, code: QrCode = CODE) -> QrCode:
    with begin() as work:
        work.qr_codes.add(code)
    return code


def redeem(begin: Begin, before: QrCode, after: QrCode) -> None:
    with begin() as work:
        work.qr_codes.redeem(before, after)


def find(begin: Begin, lookup_key: str = LOOKUP_KEY) -> QrCode | None:
    with begin() as work:
        return work.qr_codes.find(lookup_key)


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize(
    "other",
    [
        {},
        {"redemption": a_redemption(office=OTHER_OFFICE)},
        {"revoked_at": NOW + MINUTE, "procedure": Procedure.NEW_VEHICLE},
        {"receiver_name": "𠮷﨑　髙（12345678）", "redemption": a_redemption(), "revoked_at": NOW},
        {"receiver_name": "", "credential": "", "shown_to": "", "procedure": None},
    ],
    ids=["new", "used", "revoked", "both", "with nothing"],
)
def test_a_code_is_found_as_it_was_stored(begin: Begin, purpose: Purpose, other: dict[str, Any]) -> None:
    code = a_qr_code(purpose, **other)
    assert find(begin, code.lookup_key) is None
    add(begin, code)
    assert find(begin, code.lookup_key) == code


def test_no_other_key_finds_it(begin: Begin) -> None:
    add(begin)
    assert find(begin, SINGLE_LOOKUP_KEY) is None
    assert find(begin, LOOKUP_KEY[:-1]) is None


def test_a_key_is_given_out_once(begin: Begin) -> None:
    add(begin)
    with pytest.raises(LookupKeyTaken):
        add(begin, a_qr_code(Purpose.ENROLMENT, credential=OTHER_CREDENTIAL))
    assert find(begin) == CODE


def test_nothing_else_is_stored_when_a_key_is_taken(begin: Begin) -> None:
    add(begin)

    def add_and_tell() -> None:
        with begin() as work:
            work.letters.post(a_letter())
            work.qr_codes.add(CODE)

    with pytest.raises(LookupKeyTaken):
        add_and_tell()
    with begin() as work:
        assert work.letters.find("letter-1") is None


def test_a_code_is_redeemed_once(begin: Begin) -> None:
    add(begin)
    redeem(begin, CODE, REDEEMED)
    assert find(begin) == REDEEMED
    with pytest.raises(CodeMoved):
        redeem(begin, CODE, CODE.redeemed(a_redemption(at=NOW + MINUTE, officer_id=OTHER_OFFICER_ID)))
    assert find(begin) == REDEEMED


def test_the_same_visit_may_go_on_and_its_first_use_stays(begin: Begin) -> None:
    add(begin)
    redeem(begin, CODE, REDEEMED)
    redeem(begin, REDEEMED, REDEEMED.redeemed(a_redemption(at=NOW + MINUTE)))
    assert find(begin) == REDEEMED


def test_whoever_saw_another_use_is_told(begin: Begin) -> None:
    add(begin)
    redeem(begin, CODE, REDEEMED)
    other = CODE.redeemed(a_redemption(at=NOW + MINUTE))
    with pytest.raises(CodeMoved):
        redeem(begin, other, other)
    assert find(begin) == REDEEMED


def test_a_code_that_was_not_used_has_no_visit_to_go_on(begin: Begin) -> None:
    add(begin)
    with pytest.raises(CodeMoved):
        redeem(begin, REDEEMED, REDEEMED)
    assert find(begin) == CODE


def test_a_revoked_code_is_not_redeemed(begin: Begin) -> None:
    revoked = add(begin, CODE.revoked(NOW))
    with pytest.raises(CodeMoved):
        redeem(begin, CODE, REDEEMED)
    assert find(begin) == revoked


def test_a_code_that_is_not_there_is_not_redeemed(begin: Begin) -> None:
    with pytest.raises(CodeMoved):
        redeem(begin, CODE, REDEEMED)
    assert find(begin) is None


def test_nothing_else_is_stored_when_a_code_moved(begin: Begin) -> None:
    add(begin)
    redeem(begin, CODE, REDEEMED)

    def redeem_and_tell() -> None:
        with begin() as work:
            work.qr_codes.redeem(CODE, REDEEMED)
            work.letters.post(a_letter())

    with pytest.raises(CodeMoved):
        redeem_and_tell()
    with begin() as work:
        assert work.letters.find("letter-1") is None


def test_finding_is_one_call(stored: Begin) -> None:
    add(stored)
    meter.reset()
    assert find(stored)
    assert meter.calls == 1


def _ttl(code: QrCode) -> object:
    return QrCodeRow.get(code.lookup_key).ttl


def test_codes_of_receivers_are_kept_for_30_days_after_their_end(stored: Begin) -> None:
    add(stored)
    assert CODE.expires_at
    assert _ttl(CODE) == CODE.expires_at + KEPT
    redeem(stored, CODE, REDEEMED)
    assert _ttl(CODE) == CODE.expires_at + KEPT


def test_a_single_vehicles_code_is_kept_until_30_days_after_its_use(stored: Begin) -> None:
    single = add(stored, a_qr_code(Purpose.SINGLE_VEHICLE))
    assert _ttl(single) is None
    redeem(stored, single, single.redeemed(a_redemption()))
    assert _ttl(single) == NOW + KEPT
