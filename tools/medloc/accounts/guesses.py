"""How often passwords may be guessed at: who guesses waits, and who is guessed at need not.

A guess is counted before it is judged, so that many at once are not more than one after another.
Counted are names, whether somebody has them or not, and addresses; not those of this machine: all
people share one when a proxy in front does not say where they are. In a browser in which somebody
has signed in before, their own tries are counted apart (OWASP calls it a device cookie): strangers
who guess at a name keep its owner out of none of their browsers. A one-time link never waits.
"""

from __future__ import annotations

import datetime as dt
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from medloc.accounts.refusing import SignInError
from medloc.accounts.writing import hashed, moment
from medloc.phrases import phrase
from medloc.private_file import PrivateFile

KNOWN_FOR = dt.timedelta(days=180)
"""How long a browser is known after somebody signed in there."""
TABLES = """
CREATE TABLE IF NOT EXISTS failure (who TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS device (
  token TEXT PRIMARY KEY, person TEXT NOT NULL, until TEXT NOT NULL) WITHOUT ROWID;
"""
_FREE_TRIES = {"person": 5, "device": 5, "address": 20}  # a ward may share an address
_WINDOW, _LONGEST_WAIT = dt.timedelta(minutes=15), 900
_NAME = 64  # characters of an id; a longer name is nobody's


@dataclass(frozen=True, slots=True)
class Guess:
    """A guess that was counted: by which names, and its rows."""

    names: tuple[str, ...]
    rows: tuple[int, ...]


class Guesses:
    """Counts in the file of accounts; `clock` gives the moment in UTC."""

    def __init__(self, file: PrivateFile, clock: Callable[[], dt.datetime]) -> None:
        self._file, self._clock = file, clock

    def count(self, person: str, *, address: str, device: str) -> Guess:
        """Count a guess; raises SignInError while there were too many lately. Each further one
        doubles the wait."""
        now = self._clock()
        with self._file.writing() as file:
            # Later than now: written by a clock that ran ahead and was put right.
            file.execute(
                "DELETE FROM failure WHERE at < ? OR at > ?", (moment(now - _WINDOW), moment(now))
            )
            names = _names(person, address, self._known(file, person, device, now))
            for name in names:
                _refuse_haste(file, name, now)
            rows = [
                file.execute("INSERT INTO failure VALUES (?, ?)", (name, moment(now))).lastrowid
                for name in names
            ]
        return Guess(names, tuple(row for row in rows if row is not None))

    def was_right(self, guess: Guess) -> None:
        """Take a guess back that was none, and those at the same name before it."""
        with self._file.writing() as file:
            file.execute("DELETE FROM failure WHERE who = ?", (guess.names[0],))
            file.executemany("DELETE FROM failure WHERE rowid = ?", [(r,) for r in guess.rows])

    def remember(self, person: str, device: str) -> str:
        """A token for the browser in which somebody has just signed in: the one it has, or
        another."""
        now = self._clock()
        with self._file.writing() as file:
            if self._known(file, person, device, now):
                return device
            token = secrets.token_urlsafe(32)
            file.execute("DELETE FROM device WHERE until < ?", (moment(now),))
            file.execute(
                "INSERT INTO device VALUES (?, ?, ?)",
                (hashed(token), person, moment(now + KNOWN_FOR)),
            )
        return token

    def _known(self, file: sqlite3.Connection, person: str, device: str, now: dt.datetime) -> str:
        """The hash of a device's token when it is known as that person's, else empty."""
        row = file.execute(
            "SELECT token FROM device WHERE token = ? AND person = ? AND until >= ?",
            (hashed(device), person, moment(now)),
        ).fetchone()
        return str(row[0]) if row else ""


def _names(person: str, address: str, device: str) -> tuple[str, ...]:
    if device:
        return (f"device {device}",)
    where = _network(address)
    return (f"person {person[:_NAME]}", *([f"address {where}"] if where else []))


def _network(address: str) -> str:
    """What counts as one address: of IPv6 what one household gets; empty for this machine's."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:_NAME]
    if found.is_loopback:
        return ""
    return str(ip_network((found, 64), strict=False) if found.version == 6 else found)


def _refuse_haste(file: sqlite3.Connection, name: str, now: dt.datetime) -> None:
    rows = file.execute("SELECT at FROM failure WHERE who = ? ORDER BY at", (name,)).fetchall()
    beyond = len(rows) - _FREE_TRIES[name.partition(" ")[0]]
    if beyond < 0:
        return
    wait = dt.timedelta(seconds=min(_LONGEST_WAIT, 10 * 2 ** min(beyond, 10)))
    left = dt.datetime.fromisoformat(rows[-1][0]) + wait - now
    if left > dt.timedelta():
        raise SignInError(
            phrase("too many wrong tries"),
            advice=phrase("Wait {seconds} s.", seconds=max(1, int(left.total_seconds()))),
        )
