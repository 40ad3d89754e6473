"""`medloc ids`: the ids headings have become explicit; no approval lapses."""

from __future__ import annotations

from pathlib import Path

from tests.content import ARTICLE, WORDS, Content, approved_project


def test_ids_are_listed_then_written_and_nothing_lapses(tmp_path: Path) -> None:
    content = approved_project(tmp_path)
    without = ARTICLE.replace(" {#help}", "").replace("When to get help", "Help")
    content.write("source_content/fever.md", without)
    content("sync")
    content.translate("es", {**WORDS["es"], "Help": "Ayuda"})
    for locale, people in (("en", ["editor"]), ("es", ["doctor", "linguist", "writer"])):
        content.approve_all(locale, *people)
    before = content.json("status")
    assert content("ids") == 1
    assert content("ids", "--write") == 0
    assert "## Help {#help}\n" in content.read("source_content/fever.md")
    assert content("ids") == 0
    assert content("sync", "--check") == 0
    assert content.json("status") == before


def test_an_article_with_all_ids_is_not_touched(tmp_path: Path) -> None:
    content = Content(tmp_path)
    approved_project(tmp_path)
    path = content.root / "source_content/fever.md"
    time = path.stat().st_mtime_ns
    assert content("ids", "--write") == 0
    assert path.stat().st_mtime_ns == time
