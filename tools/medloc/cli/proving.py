"""Commands that prove: verify, trace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from medloc.cli.console import date_of, give, give_json, project_of, root_of, say
from medloc.errors import UsageError

if TYPE_CHECKING:
    from medloc.workflow.project import Project

_PAIRS_SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(verify)
    app.command()(trace)


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


def trace(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence as read, or part of it.")],
    locales: Annotated[
        list[str] | None,
        typer.Option("--locale", metavar="L", help="Only this locale (may be repeated)."),
    ] = None,
    at: Annotated[
        str, typer.Option(metavar="DATE", help="As it stood at the end of this day (UTC).")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON on stdout.")] = False,
) -> None:
    """Say who decided on a sentence: as what, when, why, for which source, on which pages."""
    from medloc.cli.traced import traced_json, traced_words
    from medloc.workflow.sources import read_sources
    from medloc.workflow.trace import trace as run

    project = project_of(context)
    day = date_of(at, "--at")
    result = run(project, read_sources(project), text, locales=locales or (), until=day)
    settings = project.settings
    if as_json:
        give_json([traced_json(traced) for traced in result.found])
    else:
        for traced in result.found[:_PAIRS_SHOWN]:
            locale = traced.pair.locale
            is_source = locale == settings.source.locale
            known = is_source or locale in settings.locales
            name = settings.language(locale).name if known else "a former language"
            for line in traced_words(traced, language=name, is_source=is_source, day=at):
                give(line)
        if len(result.found) > _PAIRS_SHOWN:
            say(
                f"{_PAIRS_SHOWN} of {len(result.found)} wordings are shown: give more of the "
                "sentence, name a --locale, or take them all with --json."
            )
    if not result.found:
        say(f"the ledger holds no wording with `{text}`{f' up to {at}' if at else ''}.")
        say(*(f"similar: {similar}" for similar in result.similar))
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
