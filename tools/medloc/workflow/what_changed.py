"""What has to be made again: by looks at files, by the ledger's new events, by the date.

Nothing here says what a page shows. To name an article too many costs time; one too few would be
found by the test that compares builds with and without a memory.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sysconfig
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import medloc
from medloc.articles import read_article
from medloc.model import Article
from medloc.settings import FILE_NAME
from medloc.workflow.leaflet_plan import LeafletPlan
from medloc.workflow.look import project_theme
from medloc.workflow.looks import TICK, Folder, changed, look_into
from medloc.workflow.memory import Memory
from medloc.workflow.project import Project
from medloc.workflow.remembered import article_json, light, read_article_json
from medloc.workflow.sources import read_whole

_CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Looks:
    """What the folders that a build reads look like: by part, the content and each language's
    catalogs."""

    parts: Mapping[str, Folder]

    def keep(self, memory: Memory) -> None:
        """Remember all of it."""
        for part, folder in self.parts.items():
            if memory.look(part) != folder.digest:
                memory.keep_look(part, folder.digest, folder.files)


def look_at_inputs(project: Project) -> Looks:
    """Look at articles, images and catalogs; to be done before they are read."""
    root, settings = project.root, project.settings
    parts = {_CONTENT: look_into(root / settings.content)}
    for locale in project.locales():
        folder = root / settings.catalogs / locale / "LC_MESSAGES"
        parts[f"catalogs {locale}"] = look_into(folder, ends=(".po",))
    return Looks(parts)


class Outputs:
    """What a build wrote, part by part: the pages and the .mo files of each language, the rest."""

    def __init__(self, project: Project, folder: Path, memory: Memory) -> None:
        self._memory = memory
        self._parts = {"top": (folder, ("",), False), "assets": (folder / "assets", ("",), True)}
        for locale in project.locales(source=True):
            compiled = project.root / project.settings.catalogs / locale / "LC_MESSAGES"
            self._parts[f"compiled {locale}"] = (compiled, (".mo",), True)
            self._parts[f"site {locale}"] = (folder / project.settings.language(locale).tag,
                                             ("",), True)  # fmt: skip

    def stand(self) -> bool:
        """Whether all of it looks as it did when it was kept."""
        return all(self._memory.look(part) == self._look(part) for part in self._parts)

    def keep(self, locales: Collection[str]) -> None:
        """Remember how it looks now: what belongs to these languages, and to none."""
        time.sleep(TICK * 1.5)  # until what was just written is old enough to be trusted
        for part in self._parts:
            _, _, locale = part.partition(" ")
            if not locale or locale in locales:
                self._memory.keep_look(part, self._look(part), {})

    def _look(self, part: str) -> str:
        folder, ends, deep = self._parts[part]
        return look_into(folder, ends=ends, deep=deep).digest


def common_key(project: Project, leaflets: LeafletPlan | None) -> str:
    """Changes with whatever all pages depend on: settings, units, theme, leaflets, programs."""
    total = hashlib.sha256()
    names = [FILE_NAME, *project.settings.files]
    names += [project.units_name(locale) for locale in project.locales(source=True)]
    for name in names:
        path = project.root / name
        total.update(f"{name}\0{path.read_bytes() if path.is_file() else None!r}\n".encode())
    plan = "" if leaflets is None else f"{leaflets.bilingual} {sorted(leaflets.versions.items())}"
    total.update(f"{project_theme(project).digest()} {plan} {_programs()}".encode())
    return total.hexdigest()


@lru_cache(maxsize=1)
def _programs() -> str:
    """The code as it was when it was first asked for, and the packages that are installed."""
    code = look_into(Path(medloc.__file__).parent, ends=(".py", ".po", ".html", ".css", ".js"))
    installed = Path(sysconfig.get_paths()["purelib"]).stat().st_mtime_ns
    return f"{code.digest} {installed}"


class Reader:
    """Reads articles, those that look as they did from memory; `fresh` are all others, `whole` as
    many of them as it is worth to keep until they are made."""

    def __init__(self, memory: Memory, looks: Looks) -> None:
        self._known = memory.articles()
        content = looks.parts[_CONTENT]
        self._changed = (
            changed(memory.looked(_CONTENT), content.files)
            if memory.look(_CONTENT) != content.digest
            else set[str]()
        )
        self.images_changed = any(not name.endswith(".md") for name in self._changed)
        self.fresh: dict[str, Article] = {}
        self.whole: dict[str, Article] = {}

    def __call__(self, project: Project, path: Path) -> Article:
        name = path.relative_to(project.root).as_posix()
        below = path.relative_to(project.root / project.settings.content).as_posix()
        kept = self._known.get(name)
        if kept is not None and below not in self._changed and not self.images_changed:
            return read_article_json(kept[1])
        article = read_whole(project, path)
        if kept is not None and kept[0] == article.source_hash and not article.files:
            return light(article)
        self.fresh[article.path] = light(article)
        if len(self.whole) < _KEPT:
            self.whole[article.slug] = article
        return self.fresh[article.path]

    def keep(self, memory: Memory, paths: Iterable[str]) -> None:
        """Remember what was read, and forget articles that are gone."""
        rows = [(a.path, a.source_hash, article_json(a)) for a in self.fresh.values()]
        memory.keep_articles(rows, self._known.keys() - set(paths))


_KEPT = 600


def dirty(
    project: Project,
    memory: Memory,
    looks: Looks,
    reader: Reader,
    articles: Mapping[str, Article],
    *,
    today: dt.date,
) -> set[str]:
    """The articles to be made again because of files or of the date."""
    made = memory.made()
    found = {slug for slug in articles if slug not in made}
    found |= {article.slug for article in reader.fresh.values()}
    if reader.images_changed:
        found |= {slug for slug, article in articles.items() if article.files}
    for part, folder in looks.parts.items():
        if part != _CONTENT and memory.look(part) != folder.digest:
            names = changed(memory.looked(part), folder.files)
            found |= {name.removesuffix(".po") for name in names}
    before = memory.get("date")
    if before != today.isoformat():
        then = dt.date.fromisoformat(before)
        found |= {slug for slug, kept in made.items() if kept[2]}
        for slug, article in articles.items():
            due = article.review_by
            if due is not None and (due < today) != (due < then):
                found.add(slug)
    found |= set(memory.get("troubled").split())
    return found & articles.keys()


def full(project: Project, article: Article) -> Article:
    """An article with its body, read again."""
    path = project.root / article.path
    return read_article(
        article.path,
        path.read_bytes(),
        slug=article.slug,
        translate_fields=project.settings.translate_fields,
        raw_html=project.settings.policy.raw_html,
    )
