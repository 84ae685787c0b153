"""How the real storage sends a command, and what it makes of the answers."""

import json
from collections.abc import Callable

import pytest

from chalicelib.domain.debit_accounts import DebitKind
from chalicelib.domain.refusals import AccountsLimitReached, DraftGone, RegistrationMoved, UserIdTaken
from chalicelib.ports import Begin, StoreUnavailable, Work
from chalicelib.storage.connection import connection
from chalicelib.storage.writes import ATTEMPTS
from tests.builders import ADDRESS, NOW, a_draft, a_letter, a_registration, an_account
from tests.storage.network import CONFLICT, FAILED, FINE, Network

CANCELLED = "TransactionCanceledException"


def post(begin: Begin) -> None:
    with begin() as work:
        work.letters.post(a_letter())


def is_posted(begin: Begin) -> bool:
    with begin() as work:
        return work.letters.find("letter-1") is not None


def tokens(network: Network) -> list[str]:
    return [json.loads(call["body"])["ClientRequestToken"] for call in network.calls]


def mixed(work: Work) -> None:
    """Updates and puts by turns and a delete at the end: not the order in which PynamoDB sends them."""
    work.registrations.complete(a_registration(), "CA6288", NOW)  # update
    work.accounts.add(an_account())  # put
    work.addresses.count_account(ADDRESS)  # update
    work.registrations.add(a_registration(registration_id="registration-2"))  # put
    work.drafts.discard("draft-2")  # delete


def test_a_command_is_one_call(stored: Begin, network: Network) -> None:
    with stored() as work:
        work.drafts.keep(a_draft())
        work.registrations.add(a_registration())
        work.addresses.count_mail(ADDRESS, NOW)
        work.letters.post(a_letter())
    (call,) = network.calls
    assert len(json.loads(call["body"])["TransactItems"]) == 4


def test_a_command_without_writes_is_no_call(stored: Begin, network: Network) -> None:
    with stored():
        pass
    assert network.calls == []


def test_parts_are_sent_in_the_order_that_the_answer_is_read_in(stored: Begin, network: Network) -> None:
    network.refuse(CANCELLED, FINE, FINE, FINE, FAILED, FINE)
    with pytest.raises(RegistrationMoved), stored() as work:
        mixed(work)
    parts = [next(iter(part)) for part in json.loads(network.calls[0]["body"])["TransactItems"]]
    assert parts == ["Delete", "Put", "Put", "Update", "Update"]


@pytest.mark.parametrize(
    ("reasons", "meaning"),
    [
        ((FINE, FAILED, FINE, FINE, FINE), UserIdTaken),
        ((FINE, FINE, FAILED, FINE, FINE), RegistrationMoved),
        ((FINE, FINE, FINE, FAILED, FINE), RegistrationMoved),
        ((FINE, FINE, FINE, FINE, FAILED), AccountsLimitReached),
        ((FINE, FAILED, FINE, FINE, FAILED), UserIdTaken),
        ((FINE, FAILED, FINE, FAILED, FAILED), RegistrationMoved),
        ((CONFLICT, FAILED, FINE, FINE, CONFLICT), UserIdTaken),
    ],
)
def test_each_reason_is_told_as_what_its_write_said(
    stored: Begin, network: Network, pauses: list[int], reasons: tuple[str, ...], meaning: type[Exception]
) -> None:
    network.refuse(CANCELLED, *reasons)
    with pytest.raises(meaning), stored() as work:
        mixed(work)
    assert pauses == []


def test_a_conflict_is_tried_again_after_a_pause(stored: Begin, network: Network, pauses: list[int]) -> None:
    network.refuse(CANCELLED, CONFLICT, times=2)
    post(stored)
    assert is_posted(stored)
    assert pauses == [1, 2]


def test_the_same_command_keeps_its_token_and_another_has_another(stored: Begin, network: Network) -> None:
    network.refuse(CANCELLED, CONFLICT)
    post(stored)
    post(stored)
    first, again, other = tokens(network)
    assert first == again
    assert first != other
    assert len(first) <= 36


def test_a_conflict_that_does_not_end_is_given_up(stored: Begin, network: Network, pauses: list[int]) -> None:
    network.refuse(CANCELLED, CONFLICT, times=ATTEMPTS)
    with pytest.raises(StoreUnavailable):
        post(stored)
    assert len(network.calls) == ATTEMPTS
    assert pauses == list(range(1, ATTEMPTS))
    assert not is_posted(stored)


@pytest.mark.parametrize(
    "code",
    [
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException",
        "InternalServerError",
        "AccessDeniedException",
        "ResourceNotFoundException",
        "IdempotentParameterMismatchException",
    ],
)
def test_a_command_that_dynamodb_cannot_take_is_store_unavailable(stored: Begin, network: Network, code: str) -> None:
    network.refuse(code)
    with pytest.raises(StoreUnavailable):
        post(stored)
    assert not is_posted(stored)


