"""What it costs to prove, fold and show a ledger of 100,000 events: `make soak`."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from medloc.catalogs import read_catalog, write_catalog
from medloc.ledger import moment, open_ledger
from medloc.model import Draft, Kind
from medloc.standing import fold
from medloc.theme import style
from medloc.workflow.assemble import render_site
from medloc.workflow.build import build
from medloc.workflow.gate import Gated, gate
from medloc.workflow.project import Project, open_project
from medloc.workflow.requests import proposal
from medloc.workflow.sources import Sources, read_sources
from medloc.workflow.status import judged_messages
from medloc.workflow.sync import sync
from medloc.workflow.translations import load_catalog, translations
from medloc.workflow.verify import verify
from tests.soak.record import record

pytestmark = pytest.mark.soak

Value = TypeVar("Value")
LOCALES = ("es", "fr", "de", "pt_BR", "ru", "ar", "hi", "zh_Hans", "ja", "sw")
NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
SETTINGS = f"""\
source: en
locales: [{", ".join(LOCALES)}]
people: [{{id: doctor, name: Doctor, roles: [medical]}}]
policy: {{normal: [medical], high_risk: [medical], source: []}}
"""


def test_speed_with_100_000_events(tmp_path: Path) -> None:
    project, sources = _project(tmp_path, articles=50, messages=100)
    built = build(project.root, today=NOW.date(), now=NOW)
    ledger = open_ledger(project.settings.ledger, base=project.root)
    count = len(ledger.events())
    assert built.pages == 50 * (len(LOCALES) + 1)
    proving, result = _seconds(lambda: verify(project.root / "site", project=project))
    assert result.failure is None
    reading, events = _seconds(ledger.events)
    folding, decisions = _seconds(lambda: fold(events))
    article = sources.articles["article-7"]

    def show() -> object:
        judged = judged_messages(project, article, "ar", decisions)
        gated = gate(article, "ar", [t for t, _ in judged], [v for _, v in judged])
        assert isinstance(gated, Gated)
        return render_site(project, sources, {article.slug: {"ar": gated}}, today=NOW.date())

    assert style()
    page, _ = _seconds(show)
    print(
        f"\n{count:,} events: verify {proving:.2f} s, read {reading:.2f} s, fold {folding:.2f} s, "
        f"one page {page:.3f} s"
    )
    slow = sum((proving > 10, folding > 2, page > 0.5))
    record(
        f"{count:,} events: verify, fold, one page", count, slow,
        verify_seconds=round(proving, 2), fold_seconds=round(folding, 2),
        page_seconds=round(page, 3),
    )  # fmt: skip
    assert slow == 0


def _project(root: Path, *, articles: int, messages: int) -> tuple[Project, Sources]:
    """A project in which every message is translated and approved: two events for each."""
    (root / "source_content").mkdir()
    (root / "medloc.yaml").write_text(SETTINGS, "utf-8")
    for number in range(articles):
        paragraphs = "\n\n".join(
            f"Sentence {index} of article {number} says what to do when it hurts."
            for index in range(messages - 2)
        )
        text = f"---\ntitle: Article {number}\n---\n\n## Part {{#part}}\n\n{paragraphs}\n"
        (root / f"source_content/article-{number}.md").write_text(text, "utf-8")
    project = open_project(root)
    sources = read_sources(project)
    sync(project, sources)
    for locale in LOCALES:
        for slug in sources.articles:
            path = root / project.catalog_name(slug, locale)
            catalog = read_catalog(path, name=path.name)
            entries = tuple(replace(e, msgstr=f"{locale}: {e.msgid}") for e in catalog.entries)
            path.write_bytes(write_catalog(replace(catalog, entries=entries)))
    ledger = open_ledger(project.settings.ledger, base=root)
    with ledger.transaction() as transaction:
        transaction.append(_drafts(project, sources), at=moment(NOW))
    return project, sources


def _drafts(project: Project, sources: Sources) -> Iterator[Draft]:
    for article in sources.articles.values():
        yield Draft(f"source-{article.slug}", Kind.SOURCE, "doctor", "app", article=article.slug,
                    text=article.text)  # fmt: skip
        for locale in LOCALES:
            catalog = load_catalog(project, article.slug, locale)
            for translation in translations(project, article, locale, catalog):
                proposed = proposal(translation.pair, "translator", "app")
                yield proposed
                yield replace(proposed, kind=Kind.APPROVE, actor="doctor", role="medical",
                              meaning="approved", event_id=f"{proposed.event_id}-a")  # fmt: skip


def _seconds(work: Callable[[], Value]) -> tuple[float, Value]:
    start = time.process_time()
    value = work()
    return time.process_time() - start, value
