"""Level "text", search: an index finds exactly the pages that are published, by their own words."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from medloc.errors import UsageError
from medloc.model import Language
from medloc.search_index import KEPT, LETTERS, addresses_in, search_versions
from medloc.theme.search import FILES, SCRIPT, search_file, search_html
from medloc.theme.search_view import SearchView
from medloc.workflow.addresses import SEARCH, search_path
from medloc.workflow.searching import index_of
from medloc.workflow.verify.findings import Level, refute
from medloc.workflow.verify.folder import Site, data_of
from medloc.workflow.verify.proved import ProvedPage
from medloc.workflow.verify.surroundings import check_drawn, differs, direction_of, html_of


def check_search(site: Site, pages: Sequence[ProvedPage]) -> set[str]:
    """Judge what searches a site, and return its files; none where there is no search.

    The index is made again from the proved pages where Pagefind is installed in the version that
    the manifest names; elsewhere it is held to name no other pages. Raises RefutedError.
    """
    known: set[str] = set()
    for tag in site.root.locales:
        start = f"{tag}/{SEARCH}/"
        found = {path.removeprefix(start) for path in site.hashes if path.startswith(start)}
        # An article's redirect may have stood at this address before it was taken.
        if not found & set(FILES):
            continue
        own = [page for page in pages if page.tag == tag]
        _check_page(site, tag)
        for name in FILES:
            if name not in found or site.read(start + name) != search_file(name):
                raise differs(start + name, "the theme's own", "another, or nothing")
        _check_index(site, tag, found - {"index.html", *FILES}, own)
        known |= {start + name for name in found}
    return known


def _check_page(site: Site, tag: str) -> None:
    path = search_path(tag)
    if path not in site.hashes:
        raise differs(path, "a page that searches", "nothing")
    html = html_of(site, path)
    language = Language(site.root.locales[tag], tag, tag, direction_of(html))
    drawn = search_html(site.look, SearchView(language, LETTERS, root="", style=""))
    if html.count(SCRIPT) != 1:
        raise differs(path, f"`{SCRIPT}` once", str(html.count(SCRIPT)))
    check_drawn(path, html.replace(SCRIPT, ""), drawn.replace(SCRIPT, ""), own=site.look.is_own)


def _check_index(site: Site, tag: str, names: set[str], pages: Sequence[ProvedPage]) -> None:
    files = {name: site.read(f"{tag}/{SEARCH}/{name}") for name in sorted(names)}
    for name in files:
        if not KEPT.fullmatch(name):
            raise differs(f"{tag}/{SEARCH}/{name}", "no file of this name", "one")
    slugs = sorted(page.article.slug for page in pages)
    try:
        found = addresses_in(files)
    except (ValueError, KeyError, OSError) as trouble:
        raise differs(f"{tag}/{SEARCH}", "an index", str(trouble)) from None
    if found != slugs:
        raise differs(f"{tag}/{SEARCH}", f"an index of {slugs}", str(found))
    if not _is_here(site):
        return
    again = index_of({page.article.slug: site.read(data_of(page.path)) for page in pages}, tag)
    for name in sorted(again.keys() | files.keys()):
        if again.get(name) != files.get(name):
            path = posixpath.join(tag, SEARCH, name)
            raise refute(Level.TEXT, path, expected="the index of these pages", found="another")


def _is_here(site: Site) -> bool:
    """Whether Pagefind is installed, in the version that made the index."""
    try:
        here = search_versions()
    except UsageError:
        return False
    made = site.root.value.get("versions")
    return isinstance(made, dict) and here.items() <= made.items()
