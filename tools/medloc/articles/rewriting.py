"""An article's own Markdown with other words: what stands between the messages stays as it is.

Law: written anew with its own words, an article is the same text, byte for byte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from medloc.articles.front_matter import split_front_matter
from medloc.articles.messages import extract
from medloc.markdown import Document, HeadingBlock, Run, parse
from medloc.markdown.blocks import as_block
from medloc.markdown.library import definitions
from medloc.markdown.links import definition, tail
from medloc.markdown.titles import untitled_definitions, without_titles
from medloc.model import Article
from medloc.yaml_text import value_spans

_PLAIN = re.compile(r"[^\W\d_](?:[\w .,;’()/%+–—-]*[\w.)])?")
_YAML_WORDS = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n"])
_MARKERS = re.compile(rb"[^>\s]")

Cut = tuple[int, int, str]  # begin and end in bytes, and what comes in between


def rewrite_article(
    article: Article, words: Mapping[int, str], *, raw_html: str = "refuse", titles: bool = True
) -> str:
    """The article's text (LF line ends) with each message's words in its places.

    `words` gives the written-out Markdown of each message by its index in `article.messages`: what
    equals the message itself stays as the author wrote it, over however many lines. `raw_html` is
    the policy the article was read with; `titles` False leaves out the titles of links, which are
    in the source's language. Raises KeyError for a message without words.
    """
    front, body, line = split_front_matter(article.text, path=article.path)
    links = {label: link.default for label, link in article.links.items()}
    document = parse(body, path=article.path, first_line=line, links=links)
    cuts = list(_texts(article, document, body, words, raw_html=raw_html, titles=titles))
    if not titles:
        cuts += untitled_definitions(body)
    head = article.text[: len(article.text) - len(body)]
    begin = head.index(front) if front else 0
    written = _cut(front.encode(), _fields(article, front, words))
    end = head[begin + len(front) :]
    return head[:begin] + written + end + _cut(document.data, cuts)


def _texts(
    article: Article,
    document: Document,
    body: str,
    words: Mapping[int, str],
    *,
    raw_html: str,
    titles: bool,
) -> Iterator[Cut]:
    """The places of the body's messages, with their words as blocks."""
    ends = tail(
        (definition(d.label, d.address, d.title) for d in definitions(body)), document.footnotes
    )
    found = extract(
        document,
        path=article.path,
        slug=article.slug,
        fields=tuple(message for message in article.messages if message.is_field),
        quantities=article.quantities,
        links=frozenset(article.links),
        tail=ends,
        raw_html=raw_html,
    )
    kinds = _kinds(document)
    for hole in found.holes:
        if hole.message < 0:
            continue
        text = words[hole.message]
        if not titles:
            text = without_titles(text)
        if text != article.messages[hole.message].text:
            prefix = _prefix(document.data, hole.start)
            yield hole.start, hole.end, as_block(text, kinds[hole.start], prefix=prefix)


def _kinds(document: Document) -> dict[int, str]:
    """What a text is written as, by the byte at which it begins."""
    kinds = {}
    for block in document.blocks:
        if isinstance(block, HeadingBlock):
            if block.run:
                signs = document.data[block.start : block.run.start]
                kinds[block.run.start] = "heading" if b"#" in signs else "underlined"
        elif isinstance(block, Run):
            kinds[block.start] = block.kind
    return kinds


def _prefix(data: bytes, start: int) -> str:
    """What a second line of a text begins with: the quotes it stands in, and room for the rest."""
    line = data.rfind(b"\n", 0, start) + 1
    return _MARKERS.sub(b" ", data[line:start]).decode()


def _fields(article: Article, front: str, words: Mapping[int, str]) -> Iterator[Cut]:
    """The places of the translated fields in the front matter, with their words as YAML."""
    spans = value_spans(front)
    for index, message in enumerate(article.messages):
        if message.is_field and words[index] != message.text:
            start, end = spans[message.kind]
            before = len(front[:start].encode())
            yield before, before + len(front[start:end].encode()), _yaml(words[index])


def _yaml(text: str) -> str:
    """A text as a YAML scalar that every reader takes for a text."""
    plain = _PLAIN.fullmatch(text) and text.lower() not in _YAML_WORDS
    if plain:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return re.sub("[\u2068\u2069]", lambda sign: f"\\u{ord(sign[0]):04x}", quoted)


def _cut(data: bytes, cuts: Iterator[Cut] | list[Cut]) -> str:
    pieces, position = [], 0
    for start, end, text in sorted(cuts):
        pieces += [data[position:start], text.encode()]
        position = end
    return b"".join((*pieces, data[position:])).decode()
