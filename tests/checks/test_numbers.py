"""Numbers in digits: what may differ and what may not, in many languages."""

from __future__ import annotations

import pytest

from medloc.checks.numbers import numbers
from medloc.checks.reading import Context, Issue, Reading, Side
from medloc.model import Pair, Severity


def issues(language: str, source: str, target: str) -> list[Issue]:
    context = Context(target=language)
    pair = Pair("a.po", language, "", source, target)
    return list(numbers(Reading(pair, Side(source, "en"), Side(target, language), context)))


CLEAN = [
    # separators, native digits, full width
    ("de", "Never take more than 1,500 mg a day.", "Nehmen Sie nie mehr als 1.500 mg am Tag."),
    ("fr", "Give 0.5 ml to 10,000 people.", "Administrer 0,5 ml à 10\u202f000 personnes."),
    ("ru", "The R0 is 3.77 of 122,653.", "R0 равно 3,77 из 122 653."),
    ("es", "Take 1,500 mg or 0.5 ml.", "Tome 1500 mg o 0.5 ml."),
    ("es-MX", "Take 1,500 mg or 0.5 ml.", "Tome 1,500 mg o 0.5 ml."),
    ("pl", "Take 1,500 mg.", "Przyjmij 1500 mg."),
    ("ar", "Take 2.5 mg for 20 days and 19 more.", "تناول ٢٫٥ ملغ لمدة ٢٠ يومًا و19 أخرى."),
    ("fa", "Take 2.5 mg for 14 days.", "۲/۵ میلی‌گرم به مدت ۱۴ روز مصرف کنید."),
    ("fa", "Of 1,500 people 12 died.", "از ۱٬۵۰۰ نفر ۱۲ نفر مردند."),
    ("hi", "Of 100,000 people 25 died.", "1,00,000 लोगों में से २५ की मृत्यु हुई।"),
    ("bn", "Take 2 tablets for 10 days.", "১০ দিন ধরে ২টি ট্যাবলেট খান।"),
    ("ja", "Wash for 20 seconds, 3 times.", "２０秒間、３回洗います。"),
    ("th", "Take 2 tablets in 2020.", "รับประทาน ๒ เม็ด ในปี 2563"),
    # multiples
    ("zh", "He weighs 70 kg; 5 km, 1 in 3", "体重70千克；5千米，三分之一"),
    ("zh", "520,000 people and 1.4 billion masks", "52万人和14亿个口罩"),
    ("ja", "120,000 people", "12万人"),
    ("ko", "52,000 people and 10 million won", "5만 2천 명과 1000만 원"),
    ("ru", "520,000 people lost 5 million", "520 тысяч человек потеряли 5 миллионов"),
    ("es", "42,000 cases, 2 billion dollars", "42 mil casos, 2 mil millones de dólares"),
    ("pt", "370 million children", "370 milhões de crianças"),
    ("hi", "1.5 million people, 20 million masks", "15 लाख लोग, 2 करोड़ मास्क"),
    ("de", "47 million jobs", "47 Millionen Arbeitsplätze"),
    ("tr", "5 million people", "5 milyon kişi"),
    ("vi", "5 million people", "5 triệu người"),
    ("id", "5 million people, 1,500 mg", "5 juta orang, 1.500 mg"),
    ("sw", "5 million people", "watu milioni 5"),
    ("he", "5 million people in 2020", "5 מיליון איש ב-2020"),
    ("uk", "5 million people", "5 мільйонів людей"),
    ("it", "5 million people", "5 milioni di persone"),
    # names
    ("ar", "COVID-19 and SARS-CoV-2", "كوفيد-19 وسارس-كوف-2"),
    ("hi", "COVID-19 uses ACE2.", "कोविड-19 ACE2 का उपयोग करता है।"),
    ("ko", "COVID-19 spreads.", "코로나19가 퍼진다."),
    ("ko", "The virus spreads.", "코로나19가 퍼진다."),
    ("ja", "COVID-19 spreads.", "新型コロナウイルス感染症が広がる。"),
    ("zh", "COVID-19 spreads.", "新冠肺炎正在传播。"),
    ("ru", "B.1.1.7, H1N1 and HCoV-229E", "Штамм «альфа», H1N1 и HCoV"),
    ("fr", "5G does not spread COVID 19.", "La 5G ne propage pas la COVID-19."),
    # in words
    ("de", "Take 25 drops.", "Nehmen Sie fünfundzwanzig Tropfen."),
    ("it", "Take 25 drops.", "Prenda venticinque gocce."),
    ("tr", "Take 25 drops.", "Yirmi beş damla alın."),
    ("es", "For 2 weeks", "Durante dos semanas"),
    ("ar", "For 2 days", "لمدة يومين"),
    ("ar", "For 25 days", "لمدة خمسة وعشرين يومًا"),
    ("zh", "For 25 days", "二十五天"),
    ("ja", "For 3 days", "三日間"),
    ("fa", "For 25 days", "به مدت بیست و پنج روز"),
    ("id", "For 25 days", "Selama dua puluh lima hari"),
    ("vi", "For 25 days", "Trong hai mươi lăm ngày"),
    ("sw", "For 25 days", "Kwa siku ishirini na tano"),
    ("hi", "For 25 days", "पच्चीस दिनों तक"),
    ("uk", "For 25 days", "Протягом двадцяти п'яти днів"),
    ("pl", "For 25 days", "Przez dwadzieścia pięć dni"),
    ("pt", "For 25 days", "Durante vinte e cinco dias"),
    ("fr", "For 71 days", "Pendant soixante et onze jours"),
    ("ko", "For 3 days, 25 people", "3일간 이십오 명"),
    ("bn", "For 3 days", "তিন দিন ধরে"),
    # dates, times, ranges, fractions, powers
    ("ru", "On March 12, 2020", "12.03.2020"),
    ("zh", "On March 12, 2020", "2020年3月12日"),
    ("ja", "On 12 March 2020", "2020年3月12日"),
    ("ko", "On 12 March 2020", "2020년 3월 12일"),
    ("vi", "On 12 March 2020", "Ngày 12 tháng 3 năm 2020"),
    ("fr", "At 14:30 and 8 am", "À 14 h 30 et à 8 h"),
    ("de", "At 2:30 p.m.", "Um 14.30 Uhr"),
    ("ja", "At 14:30", "14時30分に"),
    ("es", "Open at 2 pm", "Abre a las 14:00"),
    ("ar", "The crisis of 2007–08", "أزمة 2007-2008"),
    ("it", "Take ½ tablet or 1 1/2.", "Prenda 0,5 compresse o 1,5."),
    ("de", "10⁶ and 3.5 x 10^9 cells", "10^6 und 3,5 × 10⁹ Zellen"),
    ("es", "the 1990s, phase 2, the 21st century", "los años 90, fase II, el siglo XXI"),
    ("pt", "Call 1-800-232-4636.", "Ligue para 1 (800) 232-4636."),
    ("fr", "The 2019 novel coronavirus", "Le nouveau coronavirus"),
    ("vi", "On March 12", "Ngày 12/3"),
    ("de", "On March 12", "Am 12.03."),
    ("es", "Figures 1,2 show it.", "Las figuras 1 y 2 lo muestran."),
    # as careful translators write, language by language
    (
        "fa",
        "On 11 March 2020, COVID-19 had 122,653 cases.",
        "در ۱۱ مارس ۲۰۲۰، کووید-۱۹ شمار ۱۲۲،۶۵۳ مورد داشت.",
    ),
    ("fa", "SARS-CoV-2 in 5.71-7.23 of 100,000", "سارس-کوو-۲ در ۵/۷۱ تا ۷/۲۳ از هر صد هزار نفر"),
    ("ar", "3.5 mg at 5 pm", "3،5 ملغ في الساعة 5 مساءً"),
    ("bn", "COVID-19 on March 11, 2020", "২০২০ সালের ১১ই মার্চ কোভিড-১৯"),
    ("pt", "At 2:30 pm on March 1, 1.5 million", "Às 14h30 de 1º de março, 1,5 milhão"),
    ("it", "On March 11, 11% of 19 people", "L'11 marzo, l'11% di 19 persone"),
    ("ja", "3,711 people, 4-8 weeks, 10,000 tests", "3,711人、4〜8週間、1万件の検査"),
    ("ja", "two or three days, 20%", "2、3日、20％"),
    ("ko", "COVID-19: 10,000 people on March 3", "코로나바이러스감염증-19: 3월 3일 1만 명"),
    ("ko", "COVID-19 patients, 2-3 days", "코로나 19 환자, 2~3일"),
    (
        "zh",
        "COVID-19, SARS-CoV-2, 4-8 weeks",
        "2019冠状病毒病，严重急性呼吸综合征冠状病毒2，4至8周",
    ),
    ("zh", "2 to 3 million people, 3 days", "两百万至三百万人，三天"),
    ("zh", "12,000 of 1.2 billion", "12亿中的1.2万"),
    ("tr", "On 18 March, 2.5 million people, 3 of them", "18 Mart'ta 2,5 milyon kişi, 3'ü"),
    ("id", "The 19th patient, 1.5 million", "Pasien ke-19, 1,5 juta"),
    ("uk", "The 19th of March, 2.5 thousand", "19-го березня, 2,5 тис."),
    ("pl", "25 thousand, 1.5 million, the 3rd day", "25 tys., 1,5 mln, 3. dzień"),
    ("he", "On 12 March, about 80% of 5,000", "ב-12 במרץ, כ-80% מתוך 5,000"),
    ("hi", "In the 19th century, 2019–20", "19वीं सदी में, 2019-20"),
    ("sw", "10,000 people, 2 weeks", "watu elfu kumi, wiki mbili"),
    ("de", "3 times a day for 2 weeks, on March 3", "3-mal täglich für zwei Wochen, am 3. März"),
    ("de", "Between 2 and 3 million people", "Zwischen 2 und 3 Mio. Menschen"),
    ("it", "two hundred, 35 and 2,000 cases", "duecento, trentacinque e duemila casi"),
    ("ur", "Take 2.5 mg for 14 days.", "۲٫۵ ملی گرام ۱۴ دن لیں۔"),
    ("ta", "5 million people, 2 tablets", "5 மில்லியன் மக்கள், இரண்டு மாத்திரைகள்"),
    ("am", "COVID-19, 25%", "ኮቪድ-19፣ 25%"),
    ("ms", "5 million people in 2020", "5 juta orang pada tahun 2020"),
]


