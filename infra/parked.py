"""Letters that were given up: lists them, or lets one be tried again.

Say which stage by TABLE_PREFIX: `make parked STAGE=prod`. Neither addresses nor facts are shown.
"""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime

from chalicelib.domain.letters import LetterState
from chalicelib.storage.letters import LetterRow


def parked() -> Iterator[LetterRow]:
    """Every letter that was given up."""
    return LetterRow.scan(LetterRow.state == LetterState.PARKED.value)


def try_again(letter_id: str, now: datetime) -> None:
    """Let a parked letter wait anew, as if it had just been posted; the next sweep takes it up."""
    LetterRow(letter_id).update(
        actions=[
            LetterRow.state.set(LetterState.WAITING.value),
            LetterRow.tries.set(0),
            # Any will do: the sweep asks them all.
            LetterRow.open_shard.set("0"),
            LetterRow.next_try_at.set(now),
        ],
        condition=LetterRow.state == LetterState.PARKED.value,
    )


def main() -> None:
    """List, or send one again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--again", metavar="LETTER", help="the id of a letter that is to be tried again")
    asked = parser.parse_args()
    if asked.again:
        try_again(asked.again, datetime.now(UTC))
        print(f"{asked.again} waits for the next sweep")
        return
    for row in parked():
        print(row.letter_id, row.name, row.posted_at.isoformat(), row.reason)


if __name__ == "__main__":
    main()
