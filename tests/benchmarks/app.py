"""`make bench-app`: the review app's speed on generated projects, as its people meet it.

From a key pressed in Chromium to the answer painted, the first screen, and many scripted reviewers
at one server process: their waiting, the processor's work for each press, and memory. On a shared
machine the processor's figures are the ones to compare.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from medloc.workflow.desk import Desk
from review_app.guard import COOKIE
from tests.content import Content
from tests.review_app.app_server import AppServer
from tests.review_app.robot import Robot
from tests.review_app.screen import FLAGS, OBSERVER, press, settle

PER_ARTICLE = 50
REVIEWERS = 40
SETTINGS = """\
source: en
locales: [es]
people:
{people}
policy: {{doors: [app, cli]}}
"""
WORDS = {
    "muscle": "músculo", "nerve": "nervio", "doctor": "médico", "tablet": "tableta",
    "water": "agua", "rest": "reposo", "pain": "dolor", "help": "ayuda", "foot": "pie",
    "ankle": "tobillo", "reflex": "reflejo", "spine": "columna", "leaflet": "folleto",
}  # fmt: skip
# From a key to the second frame after the message in focus is another one.
WATCH = """
window.medlocTimes = [];
let since = 0, before = '';
const pair = () => document.querySelector('[data-testid=focus]')?.dataset.pair ?? '';
window.addEventListener('keydown', () => { since = performance.now(); before = pair(); }, true);
new MutationObserver(() => {
  if (!since || pair() === before || !pair()) return;
  const begun = since;
  since = 0;
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(
    () => window.medlocTimes.push(performance.now() - begun))));
}).observe(document, {subtree: true, childList: true, attributes: true});
"""


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("messages", type=int, nargs="*", default=[5_000, 100_000])
    parser.add_argument("--presses", type=int, default=60, help="of each key in Chromium")
    parser.add_argument("--seconds", type=int, default=30, help="of the scripted reviewers' work")
    options = parser.parse_args()
    for messages in options.messages:
        with tempfile.TemporaryDirectory() as folder:
            for name, value in measure(Path(folder) / "project", messages, options):
                print(f"{messages:>8,}  {name:<44}{value:>12}", flush=True)


def measure(root: Path, messages: int, options: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """Names and figures for a project of so many messages."""
    begun = time.perf_counter()
    content = generate(root, messages)
    yield "project written and synced", f"{time.perf_counter() - begun:.0f} s"
    begun = time.perf_counter()
    Desk(root).refresh()
    yield "index made anew", f"{time.perf_counter() - begun:.0f} s"
    server = AppServer(content)
    try:
        begun = time.perf_counter()
        server.start()
        yield "server started", f"{time.perf_counter() - begun:.1f} s"
        with _chromium() as browser:
            yield from _one_reviewer(browser, server, options.presses)
        yield from _many_reviewers(server, options.seconds)
    finally:
        server.stop()


def generate(root: Path, messages: int) -> Content:
    """A project of about so many messages, all translated, nothing decided."""
    chance, content = random.Random(1), Content(root)
    people = "\n".join(
        f"  - {{id: doctor{n}, name: Doctor {n}, roles: [medical]}}" for n in range(REVIEWERS + 1)
    )
    content.write("medloc.yaml", SETTINGS.format(people=people))
    words: dict[str, dict[str, str]] = {}
    for article in range(max(1, messages // PER_ARTICLE)):
        slug, title = f"page-{article}", f"Page {article}"
        lines = ["---", f"title: {title}", "---", ""]
        words[slug] = {title: f"Página {article}"}
        for number in range(PER_ARTICLE - 1):
            if number % 7 == 0:
                lines += [f"## Part {number} {{#part-{number}}}", ""]
                words[slug][f"Part {number}"] = f"Parte {number}"
            some = chance.choices(list(WORDS), k=14)
            text = f"{' '.join(some).capitalize()} {number}."
            spanish = " ".join(WORDS[word] for word in some)
            words[slug][text] = f"{spanish.capitalize()} {number}."
            lines += [text, ""]
        content.write(f"source_content/{slug}.md", "\n".join(lines))
    with redirect_stdout(StringIO()):
        assert content("sync") == 0
    for slug, known in words.items():
        content.translate("es", known, slug)
    return content


def _one_reviewer(browser: Browser, server: AppServer, presses: int) -> Iterator[tuple[str, str]]:
    times = []
    for _ in range(3):
        page, seconds = _first_screen(browser, server)
        times.append(seconds)
    yield "first screen, cold browser, median of 3", f"{sorted(times)[1]:.1f} s"
    for key, name in (("j", "next"), ("a", "approve")):
        cpu = _cpu(server)
        page.evaluate("window.medlocTimes.length = 0")
        for _ in range(presses):
            press(page, key)
        took = page.evaluate("window.medlocTimes")
        cpu = (_cpu(server) - cpu) / presses
        yield f"{name}: key to painted, median / p95", _pair(took)
        yield f"{name}: server's processor for each", f"{cpu * 1000:.0f} ms"


def _first_screen(browser: Browser, server: AppServer) -> tuple[Page, float]:
    context = browser.new_context(viewport={"width": 1400, "height": 950})
    context.add_cookies([
        {"name": COOKIE, "value": server.token(f"doctor{REVIEWERS}"), "url": server.url}
    ])  # fmt: skip
    context.add_init_script(OBSERVER + WATCH)
    page = context.new_page()
    begun = time.perf_counter()
    page.goto(f"{server.url}/review?locale=es")
    page.wait_for_selector("[data-testid=focus]", state="attached")
    settle(page)
    return page, time.perf_counter() - begun


def _many_reviewers(server: AppServer, seconds: int) -> Iterator[tuple[str, str]]:
    """Each goes on every second or two, and approves every third sentence."""
    before, cpu, took = memory(server), _cpu(server), list[float]()
    stop, failed = threading.Event(), list[str]()

    def review(number: int) -> None:
        chance = random.Random(number)
        query = {"locale": "es", "article": f"page-{number}"}
        try:
            with Robot(server, f"doctor{number}", "review", query) as robot:
                while not stop.wait(chance.uniform(1, 3)):
                    name = "approve" if chance.random() < 1 / 3 else "next"
                    button = robot.button(name)
                    begun = time.perf_counter()
                    robot.press(button)
                    took.append(time.perf_counter() - begun)
                    failed.extend(robot.failed)
        except Exception as trouble:
            failed.append(repr(trouble))

    threads = [threading.Thread(target=review, args=(n,)) for n in range(REVIEWERS)]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    after = memory(server)
    stop.set()
    for thread in threads:
        thread.join()
    cpu = _cpu(server) - cpu
    yield f"{REVIEWERS} reviewers: answer, median / p95", _pair([t * 1000 for t in took])
    yield f"{REVIEWERS} reviewers: presses, failures", f"{len(took)}, {len(failed)}"
    yield f"{REVIEWERS} reviewers: processor for each press", f"{cpu / len(took) * 1000:.0f} ms"
    yield "memory of the server", f"{before / 2**20:.0f} MB"
    yield "memory for each reviewer", f"{(after - before) / 2**20 / REVIEWERS:.2f} MB"
    for trouble in sorted(set(failed))[:3]:
        yield trouble[:70], ""


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def _pair(milliseconds: Sequence[float]) -> str:
    ordered = sorted(milliseconds) or [0.0]
    return f"{ordered[len(ordered) // 2]:.0f} / {ordered[int(len(ordered) * 0.95)]:.0f} ms"


def memory(server: AppServer) -> int:
    """What the server holds of the machine's memory, in bytes."""
    pages = int(Path(f"/proc/{server.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _cpu(server: AppServer) -> float:
    """The seconds that the server has used of a processor."""
    fields = Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
