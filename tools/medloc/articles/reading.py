"""Reads an article: bytes in, a proved value out, or an error that says how to mend the file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from medloc.articles.braces import check_placeholders
from medloc.articles.front_matter import (
    FrontMatter,
    missing_front_matter,
    read_front_matter,
    split_front_matter,
)
from medloc.articles.messages import Extraction, extract
from medloc.errors import ArticleError
from medloc.markdown import Document, InexactError, build_skeleton, parse, placeholders
from medloc.markdown.characters import describe, forbidden_character
from medloc.markdown.library import Definition, definitions
from medloc.markdown.links import (
    definition,
    folded,
    forbidden_scheme,
    is_article,
    is_relative,
    tail,
)
from medloc.model import Article, Message, Skeleton
from medloc.phrases import phrase

MAX_BYTES = 2 * 1024 * 1024
DEFAULT_FIELDS = ("title", "description")

_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)


def read_article(
    path: str,
    data: bytes,
    *,
    slug: str | None = None,
    translate_fields: tuple[str, ...] = DEFAULT_FIELDS,
    raw_html: str = "refuse",
) -> Article:
    """Read one article.

    `path` is relative to the project; `slug` is the one that the file's place gives (default: the
    file's name), front matter overrides it; `raw_html` is "refuse" or "allow". Raises ArticleError
    with the line and what to do for everything that could not be published exactly.
    """
    text = _decode(path, data)
    front, body, body_line = split_front_matter(text, path=path)
    if body_line == 1:
        raise missing_front_matter(body, path=path)
    matter = read_front_matter(
        front,
        path=path,
        slug=PurePosixPath(path).stem if slug is None else slug,
        translate_fields=translate_fields,
        body_line=body_line,
    )
    links = {label: link.default for label, link in matter.links.items()}
    defined = definitions(body)
    document = parse(body, path=path, first_line=body_line, links=links)
    _check_definitions(defined, matter, document, path)
    _check_targets(document, path)
    ends = tail((definition(d.label, d.address, d.title) for d in defined), document.footnotes)
    found = extract(
        document,
        path=path,
        slug=matter.slug,
        fields=_fields(matter, path),
        quantities=matter.quantities,
        links=frozenset(links),
        tail=ends,
        raw_html=raw_html,
    )
    return Article(
        slug=matter.slug,
        path=path,
        text=text,
        source_hash=hashlib.sha256(data).hexdigest(),
        title=matter.title,
        messages=found.messages,
        skeleton=_shown(_skeleton(document, found, links, ends, path, body_line), raw_html),
        headings=found.headings,
        quantities=matter.quantities,
        links=matter.links,
        aliases=matter.aliases,
        reviewed=matter.reviewed,
        review_by=matter.review_by,
        codes=matter.codes,
        files=_addresses(document, images=True),
        article_links=_addresses(document, images=False),
        untranslated=found.untranslated,
        notices=found.notices,
    )


def _decode(path: str, data: bytes) -> str:
    """The text of a file with LF line ends and no BOM; refuses what is no plain UTF-8 text."""
    if len(data) > MAX_BYTES:
        raise ArticleError(
            phrase(
                "the file has {count} bytes, {limit} are the most.",
                count=len(data),
                limit=MAX_BYTES,
            ),
            path=path,
            line=1,
            advice=phrase("Split the article."),
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise ArticleError(
            phrase("byte {byte} is not UTF-8.", byte=f"{data[trouble.start]:#04x}"),
            path=path,
            line=data.count(b"\n", 0, trouble.start) + 1,
            advice=phrase("Save the file as UTF-8."),
        ) from None
    text = text.replace("\r\n", "\n")
    character = forbidden_character(text)
    if character:
        line = _line_with(text, character)
        raise ArticleError(
            phrase("the character {character} stands here.", character=describe(character)),
            path=path,
            line=line,
            advice=phrase("End lines with LF.") if character == "\r" else phrase("Remove it."),
        )
    return text


def _line_with(text: str, character: str) -> int:
    """The line on which a character stands, as itself or as an entity."""
    position = text.find(character)
    if position >= 0:
        return text.count("\n", 0, position) + 1
    lines = text.split("\n")
    return next((n for n, line in enumerate(lines, 1) if forbidden_character(line)), 1)


def _fields(matter: FrontMatter, path: str) -> tuple[Message, ...]:
    """The messages of the front matter, context `meta:title` and so on."""
    messages = []
    for name, text, line in matter.fields:
        if not any(map(str.isalnum, text)):
            continue
        names = list(dict.fromkeys(placeholders(text))) if matter.quantities else []
        check_placeholders(text, names, matter.quantities, path=path, line=line)
        messages.append(
            Message(matter.slug, f"meta:{name}", text, "meta", name, line,
                    placeholders=tuple(names))
        )  # fmt: skip
    return tuple(messages)


def _check_definitions(
    defined: tuple[Definition, ...], matter: FrontMatter, document: Document, path: str
) -> None:
    for one in defined:
        twice = folded(one.label) in matter.links
        if not twice and not forbidden_scheme(one.address):
            continue
        line = matter.body_line + document.data.count(b"\n", 0, one.start)
        if twice:
            raise ArticleError(
                phrase(
                    "the label `[{label}]` is defined here and under `links` on line {lines}.",
                    label=one.label,
                    lines=matter.lines["links"],
                ),
                path=path,
                line=line,
                advice=phrase("Remove one of them."),
            )
        _check_address(one.address, path, line)


def _check_targets(document: Document, path: str) -> None:
    for target in document.targets:
        _check_address(target.address, path, target.line)


def _check_address(address: str, path: str, line: int) -> None:
    scheme = forbidden_scheme(address)
    if scheme:
        raise ArticleError(
            phrase(
                "the address `{address}` begins with `{scheme}`, which is refused.",
                address=address[:60],
                scheme=scheme,
            ),
            path=path,
            line=line,
            advice=phrase(
                "Link to an https:, mailto: or tel: address, or to a file beside the article."
            ),
        )


def _addresses(document: Document, *, images: bool) -> tuple[tuple[str, int], ...]:
    """Relative addresses of images, or of other articles, each once, with its first line."""
    found: dict[str, int] = {}
    for target in document.targets:
        wanted = is_relative if images else is_article
        if target.image == images and wanted(target.address):
            found.setdefault(target.address, target.line)
    return tuple(found.items())


def _shown(skeleton: Skeleton, raw_html: str) -> Skeleton:
    """Without the comments an author left for colleagues: a page is public."""
    if raw_html != "refuse" or not any("<!--" in part for part in skeleton.parts):
        return skeleton
    return replace(skeleton, parts=tuple(_COMMENT.sub("", part) for part in skeleton.parts))


def _skeleton(
    document: Document,
    found: Extraction,
    links: Mapping[str, str],
    ends: str,
    path: str,
    body_line: int,
) -> Skeleton:
    try:
        return build_skeleton(
            document.data,
            found.holes,
            directives=found.directives,
            links=links,
            definitions=ends,
            own=tail((definition(label, address) for label, address in links.items()), ()),
        )
    except InexactError as trouble:
        raise ArticleError(
            phrase("from here on, the text cannot be taken apart without changing its page."),
            path=path,
            line=body_line + document.data.count(b"\n", 0, trouble.start),
            advice=phrase(
                "Write this block more simply: on one line, without raw HTML or rare escapes."
            ),
        ) from None
