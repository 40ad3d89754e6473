"""`medloc sync`: templates, merged catalogs, the price of an edit, and what is reported."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from medloc.catalogs import read_catalog
from medloc.model import Entry
from tests.content import ARTICLE, WORDS, Content, approved_project, small_project


@pytest.fixture
def content(tmp_path: Path) -> Content:
    made = small_project(tmp_path)
    made.translate("es", WORDS["es"])
    return made


def entry(content: Content, source: str, locale: str = "es") -> Entry:
    path = content.catalog(locale)
    return next(e for e in read_catalog(path, name=path.name).entries if e.msgid == source)


def test_a_second_sync_writes_nothing(content: Content) -> None:
    content("sync")
    paths = sorted(content.root.rglob("*.po*"))
    times = [path.stat().st_mtime_ns for path in paths]
    assert len(paths) == 3
    assert content("sync") == 0
    assert [path.stat().st_mtime_ns for path in paths] == times


def test_check_writes_nothing_and_names_the_price(content: Content) -> None:
    content("sync")
    before = {path: path.read_bytes() for path in content.root.rglob("*.po*")}
    content.write("source_content/fever.md", ARTICLE.replace("- Rest", "- Rest a little"))
    code, said = content.say("sync", "--check")
    assert code == 1
    assert {path: path.read_bytes() for path in content.root.rglob("*.po*")} == before
    assert "price: es: 1 messages" in said
    assert "price: 3 source words, in 2 languages" in said
    content("sync")
    assert content("sync", "--check") == 0


def test_an_article_with_an_error_is_not_said_to_cost_nothing(content: Content) -> None:
    content("sync")
    assert "price: nothing for translators or reviewers to do" in content.say("sync", "--check")[1]
    content.write("source_content/fever.md", ARTICLE + "\n<script>x</script>\n")
    code, said = content.say("sync", "--check")
    assert code == 2
    assert "price: not counted is what has an error" in said
    assert "price: nothing" not in said


def test_reworded_text_keeps_its_words_as_stale(content: Content) -> None:
    content.write(
        "source_content/fever.md", ARTICLE.replace("Read this *first*.", "Read that *first*.")
    )
    content("sync")
    found = entry(content, "Read that *first*.")
    assert (found.fuzzy, found.msgstr) == (True, WORDS["es"]["Read this *first*."])
    assert found.previous_msgid == "Read this *first*."


@pytest.mark.parametrize("new", ["Never drink **water**", "Drink 2 l of **water**"])
def test_text_whose_facts_changed_comes_back_empty(content: Content, new: str) -> None:
    content.write("source_content/fever.md", ARTICLE.replace("Drink **water**", new))
    content("sync")
    found = entry(content, new)
    assert (found.msgstr, found.fuzzy) == ("", False)
    assert any("Beba **agua**" in comment for comment in found.comments)


def test_moved_text_keeps_its_words_and_is_not_stale(content: Content) -> None:
    moved = ARTICLE.replace("- Rest\n", "").replace("[Call for help]", "Rest\n\n[Call for help]")
    content.write("source_content/fever.md", moved)
    content("sync")
    found = entry(content, "Rest")
    assert (found.context, found.msgstr, found.fuzzy) == ("help", "Descanse", False)


def test_text_that_is_gone_is_kept_as_obsolete_and_comes_back(content: Content) -> None:
    content.write("source_content/fever.md", ARTICLE.replace("- Rest\n", ""))
    content("sync")
    assert entry(content, "Rest").obsolete
    content.write("source_content/fever.md", ARTICLE)
    content("sync")
    found = entry(content, "Rest")
    assert (found.obsolete, found.msgstr) == (False, "Descanse")


def test_translators_see_section_value_and_risk(content: Content) -> None:
    found = entry(content, "[Call for help][help] at once. Take {dose}.")
    comments = "\n".join(found.comments)
    assert "When to get help" in comments
    assert "{dose} is written: 5\u00a0mg; es: 5\u00a0mg" in comments
    assert "high risk" in comments
    assert "python-brace-format" in found.flags


def test_an_article_that_is_gone_leaves_its_catalogs(content: Content) -> None:
    content.write("source_content/other.md", "---\ntitle: O\n---\n\nText.\n")
    content("sync")
    (content.root / "source_content/other.md").unlink()
    code, said = content.say("sync")
    assert code == 0
    assert "locales/es/LC_MESSAGES/other.po: there is no article `other`" in said
    assert content.catalog("es", "other").is_file()


def test_an_older_wording_that_comes_back_is_reported(content: Content) -> None:
    old = content.catalog("es").read_bytes()
    content("sync", "--as", "writer")
    content.translate("es", {"Rest": "Duerma"})
    content("sync", "--as", "writer")
    assert "older wording" not in content.say("sync")[1]
    content.catalog("es").write_bytes(old)
    said = content.say("sync")[1]
    assert "older wording" in said
    assert "Duerma" in said


@pytest.mark.tools
@pytest.mark.skipif(not shutil.which("msgcat"), reason="gettext is not installed")
def test_gettext_leaves_every_catalog_unchanged(content: Content) -> None:
    content("sync")
    for path in sorted(content.root.rglob("*.po")):
        again = subprocess.run(["msgcat", "--no-wrap", path], capture_output=True, check=True)
        assert again.stdout == path.read_bytes()
        subprocess.run(["msgfmt", "-c", "-o", "/dev/null", path], check=True, capture_output=True)


def test_the_price_of_a_changed_dose_is_every_page_that_comes_down(tmp_path: Path) -> None:
    content = approved_project(tmp_path)
    content("build")
    content.write("source_content/fever.md", ARTICLE.replace("value: 5,", "value: 50,"))
    code, said = content.say("sync", "--check")
    for locale in ("en", "es", "ar"):
        assert f"price: the page fever ({locale}) says at the next build that it is being" in said
    assert said.count("until 1 messages, 1 of them high risk are approved") == 3
    assert code == 1


def test_the_price_of_other_words_is_the_last_good_edition(tmp_path: Path) -> None:
    content = approved_project(tmp_path)
    content("build")
    content.write("source_content/fever.md", ARTICLE.replace("- Rest", "- Rest well"))
    _, said = content.say("sync", "--check")
    assert said.count("falls back to its last good edition at the next build") == 3


def test_a_translator_sees_in_the_catalog_what_reviewers_object_to(tmp_path: Path) -> None:
    content = approved_project(tmp_path)
    row = next(r for r in content.json("messages", "fever", "es") if r["target"] == "Descanse")
    content("decide", "request-changes", "fever", "es", "--message", row["id"], "--as", "doctor",
            "--reason", "too\ncurt")  # fmt: skip
    content("sync")
    assert "#. changes requested: too curt\n" in content.catalog("es").read_text("utf-8")
    assert content("sync", "--check") == 0
    assert "changes requested" not in content.catalog("ar").read_text("utf-8")
    content.translate("es", {"Rest": "Descanse bien"})
    content("sync")
    assert "changes requested" not in content.catalog("es").read_text("utf-8")


def test_a_recalled_wording_says_so_in_the_catalog(tmp_path: Path) -> None:
    content = approved_project(tmp_path)
    row = next(r for r in content.json("messages", "fever", "es") if r["target"] == "Descanse")
    content("decide", "recall", "fever", "es", "--message", row["id"], "--as", "doctor",
            "--reason", "wrong")  # fmt: skip
    content("sync")
    assert "#. recalled: wrong\n" in content.catalog("es").read_text("utf-8")


def test_a_lost_catalog_made_anew_says_how_to_have_its_words_again(tmp_path: Path) -> None:
    content = approved_project(tmp_path)
    before = content.catalog("es").read_bytes()
    content.catalog("es").unlink()
    _, said = content.say("sync")
    assert "es/LC_MESSAGES/fever.po: made anew and empty, though the ledger knows 9 texts" in said
    content.catalog("es").unlink()
    assert content("snapshot") == 0
    assert content.catalog("es").read_bytes() == before
