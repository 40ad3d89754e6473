"""Minus and ±: lost, added, or said in words."""

from __future__ import annotations

import pytest

from medloc.checks.reading import Context, Issue, Reading, Side
from medloc.checks.signs import signs
from medloc.model import Pair


def issues(language: str, source: str, target: str) -> list[Issue]:
    context = Context(target=language)
    pair = Pair("a.po", language, "", source, target)
    return list(signs(Reading(pair, Side(source, "en"), Side(target, language), context)))


CLEAN = [
    ("es", "Store at -20 °C.", "Conservar a −20 °C."),
    ("es", "Store at -20 °C.", "Conservar a menos 20 °C."),
    ("zh", "Store at -20 °C.", "在零下20°C保存。"),
    ("ru", "Store at −20 °C.", "Хранить при 20 градусах мороза."),
    ("ar", "Store at -20 °C.", "يحفظ عند 20- درجة."),
    ("fr", "10 ± 2 mg", "10 ± 2 mg"),
    ("fr", "pages 5 -10 and COVID -19", "pages 5 à 10 et COVID 19"),
    ("de", "5-10 days", "5–10 Tage"),
    ("ja", "non-5 and pre-2019", "5と2019"),
    ("es", "- 5 mg", "5 mg"),
]


@pytest.mark.parametrize(("language", "source", "target"), CLEAN)
def test_equal_signs_pass(language: str, source: str, target: str) -> None:
    assert issues(language, source, target) == []


WRONG = [
    ("es", "Store at -20 °C.", "Conservar a 20 °C."),
    ("ru", "Store at −70 °C.", "Хранить при 70 °C."),
    ("hi", "Store at -20 °C.", "20 °C पर रखें।"),
    ("zh", "Store at 20 °C.", "在 -20 °C 保存。"),
    ("fr", "10 ±2 mg", "10 à 2 mg"),
]


@pytest.mark.parametrize(("language", "source", "target"), WRONG)
def test_a_sign_lost_or_added_is_caught(language: str, source: str, target: str) -> None:
    assert len(issues(language, source, target)) == 1
