"""Words the glossary forbids."""

from __future__ import annotations

from medloc.checks.forbidden_terms import forbidden_terms
from medloc.checks.reading import Context, Issue, Reading, Side
from medloc.model import Pair, Severity, Term

TERMS = (
    Term("seizure", ("crisis epiléptica", "crisis"), ("ataque", "convulsión")),
    Term("clonus", ("clonus",), ("clono",)),
    Term("fever", ("发热",), ("发烧",)),
)


def found(locale: str, source: str, target: str) -> list[Issue]:
    context = Context(locale, glossary=TERMS)
    pair = Pair("a.po", locale, "", source, target)
    return list(forbidden_terms(Reading(pair, Side(source, "en"), Side(target, locale), context)))


def test_accepted_word_passes() -> None:
    assert not found("es", "A seizure.", "Una crisis epiléptica.")


def test_forbidden_word_without_the_term_passes() -> None:
    assert not found("es", "A heart attack.", "Un ataque al corazón.")


def test_accepted_word_that_begins_like_a_forbidden_one_passes() -> None:
    assert not found("es", "Clonus stops.", "El clonus cesa.")


def test_forbidden_word_is_an_error() -> None:
    (issue,) = found("es", "A seizure.", "Un ataque.")
    assert issue.severity is None
    assert "Write `crisis epiléptica`" in issue.message


def test_inflected_forbidden_word_is_a_warning() -> None:
    (issue,) = found("es", "Two seizures.", "Dos convulsiones.")
    assert issue.severity is Severity.WARNING


def test_forbidden_word_in_chinese() -> None:
    assert found("zh_Hans", "You have a fever.", "您发烧了。")
