"""The visible word of a call-out, which the Markdown library leaves out."""

from __future__ import annotations

import re
from html import escape

from medloc.theme.words import Words


def _(text: str) -> str:
    """Marks a text for extraction into theme.pot."""
    return text


LABELS = {
    "note": _("Note"),
    "tip": _("Tip"),
    "important": _("Important"),
    "warning": _("Warning"),
    "caution": _("Caution"),
}
CALLOUT = re.compile(rf'<blockquote class="markdown-alert-({"|".join(LABELS)})">\n?')


def label_callouts(html: str, words: Words) -> str:
    """Put the label into every call-out of a body, as the library writes them.

    >>> from medloc.theme.words import words
    >>> body = '<blockquote class="markdown-alert-tip"><p>Ruhe.</p></blockquote>'
    >>> label_callouts(body, words("de")).removeprefix('<blockquote class="markdown-alert-tip">')
    '<p class="callout-label">Tipp</p><p>Ruhe.</p></blockquote>'
    """
    mark = "" if words.known else ' lang="en" dir="ltr"'

    def label(match: re.Match[str]) -> str:
        text = escape(words(LABELS[match[1]]))
        return f'{match[0]}<p class="callout-label"{mark}>{text}</p>'

    return CALLOUT.sub(label, html)
