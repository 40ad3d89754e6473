"""Pages of gated articles: the skeleton filled with the words read back, in the theme's frame."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypedDict

from medloc import theme
from medloc.model import Article, Language, Policy
from medloc.render import fill
from medloc.theme.rendering import SHIPPED, Theme
from medloc.theme.views import ListItem, ListView, PageNotice, PageView, RedirectView, RootView
from medloc.workflow.edition_codes import code_of
from medloc.workflow.gate import Gated
from medloc.workflow.images import file_path
from medloc.workflow.project import Project, digest
from medloc.workflow.sources import Sources, linked_article


class _Roles(TypedDict):
    roles: tuple[str, ...]
    high_risk_roles: tuple[str, ...]


_HEADING = re.compile(r'<h([23])\b[^>]*? id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
_NOT_IN_CONTENTS = re.compile(
    r'<sup class="footnote-reference">.*?</sup>|</?a\b[^>]*>|<img\b[^>]*>|</?bdi>', re.DOTALL
)


@dataclass(slots=True)
class Assets:
    """Files of `site/assets`, named by their content; filled while pages are made."""

    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, data: bytes, suffix: str) -> str:
        """Add a file and return its path below the site."""
        path = f"assets/{digest(data)[:16]}{suffix}"
        self.files[path] = data
        return path


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages of a build share. `published` maps each article to its locales, in order."""

    project: Project
    sources: Sources
    published: Mapping[str, tuple[str, ...]]
    assets: Assets
    style: str
    today: dt.date
    draft: bool = False
    noticed: frozenset[str] = frozenset()  # locales in which a notice stands in place of a page
    look: Theme = SHIPPED
    current: frozenset[str] = frozenset()  # articles whose source page is of the current text

    def language(self, locale: str) -> Language:
        """The language of a locale."""
        return self.project.settings.language(locale)

    def address(self, path: str) -> str:
        """The absolute address of a path of the site; empty when the site has no address."""
        address = self.project.settings.site.address
        return f"{address}/{path.removesuffix('index.html')}" if address else ""


def page_path(tag: str, slug: str) -> str:
    """Where an article's page stands, below the site."""
    return f"{tag}/{slug}/index.html"


def article_page(frame: Frame, gated: Gated) -> str:
    """The whole HTML document of a gated article."""
    return frame.look.page(article_view(frame, gated))


def article_view(frame: Frame, gated: Gated) -> PageView:
    """What the page of a gated article shows."""
    article, settings = gated.article, frame.project.settings
    language = frame.language(gated.locale)
    path = page_path(language.tag, article.slug)
    words = theme.words(gated.locale)
    is_source = gated.locale == settings.source.locale
    body = fill(
        article,
        dict(enumerate(gated.words)),
        addresses=_addresses(frame, article, gated.locale, path),
        foreign="" if is_source else settings.source.tag,
    )
    if not is_source:
        body = _mark_source_links(frame, body, path)
    decided = [verdict.decided for verdict in gated.verdicts if verdict.decided]
    review_by = frame.sources.articles[article.slug].review_by
    notices: tuple[PageNotice, ...] = (PageNotice.LAST_GOOD,) if gated.edition else ()
    if review_by is not None and review_by < frame.today:
        notices += (PageNotice.OVERDUE,)
    return PageView(
        language=language,
        title=field_of(gated, "title") or article.title,
        description=field_of(gated, "description"),
        body_html=theme.label_callouts(body, words),
        contents=_contents(body),
        root=_up(path),
        style=frame.style,
        alternates=_alternates(frame, article.slug, path),
        is_source=is_source,
        source=None if is_source else _source_page(frame, article.slug, path),
        # Under "no clinician has reviewed this" a date of review would be a contradiction.
        reviewed=None if settings.site.demonstration else article.reviewed,
        approved=dt.date.fromisoformat(max(decided)) if decided else None,
        edition=gated.edition,
        notices=notices,
        newer=bool(gated.edition) and article.slug in frame.current,
        proof="" if frame.draft else "proof.json",
        code=code_of(gated),
        codes=article.codes,
        site_name=settings.site.name,
        address=frame.address(path),
        demonstration=settings.site.demonstration,
        draft=frame.draft,
        **_roles(settings.policy, article, is_source=is_source),
    )


def notice_page(frame: Frame, slug: str, locale: str, notice: PageNotice) -> str:
    """The whole HTML document of a notice."""
    return frame.look.page(notice_view(frame, slug, locale, notice))


def notice_view(frame: Frame, slug: str, locale: str, notice: PageNotice) -> PageView:
    """What stands at the address of a page that may not be shown: the notice, and no word of the
    article."""
    language, settings = frame.language(locale), frame.project.settings
    path = page_path(language.tag, slug)
    return PageView(
        language=language,
        title="",
        body_html="",
        root=_up(path),
        style=frame.style,
        alternates=_alternates(frame, slug, path),
        notices=(notice,),
        site_name=settings.site.name,
        address=frame.address(path),
        demonstration=settings.site.demonstration,
    )


