"""docs/checks.md is what the registry, the language data and the measurement say."""

from __future__ import annotations

import json

from medloc.checks import ALL_CHECKS
from tests.benchmarks.checks import MEASURED
from tests.checks_page import PAGE, page


def test_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make docs"


def test_every_check_has_a_line() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [check.name for check in ALL_CHECKS if text.count(f"\n| `{check.name}` |") != 1] == []


def test_only_known_checks_were_measured() -> None:
    measured = json.loads(MEASURED.read_text(encoding="utf-8"))["checks"]
    assert set(measured) <= {check.name for check in ALL_CHECKS}
