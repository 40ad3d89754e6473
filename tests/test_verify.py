"""`medloc verify`: what it says, and that it proves whatever the build may write."""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from medloc.cli import run
from tests.content import ARTICLE, Content, approved_project, small_project

DATE = ("--date", "2026-03-01")
SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made")
    content = approved_project(root)
    assert content("build", *DATE) == 0
    assert content("ledger", "export", "export.jsonl") == 0
    return root


@pytest.fixture
def content(made: Path, tmp_path: Path) -> Content:
    """A copy of a built project in which nobody recorded the edition."""
    shutil.copytree(made, tmp_path / "project")
    return Content(tmp_path / "project")


def say(content: Content, *arguments: str) -> tuple[int, str, str]:
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        code = content("verify", *arguments)
    return code, out.getvalue(), err.getvalue()


def files(root: Path) -> dict[Path, tuple[int, bytes]]:
    found = (path for path in root.rglob("*") if path.is_file() and ".medloc" not in path.parts)
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in found}


# --- what it says -------------------------------------------------------------------------------


def test_a_built_site_is_proved_and_nothing_is_written(content: Content) -> None:
    before = files(content.root)
    assert say(content, "site") == (0, "proved up to text: 3 pages, 75 events\n", "")
    assert say(content, "site", "--rebuild")[:2] == (
        0,
        "proved up to rebuild: 3 pages, 75 events\n",
    )
    assert content.json("verify", "site") == {"ok": True, "level": "text", "failure": None}
    assert files(content.root) == before


def test_a_refusal_names_everything_in_json(content: Content) -> None:
    page = content.root / "site/es/fever/index.html"
    page.write_bytes(page.read_bytes().replace(b"Descanse", b"Beba"))
    found = content.json("verify", "site")
    assert (found["ok"], found["level"]) == (False, "folder")
    assert found["failure"]["file"] == "es/fever/index.html"
    assert found["failure"]["message"] is None
    assert found["failure"]["event"] is None
    assert found["failure"]["expected"].startswith("SHA-256 ")


def test_a_refusal_says_what_to_do_in_words(content: Content) -> None:
    (content.root / "site/es/fever/index.html").unlink()
    code, out, err = say(content, "site")
    assert (code, out) == (1, "refused at folder: es/fever/index.html\n")
    assert err.startswith("es/fever/index.html: expected this file, found nothing. Take the site")


def test_a_broken_chain_names_the_event(content: Content) -> None:
    export = content.root / "export.jsonl"
    lines = export.read_bytes().splitlines(keepends=True)
    del lines[11]
    export.write_bytes(b"".join(lines))
    found = content.json("verify", "site", "--ledger", "export.jsonl")
    assert (found["level"], found["failure"]["event"]) == ("chain", 12)
    assert found["failure"]["file"] == "export.jsonl"


def test_a_message_that_is_not_approved_is_named(content: Content) -> None:
    """The policy of the manifest is what counts, and it asks for more than anybody gave."""
    manifest = content.root / "site/manifest.json"
    strict = manifest.read_text("utf-8").replace('"normal":["medical"]', '"normal":["legal"]')
    manifest.write_text(strict, "utf-8")
    failure = content.json("verify", "site")["failure"]
    assert failure["file"] == "ar/fever/proof.json"
    assert failure["message"] == "dbd5882f6bb3"
    assert failure["expected"] == "an approved wording"
    assert failure["found"] == "waiting, wanting legal: الحمى"


def test_a_deciding_event_of_another_place_is_named(content: Content) -> None:
    proof = content.root / "site/ar/fever/proof.json"
    edited = proof.read_bytes().replace(b'"events":[49]', b'"events":[51]', 1)
    assert edited != proof.read_bytes()
    replace_everywhere(content, proof, edited)
    found = content.json("verify", "site")
    assert found["level"] == "decisions"
    assert found["failure"] == {
        "file": "ar/fever/proof.json",
        "message": "dbd5882f6bb3",
        "event": 51,
        "expected": "a decision with the context `meta:title`",
        "found": "`meta:description`",
    }


def replace_everywhere(content: Content, path: Path, data: bytes) -> None:
    """Replace a file of the site, and its hash in every proof and manifest, the root's last."""
    old, new = (hashlib.sha256(one).hexdigest().encode() for one in (path.read_bytes(), data))
    path.write_bytes(data)
    for name in ("site/*/*/proof.json", "site/*/manifest.json", "site/manifest.json"):
        for above in sorted(content.root.glob(name)):
            if above != path and old in above.read_bytes():
                replace_everywhere(content, above, above.read_bytes().replace(old, new))


