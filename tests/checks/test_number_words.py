"""Numbers in words: changed, or said in another way."""

from __future__ import annotations

import pytest

from medloc.checks.number_words import number_words
from medloc.checks.reading import Context, Issue, Reading, Side
from medloc.model import Pair


def issues(language: str, source: str, target: str) -> list[Issue]:
    context = Context(target=language)
    pair = Pair("a.po", language, "", source, target)
    return list(number_words(Reading(pair, Side(source, "en"), Side(target, language), context)))


CLEAN = [
    ("es", "It takes two to three weeks.", "Tarda de dos a tres semanas."),
    ("es", "two hundred and five children", "doscientos cinco niños"),
    ("fr", "eighty-five people and seventy-one more", "quatre-vingt-cinq et soixante et onze"),
    ("ru", "five days, two to fourteen", "пять дней, от двух до четырнадцати"),
    ("ar", "two days and three nights", "يومان وثلاث ليال"),
    ("ar", "twenty-five patients", "خمسة وعشرون مريضًا"),
    ("fa", "two or three days", "دو یا سه روز"),
    ("he", "three days", "שלושה ימים"),
    ("zh", "two weeks, three kinds", "两周，三种"),
    ("zh", "unified, very, first of all", "统一，十分，第一"),
    ("zh", "Over two hundred people, tens of thousands of cases", "两百多人，数万例病例"),
    ("ja", "The biceps, two people", "二頭筋、二人"),
    ("hi", "one and a half years, two and a half hours", "डेढ़ साल, ढाई घंटे"),
    ("pl", "two thirds, one in five", "dwie trzecie, jeden na pięciu"),
    ("it", "one in five, two out of three", "uno su cinque, due su tre"),
    ("tr", "three months old, twofold, six feet", "üç aylık, iki kat, altı fit"),
    ("ko", "two of the three patients", "환자 세 명 중 두 명"),
    ("de", "the first two cases, a dozen", "die ersten beiden Fälle, ein Dutzend"),
    ("id", "twelve days, twenty-five people", "dua belas hari, dua puluh lima orang"),
    ("sw", "two children, three days", "watoto wawili, siku tatu"),
    ("vi", "five days, fifteen people", "năm ngày, mười lăm người"),
    ("uk", "three days", "три дні"),
    ("pl", "three days", "trzy dni"),
    ("bn", "three days", "তিন দিন"),
    ("es", "Use both hands for two minutes.", "Use las dos manos durante 2 minutos."),
    ("ar", "one of the two", "أحدهما"),
    ("fr", "No one knows the one that works.", "Personne ne sait lequel marche."),
    ("es", "ten million masks", "10 millones de mascarillas"),
]


@pytest.mark.parametrize(("language", "source", "target"), CLEAN)
def test_equal_numbers_pass(language: str, source: str, target: str) -> None:
    assert issues(language, source, target) == []


WRONG = [
    ("de", "three days", "vier Tage"),
    ("it", "three days", "quattro giorni"),
    ("pt", "three days", "quatro dias"),
    ("hi", "three days", "चार दिन"),
    ("tr", "three days", "dört gün"),
    ("ja", "three days", "四日間"),
    ("ko", "three days", "네 가지"),
    ("es", "one tablet", "dos comprimidos"),
    ("es", "a three-minute silence on 4 April", "cuatro minutos de silencio el 4 de abril"),
    ("fr", "2 and 3 and two", "2 et 3 et trois"),
    ("es", "within two weeks", "en tres semanas"),
    ("es", "within two weeks", "en 3 semanas"),
    ("fr", "younger than five years", "moins de six ans"),
    ("fr", "in two weeks, or three to six", "en trois semaines, ou trois à six"),
    ("ru", "under five years of age", "в возрасте до шести лет"),
    ("ar", "five new deaths", "ست وفيات جديدة"),
    ("ar", "three people", "أربعة أشخاص"),
    ("fa", "three days", "چهار روز"),
    ("he", "three days", "ארבעה ימים"),
    ("zh", "three days", "四天"),
    ("id", "twelve days", "tiga belas hari"),
    ("sw", "three days", "siku nne"),
    ("uk", "three days", "чотири дні"),
    ("pl", "three days", "cztery dni"),
    ("bn", "three days", "চার দিন"),
    ("vi", "three days", "bốn ngày"),
]


@pytest.mark.parametrize(("language", "source", "target"), WRONG)
def test_other_numbers_are_caught(language: str, source: str, target: str) -> None:
    assert len(issues(language, source, target)) == 1


def test_a_language_without_a_table_is_not_judged() -> None:
    assert issues("ta", "three days", "நான்கு நாட்கள்") == []
    assert issues("nl", "three days", "vier dagen") == []
