"""Code."""

from __future__ import annotations

import pytest

from medloc.checks.code import code
from tests.checks.pairing import alarms


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "Set `ACE2` now.", "Ponga `ACE2` ya.", id="code kept"),
        pytest.param("es", "`a` and `b`", "`b` y `a`", id="order free"),
        pytest.param("es", "``a`b``", "``a`b``", id="tick inside"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert not alarms(code, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "Set `ACE2` now.", "Ponga ACE2 ya.", id="ticks gone"),
        pytest.param("es", "Set `ACE2` now.", "Ponga `ace2` ya.", id="case changed"),
        pytest.param("es", "Set `ACE2` now.", "Ponga `ACE2 ya.", id="one tick gone"),
        pytest.param("es", "Set it.", "Ponga `x`.", id="code added"),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    found = alarms(code, locale, source, target)
    assert found
    assert all(0 <= start < end <= len(target) for one in found for start, end in one.target)
