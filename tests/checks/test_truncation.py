"""Texts that break off."""

import pytest

from medloc.checks.truncation import truncation
from medloc.model import Severity
from tests.checks.pairing import issues

SOURCE = "Tell your doctor about all the medicines that you take, even those from a supermarket."


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("es", "Informe a su médico de todos los medicamentos que"),
        ("fr", "Informez votre médecin de tous les médicaments que vous"),
        ("de", "Sagen Sie Ihrem Arzt, welche Medikamente Sie"),
        ("ru", "Сообщите врачу обо всех лекарствах, которые вы"),
        ("ar", "أخبر طبيبك عن جميع الأدوية التي"),
        ("hi", "अपने डॉक्टर को उन सभी दवाओं"),
        ("zh_Hans", "请告诉医生您正在服用"),
        ("ja", "服用しているすべての薬を"),
        ("ko", "복용 중인 모든 약에 대해"),
        ("th", "แจ้งให้แพทย์ทราบเกี่ยวกับ"),
    ],
)
def test_half_a_sentence_without_its_mark_is_caught(locale: str, target: str) -> None:
    assert issues(truncation, locale, SOURCE, target)


def test_an_article_at_the_end_is_an_error() -> None:
    (issue,) = issues(
        truncation, "es", SOURCE, "Informe a su médico de todos los medicamentos que toma de la"
    )
    assert issue.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("es", SOURCE, "Informe a su médico de todo lo que toma, incluso lo del supermercado."),
        ("ar", SOURCE, "أخبر طبيبك عن جميع الأدوية التي تتناولها، حتى تلك التي تشتريها من المتجر"),
        ("de", "Symptoms of a stroke", "Symptome eines Schlaganfalls"),
        ("ja", "What spasticity is", "痙縮とは"),
        ("zh_Hans", "The rate is {rate}.[^rate]", "频率为{rate}。[^rate]"),
        ("th", SOURCE, "แจ้งให้แพทย์ทราบเกี่ยวกับยาทั้งหมดที่คุณใช้ แม้แต่ยาที่ซื้อจากซูเปอร์มาร์เก็ต"),
        ("fr", "Closing summary", "Résumé"),
        ("es", "[Summary](https://a.example/b)", "[Resumen](https://a.example/es/b)"),
    ],
)  # fmt: skip
def test_whole_texts_and_headings_pass(locale: str, source: str, target: str) -> None:
    assert not issues(truncation, locale, source, target)
