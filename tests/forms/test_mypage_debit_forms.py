"""What may be sent to ダイレクト納付口座, with a list of three banks that do not exist."""

import pytest

from chalicelib.capabilities.mypage.forms_debit import DebitAccountForm, bank_account_in, debit_values
from chalicelib.domain.bank_search import bank_keys, best_matches, branch_keys
from chalicelib.domain.banks import Bank, Branch
from chalicelib.domain.debit_accounts import DepositType
from chalicelib.forms.problems import Problem
from tests.builders import a_bank_account

SAMPLE = Bank("9998", "見本", "ミホン")
CREDIT = Bank("9997", "見本信金", "ミホンシンキン")
OTHER = Bank("9996", "例示", "レイジ")
BRANCHES = {
    "9998": [Branch("001", "本店", "ホンテン"), Branch("002", "東", "ヒガシ"), Branch("003", "東口", "ヒガシグチ")],
    "9997": [Branch("001", "本店", "ホンテン")],
    "9996": [Branch("007", "港", "ミナト"), Branch("001", "駅前", "エキマエ")],
}
BANKS = {bank.code: bank for bank in (SAMPLE, CREDIT, OTHER)}


class FewBanks:
    """`ports.Banks`."""

    def search(self, query: str) -> list[Bank]:
        return best_matches(query, [(bank, bank_keys(bank)) for bank in BANKS.values()], 20)

    def find(self, bank_code: str) -> Bank | None:
        return BANKS.get(bank_code)

    def search_branches(self, bank_code: str, query: str) -> list[Branch]:
        return best_matches(query, [(one, branch_keys(one)) for one in BRANCHES[bank_code]], 20)

    def find_branch(self, bank_code: str, branch_code: str) -> Branch | None:
        return next((one for one in BRANCHES[bank_code] if one.code == branch_code), None)


def sent(**other: str) -> DebitAccountForm:
    """The form for the main office of the first bank, looked up and judged."""
    typed = {
        "holder_kana": "ミホン タロウ",
        "bank_name": "9998",
        "branch_name": "001",
        "deposit_type": "ordinary",
        "account_number": "1234567",
        **other,
    }
    form = DebitAccountForm(typed)
    form.look_up(FewBanks())
    form.validate()
    return form


def problems_of(form: DebitAccountForm) -> dict[str, Problem]:
    """Problems by field."""
    return {field.name: problem for field, problem in form.problems()}


def found_by(form: DebitAccountForm) -> tuple[str, str, str, str]:
    values = form.values()
    return values["bank_code"], values["bank_name"], values["branch_code"], values["branch_name"]


@pytest.mark.parametrize(
    ("bank", "branch"),
    [
        ("9998", "001"),
        ("９９９８", "００１"),
        ("見本銀行", "本店"),
        ("みほん銀行", "ほんてん"),
        ("見本銀行", "本店支店"),
    ],
)
def test_a_bank_and_its_branch_are_found_by_code_name_or_kana(bank: str, branch: str) -> None:
    form = sent(bank_name=bank, branch_name=branch)
    assert problems_of(form) == {}
    assert found_by(form) == ("9998", "見本", "001", "本店")


def test_a_valid_form_is_a_bank_account() -> None:
    assert bank_account_in(sent().values()) == a_bank_account()


def test_what_is_stored_fills_the_form_and_comes_out_the_same() -> None:
    stored = a_bank_account(deposit_type=DepositType.CURRENT, number="0000001")
    form = DebitAccountForm(values=debit_values(stored))
    form.look_up(FewBanks())
    assert form.validate()
    assert bank_account_in(form.values()) == stored


def test_several_that_could_be_meant_are_offered() -> None:
    form = sent(bank_name="見本")
    assert problems_of(form)["bank_name"] == Problem("choose_from_list")
    assert form.bank_name.options == [SAMPLE, CREDIT]
    assert found_by(form)[0] == ""


def test_what_is_not_listed_is_not_found() -> None:
    form = sent(bank_name="見本町銀行")
    assert problems_of(form)["bank_name"] == Problem("nothing_found")
    assert not form.bank_name.options


def test_one_of_several_is_chosen_by_its_code() -> None:
    assert found_by(sent(bank_name="見本", bank_code="9997"))[:2] == ("9997", "見本信金")
    assert found_by(sent(branch_name="東", branch_code="003"))[2:] == ("003", "東口")


def test_a_code_alone_is_a_choice() -> None:
    form = sent(bank_name="", bank_code="9996", branch_name="", branch_code="007")
    assert problems_of(form) == {}
    assert found_by(form) == ("9996", "例示", "007", "港")


def test_a_code_left_over_from_an_earlier_choice_counts_no_more() -> None:
    form = sent(bank_name="例示", bank_code="9998", branch_name="港", branch_code="001")
    assert problems_of(form) == {}
    assert found_by(form) == ("9996", "例示", "007", "港")


@pytest.mark.parametrize("code", ["0000", "../9998", "９９９９", "9996"])
def test_a_code_that_is_not_meant_chooses_nothing(code: str) -> None:
    form = sent(bank_name="見本", bank_code=code)
    assert "bank_name" in problems_of(form)
    assert found_by(form)[0] == ""


def test_a_branch_of_another_bank_is_none() -> None:
    form = sent(branch_name="港")
    assert problems_of(form) == {"branch_name": Problem("nothing_found")}
    assert sent(branch_name="", branch_code="007").values()["branch_code"] == ""


def test_without_a_bank_no_branch_is_looked_for() -> None:
    form = sent(bank_name="見本町銀行", branch_name="001", branch_code="001")
    assert set(problems_of(form)) == {"bank_name", "branch_name"}
    assert found_by(form)[2] == ""


def test_a_form_that_was_not_looked_up_is_never_valid() -> None:
    form = DebitAccountForm({**debit_values(a_bank_account())})
    assert not form.validate()


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({"deposit_type": "savings"}, {"deposit_type": Problem("unknown_choice")}),
        ({"deposit_type": ""}, {"deposit_type": Problem("required")}),
        ({"account_number": "12345678"}, {"account_number": Problem("too_long", limit=7)}),
        ({"account_number": ""}, {"account_number": Problem("required")}),
        ({"holder_kana": "見本太郎"}, {"holder_kana": Problem("not_bank_kana", character="見")}),
        ({"holder_kana": "ア" * 31}, {"holder_kana": Problem("too_long", limit=30)}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(typed: dict[str, str], problems: dict[str, Problem]) -> None:
    assert problems_of(sent(**typed)) == problems


def test_a_short_number_gets_its_zeros_and_small_kana_are_made_large() -> None:
    values = sent(account_number="１２-３", holder_kana="きょうと").values()
    assert (values["account_number"], values["holder_kana"]) == ("0000123", "キヨウト")
