"""What tests of single checks share: a pair of texts, read as the checks read it."""

from collections.abc import Callable, Iterable

from medloc.checks.reading import Context, Issue, Reading, Side
from medloc.model import Pair, Severity

Run = Callable[[Reading], Iterable[Issue]]


def issues(check: Run, locale: str, source: str, target: str) -> list[Issue]:
    """What a check says of a pair with an English source."""
    pair = Pair("a.po", locale, "", source, target)
    sides = Side(source, "en"), Side(target, locale)
    return list(check(Reading(pair, *sides, Context(locale))))


def alarms(check: Run, locale: str, source: str, target: str) -> list[Issue]:
    """What it says aloud: errors and warnings."""
    return [one for one in issues(check, locale, source, target) if one.severity != Severity.INFO]
