"""The command check, for projects and for lone PO files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from medloc.cli.console import give, say
from medloc.errors import UsageError

if TYPE_CHECKING:
    from medloc.model import Term
    from medloc.workflow.findings import Checked


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSONL = "jsonl"
    SARIF = "sarif"
    GITHUB = "github"


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(check)


def check(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="PO files or folders; none: the whole project."),
    ] = None,
    locale: Annotated[
        str, typer.Option(metavar="LOCALE", help="Only this locale; of lone files: theirs.")
    ] = "",
    glossary: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Terms (CSV, TBX, YAML) instead of the project's own."),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to write them.")] = Format.TEXT,
) -> None:
    """Find errors in translations: numbers, units, negation, terms, markup and more."""
    from medloc.cli.reports import REPORTS

    root = _root(context)
    base = context.obj or Path()
    named = [base / path for path in paths or ()]
    checked = _run(root, named, locale, base / glossary if glossary else None)
    for line in REPORTS[form.value](checked):
        give(line)
    _summarize(checked)
    if checked.troubles:
        say(*checked.troubles)
        raise typer.Exit(2)
    if checked.open:
        raise typer.Exit(1)


def _root(context: typer.Context) -> Path | None:
    """The project around, if there is one: lone files need none."""
    from medloc.cli.console import root_of

    named: Path | None = context.obj
    try:
        return root_of(context)
    except UsageError:
        if named is not None:
            raise
        return None


def _run(root: Path | None, paths: Sequence[Path], locale: str, glossary: Path | None) -> Checked:
    from medloc.workflow.check import check_files, check_project
    from medloc.workflow.findings import read_terms_file

    terms: tuple[Term, ...] | None = None
    if glossary is not None:
        terms = read_terms_file(glossary, name=str(glossary), locale=locale)
    if paths:
        return check_files(paths, root=root, locale=locale, terms=terms)
    if root is None:
        raise UsageError(
            "no medloc.yaml here or in a folder above, and no file was named",
            advice="Name PO files: medloc check es.po, or go into a content project.",
        )
    from medloc.workflow.project import open_project
    from medloc.workflow.sources import read_sources

    project = open_project(root)
    locales = [locale] if locale else []
    return check_project(project, read_sources(project), locales=locales, terms=terms)


def _summarize(checked: Checked) -> None:
    """What was done, in words: on stderr."""
    counts = Counter("waived" if f.waived else f.finding.severity.value for f in checked.found)
    say(
        f"{checked.pairs} translations checked"
        + (f", {checked.skipped} untranslated or stale ones left out" if checked.skipped else "")
        + ": "
        + (", ".join(f"{counts[k]} {_WORDS[k][counts[k] != 1]}" for k in _WORDS if counts[k])
           or "nothing found")
    )  # fmt: skip
    for locale, names in checked.silent:
        say(f"{locale}: no words of this language here, so these checks cannot work: "
            f"{', '.join(names)}")  # fmt: skip


_WORDS = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "info": ("note", "notes"),
    "waived": ("waived", "waived"),
}
