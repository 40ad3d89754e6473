"""Renders inline Markdown through the library: what fills a hole of the skeleton.

Every text is put into a heading, where no block syntax can act: a wording that begins with `- ` or
`# ` stays text, and one that runs over its end is cut there. A mark behind the text keeps a closing
`#` from being eaten and tells where the text ends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from medloc.errors import MedlocError
from medloc.markdown.characters import BREAK, END_OF_TEXT
from medloc.markdown.library import inline_page
from medloc.phrases import phrase

# Without any of these the library gives the text back as it is (a property test holds this).
_MARKUP = re.compile(r"[\\`*_~\[\]<>&!\n\r\x00]|\A\s|\s\Z")
_LINE_END = f"\\{BREAK} "
_FOOTNOTE = re.compile(r'(<sup class="footnote-reference"><a href="#([^"]*)">)\d+(</a></sup>)')
_NOTHING: Mapping[str, str] = {}


def as_heading(text: str) -> str:
    """A text as the heading that is rendered.

    A hard break travels as backslash, mark and blank: the text before it still sees punctuation,
    the text after it white space, as they would around a real line end. Any other line end is
    a blank: nothing leaves the heading.
    """
    if "\n" in text or "\r" in text:
        text = text.replace("\\\n", _LINE_END).replace("\n", " ").replace("\r", " ")
    return f"# {text} {END_OF_TEXT}\n"


def inline_html(
    texts: Sequence[str], *, tail: str = "", numbers: Mapping[str, str] = _NOTHING
) -> list[str]:
    """The HTML of each text, in one call of the library for all that hold any markup.

    `tail` are the definitions their references need (see `links.tail`); `numbers` gives the number
    of each footnote by its label, as the library escapes it.

    >>> inline_html(["Do **not** stop.", "5 < 8", "1. Rest"])
    ['Do <strong>not</strong> stop.', '5 &lt; 8', '1. Rest']
    """
    rendered = list(texts)
    marked = [index for index, text in enumerate(rendered) if _MARKUP.search(text)]
    if not marked:
        return rendered
    page = "".join([as_heading(rendered[index]) for index in marked])
    pieces = inline_page(page + tail).split(f"{END_OF_TEXT}</h1>\n")
    if len(pieces) != len(marked) + 1 or not all(p.startswith("<h1>") for p in pieces[:-1]):
        raise MedlocError(
            phrase("a text cannot be rendered on its own"),
            advice=phrase("Look for unusual characters in it."),
        )
    for index, piece in zip(marked, pieces, strict=False):
        html = piece[4:].removesuffix(" ")
        if BREAK in html:
            html = html.replace(_LINE_END, "<br />\n")
        if numbers and 'class="footnote-reference"' in html:
            html = _FOOTNOTE.sub(lambda m: f"{m[1]}{numbers.get(m[2], '?')}{m[3]}", html)
        rendered[index] = html
    return rendered
