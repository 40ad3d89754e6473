"""A negation of the source that the translation does not have: "do not take" became "take".

It turns an instruction into its opposite and leaves a sentence that reads well.
"""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.negations import Denials, denials, known, spans
from medloc.checks.parallel import in_parallel
from medloc.checks.reading import Issue, Reading, Side, quoted
from medloc.model import Severity
from medloc.phrases import phrase


def negation_removed(reading: Reading) -> Iterator[Issue]:
    """Fewer negations in the translation than in the source: in a sentence, or in the whole.

    An error where nothing in either text can explain it.
    """
    source = denials(reading.source)
    if not source.sure or not known(reading):
        return
    target = denials(reading.target)
    pairs = in_parallel(reading)
    for here, there in pairs:
        said, kept = source.within(here), target.within(there)
        if _removed(said, kept):
            yield _issue(reading, said, kept)
            return
    if not pairs and _removed(source, target):
        yield _issue(reading, source, target)


def _removed(source: Denials, target: Denials) -> bool:
    missing = len(source.sure) - len(target.sure)
    if missing <= 0:
        return False
    excuses = max(0, len(target.maybe) - len(source.maybe))
    return missing > excuses + max(0, len(target.bounds) - len(source.bounds))


def _issue(reading: Reading, source: Denials, target: Denials) -> Issue:
    said = quoted(reading.source.text, spans(source.sure))
    kept = quoted(reading.target.text, spans(target.sure))
    sure = not (target.sure or target.maybe or target.bounds or source.maybe) and _in_words(
        reading.target
    )
    return Issue(
        phrase(
            "The source negates with {said}; the translation has only {now}.", said=said, now=kept
        )
        if kept
        else phrase("The source negates with {said}; the translation has no negation.", said=said),
        spans(source.sure),
        spans(target.sure),
        Severity.ERROR if sure else None,
    )


def _in_words(side: Side) -> bool:
    """Whether a language negates with words of their own: a list then holds them all."""
    lexicon = side.lexicon
    return lexicon.segmented and all(meaning != _NOT for _, meaning in lexicon.patterns)


_NOT = ("negation", "not")
