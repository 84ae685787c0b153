"""Names, taken apart."""

import re


def words_of(name: str) -> list[str]:
    """`SomeName` and `some_name` as their words."""
    return re.findall(r"[a-z]+|\d+", re.sub(r"(?<![A-Z])([A-Z])", r"_\1", name).lower())
