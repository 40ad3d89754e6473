"""Terms added and changed from the app: who may, what is written, what is refused; where used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from medloc.errors import ConflictError, UsageError
from medloc.glossary import GlossaryError
from medloc.index import Query
from medloc.model import Person, Term
from medloc.workflow.desk import Desk
from medloc.workflow.glossary_editing import known_terms, set_term, uses
from tests.content import WORDS, Content, small_project

TODAY = dt.date(2026, 3, 1)
LINGUIST = Person("linguist", "Linguist", ("linguistic",), ("es",))
FEVER = Term("fever", ("fiebre",))
FILE = "locales/es/glossary.yaml"

Put = Callable[..., bool]


@pytest.fixture
def content(tmp_path: Path) -> Content:
    made = small_project(tmp_path)
    made.translate("es", {**WORDS["es"], "What fever is": "Qué es la calentura"})
    return made


@pytest.fixture
def put(content: Content) -> Put:
    def putting(term: Term, expect: Term | None = None, **more: object) -> bool:
        options = {"reason": "agreed", "actor": LINGUIST, "today": TODAY, **more}
        project = Desk(content.root).project
        return set_term(project, "es", term, expect=expect, **options)  # type: ignore[arg-type]

    return putting


def test_term_is_added_with_its_reason_then_changed(content: Content, put: Put) -> None:
    assert put(FEVER)
    assert content.read(FILE) == (
        "terms:\n  # 2026-03-01 linguist: agreed\n  - term: fever\n    accepted: fiebre\n"
    )
    new = replace(FEVER, accepted=("fiebre", "estado febril"), forbidden=("calor",), note="n: 1")
    assert put(new, expect=FEVER, reason=" two\nlines ")
    assert [known.term for known in known_terms(Desk(content.root).project, "es")] == [new]
    assert "# 2026-03-01 linguist: two lines\n  - term" in content.read(FILE)


def test_pressed_twice_it_is_one_change(content: Content, put: Put) -> None:
    assert put(FEVER)
    before = content.read(FILE)
    assert not put(FEVER)
    assert content.read(FILE) == before


def test_change_of_a_term_that_is_another_by_now_is_refused(content: Content, put: Put) -> None:
    put(FEVER)
    other = replace(FEVER, accepted=("calentura",))
    put(other, expect=FEVER)
    before = content.read(FILE)
    with pytest.raises(ConflictError, match="somebody else"):
        put(replace(FEVER, accepted=("pirexia",)), expect=FEVER)
    assert content.read(FILE) == before


def test_other_terms_of_the_file_may_change_meanwhile(content: Content, put: Put) -> None:
    put(FEVER)
    put(Term("pain", ("dolor",)))
    assert put(replace(FEVER, note="high"), expect=FEVER)


@pytest.mark.parametrize(
    "person",
    [
        Person("t", "T", ("translator", "medical"), ("es",)),
        Person("a", "A", ("linguistic",), ("ar",)),
        replace(LINGUIST, until=dt.date(2026, 2, 28)),
    ],
    ids=["other role", "other locale", "ended"],
)
def test_who_may_not_is_refused(content: Content, put: Put, person: Person) -> None:
    with pytest.raises(UsageError, match="may not"):
        put(FEVER, actor=person)
    assert not (content.root / FILE).exists()


@pytest.mark.parametrize(
    ("term", "reason", "words"),
    [
        (FEVER, "  ", "reason"),
        (FEVER, "x" * 501, "reason"),
        (FEVER, "a\u202eb", "202E"),
        (Term(" ", ("fiebre",)), "why", "empty"),
        (Term("fever"), "why", "no translation"),
        (Term("fever", ("a",), ("a",)), "why", "accepted and forbidden"),
        (Term("fever", ("a\u202e",)), "why", "202E"),
    ],
)
def test_unfit_change_is_refused_before_writing(
    content: Content, put: Put, term: Term, reason: str, words: str
) -> None:
    with pytest.raises((UsageError, GlossaryError), match=words):
        put(term, reason=reason)
    assert not (content.root / FILE).exists()


def test_term_of_another_file_is_changed_there(content: Content, put: Put) -> None:
    content.write("locales/es/glossary.csv", "term,translation\nfever,fiebre\n")
    with pytest.raises(GlossaryError, match=r"glossary\.csv"):
        put(replace(FEVER, note="x"))
    (known,) = known_terms(Desk(content.root).project, "es")
    assert not known.is_ours


def test_uses_show_what_lacks_an_accepted_form_first(content: Content, put: Put) -> None:
    put(FEVER)
    put(Term("get help", ("pedir ayuda",)))
    desk = Desk(content.root)
    desk.refresh()
    found = uses(desk, "es", "fever")
    seen = [(use.line.source, bool(use.target)) for use in found.found]
    assert seen[0] == ("What fever is", False)
    assert ("Fever", True) in seen
    assert not found.more
    first = next(use for use in found.found if use.line.source == "What fever is.")
    assert [first.line.source[a:b].lower() for a, b in first.source] == ["fever"]
    assert [first.line.target[a:b] for a, b in first.target] == ["fiebre"]
    assert uses(desk, "es", "leaflet").found == ()


def test_change_of_a_glossary_looks_at_its_locale_alone_again(content: Content, put: Put) -> None:
    content.write("medloc.yaml", content.read("medloc.yaml").replace(", checks: {all: off}", ""))
    desk = Desk(content.root)
    desk.refresh()
    assert put(replace(FEVER, accepted=("fiebre", "estado febril")))
    assert desk.refresh() == 1
    line = next(li for li in desk.index.lines(Query(locale="es")) if li.source == "What fever is")
    assert line.warnings
    assert put(replace(FEVER, accepted=("fiebre", "calentura")), expect=known(desk))
    assert desk.refresh() == 1
    line = next(li for li in desk.index.lines(Query(locale="es")) if li.source == "What fever is")
    assert not line.warnings


def test_wording_that_comes_back_is_judged_by_the_glossary_as_it_is(
    content: Content, put: Put
) -> None:
    content.write("medloc.yaml", content.read("medloc.yaml").replace(", checks: {all: off}", ""))
    put(replace(FEVER, accepted=("fiebre", "calentura")))
    desk = Desk(content.root)
    desk.refresh()
    content.translate("es", {"What fever is": "Qué es la fiebre"})
    desk.refresh()
    put(replace(FEVER, accepted=("fiebre", "estado febril")), expect=known(desk))
    desk.refresh()
    content.translate("es", {"What fever is": "Qué es la calentura"})
    desk.refresh()
    line = next(li for li in desk.index.lines(Query(locale="es")) if li.source == "What fever is")
    assert line.warnings


def known(desk: Desk) -> Term:
    return known_terms(desk.project, "es")[0].term
