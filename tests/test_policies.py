"""Each function may do what it does, and nothing else.

The cases of `tests/faults` are every use case and every job, and `tests/errands.py` is what programs and applicants do;
what they ask AWS for is compared with the policies. A new capability joins by its cases, or by errands.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest

from chalicelib import wiring
from chalicelib.capabilities.expiry import jobs as expiry_jobs
from chalicelib.domain.charges import PAYMENT_DAYS
from chalicelib.settings import load_settings
from chalicelib.storage.connection import connection
from infra.paths import capability_of_path
from tests import errands
from tests.faults.cases import agency, confirmation, expiry, feedback, filing, mailer, registration, status
from tests.faults.stage import Stage, set_up
from tests.faults.table import MYPAGE
from tests.faults.trial import Case, Outcome
from tests.grants import POLICIES, Right, granted, needed
from tests.jobs.events import schedule
from tests.pages.portal import OpenPortal, route_of
from tests.tables import begin_on_tables, tables

pytestmark = pytest.mark.house

CONFIG = json.loads((POLICIES / "config.json").read_text(encoding="utf-8"))
FUNCTIONS = CONFIG["stages"]["dev"]["lambda_functions"]
OF_PAGES = {"registration": registration.CASES, "confirmation": confirmation.CASES, "mypage": MYPAGE}
# Their rivals are other functions, each with cases of its own.
OF_APPLICATIONS = {"status": status.CASES, "filing": filing.CASES, "agency": agency.CASES}
OF_JOBS = (*mailer.CASES, *feedback.CASES, *expiry.CASES)
JOBS = frozenset({"mailer", "sweep", "feedback", "expiry"})
SECRETS = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/${AWS::StackName}"
# What Lambda itself does in the name of a function.
OF_EVERY_FUNCTION = (("ssm:GetParametersByPath", SECRETS),)
OF_A_JOB = (("sqs:SendMessage", "Parking.Arn"),)
OF_A_STREAM = tuple(
    (f"dynamodb:{action}", "LettersTable.StreamArn")
    for action in ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")
)
# The last day, and the days by which a holiday may move it.
DAYS_TO_PAY = PAYMENT_DAYS + 4
_ASKED = "provide-client-params"


@dataclass
class Notes:
    """Who asked for what; `who` is at work at present, nobody between cases."""

    who: str = ""
    rights: dict[str, set[Right]] = field(default_factory=lambda: defaultdict(set))

    @contextmanager
    def of(self, function: str) -> Iterator[None]:
        """Until this is left, what is asked for is this function's."""
        before, self.who = self.who, function
        try:
            yield
        finally:
            self.who = before

    def note(self, service: str, params: dict[str, Any], model: Any, **_: object) -> None:
        """Botocore's `provide-client-params`."""
        if self.who:
            self.rights[self.who].update(needed(service, model.name, params))


@dataclass
class NotedStage(Stage):
    """The stage of the faults, which knows which function is at work."""

    books: Notes = field(default_factory=Notes)

    def wake_mailer_with(self, records: list[dict[str, Any]]) -> Any:
        """The stream's function."""
        with self.books.of("mailer"):
            return super().wake_mailer_with(records)

    def sweep(self) -> None:
        """The schedule's function."""
        with self.books.of("sweep"):
            super().sweep()

    def expire(self) -> None:
        """The hourly schedule's function."""
        with self.books.of("expiry"):
            super().expire()

    def tell(self, event_type: str, letter_id: str, **detail: Any) -> None:
        """The function of the mail service's events."""
        with self.books.of("feedback"):
            super().tell(event_type, letter_id, **detail)


@dataclass
class NotedPortal(OpenPortal):
    """A portal that knows which function answers."""

    books: Notes = field(default_factory=Notes)

    def answer(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Mapping[str, Any], str]:
        """By way of the function that the path leads to."""
        with self.books.of(capability_of_path(route_of(urlsplit(path).path))):
            return super().answer(method, path, headers, body)

    def run_expiry(self) -> None:
        """The schedule's function."""
        with self.books.of("expiry"):
            expiry_jobs.expiry(schedule(), None)


