"""Terms of the glossary."""

from __future__ import annotations

import pytest

from medloc.checks.glossary import glossary
from medloc.checks.reading import Context, Issue, Reading, Side
from medloc.model import Pair, Severity, Term


def found(locale: str, terms: tuple[Term, ...], source: str, target: str) -> list[Issue]:
    """What the check says aloud."""
    context = Context(locale, glossary=terms)
    sides = Side(source, "en"), Side(target, locale)
    issues = glossary(Reading(Pair("a.po", locale, "", source, target), *sides, context))
    return [one for one in issues if one.severity != Severity.INFO]


@pytest.mark.parametrize(
    ("locale", "term", "form", "target"),
    [
        ("es", "infection", "infección", "Evite las infecciones."),
        ("es", "cough", "tos", "La tos dura días."),
        ("es", "clonus", "clono*", "Los clonos cesan."),
        ("fr", "flu", "grippe", "Contre la grippe."),
        ("it", "water", "acqua", "Beva dell'acqua."),
        ("pt_BR", "infection", "infecção", "As infecções passam."),
        ("de", "vaccine", "Impfstoff", "Grippeimpfstoffe wirken."),
        ("de", "outbreak", "Ausbruch", "Die Ausbrüche enden."),
        ("ru", "immune system", "иммунная система", "Сбой иммунной системы."),
        ("ru", "cough", "кашель", "От кашля помогает."),
        ("uk", "pain", "біль", "Ліки від болю."),
        ("pl", "fever", "gorączka", "Przy wysokiej gorączce."),
        ("tr", "drug", "ilaç", "İlacınızı alın."),
        ("tr", "cough", "öksürük", "Öksürüğünüz varsa."),
        ("ar", "epidemic", "وباء", "انتشار الأوبئة"),
        ("ar", "pandemic", "جائحة", "أعلنت كجائحة"),
        ("ar", "vaccine", "لقاح", "باللقاحات"),
        ("fa", "vaccine", "واکسن", "واکسن‌ها مؤثرند"),
        ("he", "vaccine", "חיסון", "בחיסונים"),
        ("hi", "pandemic", "महामारी", "महामारियों में"),
        ("bn", "vaccine", "টিকা", "টিকাগুলি"),
        ("id", "vaccine", "vaksin", "Anak divaksinasi."),
        ("sw", "virus", "kirusi", "Virusi hivi"),
        ("zh_Hans", "vaccine", "疫苗", "接种疫苗后"),
        ("ja", "vaccine", "ワクチン", "ワクチンを接種"),
        ("ko", "immune system", "면역 체계", "면역체계가 약하다"),
        ("vi", "fever", "sốt", "Bị sốt cao"),
    ],
)
def test_inflected_form_passes(locale: str, term: str, form: str, target: str) -> None:
    assert not found(locale, (Term(term, (form,)),), f"The {term} here.", target)


@pytest.mark.parametrize(
    ("locale", "term", "form", "target"),
    [
        ("es", "cough", "tos", "La gripe dura días."),
        ("de", "vaccine", "Impfstoff", "Grippemittel wirken."),
        ("ru", "cough", "кашель", "От насморка помогает."),
        ("ar", "epidemic", "وباء", "انتشار المرض"),
        ("he", "vaccine", "חיסון", "בתרופות"),
        ("zh_Hans", "vaccine", "疫苗", "服药后"),
        ("ko", "immune system", "면역 체계", "몸이 약하다"),
        ("sw", "virus", "kirusi", "Bakteria hii"),
    ],
)
def test_missing_form_is_caught(locale: str, term: str, form: str, target: str) -> None:
    assert found(locale, (Term(term, (form,)),), f"The {term} here.", target)


TERMS = (Term("cough", ("tos",)), Term("fever", ("fiebre",)), Term("mask", ("mascarilla",)))
LONG = "We know that in many countries of the world people with {} often do not see a doctor."


def test_another_term_in_its_place_is_caught_in_a_long_sentence() -> None:
    target = "Sabemos que en muchos países la gente con fiebre no suele ir al médico."
    (issue,) = found("es", TERMS, LONG.format("cough"), target)
    assert "`cough`" in issue.message
    assert [target[start:end] for start, end in issue.target] == ["fiebre"]


def test_one_of_two_mentions_exchanged_is_caught() -> None:
    source = "A cough may last. See a doctor when the cough gets worse after some days at home."
    target = "La tos puede durar. Vaya al médico si la mascarilla empeora tras días en casa."
    assert found("es", TERMS, source, target)


def test_free_wording_of_a_long_sentence_is_quiet() -> None:
    target = "Sabemos que en muchos países quienes tosen no suelen ir al médico."
    assert not found("es", TERMS, LONG.format("cough"), target)


def test_free_wording_is_caught_where_the_glossary_lists_all_forms() -> None:
    target = "Sabemos que en muchos países la gente acatarrada no suele ir al médico."
    assert found("es", (Term("cough", ("tos", "tos*")),), LONG.format("cough"), target)


@pytest.mark.parametrize(
    ("term", "source"),
    [
        ("lungs", "A lung injury."),
        ("flu", "A flu-like illness."),
        ("quarantine", "They will quarantine you."),
        ("cough", "A coughdrop."),
    ],
)
def test_other_words_are_no_mentions(term: str, source: str) -> None:
    assert not found("es", (Term(term, ("xyz",)),), source, "Nada de eso.")


def test_plural_of_the_source_is_a_mention() -> None:
    terms = (Term("allergy", ("alergia",)),)
    assert found("es", terms, "Your allergies.", "Sus manías.")
    assert not found("es", terms, "Your allergies.", "Sus alergias.")


def test_longest_term_wins() -> None:
    terms = (Term("rate", ("ritmo",)), Term("mortality rate", ("tasa de mortalidad",)))
    assert not found("es", terms, "The mortality rate.", "La tasa de mortalidad.")


def test_a_glossary_of_many_terms_is_read_once() -> None:
    letters = "abcdefghijklmno"
    names = [f"{a}{b}{c}" for a in letters for b in letters for c in letters]
    terms = tuple(Term(f"term{name}", (f"forma{name}",)) for name in names)
    assert found("es", terms, "The termabc here.", "La formabcd aquí.")
