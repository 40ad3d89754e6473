"""Typed values per locale: CLDR's patterns, or a clear error; never an identifier."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medloc.model import Quantity
from medloc.quantities import QuantityError, known_unit, write

DOSE = Quantity("dose", "5", unit="milligram")
RATE = Quantity("rate", "5", "8", unit="hertz")
WEEKS = Quantity("weeks", "12", unit="week")
VOLUME = Quantity("volume", "1234.50", unit="milliliter")


@pytest.mark.parametrize(
    ("quantity", "locale", "expected"),
    [
        (DOSE, "en", "5\u00a0mg"),
        (DOSE, "fr", "5\u202fmg"),
        (DOSE, "ru", "5\u00a0мг"),
        (DOSE, "ar", "\u20685\u00a0مغم\u2069"),
        (DOSE, "fa", "\u2068۵\u00a0میلی\u200cگرم\u2069"),
        (DOSE, "sw", "mg\u00a05"),
        (RATE, "en", "5–8\u00a0Hz"),
        (RATE, "es", "5-8\u00a0Hz"),
        (RATE, "ja", "5～8\u00a0Hz"),
        (WEEKS, "de", "12\u00a0Wo."),
        (WEEKS, "hi", "12\u00a0सप्ताह"),
        (WEEKS, "zh_Hans", "12周"),
        (WEEKS, "ar", "\u206812\u00a0أسبوعًا\u2069"),
        (VOLUME, "en", "1,234.50\u00a0mL"),
        (VOLUME, "de", "1.234,50\u00a0ml"),
        (Quantity("p", "5", unit="percent"), "de", "5\u00a0%"),
        (Quantity("p", "5", unit="percent"), "en", "5%"),
        (Quantity("n", "3"), "bn", "৩"),
        (Quantity("d", date=dt.date(2026, 3, 1)), "es", "1 de marzo de 2026"),
    ],
)
def test_a_value_is_written_as_the_locale_writes_it(
    quantity: Quantity, locale: str, expected: str
) -> None:
    assert write(quantity, locale) == expected


def test_a_form_without_a_number_is_never_used() -> None:
    # CLDR's Arabic "two weeks" is one word; a dose schedule must show its number.
    assert "2" in write(Quantity("w", "2", unit="week"), "ar")


def test_digits_of_the_settings_are_used() -> None:
    assert write(DOSE, "ar", digits="arab") == "\u2068٥\u00a0مغم\u2069"


def test_a_pattern_of_units_yaml_comes_first_and_knows_plurals() -> None:
    units = {"tablet": {"one": "{0} tableta", "other": "{0} tabletas"}}
    assert write(Quantity("t", "1", unit="tablet"), "es", units=units) == "1\u00a0tableta"
    assert write(Quantity("t", "1", "2", unit="tablet"), "es", units=units) == "1-2\u00a0tabletas"


@pytest.mark.parametrize("unit", ["tablet", "milligram-per-kilogram", "unicorn"])
def test_a_unit_without_a_pattern_is_an_error_that_names_the_file(unit: str) -> None:
    with pytest.raises(QuantityError) as caught:
        write(Quantity("q", "1", unit=unit), "es")
    assert caught.value.path == "locales/es/units.yaml"
    assert unit in caught.value.found


def test_a_word_that_a_locale_lacks_is_not_borrowed_from_the_root() -> None:
    with pytest.raises(QuantityError, match="no short form of `week`"):
        write(WEEKS, "smn")


def test_units_are_known_by_their_short_and_long_names() -> None:
    assert known_unit("milligram")
    assert known_unit("mass-milligram")
    assert known_unit("percent")
    assert not known_unit("tablet")


@given(
    st.decimals(min_value=0, max_value=99999, places=2),
    st.sampled_from(["milligram", "milliliter", "hour", "day", "week", "month", "celsius"]),
    st.sampled_from(
        [
            "es",
            "fr",
            "de",
            "pt_BR",
            "ru",
            "ar",
            "hi",
            "zh_Hans",
            "ja",
            "sw",
            "fa",
            "he",
            "pl",
            "tr",
            "id",
            "ko",
            "vi",
        ]
    ),
)
def test_no_identifier_reaches_a_page_and_the_digits_stay(
    value: object, unit: str, locale: str
) -> None:
    text = write(Quantity("q", str(value), unit=unit), locale)
    assert not re.search(r"[a-z]+-[a-z]+", text)
    digits = "".join(str(int(c)) for c in text if c.isdecimal())
    assert digits == str(value).replace(".", "")
