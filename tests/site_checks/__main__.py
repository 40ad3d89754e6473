"""`make site-checks`: published sites before the judges that ministries use; minutes, not for CI.

The sample as it is, and a changed copy of it (last good editions, a notice, an old address) are
built, served as a web server would, and shown to vnu, axe-core, Lighthouse, schema.org's vocabulary
and the protocol of site maps. Needs Java, Node and Chromium; prints figures, exit 1 for any fault.
"""

from __future__ import annotations

import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Request, sync_playwright

from medloc.cli import run
from medloc.site.serve import TYPES, page_path
from tests import site_rules
from tests.browser.conftest import FLAGS
from tests.review_app.axe import faults

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
WORK = ROOT / ".medloc" / "site-checks"
JUDGED = ("en/clonus/", "ar/clonus/", "zh-Hans/clonus/", "hi/clonus/", "es/", "")
WANTED = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
MOST_BYTES = 30_000


class _Host(http.server.BaseHTTPRequestHandler):
    """A host of static files as they are: compressed, with a type, and nothing else."""

    folder: Path

    def do_GET(self) -> None:
        path = self.folder / (page_path(self.path) or "-")
        known = path.is_file()
        data = gzip.compress(path.read_bytes(), mtime=0) if known else b""
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", TYPES.get(path.suffix, "text/plain"))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=604800")
        if known:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are no news."""


@contextmanager
def served(folder: Path) -> Iterator[http.server.ThreadingHTTPServer]:
    """A folder behind a web server of its own, at a free port."""
    handler = type("Host", (_Host,), {"folder": folder})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


# --- the sites ------------------------------------------------------------------------------------


def sample(folder: Path, address: str) -> Path:
    """The sample project with an address, and its ledger; returns where its site will stand."""
    listed = subprocess.run(
        ["git", "ls-files", "medloc.yaml", "source_content", "locales"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    )  # fmt: skip
    for name in listed.stdout.split():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    settings = (folder / "medloc.yaml").read_text("utf-8")
    kept = [line for line in settings.splitlines() if not line.startswith("  address:")]
    text = "\n".join(kept).replace("\nsite:\n", f"\nsite:\n  address: {address}\n", 1)
    (folder / "medloc.yaml").write_text(text + "\n", "utf-8")
    medloc(folder, "ledger", "import", "locales/decisions.jsonl")
    medloc(folder, "build")
    return folder / "site"


def changed(folder: Path, address: str) -> Path:
    """The sample without the banner of a demonstration; an English sentence is newer than its
    translations, a page is withdrawn, another has an old address."""
    sample(folder, address)
    edit(folder / "medloc.yaml", "demonstration: true", "demonstration: false")
    edit(folder / "source_content/spasticity.md", "title:", "aliases: [stiffness]\ntitle:")
    medloc(folder, "build", "--as", "publisher")
    edit(
        folder / "source_content/clonus.md", "In most cases, the nerve", "In many cases, the nerve"
    )
    medloc(folder, "sync")
    medloc(folder, "decide", "approve", "clonus", "en", "--as", "editor", expected=(0, 1))
    recall = ("--as", "medical-2", "--reason", "to see the notice")
    medloc(folder, "decide", "recall", "spasticity", "ar", *recall)
    medloc(folder, "build", "--as", "publisher")
    return folder / "site"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{path}: {old}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def medloc(folder: Path, *arguments: str, expected: Sequence[int] = (0,)) -> None:
    code = run(["--project", str(folder), *arguments])
    assert code in expected, f"medloc {' '.join(arguments)}: exit code {code}"


# --- the judges -----------------------------------------------------------------------------------


def tools() -> Path:
    """The validators, installed by npm with the hashes of the lock."""
    folder = WORK / "node"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(HERE / name, folder / name)
    if not (folder / "node_modules/vnu-jar").is_dir():
        # Not `npm ci`, which takes a lock without addresses of its registry for a broken one.
        command = ["npm", "install", "--omit-lockfile-registry-resolved", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=folder, check=True)
    return folder / "node_modules"


def vnu(modules: Path, addresses: Sequence[str]) -> list[str]:
    """Errors and warnings of the Nu Html Checker."""
    jar = modules / "vnu-jar/build/dist/vnu.jar"
    local = "-Dnu.validator.servlet.allow-forbidden-hosts=true"
    done = subprocess.run(
        ["java", local, "-jar", str(jar), "--format", "json", "--stdout", *addresses],
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    found = json.loads(done.stdout)["messages"]
    return [
        f"{one.get('url', '')}: {one['message']}"
        for one in found
        if one["type"] != "info" or one.get("subType") == "warning"
    ]


def lighthouse(modules: Path, address: str) -> tuple[dict[str, int], list[str]]:
    """Scores on its phone profile, and the audits that cost points."""
    chromium = shutil.which("chromium") or "chromium"
    done = subprocess.run(
        ["node", str(modules / "lighthouse/cli/index.js"), address, "--quiet", "--output=json",
         f"--chrome-flags=--headless=new {' '.join(FLAGS)}"],
        capture_output=True, check=True, text=True, env={**os.environ, "CHROME_PATH": chromium},
    )  # fmt: skip
    report: dict[str, Any] = json.loads(done.stdout)
    scores = {name: round(100 * report["categories"][name]["score"]) for name in WANTED}
    lost = [
        f"{name}: {one['title']} ({one.get('displayValue', '')})"
        for name, one in report["audits"].items()
        if one["score"] is not None and one["score"] < 1
    ]
    return scores, lost


def body(request: Request) -> int:
    """The bytes of an answer as they were sent."""
    return int(request.sizes()["responseBodySize"])


def seen(browser: Browser, address: str) -> Iterator[str]:
    """What a browser finds: axe-core in both modes and two widths, weight, hosts, the console."""
    for mode, width in (("light", 320), ("light", 390), ("dark", 1440), ("dark", 1920)):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if mode == "dark" else "light",
        )
        page = context.new_page()
        asked: dict[str, int] = {}
        said: list[str] = []
        page.on(
            "requestfinished", lambda r, a=asked: a.update({r.url: r.sizes()["responseBodySize"]})
        )
        page.on("console", lambda m, s=said: s.append(f"{m.text} {m.location['url']}"))
        page.goto(address, wait_until="load")
        where = f"{address} {mode} {width}"
        if width in (320, 1440):
            yield from (f"{where}: axe {one}" for one in faults(page, {}))
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        if page.evaluate(wide) > 0:
            yield f"{where}: wider than the window"
        host = address.split("/")[2]
        yield from (f"{where}: asks {url}" for url in asked if url.split("/")[2] != host)
        yield from (f"{where}: {one}" for one in said if not one.endswith("/favicon.ico"))
        if sum(asked.values()) > MOST_BYTES:
            yield f"{where}: {sum(asked.values())} bytes"
        context.close()


# --- all together ---------------------------------------------------------------------------------


def judge(name: str, site: Path, address: str, modules: Path, browser: Browser) -> list[str]:
    """Everything but Lighthouse, over every page of a site."""
    pages = site_rules.pages_of(site)
    wrong = [
        *site_rules.broken_links(site, pages),
        *site_rules.one_sided_alternates(address, pages),
        *site_rules.wrong_data(pages),
        *site_rules.wrong_maps(site, address, pages),
    ]
    addresses = [f"{address}/{path}" for path in pages]
    wrong += vnu(modules, addresses)
    shown = [f"{address}/{path}" for path, page in pages.items() if not is_redirect(page)]
    for one in shown:
        wrong += seen(browser, one)
    print(f"{name}: {len(pages)} pages, {4 * len(shown)} views, {len(wrong)} faults")
    return wrong


def is_redirect(page: site_rules.Head) -> bool:
    return "refresh" in page.metas("http-equiv")


def main() -> int:
    """Run it all; returns the exit code."""
    modules = tools()
    wrong: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, make in (("sample", sample), ("changed", changed)):
            folder = WORK / name
            shutil.rmtree(folder, ignore_errors=True)
            with served(folder / "site") as server:
                address = f"http://127.0.0.1:{server.server_address[1]}"
                site = make(folder, address)
                wrong += judge(name, site, address, modules, browser)
                for path in JUDGED:
                    for _ in range(3):  # a busy machine only ever looks slower than it is
                        scores, lost = lighthouse(modules, f"{address}/{path}")
                        print(f"{name} /{path}: Lighthouse {scores}")
                        low = {k: v for k, v in scores.items() if v < WANTED[k]}
                        if not low:
                            break
                    wrong += [f"{name} /{path}: {low}; {one}" for one in lost if low]
        browser.close()
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
