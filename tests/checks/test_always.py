"""Always and never exchanged."""

from __future__ import annotations

import pytest

from medloc.checks.always import always
from medloc.checks.reading import Context, Reading, Side
from medloc.model import Pair


def messages(locale: str, source: str, target: str) -> list[str]:
    """What the check says of a pair."""
    pair = Pair("a.md", locale, "", source, target)
    reading = Reading(pair, Side(source, "en"), Side(target, locale), Context(locale))
    return [issue.message for issue in always(reading)]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "Always wash your hands.", "Lávese siempre las manos.", id="es"),
        pytest.param("es", "Always wash your hands.", "Lávese las manos.", id="left out"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert messages(locale, source, target) == []


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "Always wash your hands.", "Nunca se lave las manos.", id="es"),
        pytest.param("fr", "Never share needles.", "Partagez toujours les aiguilles.", id="fr"),
        pytest.param("ar", "Always wash your hands.", "لا تغسل يديك أبدًا.", id="ar"),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    assert messages(locale, source, target)
