"""Wordings that came in through catalogs: who wrote them, and what is wrong or old about them."""

from __future__ import annotations

from collections.abc import Sequence

from medloc import files
from medloc.errors import MedlocError
from medloc.ledger import open_ledger
from medloc.model import Article, Catalog, Kind, Notice, Pair, Translation
from medloc.phrases import phrase
from medloc.standing import Decisions, fold
from medloc.workflow.project import Project
from medloc.workflow.requests import proposal
from medloc.workflow.sources import Sources
from medloc.workflow.translations import load_catalog, translations, wording_problem


def wording_notices(
    project: Project, article: Article, catalog: Catalog, locale: str, decisions: Decisions
) -> list[Notice]:
    """What a translator should know of a catalog: wordings that cannot be approved, with their line
    in the file as it was read, and wordings older than the ledger's latest."""
    lines = {entry.key: entry.line for entry in catalog.entries if not entry.obsolete}
    notices: list[Notice] = []
    for translation in translations(project, article, locale, catalog):
        if translation.empty or translation.fuzzy:
            continue
        message = translation.message
        text = wording_problem(article, translation)
        if not text and decisions.by_place:
            text = _older(decisions, translation.pair)
        if text:
            line = lines.get((message.context, message.text), 0)
            notices.append(Notice(catalog.path, line, f"message {message.id}: {text}"))
    return notices


def _older(decisions: Decisions, pair: Pair) -> str:
    """Says that the ledger knows a later wording of this place; empty when it does not."""
    mine, newest, target = _proposed(decisions, pair)
    if not mine or mine == newest:
        return ""
    return phrase(
        "the file holds an older wording (event {mine}) than the ledger's latest (event "
        "{newest}): {target} -- to keep the older one: medloc sync --as YOUR-ID",
        mine=mine,
        newest=newest,
        target=target,
    )


def _proposed(decisions: Decisions, pair: Pair) -> tuple[int, int, str]:
    """Numbers of the latest proposals of this wording and of any in its place, and the latter's
    text; zeros when there is none."""
    latest = {
        target: event.number
        for target, events in decisions.wordings(pair).items()
        for event in events
        if event.draft.kind is Kind.PROPOSE
    }
    if not latest:
        return 0, 0, ""
    target = max(latest, key=latest.__getitem__)
    return latest.get(pair.target, 0), latest[target], target


def newer_wording(
    project: Project, article: Article, translation: Translation, decisions: Decisions
) -> str:
    """Why the wording is not the current one of its place by the ledger's account; empty when it
    is. An approval names the text that is current at its number.

    A wording the ledger has never heard of is the file's newest, unless somebody is at this moment
    between telling the ledger of another and writing it: then their catalog is locked.
    """
    pair = translation.pair
    mine, newest, target = _proposed(decisions, pair)
    if mine == newest:
        return ""
    if mine:
        return phrase(
            "the ledger knows a later wording (event {newest}): {target} -- to keep this older "
            "one, its translator says so: medloc sync --as THEIR-ID",
            newest=newest,
            target=target,
        )
    name = project.catalog_name(article.slug, pair.locale)
    try:
        with files.lock(project.root / name, folder=project.locks, name=name, timeout=0):
            catalog = load_catalog(project, article.slug, pair.locale)
    except MedlocError:
        return phrase("somebody is changing this catalog at this moment: look at it again.")
    now = translations(project, article, pair.locale, catalog)
    current = next((t for t in now if t.message.id == translation.message.id), None)
    if current is not None and current.pair == pair:
        return ""
    return phrase("the text has changed since it was read: look at it again.")


def propose_wordings(
    project: Project, sources: Sources, author: str, *, locales: Sequence[str], at: str
) -> int:
    """Record `author` as the writer of every wording in their locales that the ledger has not heard
    of, or that came back after a later one; returns how many."""
    theirs = project.settings.people[author].locales
    pairs: list[Pair] = []
    for article in sources.articles.values():
        for locale in (name for name in locales if not theirs or name in theirs):
            catalog = load_catalog(project, article.slug, locale)
            pairs += [
                translation.pair
                for translation in translations(project, article, locale, catalog)
                if not translation.empty and not translation.fuzzy
            ]
    with open_ledger(project.settings.ledger, base=project.root).transaction() as ledger:
        decisions = fold(ledger.events())
        fresh = [pair for pair in pairs if _is_news(decisions, pair)]
        ledger.append((proposal(pair, author, "cli") for pair in fresh), at=at)
    return len(fresh)


def _is_news(decisions: Decisions, pair: Pair) -> bool:
    mine, newest, _ = _proposed(decisions, pair)
    return not mine or mine != newest