READS: dict[str, Callable[[Work], object]] = {
    "find a draft": lambda work: work.drafts.find("draft-1", NOW),
    "resume a draft": lambda work: work.drafts.resume("draft-1", NOW),
    "find a registration": lambda work: work.registrations.find("registration-1"),
    "find an account": lambda work: work.accounts.find("CA6288"),
    "load an address": lambda work: work.addresses.load(ADDRESS, NOW),
    "find a letter": lambda work: work.letters.find("letter-1"),
    "claim a letter": lambda work: work.letters.claim("letter-1", NOW),
    "find a debit account": lambda work: work.debit_accounts.find("CA6288", "KKAA0001"),
    "page debit accounts": lambda work: work.debit_accounts.page("CA6288", DebitKind.TREASURY, 20),
    "page tries to sign in": lambda work: work.sign_ins.page("CA6288", 20, NOW),
    "look up who signs in": lambda work: work.sign_ins.look_up("CA6288", "browser-1"),
    "look up a session": lambda work: work.sessions.find("session-1", "CA6288"),
    "look up a submission": lambda work: work.submissions.look_up("submission-1", "CA6288"),
    "list due letters": lambda work: list(work.letters.due(NOW)),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
@pytest.mark.parametrize("code", ["ThrottlingException", "AccessDeniedException", "InternalServerError"])
def test_a_read_that_dynamodb_does_not_answer_is_store_unavailable(
    stored: Begin, network: Network, read: Callable[[Work], object], code: str
) -> None:
    network.refuse(code)
    with pytest.raises(StoreUnavailable), stored() as work:
        read(work)


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_a_read_is_one_call(stored: Begin, network: Network, read: Callable[[Work], object]) -> None:
    with stored() as work:
        work.drafts.keep(a_draft())
    network.calls.clear()
    with stored() as work:
        read(work)
    assert len(network.calls) == (4 if read is READS["list due letters"] else 1)


@pytest.mark.parametrize("read", [READS[name] for name in READS if name.startswith(("find", "page", "look up"))])
def test_reads_are_strongly_consistent(stored: Begin, network: Network, read: Callable[[Work], object]) -> None:
    with stored() as work:
        work.drafts.keep(a_draft())
    network.calls.clear()
    with stored() as work:
        read(work)
    asked = json.loads(network.calls[0]["body"])
    assert all(part["ConsistentRead"] is True for part in asked.get("RequestItems", {"": asked}).values())


def test_the_counts_of_an_address_are_read_strongly_consistent(stored: Begin, network: Network) -> None:
    with stored() as work:
        work.addresses.load(ADDRESS, NOW)
    (keys,) = json.loads(network.calls[0]["body"])["RequestItems"].values()
    assert keys["ConsistentRead"] is True


def test_a_lost_request_is_sent_again_with_its_token(stored: Begin, network: Network) -> None:
    network.lost_requests = 1
    post(stored)
    assert is_posted(stored)
    first, again = (str(request.body) for request in network.requests[:2])
    assert first == again
    assert "ClientRequestToken" in first


def test_a_store_out_of_reach_is_tried_three_times(stored: Begin, network: Network) -> None:
    network.lost_requests = 99
    with pytest.raises(StoreUnavailable):
        post(stored)
    assert len(network.requests) == 3


def test_a_lost_answer_of_a_claim_leaves_the_letter_to_the_sweep(stored: Begin, network: Network) -> None:
    post(stored)
    network.lost_answers = 1
    with stored() as work:
        assert work.letters.claim("letter-1", NOW) is None
        assert work.letters.find("letter-1") is not None


def test_a_lost_answer_of_a_resume_changes_nothing(stored: Begin, network: Network) -> None:
    with stored() as work:
        work.drafts.keep(a_draft())
    network.lost_answers = 1
    with stored() as work:
        assert work.drafts.resume("draft-1", NOW) == a_draft()


def test_a_store_that_is_out_of_reach_is_not_an_empty_one(stored: Begin, network: Network) -> None:
    network.lost_requests = 99
    with pytest.raises(StoreUnavailable), stored() as work:
        work.drafts.find("draft-1", NOW)


def test_a_row_that_is_not_there_is_no_fault(stored: Begin, network: Network) -> None:
    with stored() as work, pytest.raises(DraftGone):
        work.drafts.find("draft-1", NOW)


def test_waiting_is_given_up_long_before_the_gateway_does(moto_tables: None) -> None:
    config = connection.client.meta.config
    assert (config.connect_timeout, config.read_timeout) == (1, 2)
