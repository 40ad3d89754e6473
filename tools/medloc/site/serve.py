"""Shows a built site, or pages made on the spot, on this machine: the standard library's server.

It is for looking, not for the internet. Nothing outside the folder is reachable, no script can
run, and pages of other sites cannot read it (names that are not this machine's are refused).
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from urllib.parse import quote, unquote_to_bytes, urlsplit

from medloc.errors import MedlocError
from medloc.site.folder import Pages
from medloc.site.manifests import SiteError

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".pdf": "application/pdf",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    # What is looked at is being worked on: a page of five minutes ago misleads.
    "Cache-Control": "no-store",
}

# The page that searches is the only one with a script.
_SEARCH = re.compile(r"[\w-]+/search/index\.html")
_BYTES = "application/octet-stream"
_NO_HEADERS: Mapping[str, str] = {}


def serve_pages(
    pages: Pages,
    *,
    port: int,
    address: str = "127.0.0.1",
    on_ready: Callable[[str], None] | None = None,
    kind: type[Server] | None = None,
) -> None:
    """Show pages until the process is interrupted.

    `pages` is called from several threads at once. A MedlocError it raises is shown as text.
    `on_ready` gets the address to open once it can be opened; port 0 takes a free one. `kind` is
    the server, when it is not the plain one. Raises SiteError when the port is taken.
    """
    with open_server(pages, port=port, address=address, kind=kind) as server:
        if on_ready is not None:
            on_ready(server_url(server))
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return


@contextmanager
def open_server(
    pages: Pages, *, port: int, address: str = "127.0.0.1", kind: type[Server] | None = None
) -> Iterator[ThreadingHTTPServer]:
    """A bound server that shows `pages`; the caller runs it. Closed at the end."""
    try:
        server = (kind or Server)(pages, address, port)
    except (OSError, OverflowError) as error:
        raise SiteError(
            f"port {port} of {address} cannot be used ({error}).",
            advice="Choose another with `--port`.",
        ) from error
    with server:
        yield server


def server_url(server: ThreadingHTTPServer) -> str:
    """The address a person opens."""
    host, port = str(server.server_address[0]), server.server_address[1]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


class Server(ThreadingHTTPServer):
    """Bound to an address; `pages` are what it shows, `handler` how."""

    daemon_threads = True
    handler: type[BaseHTTPRequestHandler]

    def __init__(self, pages: Pages, address: str, port: int) -> None:
        self.pages = pages
        self.local = _is_local(address)
        if ":" in address:
            self.address_family = socket.AF_INET6
        super().__init__((address, port), self.handler)

    def server_bind(self) -> None:
        # HTTPServer would look the machine's name up, in the network if need be.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor who hangs up is no event."""


class Handler(BaseHTTPRequestHandler):
    """Answers one visitor: GET and HEAD of pages, and nothing else."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "medloc"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        if self.server.local and not _is_local(_host(self.headers.get("Host", ""))):
            # Another site's name that resolves to this machine (DNS rebinding).
            return self._send_text(HTTPStatus.FORBIDDEN, "Open this site by its own address.")
        path = page_path(self.path)
        return self.miss("") if path is None else self.answer(path)

    def answer(self, path: str) -> None:
        """Send the page at a path."""
        try:
            data = self.server.pages(path)
            folder = data is None and not Path(path).suffix
            if folder and self.server.pages(f"{path}/index.html") is not None:
                return self._send_redirect(f"/{path}/")
        except MedlocError as error:
            return self._send_text(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        if data is None:
            return self.miss(path)
        return self.show(path, data, TYPES.get(Path(path).suffix.lower(), _BYTES))

    def show(self, path: str, data: bytes, kind: str) -> None:
        """Send a page."""
        self.send(HTTPStatus.OK, data, kind, {"Content-Security-Policy": policy_of(path)})

    def miss(self, path: str) -> None:
        """Say that there is no such page."""
        self._send_text(HTTPStatus.NOT_FOUND, "There is no such page.")

    def _send_redirect(self, path: str) -> None:
        self.send(HTTPStatus.MOVED_PERMANENTLY, b"", TYPES[".txt"], {"Location": quote(path)})

    def _send_text(self, status: HTTPStatus, text: str) -> None:
        self.send(status, f"{status.value} {text}\n".encode(), TYPES[".txt"])

    def send(
        self, status: HTTPStatus, data: bytes, kind: str, more: Mapping[str, str] = _NO_HEADERS
    ) -> None:
        """Send an answer with our headers, and others in addition or in place of them."""
        self.send_response(status)
        for name, value in {**HEADERS, **more}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Silent: stdout is for data, and requests are no news."""


Server.handler = Handler


def policy_of(path: str) -> str:
    """The security policy of a page, as a header."""
    policy = HEADERS["Content-Security-Policy"]
    if not _SEARCH.fullmatch(path):
        return policy
    return f"{policy}; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"


def page_path(target: str) -> str | None:
    """The path below the site that a request asks for; None for one that cannot be a page's.

    >>> page_path("/es/clonus/?x=1#y"), page_path("/"), page_path("/..%2fsecret")
    ('es/clonus/index.html', 'index.html', None)
    """
    try:
        path = unquote_to_bytes(urlsplit(f"http://site{target}").path).decode()
    except ValueError:
        return None
    if not target.startswith("/") or "\\" in path or not path.isprintable():
        return None
    parts = path[1:].split("/")
    if parts[-1] == "":
        parts[-1] = "index.html"
    # A part that begins with a dot is a way out, or a file that is not for visitors.
    return None if any(not part or part.startswith(".") for part in parts) else "/".join(parts)


def _host(header: str) -> str:
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def _is_local(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
