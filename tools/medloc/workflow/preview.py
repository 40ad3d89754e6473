"""Looking at the site on this machine: as published, or every wording as it stands."""

from __future__ import annotations

import datetime as dt

from medloc.errors import MedlocError, UsageError
from medloc.phrases import phrase
from medloc.site import ROOT
from medloc.site.folder import Pages, folder_pages
from medloc.workflow.addresses import page_path
from medloc.workflow.drafts import draft_of
from medloc.workflow.gate import Gated
from medloc.workflow.look import project_theme
from medloc.workflow.pages import Assets, Frame, article_page, list_page, root_page
from medloc.workflow.project import Project
from medloc.workflow.sources import Sources


def built_site(project: Project) -> Pages:
    """The files of the built site; raises UsageError when nothing was built yet."""
    folder = project.root / project.settings.site.output
    if not (folder / ROOT).is_file():
        raise UsageError(
            phrase("there is no site in `{output}` yet", output=project.settings.site.output),
            advice=phrase("Run: medloc build"),
        )
    return folder_pages(folder)


def draft_site(
    project: Project,
    sources: Sources,
    *,
    today: dt.date,
    troubles: list[MedlocError] | None = None,
) -> dict[str, bytes]:
    """Every page as a draft, by path: approved or not; the source where there is no wording. Into
    `troubles` goes why some are missing."""
    drafts: dict[str, dict[str, Gated]] = {}
    for article in sources.articles.values():
        for locale in project.locales(source=True):
            try:
                drafts.setdefault(article.slug, {})[locale] = draft_of(project, article, locale)
            except MedlocError as trouble:
                if troubles is not None and str(trouble) not in map(str, troubles):
                    troubles.append(trouble)
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
