"""Words that the locale's glossary forbids for a term of the source."""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.reading import Issue, Reading, quoted
from medloc.checks.terms import glossary_of, mentions
from medloc.model import Severity, Span
from medloc.phrases import phrase, together


def forbidden_terms(reading: Reading) -> Iterator[Issue]:
    """Forbidden forms beside a term of the source; inflected forms are less sure."""
    if not reading.context.glossary:
        return
    glossary = glossary_of(reading)
    if not glossary.forbids:
        return
    for known, spans in mentions(reading, glossary):
        good: set[Span] = set()
        for form in known.accepted:
            good.update(form.places(reading.target))
        for form in known.forbidden:
            found = tuple(span for span in form.places(reading.target) if span not in good)
            if not found:
                continue
            better = known.term.accepted[:1]
            yield Issue(
                together(
                    phrase(
                        "{now}: the glossary forbids `{word}` for `{term}`.",
                        now=quoted(reading.target.text, found),
                        word=form.text,
                        term=known.term.term,
                    ),
                    phrase("Write `{word}`.", word=better[0]) if better else "",
                ),
                spans,
                found,
                None if form.text.lower() in reading.target.text.lower() else Severity.WARNING,
            )
