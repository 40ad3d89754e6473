"""What the markup checks share: two bags of tokens compared, order free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from medloc.model import Span

Token = tuple[str, Span]  # as it is compared, and where it stands


def differing(source: Iterable[Token], target: Iterable[Token]) -> tuple[list[Token], list[Token]]:
    """The tokens that only the source has, and those that only the translation has.

    >>> differing([("a", (0, 1)), ("b", (2, 3))], [("b", (0, 1)), ("c", (2, 3))])
    ([('a', (0, 1))], [('c', (2, 3))])
    """
    source, target = list(source), list(target)
    return _without(source, target), _without(target, source)


def _without(tokens: list[Token], others: list[Token]) -> list[Token]:
    left = Counter(token for token, _ in others)
    found = []
    for token, span in tokens:
        if left[token]:
            left[token] -= 1
        else:
            found.append((token, span))
    return found


def spans(tokens: Iterable[Token]) -> tuple[Span, ...]:
    """Where tokens stand."""
    return tuple(span for _, span in tokens)
