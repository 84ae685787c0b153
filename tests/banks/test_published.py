"""The published list as it comes: complete, found, and read only when asked."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.banks.published import PublishedBanks
from tests.sources import ROOT

RUNS_WITHIN = 60
# The wiring and what stands behind it, loaded under an eye on every file that is opened.
WATCHED = """
import sys
opened = []
sys.addaudithook(lambda event, details: opened.append(str(details[0])) if event == "open" else None)
from chalicelib.banking import published_banks
banks = published_banks()
before = [path for path in opened if "zengin_code" in path]
banks.find_branch("0001", "001")
after = [path for path in opened if "zengin_code" in path]
print(len(before), *sorted(path.rpartition("/")[2] for path in after), "zengin_code" in sys.modules)
"""


@pytest.fixture(scope="module")
def banks() -> PublishedBanks:
    """The list."""
    return PublishedBanks()


@pytest.fixture(scope="module")
def codes() -> list[str]:
    """Every code of a bank, as the package has them."""
    return sorted(json.loads((_folder() / "banks.json").read_bytes()))


def _folder() -> Path:
    found = next(path for path in map(Path, sys.path) if (path / "zengin_code").is_dir())
    return found / "zengin_code" / "source-data" / "data"


def test_every_bank_has_a_code_a_name_and_kana_and_its_code_finds_it_first(
    banks: PublishedBanks, codes: list[str]
) -> None:
    assert len(codes) > 1000
    for code in codes:
        bank = banks.search(code)[0]
        assert bank == banks.find(code)
        assert (len(code), code.isdecimal(), code.isascii()) == (4, True, True)
        assert bank.code == code
        assert bank.name
        assert bank.kana


def test_every_name_finds_its_bank(banks: PublishedBanks, codes: list[str]) -> None:
    lost = [bank for bank in map(banks.find, codes) if bank and bank not in banks.search(bank.name)]
    assert not lost


def test_every_bank_has_its_file_of_branches(banks: PublishedBanks, codes: list[str]) -> None:
    assert {path.stem for path in (_folder() / "branches").glob("*.json")} >= set(codes)
    assert all(len(branch.code) == 3 and branch.name for branch in banks.search_branches("0001", "0"))


@pytest.mark.parametrize(
    "query", ["みずほ", "みずほ銀行", "ミズホ", "ﾐｽﾞﾎ", "みずほぎんこう", "0001", "０００１", "みず"]
)
def test_a_bank_is_found_by_what_people_type(banks: PublishedBanks, query: str) -> None:
    assert banks.search(query)[0].code == "0001"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("三菱UFJ銀行", "0005"),
        ("みつびしユーエフジェイ", "0005"),
        ("ゆうちょ", "9900"),
        ("愛知信用金庫", "1550"),
        ("JA埼玉中央", "4780"),
        ("中央ろうきん", "2963"),
        ("アイエヌジー バンク", "0482"),
        ("あいず信金", "1181"),
    ],
)
def test_names_that_are_published_otherwise_are_found(banks: PublishedBanks, query: str, code: str) -> None:
    assert banks.search(query)[0].code == code


@pytest.mark.parametrize("query", ["渋谷", "渋谷支店", "しぶや", "しぶや支店", "ｼﾌﾞﾔ", "210"])
def test_a_branch_is_found_by_what_people_type(banks: PublishedBanks, query: str) -> None:
    assert banks.search_branches("0001", query)[0].code == "210"


def test_no_more_than_twenty_are_found(banks: PublishedBanks) -> None:
    assert len(banks.search("信金")) == 20
    assert len(banks.search_branches("0005", "0")) == 20


def test_a_branch_of_another_bank_is_not_found(banks: PublishedBanks) -> None:
    assert banks.find_branch("9900", "018")
    assert banks.find_branch("0001", "018") is None
    assert banks.search_branches("0001", "〇一八") == []


@pytest.mark.parametrize(
    "code", ["", "0", "00010", "0000", "０００１", "みずほ", "../banks", "branches/0001", "\x00", "\ud83d"]
)
def test_a_code_that_no_bank_has_finds_nothing(banks: PublishedBanks, code: str) -> None:
    assert banks.find(code) is None
    assert banks.search_branches(code, "001") == []
    assert banks.find_branch(code, "001") is None
    assert banks.find_branch("0001", code) is None


def test_a_bank_that_is_no_more_has_no_branches(banks: PublishedBanks, codes: list[str]) -> None:
    gone = sorted({path.stem for path in (_folder() / "branches").glob("*.json")} - set(codes))
    assert gone
    assert not [code for code in gone if banks.search_branches(code, "0")]


def test_nothing_is_read_before_the_first_question_and_then_one_bank_alone() -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", WATCHED], cwd=ROOT, capture_output=True, text=True, timeout=RUNS_WITHIN, check=True
    )
    assert done.stdout.split() == ["0", "0001.json", "banks.json", "False"]