def field_of(gated: Gated, name: str) -> str:
    """The approved words of a front-matter field; empty when it is no message."""
    for message, words in zip(gated.article.messages, gated.words, strict=True):
        if message.context == f"meta:{name}":
            return words
    return ""


def list_page(frame: Frame, locale: str, gated: Mapping[str, Gated]) -> str:
    """The list of the articles published in a language, by title."""
    language, settings = frame.language(locale), frame.project.settings
    path = f"{language.tag}/index.html"
    items = [
        ListItem(
            field_of(one, "title") or one.article.title,
            f"{slug}/index.html",
            field_of(one, "description"),
        )
        for slug, one in gated.items()
    ]
    locales = sorted_locales(frame)
    return frame.look.list(
        ListView(
            language=language,
            articles=tuple(sorted(items, key=lambda item: (item.title.casefold(), item.href))),
            root=_up(path),
            style=frame.style,
            alternates=tuple(
                (frame.language(name), f"../{frame.language(name).tag}/index.html")
                for name in locales
            ),
            site_name=settings.site.name,
            address=frame.address(path),
            demonstration=settings.site.demonstration,
            draft=frame.draft,
        )
    )


def root_page(frame: Frame) -> str:
    """The first page of the site: choose a language."""
    settings = frame.project.settings
    return frame.look.root(
        RootView(
            language=settings.source,
            alternates=tuple(
                (frame.language(name), f"{frame.language(name).tag}/index.html")
                for name in sorted_locales(frame)
            ),
            style=frame.style,
            site_name=settings.site.name,
            address=frame.address("index.html"),
            demonstration=settings.site.demonstration,
            draft=frame.draft,
        )
    )


def redirect_page(frame: Frame, gated: Gated, alias: str) -> tuple[str, str]:
    """(path, HTML) of the page at an old address of an article."""
    language, settings = frame.language(gated.locale), frame.project.settings
    path = page_path(language.tag, alias)
    target = page_path(language.tag, gated.article.slug)
    return path, frame.look.redirect(
        RedirectView(
            language=language,
            title=field_of(gated, "title") or gated.article.title,
            href=_relative(target, path),
            root=_up(path),
            style=frame.style,
            site_name=settings.site.name,
            address=frame.address(target),
            demonstration=settings.site.demonstration,
        )
    )


def sorted_locales(frame: Frame) -> tuple[str, ...]:
    """Locales in which anything is published, the source first, as in the settings."""
    used = {locale for locales in frame.published.values() for locale in locales} | frame.noticed
    return tuple(name for name in frame.project.locales(source=True) if name in used)


def _relative(target: str, path: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(path))


def _up(path: str) -> str:
    return "../" * path.count("/")


def _alternates(frame: Frame, slug: str, path: str) -> tuple[tuple[Language, str], ...]:
    return tuple(
        (frame.language(name), _relative(page_path(frame.language(name).tag, slug), path))
        for name in frame.published.get(slug, ())
    )


def _roles(policy: Policy, article: Article, *, is_source: bool) -> _Roles:
    """The roles that approved everything, and those that approved statements of high risk only: an
    approved message has all the roles that the policy wants of it, each from another person."""
    plain = policy.roles_for(is_source=is_source, high_risk=False)
    risky = any(message.high_risk for message in article.messages)
    more = policy.roles_for(is_source=is_source, high_risk=True) if risky else ()
    every = tuple(role for role in plain if role in more or not risky)
    return {"roles": every, "high_risk_roles": tuple(role for role in more if role not in every)}


def _source_page(frame: Frame, slug: str, path: str) -> tuple[Language, str] | None:
    source = frame.project.settings.source
    if source.locale not in frame.published.get(slug, ()):
        return None
    return source, _relative(page_path(source.tag, slug), path)


def _addresses(frame: Frame, article: Article, locale: str, path: str) -> dict[str, str]:
    """Published addresses of the images and articles that the source names relatively."""
    found: dict[str, str] = {}
    for address, _ in article.files:
        asset = _asset(frame, article, address, locale)
        if asset:
            found[address] = _relative(asset, path)
    for address, _ in article.article_links:
        target = linked_article(frame.project, article, address, frame.sources.paths)
        if target is not None:
            found[address] = _article_address(frame, *target, locale=locale, path=path)
        elif frame.sources.articles.get(article.slug) is not article:
            # An older edition may name an article that is gone.
            found[address] = _relative(f"{frame.language(locale).tag}/index.html", path)
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
        return _relative(f"{frame.language(locale).tag}/index.html", path)
    address = _relative(page_path(frame.language(where).tag, slug), path)
    return f"{address}#{fragment}" if fragment else address


def _mark_source_links(frame: Frame, body: str, path: str) -> str:
    """Say of links that lead into the source language that they do (the theme shows it)."""
    source = frame.project.settings.source.tag
    start = _relative(f"{source}/", path)
    return body.replace(f'<a href="{start}/', f'<a hreflang="{source}" href="{start}/')


def _contents(body: str) -> tuple[tuple[str, str, int], ...]:
    """(id, HTML without links, level) of the headings of levels 2 and 3."""
    return tuple(
        (identity, _NOT_IN_CONTENTS.sub("", inner), int(level))
        for level, identity, inner in _HEADING.findall(body)
    )
