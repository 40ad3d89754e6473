"""What is PostgreSQL's alone: its table exactly ours, roles, lost connections, secret passwords."""

from __future__ import annotations

import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from medloc.errors import LedgerError
from medloc.ledger import Ledger, UncertainError, bootstrap, open_ledger, postgres, store
from tests import postgres as real
from tests.content import SETTINGS, small_project
from tests.test_ledger_homes import AT, PostgresHome, five, phrase

COLUMNS = "(number, event_id, previous, hash, body)"
NEXT = "(6, 'x', (SELECT hash FROM medloc.event WHERE number = 5), encode(sha256('y'), 'hex'), 'y')"


@pytest.fixture
def home(tmp_path: Path) -> PostgresHome:
    return PostgresHome(tmp_path)


def opened(address: str) -> Ledger:
    return open_ledger(address, base=Path("unused"))


def append(ledger: Ledger, *numbers: int) -> None:
    with ledger.transaction() as tx:
        tx.append([phrase(number) for number in numbers], at=AT)


# --- addresses and passwords -------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:s3cret@h/db",
        "postgres://u:s3cret@h/db",
        "postgresql+psycopg2://u:s3cret@h/db",
        "postgresql+psycopg://u:s3cret@h",
        "postgresql+psycopg://u:s3cret@h/",
        "postgresql+psycopg://u:pass@s3cret@h/db",
        "postgresql+psycopg://u:x@h:s3cret/db",
        "postgresql+psycopg:u:s3cret",
    ],
)
def test_address_that_cannot_be_a_ledger(url: str) -> None:
    with pytest.raises(LedgerError, match=r"medloc.yaml: .*postgresql\+psycopg://user@h") as caught:
        opened(url)
    assert "s3cret" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql+psycopg://u:s3cret@h:5433/db", "postgresql+psycopg://u@h:5433/db"),
        ("postgresql+psycopg://u:s3%40cret@h/db", "postgresql+psycopg://u@h/db"),
        ("postgresql+psycopg://h/db?password=s3cret&sslmode=require", "postgresql+psycopg://h/db"),
        ("postgresql+psycopg:///db?host=/run&user=u", "postgresql+psycopg:///db?host=%2Frun"),
    ],
)
def test_name_of_a_ledger_has_no_password(url: str, expected: str) -> None:
    assert opened(url).name == expected


def broken_addresses(server: real.Server) -> dict[str, tuple[str, str]]:
    good = server.address("postgres")
    at = f"@127.0.0.1:{server.port}/"
    return {
        "wrong password": (server.address("postgres", password="s3cret-x"), "PGPASSWORD"),
        "no password": (good.replace(f":{server.password}@", "@"), "PGPASSWORD"),
        "unknown user": (server.address("postgres", user="nobody"), "PGPASSWORD"),
        "unknown database": (server.address("nowhere"), "names of user and database"),
        "nothing listens": (good.replace(at, "@127.0.0.1:1/"), "Is the server running"),
        "unknown host": (good.replace(at, "@no-such-host.invalid/"), "Is the server running"),
        "unknown option": (f"{good}?colour=s3cret-x", "invalid connection option"),
    }


CASES = (
    "wrong password",
    "no password",
    "unknown user",
    "unknown database",
    "nothing listens",
    "unknown host",
    "unknown option",
)


@pytest.mark.parametrize("case", CASES)
def test_server_that_cannot_be_used_is_said_in_words(case: str, home: PostgresHome) -> None:
    url, expected = broken_addresses(home.server)[case]
    ledger = opened(url)
    start = time.monotonic()
    for use in (ledger.events, ledger.head, ledger.exists, ledger.transaction().__enter__):
        with pytest.raises(LedgerError, match="the ledger cannot be used") as caught:
            use()
        assert str(caught.value).startswith(ledger.name)
        assert expected in str(caught.value)
        assert "s3cret" not in "".join(traceback.format_exception(caught.value))
    assert time.monotonic() - start < 20


def test_server_that_takes_calls_and_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "CONNECT_TIMEOUT", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        start = time.monotonic()
        with pytest.raises(LedgerError, match="Is the server running"):
            opened(f"postgresql+psycopg://u:s3cret@127.0.0.1:{port}/db").events()
    assert time.monotonic() - start < 5


def test_driver_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    ledger = opened("postgresql+psycopg://u@h/db")
    for use in (ledger.events, ledger.transaction().__enter__):
        with pytest.raises(LedgerError, match=r"not installed.*pip install 'medloc\[postgres\]'"):
            use()


# --- the table ---------------------------------------------------------------------------------

