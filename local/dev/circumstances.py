"""How examples come into states that take somebody a while to get into."""

from dataclasses import replace
from itertools import cycle

from pynamodb.expressions.update import Action

from chalicelib.banking import published_banks
from chalicelib.capabilities.mypage.forms_profile import stored_values
from chalicelib.capabilities.mypage.usecases_passwords import ask_for_reset as mail_reset_link
from chalicelib.capabilities.mypage.usecases_profile import change_profile
from chalicelib.domain.accounts import Account, AddressRole
from chalicelib.domain.attempts import WRONG_IN_A_ROW, Door
from chalicelib.domain.debit_accounts import BankAccount, DebitKind, DepositType, debit_account_id
from chalicelib.domain.drafts import new_draft
from chalicelib.domain.links import AddressLink, ResetLink, address_mark
from chalicelib.domain.sign_ins import Origin, SignIn, SignInResult
from chalicelib.forms.text import to_bank_kana
from chalicelib.storage.accounts import AccountRow
from chalicelib.storage.debit_accounts import DebitAccountRow
from chalicelib.wiring import World

_ELSEWHERE = Origin("203.0.113.x", "Firefox", "Windows")
_HOLDER = to_bank_kana("ミホンリース")
_BRANCHES = (("0001", "001"), ("0005", "001"), ("0009", "001"), ("0010", "101"))


def lock(world: World, id_suffix: str) -> None:
    """Five wrong passwords in a row, without the work of comparing them."""
    for _ in range(WRONG_IN_A_ROW):
        with world.begin() as work:
            work.attempts.reserve(Door.PAYER, id_suffix)
            work.sign_ins.add(id_suffix, SignIn(world.now(), SignInResult.WRONG_PASSWORD, _ELSEWHERE))


def hold_debit_accounts(world: World, id_suffix: str, number: int) -> None:
    """So many treasury debit accounts; written in batches, where the screens write one at a time."""
    now, bank_accounts = world.now(), cycle(_bank_accounts())
    with DebitAccountRow.batch_write() as batch:
        for position in range(1, number + 1):
            kept = vars(replace(next(bank_accounts), number=f"{position:07d}"))
            debit_id = debit_account_id(DebitKind.TREASURY, position)
            batch.save(DebitAccountRow(id_suffix, debit_id, created_at=now, changed_at=now, version=1, **kept))
    counted: list[Action] = [AccountRow.treasury_held.set(number), AccountRow.treasury_drawn.set(number)]
    AccountRow(id_suffix).update(actions=counted)


def _bank_accounts() -> list[BankAccount]:
    """At branches that are published, in nobody's name."""
    banks = published_banks()
    found = [(banks.find(bank), banks.find_branch(bank, branch)) for bank, branch in _BRANCHES]
    return [
        BankAccount(bank.code, bank.name, branch.code, branch.name, DepositType.ORDINARY, "", _HOLDER)
        for bank, branch in found
        if bank and branch
    ]


def ask_for_reset(world: World, id_suffix: str, address: str) -> str:
    """「パスワード初期化」; the answer is where the mailed link leads."""
    now, account = world.now(), _account(world, id_suffix)
    mail_reset_link(world.begin, world, id_suffix, address, account.language, now)
    key = world.links.reset_key(ResetLink(id_suffix, account.epoch, address_mark(address), now))
    return world.settings.absolute_url(f"/mypage/password-reset/new?key={key}")


def ask_for_address(world: World, id_suffix: str, address: str) -> str:
    """「利用者情報変更」 to another management address, if none waits yet; where the mailed link leads."""
    role = AddressRole.MANAGEMENT
    account = _account(world, id_suffix)
    if role not in account.pending:
        _change_address(world, account, address)
        account = _account(world, id_suffix)
    key = world.links.address_key(AddressLink(id_suffix, role, account.pending[role].mark))
    return world.settings.absolute_url(f"/mypage/address?key={key}")


def _change_address(world: World, account: Account, address: str) -> None:
    now = world.now()
    values = {**stored_values(account), "management_email": address, "version": str(account.version)}
    draft = replace(new_draft(world.new_token(), "mypage", now, values), submission_id=world.new_token())
    with world.begin() as work:
        work.drafts.keep(draft)
    change_profile(world.begin, world, account, draft, now)


def _account(world: World, id_suffix: str) -> Account:
    with world.begin() as work:
        account = work.accounts.find(id_suffix)
    if account is None:
        raise LookupError(id_suffix)
    return account
