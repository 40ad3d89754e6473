"""A negation in the translation that the source does not have: "may be taken" became "may not"."""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.negations import Denials, denials, known, spans
from medloc.checks.parallel import in_parallel
from medloc.checks.reading import Issue, Reading, Side, quoted

_REACH = 30  # letters between a negation and the comparison that it turns around


def negation_added(reading: Reading) -> Iterator[Issue]:
    """A negation where the source has none, nor a word that translates as one ("avoid")."""
    target = denials(reading.target)
    if not target.sure or not known(reading):
        return
    source = denials(reading.source)
    if reading.source.said("comparison", "at most", "at least"):
        target = _unbounded(reading.target, target)
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


def _unbounded(side: Side, target: Denials) -> Denials:
    """Without the negations that make a bound of a comparison: "up to 4", "no tome más de 4"."""
    limits = [signal.start for signal in side.said("comparison", "more", "less")]
    left = [
        signal
        for signal in target.sure
        if not any(0 <= limit - signal.end <= _REACH for limit in limits)
    ]
    return target._replace(sure=left)


def _issue(reading: Reading, target: Denials) -> Issue:
    found = quoted(reading.target.text, spans(target.sure))
    return Issue(
        f"The translation negates with {found}; the source does not.", (), spans(target.sure)
    )
