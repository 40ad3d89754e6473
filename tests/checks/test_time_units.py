"""Units of time exchanged, and those that are only written otherwise."""

import pytest

from medloc.checks.time_units import time_units
from tests.checks.pairing import issues

COURSE = "Every 6 hours for 14 days."


@pytest.mark.parametrize(
    ("locale", "right", "wrong"),
    [
        ("es", "Cada 6 horas durante 14 días.", "Cada 6 horas durante 14 semanas."),
        ("fr", "Toutes les 6 heures pendant 14 jours.", "Toutes les 6 minutes pendant 14 jours."),
        ("de", "Alle 6 Stunden über 14 Tage.", "Alle 6 Stunden über 14 Wochen."),
        ("it", "Ogni 6 ore per 14 giorni.", "Ogni 6 ore per 14 mesi."),
        ("pt", "A cada 6 horas por 14 dias.", "A cada 6 horas por 14 semanas."),
        ("pl", "Co 6 godzin przez 14 dni.", "Co 6 minut przez 14 dni."),
        ("ru", "Каждые 6 часов в течение 14 дней.", "Каждые 6 часов в течение 14 недель."),
        ("uk", "Кожні 6 годин упродовж 14 днів.", "Кожні 6 годин упродовж 14 тижнів."),
        ("tr", "14 gün boyunca her 6 saatte bir.", "14 hafta boyunca her 6 saatte bir."),
        ("id", "Setiap 6 jam selama 14 hari.", "Setiap 6 menit selama 14 hari."),
        ("sw", "Kila baada ya saa 6 kwa siku 14.", "Kila baada ya saa 6 kwa wiki 14."),
        ("vi", "Mỗi 6 giờ trong 14 ngày.", "Mỗi 6 giờ trong 14 tuần."),
        ("ar", "كل 6 ساعات لمدة 14 يومًا.", "كل 6 ساعات لمدة 14 أسبوعًا."),
        ("fa", "هر ۶ ساعت به مدت ۱۴ روز.", "هر ۶ ساعت به مدت ۱۴ هفته."),
        ("he", "כל 6 שעות במשך 14 ימים.", "כל 6 שעות במשך 14 שבועות."),
        ("hi", "14 दिनों तक हर 6 घंटे में।", "14 सप्ताह तक हर 6 घंटे में।"),
        ("bn", "১৪ দিন ধরে প্রতি ৬ ঘণ্টায়।", "১৪ সপ্তাহ ধরে প্রতি ৬ ঘণ্টায়।"),
        ("zh", "每6小时一次，持续14天。", "每6小时一次，持续14周。"),
        ("ja", "6時間ごとに14日間。", "6時間ごとに14週間。"),
        ("ko", "14일 동안 6시간마다.", "14주 동안 6시간마다."),
    ],
)
def test_exchanged_time_is_caught_and_the_right_one_passes(
    locale: str, right: str, wrong: str
) -> None:
    assert not issues(time_units, locale, COURSE, right)
    assert len(issues(time_units, locale, COURSE, wrong)) == 1


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("es", "2 weeks", "14 días"),
        ("fr", "24 hours a day", "1 jour"),
        ("de", "children under 12", "Kinder unter 12 Jahren"),
        ("zh", "On 3 March, 3 hours later", "3月3日，3小时后"),
        ("vi", "in 2020, on day 3", "năm 2020, vào ngày 3"),
        ("es", "a 6-month-old, 6 days later", "6 días después, de 6 meses"),
    ],
)
def test_rescaled_and_dated_times_pass(locale: str, source: str, target: str) -> None:
    assert not issues(time_units, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("es", "for three days", "durante tres semanas"),
        ("fr", "a 10-day course", "une cure de 10 semaines"),
        ("es", "under 12 years of age", "menores de 12 meses"),
        ("vi", "after 2 hours", "sau 2 mgiờ"),
        ("es", "on day 3", "en la semana 3"),
    ],
)
def test_words_ages_and_numbered_days_are_caught(locale: str, source: str, target: str) -> None:
    assert len(issues(time_units, locale, source, target)) == 1


def test_months_of_which_the_source_does_not_speak_are_caught() -> None:
    assert issues(time_units, "es", "Not for children under 12.", "No dar a menores de 12 meses.")
    assert not issues(time_units, "es", "Under 12 or 6 months.", "Menos de 12 meses o 6 meses.")


@pytest.mark.parametrize(
    ("locale", "source", "wrong"),
    [
        ("pl", "If you are under 18.", "Jeśli masz poniżej 18 minut."),
        ("es", "People aged 65 or older.", "Personas de 65 días o más."),
        ("zh", "It began in March 2020.", "始于2020分钟3月。"),
    ],
)
def test_an_age_or_a_year_in_minutes_is_caught(locale: str, source: str, wrong: str) -> None:
    assert issues(time_units, locale, source, wrong)


def test_the_hebrew_article_on_a_unit_passes() -> None:
    assert not issues(time_units, "he", "In the last 14 days.", "ב-14 הימים האחרונים.")
    assert issues(time_units, "he", "In the last 14 days.", "ב-14 השבועות האחרונים.")
