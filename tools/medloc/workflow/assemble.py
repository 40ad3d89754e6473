"""Every article through the gate, into pages with their proofs, into the folder of the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

import medloc
from medloc import files
from medloc.errors import LedgerError, MedlocError
from medloc.ledger import ZERO, open_ledger
from medloc.model import Article, Event, Kind, MessageProof, Notice
from medloc.phrases import phrase
from medloc.site import ROOT, Published, canonical_json, page_proof, publish, read_manifest, seal
from medloc.standing import fold
from medloc.theme.views import PageNotice
from medloc.workflow.addresses import page_path
from medloc.workflow.built import Built
from medloc.workflow.found_by_machines import (
    data_path,
    locale_sitemap,
    page_json,
    root_sitemap,
)
from medloc.workflow.gate import Gated
from medloc.workflow.gates import Gates, open_gates
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
from medloc.workflow.recalls import RECALLS, recalls_json, standing_recalls
from medloc.workflow.sources import Sources, read_sources


def build_site(
    project: Project,
    folder: Path,
    output: str,
    today: dt.date,
    *,
    leaflets: LeafletPlan | None = None,
    record: Callable[[Iterable[Article]], None] = lambda articles: None,
    on_progress: Callable[[float], None] = lambda share: None,
) -> tuple[Built, bytes, tuple[Article, ...]]:
    """Build the site into `folder`: what was done, the root manifest, the articles published.

    `leaflets` is how they are made, if they are.
    `record` is given the articles that the ledger knows, before it is read for good: what it stores
    of them must count in this build already, or the next one would write other pages. `on_progress`
    hears about what share of the work is done.
    """
    sources = read_sources(project)
    ledger = open_ledger(project.settings.ledger, base=project.root)
    events = ledger.events()
    _refuse_older_ledger(folder, output, events)
    known = {event.draft.article for event in events}
    record(article for slug, article in sources.articles.items() if slug in known)
    events = (*events, *ledger.events(after=len(events)))
    decisions = fold(events)
    gates = open_gates(
        project, sources, decisions, today=today, on_article=lambda n, of: on_progress(0.6 * n / of)
    )
    _write_compiled(project, sources, gates)
    pages = {
        **render_site(
            project,
            sources,
            gates.passed,
            gates.notices_at,
            today=today,
            leaflets=leaflets,
            troubles=gates.troubles,
        ),
        RECALLS: recalls_json(standing_recalls(decisions)),
    }
    on_progress(0.85)
    earlier = folder / ROOT
    previous = earlier.read_bytes() if earlier.is_file() else None
    site = {
        **pages,
        **seal(
            pages,
            languages=[project.settings.language(name) for name in _locales_of(project, gates)],
            source=project.settings.source,
            theme=project_theme(project).digest(),
            versions=_versions() | dict(leaflets.versions if leaflets else {}),
            policy=project.settings.policy,
            date=today,
            previous=previous,
            ledger_head=events[-1].hash if events else ZERO,
            ledger_count=len(events),
            kept_head=_kept_head(events, previous),
        ),
    }
    published = publish(folder, site)
    shown = {*gates.passed, *gates.notices_at}
    articles = tuple(a for slug, a in sources.articles.items() if slug in shown)
    return _built(gates, sources, published, output), site[ROOT], articles


def _refuse_older_ledger(folder: Path, output: str, events: Sequence[Event]) -> None:
    """A site may only be replaced from a ledger that still holds what it was built from: a copy put
    back from yesterday would publish what was withdrawn today."""
    path = folder / ROOT
    if not path.is_file():
        return
    anchor = read_manifest(path.read_bytes(), path=f"{output}/{ROOT}").get("ledger")
    count = anchor.get("count") if isinstance(anchor, dict) else None
    head = anchor.get("head") if isinstance(anchor, dict) else None
    if not isinstance(count, int) or not 0 <= count <= len(events):
        found = phrase(
            "has {count} events, and the site was built from {other_count}",
            count=len(events),
            other_count=count,
        )
    elif count and events[count - 1].hash != head:
        found = phrase(
            "has another event {count} than the one the site was built from", count=count
        )
    else:
        return
    raise LedgerError(
        phrase("the ledger {found}: it was replaced or lost", found=found),
        path=f"{output}/{ROOT}",
        advice=phrase(
            "Nothing was changed. Restore the ledger (medloc ledger import FILE), or build into "
            "an empty folder if this is meant."
        ),
    )


def render_site(
    project: Project,
    sources: Sources,
    passed: Mapping[str, Mapping[str, Gated]],
    notices_at: Mapping[str, Mapping[str, PageNotice]] = MappingProxyType({}),
    *,
    today: dt.date,
    leaflets: LeafletPlan | None = None,
    troubles: list[MedlocError] | None = None,
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


def _write_compiled(project: Project, sources: Sources, gates: Gates) -> None:
    """Write the .mo of every page that is published, remove every other .mo of ours."""
    keep: set[Path] = set()
    for by_locale in gates.passed.values():
        for locale, gated in by_locale.items():
            path = project.root / project.compiled_name(gated.article.slug, locale)
            keep.add(path)
            files.replace(path, gated.compiled, durable=False)
    for locale in project.locales(source=True):
        folder = project.root / project.settings.catalogs / locale / "LC_MESSAGES"
        for path in sorted(folder.rglob("*.mo")):
            slug = path.relative_to(folder).with_suffix("").as_posix()
            ours = slug in sources.articles or path.with_suffix(".po").is_file()
            if ours and path not in keep:
                path.unlink()


def _locales_of(project: Project, gates: Gates) -> Sequence[str]:
    used = {locale for by_locale in gates.passed.values() for locale in by_locale}
    used |= {locale for by_locale in gates.notices_at.values() for locale in by_locale}
    return [name for name in project.locales(source=True) if name in used]


def _versions() -> dict[str, str]:
    """What the bytes of pages depend on besides their inputs."""
    packages = ("babel", "jinja2", "pyromark")
    return {"medloc": medloc.__version__, **{name: version(name) for name in packages}}


def _kept_head(events: Sequence[Event], previous: bytes | None) -> tuple[str, int] | None:
    """The head that the standing manifest names, if nothing but recorded editions came after it:
    recording an edition must not make another edition."""
    if previous is None:
        return None
    anchor = read_manifest(previous).get("ledger")
    recorded = (Kind.PUBLISH, Kind.SOURCE)
    if not isinstance(anchor, dict) or any(
        event.draft.kind not in recorded for event in events[anchor["count"] :]
    ):
        return None
    return anchor["head"], anchor["count"]


def _down(published: Published) -> tuple[str, ...]:
    """Pages that are gone, or gave way to a notice: that has no proof."""
    gone = {path for path in published.removed if path.endswith("/index.html")}
    proofs = (path for path in published.removed if path.endswith("/proof.json"))
    return tuple(sorted(gone | {path.removesuffix("proof.json") + "index.html" for path in proofs}))


def _built(gates: Gates, sources: Sources, published: Published, output: str) -> Built:
    notices = [
        *gates.notices,
        *(
            Notice(f"{output}/{path}", 0, phrase("not written by medloc"))
            for path in published.foreign
        ),
    ]
    return Built(
        pages=sum(len(by_locale) for by_locale in gates.passed.values()),
        written=len(published.written),
        unchanged=len(published.unchanged),
        removed=len(published.removed),
        down=_down(published),
        withheld=tuple(gates.withheld),
        notices=tuple(notices),
        troubles=tuple(gates.troubles),
    )
