"""Letters that a certificate can bear (spec: terms.md, "Text input"; manual 4, 高水準文字 and JIS補助漢字)."""

_PLAIN, _EXTENDED = "shift_jis", "shift_jis_2004"
# The same signs under the numbers that keyboards give them; not every codec knows both twins.
_TWINS = str.maketrans("－～∥￠￡￢—＼", "−〜‖¢£¬―\\")


def first_not_on_certificate(name: str, *, is_extended: bool) -> str | None:
    """The first character that no certificate can bear, or None.

    Plain names use JIS X 0208; extended ones also level 3 and 4 of JIS X 0213 (高水準文字).
    """
    codec = _EXTENDED if is_extended else _PLAIN
    return next((character for character in name if not _has(codec, character)), None)


def _has(codec: str, character: str) -> bool:
    try:
        character.translate(_TWINS).encode(codec)
    except UnicodeEncodeError:
        return False
    return True
