"""What receivers, applicants and officers do with codes, on any store: the shortest way to where a test begins."""

import os
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.capabilities.counter import usecases as counter
from chalicelib.capabilities.counter import usecases_approval, usecases_scan
from chalicelib.capabilities.counter.usecases import At, OfficerSecrets
from chalicelib.capabilities.qrcodes import usecases as qrcodes
from chalicelib.capabilities.qrcodes.usecases import CodeWanted
from chalicelib.capabilities.status import usecases_code
from chalicelib.code_sealing import qr_code_seal
from chalicelib.domain.application_numbers import application_number
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application
from chalicelib.domain.officers import CounterSession, Officer, Role
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.qr_codes import Purpose, QrCode
from chalicelib.domain.receivers import Receiver, receiver_key
from chalicelib.domain.verdicts import Collectable, Scan
from chalicelib.settings import load_settings
from tests.application_builders import a_record
from tests.builders import NOW
from tests.code_builders import OFFICE, OFFICER_ID, OFFICER_PASSWORD, RECEIVER_NAME, TOTP_SECRET, an_officer
from tests.fakes.outside import FakeHasher
from tests.usecases.applications.steps import LATER, OWN, ApplicationDesk

PASSWORD, OTHER_PASSWORD = "receiver password of samples", "another receiver password"
BROWSER, OTHER_BROWSER = "b" * 64, "c" * 64
NETWORK = "203.0.113.x"
STEP = 7
EXAMINER = an_officer()
CLERK = an_officer(Role.CLERK, officer_id="MIHON003")
COLLEAGUE = an_officer(officer_id="MIHON002")
STRANGER = an_officer(officer_id="MIHON009", office="OS01")
SEAL = qr_code_seal(load_settings(os.environ))
SECOND_ONE, THIRD_ONE = (application_number(NOW, Procedure.CONTINUATION, digits) for digits in ("001", "002"))


def credential_of(password: str = PASSWORD, name: str = RECEIVER_NAME) -> str:
    """What name and password give."""
    return FakeHasher().credential(password, receiver_key(name))


def at(now: datetime = LATER) -> At:
    """Then, at the counter."""
    return At(now, NETWORK)


def one_time_password(step: int = STEP, secret: str = TOTP_SECRET) -> str:
    """What an authenticator shows in that step."""
    return f"{secret}{step}"


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The other way round."""
    step = code.removeprefix(secret)
    return int(step) if step != code and step.isdecimal() else None


def a_code_wanted(purpose: Purpose = Purpose.AUTHENTICATION, **other: Any) -> CodeWanted:
    """The form of 二次元コード発行, filled in; `other` also has `password`."""
    name = other.get("receiver_name", RECEIVER_NAME)
    password = other.pop("password", PASSWORD)
    known: dict[str, Any] = {
        "purpose": purpose,
        "receiver_name": name,
        "credential": credential_of(password, name),
        "procedure": Procedure.CONTINUATION if purpose is Purpose.AUTHENTICATION else None,
        "browser": BROWSER,
        "submission_id": f"form of {purpose}",
    }
    return CodeWanted(**{**known, **other})


@dataclass(frozen=True)
class CounterDesk(ApplicationDesk):
    """The same desk, and the counter behind it."""

    def issue(self, purpose: Purpose = Purpose.AUTHENTICATION, now: datetime = LATER, **other: Any) -> str:
        """「二次元コードを発行する」; the key."""
        return qrcodes.issue_code(self.begin, self.chance, a_code_wanted(purpose, **other), now)

    def show(self, key: str, browser: str = BROWSER, now: datetime = LATER) -> QrCode:
        """二次元コード確認."""
        return qrcodes.show_code(self.begin, key, browser, now)

    def issue_single(self, number: str = OWN, now: datetime = LATER) -> str:
        """「受取者認証兼受取車両個別申告用二次元コードの発行」, after the question."""
        return usecases_code.issue_single_code(self.begin, self.chance, number, now)

    def code(self, key: str) -> QrCode:
        """As it is stored now."""
        with self.begin() as work:
            found = work.qr_codes.find(key)
        assert found is not None
        return found

    def enrol(self, name: str = RECEIVER_NAME, password: str = PASSWORD) -> Receiver:
        """A receiver, without any code."""
        receiver = Receiver(name, credential_of(password, name), NOW, NOW)
        with self.begin() as work:
            work.receivers.add(receiver)
        return receiver

    def receiver(self, name: str = RECEIVER_NAME) -> Receiver | None:
        """As it is stored now."""
        with self.begin() as work:
            return work.receivers.find(name)

    def has_ready(self, number: str = OWN, procedure: Procedure = Procedure.CONTINUATION, **other: str) -> Application:
        """An application on the shelf; `other` is what its record says."""
        state = State.READY_TO_RETURN if procedure is Procedure.CONTINUATION else State.READY_TO_ISSUE
        record = a_record(procedure, **{"office": OFFICE, "receiver_name": RECEIVER_NAME, **other})
        return self.has(state, procedure=procedure, application_number=number, record=record)

    def employ(self, *officers: Officer) -> None:
        """Let them work here."""
        for officer in officers:
            with self.begin() as work:
                work.officers.put(officer)

    def officer(self, officer_id: str = OFFICER_ID) -> Officer:
        """As it is stored now."""
        with self.begin() as work:
            found = work.officers.find(officer_id)
        assert found is not None
        return found

    def sign_in(
        self,
        officer_id: str = OFFICER_ID,
        password: str = OFFICER_PASSWORD,
        code: str | None = None,
        now: datetime = LATER,
    ) -> CounterSession | None:
        """窓口ログイン."""
        secrets = OfficerSecrets(officer_id, password, one_time_password() if code is None else code)
        return counter.sign_in(self.begin, self.chance, self.hasher, secrets, step_of, at(now))

    def guess_officer(self, times: int, officer_id: str = OFFICER_ID) -> None:
        """Type a wrong password so often."""
        for _ in range(times):
            assert self.sign_in(officer_id, "wrong password of nobody") is None

    def sign_out(self, session: CounterSession, now: datetime = LATER) -> None:
        """「終了」."""
        counter.sign_out(self.begin, self.officer(session.officer_id), session.name, at(now))

    def scan(self, typed: str, officer: Officer = CLERK, now: datetime = LATER) -> Scan:
        """What a scanner or a person typed."""
        return usecases_scan.scan(self.begin, SEAL, officer, typed, at(now))

    def shelf(
        self,
        officer: Officer = CLERK,
        procedure: Procedure = Procedure.CONTINUATION,
        after: str | None = None,
        now: datetime = LATER,
    ) -> tuple[list[Collectable], str | None]:
        """What is ready here, two on a page."""
        return usecases_scan.shelf(self.begin, officer, procedure, 2, after, at(now))

    def approve(self, key: str, officer: Officer = EXAMINER, now: datetime = LATER) -> QrCode:
        """「承認する」."""
        return usecases_approval.approve(self.begin, officer, key, at(now))

    def hand_over(self, key: str, *numbers: str, officer: Officer = CLERK, now: datetime = LATER) -> list[State]:
        """「渡しました」; how these applications are then."""
        ticked = numbers or (OWN,)
        handed = usecases_approval.hand_over(self.begin, self.chance, officer, key, ticked, at(now))
        assert tuple(one.application_number for one in handed) == ticked
        return [one.state for one in handed]
