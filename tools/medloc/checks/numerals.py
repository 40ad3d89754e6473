"""The numbers of a text as values with units, whether written in digits or in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from medloc.model import Span

if TYPE_CHECKING:
    from medloc.checks.lexicon import Lexicon, Word


class Number(NamedTuple):
    """One number of a text.

    `values` are decimals as text ("0.5", "1500"), the likeliest first: more than one where a
    separator can be read two ways. `how` is "digits", "words" (spelled out), "implied" (a word
    such as "both" that may stand for a number) or "name" (the digits of COVID-19: no number).
    `unit` is a key such as "mg" or "hour", "%" for percent, or empty; `unit_span` where it stands.
    """

    values: tuple[str, ...]
    start: int
    end: int
    how: str = "digits"
    unit: str = ""
    unit_span: Span = (0, 0)

    @property
    def span(self) -> Span:
        return self.start, self.end


def read_numbers(prose: str, words: Sequence[Word], lexicon: Lexicon) -> tuple[Number, ...]:
    """All numbers of a text, in order."""
    return ()