EVENT = "medloc.event"
CHANGES = {
    "trigger dropped": (f"DROP TRIGGER event_in_order ON {EVENT}", "'event_in_order' is missing"),
    "trigger off": (
        f"ALTER TABLE {EVENT} DISABLE TRIGGER event_unchanged",
        "'event_unchanged' is not as",
    ),
    "trigger not always on": (
        f"ALTER TABLE {EVENT} ENABLE TRIGGER event_unchanged",
        "'event_unchanged' is not as",
    ),
    "trigger added": (
        f"CREATE TRIGGER more AFTER INSERT ON {EVENT} EXECUTE FUNCTION medloc.event_unchanged()",
        "'more' was added",
    ),
    "trigger with a condition": (
        f"CREATE OR REPLACE TRIGGER event_in_order BEFORE INSERT ON {EVENT} FOR EACH ROW "
        "WHEN (false) EXECUTE FUNCTION medloc.event_in_order()",
        "'event_in_order' is not as",
    ),
    "function weakened": (
        "CREATE OR REPLACE FUNCTION medloc.event_unchanged() RETURNS trigger LANGUAGE plpgsql "
        "SET search_path = pg_catalog, pg_temp AS 'BEGIN RETURN NEW; END'",
        r"'event_unchanged\(\)' is not as",
    ),
    "function with another path": (
        "ALTER FUNCTION medloc.event_in_order() RESET ALL",
        r"'event_in_order\(\)' is not as",
    ),
    "column added": (f"ALTER TABLE {EVENT} ADD note text", "'event.note' was added"),
    "column of another type": (
        f"ALTER TABLE {EVENT} ALTER hash TYPE varchar(64)",
        "'event.hash' is not as",
    ),
    "empty allowed": (f"ALTER TABLE {EVENT} ALTER body DROP NOT NULL", "'event.body' is not as"),
    "unique dropped": (
        f"ALTER TABLE {EVENT} DROP CONSTRAINT event_previous_key",
        "'event_previous_key' is missing",
    ),
    "lost in a crash": (f"ALTER TABLE {EVENT} SET UNLOGGED", "'event' is not as"),
    "rows hidden": (f"ALTER TABLE {EVENT} ENABLE ROW LEVEL SECURITY", "'event' is not as"),
    "rows of a child": (f"CREATE TABLE medloc.child () INHERITS ({EVENT})", "'event' is not as"),
    "rule": (f"CREATE RULE quiet AS ON INSERT TO {EVENT} DO INSTEAD NOTHING", "'quiet' was added"),
    "table dropped": (f"DROP TABLE {EVENT}", "'event' is missing"),
}


@pytest.mark.parametrize("case", CHANGES)
def test_table_that_is_not_ours(case: str, home: PostgresHome) -> None:
    statement, expected = CHANGES[case]
    ledger = five(home)
    home.sql(statement)
    for use in (ledger.events, ledger.transaction().__enter__):
        with pytest.raises(LedgerError, match=f"not a whole medloc ledger: {expected}"):
            use()


@pytest.mark.parametrize(
    "statement",
    ["TRUNCATE medloc.event", "TRUNCATE medloc.event CASCADE", "DELETE FROM medloc.event"],
)
def test_removal_is_refused_even_as_a_replica(statement: str, home: PostgresHome) -> None:
    ledger = five(home)
    with pytest.raises(psycopg.errors.RaiseException, match="events never change"):
        home.sql("SET LOCAL session_replication_role = replica", statement)
    assert ledger.head()[0] == 5


def test_a_hash_that_is_not_that_of_the_body_is_refused(home: PostgresHome) -> None:
    five(home)
    wrong = NEXT.replace("sha256('y')", "sha256('z')")
    with pytest.raises(psycopg.errors.RaiseException, match="appended in order"):
        home.sql(f"INSERT INTO event {COLUMNS} VALUES {wrong}")
    home.sql(f"INSERT INTO event {COLUMNS} VALUES {NEXT}")


def test_settings_in_force_while_writing(home: PostgresHome) -> None:
    home.open()
    with home.server.connect("ledger") as owner:
        for setting in (
            "synchronous_commit = off",
            "default_transaction_isolation = 'serializable'",
            "default_transaction_read_only = on",
            "lock_timeout = 0",
        ):
            owner.execute(f"ALTER DATABASE ledger SET {setting}")
    try:
        names = ("synchronous_commit", "transaction_isolation", "lock_timeout")
        with home.open().transaction() as tx:
            found = [tx._driver.execute(f"SHOW {name}").fetchone()[0] for name in names]
    finally:
        with home.server.connect("ledger", options="-c default_transaction_read_only=off") as owner:
            owner.execute("ALTER DATABASE ledger RESET ALL")
    assert found == ["on", "read committed", "30s"]


