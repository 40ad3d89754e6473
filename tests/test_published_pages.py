"""Published pages: languages, links between articles, images, aliases, drafts."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from medloc.workflow.preview import draft_site
from medloc.workflow.project import open_project
from medloc.workflow.sources import read_sources
from tests.content import SETTINGS, WORDS, Content, small_project

TODAY = dt.date(2026, 3, 1)
UNSIGNED = SETTINGS.replace("policy: {", "policy: {source: [], ")
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>'
LINKED = """\
---
title: Cold
aliases: [common-cold]
review_by: 2026-02-01
---

## Signs {#signs}

See [fever](fever.md#help) and ![a nose](nose.svg).

<!-- translate: off -->

Nasus

<!-- translate: on -->

> [!WARNING]
> Not for babies.
"""
COLD = {
    "Cold": "Resfriado",
    "Signs": "Signos",
    "See [fever](fever.md#help) and ![a nose](nose.svg).": (
        "Vea [fiebre](fever.md#help) y ![una nariz](nose.svg)."
    ),
    "Not for babies.": "No es para bebés.",
}


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """Two articles; `cold` is published in en and es, `fever` only in the source language."""
    made = small_project(tmp_path, settings=UNSIGNED)
    made.write("source_content/cold.md", LINKED)
    made.write("source_content/nose.svg", PICTURE)
    made.write("source_content/nose.es.svg", PICTURE.replace("9 9", "8 8"))
    assert made("sync") == 0
    made.translate("es", COLD, "cold")
    made("decide", "approve", "cold", "es", "--as", "doctor")
    assert made("build", "--date", "2026-03-01") == 0
    return made


def page(content: Content, tag: str, article: str = "cold") -> str:
    found = content.page(tag, article)
    assert found is not None
    return found


def test_a_page_links_to_its_other_languages_and_only_to_published_ones(content: Content) -> None:
    assert set(re.findall(r'hreflang="([^"]+)"', page(content, "es"))) >= {"en", "es"}
    assert 'hreflang="ar"' not in page(content, "es")
    assert '<html lang="es"' in page(content, "es")


def test_a_link_to_an_article_leads_to_the_same_language_or_marked_to_the_source(
    content: Content,
) -> None:
    assert '<a href="../fever/index.html#help">fever</a>' in page(content, "en")
    spanish = page(content, "es")
    assert '<a hreflang="en" href="../../en/fever/index.html#help">fiebre</a>' in spanish
    content.translate("es", WORDS["es"])
    content.approve_all("es", "doctor", "writer", article="fever")
    content("build", "--date", "2026-03-01")
    assert '<a href="../fever/index.html#help">fiebre</a>' in page(content, "es")


def test_an_image_is_an_asset_and_a_language_may_have_its_own(content: Content) -> None:
    english = re.search(r'src="([^"]+)"', page(content, "en"))
    spanish = re.search(r'src="([^"]+)"', page(content, "es"))
    assert english
    assert spanish
    folder = content.root / "site/es/cold"
    assert "9 9" in (folder / english[1]).resolve().read_text()
    assert "8 8" in (folder / spanish[1]).resolve().read_text()


def test_every_relative_link_of_the_site_leads_somewhere(content: Content) -> None:
    site = content.root / "site"
    checked = 0
    for path in site.rglob("*.html"):
        for address in re.findall(r'(?:href|src)="([^"]+)"', path.read_text("utf-8")):
            target, _, fragment = address.partition("#")
            if re.match(r"[a-z]+:", target):
                continue
            found = (path.parent / target).resolve() if target else path
            assert found.is_file(), f"{path}: {address}"
            if fragment:
                assert f'id="{fragment}"' in found.read_text("utf-8"), f"{path}: {address}"
            checked += 1
    assert checked > 30


def test_an_alias_leads_to_the_page(content: Content) -> None:
    assert "../cold/index.html" in page(content, "es", "common-cold")


def test_text_that_is_not_translated_is_marked_with_its_language(content: Content) -> None:
    assert re.search(r'<[a-z]+ lang="en"[^>]*>.*Nasus', page(content, "es"), re.DOTALL)


def test_a_callout_has_its_word_in_the_language_of_the_page(content: Content) -> None:
    assert '<p class="callout-label">Advertencia</p>' in page(content, "es")


def test_an_overdue_review_is_said_on_the_page_and_by_the_build(content: Content) -> None:
    _, said = content.say("build", "--date", "2026-03-02")
    assert "source_content/cold.md:1: the medical review was due on 2026-02-01" in said


def test_there_is_one_h1_outside_of_the_one_article(content: Content) -> None:
    html = page(content, "es")
    assert (html.count("<h1"), html.count("<article")) == (1, 1)
    assert html.index("<h1") < html.index("<article")


def test_a_quantity_is_isolated_in_a_right_to_left_page(tmp_path: Path) -> None:
    content = small_project(tmp_path, settings=UNSIGNED)
    content.translate("ar", WORDS["ar"])
    content.approve_all("ar", "doctor", "linguist", "writer")
    content("build")
    html = page(content, "ar", "fever")
    assert "<bdi>5\u00a0مغم</bdi>" in html
    assert 'dir="rtl"' in html
    assert "\u2068" not in html


def test_the_build_says_what_it_did_in_the_json_of_the_contract(content: Content) -> None:
    built = content.json("build", "--date", "2026-03-01")
    assert set(built) == {"pages", "written", "unchanged", "removed", "withheld", "seconds"}
    assert (built["pages"], built["written"]) == (3, 0)
    withheld = {(page["article"], page["locale"]): page for page in built["withheld"]}
    assert set(withheld) == {("fever", "es"), ("fever", "ar"), ("cold", "ar")}
    message = withheld["fever", "es"]["messages"][0]
    assert {"id", "msgctxt", "standing"} <= set(message)
    assert message["standing"] == "missing"


def test_strict_is_exit_1_when_a_page_is_withheld(content: Content) -> None:
    assert content("build", "--strict") == 1


def test_an_edition_is_recorded_once_and_only_by_a_publisher(content: Content) -> None:
    assert content("build", "--as", "publisher", "--date", "2026-03-01") == 0
    content("ledger", "export", "one.jsonl")
    last = json.loads(content.read("one.jsonl").splitlines()[-1])
    assert (last["kind"], last["actor"]) == ("publish", "publisher")
    built = content.json("build", "--as", "publisher", "--date", "2026-03-01")
    assert built["written"] == 0
    content("ledger", "export", "two.jsonl")
    assert content.read("one.jsonl") == content.read("two.jsonl")


def test_an_edition_stores_the_source_it_shows(content: Content) -> None:
    """An edit that touches no message is in no decision; the page could not be proved later."""
    content.write(
        "source_content/cold.md", LINKED.replace("## Signs", "<!-- a note -->\n\n## Signs")
    )
    assert content("build", "--as", "publisher", "--date", "2026-03-01") == 0
    content("ledger", "export", "out.jsonl")
    events = [json.loads(line) for line in content.read("out.jsonl").splitlines()]
    stored = [event["text"] for event in events if event["kind"] == "source"]
    assert content.read("source_content/cold.md") in stored
    assert content("verify", "site") == 0
    again = content.json("build", "--as", "publisher", "--date", "2026-03-01")
    assert again["written"] == 0
    content("ledger", "export", "again.jsonl")
    assert content.read("again.jsonl") == content.read("out.jsonl")


def test_a_build_without_publisher_leaves_the_ledger_alone(content: Content) -> None:
    before = (content.root / "ledger.sqlite").read_bytes()
    (content.root / "site/index.html").unlink()
    content("build")
    assert (content.root / "ledger.sqlite").read_bytes() == before


# --- drafts -----------------------------------------------------------------------------------


def test_drafts_show_every_wording_and_write_nothing(content: Content) -> None:
    content.translate("ar", {"Cold": "زكام"}, "cold")
    files = {path: path.stat().st_mtime_ns for path in content.root.rglob("*") if path.is_file()}
    project = open_project(content.root)
    site = draft_site(project, read_sources(project), today=TODAY)
    draft = site["ar/cold/index.html"].decode()
    assert "زكام" in draft
    assert "Not for babies." in draft
    assert "noindex" in draft
    assert "proof.json" not in draft
    after = {path: path.stat().st_mtime_ns for path in content.root.rglob("*") if path.is_file()}
    assert after == files


def test_a_hostile_draft_is_shown_as_text(content: Content) -> None:
    content.translate("ar", {"Signs": "x <script>alert(1)</script> [y](javascript:z)"}, "cold")
    project = open_project(content.root)
    site = draft_site(project, read_sources(project), today=TODAY)
    draft = site["ar/cold/index.html"].decode()
    assert "<script" not in draft
    assert "&lt;script&gt;" in draft
    assert 'href="javascript' not in draft


def test_a_new_project_can_be_built_at_once(tmp_path: Path) -> None:
    content = Content(tmp_path / "new")
    from medloc.cli import run

    assert run(["init", str(content.root)]) == 0
    assert content("sync") == 0
    assert content("doctor") == 0  # somebody holds each role the policy wants, for each language
    content.approve_all("en", "editor")
    assert content("build") == 0
    assert content.page("en")
    assert run(["init", str(content.root)]) == 2
