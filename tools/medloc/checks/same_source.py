"""One source with several wordings in a run: readers take two names for two things.

ISO 17100 asks for consistent terms and phrases, https://www.iso.org/standard/59149.html. Short
sources (a button, a heading) may rightly differ by place: they are quiet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medloc.checks.reading import Issue
from medloc.model import Pair, Severity
from medloc.phrases import phrase


def same_source(pairs: Sequence[Pair]) -> Iterator[tuple[int, Issue]]:
    """(place in the run, issue) of every pair whose source is worded otherwise elsewhere."""
    wordings: dict[tuple[str, str], dict[str, int]] = {}
    for place, pair in enumerate(pairs):
        if pair.target.strip():
            wordings.setdefault(_key(pair), {}).setdefault(" ".join(pair.target.split()), place)
    for place, pair in enumerate(pairs):
        found = wordings.get(_key(pair), {})
        if len(found) < 2 or not pair.target.strip():
            continue
        mine = " ".join(pair.target.split())
        other = next(wording for wording in found if wording != mine)
        short = len(pair.source.split()) < 4
        yield (
            place,
            Issue(
                phrase("The same source is translated otherwise elsewhere: `{other}`.",
                       other=other[:120]),
                ((0, len(pair.source)),), ((0, len(pair.target)),),
                Severity.INFO if short else None,
            ),
        )  # fmt: skip


def _key(pair: Pair) -> tuple[str, str]:
    return pair.locale, " ".join(pair.source.split())
