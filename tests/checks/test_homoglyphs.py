"""Letters that look alike."""

from __future__ import annotations

import pytest

from medloc.checks.homoglyphs import homoglyphs
from tests.checks.pairing import alarms


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param(
            "es", "interferon gamma", "interferón IFNγ", id="Greek letter of science at the edge"
        ),
        pytest.param("es", "5 µg", "5 μg", id="micro sign as Greek mu"),
        pytest.param("ru", "COVID-19 pandemic", "пандемия COVID-19", id="Latin name in Russian"),
        pytest.param("ru", "hepatitis A and C", "гепатит A и C", id="Latin letters as names"),
        pytest.param(
            "sr", "the virus SARS-CoV-2", "вирус SARS-CoV-2-а", id="Serbian ending behind a hyphen"
        ),
        pytest.param("ru", "p < 0.05", "p < 0,05", id="p value"),
        pytest.param("zh_Hans", "Use USB", "使用ＵＳＢ", id="full-width letters in Chinese"),
        pytest.param("el", "fever", "πυρετός", id="Greek"),
        pytest.param("tr", "fever", "ateş ve öksürük", id="Turkish"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert not alarms(homoglyphs, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "calcium", "cаlcio", id="Cyrillic a in Spanish"),
        pytest.param("fr", "fever", "fiеvre", id="Cyrillic e in French"),
        pytest.param("ru", "important", "вaжно", id="Latin a in Russian"),
        pytest.param("uk", "system", "сiстема", id="Latin i in Ukrainian"),
        pytest.param(
            "ar", "Telekom", "شركة Telеkom", id="Cyrillic letter in a Latin name in Arabic"
        ),
        pytest.param("ja", "PCR test", "РCR検査", id="Cyrillic P in Japanese"),
        pytest.param("de", "heart", "Herzο", id="Greek omicron in German"),
        pytest.param("vi", "fever", "sпt", id="Cyrillic in Vietnamese"),
        pytest.param("ru", "with fever", "c температурой", id="Latin c for Russian с"),
        pytest.param("es", "Take it", "Ｔｏｍｅ", id="full-width letters in Spanish"),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    found = alarms(homoglyphs, locale, source, target)
    assert found
    assert all(0 <= start < end <= len(target) for one in found for start, end in one.target)
