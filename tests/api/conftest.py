"""A portal on the real storage, an account whose software files, and keys of offices."""

import logging
from collections.abc import Iterator

import pytest

from chalicelib.domain.api_keys import HELPDESK, Scope
from tests.api.program import Program
from tests.api.steps import in_correction_of, issue_key, signed_in
from tests.pages.mypage_steps import store_account
from tests.pages.portal import LOCAL, OpenPortal, opened
from tests.pages.visitor import Visitor
from tests.tables import begin_on_tables, empty_tables, tables


@pytest.fixture(scope="package")
def moto_tables() -> Iterator[None]:
    """The real tables, in moto."""
    with tables():
        yield


@pytest.fixture
def portal(
    moto_tables: None, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> Iterator[OpenPortal]:
    """A portal on the real storage, empty; at the end, nothing that was logged names a person or opens anything."""
    caplog.set_level(logging.INFO)
    empty_tables()
    with opened(LOCAL, begin_on_tables()) as portal:
        yield portal
        printed = capfd.readouterr()
        portal.require_discretion(caplog.text + printed.out + printed.err)


@pytest.fixture
def stranger(portal: OpenPortal) -> Program:
    """Software that did not say whose it is."""
    return Program(portal)


@pytest.fixture
def filer(portal: OpenPortal) -> Program:
    """Business software with a token."""
    return signed_in(portal, store_account(portal))


@pytest.fixture
def office(portal: OpenPortal) -> Program:
    """The system of the office TK01."""
    return issue_key(portal, "TK01")


@pytest.fixture
def other_filer(portal: OpenPortal) -> Program:
    """Somebody else's business software."""
    return signed_in(portal, store_account(portal, id_suffix="DB1234"))


@pytest.fixture
def other_office(portal: OpenPortal) -> Program:
    """The system of another office."""
    return issue_key(portal, "OS01")


@pytest.fixture
def helpdesk(portal: OpenPortal) -> Program:
    """Those who help applicants of every office."""
    return issue_key(portal, HELPDESK, (Scope.READ, Scope.UNLOCK))


@pytest.fixture
def in_correction(filer: Program, office: Program) -> str:
    """The number of an application of which a required and an optional field are to be put right."""
    return in_correction_of(filer, office, "user_name", "receiver_name")


@pytest.fixture
def visitor(portal: OpenPortal) -> Visitor:
    """Somebody who reads what the interfaces are."""
    return Visitor(portal)
