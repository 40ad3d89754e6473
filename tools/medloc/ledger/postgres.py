"""Everything that is PostgreSQL's alone: connecting, table and triggers, words for its errors.

The ledger is the table `event` of the schema `medloc`, made by the first transaction of a role that
may create schemas, or by the owner of the database who runs the SQL of `bootstrap`. Programs then
use a role that may SELECT and INSERT and nothing else. The password is best left out of the
address: libpq finds it in `PGPASSWORD` or `~/.pgpass`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from medloc.errors import LedgerError
from medloc.ledger.chain import ZERO

if TYPE_CHECKING:
    import sqlalchemy as sa

PATIENCE = 30.0
"""Seconds a program waits for another one that is writing."""
CONNECT_TIMEOUT = 10
"""Seconds to wait for a server that does not answer."""

_LOCK = 0x6D65646C6F63  # "medloc": the advisory lock every writer takes

_TABLE = """CREATE TABLE medloc.event (
  number bigint PRIMARY KEY,
  event_id text COLLATE "C" NOT NULL UNIQUE,
  previous text COLLATE "C" NOT NULL UNIQUE,
  hash text COLLATE "C" NOT NULL,
  body bytea NOT NULL
)"""
# The trigger takes the lock too, so that an INSERT by hand waits for its turn like everybody.
_IN_ORDER = f"""
DECLARE
  last_number bigint;
  last_hash text;
BEGIN
  PERFORM pg_advisory_xact_lock({_LOCK});
  SELECT number, hash INTO last_number, last_hash
    FROM medloc.event ORDER BY number DESC LIMIT 1;
  IF NEW.number IS DISTINCT FROM coalesce(last_number, 0) + 1
    OR NEW.previous IS DISTINCT FROM coalesce(last_hash, '{ZERO}')
    OR NEW.hash IS DISTINCT FROM encode(sha256(NEW.body), 'hex')
    OR EXISTS (SELECT FROM medloc.event WHERE event_id = NEW.event_id)
  THEN RAISE EXCEPTION 'medloc: events are appended in order';
  END IF;
  RETURN NEW;
END
"""
_UNCHANGED = """
BEGIN
  RAISE EXCEPTION 'medloc: events never change, % is refused', TG_OP;
END
"""
_FUNCTION = """CREATE FUNCTION medloc.{name}() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $medloc${source}$medloc$"""
# ALWAYS: `session_replication_role` does not switch them off.
SCHEMA = (
    "CREATE SCHEMA IF NOT EXISTS medloc",
    _TABLE,
    _FUNCTION.format(name="event_in_order", source=_IN_ORDER),
    _FUNCTION.format(name="event_unchanged", source=_UNCHANGED),
    "CREATE TRIGGER event_in_order BEFORE INSERT ON medloc.event "
    "FOR EACH ROW EXECUTE FUNCTION medloc.event_in_order()",
    "CREATE TRIGGER event_unchanged BEFORE UPDATE OR DELETE OR TRUNCATE ON medloc.event "
    "FOR EACH STATEMENT EXECUTE FUNCTION medloc.event_unchanged()",
    "ALTER TABLE medloc.event ENABLE ALWAYS TRIGGER event_in_order",
    "ALTER TABLE medloc.event ENABLE ALWAYS TRIGGER event_unchanged",
)

# What the catalogs of the server say of the schema, and what they must say. A table that is
# unlogged, has row security, or a child would lose, hide or add events.
_FOUND = """
WITH event AS (
  SELECT c.* FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'medloc' AND c.relname = 'event')
SELECT 'event', concat_ws(' ', relkind, relpersistence, relrowsecurity, relhassubclass) FROM event
UNION ALL SELECT 'event.' || attname,
  concat_ws(' ', attnum, pg_catalog.format_type(atttypid, atttypmod), attnotnull, attgenerated)
  FROM event JOIN pg_catalog.pg_attribute ON attrelid = event.oid
  WHERE attnum > 0 AND NOT attisdropped
UNION ALL SELECT conname, concat_ws(' ', contype, conkey, condeferrable)
  FROM event JOIN pg_catalog.pg_constraint ON conrelid = event.oid WHERE contype <> 'n'
UNION ALL SELECT tgname, concat_ws(' ', 'trigger', tgtype, tgenabled, tgfoid::regproc, tgattr,
  tgqual IS NULL)
  FROM event JOIN pg_catalog.pg_trigger ON tgrelid = event.oid WHERE NOT tgisinternal
UNION ALL SELECT rulename, 'rule'
  FROM event JOIN pg_catalog.pg_rewrite ON ev_class = event.oid
UNION ALL SELECT proname || '()', concat_ws(' ', proconfig, prosrc)
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname = 'medloc'
"""
# One connection reads in a transaction of its own; writers wait for the lock, then see all.
_DESCRIBED = """
SELECT current_setting('server_version') AS version,
  current_setting('transaction_isolation') AS isolation_reading,
  'read committed' AS isolation_writing,
  current_setting('fsync') AS fsync,
  current_setting('synchronous_commit') AS synchronous_commit,
  (SELECT string_agg(tgname, ', ' ORDER BY tgname) FROM pg_catalog.pg_trigger
    WHERE tgrelid = 'medloc.event'::regclass AND NOT tgisinternal) AS triggers,
  current_user AS role,
  (SELECT string_agg(name, ', ' ORDER BY name)
    FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) AS name
    WHERE has_table_privilege('medloc.event', name)) AS rights
