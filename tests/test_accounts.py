"""Accounts: what lets somebody in, what does not, and what the file gives away."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from argon2 import PasswordHasher

from medloc.accounts import IDLE, LINK, WHOLE, Accounts, Given, SignInError
from medloc.accounts.guesses import TABLES, Guesses
from medloc.index import Index
from medloc.ledger.sqlite import SQLite
from medloc.private_file import PrivateFile

PASSWORD = "four words and a comma, say"


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def wait(self, time: dt.timedelta) -> None:
        self.now += time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Accounts:
    made = Accounts(tmp_path / "accounts.sqlite", clock=clock)
    # As the real one, but for time and memory: a test of its own has that.
    made._hashing.__dict__["_hasher"] = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    made.add("ana")
    made.set_password("ana", PASSWORD)
    return made


def test_right_password_begins_a_session(accounts: Accounts) -> None:
    assert accounts.person_of(accounts.sign_in("ana", PASSWORD)) == "ana"


@pytest.mark.parametrize(("person", "password"), [("ana", "wrong"), ("ben", PASSWORD), ("", "")])
def test_wrong_guesses_are_refused_in_the_same_words(
    accounts: Accounts, person: str, password: str
) -> None:
    with pytest.raises(SignInError, match="the name or the password is wrong"):
        accounts.sign_in(person, password)


def test_passwords_are_kept_as_rfc_9106_has_it(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "accounts.sqlite")
    accounts.add("ana")
    accounts.set_password("ana", PASSWORD)
    ((kept,),) = accounts._file.read("SELECT password FROM account")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_account_without_password_takes_none(accounts: Accounts) -> None:
    accounts.add("ben")
    with pytest.raises(SignInError):
        accounts.sign_in("ben", "")


@pytest.mark.parametrize("password", ["", "short", "x" * 300])
def test_bad_password_is_not_taken(accounts: Accounts, password: str) -> None:
    with pytest.raises(SignInError, match="12 to 256"):
        accounts.set_password("ana", password)


def test_session_ends_when_idle_and_after_its_whole_time(accounts: Accounts, clock: Clock) -> None:
    token = accounts.sign_in("ana", PASSWORD)
    clock.wait(IDLE - dt.timedelta(minutes=1))
    assert accounts.person_of(token) == "ana"
    clock.wait(IDLE - dt.timedelta(minutes=1))
    assert accounts.person_of(token) == "ana"  # being asked kept it alive
    clock.wait(IDLE + dt.timedelta(seconds=1))
    assert accounts.person_of(token) == ""
    token = accounts.sign_in("ana", PASSWORD)
    for _ in range(int(WHOLE / (IDLE / 2))):
        assert accounts.person_of(token) == "ana"
        clock.wait(IDLE / 2)
    clock.wait(dt.timedelta(seconds=1))
    assert accounts.person_of(token) == ""


@pytest.mark.parametrize("token", ["", "x", "'; DROP TABLE session; --"])
def test_other_tokens_are_nobodys(accounts: Accounts, token: str) -> None:
    assert accounts.person_of(token) == ""


def test_signing_out_ends_the_session(accounts: Accounts) -> None:
    one, two = accounts.sign_in("ana", PASSWORD), accounts.sign_in("ana", PASSWORD)
    accounts.end(one)
    assert (accounts.person_of(one), accounts.person_of(two)) == ("", "ana")


def test_new_password_ends_other_sessions(accounts: Accounts) -> None:
    token = accounts.sign_in("ana", PASSWORD)
    accounts.set_password("ana", PASSWORD + "!")
    assert accounts.person_of(token) == ""
    with pytest.raises(SignInError):
        accounts.sign_in("ana", PASSWORD)


def test_link_works_once_and_not_for_ever(accounts: Accounts, clock: Clock) -> None:
    person, token = accounts.use_link(accounts.add("ben"))
    assert (person, accounts.person_of(token)) == ("ben", "ben")
    link = accounts.add("ben")
    later = accounts.add("ben")
    for void in (link, "x"):
        with pytest.raises(SignInError, match="used or is too old"):
            accounts.use_link(void)
    clock.wait(LINK + dt.timedelta(seconds=1))
    with pytest.raises(SignInError):
        accounts.use_link(later)


def test_suspended_account_lets_nobody_in_by_any_way(accounts: Accounts) -> None:
    token, link = accounts.sign_in("ana", PASSWORD), accounts.add("ana")
    assert accounts.may_enter("ana")
    accounts.suspend("ana")
    assert not accounts.may_enter("ana")
    assert accounts.person_of(token) == ""
    with pytest.raises(SignInError):
        accounts.sign_in("ana", PASSWORD)
    with pytest.raises(SignInError):
        accounts.use_link(link)
    with pytest.raises(SignInError):
        accounts.set_password("ana", PASSWORD)
    assert accounts.person_of(accounts.begin("ana")) == ""
    assert [(a.person, a.suspended) for a in accounts.everybody()] == [("ana", True)]
    accounts.use_link(accounts.add("ana"))


def test_many_wrong_guesses_have_to_wait_longer_and_longer(
    accounts: Accounts, clock: Clock
) -> None:
    known = accounts.remember("ana")
    assert accounts.remember("ana", known) == known

    def guess(person: str, address: str) -> str:
        with pytest.raises(SignInError) as trouble:
            accounts.sign_in(person, "wrong", address=address)
        return str(trouble.value)

    for number in range(5):
        assert "wrong" in guess("ana", f"10.0.0.{number}")
    assert "Wait 10 s" in guess("ana", "10.0.0.9")
    with pytest.raises(SignInError, match="too many"):  # the right one has to wait as well
        accounts.sign_in("ana", PASSWORD)
    accounts.sign_in("ana", PASSWORD, device=known)  # but not where she signed in before
    with pytest.raises(SignInError, match="too many"):
        accounts.sign_in("ana", PASSWORD, device=accounts.remember("ben"))
    clock.wait(dt.timedelta(seconds=11))
    assert "password is wrong" in guess("ana", "10.0.0.9")
    assert "Wait 20 s" in guess("ana", "10.0.0.9")
    clock.wait(dt.timedelta(seconds=21))
    assert accounts.person_of(accounts.sign_in("ana", PASSWORD)) == "ana"
    for _ in range(5):
        with pytest.raises(SignInError, match="password is wrong"):
            accounts.sign_in("ana", "wrong", device=known)
    with pytest.raises(SignInError, match="too many"):
        accounts.sign_in("ana", PASSWORD, device=known)


@pytest.mark.parametrize(
    ("addresses", "limit"),
    [
        (["10.0.0.66"], 20),
        (["2001:db8::1", "2001:db8::2:0:0:1"], 20),  # one household
        (["10.0.0.1", "10.0.0.2"], 40),
        (["127.0.0.1", "::1", "", "127.0.0.9"], 200),  # a proxy in front: everybody
    ],
)
def test_guesses_at_other_names_keep_nobody_out_who_is_elsewhere(
    tmp_path: Path, clock: Clock, addresses: list[str], limit: int
) -> None:
    guesses = Guesses(PrivateFile(tmp_path / "x.sqlite", TABLES), clock)
    counted = 0
    with suppress(SignInError):
        for counted in range(200):
            guesses.count(f"p{counted}", address=addresses[counted % len(addresses)], device="")
        counted = 200
    assert counted == limit


def test_guess_is_counted_before_it_is_judged(accounts: Accounts) -> None:
    """Else many at once are judged before the first of them is counted."""
    judged = []

    def judge(hashed: str, password: str) -> bool:
        judged.append(password)
        with suppress(SignInError):
            accounts.sign_in("ana", f"{password}+")  # another one, while this one is judged
        return False

    accounts._hashing = SimpleNamespace(fits=judge)  # type: ignore[assignment]
    with pytest.raises(SignInError):
        accounts.sign_in("ana", "guess")
    assert len(judged) == 5


def test_long_names_leave_little_behind(accounts: Accounts, tmp_path: Path) -> None:
    with pytest.raises(SignInError):
        accounts.sign_in("a" * 10**6, "wrong", address="b" * 10**6)
    assert (tmp_path / "accounts.sqlite").stat().st_size < 10**6


def test_clock_that_ran_ahead_leaves_nobody_waiting_or_signed_in(
    accounts: Accounts, clock: Clock
) -> None:
    ahead = dt.timedelta(days=200)
    clock.wait(ahead)
    token, link = accounts.begin("ana"), accounts.add("ben")
    for _ in range(5):
        with pytest.raises(SignInError):
            accounts.sign_in("ana", "wrong")
    clock.wait(-ahead)
    assert accounts.person_of(token) == ""
    with pytest.raises(SignInError, match="used or is too old"):
        accounts.use_link(link)
    accounts.sign_in("ana", PASSWORD)


def test_links_say_who_gave_them_and_when_they_were_used(accounts: Accounts, clock: Clock) -> None:
    unused = accounts.add("ben", giver="cli:root")
    link = accounts.add("ben", giver="boss")
    clock.wait(dt.timedelta(minutes=1))
    _, token = accounts.use_link(link)
    with pytest.raises(SignInError):
        accounts.use_link(unused)
    nine, later = "2026-03-01T09:00:00.000+00:00", "2026-03-01T09:01:00.000+00:00"
    given = [Given("ben", "cli:root", nine), Given("ben", "boss", nine, later)]
    assert sorted(accounts.given("ben"), key=lambda one: one.used) == given
    assert accounts.way_of(token) == "link given by boss"
    changed = accounts.change_password(token, PASSWORD)
    assert accounts.way_of(changed) == "link given by boss"
    assert accounts.way_of(accounts.sign_in("ben", PASSWORD)) == "password"
    accounts.suspend("ben")
    accounts.add("ben", giver="eva")
    assert [one.giver for one in accounts.given("ben")][2:] == ["eva"]  # nothing is taken out


def test_password_is_changed_by_who_knows_the_old_one(accounts: Accounts) -> None:
    token = accounts.sign_in("ana", PASSWORD)
    for old in ("", "wrong"):
        with pytest.raises(SignInError, match="password is wrong"):
            accounts.change_password(token, PASSWORD + "!", old=old)
    changed = accounts.change_password(token, PASSWORD + "!", old=PASSWORD)
    assert (accounts.person_of(token), accounts.person_of(changed)) == ("", "ana")


def test_reopened_account_has_no_password(accounts: Accounts) -> None:
    accounts.suspend("ana")
    accounts.add("ana")
    assert [(a.has_password, a.suspended) for a in accounts.everybody()] == [(False, False)]
    with pytest.raises(SignInError):
        accounts.sign_in("ana", PASSWORD)


def test_what_is_over_is_forgotten(accounts: Accounts, clock: Clock) -> None:
    for _ in range(3):
        accounts.begin("ana")
        accounts.begin("ben")
    with pytest.raises(SignInError):
        accounts.sign_in("ana", "wrong")
    clock.wait(WHOLE)
    accounts.begin("ana")
    with pytest.raises(SignInError):
        accounts.sign_in("ben", "wrong")
    count = "SELECT (SELECT count(*) FROM {}) - (SELECT count(*) FROM {})".format
    assert accounts._file.read(count("session", "way")) == [(0,)]
    assert accounts._file.read("SELECT person, count(*) FROM session GROUP BY 1") == [
        ("ana", 1), ("ben", 3),
    ]  # fmt: skip
    assert accounts._file.read("SELECT count(*) FROM failure WHERE who = 'person ana'") == [(0,)]


def test_full_disk_signs_nobody_out(accounts: Accounts, clock: Clock, tmp_path: Path) -> None:
    token = accounts.begin("ana")
    clock.wait(IDLE / 2)
    with sqlite3.connect(tmp_path / "accounts.sqlite") as file:
        file.execute("CREATE TRIGGER full BEFORE UPDATE ON session "
                     "BEGIN SELECT x FROM nowhere; END")  # fmt: skip
    file.close()
    assert accounts.person_of(token) == "ana"


def test_file_holds_no_secret_and_is_read_by_its_owner_only(
    accounts: Accounts, tmp_path: Path
) -> None:
    secrets = [PASSWORD, accounts.sign_in("ana", PASSWORD), accounts.add("ben")]
    data = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not [secret for secret in secrets if secret.encode() in data]
    assert (tmp_path / "accounts.sqlite").stat().st_mode & 0o777 == 0o600


def test_ledger_and_index_are_made_for_their_owner_only(tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    old.touch(0o640)
    old.chmod(0o640)
    for name in ("ledger", "old"):
        SQLite(tmp_path / f"{name}.sqlite", name).open_writing().close()
    Index(tmp_path / "index.sqlite").stamps()
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob("*.sqlite")}
    assert modes == {"ledger.sqlite": 0o600, "index.sqlite": 0o600, "old.sqlite": 0o640}


def test_asking_before_the_first_account_makes_no_file(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "none.sqlite")
    assert accounts.person_of("x") == ""
    assert accounts.everybody() == []
    assert not list(tmp_path.iterdir())
