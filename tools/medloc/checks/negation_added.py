"""A negation in the translation that the source does not have: "may be taken" became "may not"."""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.negations import Denials, denials, known, spans
from medloc.checks.parallel import in_parallel
from medloc.checks.reading import Issue, Reading, quoted


def negation_added(reading: Reading) -> Iterator[Issue]:
    """A negation where the source has none, nor a word that translates as one ("avoid")."""
    target = denials(reading.target)
    if not target.sure or not known(reading):
        return
    source = denials(reading.source)
    if _added(source, target):
        yield _issue(reading, target)
        return
    for here, there in in_parallel(reading):
        new = target.within(there)
        if _added(source.within(here), new):
            yield _issue(reading, new)
            return


def _added(source: Denials, target: Denials) -> bool:
    return bool(target.sure) and not source.sure and not source.maybe


def _issue(reading: Reading, target: Denials) -> Issue:
    found = quoted(reading.target.text, spans(target.sure))
    return Issue(
        f"The translation negates with {found}; the source does not.", (), spans(target.sure)
    )