def test_a_server_that_may_forget_is_refused(home: PostgresHome) -> None:
    ledger = five(home)
    with home.server.connect() as owner:
        try:
            owner.execute("ALTER SYSTEM SET fsync = off")
            owner.execute("SELECT pg_reload_conf()")
            time.sleep(0.3)
            with pytest.raises(LedgerError, match="fsync off"):
                append(ledger, 6)
        finally:
            owner.execute("ALTER SYSTEM RESET fsync")
            owner.execute("SELECT pg_reload_conf()")
            time.sleep(0.3)
    assert ledger.head()[0] == 5


def test_waiting_for_another_writer_ends_in_words(
    home: PostgresHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "PATIENCE", 0.2)
    ledger = five(home)
    with (
        ledger.transaction(),
        pytest.raises(LedgerError, match=r"lock timeout.*Another program kept it busy"),
        ledger.transaction(),
    ):
        pass


def test_an_insert_by_hand_waits_for_its_turn(home: PostgresHome) -> None:
    ledger = five(home)
    with ledger.transaction() as tx:
        with pytest.raises(psycopg.errors.LockNotAvailable):
            home.sql("SET LOCAL lock_timeout = 200", f"INSERT INTO event {COLUMNS} VALUES {NEXT}")
        tx.append([phrase(6)], at=AT)
    assert ledger.head()[0] == 6


# --- roles -------------------------------------------------------------------------------------

ROLE = 'clinic "north"'


@pytest.fixture
def clinic(home: PostgresHome) -> Iterator[str]:
    """The address of an empty database for a role that the owner has given nothing yet."""
    home.address()
    role = ROLE.replace('"', '""')
    with home.server.connect("ledger") as owner:
        owner.execute(f"CREATE ROLE \"{role}\" LOGIN PASSWORD 's3cret-clinic'")
        try:
            yield home.server.address("ledger", user="clinic %22north%22", password="s3cret-clinic")
        finally:
            owner.execute(f'DROP OWNED BY "{role}"')
            owner.execute(f'DROP ROLE "{role}"')


def test_the_bootstrap_of_the_owner_lets_a_role_read_and_append(
    clinic: str, home: PostgresHome
) -> None:
    ledger = opened(clinic)
    with pytest.raises(LedgerError, match=r"permission denied.*medloc.ledger.bootstrap"):
        append(ledger, 1)
    with home.server.connect("ledger") as owner:
        owner.execute(bootstrap(ROLE).encode())
    append(ledger, 1, 2)
    assert ledger.events() == home.open().events()
    assert ledger.head()[0] == 2


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE medloc.event SET body = body", "permission denied"),
        ("DELETE FROM medloc.event", "permission denied"),
        ("TRUNCATE medloc.event", "permission denied"),
        (f"INSERT INTO medloc.event {COLUMNS} SELECT * FROM medloc.event", "appended in order"),
        ("ALTER TABLE medloc.event DISABLE TRIGGER ALL", "must be owner"),
        ("DROP TRIGGER event_in_order ON medloc.event", "must be owner"),
        ("DROP TABLE medloc.event", "must be owner"),
        ("DROP SCHEMA medloc CASCADE", "must be owner"),
        ("CREATE TABLE medloc.other ()", "permission denied"),
        ("CREATE INDEX ON medloc.event (hash)", "must be owner"),
        ("SET session_replication_role = replica", "permission denied"),
        (
            "CREATE OR REPLACE FUNCTION medloc.event_unchanged() RETURNS trigger LANGUAGE sql "
            "AS 'SELECT 1'",
            "permission denied",
        ),
    ],
)
def test_the_role_of_a_program_can_change_nothing(
    statement: str, expected: str, clinic: str, home: PostgresHome
) -> None:
    with home.server.connect("ledger") as owner:
        owner.execute(bootstrap(ROLE).encode())
    append(opened(clinic), 1, 2)
    before = home.open().bodies()
    with (
        home.server.connect("ledger", user=ROLE, password="s3cret-clinic") as connection,
        pytest.raises(psycopg.Error, match=expected),
    ):
        connection.execute(statement.encode())
    assert home.open().bodies() == before


@pytest.mark.parametrize("role", ["", "a\nb", "x" * 64])
def test_name_that_no_role_has(role: str) -> None:
    with pytest.raises(LedgerError, match="cannot be the name of a role"):
        bootstrap(role)


# --- broken connections ------------------------------------------------------------------------


