"""Clinical checks: what a second pair of eyes would stop at, found before a reviewer reads.

`run_checks` reads each pair once and asks every check of the registry; a check is one file with
one function from a Reading to Issues. Nothing here opens catalogs or knows of approvals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from medloc.checks.lexicon import lexicon
from medloc.checks.reading import Context, Issue, Reading, Side
from medloc.checks.registry import CATALOG_CHECKS, CHECKS, CatalogCheck, Check
from medloc.model import Finding, Pair, Severity

__all__ = [
    "ALL_CHECKS",
    "CATALOG_CHECKS",
    "CHECKS",
    "CatalogCheck",
    "Check",
    "Context",
    "run_checks",
    "silent_checks",
]


ALL_CHECKS: tuple[Check | CatalogCheck, ...] = (*CHECKS, *CATALOG_CHECKS)


def run_checks(pairs: Iterable[Pair], context: Context) -> list[tuple[Finding, ...]]:
    """The findings of each pair, in the order of the pairs and of the registry.

    A pair without a translation has no findings. `context.levels` re-grades or switches off checks
    by name; `all` stands for those not named. Reads texts only: no file of a project, no clock.
    """
    silent = silent_checks(context)
    running = [c for c in CHECKS if level_of(c, context) != "off" and c.name not in silent]
    pairs = list(pairs)
    sources: dict[str, Side] = {}
    found: list[tuple[Finding, ...]] = []
    for pair in pairs:
        if not pair.target.strip():
            found.append(())
            continue
        source = sources.get(pair.source)
        if source is None:
            if len(sources) >= _KEPT:  # all of them would fill the memory
                sources.clear()
            source = sources[pair.source] = Side(pair.source, context.source)
        reading = Reading(pair, source, Side(pair.target, context.target), context)
        found.append(tuple(_findings(reading, running)))
    if len(pairs) > 1:
        for place, finding in _of_the_run(pairs, context):
            found[place] += (finding,)
    return found


_KEPT = 50  # sources read, for the pairs that share one


def level_of(check: Check | CatalogCheck, context: Context) -> str:
    """The level of a check in a run: a severity or "off"."""
    levels = context.levels
    return levels.get(check.name, levels.get("all", check.severity.value))


def silent_checks(context: Context) -> tuple[str, ...]:
    """The checks that cannot work in a run, because a language has no table they need."""
    known = lexicon(context.source).tables & lexicon(context.target).tables
    return tuple(
        check.name
        for check in CHECKS
        if not known.issuperset(check.needs) and level_of(check, context) != "off"
    )


def _findings(reading: Reading, running: list[Check]) -> Iterator[Finding]:
    for check in running:
        for issue in check.run(reading):
            yield Finding(check.name, _severity(issue, check, reading.context), issue.message,
                          issue.source, issue.target)  # fmt: skip


def _of_the_run(pairs: list[Pair], context: Context) -> Iterator[tuple[int, Finding]]:
    """What the pairs of a run say of each other."""
    for check in CATALOG_CHECKS:
        level = level_of(check, context)
        for place, issue in check.run(pairs) if level != "off" else ():
            yield place, Finding(check.name, _severity(issue, check, context), issue.message,
                                 issue.source, issue.target)  # fmt: skip


def _severity(issue: Issue, check: Check | CatalogCheck, context: Context) -> Severity:
    """How an issue is graded: as the policy says of the check, else by itself, else as the check
    usually is. What a check is quiet about stays quiet."""
    said = context.levels.get(check.name, context.levels.get("all"))
    if said is None or issue.severity is Severity.INFO:
        return issue.severity or check.severity
    return Severity(said)
