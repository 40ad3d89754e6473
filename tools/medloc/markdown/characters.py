"""Characters that no article and no wording may hold, and the ones that are ours.

Refused are controls, bidirectional controls, zero-width and other invisible characters that change
what a reader sees or a program compares, and private-use characters, which mark our holes. Allowed
are tab and line feed, joiners, the direction marks (LRM, RLM, ALM) and no-break spaces: languages
need them.
"""

from __future__ import annotations

import html as entities
import re
import unicodedata

FORBIDDEN_CLASS = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\u180e\u200b\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    r"\ufffe\uffff\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e007f\U000f0000-\U0010ffff"
)
_FORBIDDEN = re.compile(f"[{FORBIDDEN_CLASS}]")

# Private-use characters of the skeleton; none can come from an article or a wording.
HOLE, END_HOLE = "\ue000", "\ue001"
UNTRANSLATED, END_UNTRANSLATED = "\ue002", "\ue003"
DIRECTIVE = "\ue004"
END_OF_TEXT = "\ue005"
BREAK = "\ue006"


def forbidden_character(text: str, *, markup: bool = True) -> str:
    """The first forbidden character of a text, as written or as an entity; empty when none is.

    `markup` False takes the text as it is: `&#x202e;` is then eight harmless characters.

    >>> forbidden_character("5 mg"), describe(forbidden_character("5 &#x202e;mg"))
    ('', 'U+202E RIGHT-TO-LEFT OVERRIDE')
    """
    found = _FORBIDDEN.search(text)
    if found is None and markup and "&" in text:
        found = _FORBIDDEN.search(entities.unescape(text))
    return found[0] if found else ""


def describe(character: str) -> str:
    """Code point and name of a character."""
    name = unicodedata.name(character, "")
    point = ord(character)
    if not name and unicodedata.category(character) == "Co":
        name = "(private use)"
    elif not name:
        name = "(control character)"
    return f"U+{point:04X} {name}"
