"""Amazon SES: what it is handed, and what its answers mean for the outbox."""

from email import message_from_bytes
from email.policy import SMTP
from typing import Any

import pytest
from botocore.exceptions import ConnectTimeoutError, NoCredentialsError, ReadTimeoutError
from botocore.stub import Stubber

from chalicelib.domain.letters import Letter, LetterName
from chalicelib.mail.post import SesPost
from chalicelib.mail.rendering import LetterWriter
from chalicelib.ports import LetterDelayed, LetterUnsendable
from chalicelib.settings import Settings, load_settings
from tests.builders import a_letter
from tests.mail.letters import posted

URL = "https://email.ap-northeast-1.amazonaws.com"
REQUIRED = ("BASE_URL", "TABLE_PREFIX", "MAIL_FROM", "SECRET_KEYS", "PEPPER", "SIGNING_KEYS")


class Counter:
    """Amazon SES's counter: what was handed over there, and what it answers."""

    def __init__(self, post: SesPost) -> None:
        self.post = post
        self.handed: list[dict[str, Any]] = []
        self.sent = 0
        self.failure: Exception | None = None
        events = post._client.meta.events
        events.register("provide-client-params.sesv2.SendEmail", self._note)
        events.register_first("before-send.sesv2", self._before_send)

    def _note(self, params: dict[str, Any], **_: object) -> None:
        self.handed.append(params)

    def _before_send(self, **_: object) -> None:
        self.sent += 1
        if self.failure:
            raise self.failure

    def take(self, letter: Letter) -> dict[str, Any]:
        """Hand this letter over, to an SES that takes it; what was handed."""
        with Stubber(self.post._client) as ses:
            ses.add_response("send_email", {"MessageId": "message-1"})
            assert self.post.send(letter) == "message-1"
        return self.handed[-1]

    def refuse(self, code: str, letter: Letter) -> LetterDelayed:
        """Hand this letter over, to an SES that answers with an error; what the outbox is told."""
        with Stubber(self.post._client) as ses:
            ses.add_client_error("send_email", code, f"Email address is not verified: {letter.to}", 400)
            with pytest.raises(LetterDelayed) as refused:
                self.post.send(letter)
        return refused.value


@pytest.fixture
def counter(settings: Settings, writer: LetterWriter) -> Counter:
    """SES, with nobody behind it."""
    return Counter(SesPost(settings, writer))


@pytest.fixture
def letter() -> Letter:
    """The letter with the link."""
    return posted(LetterName.REGISTRATION_LINK)


def test_one_letter_is_one_message_to_one_recipient(counter: Counter, settings: Settings, letter: Letter) -> None:
    handed = counter.take(letter)
    assert set(handed) == {"FromEmailAddress", "Destination", "Content", "EmailTags"}
    assert handed["FromEmailAddress"] == settings.mail_from
    assert handed["Destination"] == {"ToAddresses": ["taro@example.jp"]}
    assert set(handed["Content"]) == {"Raw"}


@pytest.mark.parametrize("name", list(LetterName))
def test_what_is_handed_over_is_the_letter(counter: Counter, writer: LetterWriter, name: LetterName) -> None:
    letter = posted(name)
    message = message_from_bytes(counter.take(letter)["Content"]["Raw"]["Data"], policy=SMTP)
    assert message["Subject"] == writer.words_of(letter).subject
    assert message["To"] == letter.to


def test_the_letter_s_id_travels_with_it_so_that_feedback_finds_it(counter: Counter, letter: Letter) -> None:
    assert counter.take(letter)["EmailTags"] == [{"Name": "letter_id", "Value": "letter-1"}]


def test_envelope_and_header_name_the_same_quoted_recipient(counter: Counter) -> None:
    handed = counter.take(a_letter(to="a..b@docomo.ne.jp"))
    assert handed["Destination"] == {"ToAddresses": ['"a..b"@docomo.ne.jp']}
    assert b'\r\nTo: "a..b"@docomo.ne.jp\r\n' in handed["Content"]["Raw"]["Data"]


def test_the_configuration_set_is_named_when_there_is_one(writer: LetterWriter, letter: Letter) -> None:
    environment = dict.fromkeys(REQUIRED, "A" * 43)
    environment |= {"BASE_URL": "https://portal.example.jp", "MAIL_FROM": "noreply@example.jp"}
    named = load_settings({**environment, "SES_CONFIGURATION_SET": "feedback"})
    assert Counter(SesPost(named, writer)).take(letter)["ConfigurationSetName"] == "feedback"


@pytest.mark.parametrize("code", ["MessageRejected", "BadRequestException"])
def test_what_ses_will_never_take_is_unsendable(counter: Counter, letter: Letter, code: str) -> None:
    refused = counter.refuse(code, letter)
    assert isinstance(refused, LetterUnsendable)
    assert refused.reason == code


@pytest.mark.parametrize(
    "code",
    [
        "TooManyRequestsException",
        "LimitExceededException",
        "SendingPausedException",
        "AccountSuspendedException",
        "MailFromDomainNotVerifiedException",
        "NotFoundException",
        "AccessDeniedException",
        "InternalFailure",
        "ServiceUnavailable",
    ],
)
def test_what_may_pass_delays_the_letter(counter: Counter, letter: Letter, code: str) -> None:
    refused = counter.refuse(code, letter)
    assert not isinstance(refused, LetterUnsendable)
    assert refused.reason == code


def test_a_reason_is_a_code_and_never_what_ses_wrote_about_the_address(counter: Counter, letter: Letter) -> None:
    refused = counter.refuse("MessageRejected", letter)
    assert "example.jp" not in str(refused)


@pytest.mark.parametrize(
    "failure",
    [
        ReadTimeoutError(endpoint_url=URL),
        ConnectTimeoutError(endpoint_url=URL),
        NoCredentialsError(),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_an_ses_out_of_reach_delays_the_letter_and_is_tried_once(
    counter: Counter, letter: Letter, failure: Exception
) -> None:
    counter.failure = failure
    with pytest.raises(LetterDelayed) as refused:
        counter.post.send(letter)
    assert not isinstance(refused.value, LetterUnsendable)
    assert refused.value.reason == type(failure).__name__
    assert counter.sent == 1


def test_waiting_for_ses_ends_long_before_the_lease_does(counter: Counter) -> None:
    config = counter.post._client.meta.config
    assert (config.connect_timeout, config.read_timeout) == (1, 5)
    assert config.retries["total_max_attempts"] == 1


@pytest.mark.parametrize(
    "spoiled",
    [
        a_letter(facts={}),
        a_letter(facts={**a_letter().facts, "expires_at": "tomorrow"}),
        a_letter(to="taro@example.jp\r\nBcc: jiro@example.jp"),
        a_letter(to="見本@example.jp"),
        a_letter(language="ja\r\nBcc: jiro@example.jp"),
        a_letter(language="tlh"),
    ],
    ids=["no facts", "no moment", "two recipients", "not ascii", "line break", "no such language"],
)
def test_a_letter_that_cannot_be_written_is_not_handed_over(counter: Counter, spoiled: Letter) -> None:
    with pytest.raises(LetterDelayed, match="unwritable") as refused:
        counter.post.send(spoiled)
    assert counter.handed == []
    assert "example.jp" not in refused.value.reason
