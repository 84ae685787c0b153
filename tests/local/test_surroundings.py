"""What stands around the portal when it runs here."""

import pytest

from local.clock import Clock
from local.environment import Backend, prepare
from local.mailbox import Envelope, Mailbox
from local.streams import table_of

MESSAGE = b"""Subject: =?utf-8?B?5LiA6YCa?=\r
Content-Type: text/plain; charset=utf-8\r
\r
first\r
second\r
"""


@pytest.mark.parametrize(
    ("given", "backend"),
    [
        ({}, Backend.MOTO),
        ({"AWS_ACCESS_KEY_ID": "test"}, Backend.MOTO),
        ({"AWS_PROFILE": "mine"}, Backend.AWS),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:4566"}, Backend.ENDPOINT),
    ],
)
def test_the_environment_says_what_answers(given: dict[str, str], backend: Backend) -> None:
    assert prepare(dict(given), 8000) is backend


def test_what_somebody_chose_is_left_alone() -> None:
    environment = {"AWS_ENDPOINT_URL": "http://127.0.0.1:4566", "AWS_ACCESS_KEY_ID": "000000000001"}
    prepare(environment, 8000)
    assert environment["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4566"
    assert environment["AWS_ACCESS_KEY_ID"] == "000000000001"


def test_tables_of_another_deployment_are_never_used() -> None:
    environment = {"TABLE_PREFIX": "production"}
    prepare(environment, 8000)
    assert environment["TABLE_PREFIX"] == "local"


def test_a_streams_table_is_found_by_its_name_in_the_template() -> None:
    assert table_of({"Fn::GetAtt": ["AddressLimitsTable", "StreamArn"]}, "local") == "local-address_limits"


def test_a_letter_that_is_tried_again_is_one_mail() -> None:
    mailbox = Mailbox()
    for letter_id in ("one", "two", "one"):
        mailbox.keep(Envelope(letter_id, "registration_link", "a@example.jp", Clock().now()), MESSAGE)
    assert [(mail.number, mail.envelope.letter_id) for mail in mailbox.newest_first()] == [(2, "two"), (1, "one")]


def test_a_mail_is_read_as_its_reader_sees_it() -> None:
    mailbox = Mailbox()
    mailbox.keep(Envelope("one", "registration_link", "a@example.jp", Clock().now()), MESSAGE)
    mail = mailbox.find("a@example.jp")
    assert mail
    assert (mail.subject, mail.text, mail.html) == ("一通", "first\nsecond\n", "")
