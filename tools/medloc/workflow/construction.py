"""A site from articles, catalogs and the ledger: what has to be made, by whom, in which order.

Law: whatever an earlier build is remembered to have made, the folder ends as a build that remembers
nothing would leave it. What the ledger heard since the standing manifest always counts: it is asked
from the head that the manifest names, never from one that is remembered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

from medloc.ledger import Reader as LedgerReader
from medloc.ledger import open_ledger
from medloc.model import Article, Event, Kind, Notice, Withheld
from medloc.parallel import Hands, Here
from medloc.phrases import phrase
from medloc.site import INTENT, ROOT, Publication, Published, sha256
from medloc.workflow.anchors import Anchor, standing_anchor
from medloc.workflow.built import Built
from medloc.workflow.gates import withheld_unread
from medloc.workflow.heard import Heard
from medloc.workflow.leaflet_plan import LeafletPlan
from medloc.workflow.look import project_theme
from medloc.workflow.making import Common
from medloc.workflow.memory import Memory, UnreadableError, read_held
from medloc.workflow.pages import Assets
from medloc.workflow.project import Project
from medloc.workflow.raising import Raising
from medloc.workflow.sources import Sources, read_sources
from medloc.workflow.what_changed import (
    Outputs,
    Reader,
    common_key,
    dirty,
    full,
    look_at_inputs,
)

FEW = 20_000
"""Files of a site that are looked at before every build. In a larger one a build looks only at what
it makes, or, when there is nothing to make, at everything."""


def build_site(
    project: Project,
    folder: Path,
    output: str,
    today: dt.date,
    *,
    leaflets: LeafletPlan | None = None,
    record: Callable[[Iterable[Article]], None] = lambda articles: None,
    on_progress: Callable[[float], None] = lambda share: None,
    hands: Hands | None = None,
    memory: Memory | None = None,
    on_change: Callable[[], None] = lambda: None,
) -> tuple[Built, bytes, tuple[Article, ...]]:
    """Build the site into `folder`: what was done, the root manifest, the articles published.

    `leaflets` is how they are made, if they are; `hands` makes pages; `memory` is what earlier
    builds are known to have made.
    `on_change` is called before the first file is written or removed.
    `record` is given the articles that the ledger knows, before it is read for good: what it stores
    of them must count in this build already, or the next one would write other pages. `on_progress`
    hears about what share of the work is done.
    """
    memory = memory or Memory()
    args = (project, folder, output, today, leaflets, record, on_progress, hands, memory, on_change)
    if not memory.fresh:
        try:
            return _build(*args)
        except (UnreadableError, ValueError, KeyError, TypeError, AttributeError):
            memory.renew()  # whatever it was: it is not needed
    return _build(*args)


def _build(
    project: Project,
    folder: Path,
    output: str,
    today: dt.date,
    leaflets: LeafletPlan | None,
    record: Callable[[Iterable[Article]], None],
    on_progress: Callable[[float], None],
    hands: Hands | None,
    memory: Memory,
    on_change: Callable[[], None],
) -> tuple[Built, bytes, tuple[Article, ...]]:
    anchor = standing_anchor(folder, output)
    ledger = open_ledger(project.settings.ledger, base=project.root)
    looks = look_at_inputs(project)
    key = f"{output} {common_key(project, leaflets)}"
    outputs = Outputs(project, folder, memory)
    known = _is_usable(memory, key, folder) and (memory.files() > FEW or outputs.stand())
    publication = Publication(folder, whole=not known, on_change=on_change)
    if not known:
        memory.forget()
    reader = Reader(memory, looks)
    sources = read_sources(project, read=reader)
    with ledger.reading() as events:
        anchor.check(events)
        if publication.whole:
            for _ in events.prove():
                pass
        events.check_count()
        record(full(project, a) for a in sources.articles.values() if _is_known(events, a.slug))
    with ledger.reading() as events:
        heard = Heard(events, name=ledger.name)
        since = list(events.prove(anchor.count, known=anchor.head))[: heard.number - anchor.count]
        raising = _raising(
            project, folder, today, leaflets, memory, hands, sources, heard, publication, reader
        )
        first = _spoken_of(since, memory, heard) if anchor.stands else set[str]()
        if publication.whole:
            rest = set(sources.articles)
        else:
            rest = dirty(project, memory, looks, reader, sources.articles, today=today)
        if known and not (first or rest) and memory.files() > FEW and not outputs.stand():
            raise UnreadableError  # with nothing to make there is time to look at all that stands
        raising.make_all(first, rest, on_progress)
        manifest, published = raising.finish(_kept(since, anchor))
    memory.set("key", key)
    memory.set("manifest", sha256(manifest))
    memory.set("date", today.isoformat())
    memory.set("troubled", " ".join(sorted(raising.troubled)))
    outputs.keep(raising.touched if known else project.locales(source=True))
    reader.keep(memory, sources.paths)
    looks.keep(memory)
    shown = {slug for slug, kept in memory.made().items() if kept[0] or kept[3]}
    articles = tuple(full(project, a) for slug, a in sources.articles.items() if slug in shown)
    return _built(memory, sources, raising, published, output), manifest, articles


def _is_usable(memory: Memory, key: str, folder: Path) -> bool:
    """Whether a memory is one of the very site that stands, made by these programs."""
    root = folder / ROOT
    return (
        not memory.fresh
        and memory.get("key") == key
        and root.is_file()
        and memory.get("manifest") == sha256(root.read_bytes())
        and not (folder / INTENT).exists()
    )


def _raising(
    project: Project,
    folder: Path,
    today: dt.date,
    leaflets: LeafletPlan | None,
    memory: Memory,
    hands: Hands | None,
    sources: Sources,
    heard: Heard,
    publication: Publication,
    reader: Reader,
) -> Raising:
    look = project_theme(project)
    style = look.style()
    common = Common(
        project, today, look, Assets().add(style, ".css"), dict(sources.paths), heard.name, leaflets
    )
    return Raising(
        common, sources, heard, memory, publication, hands or Here(), reader.whole, folder
    )


def _is_known(events: LedgerReader, slug: str) -> bool:
    """Whether the ledger has ever heard of an article."""
    found = events.rows_found("article", [slug])
    return bool(found) if found is not None else True


def _spoken_of(since: Iterable[Event], memory: Memory, heard: Heard) -> set[str]:
    """The articles of which events say something that can show on pages."""
    held = {slug for slug, kept in memory.made().items() if kept[2]}
    named = {
        event.draft.article
        for event in since
        if event.draft.kind is not Kind.PUBLISH
        and (event.draft.kind is not Kind.SOURCE or event.draft.article in held)
    }
    return set[str]().union(*(heard.names(slug) for slug in named))


def _kept(since: Iterable[Event], anchor: Anchor) -> tuple[str, int] | None:
    """The head that the standing manifest names, if nothing but recorded editions came after it:
    recording an edition must not make another edition."""
    if not anchor.stands or any(e.draft.kind not in (Kind.PUBLISH, Kind.SOURCE) for e in since):
        return None
    return anchor.head, anchor.count


def _built(
    memory: Memory, sources: Sources, raising: Raising, published: Published, output: str
) -> Built:
    withheld: list[Withheld] = []
    notices: list[Notice] = list(sources.notices)
    pages = 0
    made = memory.made()
    for slug in sources.articles:
        pages += len(made[slug][0])
        held, said = read_held(made[slug][2])
        withheld += held
        notices += said
    for refused in sources.refused:
        withheld += withheld_unread(raising.common.project, refused)
    notices += [
        Notice(f"{output}/{path}", 0, phrase("not written by medloc")) for path in published.foreign
    ]
    return Built(
        pages=pages,
        written=len(published.written),
        unchanged=memory.files() - len(published.written),
        removed=len(published.removed),
        down=_down(published),
        withheld=tuple(withheld),
        notices=tuple(notices),
        troubles=(*sources.refused, *raising.troubles),
    )


def _down(published: Published) -> tuple[str, ...]:
    """Pages that are gone, or gave way to a notice: that has no proof."""
    gone = {path for path in published.removed if path.endswith("/index.html")}
    proofs = (path for path in published.removed if path.endswith("/proof.json"))
    return tuple(sorted(gone | {path.removesuffix("proof.json") + "index.html" for path in proofs}))
