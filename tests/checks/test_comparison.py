"""More and less, at least and at most exchanged."""

from __future__ import annotations

import pytest

from medloc.checks.comparison import comparison
from medloc.checks.reading import Context, Reading, Side
from medloc.model import Pair


def messages(locale: str, source: str, target: str) -> list[str]:
    """What the check says of a pair."""
    pair = Pair("a.md", locale, "", source, target)
    reading = Reading(pair, Side(source, "en"), Side(target, locale), Context(locale))
    return [issue.message for issue in comparison(reading)]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "More than 60 people.", "Más de 60 personas.", id="es"),
        pytest.param("es", "Aged ≥65 years.", "Mayores de 65 años o más.", id="sign for words"),
        pytest.param(
            "fr", "At least 5 days.", "Pas moins de 5 jours.", id="other words, same side"
        ),
        pytest.param(
            "es",
            "Do not take more than 4 tablets.",
            "Tome como máximo 4 comprimidos.",
            id="not more than",
        ),
        pytest.param("ar", "Aged >65 years.", "العمر أكثر من 65 عامًا.", id="sign behind in Arabic"),
        pytest.param(
            "es",
            "More people had lower values.",
            "Personas con menos valores.",
            id="lower became less",
        ),
        pytest.param("es", "Rate -> 5, over 4", "Tasa -> 5, más de 4", id="arrow"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert messages(locale, source, target) == []


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "More than 60 people.", "Menos de 60 personas.", id="es"),
        pytest.param("fr", "At least 5 days.", "Au plus 5 jours.", id="fr"),
        pytest.param("ru", "Wait at least 20 seconds.", "Подождите не более 20 секунд.", id="ru"),
        pytest.param(
            "ar", "Wash for at least 20 seconds.", "اغسل لمدة 20 ثانية على الأكثر.", id="ar"
        ),
        pytest.param("zh", "More than 300 trials.", "少于300项试验。", id="zh"),
        pytest.param("es", "Aged ≥65 years.", "Edad ≤65 años.", id="signs"),
        pytest.param("es", "Aged >=65 years.", "Edad <=65 años.", id="signs with equals"),
        pytest.param("ar", "Aged ≥65 years.", "العمر ≤65 عامًا.", id="sign in Arabic"),
        pytest.param("es", "Aged <18 years.", "Mayores de 18 años, más de 18.", id="word for sign"),
        pytest.param("es", "Take up to 4 tablets.", "Tome al menos 4 comprimidos.", id="up to"),
        pytest.param(
            "es",
            "In less than 2 months, over 200 papers.",
            "En menos de 2 meses, menos de 200 artículos.",
            id="one of two numbers",
        ),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    assert messages(locale, source, target)
