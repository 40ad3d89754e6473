"""`medloc ids`: explicit ids for headings that have none, so that no later edit moves a context.

Law: writing ids changes no id, no message and nothing else on the page.
"""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import replace
from pathlib import Path

from medloc import files
from medloc.articles import read_article
from medloc.articles.front_matter import split_front_matter
from medloc.errors import ArticleError, ConflictError
from medloc.markdown import HeadingBlock, parse
from medloc.model import Article, Heading


def headings_without_id(article: Article) -> tuple[Heading, ...]:
    """The headings whose id is made from their text, in document order."""
    return tuple(heading for heading in article.headings if heading.generated)


def save_ids(root: Path, article: Article, *, raw_html: str) -> bool:
    """Write the ids into the article's file below `root`; False when there is nothing to write.

    Line ends and a byte-order mark stay as they are. Raises ConflictError when the file is not the
    one that was read.
    """
    text = write_ids(article, raw_html=raw_html)
    if text == article.text:
        return False
    path = root / article.path
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != article.source_hash:
        raise ConflictError(
            "the file was changed after it was read",
            path=article.path,
            advice="Run the command again.",
        )
    if b"\r\n" in data:
        text = text.replace("\n", "\r\n")
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    return files.replace(path, mark + text.encode(), name=article.path, root=root)


def write_ids(article: Article, *, raw_html: str = "refuse") -> str:
    """The article's text (LF line ends) with `{#id}` behind every heading that lacks one.

    The text is given back as it is should the ids change the page in any way. `raw_html` is the
    policy the article was read with.
    """
    _, body, line = split_front_matter(article.text, path=article.path)
    front = article.text[: len(article.text) - len(body)]
    links = {label: link.default for label, link in article.links.items()}
    document = parse(body, path=article.path, first_line=line, links=links)
    blocks = [block for block in document.blocks if isinstance(block, HeadingBlock)]
    inserts = [
        _insert(document.data, block, heading.id)
        for block, heading in zip(blocks, article.headings, strict=True)
        if heading.generated
    ]
    written = front + _apply(document.data, inserts)
    return written if _is_same(article, written, raw_html) else article.text


def _insert(data: bytes, block: HeadingBlock, heading_id: str) -> tuple[int, str]:
    """Where to put what: inside the braces that are there, or behind the last line of the text."""
    start = block.run.end if block.run else block.room[0]
    end = data.find(b"\n", start)
    rest = data[start : end if end >= 0 else len(data)]
    braces = rest.find(b"{")
    if braces >= 0:
        return start + braces + 1, f"#{heading_id} "
    return start + len(rest.rstrip()), f" {{#{heading_id}}}"


def _apply(data: bytes, inserts: list[tuple[int, str]]) -> str:
    pieces, position = [], 0
    for offset, text in inserts:
        pieces.append(data[position:offset])
        pieces.append(text.encode())
        position = offset
    return b"".join((*pieces, data[position:])).decode()


def _is_same(article: Article, text: str, raw_html: str) -> bool:
    """Whether a text reads as the same article but for which ids are explicit."""
    try:
        other = read_article(
            article.path, text.encode(), slug=article.slug, translate_fields=(), raw_html=raw_html
        )
    except ArticleError:
        return False
    return (
        [replace(heading, generated=False, message=0) for heading in article.headings]
        == [replace(heading, generated=False, message=0) for heading in other.headings]
        and [message for message in article.messages if not message.is_field]
        == list(other.messages)
        and article.skeleton.parts == other.skeleton.parts
    )
