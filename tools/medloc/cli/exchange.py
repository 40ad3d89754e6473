"""The commands import and export: what translators bring back from other tools, as a plan, then
written; what is approved, for other tools."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from medloc.cli.console import account, give, give_json, now, project_of, say
from medloc.errors import UsageError

if TYPE_CHECKING:
    from medloc.workflow.project import Project
    from medloc.workflow.returned import BroughtIn, Plan, Returned
    from medloc.workflow.sources import Sources


class Exchange(StrEnum):
    """What can be brought in."""

    PO = "po"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(name="import")(import_)
    app.command()(export)


class Form(StrEnum):
    """What can be given out."""

    MARKDOWN = "markdown"


def export(
    context: typer.Context,
    article: Annotated[str, typer.Argument(metavar="ARTICLE")],
    locale: Annotated[str, typer.Argument(metavar="LOCALE")],
    form: Annotated[Form, typer.Option("--format", help="What to write.")],
    output: Annotated[
        str, typer.Option(metavar="FILE", help="Where; a folder when patterns are given.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Every file and its fate.")] = False,
) -> None:
    """Write localized articles as Markdown, of approved words only; name the others and why."""
    from medloc.workflow.export_markdown import export_markdown, export_paths
    from medloc.workflow.sources import read_sources
    from medloc.workflow.status import read_decisions

    project = project_of(context)
    sources = read_sources(project)
    locales = project.locales([locale], source=True)
    pages = [(one, name) for one in sources.select([article]) for name in locales]
    folder = (project.root / output).is_dir() or set("*?[") & set(article + locale)
    paths = export_paths(project, output, pages, folder=bool(folder))
    decisions, today = read_decisions(project), now().date()
    done = [
        export_markdown(project, one, name, decisions, path=path, today=today)
        for (one, name), path in zip(pages, paths, strict=True)
    ]
    if as_json:
        give_json([asdict(one) for one in done])
    for one in done:
        if not one.reason and not as_json:
            give(one.path)
        elif one.reason:
            say(f"refused: {one.article} ({one.locale}): {one.reason}")
        if one.stale:
            say(f"{one.path} is from an earlier export: remove it, its words are not approved now")
    say(*sources.refused)
    if sources.refused:
        raise typer.Exit(2)
    if any(one.reason for one in done):
        raise typer.Exit(1)


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A PO file, or a zip of them.")],
    form: Annotated[Exchange, typer.Option("--format", help="What the file is.")],
    person: Annotated[str, typer.Option("--as", metavar="PERSON", help="Who translated.")],
    locale: Annotated[str, typer.Option(metavar="LOCALE", help="The only one expected.")] = "",
    message: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Of the conflicts, also this: the file's words stand."),
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Write it, as this person.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Every wording and its fate.")] = False,
) -> None:
    """Show what would become of wordings that came back; --apply writes the new and changed."""
    from medloc import files
    from medloc.workflow.parcels import MAX_UPLOAD, unpack
    from medloc.workflow.returned import Fate, bring_in, plan_returned
    from medloc.workflow.sources import read_sources

    project = project_of(context)
    _check_person(project, person)
    back = unpack(file.name, files.read(file, name=str(file), limit=MAX_UPLOAD))
    sources = read_sources(project)
    plan = plan_returned(project, sources, back.files, locale=locale)
    strange = set(message or ()) - {r.message for r in plan.rows if r.fate is Fate.CONFLICT}
    if strange:
        raise UsageError(f"--message: {min(strange)} is no conflict of this file",
                         advice="See which are: leave out --apply and --message.")  # fmt: skip
    done = None
    if apply:
        write = _writer(project, sources, person)
        done = bring_in(plan.rows, write, also=message or ())
    _report(plan, done, as_json=as_json)
    say(*plan.troubles)
    if plan.troubles:
        raise typer.Exit(2)
    left = (Fate.CONFLICT, Fate.STRUCTURE, Fate.UNKNOWN, Fate.STALE)
    written = done.written if done else ()
    if (done and done.refused) or any(r.fate in left and r not in written for r in plan.rows):
        raise typer.Exit(1)


def _check_person(project: Project, person: str) -> None:
    from medloc.workflow.returned import may_write

    known = project.settings.people.get(person)
    today = now().date()
    if known is None or not any(may_write(known, la, today) for la in project.settings.locales):
        raise UsageError(
            f"--as: `{person}` may not write wordings of any locale here",
            advice="Use an id from `people` in medloc.yaml that has a role.",
        )


def _writer(project: Project, sources: Sources, person: str) -> Callable[[Returned], object]:
    from medloc.workflow.editing import edit_wording

    door = f"cli:{account()}"
    return lambda row: edit_wording(
        project, sources, row.article, row.locale, row.message, row.wording,
        expect=row.expect, actor=person, door=door, now=now(),
    )  # fmt: skip


def _report(plan: Plan, done: BroughtIn | None, *, as_json: bool) -> None:
    from medloc.workflow.returned import WRITTEN

    written = done.written if done else ()
    refused = {id(row): str(trouble) for row, trouble in done.refused} if done else {}
    if as_json:
        give_json([
            {**asdict(row), "written": row in written, "refused": refused.get(id(row), "")}
            for row in plan.rows
        ])  # fmt: skip
    for row in plan.rows:
        if not as_json and (row.why or row.fate in WRITTEN):
            why = refused.get(id(row)) or row.why
            name = f"{row.file}:{row.line}: {row.fate.value}"
            give(f"{name}{' (written)' if row in written else ''}: {row.source[:60]!r}"
                 + (f" -- {why}" if why else ""))  # fmt: skip
            if why and row.stands and row.stands != row.wording:
                give(f"    stands: {row.stands}\n    file:   {row.wording}")
    counts = ", ".join(f"{number} {fate.value}" for fate, number in sorted(plan.counts.items()))
    say((counts or "nothing in it")
        + (f"; {len(written)} written" if done else "; nothing written: --apply does"))  # fmt: skip
