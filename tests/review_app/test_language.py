"""The language of the interface: kept for the browser in which it was chosen, and spoken by what
the engine says too: findings and refusals."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from medloc.phrases import phrase, together
from medloc.workflow.desk import Desk
from review_app.guard import LANGUAGE_COOKIE
from review_app.session import State
from review_app.texts import shown_in, translated
from tests.content import Content
from tests.review_app.app_server import AppServer
from tests.review_app.asking import ask
from tests.review_app.screen import settle

PageOf = Callable[..., Page]
_ISOLATED = re.compile("\u2068[^\u2069]*\u2069")
WRONG = "Qué es es la fiebre: no 5 mg."


@pytest.mark.parametrize(
    ("chosen", "asked", "root"),
    [
        ("ar", "es", '<html lang="ar" dir="rtl">'),
        ("en", "es", '<html lang="en" dir="ltr">'),
        ("xx", "es", '<html lang="es" dir="ltr">'),
        ('"><script>', "", '<html lang="en" dir="ltr">'),
    ],
)
def test_door_speaks_the_language_that_was_chosen_in_the_browser(
    server: AppServer, chosen: str, asked: str, root: str
) -> None:
    cookie = f"other=1; {LANGUAGE_COOKIE}={chosen}"
    answer = ask(server, "/sign-in", Cookie=cookie, **{"Accept-Language": asked})
    assert root in answer.body


@pytest.mark.browser
def test_chosen_language_outlives_the_tab_and_the_session(page_of: PageOf, article: str) -> None:
    page = page_of("doctor", f"/review?article={article}&locale=es")
    page.get_by_role("radio", name="español").or_(
        page.get_by_role("button", name="español")
    ).first.click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_role("button", name="Aprobar para su publicación")).to_be_visible()
    page.reload()
    settle(page)
    expect(page.get_by_role("button", name="Aprobar para su publicación")).to_be_visible()
    tab = page.context.new_page()
    tab.goto(page.url)
    expect(tab.get_by_role("button", name="Aprobar para su publicación")).to_be_visible()
    tab.goto(page.url.partition("/review")[0] + "/sign-out")
    tab.get_by_role("button", name="Cerrar sesión").click()
    expect(tab).to_have_title("Iniciar sesión · medloc")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", ("números: La traducción dice `5`", "[números] La traducción dice `5`")),
        ("ar", ("الأعداد: في الترجمة ⁨`5`⁩", "[الأعداد] في الترجمة ⁨`5`⁩")),
    ],
)
def test_findings_and_refusals_hold_no_english(
    app_of: Callable[..., AppTest], content: Content, language: str, words: tuple[str, str]
) -> None:
    content.translate("es", {"What fever is.": WRONG}, "fever")
    Desk(content.root).refresh()
    app = app_of("doctor", "review", article="fever", locale="es", findings="1")
    mine = app.session_state["medloc"]
    assert isinstance(mine, State)
    mine.language = language
    app.run()
    findings = [
        one.proto.body for one in app.get("html") if '<div class="m-finding-row' in one.proto.body
    ]
    assert words[0] in "".join(findings)
    app.button(key=_approve(app)).click().run()
    (refused,) = app.error
    said = refused.value.replace("\\", "")
    assert words[1] in said
    for text in [*findings, said]:
        plain = re.sub(r"<[^>]*>|`[^`]*`|&\w+;", " ", _ISOLATED.sub(" ", text))
        assert not re.search(
            r"\b(?:the|translation|source|says|which|is not|checks|error)\b", plain
        )
        assert language != "ar" or not re.search("[A-Za-z]", plain), plain


def _approve(app: AppTest) -> str:
    (key,) = (b.key for b in app.button if b.key and b.key.startswith("approve-"))
    assert key is not None
    return key


def test_phrases_are_translated_with_the_phrases_inside_of_them() -> None:
    inner = phrase("The translation says {now}, which is not in the source.", now="`5`")
    outer = phrase("the checks found an error: {errors}", errors=inner)
    assert outer == f"the checks found an error: {inner}"
    assert shown_in(outer, "en") == outer
    assert shown_in(outer, "es") == (
        "las comprobaciones han encontrado un error: "
        "La traducción dice `5`, que no está en el original."
    )
    arabic = shown_in(outer, "ar")
    assert arabic.startswith("\u200f")
    assert arabic.count("\u2068") == 1  # the quotation, not the sentence around it
    kept = translated("Kept as a draft: {problem}", "es", problem=inner)
    assert kept == "Guardado como borrador: La traducción dice `5`, que no está en el original."
    assert shown_in("what somebody wrote {now}", "ar") == "what somebody wrote {now}"
    assert shown_in(together(inner, "5"), "xx") == f"{inner} 5"
