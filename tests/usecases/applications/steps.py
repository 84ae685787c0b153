"""What applicants, their software and the offices do, on any store: the shortest way to where a test begins."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.capabilities.agency import usecases as agency
from chalicelib.capabilities.agency.usecases import OfficeEvent
from chalicelib.capabilities.expiry.usecases import Dealt, deal_with, due_applications
from chalicelib.capabilities.filing import usecases as filing
from chalicelib.capabilities.filing import usecases_filer
from chalicelib.capabilities.filing.usecases import Intake, Sent, Stored, Wanted
from chalicelib.capabilities.status import usecases, usecases_application
from chalicelib.capabilities.status.usecases import PasscodeAsked
from chalicelib.domain.accounts import Account
from chalicelib.domain.api_keys import ApiKey, Scope
from chalicelib.domain.application_moves import correction_asked, paid, told
from chalicelib.domain.application_numbers import application_number
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application, Reason
from chalicelib.domain.bulk_files import BulkPaymentFile
from chalicelib.domain.charges import PaymentMethod
from chalicelib.domain.deadlines import day_of
from chalicelib.domain.drafts import Draft, new_draft
from chalicelib.domain.enquiries import Enquiry
from chalicelib.domain.filer_tokens import FilerToken
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.refusals import BulkFileForged
from chalicelib.ports import Begin, Chance
from chalicelib.verbs.applications import Step
from tests.application_builders import (
    APPLICATION_PASSWORD,
    CORRECTION_DAYS,
    a_billing,
    a_record,
    an_application,
    answers_of,
    payment_of,
)
from tests.builders import FILER_PASSWORD, NOW, an_account
from tests.fakes.hashing import quick_hash
from tests.fakes.outside import FakeHasher

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
LATER = NOW + timedelta(hours=12)
OWN = application_number(NOW, Procedure.CONTINUATION, "000")
NOBODYS = application_number(NOW, Procedure.CONTINUATION, "999")
TO = "taro@example.jp"
BROWSER = "browser of the applicant"
WRONG = "wrong password of nobody"
FILER, OTHER_FILER = "CA6288", "CA0001"
OFFICE, OTHER_OFFICE = "TK01", "OS01"
BULK_FILE = b"a bulk payment file"


def a_key(office: str = OFFICE, **other: Any) -> ApiKey:
    """The key of an office's system."""
    return replace(ApiKey(f"key-{office}", "", office, frozenset(Scope), NOW), **other)


def an_event(event_id: str = "event-1", digest: str = "what was told", **other: Any) -> OfficeEvent:
    """Something that the application's office tells."""
    return replace(OfficeEvent(a_key(), OWN, event_id, digest), **other)


def a_wanted(procedure: Procedure = Procedure.CONTINUATION, **other: Any) -> Wanted:
    """An application that software files, with every field filled in."""
    wanted = Wanted(
        procedure=procedure,
        record=a_record(procedure),
        password_hash=quick_hash(APPLICATION_PASSWORD),
        notification_email=TO,
        language="ja",
        filer_suffix=FILER,
        method=PaymentMethod.INDIVIDUAL,
    )
    return replace(wanted, **other)


def sent(event_id: str = "key-1", digest: str = "what was sent") -> Sent:
    """Under an Idempotency-Key."""
    return Sent(event_id, digest)


def open_file(content: bytes) -> BulkPaymentFile:
    """The seal of these tests: one file is ours."""
    if content != BULK_FILE:
        raise BulkFileForged
    return BulkPaymentFile("KNCA6288", "見本 太郎", NOW, NOW + 365 * DAY, 1)


def paying(now: datetime = LATER, **other: Any) -> Step:
    """The open charge was paid; `other` is what is reported otherwise."""
    return lambda one: paid(one, payment_of(one, **other), now, a_billing())


def asking(*fields: str, now: datetime = LATER) -> Step:
    """These fields are to be put right."""
    reasons = tuple(Reason(name, "ご確認ください。") for name in fields or ("user_name",))
    return lambda one: correction_asked(one, reasons, day_of(now) + CORRECTION_DAYS, now)


def telling(text: str = "窓口の時間が変わりました。", now: datetime = LATER) -> Step:
    """お知らせ."""
    return lambda one: told(one, text, now)


