"""Always and never exchanged."""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.opposites import flipped
from medloc.checks.reading import Issue, Reading


def always(reading: Reading) -> Iterator[Issue]:
    """Always for never, or never for always."""
    return flipped(reading, "always", [(("always",), ("never",))])
