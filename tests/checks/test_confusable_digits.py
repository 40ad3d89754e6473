"""Letters as digits, digits of other scripts."""

from __future__ import annotations

import pytest

from medloc.checks.confusable_digits import confusable_digits
from tests.checks.pairing import alarms


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "Take 10 mg", "Tome 10 mg", id="digits"),
        pytest.param("es", "Drink 5 l", "Beba 5l", id="litres glued to a number"),
        pytest.param("es", "O2 and CO2, I10", "O2 y CO2, I10", id="names"),
        pytest.param("ar", "Take 10 mg", "خذ ١٠ ملغ", id="Arabic digits"),
        pytest.param("fa", "Take 10 mg", "۱۰ میلی\u200cگرم", id="Persian digits"),
        pytest.param("hi", "Take 10 mg", "१० मिलीग्राम", id="Hindi digits"),
        pytest.param("ja", "Take 10 mg", "１０ mg", id="full-width digits in Japanese"),
        pytest.param("es", "Write ٣", "Escriba ٣", id="digits of the source"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert not alarms(confusable_digits, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "Take 10 mg", "Tome 1O mg", id="O for 0"),
        pytest.param("es", "Take 15 mg", "Tome l5 mg", id="l for 1"),
        pytest.param("ru", "Take 30 mg", "Примите З0 мг", id="Cyrillic Ze for 3"),
        pytest.param("fr", "Take 10 mg", "Prenez １０ mg", id="full-width digits in French"),
        pytest.param("es", "Take 10 mg", "Tome ١٠ mg", id="Arabic digits in Spanish"),
        pytest.param("hi", "Take 10 mg", "১০ मिलीग्राम", id="Bengali digits in Hindi"),
        pytest.param("ar", "Take 12 mg", "خذ 1٢ ملغ", id="two kinds in one number"),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    found = alarms(confusable_digits, locale, source, target)
    assert found
    assert all(0 <= start < end <= len(target) for one in found for start, end in one.target)
