"""One article, in every language: read, gated, drawn. The unit of work that processes share.

Law: what comes out depends on nothing but the arguments and the project's files; no ledger is
opened here, and nothing is written.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from medloc.articles import read_article
from medloc.errors import MedlocError
from medloc.ledger import Row
from medloc.model import Article, Notice, Withheld
from medloc.theme import Theme
from medloc.workflow.assemble import article_files
from medloc.workflow.editions import Editions
from medloc.workflow.gate import Gated
from medloc.workflow.gates import Gates, gate_article
from medloc.workflow.heard import decisions_in
from medloc.workflow.images import own_images
from medloc.workflow.leaflet_plan import LeafletPlan
from medloc.workflow.pages import Assets, Frame, current_sources
from medloc.workflow.project import Project
from medloc.workflow.remembered import as_listed
from medloc.workflow.sources import Sources

Published = tuple[str, ...]
"""The locales in which an article is published, in the project's order."""


@dataclass(frozen=True, slots=True)
class Common:
    """What all articles of a build share; `paths` leads from each article's path to its slug,
    `ledger` is what messages call the ledger."""

    project: Project
    today: dt.date
    look: Theme
    style: str
    paths: Mapping[str, str]
    ledger: str
    leaflets: LeafletPlan | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """An article to make: what the ledger says of it, and where the articles that it may link to
    are taken to be published. `article` is it, if somebody has read it already; `files` are those
    of the project that it is made of, by path, for a machine that has no project."""

    path: str
    slug: str
    rows: tuple[Row, ...]
    published: Mapping[str, Published] = field(default_factory=dict)
    article: Article | None = None
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """What came of an article.

    `files` are those of the site by path, assets among them, `compiled` the .mo by locale; `listed`
    what is published, of each as much as lists show; `asked` the other articles whose places were
    asked for.
    """

    slug: str
    files: Mapping[str, bytes]
    compiled: Mapping[str, bytes]
    listed: Mapping[str, Gated]
    noticed: tuple[str, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    notices: tuple[Notice, ...] = ()
    troubles: tuple[MedlocError, ...] = ()
    asked: tuple[str, ...] = ()


def make(common: Common, task: Task) -> Made:
    """Gate an article and draw what may be shown of it; raises what stops a build."""
    article = task.article or _read(common.project, task)
    decisions = decisions_in(task.rows, name=common.ledger)
    gates = Gates()
    editions = Editions(common.project, decisions, today=common.today)
    gate_article(common.project, article, decisions, editions, gates, today=common.today)
    gated = gates.passed.get(task.slug, {})
    noticed = gates.notices_at.get(task.slug, {})
    assets = Assets()
    published = _Asked({**task.published, task.slug: tuple(gated)})
    frame = Frame(
        common.project,
        Sources({task.slug: article}, paths=common.paths),
        published,
        assets,
        common.style,
        common.today,
        noticed=frozenset(noticed),
        look=common.look,
        current=current_sources(common.project, gates.passed),
        leaflets=common.leaflets,
    )
    files = article_files(frame, task.slug, gated, noticed)
    return Made(
        task.slug,
        {**assets.files, **files},
        {locale: one.compiled for locale, one in gated.items()},
        {locale: as_listed(one) for locale, one in gated.items()},
        tuple(noticed),
        tuple(gates.withheld),
        tuple(gates.notices),
        (*gates.troubles, *assets.troubles),
        tuple(sorted(published.asked - {task.slug})),
    )


def make_anywhere(common: Common, task: Task) -> Made:
    """As `make`, from the task's own `files`, in a folder that is there only meanwhile."""
    with tempfile.TemporaryDirectory(prefix="medloc-") as name:
        root = Path(name)
        (root / common.project.settings.content).mkdir(parents=True)
        for path, data in task.files:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        return make(replace(common, project=replace(common.project, root=root)), task)


def packed(project: Project, task: Task, article: Article) -> Task:
    """A task with the files it needs: the article, its images, its catalogs, units of measure."""
    names = [task.path]
    for locale in project.locales(source=True):
        names += [project.catalog_name(task.slug, locale), project.units_name(locale)]
    paths = [project.root / name for name in names]
    paths += [
        path for address, _ in article.files for path in own_images(project, article, address)
    ]
    found = {
        path.relative_to(project.root).as_posix(): path.read_bytes()
        for path in paths
        if path.is_file()
    }
    return replace(task, article=None, files=tuple(found.items()))


def _read(project: Project, task: Task) -> Article:
    return read_article(
        task.path,
        (project.root / task.path).read_bytes(),
        slug=task.slug,
        translate_fields=project.settings.translate_fields,
        raw_html=project.settings.policy.raw_html,
    )


class _Asked(dict[str, Published]):
    """Where articles are published; remembers which ones somebody asked for."""

    def __init__(self, known: Mapping[str, Published]) -> None:
        super().__init__(known)
        self.asked: set[str] = set()

    def get(self, slug: str, default: object = None) -> object:  # type: ignore[override]
        self.asked.add(slug)
        return super().get(slug, default)

    def __getitem__(self, slug: str) -> Published:
        self.asked.add(slug)
        return super().__getitem__(slug)

    def __iter__(self) -> Iterator[str]:
        return super().__iter__()
