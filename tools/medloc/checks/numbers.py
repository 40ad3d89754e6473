"""Numbers changed, lost or added: values are compared, not the way they are written.

A tenfold dose is the classic of medication errors: ISMP, "Zero tolerance: trailing zeros and
naked decimal points", https://www.ismp.org/recommendations/error-prone-abbreviations-list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medloc.checks.differences import differences
from medloc.checks.numerals import Number
from medloc.checks.reading import Issue, Reading, quoted
from medloc.model import Severity
from medloc.phrases import phrase


def numbers(reading: Reading) -> Iterator[Issue]:
    """Numbers in digits that the other side has neither in digits nor in words."""
    if not reading.source.numbers and not reading.target.numbers:
        return
    found = differences(reading)
    missing = [number for number in found.missing if number.how == "digits"]
    extra = [number for number in found.extra if number.how != "words"]
    if missing or extra:
        yield _issue(reading, missing, extra, _severity(reading, missing, extra))


def _severity(
    reading: Reading, missing: Sequence[Number], extra: Sequence[Number]
) -> Severity | None:
    """Less sure where only a name differs, where the separators were left as in the source (10,000
    is ten in German), and where a small number may be a word that the checks do not know."""
    if not missing and all(number.how == "name" for number in extra):
        return Severity.WARNING
    if not extra and all(number.values[0] in _OFTEN_WORDS for number in missing):
        return Severity.WARNING
    ours = [reading.source.text[n.start : n.end] for n in missing]
    if extra and ours == [reading.target.text[n.start : n.end] for n in extra]:
        return Severity.WARNING
    return None


_OFTEN_WORDS = frozenset({"1", "2"})  # articles and duals say them too


def _issue(
    reading: Reading, missing: Sequence[Number], extra: Sequence[Number],
    severity: Severity | None,
) -> Issue:  # fmt: skip
    lost = quoted(reading.source.text, (n.span for n in missing))
    new = quoted(reading.target.text, (n.span for n in extra))
    if missing and extra:
        message = phrase("The source says {said}; the translation says {now}.", said=lost, now=new)
    elif missing:
        message = phrase("The source says {said}, which is missing in the translation.", said=lost)
    else:
        message = phrase("The translation says {now}, which is not in the source.", now=new)
    return Issue(message, tuple(n.span for n in missing), tuple(n.span for n in extra), severity)