class Proxy:
    """Stands between medloc and the server; ends the connection around the first COMMIT."""

    def __init__(self, port: int, *, forward: bool, closes: bool) -> None:
        self._server, self._forward, self._closes = port, forward, closes
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.cut = False
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._relay, args=(client,), daemon=True).start()

    def _relay(self, client: socket.socket) -> None:
        with ExitStack() as stack:
            stack.enter_context(client)
            server = stack.enter_context(socket.create_connection(("127.0.0.1", self._server)))
            back = threading.Thread(target=self._answer, args=(server, client), daemon=True)
            back.start()
            while data := _received(client):
                if b"COMMIT\0" in data and not self.cut:
                    self.cut = True
                    if self._closes:
                        self.close()
                    client.shutdown(socket.SHUT_RDWR)
                    if self._forward:
                        server.sendall(data)
                        time.sleep(0.3)
                    break
                server.sendall(data)
            server.shutdown(socket.SHUT_RDWR)
            back.join(5)

    def _answer(self, server: socket.socket, client: socket.socket) -> None:
        while data := _received(server):
            try:
                client.sendall(data)
            except OSError:
                return

    def close(self) -> None:
        try:
            self._listener.shutdown(socket.SHUT_RDWR)
        finally:
            self._listener.close()


def _received(one: socket.socket) -> bytes:
    try:
        return one.recv(65536)
    except OSError:
        return b""


@contextmanager
def cut_at_commit(home: PostgresHome, *, forward: bool, closes: bool = False) -> Iterator[Ledger]:
    append(home.open(), 1)
    proxy = Proxy(home.server.port, forward=forward, closes=closes)
    address = home.server.address("ledger").replace(f":{home.server.port}/", f":{proxy.port}/")
    try:
        yield opened(address)
    finally:
        assert proxy.cut
        if not closes:
            proxy.close()


def test_a_commit_whose_answer_was_lost_is_found_to_be_stored(home: PostgresHome) -> None:
    with cut_at_commit(home, forward=True) as ledger:
        append(ledger, 2, 3)
    assert home.open().head()[0] == 3


def test_a_commit_that_never_arrived_is_found_to_be_lost(home: PostgresHome) -> None:
    with cut_at_commit(home, forward=False) as ledger:
        with pytest.raises(LedgerError, match=r"connection was lost.*nothing was stored") as caught:
            append(ledger, 2, 3)
        assert not isinstance(caught.value, UncertainError)
        append(ledger, 2, 3)
    assert home.open().head()[0] == 3


@pytest.mark.parametrize("forward", [True, False])
def test_asking_again_after_an_uncertain_commit_stores_once(
    forward: bool, home: PostgresHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_SETTLE", 0.3)
    with (
        cut_at_commit(home, forward=forward, closes=True) as ledger,
        pytest.raises(UncertainError, match=r"2 events .*\(event-2, event-3\).*same event ids"),
    ):
        append(ledger, 2, 3)
    assert home.open().head()[0] == (3 if forward else 1)
    with home.open().transaction() as tx:
        events = tx.append([phrase(2), phrase(3)], at="2027-01-01T00:00:00Z")
    assert [event.number for event in events] == [2, 3]
    assert (events[0].at == AT) is forward
    assert home.open().head()[0] == 3


def during(home: PostgresHome, harm: Callable[[psycopg.Connection[object], int], None]) -> None:
    """Append, and do harm to the connection before it commits."""
    with home.server.connect("ledger") as owner, home.open().transaction() as tx:
        tx.append([phrase(6)], at=AT)
        harm(owner, tx._driver.info.backend_pid)
        tx.append([phrase(7)], at=AT)


def test_a_connection_that_ends_before_the_commit_stores_nothing(home: PostgresHome) -> None:
    ledger = five(home)

    def harm(owner: psycopg.Connection[object], process: int) -> None:
        owner.execute("SELECT pg_terminate_backend(%s, 5000)", [process])

    with pytest.raises(LedgerError, match=r"connection was lost before anything .* try again"):
        during(home, harm)
    assert ledger.head()[0] == 5


def test_a_transaction_that_the_database_gave_up_is_not_acknowledged(home: PostgresHome) -> None:
    ledger = five(home)

    def write() -> None:
        with ledger.transaction() as tx:
            tx.append([phrase(6)], at=AT)
            with pytest.raises(psycopg.Error):
                tx._driver.execute("SELECT 1/0")  # COMMIT would now say nothing, and roll back

    with pytest.raises(LedgerError, match="gave the transaction up: nothing of it was stored"):
        write()
    assert ledger.head()[0] == 5


def test_a_build_that_answers_from_its_record_has_asked_the_head(
    home: PostgresHome, tmp_path: Path
) -> None:
    content = small_project(tmp_path, settings=f"{SETTINGS}ledger: {home.address()}\n")
    assert content.page("en") is None
    assert content("build") in (0, 1)
    time.sleep(0.1)  # a record of files this young would be void
    content("build")
    content.approve_all("en", "editor")
    content("build")
    assert content.page("en") is not None
