"""Whether a source edit changes what a message of high risk states: then nobody may go on reading
the edition before it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from medloc import facts, markdown
from medloc.model import Article
from medloc.workflow.project import Project
from medloc.workflow.translations import Writer

_Statements = Sequence[tuple[str, str, bool]]
"""Context, text and risk of each message."""


def changed_statement(project: Project, old: Article, new: Article, locale: str) -> str:
    """The first statement of high risk that two sources of one article make differently to readers
    of a locale; empty when there is none. High risk is what either source marks so."""
    before, after = _statements(project, old, locale), _statements(project, new, locale)
    language = project.settings.source.locale
    risky = {context for context, _, high_risk in (*before, *after) if high_risk}
    for context in dict.fromkeys(c for c, _, _ in (*before, *after) if c in risky):
        gone, come = _only_in(before, after, context), _only_in(after, before, context)
        for was, now in zip_longest(gone, come, fillvalue=""):
            if not facts.same(was, now, language):
                return was or now
    return ""


def sources_as_read(project: Project, article: Article, locale: str) -> list[str]:
    """The source texts as `locale` gets them: numbers as the source writes them, but the addresses
    of the locale (an emergency number), which are the author's too."""
    values = Writer(project, project.settings.source.locale).values(article)
    addresses = Writer(project, locale).addresses(article)
    tail = article.skeleton.tail
    return [
        markdown.write_out(m.text, values, addresses, tail=tail, plain=m.is_field)
        for m in article.messages
    ]


def _statements(project: Project, article: Article, locale: str) -> _Statements:
    texts = sources_as_read(project, article, locale)
    return [
        (message.context, text, message.high_risk)
        for message, text in zip(article.messages, texts, strict=True)
    ]


def _only_in(mine: _Statements, others: _Statements, context: str) -> list[str]:
    """The texts of a context that the other side has neither there nor, when it has no such
    context any more, anywhere: moving a dose from one heading to another is a change."""
    there = {text for place, text, _ in others if place == context}
    if all(place != context for place, _, _ in others):
        there = {text for _, text, _ in others}
    return [text for place, text, _ in mine if place == context and text not in there]
