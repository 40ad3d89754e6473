"""Writing a wording: the ledger learns who proposes it before the catalog holds it.

Law: words are in the ledger before they are in a catalog, so a catalog that is lost can be made
again; and nobody's words are replaced by somebody who has not seen them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from medloc import files
from medloc.catalogs import write_catalog
from medloc.errors import ConflictError, UsageError
from medloc.ledger import moment, open_ledger
from medloc.model import (
    Article,
    Catalog,
    Draft,
    Entry,
    Event,
    Kind,
    Message,
    Pair,
    Translation,
)
from medloc.phrases import phrase
from medloc.standing import Decisions
from medloc.workflow.past import NO_PAST, Past
from medloc.workflow.project import Project
from medloc.workflow.requests import proposal
from medloc.workflow.sources import Sources
from medloc.workflow.translations import load_catalog, translations, wording_problem

_SYNC = phrase("Run `medloc sync`, then do your change again.")


@dataclass(frozen=True, slots=True)
class Edited:
    """What was written: the message as it stands now, the number of the event that proposes the
    wording (0: it is empty), and what keeps it from being approved as it is (empty: nothing)."""

    translation: Translation
    event: int
    problem: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A message in a locale."""

    project: Project
    article: Article
    locale: str
    message: Message

    @property
    def catalog_name(self) -> str:
        return self.project.catalog_name(self.article.slug, self.locale)

    def translation(self, catalog: Catalog) -> Translation:
        one = replace(self.article, messages=(self.message,))
        return translations(self.project, one, self.locale, catalog)[0]


def edit_wording(
    project: Project,
    sources: Sources,
    article: str,
    locale: str,
    message_id: str,
    wording: str,
    *,
    expect: str,
    actor: str,
    door: str,
    now: dt.datetime,
    past: Past = NO_PAST,
) -> Edited:
    """Put `wording` (placeholders open, as in a catalog; may be empty) in place of what the writer
    saw: `expect` is the hash of that pair, written out. It is no longer stale then.

    `past` is what the caller has folded of the ledger already.

    A wording that could not be approved is kept all the same: it is a draft. Saving what stands
    there already makes nobody its author.

    Raises UsageError for a person, article, locale or message nobody knows; ConflictError, with the
    wording as it is now, when somebody else was first, or when the catalog lacks the message;
    MedlocError when a file or the ledger cannot be used. The catalog is unchanged then.
    """
    place = _find(project, sources, article, locale, message_id)
    _check_actor(project, actor, locale, now.date())
    path, name = project.root / place.catalog_name, place.catalog_name
    with files.lock(path, folder=project.locks, name=name):
        catalog, entry = _read(place)
        before = place.translation(catalog)
        if before.pair.hash != expect:
            raise ConflictError(
                phrase(
                    "the text has changed since it was read; it is now: {wording}",
                    wording=before.wording,
                )
                if before.wording
                else phrase("the text has changed since it was read; it has no wording now."),
                path=name,
                line=entry.line,
                advice=phrase("Read it as it is now, then do your change again."),
            )
        changed = _with_wording(catalog, entry, wording)
        # Made before the ledger hears of it: what no catalog can hold is not proposed.
        data = write_catalog(changed)
        after = place.translation(changed)
        event = (
            0
            if after.empty
            else _propose(
                project, before, after, proposal(after.pair, actor, door), moment(now), past
            )
        )
        files.replace(path, data, name=name, root=project.root)
    problem = "" if after.empty else wording_problem(place.article, after)
    return Edited(after, event, problem)


def _find(project: Project, sources: Sources, slug: str, locale: str, message_id: str) -> _Place:
    article = sources.articles.get(slug)
    if article is None:
        sources.select([slug])  # says which there are, and which could not be read
        raise UsageError(
            phrase("no article is `{slug}`", slug=slug),
            advice=phrase("Name one article, without a pattern."),
        )
    if locale not in project.settings.locales:
        raise UsageError(
            phrase("`{locale}` is no locale with catalogs", locale=locale),
            advice=phrase(
                "Known: {locales}. The source language is edited in the article itself.",
                locales=", ".join(project.settings.locales) or phrase("none"),
            ),
        )
    for message in article.messages:
        if message.id == message_id:
            return _Place(project, article, locale, message)
    raise UsageError(
        phrase("there is no message {message_id} in {slug}", message_id=message_id, slug=slug),
        advice=phrase(
            "List what there is: medloc messages {slug} {locale}.", slug=slug, locale=locale
        ),
    )


def _check_actor(project: Project, actor: str, locale: str, today: dt.date) -> None:
    person = project.settings.people.get(actor)
    if person is None:
        raise UsageError(
            phrase("nobody has the id `{actor}`", actor=actor),
            advice=phrase("Use an id from `people` in medloc.yaml."),
        )
    if not any(person.holds(role, locale, today) for role in person.roles):
        raise UsageError(
            phrase("{name} has no role for {locale}", name=person.name, locale=locale),
            advice=phrase("Ask for one in `people` of medloc.yaml."),
        )


def _read(place: _Place) -> tuple[Catalog, Entry]:
    """The catalog as it is on the disk, and the message's entry."""
    catalog = load_catalog(place.project, place.article.slug, place.locale)
    if catalog is None:
        raise ConflictError(
            phrase("there is no catalog; nothing was written."),
            path=place.catalog_name,
            advice=_SYNC,
        )
    key = (place.message.context, place.message.text)
    for entry in catalog.entries:
        if entry.key == key and not entry.obsolete:
            return catalog, entry
    raise ConflictError(
        phrase(
            "the catalog does not have message {id} yet; nothing was written.", id=place.message.id
        ),
        path=place.catalog_name,
        advice=_SYNC,
    )


def _with_wording(catalog: Catalog, entry: Entry, wording: str) -> Catalog:
    """The catalog with an entry's wording replaced; what was kept of an older source goes."""
    fresh = replace(
        entry,
        msgstr=wording,
        fuzzy=False,
        previous_context=None,
        previous_msgid=None,
        previous_msgid_plural=None,
    )
    return replace(catalog, entries=tuple(fresh if e is entry else e for e in catalog.entries))


def _propose(
    project: Project, before: Translation, after: Translation, draft: Draft, at: str, past: Past
) -> int:
    """Append who proposes the wording, unless the ledger's latest word on it is that already."""
    unchanged = before.wording == after.wording
    with open_ledger(project.settings.ledger, base=project.root).transaction() as ledger:
        latest = _latest(past.brought_up(ledger).decisions, after.pair)
        # Who saves another's words as they are has written none: proposed again in their name,
        # they could never approve them.
        known = latest is not None and latest.draft.target == after.pair.target
        if latest is not None and known and (unchanged or latest.draft.actor == draft.actor):
            return latest.number
        (event,) = ledger.append([draft], at=at)
    return event.number


def _latest(decisions: Decisions, pair: Pair) -> Event | None:
    """The latest proposal of any wording in the place of `pair`."""
    said = (event for events in decisions.wordings(pair).values() for event in events)
    proposed = (event for event in said if event.draft.kind is Kind.PROPOSE)
    return max(proposed, key=lambda event: event.number, default=None)
