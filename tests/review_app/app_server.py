"""The real review app in a process of its own, ended with whoever started it."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from medloc.accounts import accounts_of
from tests.content import Content

_READY = 60  # seconds; a shared machine may be slow


class AppServer:
    """`medloc review` for a project on a free port of this machine."""

    def __init__(self, content: Content, *, demo: bool = False) -> None:
        self.content = content
        self.demo = demo
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it is, without a slash at the end."""
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> Path:
        """What it said so far."""
        return self.content.root / ".medloc" / "server.log"

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> AppServer:
        """Start it, after `stop` on the same port again, and wait until it answers."""
        for _ in range(5):
            port = self.port or _free_port()
            if self._started(port):
                self.port = port
                return self
        raise RuntimeError(self.log.read_text("utf-8")[-3000:])

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it and all it has started; SIGKILL is a crash."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, how)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
        self._process = None

    def token(self, person: str) -> str:
        """The token of a new session of somebody: as if they had signed in."""
        return accounts_of(self.content.root).begin(person)

    def _started(self, port: int) -> bool:
        command = [sys.executable, "-m", "medloc", "--project", str(self.content.root), "review",
                   "--port", str(port), *(["--demo"] if self.demo else [])]  # fmt: skip
        if sys.platform == "linux" and shutil.which("setpriv"):
            # Whatever ends us ends the server.
            command = ["setpriv", "--pdeathsig", "KILL", "--", *command]
        self.log.parent.mkdir(exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, start_new_session=True, cwd=_CODE,
                env={**os.environ, "PYTHONPATH": f"{_CODE}/tools:{_CODE}"},
            )  # fmt: skip
        end = time.monotonic() + _READY
        while self._process.poll() is None:
            if _answers(port):
                return True
            if time.monotonic() > end:
                break
            time.sleep(0.05)
        self.stop(signal.SIGKILL)
        return False


_CODE = Path(__file__).resolve().parents[2]


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
