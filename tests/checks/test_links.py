"""Links."""

from __future__ import annotations

import pytest

from medloc.checks.links import links
from tests.checks.pairing import alarms


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param(
            "es",
            "See [the guide](https://who.int/a).",
            "Vea [la guía](https://who.int/a).",
            id="link kept",
        ),
        pytest.param(
            "ja",
            "See [the guide](https://who.int/a).",
            "[ガイド](https://who.int/a)を参照。",
            id="link in Japanese",
        ),
        pytest.param("es", "[a](b) and [c](d)", "[c](d) y [a](b)", id="order free"),
        pytest.param("es", "a [note] here", "una [nota] aquí", id="plain brackets"),
        pytest.param("es", "[a [b] c](x_(y))", "[a [b] c](x_(y))", id="brackets inside"),
        pytest.param("es", "1) do", "1) haga", id="list mark"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert not alarms(links, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param(
            "es", "See [the guide](https://who.int/a).", "Vea la guía.", id="link removed"
        ),
        pytest.param(
            "es",
            "See [the guide](https://who.int/a).",
            "Vea [la guía] (https://who.int/a).",
            id="blank between",
        ),
        pytest.param(
            "es",
            "See [the guide](https://who.int/a).",
            "Vea la guía](https://who.int/a).",
            id="no opening bracket",
        ),
        pytest.param(
            "es",
            "See [the guide](https://who.int/a).",
            "Vea [la guía](https://who.int/a.",
            id="no closing bracket",
        ),
        pytest.param(
            "zh_Hans",
            "See [the guide](https://who.int/a).",
            "见（指南）(https://who.int/a)。",
            id="full-width brackets",
        ),
        pytest.param(
            "zh_Hans",
            "See [the guide](https://who.int/a).",
            "见【指南】（https://who.int/a）。",
            id="all full-width",
        ),
        pytest.param(
            "ar",
            "Plan ([APP](https://who.int/a) now)",
            "خطة ([APP](https://who.int/a)",
            id="outer bracket eaten",
        ),
        pytest.param("es", "See the guide.", "Vea [la guía](https://who.int/a).", id="link added"),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    found = alarms(links, locale, source, target)
    assert found
    assert all(0 <= start < end <= len(target) for one in found for start, end in one.target)
