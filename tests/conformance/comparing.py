"""Compares pages: ids of headings, quotes written as entities and white space do not count."""

from __future__ import annotations

import re

_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL | re.IGNORECASE)
_HEADING_ID = re.compile(r'(<h[1-6]\b[^>]*?) id="[^"]*"')
_ALIGNED = re.compile(r'(<t[hd]) (?:align="(\w+)"|class="align-(\w+)"|style="text-align: ?(\w+)")')
# White space on either side of these never shows.
_BLOCK = "p|div|ul|ol|li|blockquote|pre|table|thead|tbody|tr|th|td|h[1-6]|hr|dl|dt|dd|br|section"
_AROUND_BLOCKS = re.compile(rf"\s*(</?(?:{_BLOCK})\b[^>]*>)\s*")
_QUOTES = {"&quot;": '"', "&#x27;": "'", "&#39;": "'"}


def normal(html: str, *, spec: bool = False) -> str:
    """A page in the form in which two of them are compared.

    White space counts only inside <pre>. With `spec`, what the library does on purpose otherwise
    than the specification's own HTML is put aside too: how alignment and quotes are written.

    >>> normal('<h1 id="a">A\\n b</h1>\\n<p>x</p>') == normal("<h1>A b</h1><p>x</p>")
    True
    """
    html = _HEADING_ID.sub(r"\1", html)
    pieces = _PRE.split(html)
    pieces[::2] = [_AROUND_BLOCKS.sub(r"\1", re.sub(r"\s+", " ", text)) for text in pieces[::2]]
    html = "".join(pieces).strip()
    if spec:
        html = _ALIGNED.sub(lambda m: f'{m[1]} align="{m[2] or m[3] or m[4]}"', html)
        for entity, character in _QUOTES.items():
            html = html.replace(entity, character)
        html = html.replace("<tbody></tbody>", "")
        html = re.sub(r"<(/?)s>", r"<\1del>", html)
    return html
