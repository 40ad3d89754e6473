"""From a text written out back to the wording: values to `{name}`, addresses to `[text][label]`.

Law: what is given back, written out again, is exactly the text it came from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from medloc import markdown
from medloc.markdown import placeholders
from medloc.model import Article, Message, Pair, Translation
from medloc.workflow.translations import wording_problem

_TRIED = 400
"""Ways to put names into one text that are tried; real texts have one, seldom two."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a name may have stood: the characters `start` to `end` were written for `opened`;
    `name` is set for a quantity, each of which stands as often as in the source."""

    start: int
    end: int
    opened: str
    name: str = ""


def write_back(
    article: Article,
    message: Message,
    pair: Pair,
    values: Mapping[str, str],
    addresses: Mapping[str, str],
) -> tuple[str, ...]:
    """The wordings of a message that are written out as the target of `pair`, the likeliest first;
    () when there is none.

    `values` and `addresses` are the article's in the pair's locale. Two and more are given when
    quantities are written alike, or like a number that stands in the text. If none has the
    structure of the source, it is one that has not.
    """
    if not (message.placeholders or message.links):
        return (pair.target,)
    spots = _spots(message, pair.target, values, addresses)
    counts = Counter(placeholders(message.text))
    exact = [
        wording
        for wording in islice(_wordings(pair.target, spots, counts), _TRIED)
        if _written(article, message, wording, values, addresses) == pair.target
    ]
    sound = [w for w in exact if not wording_problem(article, Translation(message, pair, w))]
    return tuple(dict.fromkeys(sound or exact[:1]))


def _spots(
    message: Message, target: str, values: Mapping[str, str], addresses: Mapping[str, str]
) -> list[_Spot]:
    """In order of place; at one place the longest first, then in the order of the source."""
    found: list[_Spot] = []
    for name in dict.fromkeys(message.placeholders):
        opened = f"{{{name}}}"
        written = markdown.write_out(opened, values, {}, plain=message.is_field)
        found += (
            _Spot(at, at + len(written), opened, name) for at in _occurrences(target, written)
        )
    for label in message.links:
        written = markdown.write_out(f"[x][{label}]", {}, {label: addresses[label]})[2:]
        opened = f"][{label}]"
        found += (_Spot(at, at + len(written), opened) for at in _occurrences(target, written))
    return sorted(found, key=lambda spot: (spot.start, -spot.end))


def _occurrences(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _wordings(
    target: str, spots: list[_Spot], counts: Counter[str], *, at: int = 0, first: int = 0
) -> Iterator[str]:
    """Every way to put names on spots that do not overlap, taking before leaving out."""
    for index in range(first, len(spots)):
        spot = spots[index]
        if spot.start < at or (spot.name and not counts[spot.name]):
            continue
        left = counts - Counter([spot.name])
        rest = _wordings(target, spots, left, at=spot.end, first=index + 1)
        before = target[at : spot.start] + spot.opened
        yield from (before + after for after in rest)
    yield target[at:]


def _written(
    article: Article,
    message: Message,
    wording: str,
    values: Mapping[str, str],
    addresses: Mapping[str, str],
) -> str:
    tail = article.skeleton.tail
    return markdown.write_out(wording, values, addresses, tail=tail, plain=message.is_field)
