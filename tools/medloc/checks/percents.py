"""Where percent stands beside a number: as a sign before or behind it, or as a word before it.

Percent words behind a number are units like others: `measures` knows them.
"""

from __future__ import annotations

import re

from medloc.checks.lexicon import Lexicon
from medloc.model import Span

_BEHIND = re.compile(r"[ \xa0\u202f\u2009\u200f\u200e]{0,2}[%٪％﹪]")
_AHEAD = re.compile(r"[%٪％﹪][ \xa0\u202f]?$")


def percent_at(text: str, start: int, end: int, lexicon: Lexicon) -> Span | None:
    """The place of the percent sign of a number, or of a percent word before it.

    A sign before the number counts where no other number owns it: Turkish %5, but 5% 10.

    >>> from medloc.checks.lexicon import lexicon
    >>> percent_at("5 %", 0, 1, lexicon("fr")), percent_at("%5", 1, 2, lexicon("tr"))
    ((2, 3), (0, 1))
    """
    match = _BEHIND.match(text, end)
    if match is not None:
        return match.end() - 1, match.end()
    if (start and text[start - 1] in "%٪％") or (start > 1 and text[start - 2] in "%٪％"):
        ahead = _AHEAD.search(text, max(0, start - 2), start)
        if ahead is not None and not text[: ahead.start()].rstrip()[-1:].isdigit():
            return ahead.start(), ahead.start() + 1
    for phrase in _before(lexicon):
        place = text.rfind(phrase, max(0, start - len(phrase) - 1), start)
        if place >= 0:
            return place, place + len(phrase)
    return None


def _before(lexicon: Lexicon) -> tuple[str, ...]:
    """The percent words that a language writes before the number."""
    made = lexicon.cache.get("percent_first")
    if made is None:
        words = lexicon.data.get("percent_first", ()) if lexicon.data else ()
        made = lexicon.cache["percent_first"] = tuple(map(str, words))
    assert isinstance(made, tuple)
    return made
