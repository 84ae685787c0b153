"""The ways of people through the portal. Together they meet every page and every job."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from bench import counters, due, enquiries, filings, my_page, offices
from bench.post_office import PostOffice
from bench.stage import Stage, Step
from bench.visitor import Visitor

RESEND_WAIT = timedelta(seconds=61)
NAMES = {
    "kind": "individual",
    "family_kana": "けいじ",
    "given_kana": "ﾀﾛｳ",
    "family_name": "軽自",
    "given_name": "太郎",
}
PASSWORDS = {
    "payer_password": "correct horse battery",
    "payer_password_confirmation": "correct horse battery",
    "filer_password": "another horse stapler",
    "filer_password_confirmation": "another horse stapler",
    "notification_email": "",
    "notification_email_confirmation": "",
}
TOO_SHORT = {"payer_password": "x"}
PUBLIC_PAGES = ("/", "/prepare/screen", "/prepare/bulk", "/terms", "/privacy", "/accessibility", "/contact")


@dataclass(frozen=True)
class Journey:
    """A way, and what was asked for on it."""

    name: str
    steps: tuple[Step, ...]


def walk_all(stage: Stage) -> list[Journey]:
    """Every journey, one after the other."""
    office = PostOffice(stage)
    return [Journey(name, tuple(walk(stage, office))) for name, walk in _WALKS.items()]


def all_steps(journeys: Iterable[Journey]) -> Iterator[Step]:
    """Every step of every journey."""
    for journey in journeys:
        yield from journey.steps


def _agree(visitor: Visitor) -> None:
    visitor.get("/registration")
    visitor.post("/registration", consent="yes")
    visitor.get("/registration/entry")


def _enter(visitor: Visitor, address: str) -> None:
    visitor.post("/registration/entry", email=address, email_confirmation=address, **NAMES)
    visitor.get("/registration/check")


def _register(visitor: Visitor) -> None:
    visitor.post("/registration/check")
    visitor.get("/registration/sent")


def _complete(visitor: Visitor, key: str) -> None:
    visitor.post("/confirmation", key=key, **PASSWORDS)
    visitor.get("/confirmation/check")
    visitor.post("/confirmation/check")
    visitor.get("/confirmation/done")


def _sign_up(stage: Stage, office: PostOffice) -> list[Step]:
    """From the terms to the IDs without a mistake."""
    visitor = Visitor(stage)
    _agree(visitor)
    _enter(visitor, "taro@example.jp")
    _register(visitor)
    visitor.steps += office.deliver("link")
    visitor.get(office.link)
    _complete(visitor, office.key)
    visitor.steps += office.deliver("completion notice")
    return visitor.steps


def _sign_up_stumbling(stage: Stage, office: PostOffice) -> list[Step]:
    """The same with every mistake there is, a second mail, and the link opened again."""
    visitor = Visitor(stage)
    visitor.get("/registration")
    visitor.post("/registration", "not ticked")
    visitor.post("/registration", consent="yes")
    visitor.get("/registration/entry")
    visitor.post("/registration/entry", "mistakes", email="a@b")
    _enter(visitor, "hanako@example.jp")
    visitor.get("/registration/entry", "back from the check")
    _enter(visitor, "hanako@example.jp")
    _register(visitor)
    visitor.post("/registration/resend", "too soon")
    stage.around.clock.advance(RESEND_WAIT)
    visitor.post("/registration/resend")
    visitor.get("/registration/sent?resent=1")
    visitor.steps += office.deliver("link, two records")
    key = office.key
    visitor.get(office.link)
    visitor.post("/confirmation", "mistakes", key=key, **TOO_SHORT)
    visitor.get(office.link, "what was typed")
    visitor.post("/confirmation", key=key, **PASSWORDS)
    visitor.get("/confirmation/check")
    visitor.post("/confirmation/check")
    visitor.post("/confirmation/check", "sent twice")
    visitor.get("/confirmation/done")
    visitor.post("/confirmation/quit")
    visitor.get(office.link, "used")
    visitor.steps += office.deliver("completion notice")
    return visitor.steps


def _another_address(stage: Stage, office: PostOffice) -> list[Step]:
    """A mail that the stream lost and that bounces, then another address, then giving up."""
    visitor = Visitor(stage)
    _agree(visitor)
    _enter(visitor, "nobody@example.jp")
    _register(visitor)
    visitor.steps.append(office.sweep("one letter"))
    visitor.steps += office.deliver("sent before", "bounce")
    visitor.get("/registration/sent", "bounced")
    visitor.post("/registration/other-address")
    visitor.get("/registration/entry")
    visitor.post("/registration/quit")
    return visitor.steps


def _look_around(stage: Stage, _office: PostOffice) -> list[Step]:
    """The public pages."""
    visitor = Visitor(stage)
    for path in PUBLIC_PAGES:
        visitor.get(path)
    return visitor.steps


def _run_into_dead_ends(stage: Stage, _office: PostOffice) -> list[Step]:
    """Refusals, of each kind one."""
    visitor = Visitor(stage)
    visitor.get("/registration/entry", "no draft")
    visitor.get("/registration/check", "no draft")
    visitor.get("/confirmation?key=abc", "not ours")
    visitor.get("/registration")
    visitor.post("/registration", "foreign token", consent="yes", csrf_token="x")  # noqa: S106 - it is no secret
    return visitor.steps


def _nothing_due(_stage: Stage, office: PostOffice) -> list[Step]:
    """What the schedule costs while nothing happens."""
    return [office.sweep("nothing due")]


_WALKS: dict[str, Callable[[Stage, PostOffice], list[Step]]] = {
    "sign-up": _sign_up,
    "sign-up, every mistake": _sign_up_stumbling,
    "sign-up given up after a bounce": _another_address,
    "public pages": _look_around,
    "dead ends": _run_into_dead_ends,
    "My Page: a visit": my_page.visit,
    "My Page: debit accounts": my_page.keep_debit_accounts,
    "My Page: new password and address": my_page.change_what_is_known,
    "My Page: 2 debit accounts": my_page.hold_few,
    "My Page: 2,000 debit accounts": my_page.hold_many,
    "My Page: dead ends": my_page.run_into_dead_ends,
    "filing: one application": filings.file_and_look,
    "filing: 25 at once, twice": filings.file_many,
    "filing: one in bulk, withdrawn": filings.file_in_bulk,
    "filing: a correction, a withdrawal": offices.correct_and_withdraw,
    "filing: refusals": filings.run_into_refusals,
    "interfaces described": filings.read_descriptions,
    "agency: to the hand-over": offices.lead_to_the_end,
    "agency: the other events": offices.judge,
    "status: a look": enquiries.look,
    "status: a look at the end": enquiries.look_at_the_end,
    "status: a correction": enquiries.correct,
    "status: a withdrawal": enquiries.withdraw,
    "status: by passcode": enquiries.enter_by_passcode,
    "status: dead ends": enquiries.run_into_dead_ends,
    "codes: enrolment, new password": counters.enrol_and_change,
    "codes: 1 collected": counters.collect,
    "codes: 20 collected": counters.collect_many,
    "codes: one vehicle": counters.collect_one_vehicle,
    "counter: the rest of the day": counters.keep_the_counter,
    "sweep, nothing due": _nothing_due,
    "expiry, one of each kind": due.expire,
}
