"""The command notify: letters about what waits, printed or sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from medloc.cli.console import app_address, date_of, give, now, root_of, say
from medloc.errors import UsageError

if TYPE_CHECKING:
    from medloc.workflow.notify import Digest


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(notify)


def notify(
    context: typer.Context,
    people: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="PERSON", help="Only to this person (may be repeated)."),
    ] = None,
    link: Annotated[
        str,
        typer.Option(metavar="URL", help="Where the review app is, if not at `app.hosts` or here."),
    ] = "",
    smtp: Annotated[
        str, typer.Option(metavar="HOST:PORT", help="Send by this mail server (cron).")
    ] = "",
    sender: Annotated[
        str, typer.Option("--from", metavar="ADDRESS", help="With --smtp: who letters are from.")
    ] = "",
    date: Annotated[str, typer.Option(metavar="D", help="As on this day (YYYY-MM-DD).")] = "",
) -> None:
    """Tell everybody what waits for them: a text to paste, or letters. No text of an article."""
    from medloc.workflow.desk import Desk
    from medloc.workflow.due import due_list
    from medloc.workflow.notify import digests

    server = _server(smtp, sender)
    desk = Desk(root_of(context))
    settings = desk.project.settings
    unknown = set(people or ()) - settings.people.keys()
    if unknown:
        raise UsageError(
            f"--to: nobody has the id `{min(unknown)}`", advice="See: medloc people list"
        )
    link = link or app_address(desk.project)
    desk.refresh()
    today = date_of(date, "--date") or now().date()
    due, troubles = due_list(desk.project, desk.sources, today=today)
    found = digests(settings, desk.index, due, today=today)
    chosen = [one for one in found if not people or one.person.id in people]
    if not chosen:
        say("nothing waits for anybody" if not people else "nothing waits for them")
    failed = _send(chosen, server, sender, link) if server else _print(chosen, link)
    say(*troubles)
    if troubles or failed:
        raise typer.Exit(2)


def _server(smtp: str, sender: str) -> tuple[str, int] | None:
    """Host and port of the mail server, None when letters are only printed."""
    if bool(smtp) != bool(sender):
        raise UsageError(
            "--smtp and --from go together",
            advice="Say both: --smtp mail.example.org:25 --from medloc@example.org",
        )
    if not smtp:
        return None
    host, _, port = smtp.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise UsageError(
            f"--smtp: `{smtp}` is no HOST:PORT", advice="For example: --smtp localhost:25"
        )
    if sender.count("@") != 1 or not sender.isprintable() or " " in sender:
        raise UsageError(f"--from: `{sender}` is no address", advice="For example: a@example.org")
    return host.strip("[]"), int(port)


def _print(chosen: list[Digest], link: str) -> bool:
    from medloc.workflow.notify import letter, subject

    for digest in chosen:
        person = digest.person
        to = f"{person.name} <{person.email}>" if person.email else person.name or person.id
        give(f"To: {to}\nSubject: {subject(digest)}\n\n{letter(digest, link=link)}")
    return False


def _send(chosen: list[Digest], server: tuple[str, int], sender: str, link: str) -> bool:
    """Whether any letter could not be sent."""
    from medloc.workflow.mailing import send

    sent, failures = send(chosen, host=server[0], port=server[1], sender=sender, link=link)
    say(f"{len(sent)} letters sent{': ' if sent else ''}{', '.join(sent)}", *failures)
    return bool(failures)
