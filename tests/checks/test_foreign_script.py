"""Words of a foreign script."""

from __future__ import annotations

import pytest

from medloc.checks.foreign_script import foreign_script
from tests.checks.pairing import alarms


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("zh_Hans", "PCR test", "PCR检测", id="Latin name in Chinese"),
        pytest.param("ja", "web", "ウェブで調べる。Webサイト", id="Japanese"),
        pytest.param("sr", "fever", "groznica", id="Serbian in Latin letters"),
        pytest.param("sr", "fever", "грозница", id="Serbian in Cyrillic letters"),
        pytest.param("ko", "Diabetes", "당뇨(糖尿)", id="Hanja in brackets"),
        pytest.param("es", "Wuhan (武汉)", "Wuhan (武汉)", id="Chinese of the source"),
        pytest.param("es", "alpha", "α-bloqueante y β-lactámico, 5 µm", id="Greek letters"),
        pytest.param("ru", "Pfizer and BioNTech", "Pfizer и BioNTech", id="names of the source"),
        pytest.param("ar", "in vitro", "في المختبر (in vitro)", id="Latin in brackets"),
        pytest.param(
            "ru",
            "the library abctools (a.org/x)",
            "библиотека abctools (a.org/x)",
            id="tool with its address",
        ),
        pytest.param("el", "fever", "πυρετός", id="Greek"),
        pytest.param("az", "fever", "qızdırma", id="Azerbaijani"),
        pytest.param("es", "Fever", "Лихорадка", id="a whole text, which wrong-language reports"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert not alarms(foreign_script, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param(
            "es",
            "clinical signs",
            "signos клинические de la enfermedad",
            id="Russian word in Spanish",
        ),
        pytest.param(
            "fr", "gas exchange", "les échanges الغازات du poumon", id="Arabic word in French"
        ),
        pytest.param(
            "ar", "inflammation", "التهاب воспаление في الرئة", id="Russian word in Arabic"
        ),
        pytest.param("zh_Hans", "Drink water", "请喝水です", id="kana in Chinese"),
        pytest.param("ru", "new infection", "новая santé инфекция", id="French word in Russian"),
        pytest.param("hi", "inflammation", "सूजन প্রদাহ होती है", id="Bengali word in Hindi"),
        pytest.param("ja", "fever", "発熱 лихорадка がある", id="Russian word in Japanese"),
        pytest.param(
            "he", "progressive", "מחלה progressive של העצבים", id="English word left in Hebrew"
        ),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    found = alarms(foreign_script, locale, source, target)
    assert found
    assert all(0 <= start < end <= len(target) for one in found for start, end in one.target)
