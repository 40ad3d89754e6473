"""The unit beside a number, however a language writes it."""

import re

import pytest

from medloc.checks.lexicon import lexicon
from medloc.checks.measures import damaged_unit, unit_at


def unit(locale: str, text: str) -> str | None:
    """The unit of the first number of a text."""
    number = re.search(r"\d+", text)
    assert number is not None
    found = unit_at(text, (), number.start(), number.end(), lexicon(locale))
    return found and found[0]


@pytest.mark.parametrize(
    ("locale", "text", "key"),
    [
        ("en", "5mg", "mg"),
        ("en", "5 milligrams", "mg"),
        ("en", "a 12-year-old", "year"),
        ("en", "98 degrees Fahrenheit", "°F"),
        ("en", "37 ℃", "°C"),
        ("en", "120 mm Hg", "mmHg"),
        ("en", "5 mg per kg", "mg/kg"),
        ("en", "90 mg/dL", "mg/dl"),
        ("en", "50 m2 and", "m²"),
        ("en", "5 cm3", "ml"),
        ("en", "day 3", "day"),
        ("en", "50%", "%"),
        ("tr", "%50", "%"),
        ("ru", "5 мг", "mg"),
        ("ru", "5 г.", "g"),
        ("ru", "2020 г.", "year"),
        ("uk", "2020 р.", "year"),
        ("ru", "24 ч", "hour"),
        ("de", "14 Tagen", "day"),
        ("tr", "14 günlük", "day"),
        ("bn", "14 দিনের", "day"),
        ("hi", "14 दिनों", "day"),
        ("ar", "37 درجة مئوية", "°C"),
        ("ar", "5 أَيَّام", "day"),
        ("fa", "5 میلی‌گرم", "mg"),
        ("fa", "5 میلی گرم", "mg"),
        ("he", '5 מ"ג', "mg"),
        ("zh", "5毫克", "mg"),
        ("zh", "3个月", "month"),
        ("zh", "5个小时", "hour"),
        ("ja", "5㎎を", "mg"),
        ("ja", "38℃の熱", "°C"),
        ("ja", "摂氏38度", "°C"),
        ("vi", "12 tháng", "month"),
        ("ko", "3시간마다", "hour"),
        ("sw", "siku 3 za", "day"),
        ("sw", "miligramu 5", "mg"),
        ("xx", "5 mg", "mg"),
    ],
)
def test_unit_is_read(locale: str, text: str, key: str) -> None:
    assert unit(locale, text) == key


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "2020 in China"),
        ("en", "the 1980s"),
        ("es", "10 a 20"),
        ("es", "10 y 20"),
        ("fr", "5 l'eau"),
        ("en", "5 grandmothers"),
        ("zh", "3月"),
        ("vi", "ngày 3"),
        ("vi", "2 gạch"),
        ("de", "1 um die"),
        ("it", "0 ma"),
        ("id", "SDM 4500"),
        ("vi", "12 tháng 4"),
        ("vi", "12 tháng Tư"),
        ("en", "5"),
        ("en", "5G"),
    ],
)
def test_ordinary_word_is_no_unit(locale: str, text: str) -> None:
    assert unit(locale, text) is None


def test_span_is_of_the_given_text() -> None:
    text = "خذ 5 أَيَّام متتالية"
    found = unit_at(text, (), 3, 4, lexicon("ar"))
    assert found is not None
    assert text[slice(*found[1])] == "أَيَّام"


def test_replaced_letter_inside_a_unit_is_seen() -> None:
    assert damaged_unit("2 cmètres", 1, lexicon("fr")) == ("m", (2, 9))
    assert damaged_unit("2 grand-mères", 1, lexicon("fr")) is None


def test_a_long_text_of_one_character_is_read_at_once() -> None:
    for letter in "5gм م日":
        assert unit_at(letter * 100_000, (), 0, 1, lexicon("ar")) is not False
