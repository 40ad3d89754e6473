"""The body of a page: the source's skeleton filled with approved words, addresses made real."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Mapping
from functools import lru_cache

from medloc.errors import MedlocError
from medloc.markdown import fill as fill_skeleton
from medloc.markdown import inline_html
from medloc.markdown.links import definition
from medloc.model import Article

# The library writes the address first in both tags, and never an unescaped `<` outside of tags.
_ADDRESS = re.compile(r'<(a href|img src)="([^"]*)"')
_TITLE = re.compile(r'(<(?:a href|img src)="[^"]*"(?: alt="[^"]*")?) title="[^"]*"')
_ISOLATE = re.compile("\u2068([^\u2068\u2069]*)\u2069")


def fill(
    article: Article,
    words: Mapping[int, str],
    addresses: Mapping[str, str],
    *,
    foreign: str = "",
) -> str:
    """The HTML of an article's body.

    `words` gives the written-out Markdown of each message by its index in `article.messages`;
    `addresses` the published address for each that the source writes; `foreign` is the tag of the
    source language on pages of another one: text that stays untranslated is marked with it.
    Raises MedlocError when a message has no words: nothing is ever filled in from the source.
    """
    try:
        body = fill_skeleton(article.skeleton, words, foreign=foreign)
    except (KeyError, IndexError) as missing:
        raise MedlocError(f"message {missing} has no words to fill in", path=article.path) from None
    if "\u2068" in body:
        body = _ISOLATE.sub(r"<bdi>\1</bdi>", body)
    if foreign:
        body = _TITLE.sub(r"\1", body)  # a link's title is not translated: better none than English
    if addresses:
        written = {rendered_address(source): target for source, target in addresses.items()}

        def replace(found: re.Match[str]) -> str:
            target = written.get(found[2])
            return found[0] if target is None else f'<{found[1]}="{entities.escape(target)}"'

        body = _ADDRESS.sub(replace, body)
    return body


@lru_cache(maxsize=4096)
def rendered_address(address: str) -> str:
    """An address as the library writes it into HTML.

    >>> rendered_address("a b&c.svg")
    'a%20b&amp;c.svg'
    """
    [html] = inline_html(["[x][address]"], tail=f"\n{definition('address', address)}\n")
    found = _ADDRESS.search(html)
    return found[2] if found else address
