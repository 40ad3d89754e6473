"""Sentences of both texts side by side."""

from __future__ import annotations

from medloc.checks.parallel import in_parallel
from medloc.checks.reading import Context, Reading, Side
from medloc.model import Pair


def halves(source: str, target: str) -> list[tuple[str, str]]:
    """The sentences of a pair beside each other."""
    pair = Pair("a.md", "es", "", source, target)
    reading = Reading(pair, Side(source, "en"), Side(target, "es"), Context("es"))
    return [(source[a:b].strip(), target[c:d].strip()) for (a, b), (c, d) in in_parallel(reading)]


def test_equally_many_sentences_stand_side_by_side() -> None:
    assert halves("Eat 2.5 g. Drink.", "Coma 2,5 g. Beba.") == [
        ("Eat 2.5 g.", "Coma 2,5 g."),
        ("Drink.", "Beba."),
    ]


def test_a_single_sentence_has_no_halves() -> None:
    assert halves("Eat.", "Coma.") == []


def test_unequal_counts_are_not_compared() -> None:
    assert halves("Eat. Drink.", "Coma y beba.") == []