"""
_PATH = '{"search_path=pg_catalog, pg_temp"}'
_EXPECTED = {
    "event": "r p f f",
    "event.number": "1 bigint t ",
    "event.event_id": "2 text t ",
    "event.previous": "3 text t ",
    "event.hash": "4 text t ",
    "event.body": "5 bytea t ",
    "event_pkey": "p {1} f",
    "event_event_id_key": "u {2} f",
    "event_previous_key": "u {3} f",
    "event_in_order": "trigger 7 A medloc.event_in_order  t",
    "event_unchanged": "trigger 58 A medloc.event_unchanged  t",
    "event_in_order()": f"{_PATH} {_IN_ORDER}",
    "event_unchanged()": f"{_PATH} {_UNCHANGED}",
}

# The connection of a machine that vanished, or of a laptop that sleeps, must not keep the ledger.
_PREPARE = """
SET LOCAL search_path = pg_catalog;
SET LOCAL lock_timeout = {patience};
SET LOCAL idle_in_transaction_session_timeout = '5min';
SET LOCAL tcp_keepalives_idle = 20;
SET LOCAL tcp_keepalives_interval = 5;
SET LOCAL tcp_keepalives_count = 4"""
# An acknowledged event must outlive a crash of the server, whatever the role's own setting is.
_HOLD = f"""{_PREPARE};
SELECT set_config('synchronous_commit', 'on', true)
  WHERE current_setting('synchronous_commit') = 'off';
SELECT pg_advisory_xact_lock({_LOCK})"""

_ADVICE = {
    "no password supplied": "Give it in PGPASSWORD or ~/.pgpass, or write `user:password@`.",
    "authentication failed": "Check the user, and the password in PGPASSWORD or ~/.pgpass.",
    "does not exist": "Check the names of user and database in medloc.yaml.",
    "too many": "Close other programs that use the server, or let it take more connections.",
}
_ADVICE_BY_CODE = {
    "42501": "The owner of the database runs the SQL of `medloc ledger bootstrap ROLE` once.",
    "55P03": "Another program kept it busy for {patience:.0f} seconds: end that one, try again.",
    "25006": "This server only takes reads: name the primary server in medloc.yaml.",
    "53100": "Free some disk space there, then try again; nothing of this command was stored.",
}
_AWAY = "Is the server running, and `ledger:` in medloc.yaml its address? Then try again."
_LOST = "The connection was lost before anything of this command was stored: try again."


class Postgres:
    """One PostgreSQL database as a place for a ledger; `name` is its address without password."""

    dialect = "postgresql+psycopg://"
    keeps = True
    schema = "medloc"
    table = "medloc.event"

    def __init__(self, url: sa.URL) -> None:
        self._url = url
        self.name = _shown(url)

    @cached_property
    def _dialect(self) -> Any:
        return self._url.get_dialect()()

    @cached_property
    def _driver(self) -> Any:
        try:
            return self._dialect.import_dbapi()
        except ImportError as error:
            raise LedgerError(
                f"the driver of PostgreSQL is not installed: {error}.",
                path=self.name,
                advice="Install it: `pip install 'medloc[postgres]'`.",
            ) from None

    @property
    def errors(self) -> type[Exception]:
        """What the driver raises."""
        found: type[Exception] = self._driver.Error
        return found

    def exists(self) -> bool:
        """Whether the table of events was made."""
        driver = self.open_reading()
        try:
            return not self.is_blank(driver)
        finally:
            driver.close()

    def open_reading(self) -> Any:
        """Open a connection that sees one state of the ledger, however many questions it asks."""
        driver = self._connect()
        driver.isolation_level, driver.read_only = 3, True  # REPEATABLE READ
        try:
            self._execute(driver, _PREPARE)
        except BaseException:
            driver.close()
            raise
        return driver

    def open_writing(self) -> Any:
        """Open a connection for `hold`."""
        driver = self._connect()
        driver.isolation_level, driver.read_only = 2, False  # READ COMMITTED: see after the lock
        return driver

    def hold(self, driver: Any) -> None:
        """Begin a transaction that has the ledger alone."""
        self._execute(driver, _HOLD)

    def holds(self, driver: Any) -> bool:
        """Whether the transaction still stands (an error ends it, and COMMIT would not say so)."""
        return bool(driver.info.transaction_status == 2)  # INTRANS

    def is_lost(self, driver: Any) -> bool:
        """Whether the connection broke."""
        return bool(driver.closed)

    def cursor(self, driver: Any) -> Any:
        """A cursor that gives bodies as bytes (twice as fast in binary)."""
        return driver.cursor(binary=True)

    def prepare(self, driver: Any) -> None:
        """Create the table in a database that has none yet; the transaction is the caller's."""
        fsync = driver.execute("SELECT current_setting('fsync')").fetchone()[0]
        if fsync != "on":
            raise LedgerError(
                "the server runs with fsync off: a crash could lose or damage decisions.",
                path=self.name,
                advice="Set `fsync = on` in its postgresql.conf.",
            )
        if self.is_blank(driver):
            for statement in SCHEMA:
                driver.execute(statement)

    def is_blank(self, driver: Any) -> bool:
        """Whether nothing was ever created; raises LedgerError unless the table is exactly ours."""
        found: dict[str, str] = {}
        for name, definition in driver.execute(_FOUND):
            found[name] = found.get(name, "") + definition
        if not found:
            return True
        for name, expected in _EXPECTED.items():
            if found.get(name) != expected:
                what = "is not as medloc made it" if name in found else "is missing"
                raise self._not_ours(f"{name!r} {what}")
        extra = found.keys() - _EXPECTED.keys()
        if extra:
            raise self._not_ours(f"{min(extra)!r} was added to the table of events")
        return False

    def finders(self, driver: Any) -> Mapping[str, str]:
        """None: a server reads all events to find those of an article."""
        return {}

    def describe(self, driver: Any) -> Mapping[str, str]:
        """The settings in force, the triggers, and what the role may do."""
        cursor = driver.execute(_DESCRIBED)
        names = [column[0] for column in cursor.description]
        return {name: str(value) for name, value in zip(names, cursor.fetchone(), strict=True)}

    def trouble(self, error: BaseException) -> LedgerError:
        """Say a database error in words; the password is in none of them."""
        text = " ".join(str(error).split()).rstrip(".")
        for secret in (self._url.password, self._url.query.get("password")):
            text = text.replace(str(secret), "***") if secret else text
        code = getattr(error, "sqlstate", None) or ""
        advice = next((a for sign, a in _ADVICE.items() if not code and sign in text), "")
        if not advice and isinstance(error, self._driver.OperationalError):
            advice = _LOST if code.startswith(("57", "08")) or "closed" in text else _AWAY
        advice = _ADVICE_BY_CODE.get(code, advice).format(patience=PATIENCE)
        return LedgerError(f"the ledger cannot be used: {text}.", path=self.name, advice=advice)

    def _connect(self) -> Any:
        _, options = self._dialect.create_connect_args(self._url)
        return self._driver.connect(
            **{
                "application_name": "medloc",
                "connect_timeout": CONNECT_TIMEOUT,
                "client_encoding": "UTF8",
                # Notice within half a minute that the other machine vanished.
                "keepalives_idle": 10,
                "keepalives_interval": 5,
                "keepalives_count": 3,
                "tcp_user_timeout": 25_000,
                **options,
            }
        )

    def _execute(self, driver: Any, statements: str) -> None:
        driver.execute(statements.format(patience=int(PATIENCE * 1000)))

    def _not_ours(self, found: str) -> LedgerError:
        return LedgerError(
            f"this database is not a whole medloc ledger: {found}.",
            path=self.name,
            advice="Set `ledger:` in medloc.yaml to another database, or restore this one from a "
            "backup or an export (`medloc ledger import` into a new database).",
        )


