"""Draft pages: the publishing renderer, with every message that is not approved marked."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from medloc.errors import UsageError
from medloc.workflow.desk import Desk
from medloc.workflow.drafts import DraftPage, draft_page
from tests.content import WORDS, Content, approved_project, small_project

TODAY = dt.datetime.now(dt.UTC).date()


def draft(content: Content, locale: str, *, marked: bool = True, slug: str = "fever") -> DraftPage:
    desk = Desk(content.root)
    return draft_page(
        desk.project, desk.sources, desk.decisions, slug, locale, today=TODAY, marked=marked
    )


def marks(page: DraftPage) -> list[str]:
    """The text of each marked message, tags left out."""
    body = page.html.decode().partition("<article>")
    found = re.findall(r"<mark[^>]*>(.*?)</mark>", body[2], re.DOTALL)
    return [re.sub(r"<[^>]+>", "", text) for text in found]


def test_an_approved_page_is_the_published_one_but_for_the_draft_words(tmp_path: Path) -> None:
    content = approved_project(tmp_path)
    content("build")
    page = draft(content, "es")
    assert (page.open, page.missing, page.messages) == (0, 0, 9)
    published, drawn = content.page("es"), page.html.decode()
    assert published is not None
    article = re.compile(r"<article>.*</article>", re.DOTALL)
    assert article.findall(drawn) == article.findall(published)
    assert 'data-draft="Borrador"' in drawn
    assert "<mark" not in drawn


def test_each_message_that_is_not_approved_is_marked(tmp_path: Path) -> None:
    content = approved_project(tmp_path)
    content.translate("es", {"Rest": "Duerma", "Fever": "La fiebre"})
    page = draft(content, "es")
    assert marks(page) == ["Duerma"]
    assert '<h1><mark class="m">La fiebre</mark></h1>' in page.html.decode()
    assert page.open == 2
    plain = draft(content, "es", marked=False).html.decode()
    assert "<mark" not in plain
    assert re.sub(r"</?mark[^>]*>", "", page.html.decode()).count("Duerma") == 1


def test_what_is_not_translated_shows_its_source_as_such(tmp_path: Path) -> None:
    content = small_project(tmp_path)
    content.translate("ar", {"Rest": WORDS["ar"]["Rest"]})
    page = draft(content, "ar")
    assert (page.open, page.missing) == (9, 8)
    html = page.html.decode()
    assert '<mark class="m">استرح</mark>' in html
    assert '<mark class="m m-untranslated" lang="en" dir="ltr">Drink <strong>water' in html
    assert '<p class="lead"><mark class="m m-untranslated" lang="en" dir="ltr">' in html


def test_marks_are_styled_by_a_file_of_the_page(tmp_path: Path) -> None:
    page = draft(small_project(tmp_path), "es")
    [style] = [name for name in page.assets if name.endswith(".css")]
    assert style in page.html.decode()
    assert b"mark.m " in page.assets[style]


@pytest.mark.parametrize(("slug", "locale"), [("none", "es"), ("fever", "fr"), ("../fever", "es")])
def test_what_is_not_there_is_refused(tmp_path: Path, slug: str, locale: str) -> None:
    with pytest.raises(UsageError):
        draft(small_project(tmp_path), locale, slug=slug)
