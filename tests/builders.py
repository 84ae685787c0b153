"""Nouns for tests: each builder gives something valid, and a test names only what matters to it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.accounts import Account, AddressRole, BulkFileIssue, PendingAddress
from chalicelib.domain.debit_accounts import (
    BankAccount,
    DebitAccount,
    DebitCounts,
    DebitKind,
    DepositType,
    debit_account_id,
)
from chalicelib.domain.drafts import Draft, new_draft
from chalicelib.domain.holders import Corporation, Individual
from chalicelib.domain.letters import Letter, LetterName
from chalicelib.domain.registrations import Registration
from chalicelib.domain.sessions import Session
from chalicelib.domain.sign_ins import Origin, SignIn, SignInResult
from tests.fakes.hashing import quick_hash

NOW = datetime(2019, 9, 24, 0, 55, 50, tzinfo=UTC)
ADDRESS = "taro@example.jp"
NEW_ADDRESS = "taro.new@example.jp"
PAYER_PASSWORD = "payer password of samples"
FILER_PASSWORD = "filer password of samples"


def an_individual(**other: str) -> Individual:
    """個人."""
    return replace(Individual("ミホン", "タロウ", "見本", "太郎"), **other)


def a_corporation(**other: str) -> Corporation:
    """法人."""
    return replace(Corporation("ミホンショウカイ", "見本商会", "見本 花子"), **other)


def a_registration(**other: Any) -> Registration:
    """仮登録, a moment ago."""
    registration = Registration(
        registration_id="registration-1",
        management_email=ADDRESS,
        holder=an_individual(),
        language="ja",
        registered_at=NOW,
        mailed_at=NOW,
        letter_id="letter-1",
    )
    return replace(registration, **other)


def an_account(**other: Any) -> Account:
    """利用者, whose passwords are `PAYER_PASSWORD` and `FILER_PASSWORD`."""
    account = Account(
        id_suffix="CA6288",
        holder=an_individual(),
        management_email=ADDRESS,
        notification_email=None,
        payer_password_hash=quick_hash(PAYER_PASSWORD),
        filer_password_hash=quick_hash(FILER_PASSWORD),
        password_set_at=NOW,
        created_at=NOW,
        language="ja",
    )
    return replace(account, **other)


def a_pending_address(**other: Any) -> PendingAddress:
    """A new address, asked for now."""
    return replace(PendingAddress(NEW_ADDRESS, "mark-1", NOW), **other)


def a_grown_account(**other: Any) -> Account:
    """利用者 of which everything was used: addresses that wait, debit accounts, a bulk payment file."""
    account = an_account(
        epoch=3,
        version=7,
        created_at=NOW - timedelta(days=90),
        changed_at=NOW,
        pending={
            AddressRole.MANAGEMENT: a_pending_address(),
            AddressRole.NOTIFICATION: a_pending_address(mark="mark-2", asked_at=NOW - timedelta(hours=1)),
        },
        debits={DebitKind.TREASURY: DebitCounts(3, 5), DebitKind.LOCAL_TAX: DebitCounts(0, 1)},
        bulk_file=BulkFileIssue(2, NOW),
    )
    return replace(account, **other)


def a_bank_account(**other: Any) -> BankAccount:
    """口座 at a bank that does not exist."""
    bank_account = BankAccount(
        bank_code="9998",
        bank_name="見本",
        branch_code="001",
        branch_name="本店",
        deposit_type=DepositType.ORDINARY,
        number="1234567",
        holder_kana="ミホン　タロウ",
    )
    return replace(bank_account, **other)


def a_debit_account(kind: DebitKind = DebitKind.TREASURY, position: int = 1, **other: Any) -> DebitAccount:
    """ダイレクト納付口座, the first of its kind."""
    account = DebitAccount(debit_account_id(kind, position), a_bank_account(), created_at=NOW, changed_at=NOW)
    return replace(account, **other)


def a_sign_in(**other: Any) -> SignIn:
    """A try that succeeded, now."""
    return replace(SignIn(NOW, SignInResult.SIGNED_IN, Origin("203.0.113.x", "Firefox", "Windows")), **other)


def a_session(**other: Any) -> Session:
    """Being signed in to `an_account()` since now."""
    session = Session(name=f"session-{1:024d}", id_suffix="CA6288", epoch=1, born_at=NOW)
    return replace(session, **other)


def a_letter(**other: Any) -> Letter:
    """通知メール, posted and waiting."""
    letter = Letter(
        letter_id="letter-1",
        name=LetterName.REGISTRATION_LINK,
        to=ADDRESS,
        language="ja",
        posted_at=NOW,
        facts={
            "registration_id": "registration-1",
            "registered_at": "2019-09-24T00:55:50+00:00",
            "expires_at": "2019-09-25T00:55:50+00:00",
        },
        about="registration-1",
    )
    return replace(letter, **other)


def a_draft(**other: Any) -> Draft:
    """An unfinished form that may be confirmed."""
    draft = replace(new_draft("draft-1", "registration", NOW, an_entry()), submission_id="submission-1")
    return replace(draft, **other)


def an_entry(**other: str) -> dict[str, str]:
    """What the form of 仮登録 keeps for an individual."""
    values = {
        "email": ADDRESS,
        "email_confirmation": ADDRESS,
        "kind": "individual",
        "family_kana": "ミホン",
        "given_kana": "タロウ",
        "family_name": "見本",
        "given_name": "太郎",
    }
    return {**values, **other}


def a_corporate_entry(**other: str) -> dict[str, str]:
    """What the form of 仮登録 keeps for a corporation."""
    values = {
        "email": ADDRESS,
        "email_confirmation": ADDRESS,
        "kind": "corporation",
        "company_kana": "ミホンショウカイ",
        "company_name": "見本商会",
        "representative_name": "見本 花子",
    }
    return {**values, **other}
