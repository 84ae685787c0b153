"""The ways of people through My Page."""

from dataclasses import replace
from itertools import count

from bench.post_office import PostOffice
from bench.stage import Stage, Step
from bench.visitor import Visitor
from chalicelib import wiring
from chalicelib.domain.accounts import Account, id_suffix_at, payer_id_of
from chalicelib.domain.debit_accounts import DebitKind
from chalicelib.domain.holders import Individual
from local.dev.circumstances import hold_debit_accounts

WORDS = "correct horse battery"
NEW_WORDS = "eleven quiet lanterns on a hill"
WORDS_OF_FILER = "seven umbrellas under a piano"
WRONG = "wrong password of nobody"
LOGIN, HOME = "/mypage/login", "/mypage"
TREASURY, LOCAL_TAX = "/mypage/treasury-accounts", "/mypage/local-tax-accounts"
FIRST = {TREASURY: "KKAA0001", LOCAL_TAX: "KLAA0001"}
NAMES = {"family_kana": "ケイジ", "given_kana": "タロウ", "family_name": "軽自", "given_name": "太郎"}
BANK = {
    "holder_kana": "ケイジ タロウ",
    "bank_name": "0001",
    "branch_name": "001",
    "deposit_type": "ordinary",
    "account_number": "1234567",
}
_NUMBERS = count(1)


def open_account(password: str = WORDS, filer_password: str = "") -> Account:
    """Another account, with a real hash; nobody has signed in to it. Without a filer password nobody files there."""
    world, number = wiring.world(), next(_NUMBERS)
    account = Account(
        id_suffix=id_suffix_at(number * 7919),
        holder=Individual(*NAMES.values()),
        management_email=f"sample{number}@example.jp",
        notification_email=None,
        payer_password_hash=world.hasher.hash(password),
        filer_password_hash=world.hasher.hash(filer_password) if filer_password else "$argon2id$",
        password_set_at=world.now(),
        created_at=world.now(),
        language="ja",
    )
    with world.begin() as work:
        work.accounts.add(account)
    return account


def _signed_in(stage: Stage, account: Account, about: str = "") -> Visitor:
    visitor = Visitor(stage)
    visitor.get(LOGIN)
    visitor.post(LOGIN, about, payer_id=account.payer_id, payer_password=WORDS)
    return visitor


def visit(stage: Stage, office: PostOffice) -> list[Step]:
    """Sign in, look, take the bulk payment file along, sign out."""
    visitor = _signed_in(stage, open_account())
    visitor.get(HOME)
    visitor.get("/mypage/sign-ins")
    visitor.get("/mypage/bulk-payment-file")
    visitor.post("/mypage/bulk-payment-file")
    visitor.get("/mypage/bulk-payment-file/download")
    visitor.get("/.well-known/bulk-payment-file-keys.json")
    visitor.get(HOME, "once more")
    visitor.post("/mypage/session")
    visitor.post("/mypage/logout")
    visitor.get("/mypage/signed-out")
    visitor.steps += office.deliver("new browser")
    return visitor.steps


def keep_debit_accounts(stage: Stage, office: PostOffice) -> list[Step]:
    """Add, change and delete one of each kind, found with and without scripts."""
    visitor = _signed_in(stage, open_account(), "to debit accounts")
    visitor.get("/mypage/banks?query=みずほ")
    visitor.get("/mypage/banks/0001/branches?query=渋谷")
    for path in (TREASURY, LOCAL_TAX):
        _keep_one(visitor, path)
    visitor.steps += office.deliver("debit accounts")
    return visitor.steps


def _keep_one(visitor: Visitor, path: str) -> None:
    one = f"{path}/{FIRST[path]}"
    visitor.get(path, "none")
    visitor.get(f"{path}/new")
    visitor.post(f"{path}/new", "look for a branch", **{**BANK, "branch_name": "支店", "search": "branch"})
    visitor.follow("branches found")
    visitor.post(f"{path}/new", "mistakes", **{**BANK, "account_number": "x"})
    visitor.post(f"{path}/new", **BANK)
    visitor.follow()
    visitor.post(f"{path}/check")
    visitor.follow()
    visitor.get(path)
    visitor.get(f"{path}/find")
    visitor.post(f"{path}/find", debit_account_id=FIRST[path].lower())
    visitor.get(f"{one}/change")
    visitor.post(f"{one}/change", **{**BANK, "account_number": "7654321"})
    visitor.follow("of a change")
    visitor.post(f"{path}/check", "of a change")
    visitor.get(f"{one}/delete")
    visitor.post(f"{one}/delete")


