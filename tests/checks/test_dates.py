"""Weekdays and numeric dates."""

import pytest

from medloc.checks.dates import dates
from medloc.languages import day_names
from tests.checks.pairing import issues


@pytest.mark.parametrize(
    ("locale", "right", "wrong"),
    [
        ("es", "Venga el jueves.", "Venga el martes."),
        ("fr", "Venez jeudi.", "Venez mardi."),
        ("de", "Kommen Sie am Donnerstag.", "Kommen Sie am Dienstag."),
        ("pt", "Venha na quinta-feira.", "Venha na terça-feira."),
        ("ru", "Приходите в четверг.", "Приходите во вторник."),
        ("ru", "Приходите к четвергу.", "Приходите к пятнице."),
        ("ar", "تعال يوم الخميس.", "تعال يوم الثلاثاء."),
        ("he", "בואו ביום חמישי.", "בואו ביום שלישי."),
        ("vi", "Hãy đến vào thứ Năm.", "Hãy đến vào thứ Ba."),
        ("zh", "请于星期四来。", "请于周二来。"),
        ("ja", "木曜日に来てください。", "火曜日に来てください。"),
        ("ko", "목요일에 오세요.", "화요일에 오세요."),
        ("sw", "Njoo Alhamisi.", "Njoo Jumanne."),
        ("id", "Datanglah hari Kamis.", "Datanglah hari Selasa."),
    ],
)
def test_exchanged_weekday_is_caught_and_the_right_one_passes(
    locale: str, right: str, wrong: str
) -> None:
    assert not issues(dates, locale, "Come on Thursday.", right)
    assert len(issues(dates, locale, "Come on Thursday.", wrong)) == 1


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("es", "On 5 March 2020.", "El 05/03/2020."),
        ("de", "On March 5, 2020.", "Am 5.3.2020."),
        ("zh", "On 5 March 2020.", "2020-03-05。"),
        ("fa", "On 5 March 2020.", "۱۴۱۳/۱۲/۱۵"),
        ("es", "On 2020-03-15.", "El 15/03/2020."),
        ("es", "On Thursday.", "Al día siguiente."),
        ("es", "On 3/5/2020.", "El 3/5/2020."),
    ],
)
def test_date_in_the_order_of_the_locale_passes(locale: str, source: str, target: str) -> None:
    assert not issues(dates, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("es", "On 5 March 2020.", "El 03/05/2020."),
        ("de", "On March 5th, 2020.", "Am 3.5.2020."),
        ("fr", "On 2020-03-05.", "Le 03/05/2020."),
        ("es", "On March 5.", "El 2020-05-03."),
    ],
)
def test_day_and_month_exchanged_are_caught(locale: str, source: str, target: str) -> None:
    assert len(issues(dates, locale, source, target)) == 1


def test_names_of_days_do_not_leak_from_one_locale_into_another() -> None:
    day_names.cache_clear()
    assert day_names("sw")[0] == ("Jumatatu",)
    assert day_names("de")[0] == ("Montag",)
