"""The gate of an article in a locale: every message approved and read back, or a named refusal."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from medloc.model import (
    Article,
    Standing,
    Translation,
    Verdict,
    Withheld,
    WithheldMessage,
)
from medloc.phrases import Phrase, phrase, together
from medloc.release import compile_words, released
from medloc.workflow.translations import wording_problem

_IN_WORDS = {
    Standing.MISSING: phrase("{count} not translated"),
    Standing.STALE: phrase("{count} translated from an older source"),
    Standing.WAITING: phrase("{count} waiting for review"),
    Standing.CHANGES_REQUESTED: phrase("{count} with changes requested"),
    Standing.HALF_APPROVED: phrase("{count} approved by some of the roles"),
    Standing.RECALLED: phrase("{count} recalled"),
}


@dataclass(frozen=True, slots=True)
class Gated:
    """An article in a locale that may be published: what Babel compiled, and the words read back
    out of it, by index of the article's messages; with the pairs and verdicts they rest on.

    `edition` is the day of its latest approval when this is not the current source's page but the
    last good edition of it.
    """

    article: Article
    locale: str
    compiled: bytes
    words: tuple[str, ...]
    translations: tuple[Translation, ...]
    verdicts: tuple[Verdict, ...]
    edition: dt.date | None = None


def gate(
    article: Article,
    locale: str,
    found: Sequence[Translation],
    verdicts: Sequence[Verdict],
    *,
    problem: Callable[[Article, Translation], str] = wording_problem,
) -> Gated | Withheld:
    """Let an article through whole, or name every message that keeps it back.

    The words compiled are the ledger's own; lookups in the compiled catalog never fall back.
    `problem` says what is wrong with the structure of a wording, empty when nothing.
    """
    held = [
        message
        for translation, verdict in zip(found, verdicts, strict=True)
        if (message := _held(article, translation, verdict, problem)) is not None
    ]
    if held:
        return Withheld(article.slug, locale, _reason(held), tuple(held))
    approved = [
        (translation.message, verdict.target)
        for translation, verdict in zip(found, verdicts, strict=True)
    ]
    compiled = compile_words(locale, approved)
    words = released(compiled, approved)
    return Gated(
        article,
        locale,
        compiled,
        tuple(words[message.context, message.text] for message in article.messages),
        tuple(found),
        tuple(verdicts),
    )


def _held(
    article: Article,
    translation: Translation,
    verdict: Verdict,
    problem: Callable[[Article, Translation], str],
) -> WithheldMessage | None:
    message = translation.message
    wrong = "" if translation.empty else problem(article, translation)
    if verdict.standing is Standing.APPROVED and not wrong:
        return None
    reason = (
        wrong
        or verdict.reason
        or (
            phrase("wants: {wanted}", wanted=", ".join(verdict.wanted))
            if verdict.wanted and not translation.empty
            else ""
        )
    )
    return WithheldMessage(message.id, message.context, verdict.standing, reason)


def _reason(held: Sequence[WithheldMessage]) -> str:
    """ "3 messages not translated, 2 waiting for review"."""
    counted = Counter(message.standing for message in held)
    parts = [
        Phrase(template, {"count": counted[standing]})
        for standing, template in _IN_WORDS.items()
        if counted[standing]
    ]
    if counted[Standing.APPROVED]:
        parts.append(
            phrase("{count} whose structure is not the source's", count=counted[Standing.APPROVED])
        )
    return phrase(
        "{count} of its messages: {parts}", count=len(held), parts=together(*parts, between=", ")
    )
