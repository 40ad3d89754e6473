"""Requests to the app as any program may send them: any header, no redirect followed."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from review_app.guard import COOKIE
from tests.review_app.app_server import AppServer


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names are in small letters, `cookies` are the Set-Cookie lines."""

    status: int
    headers: Mapping[str, str]
    cookies: tuple[str, ...]
    body: str

    @property
    def there(self) -> str:
        """Where it leads to."""
        return self.headers.get("location", "")

    @property
    def token(self) -> str:
        """The session that it began, empty when none."""
        found = [c.split(";")[0].split("=")[1] for c in self.cookies if c.startswith(COOKIE)]
        return found[0].strip('"') if found else ""


def ask(
    server: AppServer,
    path: str,
    *,
    form: Mapping[str, str] | None = None,
    token: str = "",
    method: str = "",
    body: bytes | None = None,
    **headers: str,
) -> Answer:
    """Send one request, a POST with a form or a body; `_` in header names stands for a hyphen."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if token:
        sent["Cookie"] = f"{COOKIE}={token}"
    sending: bytes | str | None = body
    if form is not None:
        sending = urlencode(form)
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request(method or ("GET" if sending is None else "POST"), path, sending, sent)
        answer = connection.getresponse()
        return Answer(
            answer.status,
            {name.lower(): value for name, value in answer.getheaders()},
            tuple(answer.headers.get_all("set-cookie") or ()),
            answer.read().decode("utf-8", "replace"),
        )
    finally:
        connection.close()
