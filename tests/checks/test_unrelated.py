"""Translations of another source."""

import pytest

from medloc.checks.unrelated import unrelated
from tests.checks.pairing import issues

ONE = "In 2021 about 40 patients in three hospitals in Japan had a fever and a cough."
OTHER = "Store the vaccine in the refrigerator at 5 °C, away from children and animals."
TEXTS = {
    "es": ("En 2021, unos 40 pacientes de tres hospitales de Japón tuvieron fiebre y tos.",
           "Guarde la vacuna en el refrigerador a 5 °C, lejos de los niños y los animales."),
    "de": ("2021 hatten rund 40 Patienten in drei Krankenhäusern in Japan Fieber und Husten.",
           "Lagern Sie den Impfstoff im Kühlschrank bei 5 °C, fern von Kindern und Tieren."),
    "pl": ("W 2021 roku około 40 pacjentów w trzech szpitalach w Japonii miało gorączkę i kaszel.",
           "Przechowuj szczepionkę w lodówce w temperaturze 5 °C, z dala od dzieci i zwierząt."),
    "ru": ("В 2021 году около 40 пациентов трёх больниц Японии страдали лихорадкой и кашлем.",
           "Храните вакцину в холодильнике при 5 °C, вдали от детей и животных."),
    "ar": ("في عام 2021 أصيب نحو 40 مريضًا في ثلاثة مستشفيات في اليابان بالحمى والسعال.",
           "احفظ اللقاح في الثلاجة عند 5 °C بعيدًا عن الأطفال والحيوانات."),
    "hi": ("2021 में जापान के तीन अस्पतालों में लगभग 40 मरीज़ों को बुखार और खांसी थी।",
           "टीके को रेफ़्रिजरेटर में 5 °C पर, बच्चों और जानवरों से दूर रखें।"),
    "sw": ("Mwaka wa 2021 wagonjwa 40 wa hospitali tatu nchini Japan walikuwa na homa na kikohozi.",
           "Hifadhi chanjo kwenye jokofu kwa 5 °C, mbali na watoto na wanyama."),
    "zh_Hans": ("2021年，日本三家医院约有40名患者发热和咳嗽。",
                "请将疫苗存放在5 °C的冰箱中，远离儿童和动物。"),
    "ko": ("2021년 일본의 병원 세 곳에서 약 40명의 환자가 열과 기침 증상을 보였습니다.",
           "백신은 어린이와 동물의 손이 닿지 않는 5 °C 냉장고에 보관하십시오."),
}  # fmt: skip


@pytest.mark.parametrize("locale", sorted(TEXTS))
def test_exchanged_translations_are_caught_and_right_ones_pass(locale: str) -> None:
    one, other = TEXTS[locale]
    assert not issues(unrelated, locale, ONE, one)
    assert not issues(unrelated, locale, OTHER, other)
    assert issues(unrelated, locale, ONE, other)
    assert issues(unrelated, locale, OTHER, one)


def test_free_but_faithful_wording_passes() -> None:
    assert not issues(
        unrelated,
        "es",
        "You should never share your medicine.",
        "No dé nunca su medicamento a otros.",
    )


def test_a_language_of_which_nothing_is_known_is_silent() -> None:
    assert not issues(unrelated, "xx", ONE, "abc")
