"""Looking at the site on this machine: as published, or every wording as it stands."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable

from medloc.errors import MedlocError, UsageError
from medloc.phrases import phrase
from medloc.site import ROOT, serve, serve_pages
from medloc.workflow.addresses import page_path
from medloc.workflow.drafts import draft_of
from medloc.workflow.gate import Gated
from medloc.workflow.look import project_theme
from medloc.workflow.pages import Assets, Frame, article_page, list_page, root_page
from medloc.workflow.project import Project
from medloc.workflow.sources import read_sources

OnReady = Callable[[str], None]


def serve_site(project: Project, *, port: int, on_ready: OnReady) -> None:
    """Serve the built site; raises UsageError when nothing was built yet."""
    folder = project.root / project.settings.site.output
    if not (folder / ROOT).is_file():
        raise UsageError(
            phrase("there is no site in `{output}` yet", output=project.settings.site.output),
            advice=phrase("Run: medloc build"),
        )
    gc.enable()
    serve(folder, port=port, on_ready=on_ready)


def serve_drafts(project: Project, *, port: int, on_ready: OnReady, today: dt.date) -> None:
    """Serve every wording as it stands, watermarked, read anew for each page, from memory only."""

    def pages(path: str) -> bytes | None:
        return draft_site(project, today=today).get(path)

    gc.enable()
    serve_pages(pages, port=port, on_ready=on_ready)


def draft_site(project: Project, *, today: dt.date) -> dict[str, bytes]:
    """Every page as a draft, by path: approved or not; the source where there is no wording."""
    sources = read_sources(project)
    drafts: dict[str, dict[str, Gated]] = {}
    for article in sources.articles.values():
        for locale in project.locales(source=True):
            try:
                drafts.setdefault(article.slug, {})[locale] = draft_of(project, article, locale)
            except MedlocError:
                continue
    assets = Assets()
    published = {slug: tuple(by_locale) for slug, by_locale in drafts.items()}
    look = project_theme(project)
    style = assets.add(look.style(), ".css")
    frame = Frame(project, sources, published, assets, style, today, draft=True, look=look)
    site = {"index.html": root_page(frame).encode()}
    for slug, by_locale in drafts.items():
        for locale, draft in by_locale.items():
            path = page_path(frame.language(locale).tag, slug)
            site[path] = article_page(frame, draft).encode()
    for locale in project.locales(source=True):
        listed = {slug: by[locale] for slug, by in drafts.items() if locale in by}
        path = f"{frame.language(locale).tag}/index.html"
        site[path] = list_page(frame, locale, listed).encode()
    return {**assets.files, **site}
