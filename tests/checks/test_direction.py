"""Opposites of direction exchanged."""

from __future__ import annotations

import pytest

from medloc.checks.direction import direction
from medloc.checks.reading import Context, Reading, Side
from medloc.model import Pair


def messages(locale: str, source: str, target: str) -> list[str]:
    """What the check says of a pair."""
    pair = Pair("a.md", locale, "", source, target)
    reading = Reading(pair, Side(source, "en"), Side(target, locale), Context(locale))
    return [issue.message for issue in direction(reading)]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "The fever increases.", "La fiebre aumenta.", id="es"),
        pytest.param("es", "A positive result.", "Un resultado.", id="left out"),
        pytest.param(
            "es", "Positive or negative tests.", "Pruebas negativas o positivas.", id="both"
        ),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert messages(locale, source, target) == []


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "The dose was increased.", "La dosis fue reducida.", id="increase es"),
        pytest.param("fr", "The test was positive.", "Le test était négatif.", id="result fr"),
        pytest.param("ar", "The pressure is high.", "الضغط منخفض.", id="level ar"),
        pytest.param(
            "es", "Hold it above the heart.", "Manténgalo por debajo del corazón.", id="place es"
        ),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    assert messages(locale, source, target)
