"""Damm's check digit: it finds every single wrong digit and every two neighbours that changed places.

H. Michael Damm, "Total anti-symmetrische Quasigruppen" (2004); the table is the one published there.
"""

_TABLE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def check_digit(digits: str) -> str:
    """The digit that belongs behind `digits` (ASCII digits)."""
    state = 0
    for digit in digits:
        state = _TABLE[state][int(digit)]
    return str(state)


def with_check_digit(digits: str) -> str:
    """The digits with their check digit."""
    return digits + check_digit(digits)


def is_checked(digits: str) -> bool:
    """Whether the last of `digits` is the check digit of those before it."""
    return check_digit(digits) == "0"
