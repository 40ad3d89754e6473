"""Months exchanged, and months that only look so."""

import pytest

from medloc.checks.lexicon import lexicon
from medloc.checks.month_words import months_of
from medloc.checks.months import months
from medloc.checks.reading import Context, Issue, Reading, Side
from medloc.model import Pair


def issues(locale: str, source: str, target: str) -> list[Issue]:
    """What the check says of a pair with an English source."""
    pair = Pair("a.po", locale, "", source, target)
    sides = Side(source, "en"), Side(target, locale)
    return list(months(Reading(pair, *sides, Context(locale))))


def read(locale: str, text: str) -> list[int]:
    """The months of a text."""
    return [month.number for month in months_of(Side(text, locale))]


@pytest.mark.parametrize(
    ("locale", "right", "wrong"),
    [
        ("es", "Vuelva el 5 de marzo.", "Vuelva el 5 de abril."),
        ("fr", "Revenez le 5 mars.", "Revenez le 5 mai."),
        ("de", "Kommen Sie am 5. März.", "Kommen Sie am 5. April."),
        ("it", "Torni il 5 marzo.", "Torni il 5 aprile."),
        ("pt", "Volte em 5 de março.", "Volte em 5 de abril."),
        ("pl", "Proszę wrócić 5 marca.", "Proszę wrócić 5 kwietnia."),
        ("ru", "Приходите 5 марта.", "Приходите 5 апреля."),
        ("uk", "Приходьте 5 березня.", "Приходьте 5 квітня."),
        ("tr", "5 Mart'ta gelin.", "5 Nisan'da gelin."),
        ("id", "Kembali pada 5 Maret.", "Kembali pada 5 April."),
        ("sw", "Rudi tarehe 5 Machi.", "Rudi tarehe 5 Aprili."),
        ("vi", "Hãy quay lại ngày 5 tháng 3.", "Hãy quay lại ngày 5 tháng 4."),
        ("ar", "عد في 5 مارس.", "عد في 5 أبريل."),
        ("fa", "۵ مارس برگردید.", "۵ آوریل برگردید."),
        ("he", "חזרו ב-5 במרץ.", "חזרו ב-5 באפריל."),
        ("hi", "5 मार्च को आएँ।", "5 अप्रैल को आएँ।"),
        ("bn", "৫ মার্চ আসুন।", "৫ এপ্রিল আসুন।"),
        ("zh", "请于3月5日复诊。", "请于4月5日复诊。"),
        ("ja", "3月5日に再診してください。", "4月5日に再診してください。"),
        ("ko", "3월 5일에 오세요.", "4월 5일에 오세요."),
    ],
)
def test_exchanged_month_is_caught_and_the_right_one_passes(
    locale: str, right: str, wrong: str
) -> None:
    source = "Come back on 5 March."
    assert read(locale, right) == [3]
    assert not issues(locale, source, right)
    [issue] = issues(locale, source, wrong)
    assert source[slice(*issue.source[0])] == "March"


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("de", "Come back on 5 March, not in April.", "Kommen Sie am 5.3., nicht im April."),
        ("es", "You may march in April.", "Puede marchar en abril."),
        ("es", "May cause fever in June.", "Puede causar fiebre en junio."),
        ("tr", "Every 10-20 hours in March.", "Mart ayında 10-20 saat aralığında."),
        ("zh", "For 3 months from May.", "从五月起3个月。"),
        ("vi", "For 3 months from May.", "Trong 3 tháng kể từ tháng Năm."),
        ("es", "In March.", "El mes pasado."),
    ],
)
def test_other_ways_to_write_a_month_pass(locale: str, source: str, target: str) -> None:
    assert not issues(locale, source, target)


def test_exchange_inside_two_months_is_caught() -> None:
    source = "From 5 January to 3 February, then 4 January."
    assert issues("fr", source, "Du 5 janvier au 3 février, puis le 4 février.")
    assert not issues("fr", source, "Du 5 janvier au 3 février, puis le 4 janvier.")


def test_decimal_is_no_date() -> None:
    target = "في 19 مارس، 2.26 مليون."
    assert issues("ar", "On 19 February, 2.26 million.", target)


def test_two_words_name_a_month() -> None:
    lexicon("ar")
    assert read("ar", "في 5 كانون الثاني") == [1]


def test_hostile_text_is_read_at_once() -> None:
    for text in ("3月" * 30_000, "tháng " * 20_000, "may " * 20_000, "'" * 100_000):
        for locale in ("zh", "vi", "en"):
            months_of(Side(text, locale))


def test_short_names_that_are_no_abbreviations_are_read_without_a_day() -> None:
    assert read("pl", "luty i maj") == [2, 5]
    assert read("es", "el mar") == []
    assert read("es", "5 mar 2020") == [3]
