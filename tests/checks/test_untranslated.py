"""Translations that are the source."""

import pytest

from medloc.checks.untranslated import untranslated
from medloc.model import Severity
from tests.checks.pairing import issues

SENTENCE = "Take one tablet with water every morning."


@pytest.mark.parametrize(
    "locale", ["es", "fr", "de", "ru", "ar", "hi", "zh_Hans", "ja", "th", "vi"]
)
def test_a_sentence_left_as_it_is_is_an_error(locale: str) -> None:
    assert [i.severity for i in issues(untranslated, locale, SENTENCE, SENTENCE)] == [
        Severity.ERROR
    ]


def test_other_spacing_case_or_one_changed_word_is_still_untranslated() -> None:
    source = "Wash your hands often with soap and warm water for at least twenty seconds."
    for target in (source.upper(), source.rstrip("."), source.replace("water", "agua")):
        assert issues(untranslated, "es", source, target), target


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("es", "COVID-19"), ("es", "Ibuprofeno"), ("fr", "Virus"), ("de", "Parkinson"),
        ("ru", "SARS-CoV-2"), ("ar", "ACE2"), ("es", "12.5"), ("es", "https://www.who.int/"),
        ("ja", "WHO"), ("pt_BR", "Bell"), ("fr", "{dose}"), ("es", "Marie Curie"),
    ],
)  # fmt: skip
def test_names_codes_numbers_and_addresses_may_stay(locale: str, text: str) -> None:
    assert not issues(untranslated, locale, text, text)


def test_two_words_left_are_a_warning_and_little_words_give_them_away() -> None:
    (issue,) = issues(untranslated, "es", "muscle weakness", "muscle weakness")
    assert issue.severity is Severity.WARNING
    (issue,) = issues(untranslated, "es", "Loss of balance", "Loss of balance")
    assert issue.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("locale", "text"), [("es", "Muscle Pain"), ("de", "Cough"), ("sw", "Fever")]
)
def test_a_heading_of_words_that_the_language_has_is_a_warning(locale: str, text: str) -> None:
    assert [i.severity for i in issues(untranslated, locale, text, text)] == [Severity.WARNING]


def test_a_translation_passes() -> None:
    assert not issues(untranslated, "es", SENTENCE, "Tome un comprimido con agua cada mañana.")
    assert not issues(untranslated, "zh_Hans", SENTENCE, "每天早晨用水送服一片。")


def test_english_for_english_readers_is_no_translation() -> None:
    assert not issues(untranslated, "en_GB", SENTENCE, SENTENCE)