@pytest.mark.parametrize(("language", "source", "target"), CLEAN)
def test_equal_values_pass(language: str, source: str, target: str) -> None:
    assert issues(language, source, target) == []


WRONG = [
    ("ar", "12 died and 19 more", "توفي 12 و18 آخرون"),
    ("he", "on 19 March", "ב-18 במרץ"),
    ("de", "Take 1.5 mg.", "Nehmen Sie 15 mg."),
    ("de", "Take 1,500 mg.", "Nehmen Sie 1,5 mg."),
    ("fr", "Never more than 1,500 mg", "Jamais plus de 1\u202f506 mg"),
    ("fr", "per 10,000 patients", "sur 10 008 patients"),
    ("ru", "for 20 seconds", "22 секунды"),
    ("ar", "within 7 days", "خلال 1 أيام"),
    ("ar", "on 19 March 2020", "في 91 مارس 2020"),
    ("fa", "Take 2.5 mg for 14 days.", "۲۵ میلی‌گرم به مدت ۱۴ روز مصرف کنید."),
    ("hi", "for 14 days", "41 दिनों तक"),
    ("bn", "for 14 days", "৪১ দিন ধরে"),
    ("zh", "520,000 people", "25万人"),
    ("zh", "520,000 people", "52亿人"),
    ("ja", "Wash for 20 seconds.", "３０秒間洗います。"),
    ("ko", "52,000 people", "5만 3천 명"),
    ("tr", "18% of 300", "300'ün %81'i"),
    ("id", "for 14 days", "selama 15 hari"),
    ("sw", "for 14 days", "kwa siku 15"),
    ("vi", "for 14 days", "trong 15 ngày"),
    ("he", "for 14 days", "במשך 15 ימים"),
    ("uk", "20–30 days", "20–3 днів"),
    ("pl", "4-8 weeks", "4-9 tygodni"),
    ("it", "the crisis of 2007–08", "la crisi del 2007-05"),
    ("pt", "4.2 of 5", "42 de 5"),
    ("es", "on March 3", "el de marzo"),
    ("es", "Take 5 ml.", "Tome ml."),
    ("fr", "in April 2020 and March 2020", "en avril 2020 et en mars  "),
    ("ar", "COVID 19 spreads.", "كوفيد 91 ينتشر."),
    ("th", "for 14 days", "เป็นเวลา 15 วัน"),
    ("hu", "for 14 days", "15 napig"),
    ("ru", "5 million people", "7 миллионов человек"),
]


