"""The people of a project with their accounts, and the file of people written by a publisher.

Nobody is ever taken out: what somebody decided stands in the ledger under their id. Who leaves gets
a last day.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from medloc import files
from medloc.accounts import Account, Given
from medloc.errors import ConflictError, SettingsError, UsageError
from medloc.model import Person
from medloc.phrases import phrase
from medloc.settings import FILE_NAME, read_settings
from medloc.workflow.project import Project
from medloc.workflow.yaml_items import Value, item_lines, set_item

ROLE = "publisher"
"""Who may see and change people."""
_USUAL = ("translator", "linguistic", "medical", "editor", "terminologist", ROLE)


class OwnEndError(UsageError):
    """A publisher would take their own rights away: to be confirmed."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody and the state of their account: none, link (given, no password yet), open,
    suspended; `ended`: their last day has passed; `given` is the last link for them."""

    person: Person
    account: str
    last_seen: str = ""
    ended: bool = False
    given: Given | None = None


def may_edit(person: Person, source: str, today: dt.date) -> bool:
    """Whether somebody is a publisher on that day, as for a build: of the source language. Who
    publishes some languages only would else let themselves in as anybody."""
    return person.holds(ROLE, source, today)


def members(project: Project, accounts: Iterable[Account], *, today: dt.date) -> tuple[Member, ...]:
    """Everybody in the settings, in their order."""
    known = {account.person: account for account in accounts}
    return tuple(
        Member(
            person,
            _state(known.get(person.id)),
            known[person.id].last_seen if person.id in known else "",
            ended=person.until is not None and person.until < today,
            given=known[person.id].given if person.id in known else None,
        )
        for person in project.settings.people.values()
    )


def known_roles(project: Project) -> tuple[str, ...]:
    """The roles to choose from: the usual ones, those of the policy and those people have."""
    policy = project.settings.policy
    held = [role for person in project.settings.people.values() for role in person.roles]
    return tuple(dict.fromkeys([*_USUAL, *policy.normal, *policy.high_risk, *policy.source, *held]))


def people_file(project: Project) -> str:
    """The file of people, relative to the project; empty when they stand in medloc.yaml."""
    return next(iter(project.settings.files), "")


def people_stamp(project: Project) -> str:
    """What `set_person` compares with: SHA-256 of the file of people."""
    name = people_file(project)
    return hashlib.sha256(files.read(project.root / name, name=name)).hexdigest() if name else ""


def person_lines(person: Person) -> str:
    """A person as YAML, to be put below `people:` by hand."""
    return "\n".join(item_lines(_values(person)))


def set_person(
    project: Project,
    wanted: Person,
    *,
    new: bool,
    expect: str,
    actor: Person,
    today: dt.date,
    confirmed: bool = False,
) -> bool:
    """Write somebody into the file of people; False when they stand there just so.

    `expect` is the file's stamp when it was looked at. Raises OwnEndError when the actor would
    lose their own rights unless `confirmed`, ConflictError when the file is another by now,
    UsageError and SettingsError for what may not be or cannot be written.
    """
    name = people_file(project)
    if not name:
        raise UsageError(
            phrase("people stand in medloc.yaml itself, which is not written from here"),
            advice=phrase(
                "Add the lines by hand, or move the list into a file: `people: people.yaml`."
            ),
        )
    if not may_edit(actor, project.settings.source.locale, today):
        raise UsageError(
            phrase("{name} is no publisher", name=actor.name), advice=phrase("Ask one to do it.")
        )
    path = project.root / name
    data = files.read(path, name=name)
    known = project.settings.people.get(wanted.id)
    wanted = replace(wanted, name=" ".join(wanted.name.split()) or wanted.id)
    if known == wanted:
        return False
    if hashlib.sha256(data).hexdigest() != expect:
        raise ConflictError(
            phrase(
                "the people were changed by somebody else in the meantime; nothing was written."
            ),
            path=name,
            advice=phrase("Look at them as they are now, then do your change again."),
        )
    _refuse_identity(wanted, known, new=new)
    if wanted.id == actor.id and not confirmed:
        _refuse_own_end(wanted, actor)
    made = set_item(
        data.decode("utf-8-sig"),
        key="people",
        name=("id", wanted.id),
        values=_values(wanted),
        path=name,
        error=SettingsError,
        comment=f"{today.isoformat()} {'added' if new else 'changed'} by {actor.id}",
    )
    _prove(project, made, wanted)
    return files.save(path, data, made.encode(), locks=project.locks, name=name, root=project.root)


def _refuse_identity(wanted: Person, known: Person | None, *, new: bool) -> None:
    if new and known is not None:
        raise UsageError(
            phrase("somebody has the id `{id}` already", id=wanted.id),
            advice=phrase("Take another: an id is never given to a second person."),
        )
    if not new and known is None:
        raise UsageError(
            phrase("nobody has the id `{id}`", id=wanted.id), advice=phrase("Add them first.")
        )


def _refuse_own_end(wanted: Person, actor: Person) -> None:
    if ROLE not in wanted.roles or (wanted.until != actor.until and wanted.until is not None):
        raise OwnEndError(
            phrase("with this you would lose your own rights as a publisher"),
            advice=phrase("Confirm that you mean it."),
        )


def _prove(project: Project, made: str, wanted: Person) -> None:
    """Read the settings as they would be: everybody as before, and the one as wanted."""
    text = Path(project.root / FILE_NAME).read_text("utf-8-sig")
    people = read_settings(text, read_file=lambda _: made).people
    if dict(people) != {**project.settings.people, wanted.id: wanted}:
        raise SettingsError(
            phrase("somebody else would be changed too"),
            path=people_file(project),
            advice=phrase("Change the file by hand."),
        )


def _values(person: Person) -> dict[str, Value]:
    return {
        "id": person.id,
        "name": person.name if person.name != person.id else "",
        "email": person.email,
        "roles": person.roles,
        "locales": person.locales,
        "until": person.until.isoformat() if person.until else "",
    }


def _state(account: Account | None) -> str:
    if account is None:
        return "none"
    if account.suspended:
        return "suspended"
    return "open" if account.has_password else "link"
