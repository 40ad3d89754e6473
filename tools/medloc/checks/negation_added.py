"""A negation in the translation that the source does not have: "may be taken" became "may not"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from medloc.checks.negations import Denials, denials, known, spans
from medloc.checks.parallel import in_parallel
from medloc.checks.reading import Issue, Reading, Side, quoted
from medloc.phrases import phrase

_REACH = 30  # letters between a negation and the comparison that it turns around
_REACH_BEHIND = 12  # the same, where the negation comes last

_SHARING = frozenset({"or", "nor", "any", "anyone", "anything", "anywhere", "neither"})
_ALONG = re.compile(
    r"(?i:ning[uú]n\w{0,2}|nada|nadie|nunca|jamás|nenhu\w{1,3}|nem|nessun\w{0,2}|niente|nulla|mai|né"
    r"|aucune?|personne|personne ne|jamais|rien|ni|ani|żad\w{1,4}|kein\w{0,2})"
)


def negation_added(reading: Reading) -> Iterator[Issue]:
    """A negation where the source has none, nor a word that translates as one ("avoid")."""
    target = denials(reading.target)
    if not target.sure or not known(reading):
        return
    source = denials(reading.source)
    if reading.source.said("comparison", "at most", "at least"):
        target = _unbounded(reading.target, target)
    if reading.source.said("comparison", "less"):
        target = _unreached(reading, target)
    if _added(source, target) or (source.sure and _more(reading, source, target)):
        yield _issue(reading, target)
        return
    for here, there in in_parallel(reading):
        new = target.within(there)
        if _added(source.within(here), new):
            yield _issue(reading, new)
            return


def _added(source: Denials, target: Denials) -> bool:
    return bool(target.sure) and not (source.sure or source.maybe or source.gaining)


def _more(reading: Reading, source: Denials, target: Denials) -> bool:
    """Whether a translation negates more often than its source, not counting what only goes along
    ("no ... ninguno") and what one "not" of the source may share out ("do not eat or drink")."""
    new = len(target.sure) - len(source.sure) - len(source.maybe) - len(source.gaining)
    if new <= 0 or reading.source.lexicon.language != "en":
        return False
    along = sum(bool(_ALONG.fullmatch(reading.target.text, *signal.span)) for signal in target.sure)
    shared = sum(word.folded in _SHARING for word in reading.source.words)
    return new > along + shared


def _unbounded(side: Side, target: Denials) -> Denials:
    """Without the negations that make a bound of a comparison: "up to 4", "no tome más de 4"."""
    limits = side.said("comparison", "more", "less")
    left = [
        signal
        for signal in target.sure
        if not any(
            0 <= limit.start - signal.end <= _REACH
            or 0 <= signal.start - limit.end <= _REACH_BEHIND
            for limit in limits
        )
    ]
    return target._replace(sure=left)


def _unreached(reading: Reading, target: Denials) -> Denials:
    """Without the negations of a number not reached: "under 18", "nie masz ukończonych 18 lat"."""
    below = [signal.end for signal in reading.source.said("comparison", "less")]
    values = {
        value
        for number in reading.source.numbers
        if any(0 <= number.start - end <= 3 for end in below)
        for value in number.values
    }
    starts = [n.start for n in reading.target.numbers if not values.isdisjoint(n.values)]
    left = [s for s in target.sure if not any(0 <= at - s.end <= _REACH for at in starts)]
    return target._replace(sure=left)


def _issue(reading: Reading, target: Denials) -> Issue:
    found = quoted(reading.target.text, spans(target.sure))
    return Issue(
        phrase("The translation negates with {now}; the source does not.", now=found),
        (),
        spans(target.sure),
    )