@pytest.mark.parametrize(("language", "source", "target"), WRONG)
def test_other_values_are_caught(language: str, source: str, target: str) -> None:
    assert len(issues(language, source, target)) == 1


def test_the_spans_show_the_numbers_on_both_sides() -> None:
    (issue,) = issues("es", "Take 5 mg now.", "Tome 50 mg ya.")
    assert (issue.source, issue.target) == (((5, 6),), ((5, 7),))
    assert issue.message == "The source says `5`; the translation says `50`."


@pytest.mark.parametrize("char", ["1", "1,", "½", "1/", "1 ", "٢", "第一", "10^", "(", "-1", "百"])
def test_long_texts_of_one_sort_are_read(char: str) -> None:
    issues("zh", char * 20000, char * 20001)


def test_amounts_in_another_unit_are_equal() -> None:
    assert issues("de", "0.5 g for 24 hours", "500 mg für 24 Stunden") == []
    assert len(issues("de", "0.5 g for 24 hours", "50 mg für 24 Stunden")) == 1


def test_a_number_exchanged_for_another_of_the_text_is_caught() -> None:
    (issue,) = issues("es", "Take 5, then 5, then 10 mg.", "Tome 5, luego 10, luego 10 mg.")
    assert issue.source == ((5, 6), (13, 14))


def test_separators_left_as_in_the_source_are_a_warning() -> None:
    (issue,) = issues("de", "10,000 cases", "10,000 Fälle")
    assert issue.severity is Severity.WARNING


def test_a_missing_two_may_be_a_dual_and_is_a_warning() -> None:
    (issue,) = issues("ar", "Take 2 spoons.", "تناول الملعقات.")
    assert issue.severity is Severity.WARNING


def test_without_a_table_a_missing_small_number_is_passed_over() -> None:
    assert issues("ta", "Take 2 tablets.", "இரண்டு மாத்திரைகள்") == []
    assert len(issues("ta", "Take 250 mg.", "மாத்திரைகள்")) == 1
