"""Before and after exchanged: of meals, of an operation, of a vaccination."""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.opposites import flipped
from medloc.checks.reading import Issue, Reading


def order(reading: Reading) -> Iterator[Issue]:
    """Before for after, or after for before."""
    return flipped(reading, "order", [(("before",), ("after",))])
