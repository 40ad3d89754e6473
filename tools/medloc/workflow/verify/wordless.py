"""Level "text", files without words of an article: redirects, notices and assets, and no others.

What such a page shows is drawn again, all of it: nothing else may stand in its `<main>`.
"""

from __future__ import annotations

import html as entities
import posixpath
import re
from collections.abc import Mapping, Sequence

from medloc.model import Language
from medloc.site import ROOT
from medloc.theme.views import PageNotice, PageView, RedirectView
from medloc.workflow.images import IMAGES
from medloc.workflow.leaflet_plan import leaflet_path
from medloc.workflow.project import digest
from medloc.workflow.recalls import RECALLS
from medloc.workflow.verify.folder import Site, data_of, proof_of
from medloc.workflow.verify.machines import check_data
from medloc.workflow.verify.proved import ProvedPage
from medloc.workflow.verify.search import check_search
from medloc.workflow.verify.surroundings import (
    address_of,
    check_drawn,
    differs,
    direction_of,
    html_of,
    main_of,
    title_of,
)

_NOTICES = (PageNotice.WITHDRAWN, PageNotice.CORRECTING)
_LINK = re.compile(r'<a href="(.*?)">')
_ASSET = re.compile(r"assets/([0-9a-f]{16})(\.[A-Za-z]+)")


def check_wordless(
    site: Site, pages: Sequence[ProvedPage], maps: Sequence[str], *, address: str
) -> None:
    """Judge every file that no manifest of a language names, but the `maps`, which are proved;
    raises RefutedError. `address` is that of the site."""
    by_path = {page.path: page for page in pages}
    known = {"index.html", RECALLS, *by_path, *map(proof_of, by_path)}
    # Of a leaflet the manifest's hash is all there is to go by, short of making it again.
    known |= {*maps, *map(data_of, by_path), *map(leaflet_path, by_path)}
    known |= {f"{tag}/{name}" for tag in site.root.locales for name in ("index.html", ROOT)}
    known |= check_search(site, pages)
    for path in sorted(site.hashes.keys() - known):
        if path.endswith("/index.html"):
            known |= _check_page(site, path, by_path, address)
    for path in sorted(site.hashes.keys() - known):
        if not path.endswith("/index.html"):
            _check_asset(path, site)
    for page in pages:
        # Which addresses lead to an earlier edition, the current source says.
        for alias in () if page.last_good else page.article.aliases:
            path = f"{page.tag}/{alias}/index.html"
            if _target(path, html_of(site, path) if path in site.hashes else "") != page.path:
                raise differs(path, f"a page that leads to {page.path}", "another, or nothing")


def _check_page(site: Site, path: str, pages: Mapping[str, ProvedPage], address: str) -> set[str]:
    """Judge a redirect or a notice; returns the files beside it that are proved with it."""
    html = html_of(site, path)
    tag = path.partition("/")[0]
    if tag not in site.root.locales:
        raise differs(path, "a page below the folder of a language", "this one")
    language = Language(site.root.locales[tag], tag, tag, direction_of(html))
    page = pages.get(_target(path, html))
    if page is not None and page.tag == tag:
        href = posixpath.relpath(page.path, posixpath.dirname(path))
        view = RedirectView(language, title_of(page)[0], href, root="", style="")
        check_drawn(path, html, site.look.redirect(view), own=site.look.is_own)
        return set()
    views = [_notice(language, notice, address_of(path, address)) for notice in _NOTICES]
    drawn = [site.look.page(one) for one in views]
    check_drawn(path, html, *drawn, own=site.look.is_own)
    shown = [v for v, one in zip(views, drawn, strict=True) if main_of(one) == main_of(html)]
    slug = path.removeprefix(f"{tag}/").removesuffix("/index.html")
    check_data(site, path, slug, html, *shown)
    return {data_of(path)}


def _check_asset(path: str, site: Site) -> None:
    """Pictures, and the one style sheet: another one could hide words, and write some."""
    named = _ASSET.fullmatch(path)
    if named is None or named[2].lower() not in IMAGES | {".css"}:
        raise differs(path, "no file of this name", "one")
    style, found = digest(site.look.style()), site.hashes[path]
    if named[2] == ".css" and found != style:
        raise differs(path, f"the style sheet of the theme, SHA-256 {style}", found)


def _target(path: str, html: str) -> str:
    """Where the one link of a page leads, below the site; empty when it has none or several."""
    links = _LINK.findall(main_of(html))
    if len(links) != 1:
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), entities.unescape(links[0])))


def _notice(language: Language, notice: PageNotice, address: str) -> PageView:
    return PageView(
        language, title="", body_html="", root="", style="", notices=(notice,), address=address
    )
