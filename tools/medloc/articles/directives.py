"""Directives: HTML comments by which an author speaks to medloc, never to readers."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import NamedTuple

from medloc.errors import ArticleError
from medloc.markdown import HtmlBlock, comments
from medloc.phrases import Phrase, phrase

_WORD = re.compile(r"\s*([A-Za-z]+)\s*:")
_NO_COLON = re.compile(
    r"\s*(?:risk[\s=-]*high|high[\s-]*risk|translate[\s=-]*(?:on|off))\s*\Z", re.IGNORECASE
)
_CONTEXT = re.compile(r"[\w-]{1,40}")
_VALUES = {"risk": ("high",), "translate": ("on", "off")}
WORDS = ("translators", "translate", "context", "risk")
_ADVICE = phrase(
    "Write `<!-- translators: a note -->`, `<!-- translate: off -->` (or on), "
    "`<!-- context: word -->` or `<!-- risk: high -->`."
)


class Directive(NamedTuple):
    """One directive: its word, its value, the file's line, and the byte offset of its comment."""

    word: str
    value: str
    line: int
    start: int


def read_directives(block: HtmlBlock, *, path: str) -> list[Directive]:
    """The directives of a block of raw HTML; plain comments are none.

    Raises ArticleError for a directive that is misspelled: a risk that is silently not high would
    be worse than an article that is refused.
    """
    found = []
    line, counted = block.line, 0
    for start, end in comments(block.text):
        line, counted = line + block.text.count("\n", counted, start), start
        read = parse_directive(block.text[start + 4 : end - 3], path=path, line=line)
        if read is not None:
            found.append(Directive(*read, line, _offset(block, start)))
    return found


def parse_directive(comment: str, *, path: str, line: int) -> tuple[str, str] | None:
    """Word and value of a comment's content, None for a plain comment.

    >>> parse_directive(" risk: high ", path="x.md", line=1)
    ('risk', 'high')
    >>> parse_directive(" to do: ask Ann ", path="x.md", line=1)
    """
    said = _WORD.match(comment)
    if said is None:
        if _NO_COLON.match(comment):
            raise _trouble(
                phrase("`<!--{comment}-->` lacks its colon", comment=comment), path, line
            )
        return None
    word, value = said[1].lower(), " ".join(comment[said.end() :].split())
    if word not in WORDS:
        near = get_close_matches(word, WORDS, n=1, cutoff=0.7)
        if near:
            raise _trouble(
                phrase(
                    "`<!-- {said}: ... -->` is not a directive (is `{near}` meant?)",
                    said=said[1],
                    near=near[0],
                ),
                path,
                line,
            )
        return None
    if word in _VALUES:
        value = value.lower()
        if value not in _VALUES[word]:
            raise _trouble(
                phrase("`{word}: {value}` is not a directive", word=word, value=value), path, line
            )
    elif word == "context" and _CONTEXT.fullmatch(value) is None:
        raise _trouble(
            phrase("`context: {value}` is not one word of letters, digits, `-`", value=value),
            path,
            line,
        )
    elif not value:
        raise _trouble(phrase("`<!-- {word}: -->` says nothing", word=word), path, line)
    return word, value


def _offset(block: HtmlBlock, position: int) -> int:
    """The byte of the body at which a position of the block's text stands."""
    start, offset = max(piece for piece in block.pieces if piece[0] <= position)
    return offset + len(block.text[start:position].encode())


def _trouble(found: str, path: str, line: int) -> ArticleError:
    return ArticleError(Phrase("{found}.", {"found": found}), path=path, line=line, advice=_ADVICE)
