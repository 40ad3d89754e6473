"""Commands about content: init, ids, sync, status, messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from medloc.cli.console import (
    date_of,
    give,
    give_json,
    now,
    project_of,
    say,
    say_notices,
    table,
)
from medloc.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt

    from medloc.workflow.project import Project
    from medloc.workflow.sources import Sources
    from medloc.workflow.sync import Price

Json = Annotated[bool, typer.Option("--json", help="JSON on stdout.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (init, ids, sync, status, messages):
        app.command()(command)


def init(folder: Annotated[Path, typer.Argument(metavar="DIR")]) -> None:
    """Make a new content project with one article."""
    from medloc.workflow.init import make_project

    made = make_project(folder)
    say(*(f"wrote {folder / name}" for name in made))
    say(f"Next: edit the article, then run `medloc --project {folder} sync`.")


def ids(
    context: typer.Context,
    write: Annotated[bool, typer.Option("--write", help="Write them into the articles.")] = False,
) -> None:
    """List headings without an explicit id; --write adds the ids they have now."""
    from medloc.workflow.ids import headings_without_id, save_ids
    from medloc.workflow.sources import read_sources

    project = project_of(context)
    sources = read_sources(project)
    found = 0
    for article in sources.articles.values():
        for heading in headings_without_id(article):
            found += 1
            give(f"{article.path}:{heading.line}: {{#{heading.id}}}")
        if write:
            save_ids(project.root, article, raw_html=project.settings.policy.raw_html)
    if write and found:
        say(f"{found} ids written: they are what the headings had, so no approval lapses.")
    _end(sources.refused, 1 if found and not write else 0)


def sync(
    context: typer.Context,
    locales: Annotated[list[str] | None, typer.Argument(metavar="[LOCALE]...")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if it would; say the price.")
    ] = False,
    author: Annotated[
        str, typer.Option("--as", metavar="PERSON", help="Who wrote the new wordings.")
    ] = "",
) -> None:
    """Extract templates and merge them into the catalogs."""
    from medloc.ledger import moment
    from medloc.workflow.sources import read_sources
    from medloc.workflow.sync import sync as run

    project = project_of(context)
    if author:
        _check_author(project, author, locales or ())
    clock = now()
    result = run(
        project,
        read_sources(project),
        locales=locales or (),
        check=check,
        author=author,
        at=moment(clock),
        today=clock.date(),
    )
    say_notices(result.notices)
    for name in result.written:
        give(name)
    counts = result.counts
    say(
        f"{'would write' if check else 'wrote'} {len(result.written)} files: "
        + ", ".join(f"{counts.get(kind, 0)} {words}" for kind, words in _KINDS.items())
    )
    if author:
        say(f"{result.proposed} wordings are recorded as written by {author}")
    if check:
        _say_price(result.price, counted=not result.troubles)
    _end(result.troubles, 1 if check and result.written else 0)


def _check_author(project: Project, author: str, locales: Sequence[str]) -> None:
    """Refuse somebody unknown, and a locale asked for by name that is not theirs."""
    person = project.settings.people.get(author)
    if person is None:
        known = ", ".join(project.settings.people) or "nobody yet"
        raise UsageError(f"--as: nobody has the id `{author}`", advice=f"Known: {known}.")
    for locale in project.locales(locales) if locales else ():
        if person.locales and locale not in person.locales:
            raise UsageError(
                f"--as: {author} does not work in {locale}",
                advice=f"Name their locales: medloc sync --as {author} {' '.join(person.locales)}",
            )


_KINDS = {
    "new": "new messages",
    "moved": "moved",
    "suggested": "to be read again",
    "emptied": "to be written again (numbers, units, negation or comparison changed)",
    "obsoleted": "obsolete",
}


_SHOWN = {
    "nothing": "comes down at the next build",
    "last_good": "falls back to its last good edition at the next build",
    "correcting": "says at the next build that it is being corrected (a statement of high risk "
    "has changed)",
    "withdrawn": "stays withdrawn",
}


def _say_price(price: Price, *, counted: bool) -> None:
    """The price of an edit; `counted` is whether nothing was left out for its errors."""
    if not counted:
        say("price: not counted is what has an error (below): mend it, then ask again")
    for locale, count in price.messages.items():
        say(f"price: {locale}: {count} messages to translate or read again")
    if price.messages:
        say(f"price: {price.words} source words, in {len(price.messages)} languages")
    for page in price.pages:
        risk = f", {page.high_risk} of them high risk" if page.high_risk else ""
        say(
            f"price: the page {page.article} ({page.locale}) {_SHOWN[page.shown]}, until "
            f"{page.messages} messages{risk} are approved"
        )
    if counted and not (price.messages or price.pages):
        say("price: nothing for translators or reviewers to do")


def status(
    context: typer.Context,
    due: Annotated[
        bool, typer.Option("--due", help="List the pages to be read again within 90 days.")
    ] = False,
    date: Annotated[str, typer.Option(metavar="D", help="With --due: as on this day.")] = "",
    as_json: Json = False,
) -> None:
    """Count the messages of each article and locale by standing."""
    from medloc.model import Standing
    from medloc.workflow.sources import read_sources
    from medloc.workflow.status import status as run

    project = project_of(context)
    sources = read_sources(project)
    if due:
        _due(project, sources, date_of(date, "--date") or now().date(), as_json=as_json)
        return
    if date:
        raise UsageError("--date says nothing here", advice="It belongs to --due.")
    report = run(project, sources)
    names = [standing.value for standing in Standing]
    if as_json:
        give_json([{"article": r.article, "locale": r.locale, **r.counts} for r in report.rows])
    else:
        head = ("article", "locale", *(name.replace("_", " ") for name in names))
        rows = [(r.article, r.locale, *(r.counts[name] for name in names)) for r in report.rows]
        give(table(head, rows))
        for article in sources.articles.values():
            for text in article.untranslated:
                say(f"{article.path}: stays in the source language (translate: off): {text[:70]}")
    _end(report.troubles)


def _due(project: Project, sources: Sources, today: dt.date, *, as_json: bool) -> None:
    from medloc.workflow.due import NOTICE, due_list

    found, troubles = due_list(project, sources, today=today)
    if as_json:
        give_json([{**asdict(one), "due": one.due.isoformat()} for one in found])
    elif found:
        head = ("article", "locale", "due", "days", "", "because")
        urgent = min(NOTICE)
        marks = ["overdue" if d.days < 0 else "soon" if d.days <= urgent else "" for d in found]
        rows = [
            (d.article, d.locale, d.due, d.days, mark, d.reason)
            for d, mark in zip(found, marks, strict=True)
        ]
        give(table(head, rows))
        say("Read each page, then: medloc decide reconfirm ARTICLE LOCALE --as PERSON")
    else:
        say(f"nothing is due within {max(NOTICE)} days of {today}")
    _end(troubles)


def messages(
    context: typer.Context,
    article: Annotated[str, typer.Argument(metavar="ARTICLE")],
    locale: Annotated[str, typer.Argument(metavar="LOCALE")],
    as_json: Json = False,
) -> None:
    """List the messages of an article: id, standing, risk, both texts, and the pair's hash."""
    from medloc.workflow.sources import read_sources
    from medloc.workflow.status import judged_messages, read_decisions
    from medloc.workflow.translations import wording_problem

    project = project_of(context)
    sources = read_sources(project)
    decisions = read_decisions(project)
    rows: list[dict[str, object]] = []
    for one in sources.select([article]):
        for name in project.locales([locale], source=True):
            for translation, verdict in judged_messages(project, one, name, decisions):
                pair, message = translation.pair, translation.message
                problem = "" if translation.empty else wording_problem(one, translation)
                rows.append(
                    {
                        "article": one.slug,
                        "locale": name,
                        "id": message.id,
                        "msgctxt": message.context,
                        "section": message.section,
                        "standing": verdict.standing.value,
                        "wanted": list(verdict.wanted),
                        "reason": verdict.reason or problem,
                        "high_risk": message.high_risk,
                        "source": pair.source,
                        "target": pair.target,
                        "pair": pair.hash,
                        "line": message.line,
                    }
                )
    if as_json:
        give_json(rows)
        return
    for row in rows:
        risk = " HIGH RISK" if row["high_risk"] else ""
        give(f"{row['id']}  {row['locale']}  {row['msgctxt']}  {row['standing']}{risk}")
        give(f"    {row['source']}\n    {row['target']}")
        if row["reason"]:
            give(f"    ! {row['reason']}")


def _end(troubles: tuple[Exception, ...], code: int = 0) -> None:
    """Say what could not be read (exit 2), or leave with `code`."""
    if troubles:
        say(*troubles)
        code = 2
    if code:
        raise typer.Exit(code)
