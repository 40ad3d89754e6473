"""Commands that keep a project safe: snapshot, doctor."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from medloc.cli.console import give, give_json, now, project_of, say, say_notices

Json = Annotated[bool, typer.Option("--json", help="JSON on stdout.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(snapshot)
    app.command()(doctor)


def snapshot(
    context: typer.Context,
    commit: Annotated[
        bool, typer.Option("--commit", help="Commit catalogs, templates and decisions to git.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Make lost catalogs again from the ledger, and export it beside them."""
    from medloc.workflow.snapshot import take_snapshot
    from medloc.workflow.sources import read_sources

    project = project_of(context)
    taken = take_snapshot(project, read_sources(project), committing=commit)
    name = f"{project.settings.catalogs}/decisions.jsonl"
    if as_json:
        give_json(
            {
                "catalogs": [asdict(remade) for remade in taken.remade],
                "export": name,
                "events": taken.events,
                "head": taken.head,
                "exported": taken.exported,
                "commit": taken.commit,
            }
        )
    else:
        for remade in taken.remade:
            give(f"{remade.path}: made again, {remade.words} of {remade.messages} have words")
        grown = "" if taken.exported else ", unchanged"
        say(f"{name}: {taken.events} events, head {taken.head[:8]}{grown}")
        if commit:
            say(f"commit {taken.commit}" if taken.commit else "nothing to commit")
    say_notices(taken.notices)
    if taken.troubles:
        say(*taken.troubles)
        raise typer.Exit(2)
    if taken.notices:
        raise typer.Exit(1)


def doctor(context: typer.Context, as_json: Json = False) -> None:
    """Look at versions, ledger, people and leftovers; say what wants a person. Changes nothing."""
    from medloc.workflow.doctor import examine
    from medloc.workflow.sources import read_sources

    project = project_of(context)
    health = examine(project, read_sources(project), today=now().date())
    if as_json:
        give_json(
            {
                "ok": not health.findings,
                "versions": health.versions,
                "ledger": health.ledger,
                "ended": list(health.ended),
                "doors": list(health.doors),
                "findings": [asdict(finding) for finding in health.findings],
            }
        )
    else:
        give("versions: " + ", ".join(f"{name} {v}" for name, v in health.versions.items()))
        for name, value in health.ledger.items():
            give(f"ledger {name.replace('_', ' ')}: {value or 'none'}")
        give(f"approvals come in by: {', '.join(health.doors) or 'no door'}")
        give(f"people who have ended: {', '.join(health.ended) or 'nobody'}")
        for finding in health.findings:
            give(f"! {finding.check}: {finding.found.rstrip('.')}. {finding.advice}".rstrip())
        say(f"{len(health.findings)} things to do" if health.findings else "nothing to do")
    if health.findings:
        raise typer.Exit(1)
