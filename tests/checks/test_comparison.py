"""More and less, at least and at most exchanged."""

from __future__ import annotations

import pytest

from medloc.checks.comparison import comparison
from medloc.checks.reading import Context, Reading, Side
from medloc.model import Pair


def messages(locale: str, source: str, target: str) -> list[str]:
    """What the check says of a pair."""
    pair = Pair("a.md", locale, "", source, target)
    reading = Reading(pair, Side(source, "en"), Side(target, locale), Context(locale))
    return [issue.message for issue in comparison(reading)]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "More than 60 people.", "Más de 60 personas.", id="es"),
        pytest.param("es", "Aged ≥65 years.", "Mayores de 65 años o más.", id="sign for words"),
        pytest.param(
            "fr", "At least 5 days.", "Pas moins de 5 jours.", id="other words, same side"
        ),
        pytest.param(
            "es",
            "Do not take more than 4 tablets.",
            "Tome como máximo 4 comprimidos.",
            id="not more than",
        ),
        pytest.param("ar", "Aged >65 years.", "العمر أكثر من 65 عامًا.", id="sign behind in Arabic"),
        pytest.param(
            "es",
            "More people had lower values.",
            "Personas con menos valores.",
            id="lower became less",
        ),
        pytest.param("es", "Rate -> 5, over 4", "Tasa -> 5, más de 4", id="arrow"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert messages(locale, source, target) == []


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "More than 60 people.", "Menos de 60 personas.", id="es"),
        pytest.param("fr", "At least 5 days.", "Au plus 5 jours.", id="fr"),
        pytest.param("ru", "Wait at least 20 seconds.", "Подождите не более 20 секунд.", id="ru"),
        pytest.param(
            "ar", "Wash for at least 20 seconds.", "اغسل لمدة 20 ثانية على الأكثر.", id="ar"
        ),
        pytest.param("zh", "More than 300 trials.", "少于300项试验。", id="zh"),
        pytest.param("es", "Aged ≥65 years.", "Edad ≤65 años.", id="signs"),
        pytest.param("es", "Aged >=65 years.", "Edad <=65 años.", id="signs with equals"),
        pytest.param("ar", "Aged ≥65 years.", "العمر ≤65 عامًا.", id="sign in Arabic"),
        pytest.param("es", "Aged <18 years.", "Mayores de 18 años, más de 18.", id="word for sign"),
        pytest.param("es", "Take up to 4 tablets.", "Tome al menos 4 comprimidos.", id="up to"),
        pytest.param(
            "es",
            "In less than 2 months, over 200 papers.",
            "En menos de 2 meses, menos de 200 artículos.",
            id="one of two numbers",
        ),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    assert messages(locale, source, target)


