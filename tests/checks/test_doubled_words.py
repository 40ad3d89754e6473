"""Words that stand twice."""

from __future__ import annotations

import pytest

from medloc.checks.doubled_words import doubled_words
from tests.checks.pairing import alarms


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("fr", "We find ourselves", "Nous nous trouvons ici.", id="nous nous"),
        pytest.param(
            "de", "Patients who", "Patienten, die die Tablette nehmen", id="German relative clause"
        ),
        pytest.param("tr", "Walk slowly", "yavaş yavaş yürüyün", id="Turkish reduplication"),
        pytest.param("hi", "Walk slowly", "धीरे धीरे चलें", id="Hindi reduplication"),
        pytest.param("hi", "while walking", "चलते चलते", id="Hindi participle"),
        pytest.param("bn", "sometimes", "মাঝে মাঝে", id="Bengali reduplication"),
        pytest.param("id", "children", "anak-anak", id="Indonesian plural"),
        pytest.param("sw", "slowly", "pole pole", id="Swahili reduplication"),
        pytest.param("vi", "for five years", "trong năm năm", id="Vietnamese five years"),
        pytest.param(
            "ja", "more and more", "ますます痛む。ズキズキする", id="Japanese sound words"
        ),
        pytest.param("zh_Hans", "every day", "天天喝水，人人平等", id="Chinese single characters"),
        pytest.param("es", "Bora Bora", "Bora Bora", id="the source doubles"),
        pytest.param("es", "Yes. Yes.", "Sí. Sí.", id="a stop between"),
        pytest.param(
            "pt", "ask oneself if", "deve perguntar-se se dói", id="half of a longer word"
        ),
        pytest.param("es", "5 5", "5 5", id="numbers"),
        pytest.param("ar", "from whoever", "من من يعاني", id="Arabic from whom"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert not alarms(doubled_words, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "the test", "la la prueba", id="Spanish article"),
        pytest.param("es", "of the test", "Del del examen", id="case aside"),
        pytest.param("de", "for the patient", "für für den Patienten", id="German preposition"),
        pytest.param("ru", "symptoms", "симптомы симптомы", id="Russian noun"),
        pytest.param("ar", "symptoms", "الأعراض الأعراض", id="Arabic noun"),
        pytest.param("hi", "in the hospital", "अस्पताल में में", id="Hindi postposition"),
        pytest.param("bn", "of the disease", "রোগের রোগের লক্ষণ", id="Bengali noun"),
        pytest.param("tr", "vaccine", "aşı aşı yapılır", id="Turkish noun"),
        pytest.param("id", "vaccine", "vaksin vaksin itu", id="Indonesian noun"),
        pytest.param("vi", "virus", "vi rút rút này", id="Vietnamese syllable"),
        pytest.param("zh_Hans", "patients", "患者患者需要", id="Chinese word"),
        pytest.param("ja", "symptoms", "症状症状がある", id="Japanese word"),
        pytest.param("ko", "symptoms", "증상이 증상이 있다", id="Korean word"),
        pytest.param("sw", "disease", "ugonjwa ugonjwa huu", id="Swahili noun"),
        pytest.param("fa", "disease", "بیماری بیماری است", id="Persian noun"),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    found = alarms(doubled_words, locale, source, target)
    assert found
    assert all(0 <= start < end <= len(target) for one in found for start, end in one.target)
