"""Everything that stays while the portal's code comes and goes."""

import importlib
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from local.clock import Clock
from local.environment import Backend
from local.jobs import Jobs
from local.journal import Journal
from local.loading import Loader, Watch
from local.mailbox import Mailbox
from local.voice import fall_silent, say, say_what_went_wrong
from tools.texts import compile_texts

ROOT = Path(__file__).resolve().parent.parent
_LOADED_ANEW = "local.dev.loaded"
_LOOK_SECONDS = 0.5
_IDLE_SECONDS = 2.0


class Station:
    """The clock, the mailbox, the jobs, the loader, and the one lock.

    moto is not atomic under threads, and Chalice's application knows one request at a time: whoever runs a request or
    a job holds `lock` for the whole of it.
    """

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.lock = threading.RLock()
        self.clock = Clock()
        self.mailbox = Mailbox()
        self.journal = Journal()
        self.examples: Mapping[str, list[dict[str, Any]]] = {}
        self.loader = Loader(self._load, Watch(ROOT))
        self.jobs = Jobs(lambda: self.loader.app, self.clock, self.journal)
        self._frame = Watch(ROOT, tuple(f"local/{path.name}" for path in Path(__file__).parent.glob("*.py")))
        self._stopped = threading.Event()
        self._woken = threading.Event()
        self._caretaker = threading.Thread(target=self._take_care, daemon=True)

    def _load(self) -> Any:
        compile_texts()
        return importlib.import_module(_LOADED_ANEW).load(self)

    def open(self) -> None:
        """Load the portal and fill it with examples."""
        with self.lock:
            self.loader.start()
            self.examples = importlib.import_module(_LOADED_ANEW).fill(self)
            self.jobs.run_due()
        self._caretaker.start()

    def wake(self) -> None:
        """Something may be waiting in a stream, or be due by now."""
        self._woken.set()

    def close(self) -> None:
        """Let the job that is running end, and start no other."""
        self._stopped.set()
        self._woken.set()
        if self._caretaker.is_alive():
            self._caretaker.join(timeout=2)
        fall_silent()

    def _take_care(self) -> None:
        """Look after files often, after streams and schedules when somebody wrote, else now and then."""
        last = time.monotonic()
        while not self._stopped.is_set():
            is_woken = self._woken.wait(_LOOK_SECONDS)
            self._woken.clear()
            with self.lock:
                try:
                    self._look_at_files()
                    if is_woken or time.monotonic() - last > _IDLE_SECONDS:
                        last = time.monotonic()
                        self.jobs.run_due()
                except Exception:  # noqa: BLE001 - the caretaker stays
                    say_what_went_wrong()

    def _look_at_files(self) -> None:
        self.loader.refresh()
        if self._frame.changes():
            say("local/ が変わりました。make run をやり直してください。/ local/ changed: start make run again.")
