"""printf places."""

from __future__ import annotations

import pytest

from medloc.checks.printf import printf
from tests.checks.pairing import alarms


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "%d days, %(name)s, %1$s", "%1$s: %(name)s, %d días", id="order free"),
        pytest.param("fr", "100% of people", "100 % de gens", id="percent before a word"),
        pytest.param("es", "100 %d", "100 % de", id="percent behind a number is none"),
        pytest.param("tr", "%d percent", "yüzde %d", id="kept"),
        pytest.param("ko", "from %s to %s", "%s부터 %s까지", id="letters written onto it"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert not alarms(printf, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "%d days", "%s días", id="another kind"),
        pytest.param("es", "%d days", "% d días", id="blank inside"),
        pytest.param("es", "%(name)s", "%(nombre)s", id="name translated"),
        pytest.param("es", "%1$s of %2$s", "%1$s de %1$s", id="position changed"),
        pytest.param("es", "%d days", "días", id="gone"),
        pytest.param("es", "%d days", "%d de %d días", id="once too often"),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    found = alarms(printf, locale, source, target)
    assert found
    assert all(0 <= start < end <= len(target) for one in found for start, end in one.target)
