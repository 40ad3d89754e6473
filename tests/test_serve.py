"""The server for looking: the right bytes, the right headers, nothing outside the folder."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from medloc.errors import MedlocError
from medloc.site import SiteError, serve_pages
from medloc.site.folder import Pages, folder_pages
from medloc.site.serve import HEADERS, open_server, page_path, server_url

Start = Callable[[Pages], ThreadingHTTPServer]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a server for pages on a free port; stopped at the end."""
    contexts = []

    def begin(pages: Pages) -> ThreadingHTTPServer:
        context = open_server(pages, port=0)
        server = context.__enter__()
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        contexts.append((context, server, thread))
        return server

    yield begin
    for context, server, thread in contexts:
        server.shutdown()
        thread.join()
        context.__exit__(None, None, None)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for path, data in {
        "index.html": b"<p>root",
        "es/clonus/index.html": "<p>español".encode(),
        "es/clonus/proof.json": b"{}",
        "assets/a.css": b"a{}",
        "assets/a.svg": b"<svg/>",
        "assets/a.bin": b"\0",
        "empty/x.txt": b"x",
        ".hidden": b"secret",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "out").symlink_to(tmp_path)
    return folder


def ask(
    server: ThreadingHTTPServer, path: str, *, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "kind", "data"),
    [
        ("/", "text/html; charset=utf-8", b"<p>root"),
        ("/index.html?x=1", "text/html; charset=utf-8", b"<p>root"),
        ("/es/clonus/", "text/html; charset=utf-8", "<p>español".encode()),
        ("/es/clonus/proof.json", "application/json; charset=utf-8", b"{}"),
        ("/assets/a.css", "text/css; charset=utf-8", b"a{}"),
        ("/assets/a.svg", "image/svg+xml; charset=utf-8", b"<svg/>"),
        ("/assets/a.bin", "application/octet-stream", b"\0"),
    ],
)
def test_file_comes_with_its_type_and_every_header(
    start: Start, site: Path, path: str, kind: str, data: bytes
) -> None:
    status, headers, body = ask(start(folder_pages(site)), path)
    assert (status, headers["Content-Type"], body) == (200, kind, data)
    assert headers.items() >= HEADERS.items()
    assert headers["Server"] == "medloc "


@pytest.mark.parametrize(
    "path",
    [
        "/nothing.html",
        "/empty/",
        "/empty",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/es/../../secret.txt",
        "/link.txt",
        "/out/secret.txt",
        "/.hidden",
        "//secret.txt",
        "/%00",
        "/%ff",
        "/es%2f.%2f/clonus/",
        "secret.txt",
    ],
)
def test_what_is_no_page_is_not_found(start: Start, site: Path, path: str) -> None:
    status, headers, body = ask(start(folder_pages(site)), path)
    assert (status, headers["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert b"secret" not in body
    assert headers.items() >= HEADERS.items()


def test_folder_without_slash_is_redirected_inside_the_site(start: Start, site: Path) -> None:
    status, headers, _ = ask(start(folder_pages(site)), "/es/clonus")
    assert (status, headers["Location"]) == (301, "/es/clonus/")


def test_head_has_headers_only(start: Start, site: Path) -> None:
    server = start(folder_pages(site))
    with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=5) as sent:
        sent.sendall(b"HEAD / HTTP/1.0\r\nHost: localhost\r\n\r\n")
        answer = b"".join(iter(lambda: sent.recv(4096), b""))
    assert b"\r\nContent-Length: 7\r\n" in answer
    assert answer.endswith(b"\r\n\r\n")


def test_other_methods_are_refused(start: Start, site: Path) -> None:
    assert ask(start(folder_pages(site)), "/", method="POST")[0] == 501


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:1", 200),
        ("127.0.0.1", 200),
        ("[::1]:80", 200),
        ("evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("192.0.2.1", 403),
        ("[", 403),
        ("", 403),
    ],
)
def test_only_names_of_this_machine_are_answered(
    start: Start, site: Path, host: str, status: int
) -> None:
    assert ask(start(folder_pages(site)), "/", Host=host)[0] == status


def test_pages_from_a_function_and_its_errors_as_text(start: Start) -> None:
    def pages(path: str) -> bytes | None:
        if path == "bad/index.html":
            raise MedlocError("a word is missing", path="a.md", line=3)
        return path.encode() if path == "es/x/index.html" else None

    server = start(pages)
    assert ask(server, "/es/x/")[2] == b"es/x/index.html"
    assert ask(server, "/bad/")[::2] == (500, b"500 a.md:3: a word is missing.\n")
    assert ask(server, "/none/")[0] == 404


def test_changed_file_is_seen_at_once(start: Start, site: Path) -> None:
    server = start(folder_pages(site))
    ask(server, "/")
    (site / "index.html").write_bytes(b"new")
    assert ask(server, "/")[2] == b"new"


def test_folder_may_itself_be_reached_by_a_link(start: Start, site: Path) -> None:
    (site.parent / "here").symlink_to(site)
    assert ask(start(folder_pages(site.parent / "here")), "/")[0] == 200


def test_port_that_is_taken_is_an_error_with_advice(start: Start, site: Path) -> None:
    taken = start(folder_pages(site)).server_address[1]
    with pytest.raises(SiteError, match=r"cannot be used .* Choose another with `--port`"):
        serve_pages(folder_pages(site), port=int(taken), on_ready=pytest.fail)


def test_serve_tells_its_address_and_ends_with_an_interrupt(site: Path) -> None:
    told: list[str] = []

    def ready(url: str) -> None:
        told.append(url)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        serve_pages(folder_pages(site), port=0, on_ready=ready)
    assert told[0].startswith("http://127.0.0.1:")


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_address_in_brackets() -> None:
    try:
        with open_server(lambda path: None, port=0, address="::1") as server:
            assert server_url(server) == f"http://[::1]:{server.server_address[1]}/"
    except SiteError:
        pytest.skip("no IPv6 address here")


def test_request_paths_as_page_paths() -> None:
    assert page_path("/a%20b/c.html") == "a b/c.html"
    for none in ("http://localhost/x", "/a%00b", "/a%0ab", "/a%E2%80%AEb"):
        assert page_path(none) is None
