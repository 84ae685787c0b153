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
from chalicelib.domain.accounts import Account
from chalicelib.domain.api_keys import ApiKey, Scope
from chalicelib.domain.application_moves import paid
from chalicelib.domain.application_numbers import application_number
from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application
from chalicelib.domain.bulk_files import BulkPaymentFile
from chalicelib.domain.charges import PaymentMethod
from chalicelib.domain.drafts import Draft, new_draft
from chalicelib.domain.enquiries import Enquiry
from chalicelib.domain.filer_tokens import FilerToken
from chalicelib.domain.procedures import Procedure
from chalicelib.domain.refusals import BulkFileForged
from chalicelib.ports import Begin, Chance
from chalicelib.verbs.applications import Step, find_application
from tests.application_builders import (
    APPLICATION_PASSWORD,
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
OWN = application_number(NOW, Procedure.CONTINUATION, "000")
NOBODYS = application_number(NOW, Procedure.CONTINUATION, "999")
WRONG = "wrong password of nobody"
FILER, OTHER_FILER = "CA6288", "CA0001"
OFFICE, OTHER_OFFICE = "TK01", "OS01"
ALL_SCOPES = frozenset(Scope)


def a_key(office: str = OFFICE, **other: Any) -> ApiKey:
    """The key of an office's system."""
    return replace(ApiKey(f"key-{office}", "", office, ALL_SCOPES, NOW), **other)


def is_right(stored: bool) -> FakeHasher:  # pragma: no cover
    raise NotImplementedError(stored)


@dataclass(frozen=True)
class ApplicationDesk:
    """A store, its chance and its hashing, where people and systems take their steps."""

    begin: Begin
    chance: Chance
    hasher: FakeHasher = field(default_factory=FakeHasher)
