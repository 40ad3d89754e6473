"""The table of all checks, written by hand: what each finds, how sure it is, what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from medloc.checks.always import always
from medloc.checks.comparison import comparison
from medloc.checks.direction import direction
from medloc.checks.emergency import emergency
from medloc.checks.laterality import laterality
from medloc.checks.months import months
from medloc.checks.negation_added import negation_added
from medloc.checks.negation_removed import negation_removed
from medloc.checks.order import order
from medloc.checks.reading import Issue, Reading
from medloc.model import Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a pair.

    `severity` follows the precision measured on clean text (docs/checks.md). `needs` names the
    tables that the data files of both languages must fill; empty for checks of any language.
    """

    name: str
    group: str
    severity: Severity
    finds: str
    run: Callable[[Reading], Iterable[Issue]]
    needs: tuple[str, ...] = ()


CHECKS: tuple[Check, ...] = (
    Check("months", "dates", ERROR, "A month exchanged for another.", months),
    Check(
        "negation-removed",
        "meaning",
        WARNING,
        "A negation of the source that is missing.",
        negation_removed,
        ("negation",),
    ),
    Check(
        "negation-added",
        "meaning",
        WARNING,
        "A negation that the source does not have.",
        negation_added,
        ("negation",),
    ),
    Check(
        "comparison",
        "meaning",
        WARNING,
        "More and less, at least and at most exchanged.",
        comparison,
    ),
    Check(
        "direction",
        "meaning",
        WARNING,
        "High and low, start and stop and other opposites exchanged.",
        direction,
    ),
    Check("laterality", "meaning", WARNING, "Left and right exchanged.", laterality, ("side",)),
    Check("order", "meaning", WARNING, "Before and after exchanged.", order, ("order",)),
    Check("always", "meaning", WARNING, "Always and never exchanged.", always, ("always",)),
    Check(
        "emergency",
        "meaning",
        WARNING,
        "An instruction to call for help that is missing.",
        emergency,
        ("emergency",),
    ),
)
