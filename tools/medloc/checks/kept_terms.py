"""Names that stay as they are (`keep: true` in the glossary): drugs, genes, brands of tests."""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.reading import Issue, Reading, quoted
from medloc.checks.terms import glossary_of, mentions
from medloc.phrases import phrase


def kept_terms(reading: Reading) -> Iterator[Issue]:
    """Names of the source that the translation lacks, an accepted form aside."""
    if not reading.context.glossary:
        return
    glossary = glossary_of(reading)
    if not glossary.keeps:
        return
    text = reading.target.text.lower()
    for known, spans in mentions(reading, glossary):
        if not known.term.keep or known.term.term.lower() in text:
            continue
        if any(form.places(reading.target) for form in known.accepted):
            continue
        yield Issue(
            phrase(
                "{term} stays as it is (glossary), and the translation does not hold it.",
                term=quoted(reading.source.text, spans[:1]),
            ),
            spans,
        )
