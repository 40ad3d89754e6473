"""The gate of one article: what passes whole, and what a refusal says of each message."""

from __future__ import annotations

import pytest

from medloc.articles import read_article
from medloc.model import Article, Pair, Standing, Translation, Verdict, Withheld, WithheldMessage
from medloc.workflow.gate import Gated, gate

ARTICLE = read_article("a.md", b"---\ntitle: Fever\n---\n\nRest well.\n\nDrink tea.\n", slug="a")
WORDS = {"Fever": "Fiebre", "Rest well.": "Descanse.", "Drink tea.": "Beba."}
FOUND = tuple(
    Translation(m, Pair("a", "es", m.context, m.text, WORDS[m.text]), WORDS[m.text])
    for m in ARTICLE.messages
)


def through(*verdicts: Verdict, problem: str = "") -> Gated | Withheld:
    """Each verdict for one message, the last one for the rest of them too."""
    every = [*verdicts, *verdicts[-1:] * (len(FOUND) - len(verdicts))]

    def wrong(article: Article, translation: Translation) -> str:
        return problem if translation is FOUND[0] else ""

    return gate(ARTICLE, "es", FOUND, every, problem=wrong)


def approved(index: int) -> Verdict:
    return Verdict(Standing.APPROVED, (1,), "2026-03-01", (), FOUND[index].pair.target)


def test_an_article_approved_whole_passes_with_the_words_of_its_verdicts() -> None:
    verdicts = [approved(index) for index in range(len(FOUND))]
    gated = through(*verdicts)
    assert isinstance(gated, Gated)
    assert gated.words == tuple(WORDS[message.text] for message in ARTICLE.messages)
    assert (gated.translations, gated.verdicts) == (FOUND, tuple(verdicts))


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing.MISSING, "not translated"),
        (Standing.STALE, "translated from an older source"),
        (Standing.WAITING, "waiting for review"),
        (Standing.CHANGES_REQUESTED, "with changes requested"),
        (Standing.HALF_APPROVED, "approved by some of the roles"),
        (Standing.RECALLED, "recalled"),
    ],
)
def test_a_refusal_counts_each_standing_in_words(standing: Standing, words: str) -> None:
    size = len(FOUND)
    held = through(Verdict(standing))
    assert isinstance(held, Withheld)
    assert held.reason == f"{size} of its messages: {size} {words}"
    assert [(one.standing, one.reason) for one in held.messages] == [(standing, "")] * size


def test_a_refusal_counts_every_standing_there_is() -> None:
    held = through(Verdict(Standing.WAITING), Verdict(Standing.MISSING))
    assert isinstance(held, Withheld)
    assert held.reason == "3 of its messages: 2 not translated, 1 waiting for review"


def test_one_message_keeps_the_whole_article_back_and_is_named_with_what_it_wants() -> None:
    waiting = Verdict(Standing.WAITING, wanted=("medical", "linguistic"))
    held = through(approved(0), waiting, approved(2))
    message = ARTICLE.messages[1]
    wants = WithheldMessage(
        message.id, message.context, Standing.WAITING, "wants: medical, linguistic"
    )
    assert held == Withheld("a", "es", "1 of its messages: 1 waiting for review", (wants,))


def test_the_reason_of_a_request_comes_before_the_roles() -> None:
    asked = Verdict(Standing.CHANGES_REQUESTED, (1,), wanted=("medical",), reason="Too much.")
    held = through(asked)
    assert isinstance(held, Withheld)
    assert {one.reason for one in held.messages} == {"Too much."}


def test_approved_words_of_another_structure_are_held_and_named() -> None:
    held = through(approved(0), approved(1), approved(2), problem="a link is missing")
    assert isinstance(held, Withheld)
    assert held.reason == "1 of its messages: 1 whose structure is not the source's"
    [one] = held.messages
    assert (one.standing, one.reason) == (Standing.APPROVED, "a link is missing")


def test_without_words_no_structure_is_looked_at_and_no_role_is_wanted() -> None:
    empty = [Translation(one.message, one.pair, "") for one in FOUND]
    verdict = Verdict(Standing.MISSING, wanted=("medical",))
    held = gate(ARTICLE, "es", empty, [verdict] * len(empty), problem=lambda *_: "never asked")
    assert isinstance(held, Withheld)
    assert {one.reason for one in held.messages} == {""}
