"""Places that a program fills (`{count}`): changed, they print their own name or stop the page.

Python format strings (https://docs.python.org/3/library/string.html#format-string-syntax), ICU
messages (https://unicode-org.github.io/icu/userguide/format_parse/messages/), `${x}`, `%{x}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from medloc.checks.multisets import Token, differing, spans
from medloc.checks.reading import Issue, Reading, quoted
from medloc.model import Severity
from medloc.phrases import phrase, together

_PLACE = re.compile(
    r"[$%]?\{\{\s?[A-Za-z_][^{}]{0,60}\}\}"
    r"|[$%]?\{[A-Za-z_0-9][A-Za-z_0-9.:!\[\]-]{0,60}\}|[$%]?\{\}"
)
_ICU = re.compile(r"\{\s?(\w{1,60})\s?,\s?(plural|select|selectordinal|number|date|time)\b")


def placeholders(reading: Reading) -> Iterator[Issue]:
    """Placeholders that differ, and braces without a partner."""
    source, target = reading.source.text, reading.target.text
    if "{" not in source and "{" not in target and "}" not in target:
        return
    if "," in source and _ICU.search(source):
        wanted, found = _messages(source), _messages(target)
    else:
        wanted, found = _places(source), _places(target)
    lost, new = differing(wanted, found)
    if lost:
        instead = quoted(target, spans(new))
        yield Issue(
            together(
                phrase("The translation lacks {said}.", said=quoted(source, spans(lost))),
                phrase("It holds {now} instead.", now=instead) if new else "",
                phrase("Copy it, braces too."),
            ),
            spans(lost),
            spans(new),
        )
    elif new:
        yield Issue(
            phrase(
                "The translation holds {now}, which the source does not.",
                now=quoted(target, spans(new)),
            ),
            (),
            spans(new),
            None if wanted else Severity.WARNING,
        )
    elif wanted and _unbalanced(target) and not _unbalanced(source):
        yield Issue(phrase("A brace has no partner."), spans(wanted), spans(found))


def _places(text: str) -> list[Token]:
    return [(re.sub(r"\s", "", found[0]), found.span()) for found in _PLACE.finditer(text)]


def _messages(text: str) -> list[Token]:
    """The arguments of ICU messages: their branches differ by language."""
    return [(f"{found[1]},{found[2]}", found.span()) for found in _ICU.finditer(text)]


def _unbalanced(text: str) -> bool:
    return text.count("{") != text.count("}")
