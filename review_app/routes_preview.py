"""Drafts of pages for the preview: plain documents behind the sign-in, in which no script can run.
Only what frames them has one, our own: it lets two of them scroll together.

`/drafts/marked/es/clonus/` is a page, `/drafts/plain/...` the same without marks, and
`/drafts/frame?...` shows one page, or two beside each other, in sandboxed frames.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections import deque
from collections.abc import Mapping
from html import escape
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from medloc.errors import MedlocError
from medloc.languages import locale_of_tag
from medloc.site.serve import TYPES
from medloc.site.serve import page_path as path_asked
from medloc.workflow.addresses import page_path
from medloc.workflow.desk import Desk
from medloc.workflow.drafts import draft_page
from review_app.guard import TOLD

MODES = ("marked", "plain")
_KEPT = 64  # pages whose images and styles are kept: a browser asks for them right after the page
# Same origin, or the browser would leave the sign-in out of what the page asks for; no script runs.
_SANDBOX = "allow-same-origin"
_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0; display: flex; gap: 12px; height: 100vh; justify-content: center; }
iframe { flex: 1 1 0; min-width: 0; height: 100%; box-sizing: border-box;
  border: 1px solid #8a8f98; border-radius: 8px; background: Canvas; }
body.phone iframe { flex: 0 1 390px; }
@media (max-width: 700px) { body { flex-direction: column; align-items: center; }
  iframe, body.phone iframe { flex: 1 1 0; width: 100%; max-width: 100%; }
  body.phone iframe { max-width: 390px; } iframe:last-of-type { order: -1; } }
"""
_SCRIPT = Path(__file__).with_name("scrolling.js").read_text("utf-8")
_FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style></head>
<body class="{kind}">{frames}<script>{script}</script></body></html>"""
_ALWAYS = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
_PAGE_POLICY = f"{_ALWAYS}style-src 'self'; img-src 'self'; sandbox {_SANDBOX}"


def _hash(text: str) -> str:
    """How a policy names a style or a script: it and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


_FRAME_POLICY = (
    f"{_ALWAYS}style-src {_hash(_STYLE)}; script-src {_hash(_SCRIPT)}; frame-src 'self'; "
    f"sandbox {_SANDBOX} allow-scripts"
)


def routes(desk: Desk) -> list[BaseRoute]:
    """The routes; each request is answered only to somebody who is active, as the guard says."""
    drafts = _Drafts(desk)
    return [
        Route("/drafts/frame", drafts.frame),
        Route("/drafts/{mode}/{path:path}", drafts.file),
    ]


def frame_address(
    article: str, locale: str, *, beside: bool, phone: bool, marked: bool, section: str
) -> str:
    """The address of the frame for a page."""
    options = f"&beside={beside:d}&phone={phone:d}&marked={marked:d}&section={quote(section)}"
    return f"/drafts/frame?article={quote(article)}&locale={quote(locale)}{options}"


class _Drafts:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._assets: deque[Mapping[str, bytes]] = deque(maxlen=_KEPT)

    async def frame(self, request: Request) -> Response:
        """Frames that show the page asked for, its source first when it is wanted beside it."""
        if not self._is_known(request):
            return _text("Sign in first.", 403)
        asked, project = request.query_params, self._desk.project
        article, locale = asked.get("article", ""), asked.get("locale", "")
        if locale not in project.locales(source=True):
            return _text("There is no such language.", 404)
        source = project.settings.source.locale
        names = [source] if asked.get("beside") == "1" and locale != source else []
        mode = MODES[asked.get("marked") == "0"]
        place = f"#{quote(asked['section'])}" if asked.get("section") else ""
        frames = ""
        for name in (*names, locale):
            language = project.settings.language(name)
            address = f"/drafts/{mode}/{quote(page_path(language.tag, article))}{place}"
            title = escape(f"{article} ({language.name})")
            frames += (
                f'<iframe sandbox="{_SANDBOX}" src="{escape(address)}" title="{title}" '
                f'data-locale="{escape(name)}" referrerpolicy="no-referrer"></iframe>'
            )
        kind = "phone" if asked.get("phone") == "1" else ""
        title = escape(f"Draft of {article}")
        page = _FRAME.format(title=title, style=_STYLE, kind=kind, frames=frames,
                             script=_SCRIPT)  # fmt: skip
        return _answer(page.encode(), ".html", _FRAME_POLICY)

    async def file(self, request: Request) -> Response:
        """A page, or a file that one of the pages drawn lately needs."""
        if not self._is_known(request):
            return _text("Sign in first.", 403)
        path = path_asked(f"/{request.path_params['path']}") or ""
        mode = request.path_params["mode"]
        if mode not in MODES or not path:
            return _text("There is no such page.", 404)
        if path.startswith("assets/"):
            data = next((assets[path] for assets in self._assets if path in assets), None)
            if data is None:
                return _text("Draw the page anew.", 404)
            return _answer(data, PurePosixPath(path).suffix, _PAGE_POLICY)
        tag, _, rest = path.partition("/")
        slug = rest.removesuffix("/index.html")
        if slug == rest:
            return _text("Here are articles only: choose one in the list above.", 404)
        try:
            return await asyncio.to_thread(self._draw, slug, locale_of_tag(tag), mode == "marked")
        except MedlocError as trouble:
            return _text(str(trouble), 404)

    def _draw(self, slug: str, locale: str, marked: bool) -> Response:
        desk = self._desk
        today = desk.clock().date()
        desk.article(slug)  # as it is now; the others may be a moment old
        page = draft_page(
            desk.project, desk.sources, desk.decisions, slug, locale, today=today, marked=marked
        )
        self._assets.appendleft(page.assets)
        return _answer(page.html, ".html", _PAGE_POLICY)

    def _is_known(self, request: Request) -> bool:
        person = self._desk.settings.people.get(request.headers.get(TOLD, ""))
        today = self._desk.clock().date()
        return person is not None and (person.until is None or today <= person.until)


def _answer(data: bytes, suffix: str, policy: str, status: int = 200) -> Response:
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    kind = TYPES.get(suffix.lower(), "application/octet-stream")
    return Response(data, status, headers, media_type=kind)


def _text(words: str, status: int) -> Response:
    return _answer(f"{words}\n".encode(), ".txt", _PAGE_POLICY, status)
