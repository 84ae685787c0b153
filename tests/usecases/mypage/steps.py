"""What people do in My Page, on any store: the shortest way to the point where a test begins."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.capabilities.mypage import usecases, usecases_debit, usecases_passwords, usecases_profile
from chalicelib.capabilities.mypage.forms_debit import debit_values
from chalicelib.capabilities.mypage.forms_profile import stored_values
from chalicelib.capabilities.mypage.usecases import Credentials, PasswordExpired, Visit
from chalicelib.capabilities.mypage.usecases_debit import Removal
from chalicelib.domain.accounts import Account
from chalicelib.domain.address_loads import AddressLoad
from chalicelib.domain.debit_accounts import DebitAccount, DebitCounts, DebitKind
from chalicelib.domain.drafts import Draft, new_draft
from chalicelib.domain.letters import LetterState
from chalicelib.domain.links import AddressLink, ResetLink
from chalicelib.domain.sessions import Session
from chalicelib.domain.sign_ins import Origin, SignIn
from chalicelib.ports import Begin, Chance
from tests.builders import ADDRESS, NOW, PAYER_PASSWORD, a_bank_account, an_account
from tests.fakes.hashing import quick_hash
from tests.fakes.outside import FakeHasher

SECOND = timedelta(seconds=1)
LIFETIME = timedelta(days=60)
OWN, NOBODYS = "CA6288", "ZZ0000"
WRONG = "wrong password of nobody"
NEW_PASSWORD = "eleven quiet lanterns on a hill"
HERE = Origin("203.0.113.…", "Firefox", "Windows")


def a_visit(**other: Any) -> Visit:
    """Somebody's usual browser, now."""
    return replace(Visit(HERE, "browser-1", NOW), **other)


