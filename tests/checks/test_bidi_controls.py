"""Controls of direction."""

from __future__ import annotations

import pytest

from medloc.checks.bidi_controls import bidi_controls
from tests.checks.pairing import alarms


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param(
            "ar",
            "Take 30 minutes.",
            "خذ \u206830\u2069 دقيقة.",
            id="closed isolate around a number in Arabic",
        ),
        pytest.param("he", "Take 5 mg.", "קח \u20665 mg\u2069.", id="closed isolate in Hebrew"),
        pytest.param("fa", "a", "\u202bسلام\u202c", id="closed embedding in Persian"),
        pytest.param(
            "es", "a", "Diga \u2067سلام\u2069.", id="closed isolate around Arabic in Spanish"
        ),
        pytest.param(
            "es", "Beware \u202eabc\u202c", "Ojo \u202eabc\u202c", id="the source has the same"
        ),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert not alarms(bidi_controls, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param(
            "ar", "Take 30 minutes.", "خذ \u206830 دقيقة.", id="isolate left open in Arabic"
        ),
        pytest.param("ar", "Take 30 minutes.", "خذ 30\u2069 دقيقة.", id="isolate closed twice"),
        pytest.param("es", "Take 30 mg.", "Tome \u202e30 mg.", id="override in Spanish"),
        pytest.param("he", "Take 30 mg.", "קח \u202d30\u202c mg.", id="closed override in Hebrew"),
        pytest.param(
            "ru", "Take 30 mg.", "\u2067Примите 30 мг.", id="isolate left open in Russian"
        ),
        pytest.param("fa", "Take", "\u202bمصرف\u2069", id="embedding closed as an isolate"),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    found = alarms(bidi_controls, locale, source, target)
    assert found
    assert all(0 <= start < end <= len(target) for one in found for start, end in one.target)
