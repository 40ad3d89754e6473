"""Sessions: whose they are, how they were begun, and when they end."""

from __future__ import annotations

import datetime as dt
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import suppress

from medloc.accounts.writing import hashed, moment
from medloc.private_file import PrivateFile

IDLE = dt.timedelta(minutes=30)
WHOLE = dt.timedelta(hours=12)
"""A session ends when nothing was done for IDLE, and in any case after WHOLE."""
SLACK = dt.timedelta(minutes=1)
"""So far may a row lie in the future: clocks are put right by moments all the time."""
BY_LINK = "link"
TABLES = """
CREATE TABLE IF NOT EXISTS session (
  token TEXT PRIMARY KEY, person TEXT NOT NULL, made TEXT NOT NULL, seen TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS way (token TEXT PRIMARY KEY, way TEXT NOT NULL) WITHOUT ROWID;
"""


class Sessions:
    """The sessions in the file of accounts; `clock` gives the moment in UTC."""

    def __init__(self, file: PrivateFile, clock: Callable[[], dt.datetime]) -> None:
        self._file, self._clock = file, clock

    def begin(self, person: str, *, way: str = "") -> str:
        """The token of a new session of somebody who has proved in that way to be it."""
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._file.writing() as file:
            file.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?)",
                (hashed(token), person, moment(now), moment(now)),
            )
            file.execute("INSERT INTO way VALUES (?, ?)", (hashed(token), way))
            # Of each person the last one stays: it says when they were seen.
            file.execute(
                "DELETE FROM session WHERE made > ? OR ((made < ? OR seen < ?) AND seen < "
                "(SELECT max(seen) FROM session AS other WHERE other.person = session.person))",
                (moment(now + SLACK), moment(now - WHOLE), moment(now - IDLE)),
            )
            file.execute("DELETE FROM way WHERE token NOT IN (SELECT token FROM session)")
        return token

    def person_of(self, token: str) -> str:
        """Whose session it is, empty when it is nobody's or has ended; being asked keeps it
        alive."""
        if not token:
            return ""
        now = self._clock()
        latest = moment(now + SLACK)
        rows = self._file.read(
            "SELECT session.person, seen FROM session LEFT JOIN account USING (person) "
            "WHERE token = ? AND seen BETWEEN ? AND ? AND session.made BETWEEN ? AND ? "
            "AND NOT coalesce(suspended, 0)",
            (hashed(token), moment(now - IDLE), latest, moment(now - WHOLE), latest),
        )
        if not rows:
            return ""
        person, seen = rows[0]
        if dt.datetime.fromisoformat(seen) < now - IDLE / 30:  # not a write for every click
            # On a full disk nobody is signed out by this.
            with suppress(sqlite3.OperationalError), self._file.writing() as file:
                file.execute("UPDATE session SET seen = ? WHERE token = ?",
                             (moment(now), hashed(token)))  # fmt: skip
        return str(person)

    def way_of(self, token: str) -> str:
        """How somebody came in: `password`, `openid`, `proxy`, `link given by pub`; empty when it
        is not known."""
        rows = self._file.read("SELECT way FROM way WHERE token = ?", (hashed(token),))
        return str(rows[0][0]) if rows else ""

    def came_by_link(self, token: str) -> bool:
        """Whether it is the session of a one-time link."""
        return self.way_of(token).partition(" ")[0] == BY_LINK

    def end(self, token: str) -> None:
        """End a session."""
        with self._file.writing() as file:
            file.execute("DELETE FROM session WHERE token = ?", (hashed(token),))
