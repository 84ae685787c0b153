"""A unit of work is one command: all of it or nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.address_loads import ACCOUNTS_PER_ADDRESS, MAILS_PER_ADDRESS_AND_HOUR, AddressLoad
from chalicelib.domain.refusals import (
    AccountsLimitReached,
    Contention,
    DraftGone,
    MailLimitReached,
    RegistrationMoved,
    SubmissionTaken,
    UserIdTaken,
)
from chalicelib.ports import Begin, Work
from tests.builders import ADDRESS, NOW, a_draft, a_letter, a_registration, an_account

Spoil = Callable[[Begin], None]


def command(work: Work) -> None:
    """What completing a registration writes."""
    work.registrations.complete(a_registration(), "CA6288", NOW)
    work.drafts.settle(a_draft(result="CA6288", values={}), NOW)
    work.accounts.add(an_account())
    work.addresses.count_account(ADDRESS)
    work.addresses.count_mail(ADDRESS, NOW)
    work.letters.post(a_letter())


def command_that_fails(work: Work) -> None:
    """The same, and then a refusal."""
    command(work)
    raise DraftGone


def ready(begin: Begin) -> None:
    with begin() as work:
        work.registrations.add(a_registration())
        work.drafts.keep(a_draft())


def complete_registration(begin: Begin) -> None:
    with begin() as work:
        work.registrations.complete(a_registration(), "KB0001", NOW)


def change_draft(begin: Begin) -> None:
    with begin() as work:
        work.drafts.keep(a_draft(submission_id="submission-2"))


def take_suffix(begin: Begin) -> None:
    with begin() as work:
        work.accounts.add(an_account(management_email="jiro@example.jp"))


def fill_address(begin: Begin) -> None:
    for _ in range(ACCOUNTS_PER_ADDRESS):
        with begin() as work:
            work.addresses.count_account(ADDRESS)


def use_up_hour(begin: Begin) -> None:
    for _ in range(MAILS_PER_ADDRESS_AND_HOUR):
        with begin() as work:
            work.addresses.count_mail(ADDRESS, NOW)


SPOILED: list[tuple[Spoil, type[Contention]]] = [
    (complete_registration, RegistrationMoved),
    (change_draft, SubmissionTaken),
    (take_suffix, UserIdTaken),
    (fill_address, AccountsLimitReached),
    (use_up_hour, MailLimitReached),
]


def everything(begin: Begin) -> tuple[object, ...]:
    with begin() as work:
        return (
            work.registrations.find("registration-1"),
            work.drafts.find("draft-1", NOW),
            work.accounts.find("CA6288"),
            work.addresses.load(ADDRESS, NOW),
            work.letters.find("letter-1"),
            list(work.letters.due(NOW)),
        )


def test_a_command_stores_all_of_it(begin: Begin) -> None:
    ready(begin)
    with begin() as work:
        command(work)
    assert everything(begin) == (
        a_registration().completed("CA6288"),
        a_draft(result="CA6288", values={}),
        an_account(),
        AddressLoad(1, 1),
        a_letter(),
        ["letter-1"],
    )


def test_nothing_is_stored_before_the_command_ends(begin: Begin) -> None:
    ready(begin)
    before = everything(begin)
    with begin() as work:
        command(work)
        assert everything(begin) == before
        assert work.accounts.find("CA6288") is None


def test_a_command_that_raises_stores_nothing(begin: Begin) -> None:
    ready(begin)
    before = everything(begin)
    with pytest.raises(DraftGone), begin() as work:
        command_that_fails(work)
    assert everything(begin) == before


@pytest.mark.parametrize(("spoil", "meaning"), SPOILED, ids=[spoil.__name__ for spoil, _ in SPOILED])
def test_one_failed_condition_stores_nothing_of_the_command(
    begin: Begin, spoil: Spoil, meaning: type[Contention]
) -> None:
    ready(begin)
    spoil(begin)
    before = everything(begin)
    with pytest.raises(meaning), begin() as work:
        command(work)
    assert everything(begin) == before


def in_order(work: Work) -> None:
    work.registrations.complete(a_registration(), "CA6288", NOW)
    work.drafts.settle(a_draft(result="CA6288"), NOW)
    work.accounts.add(an_account())


def in_reverse_order(work: Work) -> None:
    work.accounts.add(an_account())
    work.drafts.settle(a_draft(result="CA6288"), NOW)
    work.registrations.complete(a_registration(), "CA6288", NOW)


@pytest.mark.parametrize(
    ("writes", "meaning"), [(in_order, RegistrationMoved), (in_reverse_order, UserIdTaken)], ids=["first", "last"]
)
def test_of_several_failed_conditions_the_first_that_was_asked_for_is_told(
    begin: Begin, writes: Callable[[Work], None], meaning: type[Contention]
) -> None:
    ready(begin)
    for spoil in (complete_registration, change_draft, take_suffix):
        spoil(begin)
    with pytest.raises(meaning), begin() as work:
        writes(work)


@pytest.mark.parametrize("writes", [in_order, in_reverse_order], ids=["first", "last"])
@pytest.mark.parametrize(("spoil", "meaning"), SPOILED[:3], ids=[spoil.__name__ for spoil, _ in SPOILED[:3]])
def test_the_order_of_calls_does_not_confuse_what_failed(
    begin: Begin, spoil: Spoil, meaning: type[Contention], writes: Callable[[Work], None]
) -> None:
    ready(begin)
    spoil(begin)
    with pytest.raises(meaning), begin() as work:
        among_others(work, writes)


def among_others(work: Work, writes: Callable[[Work], None]) -> None:
    work.drafts.discard("draft-2")
    writes(work)
    work.letters.post(a_letter())
    work.drafts.keep(a_draft(name="draft-3"))


def test_a_command_may_remove_one_draft_and_keep_another(begin: Begin) -> None:
    ready(begin)
    with begin() as work:
        work.drafts.keep(a_draft(name="draft-2"))
        work.drafts.discard("draft-1")
    with begin() as work:
        assert work.drafts.find("draft-2", NOW) == a_draft(name="draft-2")
        with pytest.raises(DraftGone):
            work.drafts.find("draft-1", NOW)


def test_a_command_without_writes_is_none(begin: Begin) -> None:
    ready(begin)
    before = everything(begin)
    with begin() as work:
        work.registrations.find("registration-1")
    assert everything(begin) == before


def test_a_read_sees_what_was_just_stored(begin: Begin) -> None:
    ready(begin)
    moved = replace(a_registration(), letter_id="letter-2", mailed_at=NOW + timedelta(minutes=1))
    with begin() as early:
        with begin() as work:
            work.registrations.mail_again(a_registration(), moved, NOW)
        assert early.registrations.find("registration-1") == moved
