"""What a fresh interpreter does at a cold start: load a handler from the unpacked package and answer one event.

Usage: python -I -S -B first_answer.py FOLDER FURTHER_FOLDER HANDLER EVENT_FILE. Tells what it took as one JSON line.
"""

import importlib
import json
import sys
import time
from pathlib import Path
from types import SimpleNamespace


def main() -> None:
    """Load, answer, tell."""
    folder, further, handler, event_file = sys.argv[1:]
    sys.path.insert(0, folder)
    sys.path.append(further)
    module, _, name = handler.rpartition(".")
    event = json.loads(Path(event_file).read_text(encoding="utf-8"))
    context = SimpleNamespace(
        function_name="cold", memory_limit_in_mb=512, aws_request_id="-", invoked_function_arn="-"
    )
    answered = getattr(importlib.import_module(module), name)(event, context)
    # Since the interpreter began, user and system.
    cpu_ms = time.process_time() * 1000
    status = answered.get("statusCode", "job") if isinstance(answered, dict) else "job"
    told = {"cpu_ms": cpu_ms, "modules": len(sys.modules), "peak_kib": _peak_kib(), "answer": str(status)}
    sys.stderr.write(json.dumps(told) + "\n")


def _peak_kib() -> int:
    """The high-water mark of this program alone; what getrusage tells includes the parent's."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
