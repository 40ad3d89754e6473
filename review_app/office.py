"""What all sessions of a server share: the open project and the accounts."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers

from medloc.accounts import Accounts, accounts_of
from medloc.workflow.desk import Desk

PROJECT = "MEDLOC_PROJECT"
DEMO = "MEDLOC_DEMO"


def desk() -> Desk:
    """The open project that the server was started for."""
    return _desk(os.environ[PROJECT])


def accounts() -> Accounts:
    """The accounts of that project."""
    return _accounts(os.environ[PROJECT])


def is_demo() -> bool:
    """Whether anybody may be anybody."""
    return bool(os.environ.get(DEMO))


@lru_cache(maxsize=4)
def _desk(root: str) -> Desk:
    return Desk(Path(root))


@lru_cache(maxsize=4)
def _accounts(root: str) -> Accounts:
    return accounts_of(Path(root))


def told(headers: Headers, address: str) -> str:
    """Whose request it is by the word of a trusted proxy; empty when there is none, and for people
    who are suspended or unknown."""
    settings = desk().settings
    app, people = settings.app, settings.people.values()
    if not app.header or address not in app.proxies:
        return ""
    lines = headers.getlist(app.header)
    # Two of them: the proxy left the client's own in.
    said = lines[0].strip().casefold() if len(lines) == 1 else ""
    found = [p.id for p in people if said and said in (p.id.casefold(), p.email.casefold())]
    return found[0] if len(found) == 1 and accounts().may_enter(found[0]) else ""


def proxies() -> tuple[str, ...]:
    """The addresses of proxies whose word counts."""
    return desk().settings.app.proxies
