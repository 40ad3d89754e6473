"""Typed values per locale: CLDR's patterns, or a clear error; never an identifier."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from medloc.model import Quantity
from medloc.quantities import QuantityError, known_unit, write
from tests.written_quantities import problem_with, random_quantities

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


@pytest.mark.parametrize(
    ("quantity", "locale", "expected"),
    [
        (Quantity("n", "1234567"), "hi", "12,34,567"),
        (Quantity("n", "1234567.5"), "bn", "১২,৩৪,৫৬৭.৫"),
        (Quantity("n", "1e6"), "en", "1,000,000"),
        (Quantity("n", "0"), "my", "၀"),
        (Quantity("n", "10"), "hnj", "\U0001e141\U0001e140"),
        (Quantity("t", "-20", unit="celsius"), "sv", "−20\u00a0°C"),
        (Quantity("t", "-25", "-15", unit="celsius"), "es", "-25\u00a0–\u00a0-15\u00a0°C"),
        (Quantity("t", "-5", unit="percent"), "tr", "-%5"),
        (Quantity("t", "5", "8", unit="percent"), "eu", "%\u00a05–8"),
        (Quantity("t", "5", unit="percent"), "fa", "\u2068۵٪\u2069"),
        (Quantity("w", "1", unit="week"), "pl", "1\u00a0tydz."),
        (Quantity("w", "5", unit="week"), "pl", "5\u00a0tyg."),
        (Quantity("d", "2", unit="day"), "he", "\u20682\u00a0ימ׳\u2069"),
        (Quantity("d", date=dt.date(1796, 5, 14)), "fa", "\u2068۱۴ مهٔ ۱۷۹۶\u2069"),
    ],
)
def test_signs_groups_and_digits_are_those_of_the_language(
    quantity: Quantity, locale: str, expected: str
) -> None:
    assert write(quantity, locale) == expected


def test_a_sign_does_not_turn_a_right_to_left_value_round() -> None:
    # An isolate takes its direction from the first strong character: not from the sign's own mark.
    written = write(Quantity("t", "-20", unit="celsius"), "ar")
    assert written == "\u2068\u200f\u200e-20°م\u2069"
    both = write(Quantity("t", "-25", "-15", unit="celsius"), "ar")
    assert both == "\u2068\u200f\u200e-25\u200f\u00a0–\u00a0\u200f\u200e-15°م\u2069"
    latin = write(Quantity("t", "-25", "-15", unit="celsius"), "he")
    assert latin == "\u2068\u200e-25\u00a0–\u00a0\u200e-15°C\u2069"


def test_a_unit_that_begins_with_a_digit_is_refused() -> None:
    # Russian decades are "8 10-летий", which reads as 810 years of ten.
    with pytest.raises(QuantityError, match="`decade`"):
        write(Quantity("d", "8", unit="decade"), "ru")
    with pytest.raises(QuantityError, match="would pass for a part of the number"):
        write(Quantity("d", "5", unit="unit"), "ru", units={"unit": "{0} 000 ед."})


@pytest.mark.parametrize("value", ["NaN", "Infinity", "five", ""])
def test_what_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(QuantityError, match="is no number"):
        write(Quantity("n", value), "en")


def test_digits_nobody_knows_are_refused() -> None:
    with pytest.raises(QuantityError, match="the digits `roman`"):
        write(DOSE, "es", digits="roman")


@pytest.mark.parametrize(
    "locale",
    ["am", "ar_EG", "bn", "eu", "fa", "ff_Adlm", "he", "hi", "hnj", "ja", "ks", "my", "pl", "ru",
     "se", "sw", "tr", "zh_Hans"],
)  # fmt: skip
def test_random_quantities_read_back_or_name_what_is_missing(locale: str) -> None:
    # `make soak` does this for every locale that Babel knows.
    for quantity, digits in random_quantities(random.Random(locale), 40):
        assert problem_with(quantity, locale, digits) == ""
