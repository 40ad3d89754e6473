"""`medloc serve` while an author edits: pages anew, trouble on the page until it is mended."""

from __future__ import annotations

import datetime as dt
import http.client
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from medloc.site.live import Live, LiveServer, Shown
from medloc.site.serve import open_server
from medloc.workflow.live import anew, watching
from medloc.workflow.project import open_project
from tests.content import Content, approved_project, small_project

PATIENCE = 20.0
TODAY = dt.datetime.now(dt.UTC).date()
POLICY = "default-src &#39;none&#39;; style-src &#39;self&#39;"
PAGE = f"""<html><head>
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
</head><body><p>Hello</p></body></html>"""


@contextmanager
def served(live: Live) -> Iterator[int]:
    with open_server(live, port=0, kind=LiveServer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def ask(port: int, path: str) -> tuple[int, str, str]:
    """Status, policy and text of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        policy = answer.getheader("Content-Security-Policy", "")
        return answer.status, policy, answer.read().decode()
    finally:
        connection.close()


def version_of(text: str) -> str:
    found = re.search(r'data-version="([^"]+)"', text)
    assert found is not None
    return found[1]


# --- pages that change


def test_only_our_own_script_may_run_and_only_on_pages_served_so() -> None:
    live = Live(Shown({"index.html": PAGE.encode(), "a.css": b"a{}"}.get), lambda last: last)  # type: ignore[arg-type, return-value]
    with served(live) as port:
        status, policy, text = ask(port, "/")
        other = ask(port, "/")
        assert ask(port, "/a.css")[2] == "a{}"
        assert "EventSource" in ask(port, "/~live/live.js")[2]
    nonce = re.search(r'<script src="/~live/live.js" nonce="([^"]+)"', text)
    assert status == 200
    assert nonce is not None
    assert f"script-src 'nonce-{nonce[1]}'; connect-src 'self'" in policy
    assert f"&#x27;self&#x27;; script-src &#x27;nonce-{nonce[1]}&#x27;" in text
    assert nonce[1] not in other[2]
    assert text.count("<script") == 1
    assert 'id="live"' not in text


def test_trouble_stands_on_every_page_and_a_reason_in_place_of_its_own() -> None:
    shown = Shown(
        {"index.html": PAGE.encode()}.get, ("a.md:3: <b> & c",), {"es/a/index.html": "why"}
    )
    with served(Live(shown, lambda last: shown)) as port:
        assert "<p>a.md:3: &lt;b&gt; &amp; c</p></aside>" in ask(port, "/")[2]
        status, _, text = ask(port, "/es/a/")
        assert (status, "<p>why</p></aside>" in text, "live.js" in text) == (404, True, True)
        assert ask(port, "/..%2fx")[0] == 404  # fmt: skip


def test_visitor_hears_of_a_change_and_of_one_that_was_missed() -> None:
    counted = iter(range(9))
    live = Live(None, lambda last: Shown({"index.html": b"<body>%d</body>" % next(counted)}.get))
    with served(live) as port:
        first = ask(port, "/")[2]
        assert "<body>0" in first
        assert version_of(ask(port, "/")[2]) == version_of(first)  # nothing is made twice
        heard: list[str] = []
        waiting = threading.Thread(
            target=lambda: heard.append(ask(port, f"/~live/events?{version_of(first)}")[2])
        )
        waiting.start()
        live.change()
        waiting.join(PATIENCE)
        assert heard == ["data: new\n\n"]
        assert ask(port, "/~live/events?of-another-process")[2] == "data: new\n\n"
        assert "<body>1" in ask(port, "/")[2]


# --- a project that changes


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    made = approved_project(tmp_path_factory.mktemp("live"))
    assert made("build") == 0
    return made


def page(shown: Shown, path: str) -> str:
    return (shown.pages(path) or b"").decode()


@pytest.mark.parametrize("drafts", [False, True])
def test_edits_show_with_their_trouble_until_it_is_mended(content: Content, drafts: bool) -> None:
    name, built = "source_content/fever.md", sorted(content.root.joinpath("site").rglob("*"))
    source, settings = content.read(name), content.read("medloc.yaml")
    made = anew(content.root, TODAY, drafts=drafts, last=None)
    assert made.troubles == ()
    assert "Descanse" in page(made, "es/fever/index.html")
    content.write(name, source.replace("- Rest", "- Rest\n\n<p>oops</p>\n"))
    made = anew(content.root, TODAY, drafts=drafts, last=made)
    assert made.troubles[0].startswith(
        f"{name}:{source[: source.index('- Rest')].count(chr(10)) + 3}: "
    )
    content.write(name, source.replace("- Rest", "- Sleep"))
    made = anew(content.root, TODAY, drafts=drafts, last=made)
    assert made.troubles == ()
    if drafts:
        assert "Sleep" in page(made, "es/fever/index.html")
    else:
        assert "1 not translated" in made.reasons["es/fever/index.html"]
        assert "Sleep" not in page(made, "en/fever/index.html")
    content.write("medloc.yaml", settings + "\nbogus: 1\n")
    broken = anew(content.root, TODAY, drafts=drafts, last=made)
    assert broken.pages is made.pages
    assert broken.troubles[0].startswith("medloc.yaml:")
    content.write("medloc.yaml", settings)
    content.write(name, source)
    assert anew(content.root, TODAY, drafts=drafts, last=broken).troubles == ()
    assert sorted(content.root.joinpath("site").rglob("*")) == built  # fmt: skip


@pytest.mark.parametrize(
    "name", ["source_content/new/x.md", "locales/es/LC_MESSAGES/fever.po", "medloc.yaml"]
)
def test_change_of_a_file_is_heard_of(content: Content, name: str) -> None:
    live, told = Live(None, lambda last: Shown({}.get)), []
    version = live.look()[0]
    path = content.root / name
    with watching(open_project(content.root), live, told.append):
        # The watch begins in a thread of its own: write until it has seen one.
        for number in range(int(PATIENCE * 5)):
            path.parent.mkdir(exist_ok=True)
            before = path.read_bytes() if path.exists() else b""
            path.write_bytes(before + b"\n" * (number == 0))
            if live.is_new(version, patience=0.2):
                break
    assert live.is_new(version, patience=0)
    assert all(line == f"changed: {name}" or "new" in name for line in told)


def test_many_changes_are_told_of_together(content: Content) -> None:
    live, told = Live(None, lambda last: Shown({}.get)), []
    folder = content.root / "source_content/many"
    folder.mkdir()
    with watching(open_project(content.root), live, told.append):
        version = live.look()[0]
        for number in range(int(PATIENCE * 5)):  # until the watch has begun
            (folder / "probe.md").write_text(str(number))
            if live.is_new(version, patience=0.2):
                break
        told.clear()
        version = live.look()[0]
        for number in range(300):
            (folder / f"{number}.md").write_text("x")
        assert live.is_new(version, patience=PATIENCE)
    assert len(told) < 30
    shutil.rmtree(folder)


def test_command_says_where_and_ends_on_ctrl_c_and_refuses_a_port_that_is_taken(
    content: Content,
) -> None:
    command = [sys.executable, "-m", "medloc", "--project", str(content.root), "serve", "--port"]
    with subprocess.Popen([*command, "0"], stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        said = running.stderr.readline()
        port = re.search(r"http://127.0.0.1:(\d+)/", said)
        assert port is not None, said
        assert "live.js" in ask(int(port[1]), "/es/fever/")[2]
        taken = subprocess.run([*command, port[1]], stderr=subprocess.PIPE, text=True, check=False)
        assert taken.returncode == 2
        assert "Choose another with `--port`" in taken.stderr
        running.send_signal(signal.SIGINT)
        assert running.wait(PATIENCE) == 0


def test_without_a_built_site_it_says_to_build(tmp_path: Path) -> None:
    code, said = small_project(tmp_path).say("serve", "--port", "0")
    assert (code, "Run: medloc build" in said) == (2, True)


def test_nothing_of_it_is_in_the_built_site(content: Content) -> None:
    pages = list(Path(content.root / "site").rglob("*.html"))
    assert pages
    assert not any("~live" in page.read_text("utf-8") for page in pages)
