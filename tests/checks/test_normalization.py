"""Loose accents."""

from __future__ import annotations

import pytest

from medloc.checks.normalization import normalization
from tests.checks.pairing import alarms


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "infection", "infección", id="joined accent"),
        pytest.param("hi", "bad", "ख़राब क़", id="Hindi letters that NFC takes apart"),
        pytest.param("bn", "big", "বড়", id="Bengali dotted letter"),
        pytest.param("ar", "is", "إنَّ َّ", id="order of Arabic marks"),
        pytest.param("lt", "a", "māl̃", id="no joined letter exists"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert not alarms(normalization, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "infection", "infección", id="loose acute in Spanish"),
        pytest.param("ru", "yo", "ёлка", id="loose dots in Russian"),
        pytest.param("vi", "fever", "sốt", id="loose tone in Vietnamese"),
        pytest.param("ja", "pill", "がん", id="loose voicing mark in Japanese"),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    found = alarms(normalization, locale, source, target)
    assert found
    assert all(0 <= start < end <= len(target) for one in found for start, end in one.target)