@pytest.fixture(scope="module")
def asked() -> dict[str, set[Right]]:
    """The rights that every function asked for in all cases."""
    books = Notes()
    with set_up() as plain, _read_by(books):
        stage = NotedStage(plain.world, plain.wire, plain.mailbox, plain.clock, plain.dice, books=books)
        for function, cases in OF_PAGES.items():
            _go_through(stage, cases, function)
        for function, cases in OF_APPLICATIONS.items():
            _go_through(stage, [replace(case, rivals=()) for case in cases], function)
        _go_through(stage, OF_JOBS, "")
    with _noted_portal(books) as portal, _read_by(books):
        errands.at_the_interfaces(portal)
        errands.at_the_enquiry(portal)
        errands.at_the_counter(portal)
        for _ in range(DAYS_TO_PAY):
            errands.let_a_day_pass(portal)
            portal.run_expiry()
    return books.rights


@contextmanager
def _noted_portal(books: Notes) -> Iterator[NotedPortal]:
    """On the real tables, which are empty."""
    with tables():
        portal = NotedPortal(load_settings(os.environ), begin=begin_on_tables(), books=books)
        wiring.use(portal.world())
        try:
            yield portal
        finally:
            wiring.use(None)


@contextmanager
def _read_by(books: Notes) -> Iterator[None]:
    """Let the clients of store and mail tell what they are asked."""
    boto3.setup_default_session()
    assert boto3.DEFAULT_SESSION
    for_mail, for_store = boto3.DEFAULT_SESSION.events, connection.client.meta.events
    of_mail, of_store = partial(books.note, "sesv2"), partial(books.note, "dynamodb")
    for_mail.register(f"{_ASKED}.sesv2", of_mail)
    for_store.register(f"{_ASKED}.dynamodb", of_store)
    try:
        yield
    finally:
        for_mail.unregister(f"{_ASKED}.sesv2", of_mail)
        for_store.unregister(f"{_ASKED}.dynamodb", of_store)


def _go_through(stage: NotedStage, cases: Iterable[Case], function: str) -> None:
    for case in cases:
        for act in (case.act, *case.rivals):
            stage.clear()
            case.prepare(stage)
            with stage.books.of(function):
                _try(case, act, stage)
            stage.settle()


def _try(case: Case, act: Any, stage: NotedStage) -> None:
    """An act, then what somebody does who got no answer."""
    try:
        outcome = Outcome(result=act(stage))
        if act is case.act:
            case.then(stage, outcome)
    except case.refusals:
        return


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_a_policy_names_what_its_function_does_and_nothing_else(function: str, asked: dict[str, set[Right]]) -> None:
    log = f"{function.capitalize()}LogGroup.Arn"
    rights = asked[function] | {("logs:CreateLogStream", log), ("logs:PutLogEvents", log), *OF_EVERY_FUNCTION}
    if function in JOBS:
        rights |= set(OF_A_JOB)
    if function == "mailer":
        rights |= set(OF_A_STREAM)
    missing, spare = rights - granted(function), granted(function) - rights
    assert not missing, f"{function} would be refused: {sorted(missing)}"
    assert not spare, f"{function} never needs: {sorted(spare)}"


def test_every_case_asks_for_something(asked: dict[str, set[Right]]) -> None:
    assert asked.keys() >= FUNCTIONS.keys() - {"portal"}


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_no_policy_has_a_wildcard(function: str) -> None:
    assert "*" not in (POLICIES / FUNCTIONS[function]["iam_policy_file"]).read_text(encoding="utf-8")


def test_every_function_has_a_policy_of_its_own() -> None:
    files = {function: one["iam_policy_file"] for function, one in FUNCTIONS.items()}
    assert files == {function: f"policy-{function}.json" for function in FUNCTIONS}
    assert {path.name for path in POLICIES.glob("policy-*.json")} == set(files.values())


def test_secrets_are_read_by_one_call_at_their_path(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    class Ssm:
        """Answers as the Parameter Store does."""

        def get_parameters_by_path(self, **asked: Any) -> dict[str, Any]:
            calls.append(asked)
            return {"Parameters": [{"Name": f"{asked['Path']}/PEPPER", "Value": "kept"}]}

    monkeypatch.setattr(wiring, "get_session", lambda: SimpleNamespace(create_client=lambda *_, **__: Ssm()))
    assert wiring._secrets("/stack") == {"PEPPER": "kept"}
    assert calls == [{"Path": "/stack", "WithDecryption": True}]
