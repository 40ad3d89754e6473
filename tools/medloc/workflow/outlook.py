"""What the next build would do, page by page and with reasons, without writing anything.

Law: it is what a build by a publisher on that day then does. The rules are the build's own: its
gates, its renderer, and the article texts that it would record first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from medloc.errors import MedlocError
from medloc.ledger import moment
from medloc.model import Event, Notice, Shown, WithheldMessage
from medloc.standing import Decisions, fold
from medloc.workflow.addresses import page_path
from medloc.workflow.assemble import render_site
from medloc.workflow.gates import Gates, open_gates
from medloc.workflow.leaflet_plan import plan_leaflets
from medloc.workflow.project import Project
from medloc.workflow.requests import source_event
from medloc.workflow.sources import Sources


class Fate(StrEnum):
    """What becomes of a page."""

    PUBLISHED = "published"  # from its current source
    LAST_GOOD = "last_good"  # the last edition that was approved whole
    NOTICE = "notice"  # no word of it, only that it is being corrected or was withdrawn
    WITHHELD = "withheld"


class Change(StrEnum):
    """What readers would notice at a page's address."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DOWN = "down"  # it is there now, and would be no more
    NONE = "none"  # nothing is there, and nothing would be


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would become of an article in a locale; `path` is where it stands below the site,
    `reason` and `messages` say why it is not published from its current source."""

    article: str
    locale: str
    path: str
    fate: Fate
    change: Change
    reason: str = ""
    messages: tuple[WithheldMessage, ...] = ()
    shown: Shown = Shown.NOTHING


@dataclass(frozen=True, slots=True)
class Outlook:
    """The prospects of all pages in order of articles and locales; `gone` are pages of articles
    that are no more, `troubles` files that cannot be read."""

    prospects: tuple[Prospect, ...]
    gone: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    troubles: tuple[MedlocError, ...] = ()

    def of(self, fate: Fate) -> tuple[Prospect, ...]:
        """The pages with a fate."""
        return tuple(one for one in self.prospects if one.fate is fate)


def outlook(
    project: Project,
    sources: Sources,
    decisions: Decisions,
    *,
    now: dt.datetime,
    publisher: str = "",
) -> Outlook:
    """What `build` would do now; with `publisher`, what it would do recorded as theirs.

    Raises LedgerError and SettingsError as the build does.
    """
    if publisher:
        decisions = fold(_recorded(sources, decisions, publisher, now), onto=decisions)
    today = now.date()
    gates = open_gates(project, sources, decisions, today=today)
    site = project.root / project.settings.site.output
    leaflets = plan_leaflets(project, site, dry=True)
    pages = render_site(
        project, sources, gates.passed, gates.notices_at, today=today, leaflets=leaflets
    )
    prospects = tuple(_prospects(project, gates, pages, site))
    expected = {one.path for one in prospects}
    standing = {
        f"{proof.parent.relative_to(site).as_posix()}/index.html"
        for proof in site.rglob("proof.json")
    }
    gone = tuple(sorted(standing - expected))
    return Outlook(prospects, gone, tuple(gates.notices), tuple(gates.troubles))


def _recorded(
    sources: Sources, decisions: Decisions, publisher: str, now: dt.datetime
) -> Iterator[Event]:
    """The texts that a recorded build stores before it judges, as events that are nowhere."""
    known = {place[0] for place in decisions.by_place}
    known |= {spot[0] for spot in decisions.carried} | {page[0] for page in decisions.by_page}
    number = decisions.head
    for slug, article in sources.articles.items():
        stored = decisions.sources.get(slug)
        if (stored or slug in known) and _last_text(stored) != article.text:
            number += 1
            yield Event(number, moment(now), "", "", source_event(article, publisher, "app"))


def _last_text(stored: tuple[Event, ...] | None) -> str | None:
    return stored[-1].draft.text if stored else None


def _prospects(
    project: Project, gates: Gates, pages: dict[str, bytes], site: Path
) -> Iterator[Prospect]:
    held = {(page.article, page.locale): page for page in gates.withheld}
    passed = {(slug, la) for slug, by_locale in gates.passed.items() for la in by_locale}
    for slug, locale in sorted(held.keys() | passed, key=_order(project)):
        path = page_path(project.settings.language(locale).tag, slug)
        change = _change(pages.get(path), site / path)
        page = held.get((slug, locale))
        if page is None:
            yield Prospect(slug, locale, path, Fate.PUBLISHED, change)
        else:
            yield Prospect(slug, locale, path, _FATES[page.shown], change,
                           page.reason, page.messages, page.shown)  # fmt: skip


def _order(project: Project) -> Callable[[tuple[str, str]], tuple[str, int]]:
    locales = project.locales(source=True)
    return lambda page: (page[0], locales.index(page[1]))


def _change(page: bytes | None, path: Path) -> Change:
    try:
        before = path.read_bytes()
    except OSError:
        before = None
    if page is None:
        return Change.NONE if before is None else Change.DOWN
    if before is None:
        return Change.NEW
    return Change.SAME if before == page else Change.CHANGED


_FATES = {
    Shown.NOTHING: Fate.WITHHELD,
    Shown.LAST_GOOD: Fate.LAST_GOOD,
    Shown.CORRECTING: Fate.NOTICE,
    Shown.WITHDRAWN: Fate.NOTICE,
}
