"""What stands at a page's address when its current source may not be published.

Law: words are shown only of the last edition that was approved whole and still is, never past its
grace, never when a statement of high risk has changed since, and never when any of it is recalled.
All of it follows from the ledger, the sources, the policy and the date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from medloc import markdown
from medloc.articles import read_article
from medloc.errors import MedlocError
from medloc.model import (
    Article,
    Event,
    Kind,
    Pair,
    Shown,
    Standing,
    Translation,
    Verdict,
    Withheld,
)
from medloc.phrases import phrase
from medloc.standing import Decisions, judge, last_approved
from medloc.workflow.gate import Gated, gate
from medloc.workflow.images import check_images
from medloc.workflow.project import Project, digest
from medloc.workflow.recalls import standing_recalls
from medloc.workflow.safety_edits import changed_statement, sources_as_read
from medloc.workflow.translations import page_digest, written_sources


@dataclass(frozen=True, slots=True)
class Fallback:
    """What is shown instead of the current page, why, and the edition when it is one."""

    shown: Shown
    reason: str = ""
    gated: Gated | None = None
    restored_by: str = ""


@dataclass(frozen=True, slots=True)
class _Source:
    """A text of an article as the ledger recorded it, read again; `written` as in `translations`"""

    event: Event
    article: Article
    written: tuple[str, ...]


class Editions:
    """The editions of a project's articles, from what the ledger held up to one event.

    Keeps what it has read: every locale asks for the same old sources.
    """

    def __init__(self, project: Project, decisions: Decisions, *, today: dt.date) -> None:
        self._project, self._decisions, self._today = project, decisions, today
        self._read: dict[int, _Source | None] = {}
        self._recalling = frozenset(recall.page[1] for recall in standing_recalls(decisions))

    def instead_of(self, article: Article, locale: str) -> Fallback:
        """What to show while the article's page in a locale may not be published as it is."""
        recall = self._decisions.page_recall(article.slug, locale)
        if recall is not None:
            return Fallback(Shown.WITHDRAWN, _recalled(recall))
        try:
            current = written_sources(self._project, article)
        except MedlocError:
            return Fallback(Shown.NOTHING)  # its quantities cannot be written: nothing to compare
        recalled = _first_recalled(self._verdicts(article, current, locale))
        for source in self._sources(article.slug):
            verdicts = self._verdicts(source.article, source.written, locale)
            recalled = recalled or _first_recalled(verdicts)
            if recalled:
                return Fallback(Shown.WITHDRAWN, recalled)
            gated = self._gated(source, locale, verdicts)
            if gated is not None:
                return self._stands(article, source, gated)
        return Fallback(Shown.WITHDRAWN, recalled) if recalled else Fallback(Shown.NOTHING)

    def kept_down(self, article: Article, locale: str) -> str:
        """What a `restore` of the page has to name while a changed statement of high risk keeps the
        last good edition down: this very source and that very edition. Empty when none is."""
        instead = self.instead_of(article, locale)
        return instead.restored_by if instead.shown is Shown.CORRECTING else ""

    def _stands(self, article: Article, source: _Source, gated: Gated) -> Fallback:
        policy = self._project.settings.policy
        if policy.incomplete != "last_good":
            return Fallback(Shown.NOTHING)
        changed = changed_statement(self._project, source.article, article, gated.locale)
        restored_by = digest(f"{digest(article.text)} {page_digest(gated.translations)}")
        if changed and not self._is_restored(article, gated.locale, restored_by):
            reason = phrase(
                "a statement of high risk has changed since the edition of {edition}: "
                "`{statement}`",
                edition=gated.edition,
                statement=changed,
            )
            return Fallback(Shown.CORRECTING, reason, restored_by=restored_by)
        over = _after(self._superseded(article, source, gated), policy.grace)
        if over < self._today:
            reason = phrase(
                "the grace of the edition of {edition} ended on {date}",
                edition=gated.edition,
                date=over,
            )
            return Fallback(Shown.NOTHING, reason)
        reason = phrase(
            "the edition of {edition} stays up until {date}", edition=gated.edition, date=over
        )
        return Fallback(Shown.LAST_GOOD, reason, gated)

    def _sources(self, slug: str) -> Iterator[_Source]:
        """The recorded sources of an article that can still be read, the latest first."""
        last = {event.draft.text: event for event in self._decisions.sources.get(slug, ())}
        for event in sorted(last.values(), key=lambda event: -event.number):
            if event.number not in self._read:
                self._read[event.number] = self._reading(event)
            source = self._read[event.number]
            if source is not None:
                yield source

    def _reading(self, event: Event) -> _Source | None:
        settings = self._project.settings
        try:
            article = read_article(
                f"{settings.content}/{event.draft.article}.md",
                event.draft.text.encode(),
                slug=event.draft.article,
                translate_fields=settings.translate_fields,
                raw_html=settings.policy.raw_html,
            )
            check_images(self._project, article)
            return _Source(event, article, written_sources(self._project, article))
        except MedlocError:
            return None  # it was readable once, under other rules: no edition of today

    def _verdicts(
        self, article: Article, written: tuple[str, ...], locale: str
    ) -> list[Verdict | None]:
        """What became approved last for each message; broken off at the first that nothing ever
        did for, unless a recall may stand behind it."""
        policy = self._project.settings.policy
        is_source = locale == self._project.settings.source.locale
        found: list[Verdict | None] = []
        for message, text in zip(article.messages, written, strict=True):
            roles = policy.roles_for(is_source=is_source, high_risk=message.high_risk)
            pair = Pair(article.slug, locale, message.context, text, text if is_source else "")
            ask = _own_wording if is_source else last_approved
            verdict = ask(pair, self._decisions, roles=roles, high_risk=message.high_risk)
            found.append(verdict)
            if verdict is None and locale not in self._recalling:
                break
        return found

    def _gated(
        self, source: _Source, locale: str, verdicts: Sequence[Verdict | None]
    ) -> Gated | None:
        """The edition of a recorded source, None unless every message of it is still approved."""
        article = source.article
        known = [verdict for verdict in verdicts if verdict is not None]
        if len(known) != len(article.messages) or any(
            v.standing is not Standing.APPROVED for v in known
        ):
            return None
        found = [
            Translation(
                message, Pair(article.slug, locale, message.context, text, v.target), v.target
            )
            for message, text, v in zip(article.messages, source.written, known, strict=True)
        ]
        try:
            gated = gate(article, locale, found, known, problem=partial(_problem, self._project))
        except MedlocError:
            return None
        if isinstance(gated, Withheld):
            return None
        decided = max((v.decided for v in known if v.decided), default=source.event.at[:10])
        return replace(gated, edition=dt.date.fromisoformat(decided))

    def _is_restored(self, article: Article, locale: str, restored_by: str) -> bool:
        """Whether somebody said that this old edition may stay in spite of this very source."""
        events = self._decisions.by_page.get((article.slug, locale), ())
        return any(e.draft.kind is Kind.RESTORE and e.draft.text == restored_by for e in events)

    def _superseded(self, current: Article, source: _Source, gated: Gated) -> dt.date:
        """The day since which the edition is not the current one any more: that of the first event
        that says so, else of its latest approval. That it was published later proves nothing: it
        may have been an older edition then already."""
        assert gated.edition is not None
        later = [
            event
            for event in self._decisions.sources.get(current.slug, ())
            if event.number > source.event.number and current.text != source.event.draft.text
        ]
        for translation in gated.translations:
            later += self._proposed_after(translation)
        if later:
            return _day(min(later, key=lambda event: event.number))
        return gated.edition

    def _proposed_after(self, translation: Translation) -> list[Event]:
        """Proposals of other wordings since this one was proposed last. What else is said of it or
        of them later makes it no younger."""
        pair, high_risk = translation.pair, translation.high_risk
        own = self._decisions.history(pair, high_risk=high_risk).events
        last = max((e.number for e in own if e.draft.kind is Kind.PROPOSE), default=0)
        return [
            event
            for target, events in self._decisions.wordings(pair).items()
            if target != pair.target
            for event in events
            if event.draft.kind is Kind.PROPOSE and event.number > last
        ]


