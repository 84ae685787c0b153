"""What people do, step by step, on any store: the shortest way to the point where a test begins."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.capabilities.confirmation import usecases as confirmation
from chalicelib.capabilities.registration import usecases as registration
from chalicelib.domain.drafts import Asked, Draft
from chalicelib.domain.registrations import Registration
from chalicelib.ports import Begin, Chance
from tests.builders import NOW, an_entry
from tests.fakes.outside import FakeHasher

PASSWORDS = {"payer_password": "correct horse battery", "filer_password": "staple for the filer"}


@dataclass(frozen=True)
class Sent:
    """The page after registering: whose draft, and what was registered."""

    draft_name: str
    registration: Registration


@dataclass(frozen=True)
class Desk:
    """A store and its chance, where people take their steps."""

    begin: Begin
    chance: Chance

    def agree(self, earlier: str | None = None, now: datetime = NOW) -> str:
        """「同意する」: the answer is the draft's name."""
        return registration.accept_terms(self.begin, self.chance, earlier, now)

    def resumed(self, name: str, now: datetime = NOW) -> Draft:
        """The draft, alive for another while."""
        return registration.resume_draft(self.begin, name, now)

    def type_in(self, name: str, now: datetime = NOW, **entry: str) -> Asked:
        """Fill in the form of 仮登録 without a mistake: what its check page would ask for."""
        submission_id = self.chance.new_token()
        registration.keep_entry(self.begin, self.resumed(name, now), an_entry(**entry), submission_id, now)
        return Asked(name, submission_id, "ja")

    def ready_to_register(self, now: datetime = NOW, **entry: str) -> Asked:
        """A new browser in front of 「登録」."""
        return self.type_in(self.agree(now=now), now, **entry)

    def register(self, asked: Asked, now: datetime = NOW) -> registration.Mailing:
        """「登録」."""
        return registration.register(self.begin, self.chance, asked, now)

    def registered(self, now: datetime = NOW, **entry: str) -> Sent:
        """A new browser on the page that says that a mail is on its way."""
        asked = self.ready_to_register(now, **entry)
        self.register(asked, now)
        return Sent(asked.draft_name, self.sent(asked.draft_name, now))

    def sent(self, draft_name: str, now: datetime = NOW) -> Registration:
        """What the page 「sent」 shows."""
        return registration.find_sent(self.begin, draft_name, now)

    def resend(self, sent: Sent, after: timedelta) -> registration.Mailing:
        """「メールを再送する」, so long after registering."""
        moment = sent.registration.registered_at + after
        return registration.resend_letter(self.begin, self.chance, self.sent(sent.draft_name, moment), moment)

    def ready_to_complete(
        self, opened: Registration, now: datetime = NOW, language: str = "ja", **values: str
    ) -> Asked:
        """A new browser in front of 「登録」 behind the link."""
        hashed = confirmation.hashed(FakeHasher(), values, PASSWORDS)
        draft = confirmation.keep_details(self.begin, self.chance, None, opened, hashed, now)
        return Asked(draft.name, draft.submission_id or "", language)

    def complete(self, asked: Asked, now: datetime = NOW) -> str:
        """「登録」: the answer is the pair's suffix."""
        return confirmation.complete_registration(self.begin, self.chance, asked, now).id_suffix

    def completed(self, now: datetime = NOW, **entry: str) -> str:
        """The whole way."""
        return self.complete(self.ready_to_complete(self.registered(now, **entry).registration, now), now)
