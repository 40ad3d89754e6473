"""Commands about pages: build, serve."""

from __future__ import annotations

from typing import Annotated

import typer

from medloc.cli.console import date_of, give, give_json, now, progress_of, root_of, say, say_notices


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(build)
    app.command()(serve)


def build(
    context: typer.Context,
    output: Annotated[
        str, typer.Option(metavar="DIR", help="Where the site goes (default: settings).")
    ] = "",
    publisher: Annotated[
        str, typer.Option("--as", metavar="PUBLISHER", help="Record this edition in the ledger.")
    ] = "",
    date: Annotated[str, typer.Option(metavar="D", help="Build as on this day (YYYY-MM-DD).")] = "",
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Leaflets too (PDF), one for each page (extra `pdf`).")
    ] = False,
    jobs: Annotated[
        int, typer.Option(metavar="N", help="Processes that make pages (0: one for each core).")
    ] = 0,
    cluster: Annotated[
        str, typer.Option(metavar="ADDRESS", help="A Dask scheduler whose workers make pages.")
    ] = "",
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 if any page is withheld.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON on stdout.")] = False,
) -> None:
    """Publish every page whose every word is approved; name the others and why."""
    from medloc.workflow.build import build as run

    moment = now()
    with progress_of("pages") as on_progress:
        result = run(
            root_of(context),
            output=output,
            publisher=publisher,
            pdf=pdf,
            jobs=jobs,
            cluster=cluster,
            today=date_of(date, "--date") or moment.date(),
            now=moment,
            on_progress=on_progress,
        )
    if as_json:
        give_json(result.as_json())
    else:
        for page in result.withheld:
            give(f"withheld: {page.article} ({page.locale}): {page.reason}")
        for path in result.down:
            say(f"taken down: {path}")
        if publisher:
            say(f"this edition is recorded in the ledger as published by {publisher}")
        say(
            f"{result.pages} pages; {result.written} files written, {result.unchanged} unchanged, "
            f"{result.removed} removed, {len(result.withheld)} pages withheld "
            f"({result.seconds:.2f} s)"
        )
    say_notices(result.notices)
    if result.troubles:
        say(*result.troubles)
        raise typer.Exit(2)
    if strict and result.withheld:
        raise typer.Exit(1)


def serve(
    context: typer.Context,
    drafts: Annotated[
        bool,
        typer.Option("--drafts", help="Every wording as it stands, watermarked, in memory only."),
    ] = False,
    port: Annotated[int, typer.Option(help="0 takes a free one.")] = 8000,
) -> None:
    """Look at the built site, and at what edits would make of it, on this machine only."""
    from medloc.workflow.live import serve_live

    def ready(address: str) -> None:
        say(f"{'drafts' if drafts else 'site'}: {address}   (Ctrl+C stops)")

    serve_live(
        root_of(context), drafts=drafts, port=port, today=now().date(), on_ready=ready, tell=say
    )
