"""The tables in data/all: every language with full data is in each that concerns it."""

import pytest

from medloc.checks.kinship import subject
from medloc.checks.reading import Context, Reading, Side
from medloc.checks.sentences import expansion
from medloc.checks.tongues import chinese, script_of, tongues
from medloc.model import Pair

FULL = "es fr de it pt ru uk pl tr ar fa he hi bn id sw zh ja ko vi".split()  # noqa: SIM905


@pytest.mark.parametrize("language", FULL)
def test_a_language_with_full_data_has_a_length_and_concepts(language: str) -> None:
    assert 0.25 < (expansion(language) or 0) < 1.5
    source = "The patient has a fever."
    pair = Pair("a.po", language, "", source, "x")
    sides = Side(source, "en"), Side("x", language)
    assert subject(Reading(pair, *sides, Context(language))).concepts_lost == 2


@pytest.mark.parametrize("language", [one for one in FULL if one not in ("zh", "ja", "ko")])
def test_a_language_with_neighbours_in_its_script_has_common_words(language: str) -> None:
    bit = tongues().bit(language)
    assert bit
    assert sum(bool(bits & bit) for bits in tongues().words.values()) >= 30


def test_locales_are_written_in_their_scripts() -> None:
    known = tongues()
    assert known.written("es") == ("Latn",)
    assert known.written("sr_Latn") == ("Latn",)
    assert known.written("sr") == ("Cyrl",)
    assert known.written("ja") == ("Kana", "Hani")


def test_letters_know_their_script_and_characters_their_form() -> None:
    assert [script_of(letter) for letter in "aяعहक中かカ한ก"] == [
        "Latn", "Cyrl", "Arab", "Deva", "Deva", "Hani", "Kana", "Kana", "Kore", "Thai",
    ]  # fmt: skip
    assert [chinese(letter) for letter in "医醫中"] == ["Hans", "Hant", ""]
