"""Placeholders."""

from __future__ import annotations

import pytest

from medloc.checks.placeholders import placeholders
from tests.checks.pairing import alarms


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param(
            "es",
            "You have {count} new {{name}} of ${x}.",
            "Tiene ${x} de {{name}}: {count}.",
            id="order free",
        ),
        pytest.param("es", "{{ name }}", "{{name}}", id="blanks inside double braces"),
        pytest.param(
            "es",
            "{n, plural, one {# day} other {# days}}",
            "{n, plural, one {# día} other {# días}}",
            id="ICU branches",
        ),
        pytest.param(
            "ru",
            "{n, plural, one {# day} other {# days}}",
            "{n, plural, one {#} few {#} many {#} other {#}}",
            id="more ICU branches",
        ),
        pytest.param("es", "a set {1, 2}", "un conjunto {1, 2}", id="braces of a set"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert not alarms(placeholders, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "{count} cases", "{COUNT} casos", id="case changed"),
        pytest.param("es", "{count} cases", "{{count} casos", id="brace doubled"),
        pytest.param("es", "{count} cases", "{ count casos", id="brace gone"),
        pytest.param("es", "{count} cases", "{coun} casos", id="letters gone"),
        pytest.param("es", "{count} cases", "casos", id="placeholder gone"),
        pytest.param(
            "es", "{n, plural, one {# day} other {# days}}", "# días", id="ICU message gone"
        ),
        pytest.param("es", "cases", "{NS}", id="placeholder added"),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    found = alarms(placeholders, locale, source, target)
    assert found
    assert all(0 <= start < end <= len(target) for one in found for start, end in one.target)
