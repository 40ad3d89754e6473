"""Articles that passed the gate as files of the site: pages with their proofs, lists, assets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version
from types import MappingProxyType

import medloc
from medloc.errors import MedlocError
from medloc.model import MessageProof
from medloc.site import canonical_json, page_proof
from medloc.theme.views import PageNotice
from medloc.workflow.addresses import page_path
from medloc.workflow.found_by_machines import (
    data_path,
    locale_sitemap,
    page_json,
    root_sitemap,
)
from medloc.workflow.gate import Gated
from medloc.workflow.leaflet_plan import LeafletPlan
from medloc.workflow.leaflets import article_leaflets, with_leaflet
from medloc.workflow.look import project_theme
from medloc.workflow.pages import (
    Assets,
    Frame,
    article_view,
    current_sources,
    list_page,
    notice_view,
    redirect_page,
    root_page,
    sorted_locales,
)
from medloc.workflow.project import Project, digest
from medloc.workflow.searching import search_files
from medloc.workflow.sources import Sources


def render_site(
    project: Project,
    sources: Sources,
    passed: Mapping[str, Mapping[str, Gated]],
    notices_at: Mapping[str, Mapping[str, PageNotice]] = MappingProxyType({}),
    *,
    today: dt.date,
    leaflets: LeafletPlan | None = None,
    troubles: list[MedlocError] | None = None,
    search: bool = False,
) -> dict[str, bytes]:
    """Every file of the site but the manifests, by path: pages, proofs, notices, lists, assets, and
    leaflets as they are planned; into `troubles` goes why some are missing."""
    assets, look = Assets(), project_theme(project)
    frame = Frame(
        project,
        sources,
        {slug: tuple(locales) for slug, locales in passed.items()},
        assets,
        assets.add(look.style(), ".css"),
        today,
        noticed=frozenset(locale for by_locale in notices_at.values() for locale in by_locale),
        look=look,
        current=current_sources(project, passed),
        leaflets=leaflets,
    )
    site: dict[str, bytes] = root_files(frame)
    for slug in dict.fromkeys((*passed, *notices_at)):
        site |= article_files(frame, slug, passed.get(slug, {}), notices_at.get(slug, {}))
    for locale in sorted_locales(frame):
        listed = {slug: by[locale] for slug, by in passed.items() if locale in by}
        site |= locale_files(frame, locale, listed)
        site |= search_files(frame, locale, listed, site.__getitem__) if search else {}
    if troubles is not None:
        troubles += assets.troubles
    return {**assets.files, **site}


def article_files(
    frame: Frame,
    slug: str,
    gated: Mapping[str, Gated],
    notices: Mapping[str, PageNotice] = MappingProxyType({}),
) -> dict[str, bytes]:
    """Every file of an article in every language, by path. Pure: processes share this work, so it
    may ask `frame` of other articles only where they are published."""
    site: dict[str, bytes] = article_leaflets(frame, gated)
    for locale, one in gated.items():
        path = page_path(frame.language(locale).tag, slug)
        view = with_leaflet(article_view(frame, one), path, site)
        page = frame.look.page(view).encode()
        site |= {path: page, data_path(path): page_json(view, slug)}
        site[path.removesuffix("index.html") + "proof.json"] = _proof(frame, one, page)
        for alias in frame.sources.articles[slug].aliases:
            old, html = redirect_page(frame, one, alias)
            site[old] = html.encode()
    for locale, notice in notices.items():
        path = page_path(frame.language(locale).tag, slug)
        notice_of = notice_view(frame, slug, locale, notice)
        site[path] = frame.look.page(notice_of).encode()
        site[data_path(path)] = page_json(notice_of, slug)
    return site


def locale_files(frame: Frame, locale: str, listed: Mapping[str, Gated]) -> dict[str, bytes]:
    """What a language has beside its articles: the list of them. Of each only its fields are there
    (title, description, dates), not its body."""
    path = f"{frame.language(locale).tag}/index.html"
    page = list_page(frame, locale, listed).encode()
    return {path: page, **locale_sitemap(frame, locale, listed)}


def root_files(frame: Frame) -> dict[str, bytes]:
    """What stands at the top of the site, made last, when all that is published is known."""
    return {"index.html": root_page(frame).encode(), **root_sitemap(frame)}


def _proof(frame: Frame, gated: Gated, page: bytes) -> bytes:
    messages = [
        MessageProof(
            id=translation.message.id,
            context=translation.message.context,
            high_risk=translation.high_risk,
            source_hash=_source_digest(translation.pair.source),
            target_hash=digest(verdict.target),
            events=verdict.events,
        )
        for translation, verdict in zip(gated.translations, gated.verdicts, strict=True)
    ]
    return canonical_json(
        page_proof(
            article=gated.article.slug,
            language=frame.language(gated.locale),
            page=page,
            source_hash=gated.article.source_hash,
            messages=messages,
            last_good=gated.edition is not None,
        )
    )


# Every locale has the same sources.
_source_digest = lru_cache(maxsize=4096)(digest)


def versions() -> dict[str, str]:
    """What the bytes of pages depend on besides their inputs."""
    packages = ("babel", "jinja2", "pyromark")
    return {"medloc": medloc.__version__, **{name: version(name) for name in packages}}
