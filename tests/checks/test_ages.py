"""Children and adults."""

import pytest

from medloc.checks.ages import ages
from tests.checks.pairing import issues


@pytest.mark.parametrize(
    ("locale", "source", "right", "wrong"),
    [
        ("es", "Not for children.", "No apto para niños.", "No apto para adultos."),
        ("fr", "For adults only.", "Réservé aux adultes.", "Réservé aux enfants."),
        ("ru", "Not for infants.", "Не для младенцев.", "Не для взрослых."),
        ("ar", "For adults.", "للبالغين.", "للأطفال."),
    ],
)
def test_exchanged_age_is_caught_and_the_right_one_passes(
    locale: str, source: str, right: str, wrong: str
) -> None:
    assert not issues(ages, locale, source, right)
    assert len(issues(ages, locale, source, wrong)) == 1


def test_other_words_for_an_age_pass() -> None:
    assert not issues(ages, "es", "Older adults and children.", "Ancianos y niños.")
    assert not issues(ages, "es", "Babies under 2.", "Menores de 2 años.")
