"""The file of accounts: who may come in, by what, and who let them."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from medloc.accounts import guesses, sessions
from medloc.accounts.guesses import Guesses
from medloc.accounts.hashing import Hashing
from medloc.accounts.refusing import SignInError
from medloc.accounts.sessions import BY_LINK, SLACK, Sessions
from medloc.accounts.writing import hashed, moment
from medloc.phrases import phrase
from medloc.private_file import PrivateFile

FILE_NAME = "accounts.sqlite"  # beside medloc.yaml; not in git
SHORTEST = 12
"""Characters of a password (NIST SP 800-63B-4 wants 15 alone, 8 beside another factor)."""
LONGEST = 256
LINK = dt.timedelta(hours=24)
# `given` keeps of every link who gave it and when it was used; nothing is taken out of it.
_TABLES = f"""
CREATE TABLE IF NOT EXISTS account (
  person TEXT PRIMARY KEY, password TEXT NOT NULL, suspended INTEGER NOT NULL, made TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS link (
  token TEXT PRIMARY KEY, person TEXT NOT NULL, until TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS given (
  token TEXT PRIMARY KEY, person TEXT NOT NULL, giver TEXT NOT NULL, made TEXT NOT NULL,
  used TEXT NOT NULL) WITHOUT ROWID;
{sessions.TABLES}
{guesses.TABLES}"""


@dataclass(frozen=True, slots=True)
class Given:
    """A one-time link: for whom, by whom (an id, or `cli:` and an account of the machine), when,
    and when it was used; moments in UTC as ISO 8601, empty for never."""

    person: str
    giver: str
    made: str
    used: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """What is known of somebody's way in; `given` is the last link for them."""

    person: str
    has_password: bool
    suspended: bool
    last_seen: str = ""
    given: Given | None = None


class Accounts(Sessions):
    """Accounts in a file of their own; `clock` gives the moment in UTC."""

    def __init__(self, path: Path, *, clock: Callable[[], dt.datetime] | None = None) -> None:
        super().__init__(PrivateFile(path, _TABLES), clock or (lambda: dt.datetime.now(dt.UTC)))
        self._guesses = Guesses(self._file, self._clock)
        self._hashing = Hashing()

    def add(self, person: str, *, giver: str = "") -> str:
        """A token for a one-time link by which somebody gets in and sets a password. It opens a
        suspended account again, whose old password is gone. Earlier links of theirs are void."""
        token = secrets.token_urlsafe(32)
        now = self._clock()
        with self._file.writing() as file:
            file.execute(
                "INSERT INTO account VALUES (?, '', 0, ?) ON CONFLICT (person) DO UPDATE SET "
                "password = CASE WHEN suspended THEN '' ELSE password END, suspended = 0",
                (person, moment(now)),
            )
            file.execute("DELETE FROM link WHERE person = ?", (person,))
            file.execute("INSERT INTO link VALUES (?, ?, ?)",
                         (hashed(token), person, moment(now + LINK)))  # fmt: skip
            file.execute("INSERT INTO given VALUES (?, ?, ?, ?, '')",
                         (hashed(token), person, giver, moment(now)))  # fmt: skip
        return token

    def suspend(self, person: str) -> None:
        """End somebody's sessions and links and let them in no more, by whatever way."""
        with self._file.writing() as file:
            file.execute(
                "INSERT INTO account VALUES (?, '', 1, ?) "
                "ON CONFLICT (person) DO UPDATE SET suspended = 1",
                (person, moment(self._clock())),
            )
            for table in ("link", "session", "device"):
                file.execute(f"DELETE FROM {table} WHERE person = ?", (person,))

    def everybody(self) -> Sequence[Account]:
        """All accounts, by person."""
        last = {given.person: given for given in self.given()}
        rows = self._file.read(
            "SELECT person, password != '', suspended, (SELECT max(seen) FROM session "
            "WHERE session.person = account.person) FROM account ORDER BY person"
        )
        return [
            Account(who, bool(has), bool(shut), seen or "", last.get(who))
            for who, has, shut, seen in rows
        ]

    def given(self, person: str = "") -> Sequence[Given]:
        """All links that were ever given, or somebody's; the latest last."""
        rows = self._file.read(
            "SELECT person, giver, made, used FROM given WHERE ? IN ('', person) ORDER BY made",
            (person,),
        )
        return [Given(*row) for row in rows]

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
        kept = self._hashing.hash(password)
        with self._file.writing() as file:
            done = file.execute(
                "UPDATE account SET password = ? WHERE person = ? AND NOT suspended",
                (kept, person),
            )
            if not done.rowcount:
                raise SignInError(
                    phrase("there is no open account"), advice=phrase("Ask for a link.")
                )
            for table in ("session", "device"):
                file.execute(f"DELETE FROM {table} WHERE person = ?", (person,))

    def change_password(self, token: str, password: str, *, old: str = "") -> str:
        """Set the password of whose session it is; the token of their new session. Who did not
        come by a link has to know the old one. Raises SignInError."""
        person, way = self.person_of(token), self.way_of(token)
        if not self.came_by_link(token):
            self._prove(person, old, address="", device="")
        self.set_password(person, password)
        return self.begin(person, way=way)

    def sign_in(self, person: str, password: str, *, address: str = "", device: str = "") -> str:
        """The token of a new session; raises SignInError, the same for all wrong guesses. After a
        few, whoever is guessed at and wherever it comes from has to wait (see `guesses`)."""
        self._prove(person, password, address=address, device=device)
        return self.begin(person, way="password")

    def remember(self, person: str, device: str = "") -> str:
        """A token for the browser in which somebody has signed in with their password."""
        return self._guesses.remember(person, device)

    def may_enter(self, person: str) -> bool:
        """Whether nobody has suspended them; who comes in by another way needs no account."""
        rows = self._file.read("SELECT suspended FROM account WHERE person = ?", (person,))
        return not (rows and rows[0][0])

    def use_link(self, token: str) -> tuple[str, str]:
        """(person, token of a new session) for a link's token, which is then void; raises
        SignInError."""
        now = self._clock()
        with self._file.writing() as file:
            row = file.execute(
                "SELECT link.person, giver FROM link JOIN account USING (person) "
                "LEFT JOIN given USING (token) "
                "WHERE token = ? AND until BETWEEN ? AND ? AND NOT suspended",
                (hashed(token), moment(now), moment(now + LINK + SLACK)),
            ).fetchone()
            file.execute("DELETE FROM link WHERE token = ?", (hashed(token),))
            if row is not None:
                file.execute(
                    "UPDATE given SET used = ? WHERE token = ?", (moment(now), hashed(token))
                )
        if row is None:
            raise SignInError(
                phrase("the link has been used or is too old"), advice=phrase("Ask for another.")
            )
        person, giver = row
        return person, self.begin(person, way=f"{BY_LINK} given by {giver}" if giver else BY_LINK)

    def _prove(self, person: str, password: str, *, address: str, device: str) -> None:
        guess = self._guesses.count(person, address=address, device=device)
        rows = self._file.read(
            "SELECT password FROM account WHERE person = ? AND NOT suspended AND password != ''",
            (person,),
        )
        if not self._hashing.fits(rows[0][0] if rows else "", password[: LONGEST + 1]):
            raise SignInError(
                phrase("the name or the password is wrong"), advice=phrase("Try again.")
            )
        self._guesses.was_right(guess)


def accounts_of(root: Path) -> Accounts:
    """The accounts of the project in a folder."""
    return Accounts(root / FILE_NAME)
