"""The commands review and people: the app, and who may sign in to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from medloc.cli.console import account, app_address, give, project_of, root_of, say, table
from medloc.errors import UsageError

if TYPE_CHECKING:
    from medloc.accounts import Account


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(review)
    people = typer.Typer(help="Accounts of the review app.", no_args_is_help=True)
    people.command(name="add")(add)
    people.command(name="list")(list_)
    people.command(name="suspend")(suspend)
    app.add_typer(people, name="people")


Port = Annotated[int, typer.Option(metavar="N", min=1, max=65535, help="The port on this machine.")]
Who = Annotated[str, typer.Argument(metavar="PERSON", help="An id from `people` in medloc.yaml.")]


def review(
    context: typer.Context,
    port: Port = 8501,
    demo: Annotated[
        bool, typer.Option("--demo", help="No passwords: anybody may be anybody. For samples.")
    ] = False,
    reindex: Annotated[
        bool, typer.Option("--reindex", help="Make the index of messages anew first.")
    ] = False,
) -> None:
    """Open the review app on this machine."""
    from review_app.server import serve

    root = root_of(context)
    project = project_of(context)
    if demo and not project.settings.site.demonstration:
        raise UsageError(
            "--demo: this project is no demonstration",
            advice="Add accounts: medloc people add PERSON. (Samples have "
            "`site.demonstration: true`.)",
        )

    def ready(address: str) -> None:
        say(f"The review app is at {address} (stop: Ctrl+C)")

    serve(root, port=port, demo=demo, reindex=reindex, on_ready=ready)


def add(context: typer.Context, person: Who, port: Port = 8501) -> None:
    """Let somebody in: prints a link that works once, for a day; they choose a password then."""
    from medloc.accounts import accounts_of

    project = project_of(context)
    known = project.settings.people
    if person not in known:
        raise UsageError(
            f"nobody has the id `{person}`",
            advice="Add them to `people` in medloc.yaml first, with their roles and locales: "
            f"- {{id: {person}, name: ..., roles: [medical], locales: [es]}}",
        )
    token = accounts_of(root_of(context)).add(person, giver=f"cli:{account()}")
    give(f"{app_address(project, port)}/link/{token}")
    say(f"Give this link to {known[person].name or person}: it works once, within 24 hours.")


def list_(context: typer.Context) -> None:
    """Everybody of `people`, with the state of their account."""
    from medloc.accounts import accounts_of

    project = project_of(context)
    accounts = {a.person: a for a in accounts_of(root_of(context)).everybody()}
    rows = []
    for person in project.settings.people.values():
        account = accounts.get(person.id)
        state = "no account"
        if account is not None:
            state = "password set" if account.has_password else "link given"
            state = "suspended" if account.suspended else state
        until = person.until.isoformat() if person.until else ""
        rows.append((person.id, " ".join(person.roles), " ".join(person.locales), until, state,
                     account.last_seen[:16] if account else "", _link(account)))  # fmt: skip
    give(table(("id", "roles", "locales", "until", "account", "last seen", "last link"), rows))


def _link(account: Account | None) -> str:
    """By whom the last link was given and when, and when it was used."""
    given = account.given if account else None
    if given is None:
        return ""
    used = f"used {given.used[:16]}" if given.used else "not used"
    return f"{given.giver or '?'} {given.made[:16]}, {used}"


def suspend(context: typer.Context, person: Who) -> None:
    """Let somebody in no more, from this moment; `people add` opens the account again."""
    from medloc.accounts import accounts_of

    if person not in project_of(context).settings.people:
        raise UsageError(f"nobody has the id `{person}`", advice="See: medloc people list")
    accounts_of(root_of(context)).suspend(person)
    say(f"{person} is signed out and cannot sign in any more. What they decided stands.")
