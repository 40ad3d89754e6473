"""The review app in full: `make soak`. The functions are those of tests/review_app."""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.benchmarks.app import generate, memory
from tests.review_app.app_server import AppServer
from tests.review_app.conftest import (  # noqa: F401 (fixtures)
    Watch,
    browser,
    contexts,
    page_of,
    serve,
    watch,
)
from tests.review_app.hurry import long_project
from tests.review_app.robot import Robot
from tests.review_app.test_hostile import EVERYTHING, shown_as_text
from tests.review_app.test_unseen import confirmed_through_kills, hurried, of_people
from tests.soak.record import percentiles, recorded

pytestmark = pytest.mark.soak
PageOf = Callable[..., Page]
Serve = Callable[..., AppServer]
HOUR = int(os.environ.get("MEDLOC_SOAK_SECONDS", "3600"))
OF_AN_EVENT = 4096  # bytes that the fold may keep of each event: the ledger's growth is no leak


def test_review_app_1000_hurried_sequences(
    tmp_path: Path,
    serve: Serve,  # noqa: F811
    page_of: PageOf,  # noqa: F811
) -> None:
    content = long_project(tmp_path / "project", articles=4, messages=80)
    with recorded("review app: hurried sequences of keys, clicks and refreshes", 1000) as measured:
        events = hurried(content, serve(content), page_of, sequences=1000)
        measured |= {"events": len(events), "of_unseen_text": 0, "twice": 0}


def test_review_app_500_decisions_through_kills(
    tmp_path: Path,
    serve: Serve,  # noqa: F811
    page_of: PageOf,  # noqa: F811
    watch: Watch,  # noqa: F811
) -> None:
    content = long_project(tmp_path / "project", articles=8, messages=80)
    with recorded("review app: decisions confirmed while the server is killed", 500) as measured:
        confirmed = confirmed_through_kills(content, serve(content), page_of, decisions=500)
        measured |= {"confirmed": len(confirmed), "lost": 0}
    watch.wrong = [one for one in watch.wrong if not one.startswith("console")]


def test_review_app_hostile_wordings(
    tmp_path: Path,
    serve: Serve,  # noqa: F811
    page_of: PageOf,  # noqa: F811
) -> None:
    if not EVERYTHING.is_file():
        pytest.skip("MEDLOC_HOSTILE names a JSON list of objects with `payload`")
    payloads = [one["payload"] for one in json.loads(EVERYTHING.read_text("utf-8"))]
    with recorded("review app: hostile wordings shown in every view", len(payloads)) as measured:
        measured["shown_as_text"] = shown_as_text(tmp_path, serve, page_of, payloads)


def test_review_app_an_hour_of_40_reviewers_in_flat_memory(
    tmp_path: Path,
    serve: Serve,  # noqa: F811
) -> None:
    content = generate(tmp_path / "project", 5000)
    server = serve(content)
    with recorded("review app: 40 reviewers for an hour", 40) as measured:
        took, held = work(server, people=40, seconds=HOUR, events=lambda: len(of_people(content)))
        quarter = max(1, len(held) // 4)
        early, late = (
            max(size for size, _ in held[:quarter]),
            max(size for size, _ in held[-quarter:]),
        )
        said = held[-1][1] - held[quarter - 1][1]
        measured |= {"presses": len(took), **percentiles(took), "decisions": held[-1][1]}
        measured["memory"] = (
            f"{early / 2**20:.0f} MB at most in the first quarter, {late / 2**20:.0f} MB in the "
            f"last, {said:,} events later"
        )
        assert held[-1][1] > 0
        assert late < early * 1.1 + said * OF_AN_EVENT


def work(
    server: AppServer, *, people: int, seconds: int, events: Callable[[], int]
) -> tuple[list[float], list[tuple[int, int]]]:
    """Seconds of each answer, and the server's memory and the number of events every minute."""
    took, held, failed = list[float](), list[tuple[int, int]](), list[str]()
    stop = threading.Event()

    def review(number: int) -> None:
        chance = random.Random(number)
        query = {"locale": "es", "article": f"page-{number}", "mine": "0"}
        try:
            with Robot(server, f"doctor{number}", "review", query) as robot:
                while not stop.wait(chance.uniform(1, 3)):  # longer than words have to be read
                    names = ["next", "previous", "approve", "withdraw"]
                    button = robot.button(chance.choice(names))
                    begun = time.monotonic()
                    robot.press(button)
                    took.append(time.monotonic() - begun)
                    failed.extend(robot.failed)
        except Exception as trouble:
            failed.append(repr(trouble))

    threads = [threading.Thread(target=review, args=(n,)) for n in range(people)]
    for thread in threads:
        thread.start()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(min(60, seconds / 8))
        held.append((memory(server), events()))
    stop.set()
    for thread in threads:
        thread.join()
    assert not failed
    return took, held
