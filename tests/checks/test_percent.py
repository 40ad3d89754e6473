"""Percent: lost, added, or said in another way."""

from __future__ import annotations

import pytest

from medloc.checks.percent import percent
from medloc.checks.reading import Context, Issue, Reading, Side
from medloc.model import Pair


def issues(language: str, source: str, target: str) -> list[Issue]:
    context = Context(target=language)
    pair = Pair("a.po", language, "", source, target)
    return list(percent(Reading(pair, Side(source, "en"), Side(target, language), context)))


CLEAN = [
    ("es", "In 11.8% of the 138 cases", "En el 11,8\xa0% de los 138 casos"),
    ("es", "20-30% of people", "Del 20 % al 30 % de las personas"),
    ("fr", "between 20 and 30 percent", "entre 20 et 30 %"),
    ("ru", "66 percent", "66 процентов"),
    ("ar", "41% of 99.4 percent", "41٪ من 99.4 بالمئة"),
    ("fa", "41% of the cases", "۴۱ درصد از موارد"),
    ("fa", "41% of the cases", "٪۴۱ از موارد"),
    ("tr", "41% of the 50 cases", "50 vakanın %41'i"),
    ("zh", "41% of the cases", "百分之41的病例"),
    ("ja", "60% alcohol", "６０％のアルコール"),
    ("vi", "60% alcohol", "cồn 60 phần trăm"),
    ("id", "60% alcohol", "alkohol 60 persen"),
    ("sw", "60% alcohol", "pombe asilimia 60"),
    ("he", "60% alcohol", "60 אחוזים אלכוהול"),
    ("fr", "about 80% of those over 60", "environ 80 % des plus de 60 ans"),
]


@pytest.mark.parametrize(("language", "source", "target"), CLEAN)
def test_equal_percents_pass(language: str, source: str, target: str) -> None:
    assert issues(language, source, target) == []


WRONG = [
    ("es", "at most 92% of the material", "como máximo el 92 del material"),
    ("fr", "7,162 (5.8%) of 122,653", "7\xa0162 (5,8) sur 122\xa0653"),
    ("ru", "41% of the cases", "41 случаев"),
    ("ar", "95% of the cases", "95 من الحالات"),
    ("fa", "41% of the cases", "۴۱ از موارد"),
    ("tr", "41% of the cases", "vakaların 41'i"),
    ("zh", "60% alcohol", "60酒精"),
    ("sw", "60% alcohol", "pombe 60"),
    ("de", "41 of the cases", "41 % der Fälle"),
]


@pytest.mark.parametrize(("language", "source", "target"), WRONG)
def test_percent_lost_or_added_is_caught(language: str, source: str, target: str) -> None:
    assert len(issues(language, source, target)) == 1
