"""Frequencies exchanged, and those that are only written otherwise."""

import pytest

from medloc.checks.frequency import frequency
from tests.checks.pairing import issues


@pytest.mark.parametrize(
    ("locale", "source", "right", "wrong"),
    [
        ("es", "Take it twice a day.", "Tómelo dos veces al día.", "Tómelo tres veces al día."),
        ("es", "Take it twice a day.", "Tómelo 2 veces al día.", "Tómelo 3 veces al día."),
        ("es", "Take it weekly.", "Tómelo cada semana.", "Tómelo a diario."),
        ("fr", "Take it twice daily.", "À prendre deux fois par jour.", "Une fois par jour."),
        ("ar", "Take it weekly.", "تناوله أسبوعيًا.", "تناوله يوميًا."),
        ("zh", "Take it every day.", "每天服用。", "每周服用。"),
    ],
)
def test_exchanged_frequency_is_caught_and_the_right_one_passes(
    locale: str, source: str, right: str, wrong: str
) -> None:
    assert not issues(frequency, locale, source, right)
    assert issues(frequency, locale, source, wrong)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("es", "A day or two later, a month ago.", "Uno o dos días después, hace un mes."),
        ("es", "Take it daily.", "Tómelo."),
        ("es", "Twice.", "Muchas veces."),
    ],
)
def test_missing_and_vague_frequencies_pass(locale: str, source: str, target: str) -> None:
    assert not issues(frequency, locale, source, target)
