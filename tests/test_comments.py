"""Comments: translations back, questions and answers; none of them decides or blocks anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from medloc.ledger import export_lines, import_lines, open_ledger
from medloc.model import Event, Pair
from medloc.standing import fold
from medloc.workflow.comments import (
    Comment,
    answers,
    back_translations,
    comment_of,
    open_questions,
    questions,
)
from medloc.workflow.importing import import_problem
from medloc.workflow.project import open_project
from tests.content import Content, approved_project

REST = Pair("fever", "es", "what", "Rest", "Descanse")


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return approved_project(tmp_path)


def rest(content: Content, locale: str = "es") -> Pair:
    row = next(r for r in content.json("messages", "fever", locale) if r["source"] == "Rest")
    return Pair("fever", locale, row["msgctxt"], row["source"], row["target"])


def send(content: Content, kind: str, text: str, locale: str, person: str) -> tuple[int, str]:
    row = next(r for r in content.json("messages", "fever", locale) if r["source"] == "Rest")
    return content.say("decide", "comment", "fever", locale, "--message", row["id"], "--comment",
                       kind, "--reason", text, "--as", person)  # fmt: skip


def events(content: Content) -> tuple[Event, ...]:
    return open_ledger("sqlite:///ledger.sqlite", base=content.root).events()


def test_translation_back_is_of_exactly_one_pair(content: Content) -> None:
    for person, text in (("writer", "Pause"), ("linguist", "Take a rest"), ("writer", "Rest")):
        assert send(content, "back-translation", text, "es", person)[0] == 0
    pair, decisions = rest(content), fold(events(content))
    said = {e.draft.actor: e.draft.reason for e in back_translations(decisions, pair)}
    assert said == {"writer": "Rest", "linguist": "Take a rest"}
    assert not back_translations(decisions, replace(pair, target="Repose"))
    assert not back_translations(decisions, replace(pair, source="Do rest"))
    assert next(r for r in content.json("messages", "fever", "es") if r["source"] == "Rest")[
        "standing"] == "approved"  # fmt: skip


def test_answer_is_for_all_languages_and_closes_the_question(content: Content) -> None:
    assert send(content, "question", "In bed?", "es", "writer")[0] == 0
    pair = rest(content)
    (asked,) = questions(fold(events(content)), pair)
    assert [e.draft.reason for e in open_questions(fold(events(content)), "en")] == ["In bed?"]
    assert send(content, "answer", "No: just\nno sport.", "en", "editor")[0] == 0
    decisions = fold(events(content))
    assert not open_questions(decisions, "en")
    for locale in ("es", "ar"):
        (answer,) = answers(decisions, rest(content, locale), "en")
        assert (answer.draft.reason, answer.draft.role) == ("No: just\nno sport.", "editor")
        assert answer.number > asked.number
        assert content("sync") == 0
        po = content.read(f"locales/{locale}/LC_MESSAGES/fever.po")
        assert "#. answer of the author: No: just no sport.\n" in po
    assert not answers(decisions, replace(pair, source="Do rest"), "en")
    again = send(content, "question", "And in the evening?", "ar", "writer")
    assert again[0] == 0
    assert len(open_questions(fold(events(content)), "en")) == 1


@pytest.mark.parametrize(
    ("kind", "locale", "person", "why"),
    [
        ("answer", "en", "writer", "Only an editor answers"),
        ("answer", "es", "editor", "for all languages"),
        ("back-translation", "en", "editor", "no translated words here"),
        ("back-translation", "es", "editor", "no role for es"),
    ],
)
def test_who_may_send_what(content: Content, kind: str, locale: str, person: str, why: str) -> None:
    code, said = send(content, kind, "Rest", locale, person)
    assert code == 1
    assert why in said


def test_a_kind_of_comment_is_for_comments_only(content: Content) -> None:
    code, said = content.say("decide", "approve", "fever", "es", "--comment", "answer", "--as",
                             "doctor")  # fmt: skip
    assert code == 2
    assert "--comment: only for" in said


def test_imported_answer_needs_an_editor(content: Content) -> None:
    assert send(content, "answer", "No.", "en", "editor")[0] == 0
    lines = export_lines(open_ledger("sqlite:///ledger.sqlite", base=content.root))
    (answer,) = (e for e in events(content) if comment_of(e.draft) is Comment.ANSWER)
    project = open_project(content.root)
    assert import_problem(project, answer) == ""
    for change in ({"actor": "writer"}, {"role": ""}, {"role": "medical"}):
        forged = replace(answer, draft=replace(answer.draft, **change))
        assert "answer" in import_problem(project, forged) or import_problem(project, forged)
    other = open_ledger("sqlite:///other.sqlite", base=content.root)
    assert import_lines(other, lines, path="x", known_people=lambda e: import_problem(project, e))


def test_old_comments_are_notes(content: Content) -> None:
    assert send(content, "note", "Well said.", "es", "doctor")[0] == 0
    last = events(content)[-1].draft
    assert comment_of(last) is comment_of(replace(last, meaning="")) is Comment.NOTE
    assert comment_of(events(content)[0].draft) is None


def test_role_that_somebody_insists_on(content: Content) -> None:
    content.translate("es", {"Rest": "Repose"})
    row = next(r for r in content.json("messages", "fever", "es") if r["source"] == "Rest")
    options = ("fever", "es", "--message", row["id"], "--as", "doctor", "--role")
    code, said = content.say("decide", "approve", *options, "publisher")
    assert code == 1
    assert "no role publisher that counts here" in said
    assert content("decide", "approve", *options, "medical") == 0
    assert events(content)[-1].draft.role == "medical"
