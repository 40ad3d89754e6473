"""The table of all checks, written by hand: what each finds, how sure it is, what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from medloc.checks.laterality import laterality
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
    Check("laterality", "meaning", WARNING, "Left and right exchanged.", laterality, ("side",)),
)
