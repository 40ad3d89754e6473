"""The same site from a real scheduler and two worker processes, one of them killed half way."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from medloc.cluster import Cluster
from medloc.errors import UsageError
from medloc.workflow.build import build
from tests.content import ARTICLE, Content, approved_project
from tests.test_incremental import forget, site_of

TODAY = dt.date(2026, 3, 1)


@pytest.fixture
def processes() -> Iterator[list[subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []
    yield started
    for process in reversed(started):
        process.kill()
        process.communicate()


def start(processes: list[subprocess.Popen[str]], sign: str, *command: str) -> str:
    """Start a program of Dask; what it says of itself by `sign`."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command], stderr=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    processes.append(process)
    assert process.stderr is not None
    for line in process.stderr:
        found = re.search(sign, line)
        if found:
            return found[0]
    raise AssertionError(f"{command} ended")


def project(root: Path) -> Content:
    content = approved_project(root)
    for number in range(30):
        name = f"more-{number}"
        text = ARTICLE.replace("title: Fever", f"title: Number {number}")
        text = text.replace("<!-- risk: high -->\n", "")  # approved in one go
        content.write(f"source_content/{name}.md", text)
    content("decide", "approve", "*", "en", "--as", "editor")
    return content


def test_a_cluster_that_loses_a_worker_makes_the_same_site(
    tmp_path: Path, processes: list[subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = project(tmp_path / "project")
    now = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
    build(content.root, today=TODAY, now=now)
    alone = site_of(content)
    shutil.rmtree(content.root / "site")
    forget(content)

    scheduler = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
                 "--no-dashboard")  # fmt: skip
    address = start(processes, r"tcp://127\.0\.0\.1:\d+", *scheduler)
    worker = ("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny",
              "--no-dashboard", "--local-directory", str(tmp_path))  # fmt: skip
    for _ in range(2):
        start(processes, "Registered to", *worker)
    each, seen = Cluster.each, []

    def losing(
        self: Cluster, function: Callable[..., Any], common: object, tasks: Iterable[Any]
    ) -> Iterator[Any]:
        for result in each(self, function, common, tasks):
            seen.append(result.slug)
            if len(seen) == 3:
                processes[1].send_signal(signal.SIGKILL)
                processes[1].wait()
            yield result

    monkeypatch.setattr(Cluster, "each", losing)
    build(content.root, today=TODAY, now=now, cluster=address)
    assert len(set(seen)) == 31
    assert site_of(content) == alone


def test_a_cluster_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    content = approved_project(tmp_path)
    with pytest.raises(UsageError, match="--cluster: nonsense:// cannot be reached"):
        build(content.root, today=TODAY, now=dt.datetime.now(dt.UTC), cluster="nonsense://")
