"""Commands about decisions: decide, ledger."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from medloc.cli.console import account, date_of, give, give_json, now, project_of, say
from medloc.errors import UsageError

if TYPE_CHECKING:
    from medloc.errors import MedlocError
    from medloc.workflow.project import Project
    from medloc.workflow.sheet import Outcome


class Decision(StrEnum):
    """What can be decided on the command line."""

    APPROVE = "approve"
    WITHDRAW = "withdraw"
    REQUEST_CHANGES = "request-changes"
    COMMENT = "comment"
    WAIVE = "waive"
    CARRY_FORWARD = "carry-forward"
    RECALL = "recall"
    RESTORE = "restore"
    RECONFIRM = "reconfirm"


class Category(StrEnum):
    """The class of a request for changes."""

    UNSAFE = "unsafe"
    WRONG = "wrong"
    STYLE = "style"


class CommentKind(StrEnum):
    """What a comment is."""

    NOTE = "note"
    BACK_TRANSLATION = "back-translation"
    QUESTION = "question"
    ANSWER = "answer"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(decide)
    ledger = typer.Typer(help="Export, import and check the ledger.", no_args_is_help=True)
    for command in (export, import_, verify, bootstrap):
        ledger.command(name=command.__name__.rstrip("_"))(command)
    app.add_typer(ledger, name="ledger")


def decide(
    context: typer.Context,
    decision: Annotated[Decision, typer.Argument()],
    article: Annotated[str, typer.Argument(metavar="ARTICLE")],
    locale: Annotated[str, typer.Argument(metavar="LOCALE")],
    person: Annotated[str, typer.Option("--as", metavar="PERSON", help="Who decides.")],
    section: Annotated[
        str, typer.Option(metavar="ID", help="Only this section (or context).")
    ] = "",
    messages: Annotated[
        list[str] | None,
        typer.Option("--message", metavar="ID", help="Only this message (may be repeated)."),
    ] = None,
    expect: Annotated[
        str, typer.Option(metavar="PAIRHASH", help="Refuse unless the pair is still this one.")
    ] = "",
    event: Annotated[
        str, typer.Option(metavar="UUID", help="Makes a repeated command the same command.")
    ] = "",
    category: Annotated[
        Category,
        typer.Option(
            "--class", help="The class of a request for changes; style is kept as a comment."
        ),
    ] = Category.WRONG,
    comment: Annotated[
        CommentKind, typer.Option(help="What a comment is; an answer counts for all languages.")
    ] = CommentKind.NOTE,
    role: Annotated[
        str, typer.Option(metavar="ROLE", help="Decide in this role of yours, not in the first.")
    ] = "",
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why, or the comment.")] = "",
    check: Annotated[str, typer.Option(metavar="NAME", help="The finding that is waived.")] = "",
    moved: Annotated[
        bool, typer.Option("--moved", help="Carry forward all that only changed its place.")
    ] = False,
    by: Annotated[
        str, typer.Option(metavar="PERSON", help="Recall all that they wrote or approved.")
    ] = "",
    since: Annotated[str, typer.Option(metavar="DATE", help="With --by: from this day on.")] = "",
    words: Annotated[
        str, typer.Option(metavar="TEXT", help="Recall every wording that holds these words.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON on stdout.")] = False,
) -> None:
    """Decide on the exact words of an article in a locale (both may be patterns)."""
    from medloc.model import Kind
    from medloc.workflow.comments import Comment
    from medloc.workflow.decide import decide as run
    from medloc.workflow.requests import Request
    from medloc.workflow.sources import read_sources

    project = project_of(context)
    request = Request(
        kind=Kind(decision.value.replace("-", "_")),
        articles=(article,),
        locales=(locale,),
        actor=person,
        door=f"cli:{account()}",
        section=section,
        messages=tuple(messages or ()),
        expect=expect,
        event=event,
        category=category.value,
        reason=reason,
        check=check,
        comment=Comment(comment.value),
        role=role,
        moved=moved,
        by=by,
        since=date_of(since, "--since"),
        words=words,
    )
    sources = read_sources(project)
    outcome = run(project, sources, request, now=now())
    _say_outcome(outcome, as_json=as_json)
    if request.kind is Kind.RESTORE and outcome.done:
        say("it is shown again, if nothing else keeps it back, after: medloc build")
    troubles = [*outcome.troubles]
    if request.kind is Kind.RECALL and troubles:
        say("what stands in a file that cannot be read: recall its words by --words, or its page")
    if request.kind is Kind.RECALL and outcome.done:
        troubles += _take_down(project)
    if troubles:
        say(*troubles)
        raise typer.Exit(2)
    if outcome.refused:
        raise typer.Exit(1)


def _say_outcome(outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        give_json(
            {
                "done": [asdict(done) for done in outcome.done],
                "refused": [asdict(refused) for refused in outcome.refused],
            }
        )
    else:
        for done in outcome.done:
            give(f"{done.article} {done.locale} {done.message or 'page'}: event {done.number}")
        say(*outcome.notes)
        for refused in outcome.refused:
            about = f"{refused.article} {refused.locale} {refused.message or 'page'}"
            say(f"{about}: refused: {refused.reason}")
        say(f"{len(outcome.done)} done, {len(outcome.refused)} refused")


def _take_down(project: Project) -> tuple[MedlocError, ...]:
    """Take recalled words off the site, now, and say when they were gone."""
    from medloc.workflow.takedown import take_down

    def gone(path: str) -> None:
        say(f"taken down at {now():%H:%M:%S} UTC: {path}")

    result = take_down(project, now=now, on_gone=gone)
    output = project.settings.site.output
    if result.built is None and not result.troubles:
        say(f"there is no site in {output}/ to take it from; no build will show it")
    elif not result.gone and not result.troubles:
        say(
            f"no page in {output}/ showed it. If one still says what must go, recall it by the "
            "words: --words TEXT, or recall the whole page."
        )
    if result.built is not None:
        say(f"the site stands again since {now():%H:%M:%S} UTC, without the recalled words")
        if result.recorded:
            say(
                "Editions are recorded in this ledger: record this one too, medloc build --as "
                "PUBLISHER, and never put an earlier one back."
            )
    return result.troubles


File = Annotated[Path, typer.Argument(metavar="FILE")]


def export(context: typer.Context, file: File) -> None:
    """Write the ledger as JSON Lines: one event a line, oldest first."""
    from medloc import files
    from medloc.ledger import export_lines, open_ledger

    project = project_of(context)
    path = project.root / file
    if path.is_file() and path.read_bytes()[:9] not in (b"", b'{"actor":'):
        raise UsageError(
            "the file is there and is no export of a ledger", path=str(file), advice="Name another."
        )
    data = export_lines(open_ledger(project.settings.ledger, base=project.root))
    written = files.replace(path, data, name=str(file))
    count = data.count(b"\n")
    say(f"{file}: {count} events" if written else f"{file}: {count} events, unchanged")


def import_(context: typer.Context, file: File) -> None:
    """Append the events a JSON Lines export has beyond the ledger; refuses a fork."""
    from medloc.ledger import import_lines, open_ledger
    from medloc.workflow.importing import import_problem

    project = project_of(context)
    path = project.root / file
    if not path.is_file():
        raise UsageError("the file is missing", path=str(file), advice="Check its name.")
    ledger = open_ledger(project.settings.ledger, base=project.root)
    events = import_lines(
        ledger,
        path.read_bytes(),
        path=str(file),
        known_people=lambda event: import_problem(project, event),
    )
    say(f"{file}: {len(events)} new events")


def verify(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]")] = None,
) -> None:
    """Check the chain of the ledger, and that FILE (an export) is its beginning."""
    from medloc.errors import LedgerError
    from medloc.ledger import check_lines, open_ledger

    project = project_of(context)
    ledger = open_ledger(project.settings.ledger, base=project.root)
    number, head = len(ledger.events()), ledger.head()[1]
    if file is not None:
        path = project.root / file
        if not path.is_file():
            raise UsageError("the file is missing", path=str(file), advice="Check its name.")
        count = check_lines(ledger, path.read_bytes(), path=str(file))
        if count > number:
            raise LedgerError(
                f"the export has {count} events, the ledger only {number}",
                path=str(file),
                line=number + 1,
                advice="The ledger is an older one. Take the rest over: medloc ledger import FILE",
            )
    give(f"{number} events, head {head}")


def bootstrap(
    role: Annotated[str, typer.Argument(metavar="ROLE", help="The role medloc connects as.")],
) -> None:
    """Print the SQL by which the owner of a PostgreSQL database prepares it for medloc."""
    from medloc.ledger import bootstrap as sql

    give(sql(role))
