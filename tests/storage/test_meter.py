"""What a request costs: calls and capacity units, counted where they are answered."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.ports import Begin
from chalicelib.storage.connection import Meter, meter
from tests.builders import NOW, a_draft, a_letter, a_registration
from tests.storage.network import CONFLICT, Network


@pytest.fixture(autouse=True)
def counting_anew(stored: Begin) -> None:
    meter.reset()


def test_nothing_done_costs_nothing() -> None:
    assert (meter.calls, meter.units) == (0, 0.0)


def test_every_read_and_every_command_counts_as_one_call(stored: Begin) -> None:
    with stored() as work:
        work.registrations.find("registration-1")
        work.drafts.keep(a_draft())
        work.letters.post(a_letter())
        work.registrations.add(a_registration())
    assert meter.calls == 2


def test_one_listing_of_due_letters_is_a_call_for_each_shard(stored: Begin) -> None:
    with stored() as work:
        list(work.letters.due(NOW))
    assert meter.calls == 4


def test_units_are_asked_for_and_counted(stored: Begin, network: Network) -> None:
    with stored() as work:
        work.drafts.keep(a_draft())
    with stored() as work:
        work.registrations.find("registration-1")
    assert [json.loads(call["body"])["ReturnConsumedCapacity"] for call in network.calls] == ["TOTAL", "TOTAL"]
    assert meter.units > 0


def test_a_conflict_costs_its_call(stored: Begin, network: Network) -> None:
    network.refuse("TransactionCanceledException", CONFLICT)
    with stored() as work:
        work.letters.post(a_letter())
    assert meter.calls == 2


def test_reset_begins_anew(stored: Begin) -> None:
    with stored() as work:
        work.drafts.keep(a_draft())
    meter.reset()
    assert (meter.calls, meter.units) == (0, 0.0)


def test_each_thread_counts_its_own(stored: Begin) -> None:
    with stored() as work:
        work.drafts.keep(a_draft())
    with ThreadPoolExecutor(1) as elsewhere:
        assert elsewhere.submit(lambda: meter.calls).result() == 0
    assert meter.calls == 1


def test_one_unit_or_several_parts_are_summed() -> None:
    own = Meter()
    own.count({"ConsumedCapacity": {"CapacityUnits": 1.5}})
    own.count({"ConsumedCapacity": [{"CapacityUnits": 2.0}, {"CapacityUnits": 0.5}]})
    own.count({})
    assert (own.calls, own.units) == (3, 4.0)