def change_what_is_known(stage: Stage, office: PostOffice) -> list[Step]:
    """A new name, a new address by its link, both passwords, and the password once more by a mailed link."""
    account = open_account()
    visitor = _signed_in(stage, account, "to change")
    address = f"new.{account.management_email}"
    _change_profile(visitor, address)
    visitor.steps += office.deliver_to(address, "address link")
    visitor.get(office.link)
    visitor.post("/mypage/address", "mistake", key=office.key)
    visitor.post("/mypage/address", key=office.key, payer_password=WORDS)
    visitor.follow()
    _set_filer_password(visitor)
    _set_password(visitor, account)
    _reset_password(visitor, office, replace(account, management_email=address))
    return visitor.steps


def _change_profile(visitor: Visitor, address: str) -> None:
    typed = {**NAMES, "given_name": "次郎", "management_email": address, "notification_email": ""}
    visitor.get("/mypage/profile")
    visitor.post("/mypage/profile", "mistakes", **{**typed, "family_name": ""})
    visitor.post("/mypage/profile", **typed)
    visitor.follow()
    visitor.post("/mypage/profile/check")
    visitor.follow()


def _set_filer_password(visitor: Visitor) -> None:
    twice = {"filer_password": WORDS_OF_FILER, "filer_password_confirmation": WORDS_OF_FILER}
    visitor.get("/mypage/filer-password")
    visitor.post("/mypage/filer-password", payer_password=WORDS, **twice)
    visitor.follow()


def _set_password(visitor: Visitor, account: Account) -> None:
    twice = {"new_password": NEW_WORDS, "new_password_confirmation": NEW_WORDS}
    visitor.get("/mypage/password")
    visitor.post("/mypage/password", "wrong", payer_id=account.payer_id, current_password=WRONG, **twice)
    visitor.post("/mypage/password", payer_id=account.payer_id, current_password=WORDS, **twice)
    visitor.follow()


def _reset_password(visitor: Visitor, office: PostOffice, account: Account) -> None:
    twice = {"new_password": WORDS, "new_password_confirmation": WORDS}
    visitor.get("/mypage/password-reset")
    asked = {"payer_id": account.payer_id, "management_email": account.management_email}
    visitor.post("/mypage/password-reset", "unknown", **{**asked, "payer_id": payer_id_of("ZZ9999")})
    visitor.post("/mypage/password-reset", **asked)
    visitor.follow()
    visitor.steps += office.deliver("reset link")
    visitor.get(office.link)
    visitor.post("/mypage/password-reset/new", "mistakes", key=office.key)
    visitor.post("/mypage/password-reset/new", key=office.key, **twice)


def hold_few(stage: Stage, office: PostOffice) -> list[Step]:
    """The pages that list, with 2 accounts."""
    return _list(stage, office, 2)


def hold_many(stage: Stage, office: PostOffice) -> list[Step]:
    """The same with as many as one may hold."""
    return _list(stage, office, DebitKind.TREASURY.limit)


def _list(stage: Stage, office: PostOffice, number: int) -> list[Step]:
    account = open_account()
    hold_debit_accounts(wiring.world(), account.id_suffix, number)
    about = f"{number:,} accounts"
    visitor = _signed_in(stage, account, about)
    visitor.get(HOME, about)
    visitor.get(TREASURY, about)
    visitor.get(f"{TREASURY}/KKAA0002", about)
    visitor.get(f"{TREASURY}/new", about)
    if number == DebitKind.TREASURY.limit:
        visitor.get(f"{TREASURY}?after=KKAA1000", "2,000 accounts, from the middle")
    office.deliver(about)
    return visitor.steps


def run_into_dead_ends(stage: Stage, _office: PostOffice) -> list[Step]:
    """Refusals, of each kind one."""
    account = open_account()
    visitor = Visitor(stage)
    visitor.get(HOME, "not signed in")
    visitor.get(LOGIN)
    visitor.post(LOGIN, "mistakes")
    visitor.post(LOGIN, "wrong password", payer_id=account.payer_id, payer_password=WRONG)
    visitor.post(LOGIN, "unknown", payer_id=payer_id_of("ZZ9998"), payer_password=WRONG)
    for _ in range(4):
        visitor.post(LOGIN, "wrong password", payer_id=account.payer_id, payer_password=WRONG)
    visitor.post(LOGIN, "locked", payer_id=account.payer_id, payer_password=WORDS)
    visitor.get("/mypage/password-reset/new?key=abc", "not ours")
    visitor.get("/mypage/address?key=abc", "not ours")
    return visitor.steps
