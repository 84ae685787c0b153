"""What happens behind the pages: the stream wakes the mailer, and the mail service tells what became of a mail."""

import base64
import json
import re
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from urllib.parse import urlsplit

from bench.environment import DEPLOYMENT
from bench.stage import Stage, Step
from bench.tape import Exchange
from chalicelib.storage.letters import LetterRow
from local.events import feedback_event, scheduled_event
from local.streams import Stream

_LINK = re.compile(r"/[a-z/-]+\?key=\S+")
_PASSCODE = re.compile(r"^[0-9]{8}(?=\s*$)", re.MULTILINE)
_PREFIX = urlsplit(DEPLOYMENT["BASE_URL"]).path
_BATCH = 10


class PostOffice:
    """Runs the jobs. `link`, `passcode`: the newest that were mailed."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._stream = Stream(LetterRow.Meta.table_name)
        self.link = ""
        self.passcode = ""
        self._wanted = ""

    def deliver(self, about: str, fate: str = "delivery") -> list[Step]:
        """The mailer on all that was posted, then what the mail service tells of each letter."""
        steps = []
        for records in self._stream.batches(_BATCH):
            # The event source mapping lets nothing else through.
            if posted := [record for record in records if record["eventName"] == "INSERT"]:
                step = self._stage.job(f"mailer ({about})", "mailer", {"Records": posted})
                self._note(step)
                steps += [step, *(self.tell(fate, record["dynamodb"]["Keys"]["letter_id"]["S"]) for record in posted)]
        return steps

    def deliver_to(self, address: str, about: str) -> list[Step]:
        """The same; `link` is the one that was mailed to this address."""
        self._wanted = address
        try:
            return self.deliver(about)
        finally:
            self._wanted = ""

    @property
    def key(self) -> str:
        """The key in the newest link."""
        return self.link.partition("=")[2]

    def tell(self, fate: str, letter_id: str) -> Step:
        """One event of the mail service about one letter."""
        return self._stage.job(f"feedback ({fate})", "feedback", feedback_event(fate, letter_id, self._now()))

    def sweep(self, about: str) -> Step:
        """The schedule's run."""
        step = self._stage.job(f"sweep ({about})", "sweep", scheduled_event(self._now()))
        self._note(step)
        return step

    def expire(self, about: str) -> Step:
        """The hourly run for what falls due."""
        return self._stage.job(f"expiry ({about})", "expiry", scheduled_event(self._now()))

    def _now(self) -> datetime:
        return self._stage.around.clock.now

    def _note(self, step: Step) -> None:
        for to, text in map(_mailed, step.exchanges):
            found = _LINK.search(text)
            if found and self._wanted in {"", to}:
                self.link = found[0].removeprefix(_PREFIX)
            if code := _PASSCODE.search(text):
                self.passcode = code[0]


def _mailed(exchange: Exchange) -> tuple[str, str]:
    """To whom a mail was handed over, and its plain text; nothing for other calls."""
    asked = json.loads(exchange.asked)
    if "Content" not in asked:
        return "", ""
    (to,) = asked["Destination"]["ToAddresses"]
    message = message_from_bytes(base64.b64decode(asked["Content"]["Raw"]["Data"]), policy=default)
    body = message.get_body(("plain",))
    return to, str(body.get_content()) if body else ""
