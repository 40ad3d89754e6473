"""The folder of a site as it grows: articles are made and put in place as they come, lists and
manifests after them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from medloc import files
from medloc.cluster import Cluster
from medloc.errors import MedlocError
from medloc.model import Article
from medloc.parallel import Hands
from medloc.site import (
    ROOT,
    Publication,
    Published,
    locale_manifest,
    root_manifest,
    sha256,
    unlisted,
)
from medloc.workflow.assemble import locale_files, root_files, versions
from medloc.workflow.heard import Heard
from medloc.workflow.making import Common, Made, Task, make, make_anywhere, packed
from medloc.workflow.making import Published as Places
from medloc.workflow.memory import Memory, UnreadableError, held_json
from medloc.workflow.pages import Assets, Frame, sorted_locales
from medloc.workflow.recalls import RECALLS, recalls_json, standing_recalls
from medloc.workflow.remembered import listed_json, read_listed_json
from medloc.workflow.searching import search_files, searching_versions
from medloc.workflow.sources import Sources, linked_article

BATCH = 4 * 2**20
"""So many bytes of pages are put in place together."""
_PAGE = ("index.html", "index.json", "proof.json", "leaflet.pdf")


class Raising:
    """A site under construction; `troubled` are the articles that had troubles, `touched`
    the languages of which something was made or removed."""

    def __init__(
        self,
        common: Common,
        sources: Sources,
        heard: Heard,
        memory: Memory,
        publication: Publication,
        hands: Hands,
        read: Mapping[str, Article],
        folder: Path,
    ) -> None:
        self.common, self._sources, self._heard = common, sources, heard
        self._memory, self._publication, self._hands = memory, publication, hands
        self._read, self._folder = read, folder
        self._elsewhere = isinstance(hands, Cluster)  # no project there, and no ledger
        made = memory.made()
        self._published: dict[str, Places] = {slug: kept[0] for slug, kept in made.items()}
        self._asked = {slug: kept[1] for slug, kept in made.items() if kept[1]}
        language = common.project.settings.language
        self._before = dict(self._published)
        self._everywhere = common.project.locales(source=True)
        self._tags = {language(name).tag: name for name in self._everywhere}
        self._bytes = 0
        self._taken: dict[str, dict[str, Places]] = {}  # what was taken to be published, by article
        self.touched: set[str] = set()
        self._given: dict[str, str] = {}  # which article an alias was given to, by path
        self._batch: dict[str, bytes] = {}
        self.troubles: list[MedlocError] = []
        self.troubled: set[str] = set()

    # articles

    def make_all(
        self, first: set[str], rest: set[str], on_progress: Callable[[float], None]
    ) -> None:
        """Make articles: those that were spoken of first, so that what was withdrawn goes before
        anything comes; then again those that took others to be published where they are not."""
        articles = self._sources.articles
        for slug in sorted((self._published.keys() | first) - articles.keys()):
            self._remove(slug)
        order = [*sorted(first & articles.keys()), *sorted(rest - first)]
        done = 0
        while order:
            work = make_anywhere if self._elsewhere else make
            for made in self._hands.each(work, self.common, self._tasks(order)):
                self._receive(self._made_here(made))
                done += 1
                on_progress(0.9 * done / len(order))
            self._put()
            order, done = sorted(self._mistaken()), 0

    def _tasks(self, slugs: list[str]) -> Iterator[Task]:
        for slug in slugs:
            article = self._sources.articles[slug]
            taken = {other: self._place(other) for other in self._linked(article)}
            self._taken[slug] = taken
            rows = tuple(self._heard.rows(slug))
            task = Task(article.path, slug, rows, taken, self._read.get(slug))
            yield packed(self.common.project, task, article) if self._elsewhere else task

    def _linked(self, article: Article) -> set[str]:
        """The articles that one may ask for: those it links to, and those it asked for last."""
        targets = (
            linked_article(self.common.project, article, address, self._sources.paths)
            for address, _ in article.article_links
        )
        return {target[0] for target in targets if target} | set(self._asked.get(article.slug, ()))

    def _made_here(self, made: Made) -> Made:
        """What a cluster withholds is made once more here: an older edition in its place may need
        images that the article no longer names, and that were not sent."""
        if not (self._elsewhere and made.withheld):
            return made
        article = self._sources.articles[made.slug]
        rows, taken = tuple(self._heard.rows(made.slug)), self._taken[made.slug]
        return make(self.common, Task(article.path, made.slug, rows, taken))

    def _place(self, slug: str) -> Places:
        """Where an article is published, as far as anybody knows; else everywhere."""
        unknown = self._everywhere if slug in self._sources.articles else ()
        return self._published.get(slug, unknown)

    def _receive(self, made: Made) -> None:
        """Take over what was made of an article; what it was before goes first."""
        slug, tags = made.slug, self._tags
        hashes = {path: sha256(data) for path, data in made.files.items()}
        before = {*self._memory.files_of(slug), *self._usual(slug)} - hashes.keys()
        self._publication.remove(path for path in before if self._is_own(path, slug))
        self._given |= {path: slug for path in hashes if not _below(path, slug)}
        by_locale: dict[str, dict[str, str]] = {}
        for path, hash_ in hashes.items():
            if not path.startswith("assets/"):
                by_locale.setdefault(tags[path.partition("/")[0]], {})[path] = hash_
        self.touched |= by_locale.keys() | set(self._published.get(slug, ()))
        self.touched |= {tags[path.partition("/")[0]] for path in self._memory.files_of(slug)}
        self._published[slug] = tuple(made.listed)
        self._asked[slug] = made.asked
        self._compile(made)
        self._memory.keep(
            slug,
            published=tuple(made.listed),
            noticed=made.noticed,
            asked=made.asked,
            held=held_json(made.withheld, made.notices),
            assets={path: hashes[path] for path in hashes if path.startswith("assets/")},
            pages={
                locale: (
                    files_of,
                    listed_json(made.listed[locale]) if locale in made.listed else "",
                )
                for locale, files_of in by_locale.items()
            },
        )
        self.troubles += made.troubles
        if made.troubles:
            self.troubled.add(slug)
        self._batch |= made.files
        self._bytes += sum(map(len, made.files.values()))
        if self._bytes > BATCH:
            self._put()

    def _is_own(self, path: str, slug: str) -> bool:
        """Whether a path that an article had is still no other's: an alias may have moved to
        another article in this very run, or become the address of one."""
        if _below(path, slug) or path.startswith("assets/"):
            return True
        alias = path.partition("/")[2].rpartition("/")[0]
        return self._given.get(path, slug) == slug and alias not in self._sources.articles

    def _usual(self, slug: str) -> Iterator[str]:
        """Where pages of an article stand, whoever says that there are none."""
        for tag in self._tags:
            yield from (f"{tag}/{slug}/{name}" for name in _PAGE)

    def _put(self) -> None:
        self._publication.put(self._batch)
        self._batch, self._bytes = {}, 0

    def _compile(self, made: Made) -> None:
        """Write the .mo of every page that is published, remove those of the others."""
        project = self.common.project
        for locale in self._everywhere:
            path = project.root / project.compiled_name(made.slug, locale)
            if locale in made.compiled:
                files.replace(path, made.compiled[locale], durable=False)
            elif path.is_file():
                path.unlink()

    def _remove(self, slug: str) -> None:
        """Remove an article that is none any more."""
        paths = {*self._memory.files_of(slug), *self._usual(slug)}
        self._publication.remove(paths)
        self.touched |= set(self._published.pop(slug, ()))
        for path in paths:
            self.touched.add(self._tags[path.partition("/")[0]])
        self._memory.drop(slug)
        project = self.common.project
        for locale in self._everywhere:
            compiled = project.root / project.compiled_name(slug, locale)
            if compiled.is_file() and compiled.with_suffix(".po").is_file():
                compiled.unlink()

    def _mistaken(self) -> set[str]:
        """Articles with links that were drawn as if others were published where they are not, or
        the other way round."""
        found: set[str] = set()
        source = self.common.project.settings.source.locale
        for slug, asked in self._asked.items():
            if slug not in self._sources.articles:
                continue
            own = {*self._published.get(slug, ()), source}
            taken = self._taken.get(slug, self._before)
            for other in asked:
                drawn, real = taken.get(other, ()), self._published.get(other, ())
                if own & set(drawn) != own & set(real):
                    found.add(slug)
        return found

    # what stands beside them

    def finish(self, kept: tuple[str, int] | None) -> tuple[bytes, Published]:
        """Put lists and manifests in place; the root manifest, and what was done to the folder."""
        project, memory = self.common.project, self._memory
        frame = self._frame()
        used = sorted_locales(frame)
        languages = memory.languages()
        if memory.get("languages").split() != list(used):
            self.touched |= {*used, *languages}
        manifests: dict[str, bytes] = {}
        for locale in sorted(self.touched & {*used, *languages}):
            now = self._language(frame, locale, manifests) if locale in used else set[str]()
            if locale not in used:
                memory.drop_language(locale)
            gone = languages.get(locale, ("", {}))[1].keys() - now
            tag = project.settings.language(locale).tag if locale in self._everywhere else locale
            self._publication.remove({*gone, *(() if locale in used else (f"{tag}/{ROOT}",))})
        top = root_files(frame) | {
            RECALLS: recalls_json(standing_recalls(self._heard.lifting())),
            self.common.style: self.common.look.style(),
        }
        self._publication.put(top)
        memory.set("top", str(len(top) + 1))
        root = self._root(frame, top, kept)
        self._tidy(frame, root, manifests)
        memory.set("languages", " ".join(used))
        return root, self._publication.finish({**manifests, ROOT: root})

    def _frame(self) -> Frame:
        common = self.common
        published = {slug: self._published.get(slug, ()) for slug in self._sources.articles}
        return Frame(
            common.project,
            self._sources,
            {slug: places for slug, places in published.items() if places},
            Assets(),
            common.style,
            common.today,
            noticed=self._memory.noticed(),
            look=common.look,
            leaflets=common.leaflets,
        )

    def _language(self, frame: Frame, locale: str, manifests: dict[str, bytes]) -> set[str]:
        """Put the lists of a language in place and its manifest into `manifests`; all its paths."""
        hashes: dict[str, str] = {}
        listed = {}
        for slug, files_of, line in self._memory.pages(locale):
            hashes |= files_of
            if line:
                listed[slug] = read_listed_json(line, slug, locale)
        own = locale_files(frame, locale, listed)
        own |= search_files(frame, locale, listed, lambda path: self._read_page(path, hashes))
        self._publication.put(own)
        hashes |= {path: sha256(data) for path, data in own.items()}
        language = frame.language(locale)
        manifest = locale_manifest(hashes, language)
        manifests[f"{language.tag}/{ROOT}"] = manifest
        others = unlisted(hashes, language)
        self._memory.keep_language(locale, sha256(manifest), others, len(own) + 1)
        return set(hashes)

    def _read_page(self, path: str, hashes: Mapping[str, str]) -> bytes:
        """A file of the site as it was made; raises UnreadableError when it is another now."""
        try:
            data = (self._folder / path).read_bytes()
        except OSError as error:
            raise UnreadableError from error
        if sha256(data) != hashes.get(path):
            raise UnreadableError
        return data

    def _root(self, frame: Frame, top: Mapping[str, bytes], kept: tuple[str, int] | None) -> bytes:
        project, languages = self.common.project, self._memory.languages()
        named = {path: sha256(data) for path, data in top.items()} | self._memory.assets()
        for _, others in languages.values():
            named |= others
        used = [name for name in self._everywhere if name in languages]
        earlier = self._folder / ROOT
        leaflets = self.common.leaflets
        return root_manifest(
            named,
            {frame.language(name): languages[name][0] for name in used},
            source=project.settings.source,
            theme=self.common.look.digest(),
            versions=versions()
            | dict(leaflets.versions if leaflets else {})
            | searching_versions(project),
            policy=project.settings.policy,
            date=self.common.today,
            previous=earlier.read_bytes() if earlier.is_file() else None,
            ledger_head=self._heard.hash,
            ledger_count=self._heard.number,
            kept_head=kept,
        )

    def _tidy(self, frame: Frame, root: bytes, manifests: Mapping[str, bytes]) -> None:
        """Remove whatever else of ours stands in the folder; what lies beside articles too."""
        if not self._publication.whole:
            standing = set(self._memory.get("assets").split())
            self._publication.remove(standing - self._memory.assets().keys())
        self._memory.set("assets", " ".join(sorted(self._memory.assets())))
        if self._publication.whole:
            self._publication.keep_put(manifests.keys() | {ROOT})
            self._clear_compiled()

    def _clear_compiled(self) -> None:
        """Remove .mo files of ours that no page needs."""
        project = self.common.project
        for locale in self._everywhere:
            folder = project.root / project.settings.catalogs / locale / "LC_MESSAGES"
            for path in sorted(folder.rglob("*.mo")):
                slug = path.relative_to(folder).with_suffix("").as_posix()
                ours = slug in self._sources.articles or path.with_suffix(".po").is_file()
                if ours and locale not in self._published.get(slug, ()):
                    path.unlink()


def _below(path: str, slug: str) -> bool:
    """Whether a path is in an article's own folder, in any language."""
    return path.partition("/")[2].startswith(f"{slug}/")
