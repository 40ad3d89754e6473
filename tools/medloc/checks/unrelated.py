"""A translation that belongs to another source: pasted, shifted by a line, matched by a wrong key.

The weights are log odds, fitted on 1,740 clean pairs in four languages and as many re-paired ones,
and rounded. No single sign decides: numbers, names, concepts, look-alikes, length, marks together.
"""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.kinship import (
    Shape,
    Subject,
    borrows,
    known_concepts,
    new_concepts,
    shape,
    subject,
)
from medloc.checks.lengths import extent
from medloc.checks.reading import Issue, Reading
from medloc.checks.tongues import tongues
from medloc.model import Severity
from medloc.phrases import Phrase, phrase, together

_WARN, _SURE = 2.0, 4.2


def unrelated(reading: Reading) -> Iterator[Issue]:
    """Another segment's text."""
    source, target = reading.source, reading.target
    known = known_concepts(reading) or tongues().bit(target.locale)
    if source.text == target.text or extent(source) < 20 or not known:
        return
    spoken = subject(reading)
    odds = _words(spoken, reading)
    if odds < -5.5:  # enough is shared, whatever the rest looks like
        return
    seen = shape(reading)
    odds += _looks(seen)
    if odds < _WARN - 2.2:
        return
    odds += 0.55 * min(new_concepts(reading), 4)
    if spoken.concepts_lost < 2 and not (seen.numbers_lost + seen.numbers_new + spoken.names_new):
        odds -= 0.7  # one word may be said in another way
    if odds < _WARN:
        return
    yield Issue(
        phrase("The translation seems to belong to another text: {why}.", why=_why(spoken, seen)),
        ((0, len(source.text)),), ((0, len(target.text)),),
        Severity.ERROR if odds >= _SURE else Severity.WARNING,
    )  # fmt: skip


def _words(signs: Subject, reading: Reading) -> float:
    """The log odds, by the words, that the texts do not belong together."""
    listed = known_concepts(reading)
    share = (signs.concepts + 0.5) / (signs.concepts + signs.concepts_lost + 1) if listed else 0.85
    odds = 0.5 - 4.8 * share - 0.5 * min(signs.concepts, 4) + 0.55 * min(signs.concepts_lost, 6)
    odds += 0.7 * min(signs.names_new, 4) - 1.1 * min(signs.names, 4)
    odds += 0.07 * min(signs.cognates_lost, 10) - 0.7 * min(signs.cognates, 4)
    if not borrows(reading.target):
        return odds + 0.4
    return odds + 1.3 if signs.cognates == 0 and signs.cognates_lost >= 3 else odds


def _looks(signs: Shape) -> float:
    """The log odds that numbers, length and marks add."""
    odds = 1.4 * (min(signs.numbers_lost, 4) + min(signs.numbers_new, 4))
    odds += 0.35 * signs.length + 0.8 * min(signs.sentences, 2) + min(signs.marks, 3)
    return odds - 1.1 * min(signs.numbers, 4)


def _why(spoken: Subject, seen: Shape) -> Phrase:
    """What differs, in words."""
    parts = []
    if seen.numbers_lost + seen.numbers_new:
        parts.append(phrase("numbers differ ({count})", count=seen.numbers_lost + seen.numbers_new))
    if spoken.concepts_lost:
        every = spoken.concepts + spoken.concepts_lost
        parts.append(phrase("{count} of {every} main words have no counterpart",
                            count=spoken.concepts_lost, every=every))  # fmt: skip
    if spoken.names_new or (spoken.names_lost and not spoken.names):
        parts.append(phrase("names differ"))
    if seen.length > 2:
        parts.append(phrase("the length does not fit"))
    if seen.sentences:
        parts.append(phrase("there are more or fewer sentences"))
    if not parts:
        return phrase("too little of the source is found in it")
    return together(*parts, between=", ")