def bootstrap(role: str) -> str:
    """The SQL by which the owner of a new database makes the ledger, and lets `role` use it.

    The role must exist; it may then read and append, nothing else. Raises LedgerError for a name
    that cannot be one of a role.

    >>> print(bootstrap("clinic").splitlines()[-2])
    GRANT SELECT, INSERT ON medloc.event TO "clinic";
    """
    if not re.fullmatch(r"[^\x00-\x1f\x7f]{1,63}", role):
        raise LedgerError(f"{role!r} cannot be the name of a role.")
    name = '"' + role.replace('"', '""') + '"'
    grants = (
        f"GRANT USAGE ON SCHEMA medloc TO {name}",
        f"GRANT SELECT, INSERT ON medloc.event TO {name}",
    )
    return "".join(f"{part};\n" for part in ("BEGIN", *SCHEMA, *grants, "COMMIT"))


def open_address(url: str) -> Postgres:
    """The place that `postgresql+psycopg://user@host/database` names; nothing is connected yet."""
    import sqlalchemy as sa

    try:
        # An unescaped @ in a password would make a piece of it a host, which messages show.
        parsed = sa.make_url(url) if url.count("@") < 2 else None
    except (sa.exc.ArgumentError, ValueError):
        parsed = None
    if parsed is None or parsed.drivername != "postgresql+psycopg" or not parsed.database:
        raise LedgerError(
            f"the ledger is no address of a PostgreSQL database "
            f"(it begins with {url.partition(':')[0]!r}).",
            path="medloc.yaml",
            advice="Write it like `postgresql+psycopg://user@host/database`; in a password, "
            "@ is written %40, / %2F and : %3A.",
        )
    return Postgres(parsed)


def _shown(url: sa.URL) -> str:
    """The address without the password and without options, one of which may be a password."""
    import sqlalchemy as sa

    parts = (url.drivername, url.username, None, url.host, url.port, url.database)
    places = {name: url.query[name] for name in ("host", "port") if name in url.query}
    return sa.URL.create(*parts, query=places).render_as_string()
