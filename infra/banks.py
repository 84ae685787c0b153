"""The published banks as they are deployed: half as large, in the files and the form that zengin-code has them in."""

import json
from pathlib import Path

LIST = Path("zengin_code", "source-data", "data")
_KEPT = ("code", "name", "kana")


def thin_banks(folder: Path) -> None:
    """Leave of each bank and branch what is read, and nothing of banks that are no more."""
    data = folder / LIST
    banks = _thin(data / "banks.json")
    for path in sorted((data / "branches").iterdir()):
        if path.stem in banks:
            _thin(path)
        else:
            path.unlink()


def _thin(path: Path) -> set[str]:
    items = json.loads(path.read_bytes())
    thinned = {code: {name: item[name] for name in _KEPT} for code, item in items.items()}
    path.write_text(json.dumps(thinned, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return set(thinned)