@dataclass(frozen=True)
class MyPageDesk:
    """A store, its chance and its hashing, where people take their steps."""

    begin: Begin
    chance: Chance
    hasher: FakeHasher = field(default_factory=FakeHasher)

    def open_account(self, **other: Any) -> Account:
        """An account that signs in with `PAYER_PASSWORD`."""
        account = an_account(**other)
        with self.begin() as work:
            work.accounts.add(account)
            work.addresses.count_account(account.management_email)
        return account

    def account(self, id_suffix: str = OWN) -> Account:
        """As it is stored now."""
        with self.begin() as work:
            found = work.accounts.find(id_suffix)
        assert found is not None
        return found

    def sign_in(
        self, password: str = PAYER_PASSWORD, visit: Visit | None = None, *, id_suffix: str = OWN
    ) -> Session | PasswordExpired | None:
        """「ログイン」."""
        credentials, visit = Credentials(id_suffix, password), visit or a_visit()
        return usecases.sign_in(self.begin, self.chance, self.hasher, credentials, visit, LIFETIME)

    def signed_in(self, visit: Visit | None = None) -> Session:
        """The session that the right password opens."""
        session = self.sign_in(visit=visit)
        assert isinstance(session, Session)
        return session

    def is_alive(self, session: Session, now: datetime = NOW) -> bool:
        """Whether the next request is still that person's."""
        with self.begin() as work:
            found = work.sessions.find(session.name, session.id_suffix)
        return found is not None and found[0].is_alive(found[1].epoch, now, now)

    def guess(self, times: int, id_suffix: str = OWN, now: datetime = NOW) -> None:
        """Wrong passwords at the sign-in."""
        for _ in range(times):
            assert self.sign_in(WRONG, a_visit(now=now), id_suffix=id_suffix) is None

    def lock(self, id_suffix: str = OWN) -> None:
        """Five wrong passwords."""
        self.guess(5, id_suffix)

    def history(self, id_suffix: str = OWN, now: datetime = NOW) -> tuple[SignIn, ...]:
        """Every try that is kept, newest first."""
        with self.begin() as work:
            return work.sign_ins.page(id_suffix, 100, now).sign_ins

    def change_password(
        self, current: str = PAYER_PASSWORD, submission_id: str = "form-1", *, new: str = NEW_PASSWORD
    ) -> bool:
        """「パスワード変更」: is the answer that it is changed?"""
        credentials, visit = Credentials(OWN, current), a_visit()
        opened = usecases_passwords.open_with_password(self.begin, self.hasher, credentials, submission_id, visit)
        if opened.is_repeated or opened.account is None:
            return opened.is_repeated
        return self.set_password(opened.account, submission_id, new=new)

    def set_password(
        self, account: Account, submission_id: str = "form-1", now: datetime = NOW, *, new: str = NEW_PASSWORD
    ) -> bool:
        """The last step of the change and of the reset."""
        return usecases_passwords.set_payer_password(
            self.begin, self.chance, account, quick_hash(new), submission_id, now
        )

    def change_filer_password(self, payer_password: str = PAYER_PASSWORD, submission_id: str = "form-1") -> bool:
        """「一括利用者パスワード初期化」: is the answer that it is changed?"""
        credentials, visit = Credentials(OWN, payer_password), a_visit()
        opened = usecases_passwords.open_with_password(self.begin, self.hasher, credentials, submission_id, visit)
        if opened.is_repeated or opened.account is None:
            return opened.is_repeated
        return usecases_passwords.set_filer_password(
            self.begin, self.chance, opened.account, quick_hash(NEW_PASSWORD), submission_id, NOW
        )

    def ask_for_reset(self, address: str = ADDRESS, id_suffix: str = OWN, now: datetime = NOW) -> LetterState | None:
        """「パスワード初期化」."""
        return usecases_passwords.ask_for_reset(self.begin, self.chance, id_suffix, address, "ja", now)

    def reset(self, link: ResetLink, submission_id: str = "form-1", now: datetime = NOW) -> bool:
        """A new password behind the link."""
        opened = usecases_passwords.open_with_link(self.begin, link, submission_id, now)
        return opened.is_repeated or (
            opened.account is not None and self.set_password(opened.account, submission_id, now)
        )

    def keep(self, name: str, values: dict[str, str], now: datetime = NOW) -> Draft:
        """A form in front of its last button."""
        draft = replace(new_draft(name, "mypage", now, values), submission_id=f"{name}-submission")
        with self.begin() as work:
            work.drafts.keep(draft)
        return draft

    def retype(self, draft: Draft, values: Mapping[str, str]) -> None:
        """The same form, filled in once more in another tab."""
        with self.begin() as work:
            work.drafts.keep(draft.typed(values, "another submission"))

    def newest(self, draft: Draft, now: datetime = NOW) -> Draft:
        """The form as the next request finds it."""
        with self.begin() as work:
            return work.drafts.find(draft.name, now)

    def profile_form(self, name: str = "profile-1", now: datetime = NOW, **typed: str) -> Draft:
        """「利用者情報変更」, filled in on what is stored now."""
        account = self.account()
        return self.keep(name, {**stored_values(account), "version": str(account.version), **typed}, now)

    def change_profile(self, draft: Draft, now: datetime = NOW) -> bool:
        """「登録」 of the profile."""
        account = self.account()
        return usecases_profile.change_profile(self.begin, self.chance, account, self.newest(draft, now), now)

    def edit(self, name: str = "profile-1", now: datetime = NOW, **typed: str) -> Account:
        """The whole way: the answer is the account afterwards."""
        assert self.change_profile(self.profile_form(name, now, **typed), now)
        return self.account()

    def confirm(self, link: AddressLink, submission_id: str = "confirm-1", now: datetime = NOW) -> bool:
        """Behind the link to a new address: was it the first time?"""
        account = usecases_profile.open_link(self.begin, link, submission_id, now)
        if account is None:
            return False
        usecases_profile.confirm_address(self.begin, self.chance, account, link, submission_id, now)
        return True

    def debit_form(self, name: str = "debit-1", debit: DebitAccount | None = None, **other: Any) -> Draft:
        """The check page of a new debit account, or of a change of `debit`."""
        values = debit_values(a_bank_account(**other))
        shown = {"debit_account_id": debit.debit_account_id, "version": str(debit.version)} if debit else {}
        return self.keep(name, {**values, **shown})

    def add_debit(self, draft: Draft, kind: DebitKind = DebitKind.TREASURY, account: Account | None = None) -> str:
        """「登録」 of a new debit account."""
        account = account or self.account()
        return usecases_debit.add_debit_account(self.begin, self.chance, account, kind, self.newest(draft), NOW)

    def added(self, name: str = "debit-1", kind: DebitKind = DebitKind.TREASURY) -> DebitAccount:
        """The whole way."""
        return self.debit(self.add_debit(self.debit_form(name), kind))

    def debit(self, debit_id: str) -> DebitAccount:
        """The debit account as it is stored now."""
        return usecases_debit.find_debit_account(self.begin, self.account(), debit_id)

    def change_debit(self, draft: Draft) -> str:
        """「登録」 of a change."""
        account = self.account()
        return usecases_debit.change_debit_account(self.begin, self.chance, account, self.newest(draft), NOW)

    def remove_debit(self, debit: DebitAccount, submission_id: str = "remove-1") -> None:
        """「削除」."""
        removal = Removal(debit.debit_account_id, str(debit.version), submission_id)
        usecases_debit.remove_debit_account(self.begin, self.chance, self.account(), removal, NOW)

    def counts(self, kind: DebitKind = DebitKind.TREASURY) -> DebitCounts:
        """How many there are, and were."""
        return self.account().debits_of(kind)

    def accounts_of(self, address: str) -> int:
        """How many accounts are counted for an address."""
        return self._load(address).accounts

    def mails_to(self, address: str) -> int:
        """How many mails are counted for an address in this hour."""
        return self._load(address).mails_this_hour

    def count_mail(self, address: str) -> None:
        """Some other mail to it."""
        with self.begin() as work:
            work.addresses.count_mail(address, NOW)

    def _load(self, address: str) -> AddressLoad:
        with self.begin() as work:
            return work.addresses.load(address, NOW)
