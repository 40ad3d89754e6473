"""The pages by which people come in and go out: plain HTML, no script, outside of Streamlit."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from medloc.accounts import WHOLE, Accounts, SignInError
from medloc.workflow.desk import Desk
from review_app.guard import COOKIE, token_of

if TYPE_CHECKING:
    from review_app.oidc import Provider

BEGIN, BACK = "/oidc/begin", "/oidc/back"
AT_PROVIDER = 600  # seconds that somebody may spend at an OpenID provider
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} · medloc</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; }}
main {{ width: min(24rem, 100%); }}
h1 {{ font-size: 1.4rem; }}
label {{ display: block; margin-block: 1rem .25rem; }}
input, button {{ font: inherit; width: 100%; box-sizing: border-box; padding: .6rem .7rem;
  border: 1px solid color-mix(in srgb, currentColor 60%, transparent); border-radius: .4rem; }}
button {{ margin-block-start: 1.2rem; background: #0b5c6b; color: #fff; border-color: #0b5c6b;
  cursor: pointer; }}
ul {{ list-style: none; padding: 0; }} li button {{ margin-block-start: .5rem; text-align: start; }}
:focus-visible {{ outline: 3px solid #e0a100; outline-offset: 2px; }}
.trouble {{ border-inline-start: 4px solid #b3261e; padding: .3rem .8rem; }}
.demo {{ border-inline-start: 4px solid #e0a100; padding: .3rem .8rem; }}
</style></head><body><main><h1>{title}</h1>{body}</main></body></html>"""
_TROUBLE = '<p class="trouble" role="alert">{}</p>'
_FORM = """<form method="post" action="/sign-in">
<input type="hidden" name="next" value="{next}">
<label for="person">Your id</label>
<input id="person" name="person" autocomplete="username" required autofocus value="{person}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button>Sign in</button></form>
<p>No password yet, or forgotten? Ask your publisher for a sign-in link.</p>"""
_DEMO = """<p class="demo">This is a demonstration with made-up accounts. Choose who you are:</p>
<form method="post" action="/sign-in"><input type="hidden" name="next" value="{next}">
<ul>{people}</ul></form>"""
_SET = """<form method="post" action="/password">
<label for="password">New password (12 characters or more)</label>
<input id="password" name="password" type="password" autocomplete="new-password"
 minlength="12" maxlength="256" required autofocus>
<button>Set it</button></form><p><a href="/">Not now</a></p>"""


def routes(desk: Desk, accounts: Accounts, *, demo: bool) -> list[BaseRoute]:
    """The routes; with `demo` anybody may be any of the people in the settings."""
    app = desk.project.settings.app
    provider = None
    if app.oidc_issuer:
        from review_app.oidc import Provider  # 0.3 s that others need not pay

        provider = Provider(app, back=BACK)
    pages = _Pages(desk, accounts, demo, provider)
    ways = [Route(BEGIN, pages.begin), Route(BACK, pages.back)] if provider else []
    return [
        *ways,
        Route("/sign-in", pages.sign_in, methods=["GET", "POST"]),
        Route("/sign-out", pages.sign_out, methods=["GET", "POST"]),
        Route("/link/{token}", pages.link, methods=["GET", "POST"]),
        Route("/password", pages.password, methods=["GET", "POST"]),
    ]


class _Pages:
    def __init__(
        self, desk: Desk, accounts: Accounts, demo: bool, provider: Provider | None
    ) -> None:
        self._desk, self._accounts, self._demo = desk, accounts, demo
        self._provider = provider

    async def begin(self, request: Request) -> Response:
        assert self._provider is not None
        return await self._provider.begin(request)

    async def back(self, request: Request) -> Response:
        assert self._provider is not None
        people = self._desk.project.settings.people
        person, trouble = await self._provider.person(request, people)
        if person and not self._accounts.may_enter(person):
            trouble = "your account is suspended"
        if trouble:
            return self._form("/", trouble=f"You were not signed in: {trouble}.")
        return _entered(request, "/", self._accounts.begin(person))

    async def sign_in(self, request: Request) -> Response:
        if request.method == "GET":
            return self._form(request.query_params.get("next", "/"))
        form = await request.form()
        person, password = str(form.get("person", "")), str(form.get("password", ""))
        there = _inside(str(form.get("next", "/")))
        people = self._desk.project.settings.people
        try:
            if self._demo and not password and person in people:
                token = self._accounts.begin(person)
            else:
                address = request.client.host if request.client else ""
                token = self._accounts.sign_in(person, password, address=address)
        except SignInError as trouble:
            return self._form(there, person=person, trouble=str(trouble))
        return _entered(request, there, token)

    async def sign_out(self, request: Request) -> Response:
        if request.method == "GET":
            return _page("Sign out", '<form method="post"><button>Sign out</button></form>')
        self._accounts.end(token_of(request.scope))
        answer = RedirectResponse("/sign-in", 303)
        answer.delete_cookie(COOKIE)
        return answer

    async def link(self, request: Request) -> Response:
        """A mail scanner opens links too: only the button on the page uses it up."""
        if request.method == "GET":
            body = '<form method="post"><button>Sign in with this link</button></form>'
            return _page("Sign in", body)
        try:
            _, token = self._accounts.use_link(request.path_params["token"])
        except SignInError as trouble:
            return self._form("/", trouble=str(trouble))
        return _entered(request, "/password", token)

    async def password(self, request: Request) -> Response:
        person = self._accounts.person_of(token_of(request.scope))
        if request.method == "GET":
            return _page("Choose a password", _SET)
        password = str((await request.form()).get("password", ""))
        try:
            self._accounts.set_password(person, password)
        except SignInError as trouble:
            body = _TROUBLE.format(escape(str(trouble))) + _SET
            return _page("Choose a password", body, 422)
        return _entered(request, "/", self._accounts.begin(person))

    def _form(self, there: str, *, person: str = "", trouble: str = "") -> Response:
        body = _TROUBLE.format(escape(trouble)) if trouble else ""
        if self._demo:
            people = "".join(
                f'<li><button name="person" value="{escape(p.id)}">{escape(p.name or p.id)}'
                f"</button></li>"
                for p in self._desk.project.settings.people.values()
            )
            body += _DEMO.format(next=escape(_inside(there)), people=people)
        else:
            body += _FORM.format(next=escape(_inside(there)), person=escape(person))
        if self._provider:
            body += f'<p><a class="provider" href="{BEGIN}">Sign in with your organisation</a></p>'
        return _page("Sign in", body, 403 if trouble else 200)


def _entered(request: Request, there: str, token: str) -> Response:
    answer = RedirectResponse(there, 303)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(WHOLE.total_seconds()),
        httponly=True,
        samesite="lax",  # "strict" would ask whoever follows a link in a mail to sign in again
        secure=request.url.scheme == "https",
    )
    return answer


def _page(title: str, body: str, status: int = 200) -> Response:
    return HTMLResponse(_PAGE.format(title=title, body=body), status)


def _inside(address: str) -> str:
    """An address on this server; `/` for all others."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    fine = not parts.scheme and not parts.netloc and address.startswith("/")
    return address if fine and not address.startswith(("//", "/\\")) else "/"
