"""What every request passes first: host, origin, sign-in; and the headers every answer carries."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from urllib.parse import SplitResult, quote, urlsplit

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from medloc.errors import MedlocError

COOKIE = "medloc_session"
LANGUAGE_COOKIE = "medloc_language"  # what somebody chose; no secret, set by widgets/frame.js
# Only the guard writes this header: whose request it is, by their session or by the word of a proxy
# in front. Streamlit gives no session to anybody but whom it was begun for (see `server`).
TOLD = "x-medloc-person"
_STREAM = "/_stcore/stream"
# What may be seen without having signed in. Of Streamlit's own scripts a page loads some late: also
# those that say that its session has ended.
OPEN = ("/sign-in", "/link/", "/oidc/")
_NOBODYS = ("/static/", "/_stcore/health")  # whoever asks
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
# Streamlit writes styles into its elements, compiles its charts' expressions, and has small scripts
# of its own in its page: those are named by their hashes.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' {}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "worker-src 'self' blob:; frame-src 'self' blob: data:; frame-ancestors 'self'; "
    "base-uri 'self'; form-action 'self'; object-src 'none'"
)
_INLINE = re.compile(r"<script>(.*?)</script>", re.S)


@lru_cache(maxsize=1)
def security_headers() -> Mapping[str, str]:
    """The headers that every answer carries."""
    page = Path(streamlit.__file__).with_name("static") / "index.html"
    scripts = _INLINE.findall(page.read_text("utf-8")) if page.is_file() else []
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return {**_HEADERS, "Content-Security-Policy": _POLICY.format(hashes)}


class Guard:
    """ASGI middleware; `who` gives the person of a session's token, empty for nobody, `told` the
    person that a request's headers name when it comes from a trusted proxy at that address, and
    `begin` the token of a session of that person, by which idle screens end for them too.

    The proxy's word counts more than a cookie: the browser may be another person's since."""

    def __init__(
        self,
        app: ASGIApp,
        who: Callable[[str], str],
        hosts: Iterable[str],
        told: Callable[[Headers, str], str] = lambda _headers, _address: "",
        proxies: Callable[[], Iterable[str]] = tuple,
        begin: Callable[[str], str] = lambda _person: "",
    ) -> None:
        self._app, self._who, self._hosts = app, who, frozenset(hosts)
        self._told, self._proxies, self._begin = told, proxies, begin
        # Accounts may be busy for seconds; nothing else waits for them.
        self._asking = ThreadPoolExecutor(8, "guard")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused:
            await _refuse(scope, receive, send, refused)
            return
        person = ""
        if not scope["path"].startswith(_NOBODYS):
            loop = asyncio.get_running_loop()
            try:
                scope, person = await loop.run_in_executor(self._asking, self._identified, scope)
            except (MedlocError, sqlite3.Error, OSError):
                await _refuse(scope, receive, send, "Accounts cannot be read now. Try again.", 503)
                return
        if person or scope["path"].startswith((*_NOBODYS, *OPEN)):
            await _answered(self._app, scope, receive, send)
        elif scope["type"] == "websocket":
            await _refuse(scope, receive, send, "Sign in first.")
        else:
            wanted = scope["path"]
            if scope["query_string"]:
                wanted += f"?{scope['query_string'].decode('latin-1')}"
            there = f"/sign-in?next={quote(wanted)}"
            await RedirectResponse(there, 303)(scope, receive, _with_headers(send))

    def _identified(self, scope: Scope) -> tuple[Scope, str]:
        """The request with our own header, and whose it is. Of somebody for whom a proxy speaks no
        session but the proxy's goes on."""
        address = (scope.get("client") or ("", 0))[0]
        told = self._told(Headers(scope=scope), address)
        headers = [(name, value) for name, value in scope["headers"] if name != TOLD.encode()]
        if told:
            cookies = _without_session(scope)
            if scope["type"] == "websocket" and scope["path"] == _STREAM:
                cookies = "; ".join(filter(None, (cookies, f"{COOKIE}={self._begin(told)}")))
            headers = [(name, value) for name, value in headers if name != b"cookie"]
            headers += [(b"cookie", cookies.encode("latin-1"))] if cookies else []
        person = told or self._who(token_of(scope))
        headers += [(TOLD.encode(), person.encode())] if person else []
        before = _before_the_proxy(scope) if address in self._proxies() else {}
        return {**scope, **before, "headers": headers}, person

    def _refused(self, scope: Scope) -> str:
        """Why a request is turned away whoever it is from; empty when it is not."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if _split(f"//{host}").hostname not in self._hosts:
            return "This server does not answer to that name."
        origin = headers.get("origin")
        writes = scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD")
        if writes and origin is not None and _split(origin).netloc != host:
            return "Requests from other sites are not answered."
        return ""


def token_of(scope: Scope) -> str:
    """The session's token in a request's cookie, empty when there is none."""
    # Not `http.cookies`: it stops at a cookie it does not like, and on localhost all programs share
    # their cookies.
    return cookie_parser(Headers(scope=scope).get("cookie", "")).get(COOKIE, "")


def _without_session(scope: Scope) -> str:
    """A request's cookies but for the session's."""
    parts = [part.strip() for line in Headers(scope=scope).getlist("cookie")
             for part in line.split(";")]  # fmt: skip
    return "; ".join(part for part in parts if part.partition("=")[0].strip() != COOKIE)


def _before_the_proxy(scope: Scope) -> dict[str, object]:
    """What a proxy says of the request it got: over TLS or not, and from where."""
    headers = Headers(scope=scope)
    found: dict[str, object] = {}
    if _last(headers, "x-forwarded-proto").lower() == "https":
        found["scheme"] = "https" if scope["type"] == "http" else "wss"
    address = _last(headers, "x-forwarded-for")
    return found | ({"client": (address, 0)} if address else {})


def _last(headers: Headers, name: str) -> str:
    """What the proxy itself has added to a header; all before it the client may have written."""
    return ",".join(headers.getlist(name)).rpartition(",")[2].strip()


def _split(address: str) -> SplitResult:
    """The parts of an address; none of one that is malformed."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


async def _answered(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Hand a request on; an answer that fails before it has begun has the headers too."""
    begun = False

    async def sending(message: Message) -> None:
        nonlocal begun
        begun = True
        await send(message)

    try:
        await app(scope, receive, _with_headers(sending))
    except Exception:
        if scope["type"] == "http" and not begun:
            await _refuse(scope, receive, sending, "Something went wrong here.", 500)
        raise  # to the log


async def _refuse(scope: Scope, receive: Receive, send: Send, why: str, status: int = 403) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 4000 + status, "reason": why})
    else:
        await PlainTextResponse(why, status)(scope, receive, _with_headers(send))


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in security_headers().items():
                headers.setdefault(name, value)
        await send(message)

    return sending