@pytest.mark.parametrize(
    "arguments",
    [
        ("nowhere",),
        ("site", "--ledger", "nowhere"),
        ("site", "--anchor", "nowhere"),
        ("site", "--anchor", "export.jsonl"),
        ("site", "--anchor", "site/es/fever/proof.json"),
    ],
)
def test_what_is_not_there_is_a_wrong_usage(content: Content, arguments: tuple[str, ...]) -> None:
    code, out, err = say(content, *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_a_project_without_its_ledger_is_a_wrong_usage(content: Content) -> None:
    (content.root / "ledger.sqlite").unlink()
    code, out, err = say(content, "site")
    assert (code, out) == (2, "")
    assert "the ledger is missing" in err
    assert not (content.root / "ledger.sqlite").exists()


def test_outside_a_project_an_export_is_enough(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = tmp_path / "alone"
    shutil.copytree(content.root / "site", alone / "site")
    shutil.copy(content.root / "export.jsonl", alone)
    monkeypatch.chdir(alone)
    with redirect_stdout(StringIO()) as out:
        assert run(["verify", "site", "--ledger", "export.jsonl", "--json"]) == 0
    assert json.loads(out.getvalue())["level"] == "text"
    with redirect_stderr(StringIO()):
        assert run(["verify", "site"]) == 2
        assert run(["verify", "site", "--ledger", "export.jsonl", "--rebuild"]) == 2


# --- what changes after the build ---------------------------------------------------------------


def test_later_decisions_leave_an_edition_proved(content: Content) -> None:
    assert content("decide", "withdraw", "fever", "es", "--as", "writer") == 0
    assert content("decide", "withdraw", "fever", "es", "--as", "doctor") == 0
    assert say(content, "site", "--rebuild")[0] == 0


def test_an_edited_catalog_is_seen_by_rebuild_alone(content: Content) -> None:
    content.translate("es", {"Rest": "Duerma"})
    assert say(content, "site")[0] == 0
    failure = content.json("verify", "site", "--rebuild")
    assert (failure["level"], failure["failure"]["file"]) == ("rebuild", "es/fever/index.html")


def test_other_versions_are_named_before_other_bytes(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    import medloc

    monkeypatch.setattr(medloc, "__version__", "9.9.9")
    failure = content.json("verify", "site", "--rebuild")["failure"]
    assert failure["file"] == "manifest.json"
    assert "9.9.9" in failure["found"]


def test_an_edition_must_be_published_once_one_was(content: Content) -> None:
    assert content("build", *DATE, "--as", "publisher") == 0
    assert say(content, "site")[0] == 0
    assert content("build", "--date", "2026-03-02") == 0
    found = content.json("verify", "site")
    assert (found["level"], found["failure"]["file"]) == ("folder", "manifest.json")
    assert "nobody published" in found["failure"]["found"]


def test_an_anchor_later_than_the_site_refuses_it(content: Content) -> None:
    shutil.copytree(content.root / "site", content.root / "kept")
    assert content("decide", "comment", "fever", "es", "--as", "doctor", "--reason", "x") == 0
    assert content("build", *DATE) == 0
    assert say(content, "site", "--anchor", "kept/manifest.json")[0] == 0
    found = content.json("verify", "kept", "--anchor", "site/manifest.json")
    assert (found["level"], found["failure"]["file"]) == ("anchors", "manifest.json")


# --- whatever the build may write is proved -----------------------------------------------------


def test_a_site_without_any_page_is_proved(tmp_path: Path) -> None:
    content = small_project(tmp_path)
    assert content("decide", "comment", "fever", "en", "--as", "doctor", "--reason", "x") == 0
    assert content("build", *DATE) == 0
    assert content.json("verify", "site", "--rebuild")["ok"]


def test_a_source_that_no_event_holds_is_proved_by_its_file(content: Content) -> None:
    content.write("source_content/fever.md", ARTICLE.replace("title:", "aliases: [heat]\ntitle:"))
    assert content("build", *DATE) == 0
    assert say(content, "site", "--rebuild")[0] == 0
    content.write("source_content/fever.md", ARTICLE)
    found = content.json("verify", "site")
    assert (found["level"], found["failure"]["file"]) == ("decisions", "ar/fever/proof.json")


@pytest.mark.parametrize("spelled", ["\ufeff" + ARTICLE, ARTICLE.replace("\n", "\r\n")])
def test_marks_and_line_ends_of_the_source_do_not_matter(content: Content, spelled: str) -> None:
    content.write("source_content/fever.md", spelled)
    assert content("build", *DATE) == 0
    content.write("source_content/fever.md", "---\ntitle: Other\n---\n\nOther.\n")
    assert say(content, "site")[0] == 0


RICH = """\
---
title: Chills & "fever"
aliases: [shivers, old/shivers]
---

![Curve](curve.svg) See [fever](fever.md#what), [fever](fever.md "T") and [here](chills.md#a).

## A {#a}

> [!WARNING]
> Do *not* wait.[^1]

## B {#b}

| A | B |
|---|--:|
| 1 | 2 |

### C *c* {#c}

<!-- translate: off -->
Untranslated text.
<!-- translate: on -->

## D {#d}

End.

[^1]: A note.
"""


def test_pictures_links_notes_tables_and_aliases_are_proved(content: Content) -> None:
    content.write("source_content/chills.md", RICH)
    content.write("source_content/curve.svg", SVG)
    assert content("sync") == 0
    rows = content.json("messages", "chills", "es")
    content.translate("es", {row["source"]: row["source"] for row in rows}, "chills")
    content.approve_all("en", "editor", article="chills")
    content.approve_all("es", "doctor", "linguist", "writer", article="chills")
    assert content("build", *DATE) == 0
    assert content.page("es", "chills") is not None
    assert say(content, "site", "--rebuild")[::2] == (0, "")
    picture = next(content.root.glob("site/assets/*.svg"))
    page = content.root / "site/es/chills/index.html"
    assert picture.name in page.read_text("utf-8")
    for old, new in (
        (b'">D</a></li>', b'">E</a></li>'),
        (b"<p>A note.", b"<p>No note."),
        (picture.name.encode(), b"0" * 16 + b".svg"),
        (b"fever/index.html#what", b"fever/index.html#help"),
    ):
        before = page.read_bytes()
        assert old in before
        replace_everywhere(content, page, before.replace(old, new, 1))
        found = content.json("verify", "site")
        assert (found["level"], found["failure"]["file"]) == ("text", "es/chills/index.html")
        replace_everywhere(content, page, before)
    assert say(content, "site")[0] == 0
