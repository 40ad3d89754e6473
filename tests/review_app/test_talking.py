"""What people say beside a sentence: style, translations back, questions, answers; their role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from medloc.ledger import open_ledger
from medloc.model import Draft, Kind
from medloc.workflow.comments import Comment, comment_of
from tests.content import Content

AppOf = Callable[..., AppTest]
PAGE = {"article": "fever", "locale": "es", "mine": "0"}


def message(content: Content, source: str, locale: str = "es") -> str:
    rows = content.json("messages", "fever", locale)
    return str(next(row["id"] for row in rows if row["source"] == source))


def last(content: Content) -> Draft:
    return open_ledger("sqlite:///ledger.sqlite", base=content.root).events()[-1].draft


def press(app: AppTest, start: str) -> None:
    (key,) = (b.key for b in app.button if b.key and b.key.startswith(start))
    assert key is not None
    app.button(key=key).click().run()
    assert not app.exception


def write(app: AppTest, form: str, text: str, **radios: str) -> None:
    """Open a small form, choose, type and send."""
    press(app, f"{form}-")
    for name, value in radios.items():
        (radio,) = (r for r in app.radio if (r.key or "").startswith(f"{name}-"))
        radio.set_value(value)
    app.text_area[0].set_value(text)
    press(app, "send-")


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def test_remark_on_style_is_a_comment_and_blocks_nothing(app_of: AppOf, content: Content) -> None:
    app = app_of("doctor", "review", message=message(content, "Rest"), **PAGE)
    write(app, "request", "Could be warmer.", category="style")
    said = last(content)
    assert (said.kind, said.reason) == (Kind.COMMENT, "style: Could be warmer.")
    assert "blocks nothing" in app.success[0].value
    write(app, "request", "Wrong dose.", category="unsafe")
    assert (last(content).kind, last(content).category) == (Kind.REQUEST_CHANGES, "unsafe")


def test_translation_back_stands_in_its_slot_until_the_words_change(
    app_of: AppOf, content: Content
) -> None:
    asked = message(content, "Rest")
    app = app_of("writer", "review", message=asked, **PAGE)
    write(app, "comment", "<b>Take</b> a rest", comment=Comment.BACK_TRANSLATION)
    assert comment_of(last(content)) is Comment.BACK_TRANSLATION
    slot = next(body for body in html(app).split("\n") if 'data-testid="back"' in body)
    assert "&lt;b&gt;Take&lt;/b&gt; a rest" in slot
    assert "writer · " in slot
    assert 'data-testid="back"' in html(app_of("writer", "translate", message=asked,
                                               work="all", **PAGE))  # fmt: skip
    content.translate("es", {"Rest": "Repose"})
    assert 'data-testid="back"' not in html(app.run())
    content.translate("es", {"Rest": "Descanse"})
    assert 'data-testid="back"' in html(app.run())


def test_question_is_answered_once_and_shown_in_every_language(
    app_of: AppOf, content: Content
) -> None:
    asked = message(content, "Rest")
    app = app_of("writer", "review", message=asked, **PAGE)
    write(app, "comment", "In bed?", comment=Comment.QUESTION)
    waiting = app_of("editor")
    assert "Questions to the author: 1" in [one.value for one in waiting.markdown]
    waiting.button(key="answer-questions").click().run()
    assert "In bed?" in html(waiting)
    edits = app_of("editor", "edits")
    assert "In bed?" in html(edits)
    assert f"message={asked}" in html(edits)
    app = app_of("editor", "review", message=asked, **PAGE)
    write(app, "answer", "No, just no sport.")
    said = last(content)
    assert (said.locale, said.role, said.target) == ("en", "editor", "Rest")
    assert not [b for b in app.button if (b.key or "").startswith("answer-")]
    for locale in ("es", "ar"):
        for screen in ("review", "translate"):
            shown = app_of("writer", screen, message=asked, work="all",
                           **{**PAGE, "locale": locale})  # fmt: skip
            assert "No, just no sport." in html(shown), (locale, screen)
    assert "In bed?" not in html(app_of("editor", "edits"))


def test_only_editors_answer(app_of: AppOf, content: Content) -> None:
    asked = message(content, "Rest")
    app = app_of("writer", "review", message=asked, **PAGE)
    write(app, "comment", "In bed?", comment=Comment.QUESTION)
    assert not [b for b in app.button if (b.key or "").startswith("answer-")]


@pytest.mark.parametrize("role", ["linguistic", "medical"])
def test_who_holds_two_wanted_roles_chooses_one(app_of: AppOf, content: Content, role: str) -> None:
    rows = content.json("messages", "fever", "es")
    risky = next(row["id"] for row in rows if row["high_risk"])
    app = app_of("doctor", "review", message=risky, **PAGE)
    assert app.radio(key="role").value == "linguistic"  # the first that is wanted
    app.radio(key="role").set_value(role).run()
    press(app, "approve-")
    assert (last(content).kind, last(content).role) == (Kind.APPROVE, role)
    one = app_of("ana", "review", message=risky, **PAGE)
    assert not [r for r in one.radio if r.key == "role"]  # she holds one
