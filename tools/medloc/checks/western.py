"""Digits and marks of all scripts as Western ones: ٢٥, २५ and ２５ are 25."""

from __future__ import annotations

import re
import unicodedata


def western(text: str) -> str:
    """A text with Western digits and marks; equally long."""
    if text.isascii() or not _STRANGE.search(text):
        return text
    return text.translate(_WESTERN)


def _western() -> dict[int, str]:
    """Every decimal digit of Unicode to the Western one, full-width marks to plain ones."""
    table = {}
    for code in (*range(0x660, 0x1100), *range(0x17E0, 0x1C60), *range(0xA620, 0xAC00),
                 *range(0xFF10, 0xFF1A)):  # fmt: skip
        digit = unicodedata.decimal(chr(code), None)
        if digit is not None:
            table[code] = str(digit)
    marks = zip("，．：／－＋％﹪～〜٪٫∶", ",.:/-+%%~~%⎖:", strict=True)
    return table | {ord(old): new for old, new in marks}


_WESTERN = _western()  # U+2396 ⎖ is Unicode's own mark for a decimal separator
_STRANGE = re.compile(f"[{''.join(map(chr, _WESTERN))}]")
