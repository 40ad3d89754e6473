"""Pages of gated articles: the skeleton filled with the words read back, in the theme's frame."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from medloc import theme
from medloc.errors import MedlocError
from medloc.model import Language
from medloc.render import fill
from medloc.theme.rendering import SHIPPED, Theme
from medloc.theme.views import ListItem, ListView, PageNotice, PageView, RedirectView, RootView
from medloc.workflow.addresses import (
    addresses,
    mark_source_links,
    page_path,
    relative,
    search_href,
    up,
)
from medloc.workflow.checked_by import checked_by
from medloc.workflow.edition_codes import code_of
from medloc.workflow.gate import Gated
from medloc.workflow.leaflet_plan import LeafletPlan
from medloc.workflow.project import Project, digest
from medloc.workflow.sources import Sources

_HEADING = re.compile(r'<h([23])\b[^>]*? id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
_NOT_IN_CONTENTS = re.compile(
    r'<sup class="footnote-reference">.*?</sup>|</?a\b[^>]*>|<img\b[^>]*>|</?bdi>', re.DOTALL
)


@dataclass(slots=True)
class Assets:
    """Files of `site/assets`, named by their content; filled while pages are made."""

    files: dict[str, bytes] = field(default_factory=dict)
    troubles: list[MedlocError] = field(default_factory=list)  # leaflets that cannot be made

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
    leaflets: LeafletPlan | None = None

    def language(self, locale: str) -> Language:
        """The language of a locale."""
        return self.project.settings.language(locale)

    def address(self, path: str) -> str:
        """The absolute address of a path of the site; empty when the site has no address."""
        address = self.project.settings.site.address
        return f"{address}/{path.removesuffix('index.html')}" if address else ""


def current_sources(project: Project, passed: Mapping[str, Mapping[str, Gated]]) -> frozenset[str]:
    """Articles of which the source's page is published from the current text."""
    source = project.settings.source.locale
    return frozenset(
        slug
        for slug, by_locale in passed.items()
        if source in by_locale and by_locale[source].edition is None
    )


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
        addresses=addresses(frame, article, gated.locale, path),
        foreign="" if is_source else settings.source.tag,
    )
    if not is_source:
        body = mark_source_links(frame, body, path)
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
        root=up(path),
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
        search=search_href(frame, path),
        **checked_by(settings.policy, article, is_source=is_source),
    )


def notice_view(frame: Frame, slug: str, locale: str, notice: PageNotice) -> PageView:
    """What stands at the address of a page that may not be shown: the notice, and no word of the
    article."""
    language, settings = frame.language(locale), frame.project.settings
    path = page_path(language.tag, slug)
    return PageView(
        language=language,
        title="",
        body_html="",
        root=up(path),
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
            root=up(path),
            style=frame.style,
            alternates=tuple(
                (frame.language(name), f"../{frame.language(name).tag}/index.html")
                for name in locales
            ),
            site_name=settings.site.name,
            address=frame.address(path),
            demonstration=settings.site.demonstration,
            draft=frame.draft,
            search=search_href(frame, path) if gated else "",
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
            href=relative(target, path),
            root=up(path),
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


def _alternates(frame: Frame, slug: str, path: str) -> tuple[tuple[Language, str], ...]:
    return tuple(
        (frame.language(name), relative(page_path(frame.language(name).tag, slug), path))
        for name in frame.published.get(slug, ())
    )


def _source_page(frame: Frame, slug: str, path: str) -> tuple[Language, str] | None:
    source = frame.project.settings.source
    if source.locale not in frame.published.get(slug, ()):
        return None
    return source, relative(page_path(source.tag, slug), path)


def _contents(body: str) -> tuple[tuple[str, str, int], ...]:
    """(id, HTML without links, level) of the headings of levels 2 and 3."""
    return tuple(
        (identity, _NOT_IN_CONTENTS.sub("", inner), int(level))
        for level, identity, inner in _HEADING.findall(body)
    )
