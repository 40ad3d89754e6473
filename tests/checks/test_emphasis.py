"""Emphasis."""

from __future__ import annotations

import pytest

from medloc.checks.emphasis import emphasis
from tests.checks.pairing import alarms


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "Take **one** pill.", "Tome **una** pastilla.", id="bold kept"),
        pytest.param("ja", "Take **one** pill.", "**1錠**を飲む。", id="bold in Japanese"),
        pytest.param("zh", "See *this* page.", "见ABC*本*页。", id="between letters"),
        pytest.param("es", "5 * 3 = 15", "5 * 3 = 15", id="times"),
        pytest.param("es", "snake_case_name", "snake_case_name", id="underscores in a name"),
        pytest.param(
            "es", "*Listeria* and __now__", "*Listeria* y __ahora__", id="slanted and bold"
        ),
        pytest.param("es", "a footnote*", "una nota*", id="footnote mark"),
        pytest.param("es", "***both***", "***ambos***", id="bold and slanted"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert not alarms(emphasis, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "Take **one** pill.", "Tome **una pastilla.", id="half gone"),
        pytest.param("es", "Take **one** pill.", "Tome una** pastilla.", id="other half gone"),
        pytest.param("es", "Take **one** pill.", "Tome ** una ** pastilla.", id="blanks inside"),
        pytest.param("es", "Take **one** pill.", "Tome una pastilla.", id="bold gone"),
        pytest.param("es", "Take one.", "Tome **una**.", id="bold added"),
        pytest.param("es", "~~old~~", "viejo", id="strike gone"),
        pytest.param("es", "*Listeria*", "Listeria", id="slant gone"),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    found = alarms(emphasis, locale, source, target)
    assert found
    assert all(0 <= start < end <= len(target) for one in found for start, end in one.target)
