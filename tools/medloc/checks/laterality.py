"""Left and right exchanged. Wrong-site errors: WHO surgical safety checklist,
https://www.who.int/teams/integrated-health-services/patient-safety/research/safe-surgery."""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.opposites import flipped
from medloc.checks.reading import Issue, Reading


def laterality(reading: Reading) -> Iterator[Issue]:
    """Left for right, or right for left."""
    return flipped(reading, "side", [(("left",), ("right",))])