# More than 300, fewer than 300, at least 20, at most 20: in each language.
WAYS = [
    (
        "es",
        "Más de 300 pacientes.",
        "Menos de 300 pacientes.",
        "Al menos 20 segundos.",
        "Como máximo 20 segundos.",
    ),
    (
        "fr",
        "Plus de 300 patients.",
        "Moins de 300 patients.",
        "Au moins 20 secondes.",
        "Au plus 20 secondes.",
    ),
    (
        "de",
        "Mehr als 300 Patienten.",
        "Weniger als 300 Patienten.",
        "Mindestens 20 Sekunden.",
        "Höchstens 20 Sekunden.",
    ),
    (
        "de",
        "Über 300 Patienten.",
        "Unter 300 Patienten.",
        "Wenigstens 20 Sekunden.",
        "Maximal 20 Sekunden.",
    ),
    (
        "it",
        "Più di 300 pazienti.",
        "Meno di 300 pazienti.",
        "Almeno 20 secondi.",
        "Al massimo 20 secondi.",
    ),
    (
        "pt",
        "Mais de 300 pacientes.",
        "Menos de 300 pacientes.",
        "Pelo menos 20 segundos.",
        "No máximo 20 segundos.",
    ),
    (
        "ru",
        "Более 300 пациентов.",
        "Менее 300 пациентов.",
        "Не менее 20 секунд.",
        "Не более 20 секунд.",
    ),
    (
        "ru",
        "Свыше 300 пациентов.",
        "Меньше 300 пациентов.",
        "По крайней мере 20 секунд.",
        "Максимум 20 секунд.",
    ),
    (
        "uk",
        "Понад 300 пацієнтів.",
        "Менше 300 пацієнтів.",
        "Щонайменше 20 секунд.",
        "Щонайбільше 20 секунд.",
    ),
    (
        "uk",
        "Більше ніж 300 пацієнтів.",
        "Менш ніж 300 пацієнтів.",
        "Не менше 20 секунд.",
        "Максимум 20 секунд.",
    ),
    (
        "pl",
        "Ponad 300 pacjentów.",
        "Mniej niż 300 pacjentów.",
        "Co najmniej 20 sekund.",
        "Co najwyżej 20 sekund.",
    ),
    (
        "pl",
        "Więcej niż 300 pacjentów.",
        "Poniżej 300 pacjentów.",
        "Przynajmniej 20 sekund.",
        "Maksymalnie 20 sekund.",
    ),
    ("tr", "300'den fazla hasta.", "300'den az hasta.", "En az 20 saniye.", "En fazla 20 saniye."),
    ("tr", "300 hastadan fazla.", "300 hastadan az.", "En azından 20 saniye.", "Azami 20 saniye."),
    ("ar", "أكثر من 300 مريض.", "أقل من 300 مريض.", "على الأقل 20 ثانية.", "على الأكثر 20 ثانية."),
    ("fa", "بیش از 300 بیمار.", "کمتر از 300 بیمار.", "حداقل 20 ثانیه.", "حداکثر 20 ثانیه."),
    ("fa", "بیشتر از 300 بیمار.", "زیر 300 بیمار.", "دست‌کم 20 ثانیه.", "حداکثر تا 20 ثانیه."),
    ("he", "יותר מ-300 חולים.", "פחות מ-300 חולים.", "לפחות 20 שניות.", "לכל היותר 20 שניות."),
    ("he", "מעל 300 חולים.", "מתחת ל-300 חולים.", "לא פחות מ-20 שניות.", "לא יותר מ-20 שניות."),
    ("hi", "300 से अधिक मरीज़।", "300 से कम मरीज़।", "कम से कम 20 सेकंड।", "अधिक से अधिक 20 सेकंड।"),
    ("hi", "300 से ज़्यादा मरीज़।", "300 से कम मरीज़।", "न्यूनतम 20 सेकंड।", "अधिकतम 20 सेकंड।"),
    ("bn", "300 জনের বেশি রোগী।", "300 জনের কম রোগী।", "কমপক্ষে 20 সেকেন্ড।", "সর্বোচ্চ 20 সেকেন্ড।"),
    ("bn", "300-এর বেশি রোগী।", "300-এর কম রোগী।", "অন্তত 20 সেকেন্ড।", "সর্বাধিক 20 সেকেন্ড।"),
    (
        "id",
        "Lebih dari 300 pasien.",
        "Kurang dari 300 pasien.",
        "Setidaknya 20 detik.",
        "Paling banyak 20 detik.",
    ),
    (
        "id",
        "Di atas 300 pasien.",
        "Di bawah 300 pasien.",
        "Minimal 20 detik.",
        "Maksimal 20 detik.",
    ),
    (
        "sw",
        "Zaidi ya wagonjwa 300.",
        "Chini ya wagonjwa 300.",
        "Angalau sekunde 20.",
        "Si zaidi ya sekunde 20.",
    ),
    ("zh", "超过300名患者。", "少于300名患者。", "至少20秒。", "最多20秒。"),
    ("ja", "300人を超える患者。", "300人未満の患者。", "少なくとも20秒。", "最大20秒。"),
    ("ja", "300人より多い患者。", "300人より少ない患者。", "20秒以上。", "20秒以下。"),
    ("ko", "300명이 넘는 환자.", "300명 미만의 환자.", "최소 20초.", "최대 20초."),
    ("ko", "300명 이상의 환자.", "300명 이하의 환자.", "적어도 20초.", "기껏해야 20초."),
    (
        "vi",
        "Hơn 300 bệnh nhân.",
        "Ít hơn 300 bệnh nhân.",
        "Ít nhất 20 giây.",
        "Nhiều nhất 20 giây.",
    ),
    (
        "vi",
        "Trên 300 bệnh nhân.",
        "Dưới 300 bệnh nhân.",
        "Tối thiểu 20 giây.",
        "Không quá 20 giây.",
    ),
]


@pytest.mark.parametrize(("locale", "more", "less", "least", "most"), WAYS)
def test_every_language_tells_up_from_down(
    locale: str, more: str, less: str, least: str, most: str
) -> None:
    assert messages(locale, "More than 300 patients.", more) == []
    assert messages(locale, "Fewer than 300 patients.", less) == []
    assert messages(locale, "At least 20 seconds.", least) == []
    assert messages(locale, "At most 20 seconds.", most) == []
    assert messages(locale, "More than 300 patients.", less)
    assert messages(locale, "Fewer than 300 patients.", more)
    assert messages(locale, "At least 20 seconds.", most)
    assert messages(locale, "At most 20 seconds.", least)


@pytest.mark.parametrize(
    ("locale", "most", "least"),
    [
        ("tr", "4 g'dan fazla alınmamalıdır.", "4 g'dan az alınmamalıdır."),
        ("ja", "4錠を超えて服用しないでください。", "4錠未満で服用しないでください。"),
        ("bn", "4টির বেশি খাবেন না।", "4টির কম খাবেন না।"),
        ("es", "No tome más de 4.", "No tome menos de 4."),
    ],
)
def test_not_more_is_at_most(locale: str, most: str, least: str) -> None:
    assert messages(locale, "Take at most 4.", most) == []
    assert messages(locale, "Take at least 4.", least) == []
    assert messages(locale, "Take at most 4.", least)
    assert messages(locale, "Take at least 4.", most)


def test_of_two_comparisons_of_a_number_the_nearer_counts() -> None:
    source = "Those older than 65, or 2 to 3 days after at least 70."
    assert messages("es", "Over 70 at least.", "Al menos, menos de 70.")
    assert messages("es", source, "Los mayores de 65, o 2 a 3 días tras al menos 70.") == []


def test_a_not_at_the_end_of_the_sentence_turns_the_comparison_too() -> None:
    source = "Do not take more than 4 tablets a day."
    assert messages("bn", source, "দিনে ৪টির বেশি ট্যাবলেট খাবেন না।") == []
    assert messages("bn", source, "দিনে ৪টির কম ট্যাবলেট খাবেন না।")
    assert messages("he", "It must not exceed 4 g.", "המינון יעלה על 4 גרם.")
