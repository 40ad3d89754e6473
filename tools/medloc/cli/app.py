"""The commands, registered; each imports its work where it is used, so that `--help` is quick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from medloc import __version__
from medloc.cli import (
    checking,
    content,
    decisions,
    exchange,
    keeping,
    notifying,
    proving,
    publishing,
    reviewing,
)

app = typer.Typer(
    name="medloc",
    help="Medical articles in many languages: only what was approved, word for word.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"medloc {__version__}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    project: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The content project; like `git -C`, it comes first."),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Medical articles in many languages: only what was approved, word for word."""
    context.obj = project


for group in (
    content,
    checking,
    decisions,
    exchange,
    publishing,
    proving,
    keeping,
    reviewing,
    notifying,
):
    group.register(app)
