"""仮登録: what every store promises."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.letters import Delivery, LetterName
from chalicelib.domain.refusals import RegistrationMoved
from chalicelib.domain.registrations import Registration, RegistrationState
from chalicelib.ports import Begin
from tests.builders import NOW, a_corporation, a_registration, an_individual

SECOND = timedelta(seconds=1)
LATER = NOW + timedelta(minutes=2)


def added(begin: Begin, registration: Registration) -> Registration:
    with begin() as work:
        work.registrations.add(registration)
    return registration


def found(begin: Begin) -> Registration | None:
    with begin() as work:
        return work.registrations.find("registration-1")


@pytest.mark.parametrize(
    "registration",
    [
        a_registration(),
        a_registration(holder=a_corporation(company_name="㈱𠮷野 見本﨑商会"), language="en"),
        a_registration(holder=an_individual(family_name="神\ufa19"), management_email='"a..b"@docomo.ne.jp'),
        a_registration(letter_name=LetterName.ADDRESS_FULL, delivery=Delivery.BOUNCED),
        a_registration(state=RegistrationState.COMPLETED, id_suffix="CA6288"),
    ],
    ids=["individual", "corporation", "letters that normalising would change", "address full", "completed"],
)
def test_a_registration_is_found_as_it_was_added(begin: Begin, registration: Registration) -> None:
    assert found(begin) is None
    added(begin, registration)
    assert found(begin) == registration


def test_an_id_is_given_once(begin: Begin) -> None:
    first = added(begin, a_registration())
    with pytest.raises(RegistrationMoved):
        added(begin, a_registration(language="en"))
    assert found(begin) == first


def test_mailing_again_notes_the_new_letter_and_leaves_the_rest(begin: Begin) -> None:
    before = added(begin, a_registration(delivery=Delivery.BOUNCED))
    after = before.mailed_again("letter-2", LATER)
    with begin() as work:
        work.registrations.mail_again(before, after, LATER)
    assert found(begin) == replace(before, letter_id="letter-2", mailed_at=LATER, delivery=Delivery.WAITING)


def test_of_two_who_mail_again_one_is_told_that_it_was_done(begin: Begin) -> None:
    before = added(begin, a_registration())
    first, second = (before.mailed_again(letter, LATER) for letter in ("letter-2", "letter-3"))
    with begin() as work:
        work.registrations.mail_again(before, first, LATER)
    with pytest.raises(RegistrationMoved), begin() as work:
        work.registrations.mail_again(before, second, LATER)
    assert found(begin) == first


@pytest.mark.parametrize("late", [timedelta(0), SECOND])
def test_a_dead_registration_is_not_mailed_again(begin: Begin, late: timedelta) -> None:
    before = added(begin, a_registration())
    after = replace(before, letter_id="letter-2")
    with pytest.raises(RegistrationMoved), begin() as work:
        work.registrations.mail_again(before, after, before.expires_at + late)
    assert found(begin) == before


def test_a_completed_registration_is_not_mailed_again(begin: Begin) -> None:
    before = added(begin, a_registration().completed("CA6288"))
    with pytest.raises(RegistrationMoved), begin() as work:
        work.registrations.mail_again(before, replace(before, letter_id="letter-2"), LATER)
    assert found(begin) == before


@pytest.mark.parametrize("lived", [timedelta(0), timedelta(hours=24) - SECOND])
def test_a_living_registration_is_completed(begin: Begin, lived: timedelta) -> None:
    registration = added(begin, a_registration())
    with begin() as work:
        work.registrations.complete(registration, "CA6288", NOW + lived)
    assert found(begin) == registration.completed("CA6288")


@pytest.mark.parametrize("lived", [timedelta(hours=24), timedelta(days=8)])
def test_a_dead_registration_is_not_completed_though_nobody_swept_it(begin: Begin, lived: timedelta) -> None:
    registration = added(begin, a_registration())
    with pytest.raises(RegistrationMoved), begin() as work:
        work.registrations.complete(registration, "CA6288", NOW + lived)
    assert found(begin) == registration


def test_a_registration_is_completed_once(begin: Begin) -> None:
    registration = added(begin, a_registration())
    with begin() as work:
        work.registrations.complete(registration, "CA6288", NOW)
    with pytest.raises(RegistrationMoved), begin() as work:
        work.registrations.complete(registration, "KB0001", NOW)
    assert found(begin) == registration.completed("CA6288")


def test_what_is_not_kept_is_neither_mailed_nor_completed(begin: Begin) -> None:
    registration = a_registration()
    with pytest.raises(RegistrationMoved), begin() as work:
        work.registrations.mail_again(registration, replace(registration, letter_id="letter-2"), LATER)
    with pytest.raises(RegistrationMoved), begin() as work:
        work.registrations.complete(registration, "CA6288", NOW)
    assert found(begin) is None


def test_the_fate_of_the_newest_letter_is_noted(begin: Begin) -> None:
    registration = added(begin, a_registration())
    with begin() as work:
        work.registrations.note_delivery("registration-1", "letter-1", Delivery.BOUNCED)
    assert found(begin) == replace(registration, delivery=Delivery.BOUNCED)


def test_the_fate_of_an_older_letter_is_not_noted(begin: Begin) -> None:
    registration = added(begin, a_registration(letter_id="letter-2"))
    with pytest.raises(RegistrationMoved), begin() as work:
        work.registrations.note_delivery("registration-1", "letter-1", Delivery.BOUNCED)
    assert found(begin) == registration


def test_the_fate_of_a_letter_about_nothing_kept_is_not_noted(begin: Begin) -> None:
    with pytest.raises(RegistrationMoved), begin() as work:
        work.registrations.note_delivery("registration-1", "letter-1", Delivery.BOUNCED)
    assert found(begin) is None
