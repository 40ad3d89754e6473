"""Every article through the gate, into pages with their proofs, into the folder of the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import medloc
from medloc import files, theme
from medloc.errors import LedgerError, MedlocError, SettingsError
from medloc.ledger import ZERO, open_ledger
from medloc.model import (
    Article,
    Event,
    Kind,
    MessageProof,
    Notice,
    Withheld,
)
from medloc.site import ROOT, Published, canonical_json, page_proof, publish, read_manifest, seal
from medloc.standing import Decisions, fold
from medloc.workflow.built import Built
from medloc.workflow.gate import Gated, gate
from medloc.workflow.pages import (
    Assets,
    Frame,
    article_page,
    list_page,
    page_path,
    redirect_page,
    root_page,
    sorted_locales,
)
from medloc.workflow.project import Project, digest
from medloc.workflow.sources import Sources, read_sources
from medloc.workflow.status import judge_all
from medloc.workflow.translations import load_catalog, translations, written_sources


@dataclass(slots=True)
class _Gates:
    """The outcome of all gates: what may be published, by article and locale, and what may not."""

    passed: dict[str, dict[str, Gated]] = field(default_factory=dict)
    withheld: list[Withheld] = field(default_factory=list)
    troubles: list[MedlocError] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def build_site(
    project: Project, folder: Path, output: str, today: dt.date
) -> tuple[Built, bytes, tuple[Article, ...]]:
    """Build the site into `folder`: what was done, the root manifest, the articles published."""
    sources = read_sources(project)
    ledger = open_ledger(project.settings.ledger, base=project.root)
    events = ledger.events()
    _refuse_older_ledger(folder, output, events)
    gates = open_gates(project, sources, fold(events), today=today)
    _write_compiled(project, sources, gates)
    pages = render_site(project, sources, gates.passed, today=today)
    earlier = folder / ROOT
    head, count = _head(events)
    site = {
        **pages,
        **seal(
            pages,
            languages=[project.settings.language(name) for name in _locales_of(project, gates)],
            source=project.settings.source,
            theme=theme.digest(),
            versions=_versions(),
            policy=project.settings.policy,
            date=today,
            previous=earlier.read_bytes() if earlier.is_file() else None,
            ledger_head=head,
            ledger_count=count,
        ),
    }
    published = publish(folder, site)
    articles = tuple(sources.articles[slug] for slug in gates.passed)
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
        found = f"has {len(events)} events, and the site was built from {count}"
    elif count and events[count - 1].hash != head:
        found = f"has another event {count} than the one the site was built from"
    else:
        return
    raise LedgerError(
        f"the ledger {found}: it was replaced or lost",
        path=f"{output}/{ROOT}",
        advice="Nothing was changed. Restore the ledger (medloc ledger import FILE), or build into "
        "an empty folder if this is meant.",
    )


def open_gates(
    project: Project, sources: Sources, decisions: Decisions, *, today: dt.date
) -> _Gates:
    """Put every article through the gate in the source and every target locale."""
    gates = _Gates(troubles=list(sources.refused), notices=list(sources.notices))
    for article in sources.articles.values():
        if article.review_by is not None and article.review_by < today:
            text = f"the medical review was due on {article.review_by}"
            gates.notices.append(Notice(article.path, 1, text))
        written: tuple[str, ...] = ()
        for locale in project.locales(source=True):
            try:
                written = written or written_sources(project, article)
                result = _through_gate(project, article, locale, decisions, written)
            except (LedgerError, SettingsError):
                raise
            except MedlocError as trouble:
                gates.troubles.append(trouble)
                result = Withheld(article.slug, locale, str(trouble))
            if isinstance(result, Withheld):
                gates.withheld.append(result)
            else:
                gates.passed.setdefault(article.slug, {})[locale] = result
    for refused in sources.refused:
        gates.withheld += _withheld_unread(project, refused)
    return gates


def _through_gate(
    project: Project,
    article: Article,
    locale: str,
    decisions: Decisions,
    written: tuple[str, ...],
) -> Gated | Withheld:
    source = locale == project.settings.source.locale
    catalog = None if source else load_catalog(project, article.slug, locale)
    found = translations(project, article, locale, catalog, sources=written)
    return gate(article, locale, found, judge_all(project, found, decisions))


def _withheld_unread(project: Project, trouble: MedlocError) -> list[Withheld]:
    """An article nobody can read keeps its pages back in every language, with its reason."""
    content = f"{project.settings.content}/"
    slug = trouble.path.removeprefix(content).removesuffix(".md") or trouble.path
    return [Withheld(slug, locale, str(trouble)) for locale in project.locales(source=True)]


def render_site(
    project: Project,
    sources: Sources,
    passed: Mapping[str, Mapping[str, Gated]],
    *,
    today: dt.date,
) -> dict[str, bytes]:
    """Every file of the site but the manifests, by path: pages, proofs, lists, assets."""
    assets = Assets()
    frame = Frame(
        project,
        sources,
        {slug: tuple(locales) for slug, locales in passed.items()},
        assets,
        assets.add(theme.style(), ".css"),
        today,
    )
    site: dict[str, bytes] = {"index.html": root_page(frame).encode()}
    for slug, by_locale in passed.items():
        for locale, gated in by_locale.items():
            path = page_path(frame.language(locale).tag, slug)
            page = article_page(frame, gated).encode()
            site[path] = page
            site[path.removesuffix("index.html") + "proof.json"] = _proof(frame, gated, page)
            for alias in gated.article.aliases:
                old, html = redirect_page(frame, gated, alias)
                site[old] = html.encode()
    for locale in sorted_locales(frame):
        listed = {slug: by[locale] for slug, by in passed.items() if locale in by}
        site[f"{frame.language(locale).tag}/index.html"] = list_page(frame, locale, listed).encode()
    return {**assets.files, **site}


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
        )
    )


# Every locale has the same sources.
_source_digest = lru_cache(maxsize=4096)(digest)


def _write_compiled(project: Project, sources: Sources, gates: _Gates) -> None:
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


def _locales_of(project: Project, gates: _Gates) -> Sequence[str]:
    used = {locale for by_locale in gates.passed.values() for locale in by_locale}
    return [name for name in project.locales(source=True) if name in used]


def _versions() -> dict[str, str]:
    """What the bytes of pages depend on besides their inputs."""
    packages = ("babel", "jinja2", "pyromark")
    return {"medloc": medloc.__version__, **{name: version(name) for name in packages}}


def _head(events: Sequence[Event]) -> tuple[str, int]:
    """Head and count of the ledger before what recording an edition adds at its end: an edition
    names the head it was built from, so recording it does not make another edition."""
    recorded = (Kind.PUBLISH, Kind.SOURCE)
    last = next((e for e in reversed(events) if e.draft.kind not in recorded), None)
    if last is None:
        return ZERO, 0
    return last.hash, last.number


def _built(gates: _Gates, sources: Sources, published: Published, output: str) -> Built:
    notices = [
        *gates.notices,
        *(Notice(f"{output}/{path}", 0, "not written by medloc") for path in published.foreign),
    ]
    return Built(
        pages=sum(len(by_locale) for by_locale in gates.passed.values()),
        written=len(published.written),
        unchanged=len(published.unchanged),
        removed=len(published.removed),
        down=tuple(path for path in published.removed if path.endswith("/index.html")),
        withheld=tuple(gates.withheld),
        notices=tuple(notices),
        troubles=tuple(gates.troubles),
    )
