"""Lines for the person at the terminal, or for nobody.

Whoever starts this from a program may stop reading after `Ready:`. A full pipe would then hold up every request, so
a thread of its own writes, straight to the file descriptor, and what nobody takes is dropped.
"""

import logging
import os
import queue
import threading
import time
import traceback
from contextlib import suppress

_STANDARD_OUTPUT = 1
_MOST_WAITING = 1000
_LAST_WORDS_SECONDS = 1.0


class _Speaker(threading.Thread):
    """Writes one text after the other."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.waiting: queue.Queue[bytes | None] = queue.Queue(_MOST_WAITING)
        self.start()

    def run(self) -> None:
        while (text := self.waiting.get()) is not None:
            with suppress(OSError):
                while text:
                    text = text[os.write(_STANDARD_OUTPUT, text) :]


_speaker = _Speaker()


def say(text: str) -> None:
    """Print a text with the time before it."""
    line = f"{time.strftime('%H:%M:%S')} {text.rstrip()}\n"
    with suppress(queue.Full):
        _speaker.waiting.put_nowait(line.encode(errors="backslashreplace"))


def say_what_went_wrong() -> None:
    """Print the traceback of the exception that is being dealt with."""
    say(traceback.format_exc())


def fall_silent() -> None:
    """Print what is left, if somebody takes it soon."""
    with suppress(queue.Full):
        _speaker.waiting.put_nowait(None)
    _speaker.join(_LAST_WORDS_SECONDS)


class SpokenLog(logging.Handler):
    """Log records as lines."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one record, with its traceback."""
        say(self.format(record))
