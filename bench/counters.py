"""The ways of two-dimensional codes: receivers and applicants issue them, officers take them."""

from dataclasses import dataclass
from itertools import count

import pyotp

from bench.filings import OFFICE, WORDS_OF_APPLICATION, file_one, filer_of
from bench.my_page import WRONG
from bench.offices import bring_to_review, office_of, tell
from bench.post_office import PostOffice
from bench.stage import Stage, Step
from bench.visitor import Visitor
from chalicelib import wiring
from chalicelib.domain.officers import Officer, Role

ENTRY, QUESTION = "/qrcodes", "/status/qr-code"
LOGIN, COUNTER, SCAN = "/counter/login", "/counter", "/counter/scan"
APPROVAL, HAND_OVER, SHELF = "/counter/approval", "/counter/hand-over", "/counter/shelf"
AT_ONCE = 20
_ELSEWHERE = "OS01"
_WORDS_OF_RECEIVER, _WORDS_OF_OFFICER = "a lantern beside the quiet river", "three umbrellas under one roof"
_RECEIVERS, _OFFICERS = count(1), count(1)
_UNKNOWN = "0000000000000000"


@dataclass(frozen=True)
class Desk:
    """An officer at a counter, and a receiver in front of it."""

    officer: Visitor
    receiver: Visitor
    name: str

    @property
    def steps(self) -> list[Step]:
        """What both asked for."""
        return [*self.receiver.steps, *self.officer.steps]


def _officer_at(stage: Stage, office: str = OFFICE, role: Role = Role.EXAMINER) -> Visitor:
    """Somebody who was added just now, at the sign-in and through it."""
    world, secret = wiring.world(), pyotp.random_base32()
    added = Officer(f"BENCH{next(_OFFICERS):03d}", office, role, world.hasher.hash(_WORDS_OF_OFFICER), secret)
    with world.begin() as work:
        work.officers.put(added)
    visitor = Visitor(stage)
    visitor.get(LOGIN)
    shown = pyotp.TOTP(secret).at(stage.around.clock.now)
    typed = {"officer_id": added.officer_id, "one_time_password": shown}
    visitor.post(LOGIN, "wrong password", **typed, officer_password=WRONG)
    visitor.post(LOGIN, **typed, officer_password=_WORDS_OF_OFFICER)
    visitor.follow()
    return visitor


def _issue(receiver: Visitor, name: str, purpose: str, procedure: str = "") -> str:
    """The key of a new code."""
    receiver.get(ENTRY)
    password = {"receiver_password": _WORDS_OF_RECEIVER, "receiver_password_confirmation": _WORDS_OF_RECEIVER}
    receiver.post(ENTRY, purpose=purpose, procedure=procedure, receiver_name=name, **password)
    receiver.follow(purpose)
    return receiver.place.rpartition("/")[2]


def _enrolled(stage: Stage) -> Desk:
    """A receiver whose papers were in order."""
    desk = Desk(_officer_at(stage), Visitor(stage), f"見本受取{next(_RECEIVERS)}")
    key = _issue(desk.receiver, desk.name, "enrolment")
    desk.officer.post(SCAN, "enrolment", scanned=key)
    desk.officer.post(APPROVAL, "enrolment", papers_seen="yes")
    return desk


def _ready(stage: Stage, mail: PostOffice, number: int = 1, **other: str) -> list[str]:
    """The numbers of applications that wait to be collected."""
    filer, office = filer_of(stage), office_of(stage)
    numbers = [file_one(filer, **other) for _ in range(number)]
    for one in numbers:
        bring_to_review(office, one)
        tell(office, one, "review_passed")
        tell(office, one, "ready")
    mail.deliver("moved")
    return numbers


def _ticked(numbers: list[str]) -> dict[str, str]:
    return {f"application_{number}": "yes" for number in numbers}


def enrol_and_change(stage: Stage, _mail: PostOffice) -> list[Step]:
    """A mistake, then an enrolment and another password, each with its papers; the published keys."""
    desk = _enrolled(stage)
    desk.officer.post(APPROVAL, "not ticked", lookup_key=_issue(desk.receiver, desk.name, "password_change"))
    desk.officer.post(APPROVAL, "password_change", papers_seen="yes")
    desk.receiver.get(ENTRY)
    desk.receiver.post(ENTRY, "mistakes", purpose="enrolment")
    desk.receiver.get("/.well-known/qr-code-keys.json")
    return desk.steps


def collect(stage: Stage, mail: PostOffice, number: int = 1) -> list[Step]:
    """A visit: one code, one scan, all that is ready, and the letters of whoever applied."""
    desk = _enrolled(stage)
    numbers = _ready(stage, mail, number, receiver_name=desk.name)
    key = _issue(desk.receiver, desk.name, "authentication", "continuation")
    desk.officer.steps.clear()
    desk.receiver.steps.clear()
    desk.officer.get(COUNTER)
    desk.officer.post(SCAN, f"{number} ready", scanned=key)
    desk.officer.post(HAND_OVER, f"{number}", **_ticked(numbers))
    desk.officer.post(SCAN, "nothing ready", scanned=key)
    desk.officer.steps += mail.deliver(f"{number} handed over")
    return desk.steps


def collect_many(stage: Stage, mail: PostOffice) -> list[Step]:
    """The same with as many as go at once."""
    return collect(stage, mail, AT_ONCE)


def collect_one_vehicle(stage: Stage, mail: PostOffice) -> list[Step]:
    """From the status screen, after the question; at the counter, by whoever bears it."""
    (number,) = _ready(stage, mail)
    applicant = Visitor(stage)
    applicant.get("/status")
    applicant.post("/status", application_number=number)
    applicant.follow()
    applicant.post("/status/login", application_password=WORDS_OF_APPLICATION)
    applicant.follow("ready")
    applicant.get(QUESTION)
    applicant.post(QUESTION)
    applicant.follow()
    with wiring.world().begin() as work:
        application = work.applications.find(number)
    key = (application.pickup_code if application else "") or ""
    elsewhere, officer = _officer_at(stage, _ELSEWHERE), _officer_at(stage, role=Role.CLERK)
    elsewhere.post(SCAN, "other office", scanned=key)
    officer.post(SCAN, "one vehicle", scanned=key)
    officer.post(HAND_OVER, "one vehicle", **_ticked([number]))
    officer.post(SCAN, "used", scanned=key)
    return [*applicant.steps, *elsewhere.steps, *officer.steps]


def keep_the_counter(stage: Stage, mail: PostOffice) -> list[Step]:
    """What else an officer does: unknown keys, codes of others, the shelf, staying and leaving."""
    _ready(stage, mail, AT_ONCE)
    officer = _officer_at(stage)
    officer.post(SCAN, "not found", scanned=_UNKNOWN)
    officer.post(SCAN, "unreadable", scanned="HTTPS://EXAMPLE.JP/")
    officer.post(SCAN, "forged", scanned=f"MDG1{'A' * 135}")
    officer.post(SCAN, "mistake")
    officer.get(f"{SHELF}?procedure=continuation")
    officer.post("/counter/session")
    officer.get(COUNTER)
    officer.post("/counter/logout")
    officer.get(COUNTER, "not signed in")
    officer.get(LOGIN)
    officer.post(LOGIN, "unknown", officer_id="NOBODY99", officer_password=WRONG, one_time_password="000000")  # noqa: S106
    return officer.steps
