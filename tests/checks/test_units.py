"""Units exchanged, and units that are only written otherwise."""

import pytest

from medloc.checks.units import units
from medloc.model import Severity
from tests.checks.pairing import issues

DOSE = "Take 5 mg with 200 ml of water."


@pytest.mark.parametrize(
    ("locale", "right", "wrong"),
    [
        ("es", "Tome 5 mg con 200 ml de agua.", "Tome 5 g con 200 ml de agua."),
        ("fr", "Prenez 5 mg avec 200 ml d'eau.", "Prenez 5 µg avec 200 ml d'eau."),
        ("de", "Nehmen Sie 5 Milligramm mit 200 ml Wasser.", "Nehmen Sie 5 Gramm mit 200 ml."),
        ("it", "Prenda 5 mg con 200 ml di acqua.", "Prenda 5 mg con 200 l di acqua."),
        ("pt", "Tome 5 mg com 200 ml de água.", "Tome 5 g com 200 ml de água."),
        ("pl", "Przyjąć 5 mg z 200 ml wody.", "Przyjąć 5 kg z 200 ml wody."),
        ("ru", "Примите 5 мг, запив 200 мл воды.", "Примите 5 мкг, запив 200 мл воды."),
        ("uk", "Прийміть 5 мг і 200 мл води.", "Прийміть 5 г і 200 мл води."),
        ("tr", "200 ml su ile 5 mg alın.", "200 ml su ile 5 g alın."),
        ("id", "Minum 5 mg dengan 200 ml air.", "Minum 5 g dengan 200 ml air."),
        ("sw", "Kunywa miligramu 5 na mililita 200.", "Kunywa gramu 5 na mililita 200."),
        ("vi", "Uống 5 mg với 200 ml nước.", "Uống 5 g với 200 ml nước."),
        ("ar", "خذ 5 ملغ مع 200 مل من الماء.", "خذ 5 غ مع 200 مل من الماء."),
        ("fa", "۵ میلی‌گرم با ۲۰۰ میلی‌لیتر آب.", "۵ گرم با ۲۰۰ میلی‌لیتر آب."),
        ("he", 'קחו 5 מ"ג עם 200 מ"ל מים.', "קחו 5 גרם עם 200 מ״ל מים."),
        ("hi", "200 मिलीलीटर पानी के साथ 5 मिलीग्राम लें।", "200 मिलीलीटर पानी, 5 ग्राम लें।"),
        ("bn", "200 মিলিলিটার, 5 মিলিগ্রাম নিন।", "200 মিলিলিটার, 5 গ্রাম নিন।"),
        ("zh", "用200毫升水服用5毫克。", "用200毫升水服用5克。"),
        ("ja", "200mlの水で5mgを服用。", "200mlの水で5gを服用。"),
        ("ko", "물 200mL와 함께 5mg을 드세요.", "물 200mL와 함께 5g을 드세요."),
    ],
)
def test_exchanged_unit_is_caught_and_the_right_one_passes(
    locale: str, right: str, wrong: str
) -> None:
    assert not issues(units, locale, DOSE, right)
    assert len(issues(units, locale, DOSE, wrong)) == 1


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("es", "Stay 6 feet (1.8 m) away.", "Manténgase a 6 pies (1,8 m)."),
        ("de", "Stay 6 feet away.", "Halten Sie 1,8 m Abstand."),
        ("fr", "10 to 15 mg a day.", "10 mg à 15 mg par jour."),
        ("ru", "In 2020, 5 people.", "В 2020 г. 5 человек."),
        ("ru", "the 7th edition", "7-м изданием"),
        ("ru", "up to 2,500 pounds, and £50", "до 2 500 фунтов и 50 фунтов"),
        ("es", "5 mg per kg", "5 mg por kg"),
        ("ar", "20–40 mg per kg of body weight", "20–40 ملغ لكل كغ من وزن الجسم"),
        ("fr", "at 37 °C", "à 37 degrés"),
        ("de", "1000 mcg and 5 cc", "1000 µg und 5 ml"),
        ("fr", "1 l of water", "1 litre d'eau"),
        ("es", "5 IU", "5 UI"),
        ("es", "5 mg in 10 ml, then 10 mg", "10 mg tras 5 mg en 10 ml"),
    ],
)
def test_other_ways_to_write_a_unit_pass(locale: str, source: str, target: str) -> None:
    assert not issues(units, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("es", "at 37 °C", "a 37 °F"),
        ("fr", "2 metres away", "à 2 cmètres"),
        ("ru", "on 6 February 2020", "6 февраля 2020 мг."),
        ("de", "120 mmHg", "120 kPa"),
        ("es", "5 mg/dl", "5 mg/ml"),
        ("es", "5 IU", "5 ml"),
        ("zh", "at 37 °C", "37华氏度"),
        ("es", "5 mg in 10 ml", "5 ml en 10 ml"),
    ],
)
def test_changed_damaged_and_added_units_are_caught(locale: str, source: str, target: str) -> None:
    [issue] = issues(units, locale, source, target)
    assert issue.source
    assert issue.target


def test_message_shows_both_sides() -> None:
    [issue] = issues(units, "es", "Take 5 mg.", "Tome 5 g.")
    assert issue.message == "The source says `5 mg`; the translation says `5 g`."


def test_lost_unit_is_a_warning() -> None:
    [issue] = issues(units, "es", "Take 5 mg.", "Tome 5 al día.")
    assert issue.severity == Severity.WARNING
    assert not issues(units, "es", "Take 5 mg, then 10 mg.", "Tome 5 y luego 10 mg.")
    assert not issues(units, "ar", "at least 2 meters", "مسافة 2 من الأمتار")
    assert not issues(units, "es", "122 U.S. cases", "122 casos en EE. UU.")


def test_table_of_numbers_is_left_alone() -> None:
    assert not issues(units, "es", "5 mg, " * 400, "5 g, " * 400)
