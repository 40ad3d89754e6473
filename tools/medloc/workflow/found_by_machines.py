"""Files for machines: `index.json` beside each page, `robots.txt`, and the site map.

Notices and redirects are in no site map.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from medloc.site import canonical_json
from medloc.site.sitemaps import INDEX, ROBOTS, robots, sitemap_index, sitemaps
from medloc.theme.embedding import page_data
from medloc.theme.rendering import ICON
from medloc.theme.views import PageView
from medloc.workflow.addresses import page_path
from medloc.workflow.gate import Gated
from medloc.workflow.pages import Frame, sorted_locales

DATA = "index.json"

Dated = tuple[str, str]
"""A page's path below the site and the day of its latest approval, empty without any."""


def data_path(page: str) -> str:
    """Where the data of a page stand: `es/clonus/index.html` -> `es/clonus/index.json`."""
    return page.removesuffix("index.html") + DATA


def page_json(view: PageView, article: str) -> bytes:
    """`index.json` of a page or a notice."""
    return canonical_json(page_data(view, article=article))


def in_order(tags: Iterable[str], source: str) -> tuple[str, ...]:
    """The languages of a site as its map names them: the source first."""
    return tuple(sorted(tags, key=lambda tag: (tag != source, tag)))


def locale_sitemap(frame: Frame, locale: str, gated: Mapping[str, Gated]) -> dict[str, bytes]:
    """The site map of a language, by path; nothing when the site has no absolute address."""
    tags = _tags(frame)
    tag = frame.language(locale).tag
    pages = [
        (page_path(tag, slug), max((one.decided for one in each.verdicts), default=""))
        for slug, each in gated.items()
    ]
    return sitemap_of(frame.project.settings.site.address, tags, tag, pages)


def root_sitemap(frame: Frame) -> dict[str, bytes]:
    """`robots.txt`, the index of the site map, and the icon, by path."""
    published = Counter(
        frame.language(locale).tag for locales in frame.published.values() for locale in locales
    )
    counts = {tag: published[tag] for tag in _tags(frame)}
    found = index_of(frame.project.settings.site.address, counts)
    return {**found, ICON: frame.look.icon()}


def _tags(frame: Frame) -> tuple[str, ...]:
    tags = (frame.language(name).tag for name in sorted_locales(frame))
    return in_order(tags, frame.project.settings.source.tag)


def sitemap_of(
    address: str, tags: Sequence[str], tag: str, pages: Iterable[Dated]
) -> dict[str, bytes]:
    """The site map of a language, by path; nothing when the site has no absolute `address`.

    `tags` are the languages of the site in order: the first one's map names the root page too.
    """
    if not address:
        return {}
    first = [(f"{address}/", "")] if tag == tags[0] else []
    rows = [(f"{address}/{path.removesuffix('index.html')}", day) for path, day in sorted(pages)]
    return sitemaps(tag, [*first, (f"{address}/{tag}/", ""), *rows])


def index_of(address: str, counts: Mapping[str, int]) -> dict[str, bytes]:
    """`robots.txt`, and the index of the site map when the site has an absolute `address`.

    `counts` are the numbers of article pages by the tags of the site's languages, in order.
    """
    found = {ROBOTS: robots(address)}
    if address:
        first = next(iter(counts), "")
        found[INDEX] = sitemap_index(
            address, {tag: count + 1 + (tag == first) for tag, count in counts.items()}
        )
    return found
