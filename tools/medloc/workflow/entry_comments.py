"""What a translator reads beside a message in the catalog: where it stands, how its numbers are
written, and what reviewers say against the wording. Written by `sync`, never read back."""

from __future__ import annotations

from medloc.model import Article, Catalog, Kind, Standing
from medloc.standing import Decisions
from medloc.workflow.project import Project
from medloc.workflow.status import judge_all
from medloc.workflow.translations import Writer, translations

_OBJECTIONS = (Kind.REQUEST_CHANGES, Kind.RECALL)
_SAID = {Standing.CHANGES_REQUESTED: "changes requested", Standing.RECALLED: "recalled"}


class Objections:
    """What reviewers say against wordings that stand in catalogs."""

    def __init__(self, project: Project, decisions: Decisions) -> None:
        self._project, self._decisions = project, decisions
        # Most catalogs hold no wording that anybody objects to, and need not be judged for that.
        self._pages = frozenset(
            place[:2]
            for place, wordings in decisions.by_place.items()
            if any(e.draft.kind in _OBJECTIONS for events in wordings.values() for e in events)
        )

    def in_catalog(self, article: Article, locale: str, catalog: Catalog | None) -> dict[str, str]:
        """A line for each message whose wording somebody objects to, by message id."""
        if (article.slug, locale) not in self._pages:
            return {}
        found = translations(self._project, article, locale, catalog)
        verdicts = judge_all(self._project, found, self._decisions)
        return {
            t.message.id: f"{_SAID[verdict.standing]}: {' '.join(verdict.reason.split())}"
            for t, verdict in zip(found, verdicts, strict=True)
            if verdict.standing in _SAID
        }


def comments_of(project: Project, article: Article, locale: str) -> dict[str, tuple[str, ...]]:
    """What a translator should see with each message: section, kind, risk, values, notes."""
    values = _shown_values(project, article, locale)
    sections = {heading.id: heading for heading in article.headings}
    found: dict[str, tuple[str, ...]] = {}
    for message in article.messages:
        heading = sections.get(message.section)
        title = ""
        if heading is not None and heading.message >= 0:
            title = article.messages[heading.message].text
        lines = [f"section: {title or message.section} ({message.kind})"]
        if message.high_risk:
            lines.append("high risk: two people check this message")
        lines += [f"{{{name}}} is written: {values[name]}" for name in message.placeholders]
        lines += [f"[{label}] leads to {article.links[label].default}" for label in message.links]
        found[message.id] = (*lines, *message.notes)
    return found


def _shown_values(project: Project, article: Article, locale: str) -> dict[str, str]:
    """Each quantity as the source writes it and, in a catalog, as the locale does."""
    source = Writer(project, project.settings.source.locale).values(article)
    own = Writer(project, locale).values(article) if locale else {}
    isolates = dict.fromkeys(map(ord, "\u2068\u2069"))
    return {
        name: text + (f"; {locale}: {own[name].translate(isolates)}" if own else "")
        for name, text in source.items()
    }
