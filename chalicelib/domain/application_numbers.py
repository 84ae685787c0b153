"""受付番号（到達番号）: 17 digits that say when and for which procedure, and nothing about who (spec: terms.md)."""

import re
from datetime import datetime

from chalicelib.domain.check_digits import is_checked, with_check_digit
from chalicelib.domain.deadlines import JST
from chalicelib.domain.procedures import PROCEDURES, Procedure

RANDOM_DIGITS = 3
_SHAPE = re.compile(r"[0-9]{17}", re.ASCII)
_PROCEDURE_AT = 12
_GROUPS = ((0, 4), (4, 8), (8, 12), (12, 17))
_BY_DIGIT = {rules.number_digit: procedure for procedure, rules in PROCEDURES.items()}


def application_number(now: datetime, procedure: Procedure, random_digits: str) -> str:
    """The number of an application filed at `now`: JST `YYMMDDhhmmss`, procedure, three digits by chance, check."""
    moment = f"{now.astimezone(JST):%y%m%d%H%M%S}"
    return with_check_digit(f"{moment}{PROCEDURES[procedure].number_digit}{random_digits}")


def is_application_number(text: str) -> bool:
    """Whether `text` has the form of a number: digits, check digit, a procedure. Not whether it was ever given out."""
    return bool(_SHAPE.fullmatch(text)) and is_checked(text) and text[_PROCEDURE_AT] in _BY_DIGIT


def procedure_of(number: str) -> Procedure:
    """The procedure that a well-formed number names."""
    return _BY_DIGIT[number[_PROCEDURE_AT]]


def grouped(number: str) -> str:
    """The number as people read it: 2112 2310 5000 30459."""
    return " ".join(number[start:end] for start, end in _GROUPS)
