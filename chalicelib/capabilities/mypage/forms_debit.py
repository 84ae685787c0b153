"""What may be sent to ダイレクト納付口座: a bank account whose bank and branch are found in the published list."""

from collections.abc import Callable, Mapping, Sequence

from wtforms.form import BaseForm

from chalicelib.domain.banks import Bank, Branch
from chalicelib.domain.debit_accounts import BankAccount, DepositType
from chalicelib.forms.bank_fields import AccountNumberField, BankKanaField
from chalicelib.forms.base import Form
from chalicelib.forms.fields import AsciiField, ChoiceField, TextField
from chalicelib.forms.problems import Problem
from chalicelib.ports import Banks

Entry = Bank | Branch


class ListedField(TextField):
    """The name, kana or code of something in a published list.

    `options` are what the list has for it, `chosen` is the one that was meant: by its code, or because it is the only
    one. Its form fills both before it is validated.
    """

    options: Sequence[Entry] = ()
    chosen: Entry | None = None

    def choose(self, code: str, search: Callable[[str], Sequence[Entry]], find: Callable[[str], Entry | None]) -> None:
        """Look in the list; a code counts only while what was typed still leads to it."""
        self.options = search(self.typed) if self.typed else ()
        coded = find(code) if code else None
        if coded and self._may_mean(coded):
            self.chosen = coded
        elif len(self.options) == 1:
            self.chosen = self.options[0]
        if self.chosen:
            self.typed = self.data = self.chosen.name

    def _may_mean(self, entry: Entry) -> bool:
        return not self.typed or self.typed == entry.name or entry in self.options

    def flaw(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """Several could be meant, or none."""
        if self.chosen:
            return None
        return Problem("choose_from_list" if self.options else "nothing_found")


class DebitAccountForm(Form):
    """ダイレクト納付口座の新規作成・変更."""

    holder_kana = BankKanaField()
    bank_name = ListedField(autocomplete="off")
    bank_code = AsciiField(required=False)
    branch_name = ListedField(autocomplete="off")
    branch_code = AsciiField(required=False)
    deposit_type = ChoiceField(choices=[one.value for one in DepositType])
    account_number = AccountNumberField()

    def look_up(self, banks: Banks) -> None:
        """Find bank and branch in the list; a branch that does not belong to the bank is none."""
        self.bank_name.choose(self.bank_code.data, banks.search, banks.find)
        bank = self.bank_name.chosen
        if bank:
            self.branch_name.choose(
                self.branch_code.data,
                lambda query: banks.search_branches(bank.code, query),
                lambda code: banks.find_branch(bank.code, code),
            )
        self.bank_code.data = bank.code if bank else ""
        self.branch_code.data = self.branch_name.chosen.code if self.branch_name.chosen else ""


def debit_values(account: BankAccount) -> dict[str, str]:
    """What is stored, by field."""
    return {
        "holder_kana": account.holder_kana,
        "bank_name": account.bank_name,
        "bank_code": account.bank_code,
        "branch_name": account.branch_name,
        "branch_code": account.branch_code,
        "deposit_type": account.deposit_type.value,
        "account_number": account.number,
    }


def bank_account_in(values: Mapping[str, str]) -> BankAccount:
    """The bank account in the kept values of a valid form."""
    return BankAccount(
        bank_code=values["bank_code"],
        bank_name=values["bank_name"],
        branch_code=values["branch_code"],
        branch_name=values["branch_name"],
        deposit_type=DepositType(values["deposit_type"]),
        number=values["account_number"],
        holder_kana=values["holder_kana"],
    )
