"""Level "text": a page shows the approved words, in the structure of the recorded source.

Proved are title, description and all of `<main>` on each article's page, on lists, at old
addresses, on notices and on the first page, and that there is no other file. Which asset a picture
shows, what languages are called and the frame around `<main>` (menus, footers), only `--rebuild`
proves.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from medloc import theme
from medloc.errors import MedlocError
from medloc.render import fill, rendered_address
from medloc.workflow.verify.findings import Level, refute
from medloc.workflow.verify.folder import Site
from medloc.workflow.verify.machines import check_data, check_maps, site_address
from medloc.workflow.verify.proved import ProvedPage
from medloc.workflow.verify.surroundings import (
    check_head,
    check_list,
    check_main,
    check_root,
    common,
    differs,
    html_of,
)
from medloc.workflow.verify.wordless import check_wordless

_ARTICLE = re.compile(r"<article>\n(.*)</article>\n</div>\n</main>\n", re.DOTALL)
_OWN_ARTICLE = re.compile(r"<article>\n(.*)</article>", re.DOTALL)
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
    by_path = {page.path: page for page in pages}
    source = site.root.source.replace("_", "-")
    address = site_address(site)
    for page in pages:
        html = html_of(site, page.path)
        if "data-draft" in html.split("<main", 1)[0]:
            raise differs(page.path, "a published page", "a draft")
        body = _expected(site, page, published, dict(enumerate(page.words)))
        shown = _check_body(site, page, body, html, published)
        check_head(page, html, own=site.look.is_own)
        original = by_path.get(f"{source}/{page.article.slug}/index.html")
        views = check_main(site, page, shown, html, original=original, address=address)
        check_data(site, page.path, page.article.slug, html, *views)
    for tag in sorted(site.root.locales):
        check_list(site, tag, [page for page in pages if page.tag == tag])
    check_root(site)
    check_wordless(site, pages, check_maps(site, pages), address=address)


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
        raise differs(page.path, "words for every message", str(trouble)) from None
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
) -> str:
    """The HTML in `<article>`, as found."""
    found = (_OWN_ARTICLE if site.look.is_own else _ARTICLE).search(html)
    if found is None or html.count("<article") != body.html.count("<article") + 1:
        raise differs(page.path, "one <article>", f"{html.count('<article')} of them")
    position = 0
    pieces = _OPENED.split(body.html)
    for index, piece in enumerate(pieces):
        if index % 2:
            position = _open_address(site, page, body.open[int(piece)], found[1], position)
        elif found[1].startswith(piece, position):
            position += len(piece)
        else:
            before = "".join(pieces[:index])
            same = common(piece, found[1][position:])
            raise _body_differs(
                site, page, published, piece[same:], found[1][position + same :],
                at=len(before) + same,
            )  # fmt: skip
    if position != len(found[1]):
        raise differs(page.path, "the end of the article", found[1][position : position + 80])
    return found[1]


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
    raise differs(page.path, wanted, html[position : position + 60])


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
        ends.append((common(plain, "".join(_OPENED.split(longer.html))), index))
    message = next((index for end, index in sorted(ends) if end >= at), None)
    return refute(
        Level.TEXT,
        page.path,
        message="" if message is None else page.article.messages[message].id,
        expected=f"`{expected[:80]}`",
        found=f"`{found[:80]}`",
    )
