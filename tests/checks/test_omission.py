"""Sentences that are missing."""

import pytest

from medloc.checks.omission import omission
from tests.checks.pairing import issues

SOURCE = (
    "Drink plenty of water during the whole treatment. "
    "Call your doctor at once if you cannot keep any fluids down."
)
TEXTS = {
    "es": ("Beba mucha agua durante todo el tratamiento. ",
           "Llame enseguida a su médico si no puede retener ningún líquido."),
    "de": ("Trinken Sie während der ganzen Behandlung viel Wasser. ",
           "Rufen Sie sofort Ihren Arzt an, wenn Sie nichts mehr bei sich behalten können."),
    "ru": ("Во время всего лечения пейте много воды. ",
           "Немедленно позвоните врачу, если не можете удержать в себе жидкость."),
    "ar": ("اشرب الكثير من الماء طوال مدة العلاج. ",
           "اتصل بطبيبك فورًا إذا لم تتمكن من الاحتفاظ بأي سوائل في معدتك."),
    "hi": ("पूरे इलाज के दौरान खूब पानी पिएँ। ",
           "अगर कोई तरल पदार्थ पेट में नहीं रुकता तो तुरंत डॉक्टर को बताएँ।"),
    "zh_Hans": ("整个治疗期间请多喝水。", "如果喝下任何液体都会吐出来，请立即打电话给您的医生。"),
    "ja": ("治療中は水をたくさん飲んでください。",
           "水分がとれない場合は、すぐに医師に電話してください。"),
}  # fmt: skip


@pytest.mark.parametrize("locale", sorted(TEXTS))
@pytest.mark.parametrize("kept", [0, 1])
def test_one_of_two_sentences_left_out_is_caught(locale: str, kept: int) -> None:
    assert issues(omission, locale, SOURCE, TEXTS[locale][kept].strip())


@pytest.mark.parametrize("locale", sorted(TEXTS))
def test_both_sentences_pass(locale: str) -> None:
    assert not issues(omission, locale, SOURCE, "".join(TEXTS[locale]))


def test_sentences_joined_into_one_pass() -> None:
    joined = (
        "Beba mucha agua durante todo el tratamiento, y llame enseguida a su médico si no puede "
        "retener en el estómago ningún líquido."
    )
    assert not issues(omission, "es", SOURCE, joined)


def test_thai_without_marks_passes() -> None:
    assert not issues(omission, "th", SOURCE, "ดื่มน้ำมาก ๆ ตลอดการรักษา โทรหาแพทย์ทันทีหากดื่มน้ำไม่ได้")
