"""The ways of applicants through the status enquiry."""

from bench.filings import NOTIFIED, UNKNOWN, WORDS_OF_APPLICATION, file_one, filer_of
from bench.my_page import WRONG
from bench.offices import ask_correction, bring_to_review, finish, office_of
from bench.post_office import PostOffice
from bench.program import Program
from bench.stage import Stage, Step
from bench.visitor import Visitor

NUMBER, SIGN_IN, APPLICATION = "/status", "/status/login", "/status/application"
CORRECTION, WITHDRAWAL = "/status/correction", "/status/withdrawal"
PASSCODE, ENTRY = "/status/passcode", "/status/passcode/entry"


def _filed(stage: Stage, mail: PostOffice) -> tuple[str, Program]:
    """A new application, and the system of its office; its letters are out."""
    number = file_one(filer_of(stage))
    mail.deliver("received")
    return number, office_of(stage)


def _in_correction(stage: Stage, mail: PostOffice) -> str:
    number, office = _filed(stage, mail)
    bring_to_review(office, number)
    ask_correction(office, number)
    mail.deliver("moved")
    return number


def _asking(stage: Stage, number: str) -> Visitor:
    """Somebody who typed the number."""
    visitor = Visitor(stage)
    visitor.get(NUMBER)
    visitor.post(NUMBER, application_number=number)
    visitor.follow()
    return visitor


def _looking(stage: Stage, number: str, about: str = "") -> Visitor:
    """Somebody who was let in by the password."""
    visitor = _asking(stage, number)
    visitor.post(SIGN_IN, about, application_password=WORDS_OF_APPLICATION)
    return visitor


def look(stage: Stage, mail: PostOffice) -> list[Step]:
    """Sign in, look, read what the states mean, leave."""
    number, _ = _filed(stage, mail)
    visitor = _looking(stage, number)
    visitor.follow("newly filed")
    visitor.get("/status/states")
    visitor.get(APPLICATION, "newly filed")
    visitor.post("/status/session")
    visitor.post("/status/logout")
    visitor.follow()
    return visitor.steps


def look_at_the_end(stage: Stage, mail: PostOffice) -> list[Step]:
    """An application with everything that happens to one."""
    number, office = _filed(stage, mail)
    bring_to_review(office, number)
    finish(office, number)
    mail.deliver("moved")
    visitor = _looking(stage, number)
    visitor.follow("handed over")
    return visitor.steps


def correct(stage: Stage, mail: PostOffice) -> list[Step]:
    """補正, with a mistake on the way."""
    visitor = _looking(stage, _in_correction(stage, mail))
    visitor.follow("correction asked")
    visitor.get(CORRECTION)
    visitor.post(CORRECTION, "mistake", chassis_number="")
    visitor.post(CORRECTION, chassis_number="AX01-0000002")
    visitor.follow()
    visitor.post(f"{CORRECTION}/check")
    visitor.follow("corrected")
    visitor.steps += mail.deliver("corrected")
    return visitor.steps


def withdraw(stage: Stage, mail: PostOffice) -> list[Step]:
    """取り下げ, instead of a correction."""
    visitor = _looking(stage, _in_correction(stage, mail))
    visitor.get(WITHDRAWAL)
    visitor.post(WITHDRAWAL)
    visitor.follow("withdrawn")
    visitor.steps += mail.deliver("withdrawn")
    return visitor.steps


def enter_by_passcode(stage: Stage, mail: PostOffice) -> list[Step]:
    """The password is forgotten: a mailed passcode opens it, after one that was mistyped."""
    number, _ = _filed(stage, mail)
    visitor = _asking(stage, number)
    visitor.get(PASSCODE)
    visitor.post(PASSCODE, "mistake", notification_email="x")
    visitor.post(PASSCODE, notification_email=NOTIFIED)
    visitor.follow()
    visitor.steps += mail.deliver("passcode")
    wrong = f"{(int(mail.passcode) + 1) % 10**8:08d}"
    visitor.post(ENTRY, "wrong", passcode=wrong)
    visitor.post(ENTRY, passcode=mail.passcode)
    visitor.follow("newly filed")
    return visitor.steps


def run_into_dead_ends(stage: Stage, mail: PostOffice) -> list[Step]:
    """Refusals, of each kind one."""
    number, _ = _filed(stage, mail)
    stranger = Visitor(stage)
    stranger.get(APPLICATION, "not signed in")
    stranger.get(NUMBER)
    stranger.post(NUMBER, "mistake", application_number="1")
    unknown = _asking(stage, UNKNOWN)
    unknown.post(SIGN_IN, "unknown", application_password=WRONG)
    unknown.get(PASSCODE)
    unknown.post(PASSCODE, "unknown", notification_email=NOTIFIED)
    unknown.post(ENTRY, "unknown", passcode="00000000")
    visitor = _asking(stage, number)
    visitor.post(SIGN_IN, "mistake")
    for _ in range(5):
        visitor.post(SIGN_IN, "wrong password", application_password=WRONG)
    visitor.post(SIGN_IN, "locked", application_password=WORDS_OF_APPLICATION)
    visitor.get(PASSCODE)
    visitor.post(PASSCODE, "another address", notification_email="nobody@example.jp")
    return stranger.steps + unknown.steps + visitor.steps
