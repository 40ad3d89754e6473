"""Bold and italics that are gone, or shown as asterisks: emphasis marks what must not be missed.

CommonMark 0.31.2, 6.2: https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from medloc.checks.reading import Issue, Reading
from medloc.model import Severity, Span
from medloc.phrases import Phrase, phrase

_CODE = re.compile(r"`[^`]{0,1000}`|https?://[^\s<>()]{1,2000}")
_STRONG = re.compile(r"(?<![*\\])\*\*(?![\s*])[^*]{1,2000}(?<![\s*\\])\*\*(?!\*)"
                     r"|(?<![\w_])__(?![\s_])[^_]{1,2000}(?<![\s_])__(?![\w_])")  # fmt: skip
# Scripts without spaces set their asterisks between letters: 是*不自主*的.
_WEAK = re.compile(r"(?<![*\\0-9])(?:(?<!\w)\*(?![\s*])|\*(?=\w))[^*]{1,2000}"
                   r"(?<![\s*\\])(?:(?<=\w)\*|\*(?!\w))(?![*0-9])"
                   r"|(?<![\w_\\])_(?![\s_])[^_]{1,2000}(?<![\s_\\])_(?![\w_])")  # fmt: skip
_STRUCK = re.compile(r"~~(?!\s)[^~]{1,2000}(?<!\s)~~")
_BOTH = re.compile(r"(?<![*\\])\*\*\*(?![\s*])[^*]{1,2000}(?<![\s*\\])\*\*\*(?!\*)")
# None, one and more of each kind.
_BOLD = (phrase("no bold passages"), phrase("1 bold passage"), phrase("{count} bold passages"))
_STRUCK_OUT = (
    phrase("no struck-out passages"),
    phrase("1 struck-out passage"),
    phrase("{count} struck-out passages"),
)
_SLANTED = (
    phrase("no slanted passages"),
    phrase("1 slanted passage"),
    phrase("{count} slanted passages"),
)


def emphasis(reading: Reading) -> Iterator[Issue]:
    """Another number of bold, struck or slanted passages, and marks without a partner."""
    source, target = reading.source.text, reading.target.text
    if not _may(source) and not _may(target):
        return
    source, target = _CODE.sub(_blank, source), _CODE.sub(_blank, target)
    for pattern, mark, kind in ((_STRONG, "**", _BOLD), (_STRUCK, "~~", _STRUCK_OUT)):
        wanted, found = _passages(pattern, source), _passages(pattern, target)
        if len(wanted) != len(found) or _loose(mark, source, target, wanted, found):
            yield Issue(
                phrase(
                    "The source holds {said}, the translation {now}. "
                    "Write `{mark}` close to the words on both sides.",
                    said=_count(wanted, kind),
                    now=_count(found, kind),
                    mark=mark,
                ),
                tuple(wanted),
                tuple(found) or _marks(target, mark),
            )
            return
    wanted, found = _passages(_WEAK, source), _passages(_WEAK, target)
    if len(wanted) != len(found):
        yield Issue(
            phrase(
                "The source holds {said}, the translation {now}.",
                said=_count(wanted, _SLANTED),
                now=_count(found, _SLANTED),
            ),
            tuple(wanted),
            tuple(found),
            Severity.WARNING if wanted else Severity.INFO,
        )


def _may(text: str) -> bool:
    return "*" in text or "_" in text or "~~" in text


def _passages(pattern: re.Pattern[str], text: str) -> list[Span]:
    found = [match.span() for match in pattern.finditer(text)]
    if pattern is _STRONG and "***" in text:
        found += [match.span() for match in _BOTH.finditer(text)]
    return found


def _loose(mark: str, source: str, target: str, wanted: list[Span], found: list[Span]) -> bool:
    """Whether the translation has marks outside its passages that the source has not."""
    return target.count(mark) - 2 * len(found) > max(0, source.count(mark) - 2 * len(wanted))


def _count(spans: list[Span], kind: tuple[Phrase, Phrase, Phrase]) -> Phrase:
    none, one, many = kind
    return (none, one)[len(spans)] if len(spans) < 2 else Phrase(many, {"count": len(spans)})


def _marks(text: str, mark: str) -> tuple[Span, ...]:
    return tuple(found.span() for found in re.finditer(re.escape(mark), text))[:20]


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())
