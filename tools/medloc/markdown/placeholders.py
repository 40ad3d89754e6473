"""Quantities as named placeholders: `{beat_rate}` in the texts of articles that declare any."""

from __future__ import annotations

import re

# A backslash before the brace makes it text. Python's brace format allows the same names.
PLACEHOLDER = re.compile(r"(?<!\\)\{([A-Za-z_]\w*)\}", re.ASCII)


def placeholders(text: str) -> tuple[str, ...]:
    """Every placeholder of a text in order, repeated as often as it stands there.

    >>> placeholders(r"{start_dose}, later {dose}, never \\{this}")
    ('start_dose', 'dose')
    """
    return tuple(PLACEHOLDER.findall(text)) if "{" in text else ()
