"""Characters nobody sees."""

from __future__ import annotations

import pytest

from medloc.checks.invisible import invisible
from tests.checks.pairing import alarms


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param(
            "fa", "You can walk.", "می\u200cتوانید راه بروید.", id="zwnj in a Persian verb"
        ),
        pytest.param("hi", "Doctor", "डॉक्\u200dटर", id="zwj in Hindi"),
        pytest.param("ar", "The year 1445 AH", "سنة 1445 ه\u200d", id="zwj behind Arabic heh"),
        pytest.param("th", "Drink water.", "ดื่ม\u200bน้ำ", id="zero width space between Thai words"),
        pytest.param(
            "ar",
            "Take COVID-19 seriously",
            "خذ \u200fCOVID-19\u200e على محمل الجد",
            id="marks of direction in Arabic",
        ),
        pytest.param("fr", "Stop!", "Arrêtez\xa0!", id="no-break space in French"),
        pytest.param(
            "es", "Family 👨\u200d👩\u200d👦", "Familia 👨\u200d👩\u200d👦", id="family of emoji"
        ),
        pytest.param(
            "en_GB",
            "Scotland",
            "Scotland 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
            id="flag of Scotland",
        ),
        pytest.param("fr", "« So! »", "«\xa0Ainsi\u202f!\xa0»", id="French spaces"),
        pytest.param("he", "Peace", "שָׁלוֹם", id="Hebrew vowels"),
        pytest.param("th", "Water", "น้ำ ป้าย", id="Thai tone marks"),
        pytest.param("de", "a\xadb", "a\xadb", id="the source has it too"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert not alarms(invisible, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "Drink water.", "Beba\u200b agua.", id="zero width space in Spanish"),
        pytest.param("ru", "Drink water.", "\ufeffПейте воду.", id="byte order mark first"),
        pytest.param("ar", "Drink water.", "اشرب\u2060 الماء.", id="word joiner in Arabic"),
        pytest.param("de", "Drink water.", "Trinken Sie Was\xadser.", id="soft hyphen in German"),
        pytest.param("ar", "Drink water.", "اشرب الم\xadاء.", id="soft hyphen in Arabic"),
        pytest.param("fr", "Drink water.", "Buvez de l\u200ceau.", id="zwnj in French"),
        pytest.param("fa", "You can", "می\u200c\u200cتوانید", id="two zwnj in Persian"),
        pytest.param(
            "zh_Hans", "Drink water.", "\u200b喝水。", id="zero width space before Chinese"
        ),
        pytest.param("es", "Drink water.", "Beba\x07 agua.", id="control character"),
        pytest.param("uk", "Drink water.", "Пийте вод�.", id="lost letter"),
        pytest.param("pl", "Drink water.", "Pij \u200ewodę.", id="mark of direction in Polish"),
        pytest.param("es", "Drink water.", "Beba \ue000agua.", id="private letter"),
        pytest.param("es", "Drink.", "Beba." + "\xa0 " * 40 + "Ya.", id="a gap of no-break spaces"),
        pytest.param(
            "ja", "Drink water.", "水を\u3000\u3000\u3000飲む。", id="a gap of wide spaces"
        ),
        pytest.param("es", "Drink water.", "Beba\u2800agua.", id="empty braille pattern"),
        pytest.param("es", "Drink", "Be" + "\u0336\u0353" * 4 + "ba", id="a tower of marks"),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    found = alarms(invisible, locale, source, target)
    assert found
    assert all(0 <= start < end <= len(target) for one in found for start, end in one.target)
