"""Addresses on pages: other pages, pictures and articles, relative to the page that names them."""

from __future__ import annotations

import posixpath
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from medloc.model import Article
from medloc.workflow.images import file_path
from medloc.workflow.sources import linked_article

if TYPE_CHECKING:
    from medloc.workflow.pages import Frame

SEARCH = "search"
"""The folder below that of a language where it is searched; no article may have this slug."""


def page_path(tag: str, slug: str) -> str:
    """Where an article's page stands, below the site."""
    return f"{tag}/{slug}/index.html"


def search_path(tag: str) -> str:
    """Where the page that searches a language stands, below the site."""
    return f"{tag}/{SEARCH}/index.html"


def search_href(frame: Frame, path: str) -> str:
    """What leads from a page to the one that searches its language; empty when there is none."""
    if frame.draft or not frame.project.settings.site.search:
        return ""
    return relative(search_path(path.partition("/")[0]), path)


def relative(target: str, path: str) -> str:
    """The href that leads from a page to another file of the site, both as paths below it."""
    return posixpath.relpath(target, posixpath.dirname(path))


def up(path: str) -> str:
    """The href that leads from a page to the site's folder."""
    return "../" * path.count("/")


def addresses(frame: Frame, article: Article, locale: str, path: str) -> dict[str, str]:
    """Published addresses of the images and articles that the source names relatively."""
    found: dict[str, str] = {}
    for address, _ in article.files:
        asset = _asset(frame, article, address, locale)
        if asset:
            found[address] = relative(asset, path)
    for address, _ in article.article_links:
        target = linked_article(frame.project, article, address, frame.sources.paths)
        if target is not None:
            found[address] = _article_address(frame, *target, locale=locale, path=path)
        elif frame.sources.articles.get(article.slug) is not article:
            # An older edition may name an article that is gone.
            found[address] = relative(f"{frame.language(locale).tag}/index.html", path)
    return found


def _asset(frame: Frame, article: Article, address: str, locale: str) -> str:
    """The path of an image below the site; `name.es.png` beside `name.png` is the Spanish one."""
    plain = PurePosixPath(address)
    for name in (locale, frame.language(locale).tag):
        own = plain.with_suffix(f".{name}{plain.suffix}").as_posix()
        local = file_path(frame.project, article, own)
        if local is not None and local.is_file():
            return frame.assets.add(local.read_bytes(), plain.suffix)
    file = file_path(frame.project, article, address)
    if file is None or not file.is_file():
        return ""
    return frame.assets.add(file.read_bytes(), plain.suffix)


def _article_address(frame: Frame, slug: str, fragment: str, *, locale: str, path: str) -> str:
    """The same language if published, else the source's page, else the list of the language."""
    published = frame.published.get(slug, ())
    source = frame.project.settings.source.locale
    where = locale if locale in published else source if source in published else ""
    if not where:
        return relative(f"{frame.language(locale).tag}/index.html", path)
    address = relative(page_path(frame.language(where).tag, slug), path)
    return f"{address}#{fragment}" if fragment else address


def mark_source_links(frame: Frame, body: str, path: str) -> str:
    """Say of links that lead into the source language that they do (the theme shows it)."""
    source = frame.project.settings.source.tag
    start = relative(f"{source}/", path)
    return body.replace(f'<a href="{start}/', f'<a hreflang="{source}" href="{start}/')
