"""軽自動車検査協会事務所等: where an application is sent and what it asked for is collected. These are samples."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Office:
    """事務所: its code, its name and where it is, both also in English."""

    code: str
    name: str
    name_en: str
    place: str
    place_en: str


_SAMPLES = (
    Office("SP01", "札幌主管事務所（見本）", "Sapporo Main Office (sample)", "北海道", "Hokkaido"),
    Office("SD01", "宮城主管事務所（見本）", "Miyagi Main Office (sample)", "宮城県", "Miyagi"),
    Office("TK01", "東京主管事務所（見本）", "Tokyo Main Office (sample)", "東京都", "Tokyo"),
    Office("TK02", "東京多摩支所（見本）", "Tokyo Tama Branch (sample)", "東京都", "Tokyo"),
    Office("AI01", "愛知主管事務所（見本）", "Aichi Main Office (sample)", "愛知県", "Aichi"),
    Office("OS01", "大阪主管事務所（見本）", "Osaka Main Office (sample)", "大阪府", "Osaka"),
    Office("FK01", "福岡主管事務所（見本）", "Fukuoka Main Office (sample)", "福岡県", "Fukuoka"),
    Office("OK01", "沖縄事務所（見本）", "Okinawa Office (sample)", "沖縄県", "Okinawa"),
)
OFFICES: Mapping[str, Office] = MappingProxyType({office.code: office for office in _SAMPLES})
