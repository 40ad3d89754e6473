"""The documentation names only what is there, and the repository no place that is ours alone."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import typer

from medloc.cli.app import app
from medloc.settings import read_settings

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def known_commands() -> set[str]:
    command = typer.main.get_command(app)
    return set(getattr(command, "commands", {}))


# Words that follow the name where no command is meant.
PROSE = frozenset(["gives", "names", "is", "works", "sample", "as", "supports", "was"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_the_documentation_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    for name in re.findall(r"(?:^|[`/ ])medloc (?:--project \S+ )?([a-z]+)\b", text, re.MULTILINE):
        if f"medloc {name}" in text and name not in PROSE:
            assert name in known_commands(), f"{page.name}: medloc {name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_the_documentation_links_to_is_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        if not re.match(r"[a-z]+:", target) and "label" not in target:
            if target in {"address", "picture.svg"}:
                continue
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_settings_shown_to_operators_are_read() -> None:
    text = (ROOT / "docs/operator.md").read_text("utf-8")
    block = re.search(r"```yaml\n(source: en\n.*?)```", text, re.DOTALL)
    assert block is not None
    assert read_settings(block[1]).policy.grace == 90


def test_the_repository_names_no_host_of_packages_and_no_folder_of_a_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, check=True)
    hosts = re.compile(r"pypi\.(org|python)|registry\.npmjs|deb\.debian|files\.pythonhosted")
    places = re.compile(r"/(home|Users|root|work|opt)/[a-z]")
    for name in listed.stdout.decode().split():
        path = ROOT / name
        if path.suffix in {".png"} or path == Path(__file__).resolve() or not path.is_file():
            continue
        text = path.read_text("utf-8", errors="replace")
        for pattern in (hosts, places):
            found = pattern.search(text)
            assert found is None, f"{name}: {found[0]}"
