"""One wording for several sources in a run: often a text pasted into the wrong place.

Languages rightly merge what English parts ("fever" and "a fever"), so this is quiet; it is a
warning where two long sources have little in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from medloc.checks.reading import Issue
from medloc.model import Pair, Severity
from medloc.phrases import phrase

_WORD = re.compile(r"\w+")


def same_wording(pairs: Sequence[Pair]) -> Iterator[tuple[int, Issue]]:
    """(place in the run, issue) of every pair whose wording also stands for another source."""
    places: dict[tuple[str, str], list[int]] = {}
    for place, pair in enumerate(pairs):
        if pair.target.strip():
            places.setdefault((pair.locale, " ".join(pair.target.split())), []).append(place)
    for same in places.values():
        first = {" ".join(_words(pairs[place].source)): place for place in reversed(same)}
        if len(first) < 2:
            continue
        for place in same:
            words = _words(pairs[place].source)
            other = next(found for key, found in first.items() if key != " ".join(words))
            yield place, _issue(pairs[place], pairs[other], words)


def _issue(pair: Pair, other: Pair, words: list[str]) -> Issue:
    one, two = set(words), set(_words(other.source))
    strange = min(len(one), len(two)) >= 5 and len(one & two) * 3 < min(len(one), len(two))
    return Issue(
        phrase("The same wording stands for another source: `{other}`.", other=other.source[:120]),
        ((0, len(pair.source)),), ((0, len(pair.target)),),
        Severity.WARNING if strange and pair.target != pair.source else None,
    )  # fmt: skip


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
