"""Opposites exchanged, as all checks of meaning find them."""

from __future__ import annotations

from medloc.checks.opposites import exchanged, within
from medloc.checks.reading import Context, Reading, Side, Signal
from medloc.model import Pair

POLES = (("left",), ("right",))


def exchanges(source: str, target: str) -> list[tuple[int, int]]:
    """How many signals were lost and came, for each exchange."""
    pair = Pair("a.md", "es", "", source, target)
    reading = Reading(pair, Side(source, "en"), Side(target, "es"), Context("es"))
    sides = reading.source.said("side"), reading.target.said("side")
    return [(len(lost), len(new)) for lost, new in exchanged(reading, *sides, POLES)]


def test_lost_side_without_the_other_is_no_exchange() -> None:
    assert exchanges("the left arm and the left leg", "el brazo izquierdo y la pierna") == []


def test_one_of_two_sides_exchanged() -> None:
    assert exchanges("left arm, left leg", "brazo izquierdo, pierna derecha") == [(2, 1)]


def test_equal_counts_are_compared_sentence_by_sentence() -> None:
    source = "Cut the left nail. Keep the right nail."
    assert exchanges(source, "Corte la uña derecha. Conserve la uña izquierda.") == [(1, 1), (1, 1)]
    assert exchanges(source, "Corte la uña izquierda. Conserve la uña derecha.") == []


def test_signals_within_a_part() -> None:
    signals = [Signal("side", "left", place, place + 1) for place in (0, 5, 9)]
    assert within(signals, (5, 9)) == signals[1:2]
