"""まとめ納付管理ファイル: what it says, for how long, and until which other one."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.bulk_files import BulkPaymentFile, file_names, file_of
from chalicelib.domain.refusals import BulkFileExpired, BulkFileReplaced
from tests.builders import an_account

ISSUED = datetime(2026, 4, 1, 0, 0, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
FILE = BulkPaymentFile("KNCA6288", "見本　太郎", ISSUED, ISSUED + timedelta(days=365), serial=3)


def test_a_file_says_who_pays_and_for_how_long() -> None:
    account = an_account().with_new_bulk_file(ISSUED)
    file = file_of(account)
    assert file is not None
    assert (file.payer_id, file.serial) == (account.payer_id, 1)
    assert (file.issued_at, file.expires_at) == (ISSUED, ISSUED + timedelta(days=365))


def test_an_account_has_none_until_one_is_issued() -> None:
    assert file_of(an_account()) is None


def test_a_new_file_counts_on() -> None:
    again = file_of(an_account().with_new_bulk_file(ISSUED).with_new_bulk_file(ISSUED + SECOND))
    assert again is not None
    assert (again.serial, again.issued_at) == (2, ISSUED + SECOND)


def test_the_newest_file_is_good_for_a_year_to_the_second() -> None:
    FILE.require_current(3, ISSUED)
    FILE.require_current(3, FILE.expires_at - SECOND)
    with pytest.raises(BulkFileExpired) as refused:
        FILE.require_current(3, FILE.expires_at)
    assert refused.value.expired_at == FILE.expires_at


@pytest.mark.parametrize("newest", [0, 2, 4])
def test_a_file_that_is_not_the_newest_is_refused(newest: int) -> None:
    with pytest.raises(BulkFileReplaced):
        FILE.require_current(newest, ISSUED)


def test_a_file_both_old_and_replaced_says_that_it_is_old() -> None:
    with pytest.raises(BulkFileExpired):
        FILE.require_current(4, FILE.expires_at)


def test_its_name_tells_the_service_and_the_ascii_one_the_payer() -> None:
    names = file_names(FILE, "軽自動車OSS")
    assert names == ("まとめ納付管理ファイル_軽自動車OSS用.json", "bulk-payment-file_KNCA6288.json")


def test_its_name_is_one_that_every_computer_can_save() -> None:
    assert file_names(FILE, "a/b:c\\d")[0] == "まとめ納付管理ファイル_a_b_c_d用.json"
