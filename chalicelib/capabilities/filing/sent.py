"""What was sent under an Idempotency-Key, as a digest by which the same is known again."""

import hashlib
import json
from typing import Any

from chalicelib.capabilities.filing.usecases import Sent


def sent_of(event_id: str, said: Any) -> Sent:
    """The digest of what was said; nothing secret may be in it, for it is stored."""
    return Sent(event_id, hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest())
