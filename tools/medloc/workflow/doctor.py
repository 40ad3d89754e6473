"""`medloc doctor`: what this installation and project are, and what in them wants a person."""

from __future__ import annotations

import datetime as dt
import platform
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import medloc
from medloc.errors import LedgerError, MedlocError
from medloc.ledger import open_ledger
from medloc.model import Event, Kind, Person
from medloc.workflow.findings import GLOSSARIES, context_of
from medloc.workflow.leftovers import Finding, find_leftovers
from medloc.workflow.project import Project
from medloc.workflow.sources import Sources

_PACKAGES = ("babel", "pyromark", "polib", "sqlalchemy", "streamlit", "psycopg")
_OPTIONAL = "psycopg"
_ENOUGH = {"INSERT", "SELECT"}
_NO_PERSONS = frozenset({Kind.SOURCE, Kind.PROPOSE})


@dataclass(frozen=True, slots=True)
class Health:
    """What was looked at: versions by name, the ledger's own words, who has ended, the open doors,
    and the findings."""

    versions: Mapping[str, str]
    ledger: Mapping[str, str | int]
    ended: tuple[str, ...]
    doors: tuple[str, ...]
    findings: tuple[Finding, ...]


def examine(project: Project, sources: Sources, *, today: dt.date) -> Health:
    """Look at everything and change nothing; what cannot be read is a finding, bad settings
    raise before."""
    versions = _versions()
    ledger, events, findings = _ledger(project)
    people = project.settings.people
    findings += [
        Finding("version", f"{name} is not installed", "Install medloc again.")
        for name in _PACKAGES
        if name not in versions and name != _OPTIONAL
    ]
    findings += [_finding("source", trouble) for trouble in sources.refused]
    findings += _people(people.values(), events)
    findings += _roles(project, today)
    findings += find_leftovers(project, sources)
    findings += _glossaries(project)
    ended = (p for p in people.values() if p.until is not None and p.until < today)
    return Health(
        versions,
        ledger,
        tuple(f"{p.id} ({p.until})" for p in ended),
        project.settings.policy.doors,
        tuple(findings),
    )


def _versions() -> dict[str, str]:
    found = {
        "medloc": medloc.__version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _ledger(project: Project) -> tuple[dict[str, str | int], tuple[Event, ...], list[Finding]]:
    ledger = open_ledger(project.settings.ledger, base=project.root)
    kind = "SQLite" if project.settings.ledger.startswith("sqlite:") else "PostgreSQL"
    about: dict[str, str | int] = {"kind": kind, "name": ledger.name}
    try:
        events = ledger.events()
        head = events[-1].hash if events else ""
        about |= {"events": len(events), "head": head, **ledger.describe()}
    except LedgerError as trouble:
        return about, (), [_finding("ledger", trouble)]
    return about, events, [*_rights(about), *_export(project, len(events))]


def _glossaries(project: Project) -> Iterator[Finding]:
    """Glossaries that the checks cannot read, and files that look like one and are not read."""
    for locale in project.locales():
        folder = project.root / project.settings.catalogs / locale
        try:
            context_of(project, locale)
        except MedlocError as trouble:
            yield _finding("glossary", trouble)
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            like = path.stem.lower() in ("glossary", "terms") or path.suffix.lower() == ".tbx"
            if path.name not in GLOSSARIES and like:
                name = path.relative_to(project.root).as_posix()
                yield Finding(
                    "glossary", f"{name} is not read", f"Name it one of: {', '.join(GLOSSARIES)}."
                )


def _rights(about: Mapping[str, str | int]) -> Iterator[Finding]:
    extra = {right for right in str(about.get("rights", "")).split(", ") if right} - _ENOUGH
    if extra:
        yield Finding(
            "ledger",
            f"the role {about['role']} may also {', '.join(sorted(extra))} events",
            "Let medloc connect as a role that may only read and append: medloc ledger bootstrap.",
        )


def _export(project: Project, count: int) -> Iterator[Finding]:
    """After cloning a project the export is ahead of the ledger."""
    name = f"{project.settings.catalogs}/decisions.jsonl"
    path = project.root / name
    lines = path.read_bytes().count(b"\n") if path.is_file() else 0
    if lines > count:
        yield Finding(
            "ledger",
            f"{name} holds {lines} events, the ledger {count}",
            f"Take them in: medloc ledger import {name}",
        )


def _people(people: Collection[Person], events: Sequence[Event]) -> Iterator[Finding]:
    for person in people:
        if not person.roles:
            advice = "They can decide nothing: give them roles, or end them with `until:`."
            yield Finding("people", f"{person.id} has no role", advice)
    known = {person.id for person in people}
    actors = (e.draft.actor for e in events if e.draft.kind not in _NO_PERSONS)
    for actor in sorted(set(actors) - known):
        yield Finding(
            "people",
            f"{actor} decided in the ledger and is not in `people`",
            "Put them back, ended with `until:`: who decided stays known, and exports import.",
        )


def _roles(project: Project, today: dt.date) -> Iterator[Finding]:
    """What keeps articles from ever being published: roles that nobody, or only one and the same
    person, could fill."""
    settings = project.settings
    policy = settings.policy
    if not policy.doors:
        yield Finding("policy", "no door is open", "Name one: `doors: [app]`.")
    nobody: dict[str, list[str]] = {}
    for locale in project.locales(source=True):
        is_source = locale == settings.source.locale
        for high_risk in (False,) if is_source else (False, True):
            roles = policy.roles_for(is_source=is_source, high_risk=high_risk)
            people = [p for p in settings.people.values() if _holds_any(p, roles, locale, today)]
            missing = [r for r in roles if not any(p.holds(r, locale, today) for p in people)]
            for role in missing:
                if locale not in nobody.setdefault(role, []):
                    nobody[role].append(locale)
            if not missing and not _can_fill(roles, people, locale, today):
                yield Finding(
                    "roles",
                    f"{', '.join(roles)} for {locale} are held by too few different people",
                    "Each role must be another person: give one of them to somebody else.",
                )
    for role, locales in nobody.items():
        yield Finding(
            "roles",
            f"nobody holds {role} for {', '.join(locales)}",
            "What wants it can never be published: give somebody the role in `people`.",
        )


def _holds_any(person: Person, roles: Sequence[str], locale: str, today: dt.date) -> bool:
    return any(person.holds(role, locale, today) for role in roles)


def _can_fill(roles: Sequence[str], people: Sequence[Person], locale: str, today: dt.date) -> bool:
    """Whether each role finds a person of its own."""
    if not roles:
        return True
    able = [person for person in people if person.holds(roles[0], locale, today)]
    return any(
        _can_fill(roles[1:], [p for p in people if p is not person], locale, today)
        for person in able
    )


def _finding(check: str, trouble: MedlocError) -> Finding:
    where = f"{trouble.path}:{trouble.line}: " if trouble.line else f"{trouble.path}: "
    return Finding(check, f"{where if trouble.path else ''}{trouble.found}", trouble.advice)
