"""Terms of the source that are not translated as the locale's glossary says: one disease, one word.

ISO 17100:2015 4.4: the translator uses the agreed terminology (https://www.iso.org/standard/59149.html).
"""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.reading import Issue, Reading, quoted
from medloc.checks.terms import Glossary, Known, Mention, glossary_of, mentions
from medloc.model import Severity, Span
from medloc.phrases import phrase

_SHORT = 12  # words
_MANY = 1000  # from here on only the missing term is reported, not what stands instead


def glossary(reading: Reading) -> Iterator[Issue]:
    """Terms without an accepted form; worse, with another term of the glossary in their place."""
    if not reading.context.glossary:
        return
    terms = glossary_of(reading)
    named = mentions(reading, terms)
    for mention in named:
        if not mention.known.accepted:
            continue
        found = _found(mention.known, reading)
        if len(found) >= len(mention.spans):
            continue
        other = _instead(reading, terms, named, mention)
        if other is not None:
            yield _exchanged(reading, mention, *other)
        elif not found and not _kept(mention, reading):
            wanted = ", ".join(f"`{form}`" for form in mention.known.term.accepted[:3])
            yield Issue(
                phrase(
                    "{term}: the glossary says {wanted}, which the translation does not hold.",
                    term=quoted(reading.source.text, mention.spans[:1]),
                    wanted=wanted,
                ),
                mention.spans,
                severity=None if _sure(mention, reading) else Severity.INFO,
            )


def _sure(mention: Mention, reading: Reading) -> bool:
    """Whether another wording is unlikely to be free translation: the glossary lists several forms
    or a stem, the term comes twice, or the sentence is too short to say it in a roundabout way."""
    accepted = mention.known.term.accepted
    listed = len(accepted) > 1 or accepted[0].endswith("*")
    return listed or len(mention.spans) > 1 or len(reading.source.words) <= _SHORT


def _found(known: Known, reading: Reading) -> set[Span]:
    """Where accepted forms stand in the translation."""
    return {span for form in known.accepted for span in form.places(reading.target)}


def _kept(mention: Mention, reading: Reading) -> bool:
    """Whether the source's own word stayed, which kept-terms judges."""
    return (
        mention.known.term.keep and mention.known.term.term.lower() in reading.target.text.lower()
    )


def _instead(
    reading: Reading, terms: Glossary, named: list[Mention], mention: Mention
) -> tuple[Known, Span] | None:
    """Another term that the translation has and the source does not name."""
    right: set[Span] = set()
    for one in named:
        right |= _found(one.known, reading)
    if len(terms.terms) > _MANY:
        return None
    source = reading.source.text.lower()
    for other in terms.terms:
        name = other.term.term.lower()
        if other is mention.known or name in source:
            continue
        relatives = source.count(name[:3])  # viral for virus, lung for lungs
        for form in other.accepted:
            places = [span for span in form.places(reading.target) if span not in right]
            if len(places) > relatives:
                return other, places[0]
    return None


def _exchanged(reading: Reading, mention: Mention, other: Known, span: Span) -> Issue:
    return Issue(
        phrase(
            "{term}: the translation says "
            "{now}, the glossary's word for `{other}`. "
            "The glossary says `{wanted}`.",
            term=quoted(reading.source.text, mention.spans[:1]),
            now=quoted(reading.target.text, [span]),
            other=other.term.term,
            wanted=mention.known.term.accepted[0],
        ),
        mention.spans,
        (span,),
        Severity.WARNING,
    )
