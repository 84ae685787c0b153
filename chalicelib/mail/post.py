"""The way out: Amazon SES, API version 2."""

from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.addresses import as_header_address
from chalicelib.domain.letters import Letter
from chalicelib.mail.mime import message_of
from chalicelib.mail.rendering import LetterWriter
from chalicelib.ports import LetterDelayed, LetterUnsendable
from chalicelib.settings import Settings

# The SDK's own retry would send twice after a lost answer; the outbox tries again instead.
_ONE_TRY = Config(connect_timeout=1, read_timeout=5, retries={"total_max_attempts": 1})
_NEVER = frozenset({"MessageRejected", "BadRequestException"})
LETTER_TAG = "letter_id"


class SesPost:
    """`ports.LetterSender` on SES. The letter's id travels as a tag, so that feedback finds it."""

    def __init__(self, settings: Settings, writer: LetterWriter) -> None:
        self._settings = settings
        self._writer = writer
        self._client: Any = boto3.client("sesv2", region_name=settings.aws_region, config=_ONE_TRY)

    def send(self, letter: Letter) -> str:
        """Write the letter and hand it over; the answer is SES's message id."""
        message = self._written(letter)
        try:
            answer = self._client.send_email(
                FromEmailAddress=self._settings.mail_from,
                Destination={"ToAddresses": [as_header_address(letter.to)]},
                Content={"Raw": {"Data": message}},
                EmailTags=[{"Name": LETTER_TAG, "Value": letter.letter_id}],
                **self._configuration_set(),
            )
        except ClientError as error:
            code = error.response["Error"]["Code"]
            raise (LetterUnsendable if code in _NEVER else LetterDelayed)(code) from error
        except BotoCoreError as error:
            raise LetterDelayed(type(error).__name__) from error
        return str(answer["MessageId"])

    def _written(self, letter: Letter) -> bytes:
        """The message; whatever cannot be written waits for an operator, and must not hold up other letters."""
        try:
            return message_of(letter, self._writer.words_of(letter), self._settings)
        except Exception as error:
            raise LetterDelayed(f"unwritable: {type(error).__name__}") from error

    def _configuration_set(self) -> dict[str, str]:
        name = self._settings.ses_configuration_set
        return {"ConfigurationSetName": name} if name else {}
