"""手続種別: what each procedure asks for."""

import pytest

from chalicelib.domain.offices import OFFICES
from chalicelib.domain.procedures import (
    PROCEDURES,
    RECORD_FIELDS,
    Attachment,
    AttachmentState,
    Procedure,
    Record,
    attachments_at_start,
    correctable_fields,
)
from tests.application_builders import a_record

every_procedure = pytest.mark.parametrize("procedure", list(Procedure))


def test_each_procedure_has_a_digit_of_its_own() -> None:
    digits = {rules.number_digit for rules in PROCEDURES.values()}
    assert set(PROCEDURES) == set(Procedure)
    assert len(digits) == len(Procedure)


@every_procedure
def test_a_procedure_asks_for_fields_of_the_record_once_each(procedure: Procedure) -> None:
    fields = PROCEDURES[procedure].fields
    assert set(fields) <= set(RECORD_FIELDS)
    assert len(fields) == len(set(fields))


def test_no_field_of_the_record_is_without_a_procedure() -> None:
    assert {field for rules in PROCEDURES.values() for field in rules.fields} == set(RECORD_FIELDS)


@every_procedure
def test_each_attachment_is_named_in_the_record(procedure: Procedure) -> None:
    rules = PROCEDURES[procedure]
    references = {field for field in rules.fields if field.endswith("_reference")}
    assert references == {attachment.reference for attachment in rules.attachments}


@every_procedure
def test_all_but_the_office_can_be_corrected(procedure: Procedure) -> None:
    assert set(PROCEDURES[procedure].fields) - set(correctable_fields(procedure)) == {"office"}


def test_only_a_new_vehicle_has_extended_spellings_and_an_owner() -> None:
    extended = {"user_name_extended", "owner_name_extended", "owner_name"}
    assert extended <= set(PROCEDURES[Procedure.NEW_VEHICLE].fields)
    assert not extended & set(PROCEDURES[Procedure.CONTINUATION].fields)


@every_procedure
def test_an_attachment_that_is_needed_or_named_is_still_to_be_obtained(procedure: Procedure) -> None:
    states = attachments_at_start(procedure, a_record(procedure))
    assert set(states) == set(PROCEDURES[procedure].attachments)
    assert set(states.values()) == {AttachmentState.NOT_OBTAINED}


def test_an_attachment_that_is_neither_is_not_required() -> None:
    states = attachments_at_start(Procedure.NEW_VEHICLE, Record())
    assert states == {
        Attachment.COMPLETION: AttachmentState.NOT_OBTAINED,
        Attachment.INSURANCE: AttachmentState.NOT_OBTAINED,
        Attachment.PLATE_RESERVATION: AttachmentState.NOT_REQUIRED,
    }


def test_offices_are_found_by_their_own_codes_and_say_that_they_are_samples() -> None:
    assert all(code == office.code for code, office in OFFICES.items())
    assert all("見本" in office.name and "sample" in office.name_en for office in OFFICES.values())
