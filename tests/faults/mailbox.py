"""The mail service, as far as the portal sees it: what it took, or why it did not."""

import base64
import json
from dataclasses import dataclass, field

from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from chalicelib.mail.post import LETTER_TAG
from tests.faults.answers import answer, body_of, error


@dataclass
class Mailbox:
    """Mails in the order in which they were taken, by the id of their letter. `refusal`: the code it answers with."""

    taken: list[str] = field(default_factory=list)
    refusal: str = ""

    def take(self, request: AWSPreparedRequest) -> AWSResponse:
        """Amazon SES, API version 2, SendEmail."""
        if self.refusal:
            return error(request, self.refusal)
        asked = json.loads(body_of(request))
        (letter_id,) = (tag["Value"] for tag in asked["EmailTags"] if tag["Name"] == LETTER_TAG)
        assert base64.b64decode(asked["Content"]["Raw"]["Data"])
        assert len(asked["Destination"]["ToAddresses"]) == 1
        self.taken.append(letter_id)
        return answer(request, 200, {"MessageId": f"message-{len(self.taken)}"})
