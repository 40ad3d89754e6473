"""How people get into the review app: passwords, one-time links, sessions. The one door to argon2.

Who people are and what they may do is in the settings; here is only how they prove to be it. Of
passwords, links and sessions the file holds hashes, never the words themselves.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from medloc.errors import MedlocError
from medloc.phrases import phrase
from medloc.private_file import PrivateFile

if TYPE_CHECKING:
    from argon2 import PasswordHasher

FILE_NAME = "accounts.sqlite"  # beside medloc.yaml; not in git
SHORTEST = 12
"""Characters of a password (NIST SP 800-63B-4 wants 15 alone, 8 beside another factor)."""
LONGEST = 256
IDLE = dt.timedelta(minutes=30)
WHOLE = dt.timedelta(hours=12)
"""A session ends when nothing was done for IDLE, and in any case after WHOLE."""
LINK = dt.timedelta(hours=24)
_FREE_TRIES, _WINDOW, _LONGEST_WAIT = 5, dt.timedelta(minutes=15), 900
_TABLES = """
CREATE TABLE IF NOT EXISTS account (
  person TEXT PRIMARY KEY, password TEXT NOT NULL, suspended INTEGER NOT NULL, made TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS link (
  token TEXT PRIMARY KEY, person TEXT NOT NULL, until TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session (
  token TEXT PRIMARY KEY, person TEXT NOT NULL, made TEXT NOT NULL, seen TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS failure (who TEXT NOT NULL, at TEXT NOT NULL);
"""


class SignInError(MedlocError):
    """Somebody may not come in; the words are for them and tell nothing of accounts."""


@dataclass(frozen=True, slots=True)
class Account:
    """What is known of somebody's way in."""

    person: str
    has_password: bool
    suspended: bool
    last_seen: str = ""


class Accounts:
    """Accounts in a file of their own; `clock` gives the moment in UTC."""

    def __init__(self, path: Path, *, clock: Callable[[], dt.datetime] | None = None) -> None:
        self._file = PrivateFile(path, _TABLES)
        self._clock = clock or (lambda: dt.datetime.now(dt.UTC))

    def add(self, person: str) -> str:
        """A token for a one-time link by which somebody gets in and sets a password; opens a
        suspended account again. Earlier links of theirs are void."""
        token = secrets.token_urlsafe(32)
        now = self._clock()
        with self._file.writing() as file:
            file.execute(
                "INSERT INTO account VALUES (?, '', 0, ?) "
                "ON CONFLICT (person) DO UPDATE SET suspended = 0", (person, _text(now)),
            )  # fmt: skip
            file.execute("DELETE FROM link WHERE person = ?", (person,))
            file.execute("INSERT INTO link VALUES (?, ?, ?)",
                         (_hash(token), person, _text(now + LINK)))  # fmt: skip
        return token

    def suspend(self, person: str) -> None:
        """End somebody's sessions and links and let them in no more, by whatever way."""
        with self._file.writing() as file:
            file.execute(
                "INSERT INTO account VALUES (?, '', 1, ?) "
                "ON CONFLICT (person) DO UPDATE SET suspended = 1",
                (person, _text(self._clock())),
            )
            for table in ("link", "session"):
                file.execute(f"DELETE FROM {table} WHERE person = ?", (person,))

    def everybody(self) -> Sequence[Account]:
        """All accounts, by person."""
        rows = self._file.read(
            "SELECT person, password != '', suspended, (SELECT max(seen) FROM session "
            "WHERE session.person = account.person) FROM account ORDER BY person"
        )
        return [Account(who, bool(has), bool(shut), seen or "") for who, has, shut, seen in rows]

    def set_password(self, person: str, password: str) -> None:
        """Give somebody a password; their other sessions end. Raises SignInError."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise SignInError(
                phrase(
                    "a password has {shortest} to {longest} characters",
                    shortest=SHORTEST,
                    longest=LONGEST,
                ),
                advice=phrase("Take a few words that do not belong together."),
            )
        hashed = self._hasher.hash(password)
        with self._file.writing() as file:
            done = file.execute(
                "UPDATE account SET password = ? WHERE person = ? AND NOT suspended",
                (hashed, person),
            )
            if not done.rowcount:
                raise SignInError(
                    phrase("there is no open account"), advice=phrase("Ask for a link.")
                )
            file.execute("DELETE FROM session WHERE person = ?", (person,))

    def sign_in(self, person: str, password: str, *, address: str = "") -> str:
        """The token of a new session; raises SignInError, the same for all wrong guesses. After a
        few, whoever is guessed at and wherever it comes from has to wait."""
        names = [f"person {person}", f"address {address}"]
        self._refuse_haste(names)
        rows = self._file.read(
            "SELECT password FROM account WHERE person = ? AND NOT suspended AND password != ''",
            (person,),
        )
        if not self._fits(rows[0][0] if rows else self._nobodys, password) or not rows:
            with self._file.writing() as file:
                at = _text(self._clock())
                file.executemany("INSERT INTO failure VALUES (?, ?)", [(n, at) for n in names])
            raise SignInError(
                phrase("the name or the password is wrong"), advice=phrase("Try again.")
            )
        with self._file.writing() as file:
            file.execute("DELETE FROM failure WHERE who = ?", (names[0],))
        return self.begin(person)

    def may_enter(self, person: str) -> bool:
        """Whether nobody has suspended them; who comes in by another way needs no account."""
        rows = self._file.read("SELECT suspended FROM account WHERE person = ?", (person,))
        return not (rows and rows[0][0])

    def use_link(self, token: str) -> tuple[str, str]:
        """(person, token of a new session) for a link's token, which is then void; raises
        SignInError."""
        with self._file.writing() as file:
            row = file.execute(
                "SELECT link.person FROM link JOIN account USING (person) "
                "WHERE token = ? AND until >= ? AND NOT suspended",
                (_hash(token), _text(self._clock())),
            ).fetchone()
            file.execute("DELETE FROM link WHERE token = ?", (_hash(token),))
        if row is None:
            raise SignInError(
                phrase("the link has been used or is too old"), advice=phrase("Ask for another.")
            )
        return row[0], self.begin(row[0])

    def begin(self, person: str) -> str:
        """The token of a new session of somebody who has proved to be it elsewhere."""
        token, now = secrets.token_urlsafe(32), _text(self._clock())
        with self._file.writing() as file:
            file.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?)", (_hash(token), person, now, now)
            )
        return token

    def person_of(self, token: str) -> str:
        """Whose session it is, empty when it is nobody's or has ended; being asked keeps it
        alive."""
        if not token:
            return ""
        now = self._clock()
        rows = self._file.read(
            "SELECT session.person, seen FROM session LEFT JOIN account USING (person) "
            "WHERE token = ? AND seen >= ? AND session.made >= ? AND NOT coalesce(suspended, 0)",
            (_hash(token), _text(now - IDLE), _text(now - WHOLE)),
        )
        if not rows:
            return ""
        person, seen = rows[0]
        if dt.datetime.fromisoformat(seen) < now - IDLE / 30:  # not a write for every click
            with self._file.writing() as file:
                file.execute("UPDATE session SET seen = ? WHERE token = ?",
                             (_text(now), _hash(token)))  # fmt: skip
        return str(person)

    def end(self, token: str) -> None:
        """End a session."""
        with self._file.writing() as file:
            file.execute("DELETE FROM session WHERE token = ?", (_hash(token),))

    def _refuse_haste(self, names: Sequence[str]) -> None:
        """Refuse while too many guesses failed lately; each further one doubles the wait."""
        now = self._clock()
        for name in names:
            rows = self._file.read("SELECT at FROM failure WHERE who = ? AND at >= ? ORDER BY at",
                              (name, _text(now - _WINDOW)))  # fmt: skip
            beyond = len(rows) - _FREE_TRIES
            if beyond < 0:
                continue
            wait = dt.timedelta(seconds=min(_LONGEST_WAIT, 10 * 2 ** min(beyond, 10)))
            left = dt.datetime.fromisoformat(rows[-1][0]) + wait - now
            if left > dt.timedelta():
                raise SignInError(
                    phrase("too many wrong tries"),
                    advice=phrase("Wait {seconds} s.", seconds=max(1, int(left.total_seconds()))),
                )

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher, profiles

        return PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)

    @cached_property
    def _nobodys(self) -> str:
        """A password nobody has, so that an unknown name takes as long as a known one."""
        return self._hasher.hash(secrets.token_urlsafe(16))

    def _fits(self, hashed: str, password: str) -> bool:
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return self._hasher.verify(hashed, password[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False


def accounts_of(root: Path) -> Accounts:
    """The accounts of the project in a folder."""
    return Accounts(root / FILE_NAME)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _text(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
