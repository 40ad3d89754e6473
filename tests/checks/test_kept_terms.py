"""Names that stay."""

from __future__ import annotations

from medloc.checks.kept_terms import kept_terms
from medloc.checks.reading import Context, Reading, Side
from medloc.model import Pair, Term

TERMS = (Term("ACE2", keep=True), Term("Botox", ("Ботокс",), keep=True), Term("cough", ("tos",)))


def caught(locale: str, source: str, target: str) -> bool:
    context = Context(locale, glossary=TERMS)
    pair = Pair("a.po", locale, "", source, target)
    return any(kept_terms(Reading(pair, Side(source, "en"), Side(target, locale), context)))


def test_name_kept() -> None:
    assert not caught("es", "The ACE2 receptor.", "El receptor ACE2.")


def test_name_kept_with_an_ending() -> None:
    assert not caught("tr", "With Botox.", "Botox'la.")


def test_accepted_form_of_a_name() -> None:
    assert not caught("ru", "With Botox.", "С ботоксом.")


def test_name_translated_is_caught() -> None:
    assert caught("es", "The ACE2 receptor.", "El receptor ECA2.")


def test_name_left_out_is_caught() -> None:
    assert caught("ar", "Treated with Botox.", "يعالج بالحقن.")


def test_other_terms_are_not_its_matter() -> None:
    assert not caught("es", "A cough.", "Una gripe.")
