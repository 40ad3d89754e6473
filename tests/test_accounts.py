"""Accounts: what lets somebody in, what does not, and what the file gives away."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from medloc.accounts import IDLE, LINK, WHOLE, Accounts, SignInError

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
    def guess(person: str, address: str) -> str:
        with pytest.raises(SignInError) as trouble:
            accounts.sign_in(person, "wrong", address=address)
        return str(trouble.value)

    for number in range(5):
        assert "wrong" in guess("ana", f"10.0.0.{number}")
    assert "Wait 10 s" in guess("ana", "10.0.0.9")
    with pytest.raises(SignInError, match="too many"):  # the right one has to wait as well
        accounts.sign_in("ana", PASSWORD)
    clock.wait(dt.timedelta(seconds=11))
    assert "password is wrong" in guess("ana", "10.0.0.9")
    assert "Wait 20 s" in guess("ana", "10.0.0.9")
    clock.wait(dt.timedelta(seconds=21))
    assert accounts.person_of(accounts.sign_in("ana", PASSWORD)) == "ana"
    for number in range(5):
        guess(f"person{number}", "10.0.0.66")
    assert "too many" in guess("ana", "10.0.0.66")


def test_file_holds_no_secret_and_is_read_by_its_owner_only(
    accounts: Accounts, tmp_path: Path
) -> None:
    secrets = [PASSWORD, accounts.sign_in("ana", PASSWORD), accounts.add("ben")]
    data = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not [secret for secret in secrets if secret.encode() in data]
    assert (tmp_path / "accounts.sqlite").stat().st_mode & 0o777 == 0o600


def test_asking_before_the_first_account_makes_no_file(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "none.sqlite")
    assert accounts.person_of("x") == ""
    assert accounts.everybody() == []
    assert not list(tmp_path.iterdir())
