"""How long a translation is against what its language lets one expect.

The logarithm of translation to source, less the language's own, is spread about zero by
sqrt(0.01 + 1 / characters): measured on 1,740 clean pairs in four languages and ten of our own.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from medloc.checks.reading import Reading, Side
from medloc.checks.sentences import expansion

_COPIED = re.compile(r"[!-~]+")


@lru_cache(maxsize=4)  # several checks ask it of the same pair
def surprise(reading: Reading) -> float | None:
    """How many spreads a translation is longer (or, below zero, shorter) than expected; None where
    a language's figure is not known or a text holds no words."""
    context = reading.context
    one, other = expansion(context.source[:2]), expansion(reading.target.lexicon.language)
    source, target = extent(reading.source), extent(reading.target)
    if one is None or other is None or not source or not target:
        return None
    return spreads(source, target, other / one, reading.target.prose)


def spreads(source: float, target: float, ratio: float, text: str = "") -> float:
    """The surprise of two lengths. In dense scripts Latin names and digits keep their length."""
    wide = 1.0
    if ratio < 0.7:
        kept: float = sum(len(run) for run in _COPIED.findall(text))
        kept = min(kept, target - 1, source - 1)
        source, target, wide = max(source - kept, 4), max(target - kept, 1), 1.3
    spread = wide * math.sqrt(0.01 + 1 / max(source, 4))
    return math.log(target / (source * ratio)) / spread


def extent(side: Side) -> int:
    """The characters of a text without addresses and marks."""
    text = side.prose
    return len(" ".join(text.split())) if text is not side.text else len(text.strip())
