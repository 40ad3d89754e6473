"""printf places (`%d`, `%(name)s`, `%1$s`): changed, the program stops or prints another value.

Python (https://docs.python.org/3/library/stdtypes.html#printf-style-string-formatting), C, PHP. A
per cent sign before a word ("100 % de") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from medloc.checks.multisets import Token, differing, spans
from medloc.checks.reading import Issue, Reading, quoted
from medloc.phrases import phrase, together

_PLACE = re.compile(
    r"%(?:\((?P<name>\w{1,60})\)[-+0#]{0,3}\d{0,4}(?:\.\d{1,3})?[sdifuxXcgGeEr]"
    r"|(?P<position>\d{1,2}\$)?[-+0#]{0,3}\d{0,4}(?:\.\d{1,3})?(?:ll|l|h|z)?"
    r"[sdifuxXcgGeE@](?![A-Za-zÀ-ɏ]))"  # Korean and Chinese write on: %s부터
)
_AFTER_NUMBER = re.compile(r"[\d٠-٩۰-۹]\s?$")


def printf(reading: Reading) -> Iterator[Issue]:
    """printf places of the source that the translation lacks or has otherwise."""
    source = reading.source.text
    if "%" not in source:
        return
    wanted = _places(source)
    if not wanted:
        return
    lost, new = differing(wanted, _places(reading.target.text))
    if lost:
        instead = quoted(reading.target.text, spans(new))
        yield Issue(
            together(
                phrase("The translation lacks {said}.", said=quoted(source, spans(lost))),
                phrase("It holds {now} instead.", now=instead) if new else "",
                phrase("Copy it exactly."),
            ),
            spans(lost),
            spans(new),
        )
    elif new:
        yield Issue(
            phrase(
                "The translation holds {now} once too often.",
                now=quoted(reading.target.text, spans(new)),
            ),
            spans(wanted),
            spans(new),
        )


def _places(text: str) -> list[Token]:
    found = []
    for match in _PLACE.finditer(text):
        named = match["name"] or match["position"]
        if named or not _AFTER_NUMBER.search(text[max(0, match.start() - 2) : match.start()]):
            found.append((match[0], match.span()))
    return found
