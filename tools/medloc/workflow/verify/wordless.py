"""Level "text", pages without words of an article: redirects and notices, and no others.

What such a page shows is drawn again, all of it: nothing else may stand in its `<main>`.
"""

from __future__ import annotations

import html as entities
import posixpath
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from medloc import theme
from medloc.model import Language
from medloc.theme.views import PageNotice, PageView, RedirectView
from medloc.workflow.verify.folder import Site
from medloc.workflow.verify.proved import ProvedPage
from medloc.workflow.verify.surroundings import differs, html_of, title_of

_PAGES = frozenset({".html", ".htm", ".xhtml"})
_NOTICES = (PageNotice.WITHDRAWN, PageNotice.CORRECTING)
_MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
_LINK = re.compile(r'<a href="(.*?)">')
_LEADING = re.compile(r'<meta http-equiv="refresh" content="0; url=(.*?)">')


def check_wordless(site: Site, pages: Sequence[ProvedPage]) -> None:
    """Judge every page that no manifest of a language names; raises RefutedError."""
    by_path = {page.path: page for page in pages}
    lists = {f"{tag}/index.html" for tag in site.root.locales}
    for path in sorted(site.hashes.keys() - by_path.keys() - lists - {"index.html"}):
        if PurePosixPath(path).suffix.lower() in _PAGES:
            _check_page(site, path, by_path)
    for page in pages:
        # Which addresses lead to an earlier edition, the current source says.
        for alias in () if page.last_good else page.article.aliases:
            path = f"{page.tag}/{alias}/index.html"
            if _target(path, html_of(site, path) if path in site.hashes else "") != page.path:
                raise differs(path, f"a page that leads to {page.path}", "another, or nothing")


def _check_page(site: Site, path: str, pages: Mapping[str, ProvedPage]) -> None:
    html = html_of(site, path)
    tag = path.partition("/")[0]
    locale = site.root.locales.get(tag, "")
    language = Language(locale, tag, tag, "ltr")
    page = pages.get(_target(path, html))
    leading = [entities.unescape(one) for one in _LEADING.findall(html)]
    if page is not None and page.tag == tag:
        href = posixpath.relpath(page.path, posixpath.dirname(path))
        wanted = [_main(_redirect(language, title_of(page)[0], href))]
        same = leading == [href] and html.count("http-equiv") == 2
    else:
        wanted = [_main(_notice(language, notice)) for notice in _NOTICES]
        same = html.count("http-equiv") == 1
    found = _main(html)
    if not locale or found not in wanted or not same:
        raise differs(path, f"nothing but {' or '.join(wanted)}", f"{found} {leading or ''}")


def _target(path: str, html: str) -> str:
    """Where the one link of a page leads, below the site; empty when it has none or several."""
    links = _LINK.findall(_main(html))
    if len(links) != 1:
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), entities.unescape(links[0])))


def _main(html: str) -> str:
    found = _MAIN.search(html)
    return found[0] if found else ""


def _redirect(language: Language, title: str, href: str) -> str:
    return theme.redirect_html(RedirectView(language, title, href, root="", style=""))


def _notice(language: Language, notice: PageNotice) -> str:
    return theme.page_html(
        PageView(language, title="", body_html="", root="", style="", notices=(notice,))
    )
