"""Characters that turn the direction of text: overrides show digits and letters in another order.

UAX #9 (https://www.unicode.org/reports/tr9/) and CVE-2021-42574 ("Trojan Source"). medloc itself
writes quantities in right-to-left text between U+2068 and U+2069: a closed isolate is fine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from medloc.checks.reading import Issue, Reading
from medloc.checks.scripts import RIGHT_TO_LEFT, scripts_of
from medloc.model import Severity, Span
from medloc.phrases import Phrase, phrase, together

_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_OVERRIDES = "\u202d\u202e"
_ISOLATES = "\u2066\u2067\u2068"
_NAMES = {
    "\u202a": phrase("left-to-right embedding"),
    "\u202b": phrase("right-to-left embedding"),
    "\u202c": phrase("end of embedding"),
    "\u202d": phrase("left-to-right override"),
    "\u202e": phrase("right-to-left override"),
    "\u2066": phrase("left-to-right isolate"),
    "\u2067": phrase("right-to-left isolate"),
    "\u2068": phrase("first-strong isolate"),
    "\u2069": phrase("end of isolate"),
}


def bidi_controls(reading: Reading) -> Iterator[Issue]:
    """Overrides, and embeddings or isolates that are opened and not closed or the reverse."""
    text = reading.target.text
    if not _CONTROLS.search(text):
        return
    source = _CONTROLS.findall(reading.source.text)
    if source and source == _CONTROLS.findall(text):
        return
    bad, paired = _sorted_out(text)
    if bad:
        yield Issue(
            phrase(
                "The translation holds {characters}: text and numbers behind it may be shown "
                "in another order. Delete it and type the sentence again.",
                characters=_named(text, bad),
            ),
            (),
            tuple(bad),
        )
    elif not scripts_of(reading.target.locale) & RIGHT_TO_LEFT:
        yield Issue(
            phrase(
                "The translation holds {characters}; text in this script needs none.",
                characters=_named(text, paired),
            ),
            (),
            tuple(paired),
            Severity.INFO,
        )


def _sorted_out(text: str) -> tuple[list[Span], list[Span]]:
    """The spans of overrides and of controls without partner; the spans of the others."""
    stack: list[tuple[str, Span]] = []
    bad: list[Span] = []
    paired: list[Span] = []
    for found in _CONTROLS.finditer(text):
        control, span = found[0], found.span()
        if control in "\u202c\u2069":
            opened = stack.pop() if stack else None
            if opened is None or (opened[0] in _ISOLATES) != (control == "\u2069"):
                bad.append(span)
                bad += [opened[1]] if opened else []
            elif opened[0] in _OVERRIDES:
                bad += [opened[1], span]
            else:
                paired += [opened[1], span]
        else:
            stack.append((control, span))
    return sorted(bad + [span for _, span in stack]), sorted(paired)


def _named(text: str, spans: list[Span]) -> Phrase:
    """`an invisible U+202E (right-to-left override)`, each kind once."""
    kinds = dict.fromkeys(text[start:end] for start, end in spans)
    names = [phrase("U+{code} ({name})", code=f"{ord(one):04X}", name=_NAMES[one]) for one in kinds]
    return phrase("an invisible {characters}", characters=together(*names, between=", "))
