"""Before and after exchanged."""

from __future__ import annotations

import pytest

from medloc.checks.order import order
from medloc.checks.reading import Context, Reading, Side
from medloc.model import Pair


def messages(locale: str, source: str, target: str) -> list[str]:
    """What the check says of a pair."""
    pair = Pair("a.md", locale, "", source, target)
    reading = Reading(pair, Side(source, "en"), Side(target, locale), Context(locale))
    return [issue.message for issue in order(reading)]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "Take it before meals.", "Tómelo antes de las comidas.", id="es"),
        pytest.param("es", "Wash after touching.", "Lávese al tocar.", id="left out"),
        pytest.param("es", "Wash before and after.", "Lávese antes y después.", id="both"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert messages(locale, source, target) == []


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "Take it before meals.", "Tómelo después de las comidas.", id="es"),
        pytest.param(
            "fr",
            "Wash your hands after touching.",
            "Lavez-vous les mains avant de toucher.",
            id="fr",
        ),
        pytest.param("ar", "Take it before meals.", "تناوله بعد الوجبات.", id="ar"),
        pytest.param("zh", "Take it before meals.", "饭后服用。", id="zh"),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    assert messages(locale, source, target)
