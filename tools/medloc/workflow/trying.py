"""A wording that somebody is typing: what it would be, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from medloc import facts
from medloc.checks import run_checks
from medloc.checks.marking import Mark, marks
from medloc.checks.reading import Context, Reading, Side
from medloc.checks.terms import glossary_of, mentions
from medloc.errors import MedlocError
from medloc.glossary import GlossaryError
from medloc.index import Line, Query
from medloc.merge import OLD_SOURCE, OLD_WORDS
from medloc.merge.similar import match_similar
from medloc.model import Article, Catalog, Entry, Finding, Message, Pair, Term, Translation
from medloc.workflow.desk import Desk
from medloc.workflow.project import Project
from medloc.workflow.translations import load_catalog, translations, wording_problem

_CANDIDATES = 300
_LIKE = 3
_WORDS = 4  # by which candidates are looked up: long ones, for those are rare


@dataclass(frozen=True, slots=True)
class Tried:
    """A wording as it would be: its pair, what keeps its structure from being approved, what the
    checks find, marks of both sides, and why they could not look (a bad glossary)."""

    translation: Translation
    problem: str = ""
    findings: tuple[Finding, ...] = ()
    marks: tuple[tuple[Mark, ...], tuple[Mark, ...]] = ((), ())
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words that stand elsewhere: the same source text, or a similar one that states the same."""

    line: Line
    wording: str  # as in its catalog, placeholders open
    same: bool


def try_wording(desk: Desk, article: Article, locale: str, message: Message, wording: str) -> Tried:
    """What a wording would be in a message's place; nothing is written."""
    translation = _translation(desk.project, article, locale, message, wording)
    problem = "" if translation.empty else wording_problem(article, translation)
    pair = translation.pair
    try:
        context = desk.context(locale)
    except GlossaryError as trouble:
        return Tried(translation, problem, trouble=str(trouble))
    findings = () if translation.empty else run_checks([pair], context)[0]
    return Tried(translation, problem, findings, marks(pair, context))


def _translation(
    project: Project, article: Article, locale: str, message: Message, wording: str
) -> Translation:
    typed = Catalog("", entries=(Entry(message.context, message.text, wording),))
    return translations(project, replace(article, messages=(message,)), locale, typed)[0]


def terms_in(pair: Pair, context: Context) -> tuple[Term, ...]:
    """The terms of the glossary that a source text names, in the order of the text."""
    if not context.glossary:
        return ()
    sides = Side(pair.source, context.source), Side(pair.target, context.target)
    reading = Reading(pair, *sides, context)
    named = sorted(mentions(reading, glossary_of(reading)), key=lambda mention: mention.spans)
    return tuple(mention.known.term for mention in named)


def suggestions(desk: Desk, line: Line) -> tuple[Suggestion, ...]:
    """Words that stand in other places of the locale for the same source text, then for similar
    ones; a text that states other facts is never suggested ("50 mg" for "5 mg")."""
    same = desk.index.lines(Query(locale=line.locale, exact_source=line.source), limit=_LIKE + 3)
    alike = [*same, *_similar(desk, line)]
    found: dict[str, Suggestion] = {}
    for other in alike:
        if (other.article, other.id) == (line.article, line.id) or not other.target:
            continue
        if other.standing in ("stale", "recalled", "changes_requested"):
            continue
        wording = _wording(desk, other)
        if wording:
            found.setdefault(wording, Suggestion(other, wording, other.source == line.source))
    return tuple(found.values())[:_LIKE]


def before_the_edit(project: Project, pair: Pair, message: Message) -> tuple[str, str]:
    """The source text that the catalog's entry was translated from before the author edited it, and
    its wording; empty when there is none. They may state other facts."""
    catalog = load_catalog(project, pair.article, pair.locale)
    key = (message.context, message.text)
    for entry in catalog.entries if catalog else ():
        if entry.key != key or entry.obsolete:
            continue
        if entry.fuzzy and entry.previous_msgid:
            return entry.previous_msgid, entry.msgstr
        return _comment(entry, OLD_SOURCE), _comment(entry, OLD_WORDS)
    return "", ""


def _comment(entry: Entry, prefix: str) -> str:
    lines = (text[len(prefix) :] for text in entry.comments if text.startswith(prefix))
    return "\n".join(lines)


def _similar(desk: Desk, line: Line) -> list[Line]:
    candidates = _candidates(desk, line)
    source = desk.project.settings.source.locale
    entries = [Entry(f"{li.article}|{li.id}", li.source, li.target) for li in candidates]
    best = []
    for _ in range(_LIKE):
        pair = match_similar([("", line.source)], entries)
        if not pair:
            break
        (entry,) = pair.values()
        entries.remove(entry)
        article, _, id_ = entry.context.partition("|")
        if facts.same(entry.msgid, line.source, source):
            best += [li for li in candidates if (li.article, li.id) == (article, id_)]
    return best


def _candidates(desk: Desk, line: Line) -> list[Line]:
    """Lines that share one of the longest words of the source."""
    words = {word for word in line.source.split() if word.isalpha()}
    longest = sorted(words, key=lambda word: (-len(word), word))[:_WORDS]
    found: dict[tuple[str, str], Line] = {}
    for word in longest:
        for other in desk.index.lines(Query(locale=line.locale, words=word), limit=_CANDIDATES):
            if other.target and other.source != line.source:
                found[other.article, other.id] = other
    return list(found.values())


def _wording(desk: Desk, line: Line) -> str:
    """The wording of a line as its catalog has it, empty when it cannot be read."""
    article = desk.sources.articles.get(line.article)
    message = next((m for m in article.messages if m.id == line.id), None) if article else None
    if article is None or message is None:
        return ""
    if not message.placeholders and not message.links:
        return line.target
    try:
        catalog = load_catalog(desk.project, line.article, line.locale)
    except MedlocError:
        return ""
    entries: Sequence[Entry] = catalog.entries if catalog else ()
    key = (message.context, message.text)
    return next((e.msgstr for e in entries if e.key == key and not e.obsolete), "")
