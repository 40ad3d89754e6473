"""What an author probably did not mean: Markdown that is legal and loses something on the page.

Each is a notice with file and line; nothing is refused, because Markdown allows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from medloc.model import Article, Message, Notice
from medloc.phrases import phrase

KEYS = (
    "title", "description", "slug", "aliases", "reviewed", "review_by", "codes", "quantities",
    "links",
)  # fmt: skip

_CODE = re.compile(r"(`+).+?\1", re.DOTALL)
_REFERENCE = re.compile(r"\[[^\]\[]+\]\[([^\]\[]+)\]")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
_CALLOUT = re.compile(r"\[!(\w+)\]")
_FRAGMENT = re.compile(r"\]\(#([^)\s]+)\)")
_DEFINED = re.compile(r"^\[([^\]]+)\]:", re.MULTILINE)
_KEY = re.compile(r"([A-Za-z_]+):")
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)+\|?\s*")


def advise(article: Article) -> tuple[Notice, ...]:
    """Notices about an article, in order of line."""
    found = [
        *_keys(article),
        *_unused(article),
        *(notice for message in article.messages for notice in _message(article, message)),
        *_headings(article),
        *_tables(article),
    ]
    return tuple(
        Notice(article.path, line, text) for line, text in sorted(found, key=lambda item: item[0])
    )


def _keys(article: Article) -> Iterator[tuple[int, str]]:
    """Front-matter keys that look like a misspelling of one that means something."""
    for line, text in enumerate(article.text.split("\n")[1:], 2):
        if text.startswith(("---", "...")):
            return
        key = _KEY.match(text)
        if key and key[1] not in KEYS:
            near = get_close_matches(key[1], KEYS, 1, 0.75)
            if near:
                yield (
                    line,
                    phrase(
                        "the key `{key}` means nothing here: is `{near}` meant?",
                        key=key[1],
                        near=near[0],
                    ),
                )


def _unused(article: Article) -> Iterator[tuple[int, str]]:
    used = {name for message in article.messages for name in message.placeholders}
    for name in article.quantities:
        if name not in used:
            yield 1, phrase("the quantity `{name}` is declared and not used", name=name)
    linked = {label for message in article.messages for label in message.links}
    for label in article.links:
        if label not in linked:
            yield 1, phrase("the link `{label}` is declared and not used", label=label)


def _message(article: Article, message: Message) -> Iterator[tuple[int, str]]:
    """Brackets that stay text because nothing is behind them."""
    if message.is_field or "[" not in message.text:
        return
    text = _CODE.sub("", message.text)
    defined = (*article.links, *_DEFINED.findall(article.skeleton.tail))
    known = {label.casefold() for label in defined}
    for label in _REFERENCE.findall(text):
        if label.casefold() not in known and not label.startswith("^"):
            yield (
                message.line,
                phrase("`[...][{label}]` is no link: nothing defines `{label}`", label=label),
            )
    for label in _FOOTNOTE.findall(text):
        if label not in article.skeleton.numbers:
            yield (
                message.line,
                phrase("`[^{label}]` is no footnote: nothing defines it", label=label),
            )
    for kind in _CALLOUT.findall(text):
        yield (
            message.line,
            phrase(
                "`[!{kind}]` is no call-out: write NOTE, TIP, IMPORTANT, WARNING or CAUTION, alone "
                "on its line",
                kind=kind,
            ),
        )
    ids = {heading.id for heading in article.headings}
    for fragment in _FRAGMENT.findall(text):
        if fragment not in ids:
            yield (
                message.line,
                phrase(
                    "the link `#{fragment}` leads to no heading of this article", fragment=fragment
                ),
            )


def _headings(article: Article) -> Iterator[tuple[int, str]]:
    for heading in article.headings:
        if heading.level == 1:
            yield heading.line, phrase("a page has its `#` heading from the title: begin with `##`")


def _tables(article: Article) -> Iterator[tuple[int, str]]:
    """Cells beyond the columns of a table: the library leaves them out."""
    columns = 0
    for line, text in enumerate(article.text.split("\n"), 1):
        if _DELIMITER.fullmatch(text):
            columns = _cells(text)
        elif "|" not in text:
            columns = 0
        elif columns and _cells(text) > columns:
            yield (
                line,
                phrase(
                    "this row has more cells than its table has columns ({columns}): they are lost",
                    columns=columns,
                ),
            )


def _cells(row: str) -> int:
    row = _CODE.sub("", row).replace("\\|", "").strip()
    return row.removeprefix("|").removesuffix("|").count("|") + 1
