"""The review app as one ASGI process: Streamlit behind a guard, with the pages for signing in."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import logging
import os
import secrets
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from streamlit import config

from medloc.workflow.desk import Desk
from review_app import office, routes_preview
from review_app.guard import TOLD, Guard
from review_app.signing_in import AT_PROVIDER, routes
from review_app.widgets.editor import script_route

SCRIPT = Path(__file__).with_name("app.py")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_OPTIONS = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "global.disableWidgetStateDuplicationWarning": True,
    "runner.magicEnabled": False,
    "server.enableAgentApi": False,
    "runner.postScriptGC": False,  # 45 to 62 ms of each click; see `_collecting`
    "server.address": "127.0.0.1",
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxMessageSize": 50,
    "server.maxUploadSize": 20,
    "server.trustedUserHeaders": {TOLD: "person"},  # nobody joins another person's session
    "theme.light.primaryColor": "#0b6172",
    "theme.light.linkColor": "#0b6172",
    "theme.dark.primaryColor": "#17788c",
    "theme.dark.linkColor": "#7fd3e2",
    "theme.baseRadius": "0.4rem",
}
_SAYS_SESSIONS = "streamlit.runtime.websocket_session_manager"
_COLLECT_EVERY = 60  # seconds
_M_ARENA_MAX = -8  # of mallopt(3)


def create(root: Path, *, demo: bool = False) -> st.App:
    """The application for a project; `demo` lets anybody be anybody. It answers to the names of
    this machine and to those in `app.hosts`. Raises SettingsError."""
    os.environ[office.PROJECT] = str(root)
    os.environ[office.DEMO] = "1" if demo else ""
    for name, value in _OPTIONS.items():
        with contextlib.suppress(RuntimeError):  # an option this version does not have
            config.set_option(name, value)
    logging.getLogger(_SAYS_SESSIONS).addFilter(_without_values)
    desk, accounts = office.desk(), office.accounts()
    hosts = (*LOOPBACK, *desk.project.settings.app.hosts)
    return st.App(
        SCRIPT,
        lifespan=_lifespan(desk),
        routes=[
            *routes(desk, accounts, demo=demo),
            *routes_preview.routes(desk),
            script_route(),
        ],
        middleware=[
            Middleware(
                Guard,
                who=accounts.person_of,
                hosts=hosts,
                told=office.told,
                proxies=office.proxies,
                begin=partial(accounts.begin, way="proxy"),
            ),
            # Only for the minutes that somebody spends at an OpenID provider.
            Middleware(
                SessionMiddleware,
                secret_key=secrets.token_urlsafe(32),
                session_cookie="medloc_oidc",
                max_age=AT_PROVIDER,
                path="/oidc",
            ),
        ],
    )


def serve(
    root: Path, *, port: int, demo: bool, reindex: bool, on_ready: Callable[[str], None]
) -> None:
    """Serve the app on this machine until it is stopped; raises MedlocError for a project that
    cannot be opened."""
    _keep_little_memory()
    application = create(root, demo=demo)
    office.desk().refresh(anew=reindex)
    on_ready(f"http://localhost:{port}")
    uvicorn.run(
        application,
        host="127.0.0.1",
        port=port,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        ws_per_message_deflate=False,  # a third of a megabyte for each reviewer, and time
    )


def _lifespan(desk: Desk):  # type: ignore[no-untyped-def]
    @contextlib.asynccontextmanager
    async def living(_: object) -> AsyncIterator[dict[str, object]]:
        await asyncio.to_thread(desk.refresh)
        gc.collect()
        gc.freeze()  # articles and modules stay: not to be looked through again and again
        task = asyncio.create_task(_collecting())
        try:
            yield {}
        finally:
            task.cancel()

    return living


async def _collecting() -> None:
    """Collect what is left over once a minute instead of after each click, and give it back."""
    while True:
        await asyncio.sleep(_COLLECT_EVERY)
        await asyncio.to_thread(gc.collect)
        await asyncio.to_thread(_library("malloc_trim"), 0)


def _without_values(record: logging.LogRecord) -> bool:
    """Let a line into the log without the ids of sessions: who has one could ask for it."""
    record.args = tuple("..." for _ in record.args or ())
    return True


def _keep_little_memory() -> None:
    """Let all threads share two heaps (glibc gives each its own, and each run of a screen is a
    thread): else every reviewer leaves megabytes of holes."""
    _library("mallopt")(_M_ARENA_MAX, 2)


def _library(name: str) -> Callable[..., object]:
    """A function of the C library; where there is none of that name, one that does nothing."""
    try:
        found: Callable[..., object] = getattr(ctypes.CDLL(None), name)
    except (AttributeError, OSError, TypeError):
        return lambda *_: None
    return found