@dataclass(frozen=True)
class ApplicationDesk:
    """A store, its chance and its hashing, where people and systems take their steps."""

    begin: Begin
    chance: Chance
    hasher: FakeHasher = field(default_factory=FakeHasher)

    def add(self, application: Application) -> Application:
        """Store it as it is, without any letter."""
        with self.begin() as work:
            work.applications.add(application)
        return application

    def has(self, state: State = State.INSPECTION_FEE_DUE, **other: Any) -> Application:
        """An application of number `OWN` in this state, or another as `other` says."""
        return self.add(an_application(state=state, **other))

    def stored(self, number: str = OWN) -> Application:
        """As it is stored now."""
        with self.begin() as work:
            found = work.applications.find(number)
        assert found is not None
        return found

    def enter(self, password: str = APPLICATION_PASSWORD, number: str = OWN, now: datetime = LATER) -> Enquiry | None:
        """「ログイン」."""
        return usecases.enter(self.begin, self.chance, self.hasher, number, password, now)

    def guess(self, times: int, number: str = OWN) -> None:
        """Type a wrong password so often."""
        for _ in range(times):
            assert self.enter(WRONG, number) is None

    def ask_passcode(self, number: str = OWN, now: datetime = LATER, **other: str) -> None:
        """「パスコードを送る」, to the right address unless `other` says so."""
        said = {"address": TO, "browser": BROWSER, "language": "ja", **other}
        usecases.ask_passcode(self.begin, self.chance, PasscodeAsked(number, **said), now)

    def enter_by_passcode(
        self, passcode: str, number: str = OWN, now: datetime = LATER, browser: str = BROWSER
    ) -> Enquiry | None:
        """「ログイン」 with a mailed passcode."""
        return usecases.enter_by_passcode(self.begin, self.chance, number, browser, passcode, now)

    def withdraw(self, number: str = OWN, now: datetime = LATER, shown_in: str | None = None) -> Application:
        """「取り下げる」, on a page that shows how it stands now."""
        return usecases_application.withdraw(
            self.begin, self.chance, number, self._state_of(number) if shown_in is None else shown_in, now
        )

    def _state_of(self, number: str) -> str:
        with self.begin() as work:
            found = work.applications.find(number)
        return found.state.value if found else ""

    def check_page(self, name: str = "correction-1", answers: Mapping[str, str] | None = None, **other: Any) -> Draft:
        """In front of 「この内容で送信する」, everything that was asked for filled in."""
        values = dict(answers_of(self.stored()) if answers is None else answers)
        asked = self.stored().open_correction
        values[usecases_application.ASKED_AT] = asked.at.isoformat() if asked else ""
        draft = replace(new_draft(name, "status", LATER, values), submission_id=f"submission of {name}")
        draft = replace(draft, **other)
        with self.begin() as work:
            work.drafts.keep(draft)
        return draft

    def correct(self, draft: Draft, now: datetime = LATER) -> bool:
        """「この内容で送信する」."""
        return usecases_application.correct(self.begin, self.chance, OWN, draft, now)

    def tell(self, step: Step, event: OfficeEvent | None = None, now: datetime = LATER) -> State:
        """An office's event."""
        return agency.take_event(self.begin, self.chance, event or an_event(), step, now)

    def tell_news(self, event_id: str) -> State:
        """Words to the applicant, which change no state."""
        return self.tell(telling(), an_event(event_id))

    def unlock(self, event: OfficeEvent | None = None, now: datetime = LATER) -> State:
        """The helpdesk's."""
        return agency.unlock(self.begin, self.chance, event or an_event(), now)

    def open_account(self, **other: Any) -> Account:
        """Whose software may file."""
        account = an_account(**other)
        with self.begin() as work:
            work.accounts.add(account)
        return account

    def ask_token(self, password: str = FILER_PASSWORD, id_suffix: str = FILER, now: datetime = LATER) -> FilerToken:
        """A token of business software."""
        return usecases_filer.ask_token(self.begin, self.hasher, id_suffix, password, now)

    def file(self, wanted: Wanted | None = None, one: Sent | None = None, now: datetime = NOW) -> Stored:
        """File an application."""
        intake = Intake(self.begin, self.chance, lambda day: day, open_file, now)
        return filing.file_application(intake, wanted or a_wanted(), one or sent())

    def withdraw_as_filer(self, one: Sent | None = None, id_suffix: str = FILER, now: datetime = LATER) -> Application:
        """取り下げ by software."""
        return usecases_filer.withdraw(self.begin, self.chance, id_suffix, OWN, one or sent(), now)

    def correct_as_filer(
        self, answers: Mapping[str, str], one: Sent | None = None, now: datetime = LATER
    ) -> Application:
        """補正 by software."""
        return usecases_filer.correct(self.begin, self.chance, self.stored(), answers, one or sent(), now)

    def run_expiry(self, now: datetime) -> list[Dealt]:
        """What the job does in one run."""
        return [deal_with(self.begin, self.chance, one, now) for one in due_applications(self.begin, now)]
