"""Search within a language: an index of exactly what is published in it, and the page that asks it.

Law: the index of a language is made of the pages that stand in the site at that very build, and of
nothing else: what is withdrawn cannot be found any more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from medloc.search_index import LETTERS, Searched, index_pages, search_versions
from medloc.theme.search import FILES, search_file, search_html
from medloc.theme.search_view import SearchView
from medloc.workflow.addresses import SEARCH, page_path, search_path, up
from medloc.workflow.found_by_machines import data_path
from medloc.workflow.pages import Frame, sorted_locales
from medloc.workflow.project import Project


def search_files(
    frame: Frame, locale: str, slugs: Iterable[str], read: Callable[[str], bytes]
) -> dict[str, bytes]:
    """The page that searches a language, its script and index, by path; nothing where the settings
    want no search, or nothing is published.

    `slugs` are the articles published in the language, `read` gives the bytes of a file of the
    site. Raises UsageError when the extra `search` is not installed, SearchError when it fails.
    """
    tag = frame.language(locale).tag
    found = sorted(slugs)
    if not frame.project.settings.site.search or not found:
        return {}
    pages = {slug: read(data_path(page_path(tag, slug))) for slug in found}
    return {
        search_path(tag): _page(frame, locale).encode(),
        **{f"{tag}/{SEARCH}/{name}": search_file(name) for name in FILES},
        **{f"{tag}/{SEARCH}/{name}": data for name, data in index_of(pages, tag).items()},
    }


def index_of(pages: dict[str, bytes], tag: str) -> dict[str, bytes]:
    """The index of a language, by name of file: `pages` are the `index.json` of its articles."""
    found = {}
    for slug, data in pages.items():
        said = json.loads(data)
        found[slug] = Searched(said["title"], said.get("description", ""), said["body"])
    return index_pages(found, tag=tag)


def searching_versions(project: Project) -> dict[str, str]:
    """The versions that the bytes of the index depend on; none without search.

    Raises UsageError when the extra `search` is wanted and not installed.
    """
    return search_versions() if project.settings.site.search else {}


def _page(frame: Frame, locale: str) -> str:
    language, settings = frame.language(locale), frame.project.settings
    path = search_path(language.tag)
    others = (frame.language(name) for name in sorted_locales(frame))
    return search_html(
        frame.look,
        SearchView(
            language=language,
            letters=LETTERS,
            root=up(path),
            style=frame.style,
            alternates=tuple(
                (one, "index.html" if one == language else f"{up(path)}{one.tag}/index.html")
                for one in others
            ),
            site_name=settings.site.name,
            address=frame.address(path),
            demonstration=settings.site.demonstration,
        ),
    )
