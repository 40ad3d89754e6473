"""Raw HTML in articles: what may stay, what a reader would see untranslated, what is never safe."""

from __future__ import annotations

import html as entities
import re

from medloc.markdown.links import forbidden_scheme
from medloc.markdown.structure import VOID_TAGS
from medloc.phrases import phrase

_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9-]*)"
    r"((?:\s+[A-Za-z_:@][^\s\"'<>/=]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*)\s*/?>"
)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")
_REFUSED_TAGS = frozenset({
    "script", "style", "iframe", "object", "embed", "form", "input", "button", "select",
    "textarea", "link", "meta", "base", "frame", "frameset", "applet", "template", "noscript",
    "svg", "math", "html", "head", "body", "title", "main", "article", "plaintext",
})  # fmt: skip
_ADDRESSES = frozenset({
    "href", "src", "action", "formaction", "srcset", "poster", "data", "background", "cite",
    "xlink:href", "ping",
})  # fmt: skip
# Words in these reach readers, on the screen or through a screen reader.
_WORDS = frozenset({
    "alt", "title", "aria-label", "aria-description", "placeholder", "label", "summary",
})  # fmt: skip


class Balance:
    """Which raw tags are open at a place of the article, so that none closes the page around it."""

    def __init__(self) -> None:
        self.open: list[tuple[str, int]] = []

    def read(self, html: str, line: int) -> str:
        """Follow the tags of a block; gives what is wrong, or nothing."""
        for tag in _TAG.finditer(html):
            name = tag[2].lower()
            if name in VOID_TAGS:
                continue
            if not tag[1]:
                self.open.append((name, line))
            elif self.open and self.open[-1][0] == name:
                self.open.pop()
            else:
                return phrase("`</{name}>` closes nothing that is open here", name=name)
        return ""


def block_problem(html: str) -> tuple[str, int]:
    """Why a raw HTML block cannot stay, and on which of its lines (0-based); empty when it can.

    >>> block_problem("<div class='note'>\\n")
    ('', 0)
    >>> block_problem("<p>Take 5 mg.</p>")
    ('raw HTML holds text ("Take 5 mg.") that would stay untranslated', 0)
    """
    position = 0
    while position < len(html):
        if html[position].isspace():
            position += 1
            continue
        end, problem = _piece(html, position)
        if problem:
            return problem, html.count("\n", 0, position)
        position = end
    return "", 0


def _piece(html: str, position: int) -> tuple[int, str]:
    """Where the comment or tag at a position ends, and what is wrong with it."""
    if html.startswith("<!--", position):
        end = html.find("-->", position + 4)
        if end < 0:
            return position, phrase(
                "the comment `<!--` is never closed: all that follows is hidden"
            )
        return end + 3, ""
    tag = _TAG.match(html, position)
    if tag is None:
        return position, _text_problem(html, position)
    return tag.end(), tag_problem(tag[0])


def tag_problem(raw: str) -> str:
    """Why a single raw tag (or comment) cannot stay; empty when it can."""
    tag = _TAG.fullmatch(raw)
    if tag is None:
        return (
            "" if raw.startswith("<!--") else phrase("`{raw}` is not plain HTML", raw=_short(raw))
        )
    name = tag[2].lower()
    if name in _REFUSED_TAGS:
        return phrase("the tag <{name}> is refused", name=name)
    for key, quoted in _ATTRIBUTE.findall(tag[3]):
        problem = _attribute_problem(key.lower(), entities.unescape(quoted.strip("\"'")))
        if problem:
            return problem
    return ""


def _attribute_problem(key: str, value: str) -> str:
    if key.startswith("on") or key in ("style", "srcdoc"):
        return phrase("the attribute {key}= is refused", key=key)
    if key in _ADDRESSES and forbidden_scheme(value):
        return phrase(
            "`{forbidden_scheme}` addresses are refused", forbidden_scheme=forbidden_scheme(value)
        )
    if key in _WORDS and any(map(str.isalnum, value)):
        return phrase(
            'raw HTML holds text ({key}="{value}") that would stay untranslated',
            key=key,
            value=_short(value),
        )
    return ""


def _text_problem(html: str, position: int) -> str:
    text = re.match(r"<?[^<\n]*", html[position : position + 200])
    shown = _short((text[0] if text else "").strip())
    return phrase('raw HTML holds text ("{shown}") that would stay untranslated', shown=shown)


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
