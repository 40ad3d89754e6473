"""What waits for each person, as a letter: how many sentences, how long about, where, until when.

Law: no word of an article or a translation is in a letter; it may pass through anybody's servers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from medloc.index import Index, Query, Reviewer
from medloc.model import Person, Standing
from medloc.settings import Settings
from medloc.workflow.due import Due

SECONDS, HIGH_RISK_SECONDS = 20, 40
"""To read and decide on a sentence; an estimate, to plan a morning by."""
TRANSLATING_SECONDS = 120
"""To translate a sentence or to mend it."""
_OPEN = (Standing.MISSING.value, Standing.STALE.value, Standing.CHANGES_REQUESTED.value)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page that waits for somebody: for `review` or `translation`; `oldest` is the day since
    which one of its sentences waits, empty when nobody knows."""

    article: str
    locale: str
    task: str
    sentences: int
    high_risk: int
    oldest: str = ""

    @property
    def seconds(self) -> int:
        """How long it takes, about."""
        if self.task == "translation":
            return self.sentences * TRANSLATING_SECONDS
        return self.sentences * SECONDS + self.high_risk * (HIGH_RISK_SECONDS - SECONDS)


@dataclass(frozen=True, slots=True)
class Digest:
    """What waits for a person, the most urgent first; `due` are pages to be read again."""

    person: Person
    waiting: tuple[Waiting, ...]
    due: tuple[Due, ...] = ()

    @property
    def sentences(self) -> int:
        """All sentences that wait."""
        return sum(page.sentences for page in self.waiting)

    @property
    def minutes(self) -> int:
        """How long all of it takes, about."""
        return ceil(sum(page.seconds for page in self.waiting) / 60)


def digests(
    settings: Settings, index: Index, due: Sequence[Due], *, today: dt.date
) -> tuple[Digest, ...]:
    """The digests of everybody who is active that day and for whom anything waits, in the order of
    the settings. The index must be up to date."""
    found = []
    for person in settings.people.values():
        if person.until is not None and person.until < today:
            continue
        waiting = tuple(sorted(_waiting(settings, index, person), key=_urgency))
        theirs = tuple(one for one in due if _concerns(settings, person, one, today))
        if waiting or theirs:
            found.append(Digest(person, waiting, theirs))
    return tuple(found)


def _waiting(settings: Settings, index: Index, person: Person) -> Iterator[Waiting]:
    mine = Query(waits_for=Reviewer(person.id, person.roles, person.locales))
    oldest = index.oldest(mine)
    for (article, locale), counts in index.counts(mine).items():
        yield _page(article, locale, "review", counts, oldest.get((article, locale), ""))
    if "translator" in person.roles:
        for locale in person.locales or tuple(settings.locales):
            if locale == settings.source.locale:
                continue
            open_ = Query(locale=locale, standings=_OPEN)
            oldest = index.oldest(open_)
            for (article, _), counts in index.counts(open_).items():
                since = oldest.get((article, locale), "")
                yield _page(article, locale, "translation", counts, since)


def _page(article: str, locale: str, task: str, counts: Mapping[str, int], oldest: str) -> Waiting:
    sentences = sum(counts.get(standing.value, 0) for standing in Standing)
    return Waiting(article, locale, task, sentences, counts.get("high_risk", 0), oldest[:10])


def _urgency(page: Waiting) -> tuple[object, ...]:
    """High risk first, then what has waited longest."""
    return (-page.high_risk, page.oldest or "9999", page.article, page.locale, page.task)


def _concerns(settings: Settings, person: Person, due: Due, today: dt.date) -> bool:
    """Whether somebody can have a page read again: its reviewers, and those who publish it."""
    policy = settings.policy
    is_source = due.locale == settings.source.locale
    roles = {"publisher", *policy.roles_for(is_source=is_source, high_risk=False)}
    if not is_source:
        roles |= set(policy.high_risk)
    return any(person.holds(role, due.locale, today) for role in roles)


# --- the letter ---------------------------------------------------------------------------------


def subject(digest: Digest) -> str:
    """The line by which it is found in a mailbox."""
    parts = []
    if digest.waiting:
        sentences = _number(digest.sentences, "sentence")
        parts.append(f"{sentences} for you, about {_number(digest.minutes, 'minute')}")
    if digest.due:
        parts.append(f"{_number(len(digest.due), 'page')} to be read again")
    return "; ".join(parts)


def letter(digest: Digest, *, link: str) -> str:
    """The whole text; `link` is the address of the review app."""
    person = digest.person
    lines = [f"Hello {_plain(person.name or person.id)},", "", f"{subject(digest)}.", ""]
    for page in digest.waiting:
        lines += [_page_line(page), f"  {_link(link, page)}", ""]
    if digest.due:
        lines += ["To be read again:", *(_due_line(one) for one in digest.due), ""]
    lines += [f"Everything that waits for you: {link.rstrip('/')}/"]
    return "\n".join(lines) + "\n"


def _page_line(page: Waiting) -> str:
    words = [f"{page.article} ({page.locale}), {page.task}: {_number(page.sentences, 'sentence')}"]
    words += [f"{page.high_risk} of high risk"] if page.high_risk else []
    words += [f"since {page.oldest}"] if page.oldest else []
    return ", ".join([*words, f"about {_number(ceil(page.seconds / 60), 'minute')}"])


def _link(link: str, page: Waiting) -> str:
    view = "review" if page.task == "review" else "translate"
    query = urlencode({"article": page.article, "locale": page.locale})
    return f"{link.rstrip('/')}/{view}?{query}"


def _due_line(due: Due) -> str:
    when = (
        f"in {_number(due.days, 'day')}"
        if due.days >= 0
        else (f"overdue by {_number(-due.days, 'day')}")
    )
    return f"  {due.article} ({due.locale}): by {due.due}, {when}; {due.reason}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _plain(text: str) -> str:
    return " ".join(text.split())
