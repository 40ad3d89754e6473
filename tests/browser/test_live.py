"""An author's browser beside an editor: the page follows the file, and says what is wrong."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from medloc.site.live import Live, LiveServer
from medloc.site.serve import open_server, server_url
from medloc.workflow.live import anew, watching
from medloc.workflow.project import open_project
from tests.content import small_project

pytestmark = pytest.mark.browser

PATIENCE = 20_000  # milliseconds


def test_page_follows_the_file_and_shows_its_trouble_until_it_is_mended(
    browser: Browser, tmp_path: Path
) -> None:
    content = small_project(tmp_path)
    name, today = "source_content/fever.md", dt.datetime.now(dt.UTC).date()
    source = content.read(name)
    live = Live(None, lambda last: anew(tmp_path, today, drafts=True, last=last))
    wrong: list[str] = []
    with (
        open_server(live, port=0, kind=LiveServer) as server,
        watching(open_project(tmp_path), live, lambda text: None),
        browser.new_context() as context,
    ):
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        page = context.new_page()
        page.on("console", lambda m: m.type == "error" and wrong.append(m.text))
        page.goto(f"{server_url(server)}en/fever/")
        expect(page.locator("article")).to_contain_text("Rest")
        version = live.look()[0]
        for number in range(PATIENCE // 200):  # until the watch has begun
            content.write(name, source + "\n" * (number % 2))
            if live.is_new(version, patience=0.2):
                break
        content.write(name, source.replace("- Rest", "- Sleep well"))
        expect(page.locator("article")).to_contain_text("Sleep well", timeout=PATIENCE)
        content.write(name, source.replace("- Rest", "- Rest\n\n<p>oops</p>\n"))
        line = source[: source.index("- Rest")].count("\n") + 3
        trouble = page.locator("#live")
        expect(trouble).to_contain_text(f"{name}:{line}: raw HTML holds text", timeout=PATIENCE)
        content.write(name, source)
        expect(trouble).to_have_count(0, timeout=PATIENCE)
        expect(page.locator("article")).to_contain_text("Rest", timeout=PATIENCE)
        assert not [one for one in wrong if "404" not in one]
        page.close()
        server.shutdown()
        thread.join()
