"""Drugs exchanged for others."""

from __future__ import annotations

import pytest

from medloc.checks.drug_names import drug_names, drugs, sound
from medloc.model import Severity
from tests.checks.pairing import alarms, issues

TAKE = "Take 500 mg of paracetamol if you need it."
PARACETAMOL = {
    "es": "Tome 500 mg de paracetamol si lo necesita.",
    "fr": "Prenez 500 mg de paracétamol si besoin.",
    "de": "Nehmen Sie bei Bedarf 500 mg Paracetamol.",
    "pl": "W razie potrzeby zażyj 500 mg paracetamolu.",
    "ru": "При необходимости примите 500 мг парацетамола.",
    "uk": "За потреби прийміть 500 мг парацетамолу.",
    "ar": "تناول 500 مجم من الباراسيتامول إذا احتجت إليه.",
    "hi": "ज़रूरत हो तो 500 मिलीग्राम पैरासिटामोल लें।",
    "bn": "প্রয়োজনে ৫০০ মিগ্রা প্যারাসিটামল খান।",
    "he": "קח 500 מ״ג פרצטמול לפי הצורך.",
    "ja": "必要なときはパラセタモール500 mgを飲んでください。",
    "ko": "필요하면 파라세타몰 500mg을 복용하세요.",
    "zh_Hans": "如有需要，请服用500毫克对乙酰氨基酚。",
    "sw": "Meza parasetamoli miligramu 500 ukihitaji.",
    "tr": "Gerekirse 500 mg parasetamol alın.",
    "vi": "Uống 500 mg paracetamol nếu cần.",
}
IBUPROFEN = {
    "es": "Tome 500 mg de ibuprofeno si lo necesita.",
    "fr": "Prenez 500 mg d'ibuprofène si besoin.",
    "de": "Nehmen Sie bei Bedarf 500 mg Ibuprofen.",
    "pl": "W razie potrzeby zażyj 500 mg ibuprofenu.",
    "ru": "При необходимости примите 500 мг ибупрофена.",
    "zh_Hans": "如有需要，请服用500毫克布洛芬。",
    "sw": "Meza ibuprofeni miligramu 500 ukihitaji.",
    "tr": "Gerekirse 500 mg ibuprofen alın.",
    "vi": "Uống 500 mg ibuprofen nếu cần.",
}


@pytest.mark.parametrize("locale", sorted(PARACETAMOL))
def test_the_same_drug_passes(locale: str) -> None:
    assert not issues(drug_names, locale, TAKE, PARACETAMOL[locale])


@pytest.mark.parametrize("locale", sorted(IBUPROFEN))
def test_another_drug_is_an_error(locale: str) -> None:
    (found,) = issues(drug_names, locale, TAKE, IBUPROFEN[locale])
    assert found.severity is None  # the check's own: error
    assert found.source
    assert found.target


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("ar", "Take baclofen with food.", "تناول الأزيثرومايسين مع الطعام."),
        ("hi", "Take baclofen with food.", "भोजन के साथ अज़िथ्रोमाइसिन लें।"),
        ("ja", "Take baclofen with food.", "レボフロキサシンは食事と一緒に飲んでください。"),
    ],
)
def test_another_drug_in_other_scripts(locale: str, source: str, target: str) -> None:
    assert alarms(drug_names, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("es", "Take acetaminophen.", "Tome paracetamol."),
        ("fr", "Take aspirin.", "Prenez de l'acide acétylsalicylique."),
        ("es", "Epinephrine helps.", "La adrenalina ayuda."),
        ("ru", "Chloroquine was tried.", "Пробовали хлорохин."),
        ("ru", "Warfarin thins the blood.", "Варфарин разжижает кровь."),
        ("es", "Take paracetamol or ibuprofen.", "Tome ibuprofeno o paracetamol."),
        ("ja", "Insulin and calibration.", "インスリンとキャリブレーション"),
        ("es", "Rest and drink water.", "Descanse y tome ibuprofeno."),
    ],
    ids=str,
)
def test_names_of_one_drug_pass(locale: str, source: str, target: str) -> None:
    assert not issues(drug_names, locale, source, target)


def test_a_drug_that_is_only_missing_is_a_warning() -> None:
    (found,) = issues(drug_names, "es", "Never stop baclofen suddenly.", "Nunca lo deje de golpe.")
    assert found.severity is Severity.WARNING


def test_every_listed_form_is_of_a_listed_drug() -> None:
    known = drugs()
    firsts = set(known.first.values())
    assert all(set(forms) <= firsts for forms in known.written.values())
    assert all(sound(name) for name in known.first)
