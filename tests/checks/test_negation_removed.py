"""A negation of the source that is missing."""

from __future__ import annotations

import pytest

from medloc.checks.negation_removed import negation_removed
from medloc.checks.reading import Context, Reading, Side
from medloc.model import Pair


def messages(locale: str, source: str, target: str) -> list[str]:
    """What the check says of a pair."""
    pair = Pair("a.md", locale, "", source, target)
    reading = Reading(pair, Side(source, "en"), Side(target, locale), Context(locale))
    return [issue.message for issue in negation_removed(reading)]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "Do not take more than 2.", "No tome más de 2.", id="es"),
        pytest.param("fr", "Do not drink.", "Ne buvez pas.", id="fr counts once"),
        pytest.param("es", "He never drinks.", "No bebe nunca.", id="double negation"),
        pytest.param("ru", "Nobody came.", "Никто не пришёл.", id="double negation ru"),
        pytest.param("es", "Do not swallow.", "Evite tragar.", id="another word for it"),
        pytest.param("es", "It is not only safe.", "Es seguro y eficaz.", id="not only"),
        pytest.param(
            "fr", "Take no more than two.", "Prenez au plus deux comprimés.", id="at most"
        ),
        pytest.param("xx", "Do not drink.", "drink", id="language without a list"),
        pytest.param("en", "Attempt no. 5.", "Attempt number 5.", id="a numero sign"),
        pytest.param("de", "Do not go until 5.", "Gehen Sie erst ab 5.", id="not until"),
        pytest.param(
            "ar",
            "Make sure it is not used.",
            "تأكد من عدم استخدامه.",
            id="make sure stands for none",
        ),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert messages(locale, source, target) == []


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "Do not drink alcohol.", "Beba alcohol.", id="es"),
        pytest.param("es", "Take it without food.", "Tómelo con alimentos.", id="es sin"),
        pytest.param("fr", "They are not safe.", "Ils sont sûrs.", id="fr"),
        pytest.param("ru", "You must not drive.", "Вам можно водить машину.", id="ru"),
        pytest.param("ar", "The vaccine is not safe.", "اللقاح آمن.", id="ar"),
        pytest.param("zh", "Do not drink alcohol.", "请喝酒。", id="zh"),
        pytest.param("de", "Do not drink alcohol.", "Trinken Sie Alkohol.", id="de"),
        pytest.param("tr", "Do not drink alcohol.", "Alkol alın.", id="tr"),
        pytest.param("ja", "Do not drink alcohol.", "酒を飲んでください。", id="ja"),
        pytest.param("es", "Do not eat. Do not drink.", "No coma. Beba.", id="one of two"),
        pytest.param(
            "es",
            "If you do not eat, do not drive and do not drink.",
            "Si no come, no conduzca y beba.",
            id="one of three in a sentence",
        ),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    assert messages(locale, source, target)
