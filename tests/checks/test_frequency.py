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
        ("ja", "At most 4 a day.", "1日4錠まで。", "1週間4錠まで。"),
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
        ("ja", "Given more than once.", "二回以上投与。"),
    ],
)
def test_missing_and_vague_frequencies_pass(locale: str, source: str, target: str) -> None:
    assert not issues(frequency, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "right", "weekly", "thrice"),
    [
        ("de", "Zweimal täglich.", "Zweimal wöchentlich.", "Dreimal täglich."),
        ("de", "2-mal am Tag.", "2-mal pro Woche.", "3-mal am Tag."),
        ("it", "Due volte al giorno.", "Due volte alla settimana.", "Tre volte al giorno."),
        ("pt", "Duas vezes por dia.", "Duas vezes por semana.", "Três vezes por dia."),
        ("pl", "Dwa razy dziennie.", "Dwa razy w tygodniu.", "Trzy razy dziennie."),
        ("ru", "Два раза в день.", "Два раза в неделю.", "Три раза в день."),
        ("uk", "Двічі на день.", "Двічі на тиждень.", "Тричі на день."),
        ("tr", "Günde iki kez.", "Haftada iki kez.", "Günde üç kez."),
        ("ar", "مرتين في اليوم.", "مرتين في الأسبوع.", "ثلاث مرات في اليوم."),
        ("fa", "دو بار در روز.", "دو بار در هفته.", "سه بار در روز."),
        ("he", "פעמיים ביום.", "פעמיים בשבוע.", "שלוש פעמים ביום."),
        ("hi", "दिन में दो बार।", "सप्ताह में दो बार।", "दिन में तीन बार।"),
        ("bn", "দিনে দুইবার।", "সপ্তাহে দুইবার।", "দিনে তিনবার।"),
        ("id", "Dua kali sehari.", "Dua kali seminggu.", "Tiga kali sehari."),
        ("sw", "Mara mbili kwa siku.", "Mara mbili kwa wiki.", "Mara tatu kwa siku."),
        ("vi", "Hai lần mỗi ngày.", "Hai lần mỗi tuần.", "Ba lần mỗi ngày."),
        ("zh", "每天两次。", "每周两次。", "每天三次。"),
        ("zh", "每日2次。", "每周2次。", "每日3次。"),
        ("ja", "毎日2回。", "毎週2回。", "毎日3回。"),
        ("ko", "하루 두 번.", "일주일에 두 번.", "하루 세 번."),
    ],
)
def test_twice_a_day_is_told_from_weekly_and_thrice(
    locale: str, right: str, weekly: str, thrice: str
) -> None:
    assert not issues(frequency, locale, "Twice a day.", right)
    assert issues(frequency, locale, "Twice a day.", weekly)
    assert issues(frequency, locale, "Twice a day.", thrice)
