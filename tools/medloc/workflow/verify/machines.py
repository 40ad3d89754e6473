"""Level "text", files for machines: data beside pages, `robots.txt` and the site map.

All of them are made again from what is proved; nothing else may stand in them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from medloc.site.sitemaps import ROBOTS
from medloc.theme import words
from medloc.theme.notices import DEMONSTRATION
from medloc.theme.rendering import ICON
from medloc.theme.views import PageView
from medloc.workflow.found_by_machines import in_order, index_of, page_json, sitemap_of
from medloc.workflow.verify.folder import Site, data_of
from medloc.workflow.verify.proved import ProvedPage
from medloc.workflow.verify.surroundings import common, differs

_SITEMAP = re.compile(r"Sitemap: (.*)/sitemap\.xml")


def site_address(site: Site) -> str:
    """The address that the site says to have, empty without one; raises RefutedError when there is
    no `robots.txt`."""
    if ROBOTS not in site.hashes:
        raise differs(ROBOTS, "this file", "nothing")
    found = _SITEMAP.search(site.read(ROBOTS).decode("utf-8", "replace"))
    return found[1] if found else ""


def check_data(site: Site, path: str, article: str, html: str, *views: PageView) -> None:
    """`index.json` beside a page, or a notice, says what the page shows: one of `views`."""
    file = data_of(path)
    if file not in site.hashes:
        raise differs(file, "the page as data", "nothing")
    found = site.read(file)
    wanted = [page_json(_as_found(view, html), article) for view in views]
    if found not in wanted:
        expected = wanted[0].decode() if wanted else ""
        shown = found.decode("utf-8", "replace")
        at = common(expected, shown)
        raise differs(file, f"`{expected[at : at + 80]}`", f"`{shown[at : at + 80]}`")


def check_maps(site: Site, pages: Sequence[ProvedPage]) -> tuple[str, ...]:
    """`robots.txt` and the site map name exactly the proved pages; returns their paths."""
    source = site.root.source.replace("_", "-")
    tags = in_order(site.root.locales, source)
    counts = Counter(page.tag for page in pages)
    address = site_address(site)
    wanted = index_of(address, {tag: counts[tag] for tag in tags})
    wanted[ICON] = site.look.icon()
    for tag in tags:
        dated = [(page.path, page.decided) for page in pages if page.tag == tag]
        wanted |= sitemap_of(address, tags, tag, dated)
    for path, data in wanted.items():
        if path not in site.hashes:
            raise differs(path, "this file", "nothing")
        found = site.read(path)
        if found != data:
            raise differs(path, data.decode("utf-8", "replace"), found.decode("utf-8", "replace"))
    return tuple(wanted)


def _as_found(view: PageView, html: str) -> PageView:
    """What the settings say of a page is taken from it: whether it is a demonstration."""
    said = escape(words(view.language.locale)(DEMONSTRATION), quote=False)
    return replace(view, proof="proof.json", demonstration=said in html)