def _after(day: dt.date, days: int) -> dt.date:
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.max


def _day(event: Event) -> dt.date:
    return dt.date.fromisoformat(event.at[:10])


def _own_wording(
    pair: Pair, decisions: Decisions, *, roles: tuple[str, ...], high_risk: bool
) -> Verdict | None:
    """As `last_approved` in the source language, whose wording is the text itself: what was carried
    there from an earlier text are other words, and where no role signs nobody has spoken of it."""
    verdict = judge(pair, decisions, roles=roles, high_risk=high_risk)
    return verdict if verdict.standing in (Standing.APPROVED, Standing.RECALLED) else None


def _problem(project: Project, article: Article, translation: Translation) -> str:
    """Why the marks of an approved text are not those of its source; empty when they are."""
    message, pair = translation.message, translation.pair
    if message.is_field or pair.source == pair.target:
        return ""
    tail = article.skeleton.tail
    [source] = sources_as_read(project, replace(article, messages=(message,)), pair.locale)
    wanted = markdown.inline_structure(source, tail=tail)
    found = markdown.inline_structure(pair.target, tail=tail)
    same = (wanted.parts, wanted.nests) == (found.parts, found.nests)
    return "" if same else phrase("its structure is not that of its source.")


def _first_recalled(verdicts: Sequence[Verdict | None]) -> str:
    for verdict in verdicts:
        if verdict is not None and verdict.standing is Standing.RECALLED:
            return phrase("recalled by event {number}", number=verdict.events[0])
    return ""


def _recalled(event: Event) -> str:
    return phrase("recalled by event {number}", number=event.number)
