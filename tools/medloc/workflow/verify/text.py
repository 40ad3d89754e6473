"""Level "text": a page shows the approved words, in the structure of the recorded source.

Proved are title, description, table of contents and body of each article's page, and titles and
descriptions on lists and at old addresses. Which asset a picture shows, and the frame around it
all (menus, notices, dates), only `--rebuild` proves.
"""

from __future__ import annotations

import html as entities
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from medloc import theme
from medloc.errors import MedlocError
from medloc.render import fill, rendered_address
from medloc.workflow.verify.decisions import ProvedPage
from medloc.workflow.verify.findings import Level, refute
from medloc.workflow.verify.folder import Site

_ARTICLE = re.compile(r"<article>\n(.*)</article>\n</div>\n</main>\n", re.DOTALL)
_HEADING = re.compile(r'<h([23])\b[^>]*? id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
_NOT_IN_CONTENTS = re.compile(
    r'<sup class="footnote-reference">.*?</sup>|</?a\b[^>]*>|<img\b[^>]*>|</?bdi>', re.DOTALL
)
_CONTENTS = re.compile(r'<nav class="contents".*?</nav>', re.DOTALL)
_ENTRY = re.compile(r'<li[^>]*><a href="#[^"]*">(.*?)</a></li>', re.DOTALL)
_CARD = re.compile(r'<h2><a href="([^"]*)">(.*?)</a></h2>\n(?:<p>(.*?)</p>\n)?</li>', re.DOTALL)
_OPEN = "medloc-address-"  # stands for an address that is known by its form only
_OPENED = re.compile(rf"{_OPEN}(\d+)-")


@dataclass(frozen=True, slots=True)
class _Body:
    """The HTML expected in `<article>`; `open` are (address as written, pattern of what may stand
    there instead) by the number in its place holder."""

    html: str
    open: tuple[tuple[str, str], ...]


def check_text(site: Site, pages: Sequence[ProvedPage]) -> None:
    """Compare every page with its approved words; raises RefutedError for the first difference."""
    published: dict[str, set[str]] = {}
    for page in pages:
        published.setdefault(page.article.slug, set()).add(page.tag)
    for page in pages:
        html = _html(site, page.path)
        if "data-draft" in html.split("<main", 1)[0]:
            raise _differs(page.path, "a published page", "a draft")
        body = _expected(site, page, published, dict(enumerate(page.words)))
        _check_body(site, page, body, html, published)
        _check_head(page, html)
        _check_contents(page, body.html, html)
    for tag in sorted(site.root.locales):
        _check_list(site, tag, [page for page in pages if page.tag == tag])
    _check_redirects(site, pages)


def _html(site: Site, path: str) -> str:
    try:
        return site.read(path).decode()
    except UnicodeDecodeError:
        raise _differs(path, "UTF-8", "other bytes") from None


def _expected(
    site: Site, page: ProvedPage, published: Mapping[str, set[str]], words: Mapping[int, str]
) -> _Body:
    article = page.article
    source = site.root.source.replace("_", "-")
    unknown: list[tuple[str, str]] = []
    addresses: dict[str, str] = {}
    for address, _ in article.files:
        suffix = re.escape(PurePosixPath(address).suffix)
        pattern = rf"(?:\.\./)+assets/[0-9a-f]{{16}}{suffix}"
        addresses[address] = f"{_OPEN}{len(unknown)}-"
        unknown.append((address, pattern))
    for address, _ in article.article_links:
        known = _article_address(address, page, published, source)
        addresses[address] = known or f"{_OPEN}{len(unknown)}-"
        if not known:
            unknown.append((address, r"(?:\.\./)*[^\"<>]*index\.html(?:#[^\"<>]*)?"))
    try:
        body = fill(article, words, addresses, foreign="" if page.tag == source else source)
    except MedlocError as trouble:
        raise _differs(page.path, "words for every message", str(trouble)) from None
    if page.tag != source:
        start = posixpath.relpath(source, posixpath.dirname(page.path))
        body = body.replace(f'<a href="{start}/', f'<a hreflang="{source}" href="{start}/')
    return _Body(theme.label_callouts(body, theme.words(page.locale)), tuple(unknown))


def _article_address(
    address: str, page: ProvedPage, published: Mapping[str, set[str]], source: str
) -> str:
    """Where a link to another article leads; empty when its file name does not tell."""
    target, _, fragment = address.partition("#")
    slug = posixpath.normpath(posixpath.join(posixpath.dirname(page.article.slug), target))
    slug = slug.removesuffix(".md")
    tags = published.get(slug)
    if tags is None:
        return ""
    where = page.tag if page.tag in tags else source if source in tags else ""
    path = f"{where}/{slug}/index.html" if where else f"{page.tag}/index.html"
    found = posixpath.relpath(path, posixpath.dirname(page.path))
    return f"{found}#{fragment}" if fragment and where else found


def _check_body(
    site: Site, page: ProvedPage, body: _Body, html: str, published: Mapping[str, set[str]]
) -> None:
    found = _ARTICLE.search(html)
    if found is None or html.count("<article") != body.html.count("<article") + 1:
        raise _differs(page.path, "one <article>", f"{html.count('<article')} of them")
    position = 0
    pieces = _OPENED.split(body.html)
    for index, piece in enumerate(pieces):
        if index % 2:
            position = _open_address(site, page, body.open[int(piece)], found[1], position)
        elif found[1].startswith(piece, position):
            position += len(piece)
        else:
            before = "".join(pieces[:index])
            same = _common(piece, found[1][position:])
            raise _body_differs(
                site, page, published, piece[same:], found[1][position + same :],
                at=len(before) + same,
            )  # fmt: skip
    if position != len(found[1]):
        raise _differs(page.path, "the end of the article", found[1][position : position + 80])


def _open_address(
    site: Site, page: ProvedPage, known: tuple[str, str], html: str, position: int
) -> int:
    """Read an address that can only be recognised: an asset of this site, or a page of it."""
    written, pattern = known
    found = re.compile(f'({pattern})(?=")').match(html, position)
    if found is not None:
        here = posixpath.dirname(page.path)
        target = posixpath.normpath(posixpath.join(here, found[1].partition("#")[0]))
        if target in site.hashes:
            return found.end()
    # Where missing files are allowed, the address stays as it was written.
    plain = rendered_address(written)
    if html.startswith(f'{plain}"', position):
        return position + len(plain)
    wanted = f"an address of this site for {written}"
    raise _differs(page.path, wanted, html[position : position + 60])


def _common(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _body_differs(
    site: Site,
    page: ProvedPage,
    published: Mapping[str, set[str]],
    expected: str,
    found: str,
    *,
    at: int,
) -> Exception:
    """Name the message around the first difference: the first that ends behind it."""
    words = dict(enumerate(page.words))
    plain = "".join(_OPENED.split(_expected(site, page, published, words).html))
    ends = []
    for index in set(page.article.skeleton.holes):
        longer = _expected(site, page, published, {**words, index: words[index] + "\ue000"})
        ends.append((_common(plain, "".join(_OPENED.split(longer.html))), index))
    message = next((index for end, index in sorted(ends) if end >= at), None)
    return refute(
        Level.TEXT,
        page.path,
        message="" if message is None else page.article.messages[message].id,
        expected=f"`{expected[:80]}`",
        found=f"`{found[:80]}`",
    )


def _field(page: ProvedPage, name: str) -> tuple[str, str]:
    """(approved words, message id) of a front-matter field; empty when it is no message."""
    for message, words in zip(page.article.messages, page.words, strict=True):
        if message.context == f"meta:{name}":
            return words, message.id
    return "", ""


def _title(page: ProvedPage) -> tuple[str, str]:
    words, message = _field(page, "title")
    return words or page.article.title, message


def _check_head(page: ProvedPage, html: str) -> None:
    title, title_id = _title(page)
    lead, lead_id = _field(page, "description")
    head, _, rest = html.partition("</head>")
    main = rest.partition('<div class="columns">')[0]
    for name, message, expected, found in (
        ("heading", title_id, [title], re.findall(r"<h1>(.*?)</h1>", rest, re.DOTALL)),
        ("lead", lead_id, [lead] if lead else [], _inner(r'<p class="lead">(.*?)</p>', main)),
        (
            "description",
            lead_id,
            [lead] if lead else [],
            _inner(r'<meta name="description" content="(.*?)">', head),
        ),
    ):
        if [entities.unescape(one) for one in found] != expected:
            raise _differs(page.path, f"the {name} {expected}", str(found), message=message)
    shown = entities.unescape("".join(_inner(r"<title>(.*?)</title>", head)))
    if shown != title and not shown.startswith(f"{title} | "):
        raise _differs(page.path, f"the title {title}", shown, message=title_id)


def _check_contents(page: ProvedPage, body: str, html: str) -> None:
    expected = [_NOT_IN_CONTENTS.sub("", inner) for _, _, inner in _HEADING.findall(body)]
    outside = html.partition("<article>")[0]
    found = [entry for nav in _CONTENTS.findall(outside) for entry in _ENTRY.findall(nav)]
    if found != (expected if len(expected) > 2 else []):
        raise _differs(page.path, f"the contents {expected}", str(found))


def _check_list(site: Site, tag: str, pages: Sequence[ProvedPage]) -> None:
    """The list of a language shows each article with its approved title and description."""
    path = f"{tag}/index.html"
    if path not in site.hashes:
        raise _differs(path, "a list of the articles", "nothing")
    cards = {
        href: (entities.unescape(title), entities.unescape(lead))
        for href, title, lead in _CARD.findall(_html(site, path))
    }
    expected = {
        f"{page.article.slug}/index.html": (_title(page)[0], _field(page, "description")[0])
        for page in pages
    }
    for href in sorted(cards.keys() | expected.keys()):
        if cards.get(href) != expected.get(href):
            raise _differs(path, f"for {href}: {expected.get(href)}", str(cards.get(href)))


def _check_redirects(site: Site, pages: Sequence[ProvedPage]) -> None:
    """A page at an old address shows the title of the page it leads to."""
    for page in pages:
        for alias in page.article.aliases:
            path = f"{page.tag}/{alias}/index.html"
            if path not in site.hashes:
                raise _differs(path, f"a page that leads to {page.path}", "nothing")
            html = _html(site, path)
            shown = [entities.unescape(one) for one in _inner(r"<h1>(.*?)</h1>", html)]
            if shown != [_title(page)[0]]:
                raise _differs(path, f"the title {_title(page)[0]}", str(shown))
            target = posixpath.relpath(page.path, posixpath.dirname(path))
            if f'<a href="{entities.escape(target)}">' not in html:
                raise _differs(path, f"a link to {target}", "none")


def _inner(pattern: str, html: str) -> list[str]:
    return re.findall(pattern, html, re.DOTALL)


def _differs(path: str, expected: str, found: str, *, message: str = "") -> Exception:
    return refute(Level.TEXT, path, expected=expected, found=found, message=message)
