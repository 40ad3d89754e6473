"""Commands that prove: verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from medloc.cli.console import give, give_json, root_of, say
from medloc.errors import UsageError

if TYPE_CHECKING:
    from medloc.workflow.project import Project


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(verify)


def verify(
    context: typer.Context,
    site: Annotated[Path, typer.Argument(metavar="SITE")],
    ledger: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A ledger or an export of it (default: settings)."),
    ] = None,
    anchor: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A root manifest kept from an earlier edition."),
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Build again elsewhere and compare every byte.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON on stdout.")] = False,
) -> None:
    """Prove a published folder against the ledger; name the first thing that is off."""
    from medloc.workflow.verify import verify as run

    project = _project(context, needed=ledger is None or rebuild)
    base = Path.cwd() if project is None else project.root
    result = run(
        base / site,
        project=project,
        ledger=None if ledger is None else base / ledger,
        anchor=None if anchor is None else base / anchor,
        rebuild=rebuild,
    )
    if as_json:
        give_json(result.as_json())
    elif result.failure is None:
        give(f"proved up to {result.level}: {result.pages} pages, {result.events} events")
    else:
        give(f"refused at {result.level}: {result.failure.file}")
        say(result.failure)
        if project is None:
            say(
                "Outside of its project nobody knows its units.yaml: before you act, repeat this "
                "inside of it (medloc --project DIR verify ...)."
            )
    if not result.ok:
        raise typer.Exit(1)


def _project(context: typer.Context, *, needed: bool) -> Project | None:
    """The project, None when there is none and a ledger's file is all that is asked for."""
    from medloc.workflow.project import open_project

    try:
        root = root_of(context)
    except UsageError:
        if needed or context.obj is not None:
            raise
        return None
    return open_project(root)
