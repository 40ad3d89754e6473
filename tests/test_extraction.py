"""`pybabel extract` on articles: the real command finds what `sync` writes into templates."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from medloc.catalogs import read_catalog
from medloc.errors import UsageError
from medloc.workflow.extraction import extract_messages
from tests.content import Content, small_project

REPOSITORY = Path(__file__).resolve().parents[1]
Found = tuple[str, str, str, list[str]]


def pybabel(root: Path, template: Path, source: str = ".") -> subprocess.CompletedProcess[bytes]:
    command = Path(sys.executable).with_name("pybabel")
    mapping = REPOSITORY / "babel.cfg"
    return subprocess.run(
        [command, "extract", "--no-wrap", "-F", mapping, "-o", template, source],
        cwd=root,
        capture_output=True,
        check=False,
    )


def messages(template: Path) -> list[Found]:
    catalog = read_catalog(template, name=template.name)
    return [
        # Babel wraps comments, even with --no-wrap, and adds lines to references.
        (
            e.context,
            e.msgid,
            " ".join(e.comments),
            [r.partition(":")[0] for r in e.references],
        )
        for e in catalog.entries
    ]


@pytest.mark.parametrize("article", ["clonus", "spasticity"])
def test_pybabel_finds_what_sync_writes_into_the_templates_of_the_sample(
    article: str, tmp_path: Path
) -> None:
    done = pybabel(REPOSITORY, tmp_path / "one.pot", f"source_content/{article}.md")
    assert done.returncode == 0, done.stderr.decode()
    found = messages(tmp_path / "one.pot")
    assert len(found) > 20
    assert found == messages(REPOSITORY / f"locales/templates/{article}.pot")


def test_lines_are_those_of_the_blocks_and_values_stand_in_comments(tmp_path: Path) -> None:
    content = small_project(tmp_path)
    content("sync")
    template = tmp_path / "fever.pot"
    assert pybabel(content.root, template).returncode == 0
    assert messages(template) == messages(content.root / "locales/templates/fever.pot")
    entries = {e.msgid: e for e in read_catalog(template, name=template.name).entries}
    dose = entries["[Call for help][help] at once. Take {dose}."]
    line = content.root.joinpath("source_content/fever.md").read_text().split("\n").index(
        "[Call for help][help] at once. Take {dose}."
    ) + 1  # fmt: skip
    assert dose.references == (f"source_content/fever.md:{line}",)
    assert dose.flags == ("python-brace-format",)
    assert "high risk: two people check this message" in dose.comments


def test_article_that_sync_refuses_stops_pybabel_with_its_place(tmp_path: Path) -> None:
    content: Content = small_project(tmp_path)
    content.write("source_content/fever.md", "---\ntitle: Fever\n---\n\n<p>Hidden words</p>\n")
    done = pybabel(content.root, tmp_path / "x.pot")
    assert done.returncode != 0
    assert b"source_content/fever.md:5: raw HTML holds text" in done.stderr


def test_file_outside_of_the_content_folder_is_no_article(tmp_path: Path) -> None:
    content = small_project(tmp_path)
    content.write("README.md", "# Words\n")
    with (content.root / "README.md").open("rb") as file, pytest.raises(UsageError):
        list(extract_messages(file, ["pgettext"], [], {}))
