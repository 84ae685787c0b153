"""車両番号: the four parts of a plate, such as 品川 580 さ 1234."""

import re
from dataclasses import dataclass

# お, し, へ and ん are on no plate.
_KANA = "あいうえかきくけこさすせそたちつてとなにぬねのはひふほまみむめもやゆよらりるれろわを"
_CLASS_LETTERS = "ACFHKLMPXY"
_REGION = r"[\u3041-\u3096\u30a1-\u30fa\u3005\u4e00-\u9fff]{1,4}"
_SHAPE = re.compile(
    rf"({_REGION})-?([0-9]{{2}}|[0-9][0-9{_CLASS_LETTERS}]{{2}})-?([{_KANA}])-?[・.]{{0,3}}([1-9][0-9]-[0-9]{{2}}|[1-9][0-9]{{0,3}})"
)
_DIGITS = 4


@dataclass(frozen=True)
class PlateNumber:
    """車両番号: region (地域名), class (分類番号, 2 or 3 characters), kana, number (1 to 4 digits)."""

    region: str
    vehicle_class: str
    kana: str
    number: str

    @property
    def text(self) -> str:
        """As it is stored: 品川-580-さ-1234."""
        return f"{self.region}-{self.vehicle_class}-{self.kana}-{self.number}"

    @property
    def shown(self) -> str:
        """As the manuals write it, with dots where the plate has them: 品川 - 580 - さ - ・・12."""
        return f"{self.region} - {self.vehicle_class} - {self.kana} - {self.number.rjust(_DIGITS, '・')}"


def plate_number_in(text: str) -> PlateNumber | None:
    """The plate that `text` names; None when it names none.

    Half-width, with hyphens between the parts or without; four digits also as plates write them, 12-34.
    """
    match = _SHAPE.fullmatch(text)
    if match is None:
        return None
    region, vehicle_class, kana, number = match.groups()
    return PlateNumber(region, vehicle_class, kana, number.replace("-", ""))
