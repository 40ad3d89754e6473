"""Pages that change while somebody looks at them: loaded anew by themselves, trouble shown on them.

Only the server for looking does this: nothing here gets into a built site. The one script that may
run is ours, by a nonce of that very answer.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from medloc.site.folder import Pages
from medloc.site.serve import HEADERS, TYPES, Handler, Server, policy_of

# No slug and no language tag holds "~".
EVENTS, SCRIPT, STYLE = "~live/events", "~live/live.js", "~live/live.css"
PULSE = 10.0  # seconds after which a visitor who says nothing is asked whether they are there
_POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)"')


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to look at: pages; what is wrong with the project, in words; and why a page is
    not there, or is an older one, by path."""

    pages: Pages
    troubles: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)


class Live:
    """Pages as they are after the latest change; made again when somebody asks for one.

    `make` gives what there is to look at, from what it gave last; it is called by one thread at a
    time, and not before something has changed.
    """

    def __init__(self, first: Shown | None, make: Callable[[Shown | None], Shown]) -> None:
        self._make, self._shown = make, first
        self._boot, self._count, self._made = secrets.token_hex(4), 0, 0 if first else -1
        self._changed = threading.Condition()
        self._making = threading.Lock()

    def change(self) -> None:
        """Hear that something has changed: every page that is open is loaded anew."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def look(self) -> tuple[str, Shown]:
        """The version, and what there is to look at."""
        with self._making:
            count = self._count
            if self._shown is None or self._made != count:
                self._shown = self._make(self._shown)
                self._made = count
            return f"{self._boot}-{count}", self._shown

    def is_new(self, version: str, *, patience: float) -> bool:
        """Wait until there is something newer than `version`; False if there is not by then."""
        with self._changed:
            return self._changed.wait_for(
                lambda: version != f"{self._boot}-{self._count}", timeout=patience
            )

    def __call__(self, path: str) -> bytes | None:
        return self.look()[1].pages(path)


class LiveHandler(Handler):
    """Answers as for any page, with our script on it; and holds a line open for news."""

    def answer(self, path: str) -> None:
        """Send a page, what our own script needs, or news."""
        if path == EVENTS:
            return self._tell()
        if path in (SCRIPT, STYLE):
            file = Path(__file__).with_name(path.rpartition("/")[2])
            return self.send(HTTPStatus.OK, file.read_bytes(), TYPES[file.suffix])
        return super().answer(path)

    def show(self, path: str, data: bytes, kind: str) -> None:
        """Send a page, with our script and all trouble on it."""
        if kind != TYPES[".html"]:
            return super().show(path, data, kind)
        nonce = secrets.token_urlsafe(16)
        html = _alive(data.decode(), *self._live.look(), path=path, nonce=nonce)
        policy = _with_script(policy_of(path), nonce)
        self.send(HTTPStatus.OK, html.encode(), kind, {"Content-Security-Policy": policy})
        return None

    def miss(self, path: str) -> None:
        """A page that comes into being while one waits for it needs the script too."""
        nonce = secrets.token_urlsafe(16)
        html = _alive(_MISSING, *self._live.look(), path=path, nonce=nonce)
        policy = _with_script(HEADERS["Content-Security-Policy"], nonce)
        self.send(
            HTTPStatus.NOT_FOUND, html.encode(), TYPES[".html"], {"Content-Security-Policy": policy}
        )

    @property
    def _live(self) -> Live:
        live = self.server.pages
        assert isinstance(live, Live)
        return live

    def _tell(self) -> None:
        """Server-sent events: one word when there is something newer than what the visitor has."""
        version = urlsplit(self.path).query
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        for name, value in {**HEADERS, "Content-Type": "text/event-stream"}.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        while not self._live.is_new(version, patience=PULSE):
            self.wfile.write(b": nothing new\n\n")
            self.wfile.flush()
        self.wfile.write(b"data: new\n\n")


class LiveServer(Server):
    """The server for `Live` pages."""

    handler = LiveHandler


def _alive(html: str, version: str, shown: Shown, *, path: str, nonce: str) -> str:
    """A page with our script, and a panel that says what is wrong."""
    html = _POLICY.sub(
        lambda found: f'{found[1]}{escape(_with_script(unescape(found[2]), nonce))}"', html, count=1
    )
    reason = shown.reasons.get(path, "")
    known = any(trouble in reason for trouble in shown.troubles)
    said = "".join(
        f"<p>{escape(one)}</p>" for one in (*shown.troubles, "" if known else reason) if one
    )
    panel = f'<aside id="live" lang="en" dir="ltr">{said}</aside>\n' if said else ""
    style = f'<link rel="stylesheet" href="/{STYLE}">\n' if said else ""
    script = f'<script src="/{SCRIPT}" nonce="{nonce}" data-version="{version}"></script>\n'
    head, _, rest = html.partition("</head>")
    body, _, end = rest.rpartition("</body>")
    return f"{head}{style}</head>{body}{panel}{script}</body>{end}"


def _with_script(policy: str, nonce: str) -> str:
    """A policy that lets our script run, and ask for news."""
    parts = dict(part.strip().partition(" ")[::2] for part in policy.split(";") if part.strip())
    parts["script-src"] = f"{parts.get('script-src', '')} 'nonce-{nonce}'".strip()
    parts["connect-src"] = "'self'"
    return "; ".join(f"{name} {value}".strip() for name, value in parts.items())


_MISSING = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>404</title>
</head>
<body>
<p>There is no such page.</p>
</body>
</html>
"""
