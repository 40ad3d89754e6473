"""An instruction to call for help that is missing."""

from __future__ import annotations

import pytest

from medloc.checks.emergency import emergency
from medloc.checks.reading import Context, Reading, Side
from medloc.model import Pair


def messages(locale: str, source: str, target: str) -> list[str]:
    """What the check says of a pair."""
    pair = Pair("a.md", locale, "", source, target)
    reading = Reading(pair, Side(source, "en"), Side(target, locale), Context(locale))
    return [issue.message for issue in emergency(reading)]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param(
            "es", "Call an ambulance immediately.", "Llame a una ambulancia de inmediato.", id="es"
        ),
        pytest.param(
            "es", "Keep the phone clean.", "Mantenga limpio el aparato.", id="a mere phone"
        ),
        pytest.param("xx", "Call an ambulance.", "wash", id="language without a list"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert messages(locale, source, target) == []


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "Call an ambulance.", "Vaya a casa.", id="es"),
        pytest.param("fr", "Call your doctor immediately.", "Reposez-vous.", id="fr"),
        pytest.param("ar", "Call an ambulance at once.", "اذهب إلى البيت.", id="ar"),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    assert messages(locale, source, target)
