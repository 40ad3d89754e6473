"""Translations in another language."""

import pytest

from medloc.checks.wrong_language import wrong_language
from tests.checks.pairing import issues

SOURCE = "Take this medicine with food, and never stop it without asking your doctor."
TEXTS = {
    "es": "Tome este medicamento con alimentos y nunca lo suspenda sin consultar a su médico.",
    "pt": "Tome este medicamento com alimentos e nunca o interrompa sem consultar o seu médico.",
    "fr": "Prenez ce médicament avec de la nourriture et ne l’arrêtez jamais sans avis médical.",
    "it": "Prenda questo medicinale con il cibo e non lo interrompa mai senza chiedere al medico.",
    "de": "Nehmen Sie dieses Mittel zum Essen und setzen Sie es nie ohne Ihren Arzt ab.",
    "nl": "Neem dit geneesmiddel met voedsel in en stop er nooit mee zonder het uw arts te vragen.",
    "pl": "Lek należy przyjmować z jedzeniem i nigdy nie odstawiać go bez pytania lekarza.",
    "tr": "Bu ilacı yemekle birlikte alın ve doktorunuza sormadan asla bırakmayın; bu çok önemli.",
    "ru": "Принимайте это лекарство с едой и никогда не прекращайте приём без врача.",
    "uk": "Приймайте ці ліки під час їжі та ніколи не припиняйте без лікаря, якщо є ризик.",
    "ar": "تناول هذا الدواء مع الطعام ولا تتوقف عنه أبدا دون استشارة الطبيب.",
    "fa": "این دارو را با غذا بخورید و هرگز بدون پرسیدن از پزشک آن را قطع نکنید.",
    "he": "קח את התרופה הזו עם אוכל ולעולם אל תפסיק אותה בלי לשאול את הרופא.",
    "hi": "इस दवा को भोजन के साथ लें और डॉक्टर से पूछे बिना इसे कभी बंद न करें।",
    "mr": "हे औषध जेवणासोबत घ्या आणि डॉक्टरांना विचारल्याशिवाय ते कधीही बंद करू नका; हे महत्त्वाचे आहे.",
    "bn": "এই ওষুধটি খাবারের সঙ্গে খান এবং ডাক্তারকে না জিজ্ঞাসা করে কখনও বন্ধ করবেন না।",
    "id": "Minumlah obat ini dengan makanan dan jangan berhenti tanpa bertanya kepada dokter.",
    "sw": "Tumia dawa hii pamoja na chakula na usiache kamwe bila kumuuliza daktari wako.",
    "vi": "Hãy uống thuốc này cùng với thức ăn và không bao giờ ngừng thuốc khi chưa hỏi bác sĩ.",
    "zh_Hans": "请与食物同服此药，未经医生同意切勿停药。如果出现过敏反应，应立即联系医院。",
    "zh_Hant": "請與食物同服此藥，未經醫生同意切勿停藥。如果出現過敏反應，應立即聯繫醫院。",
    "ja": "この薬は食事と一緒に服用し、医師に相談せずに中止しないでください。",
    "ko": "이 약은 음식과 함께 복용하고 의사와 상의하지 않고 절대로 중단하지 마십시오.",
    "th": "รับประทานยานี้พร้อมอาหาร และอย่าหยุดยาโดยไม่ปรึกษาแพทย์",
}


@pytest.mark.parametrize("locale", sorted(TEXTS))
def test_a_text_in_its_own_language_passes(locale: str) -> None:
    assert not issues(wrong_language, locale, SOURCE, TEXTS[locale])


@pytest.mark.parametrize("locale", sorted(TEXTS))
def test_a_text_in_any_other_language_is_caught(locale: str) -> None:
    missed = [
        other for other, text in TEXTS.items()
        if other != locale and not issues(wrong_language, locale, SOURCE, text)
    ]  # fmt: skip
    assert not missed


@pytest.mark.parametrize("locale", ["es", "ru", "ar", "ja", "zh_Hans"])
def test_english_of_another_source_is_caught(locale: str) -> None:
    assert issues(wrong_language, locale, SOURCE, "Wash your hands before you touch the wound.")


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("ru", "GenBank, GISAID and BGI Group.", "GenBank, GISAID и BGI Group."),
        ("ar", "Johnson & Johnson", "Johnson & Johnson"),
        ("ja", "COVID-19", "COVID-19"),
        ("es", "São Paulo and Württemberg", "São Paulo y Württemberg"),
        ("zh_Hans", "WHO", "WHO"),
        ("es", "COVID-19 and H1N1 spread.", "La COVID-19 y la H1N1 se propagan."),
    ],
)
def test_names_in_other_letters_pass(locale: str, source: str, target: str) -> None:
    assert not issues(wrong_language, locale, source, target)
