"""The pages by which people come in and go out: plain HTML, no script, outside of Streamlit."""

from __future__ import annotations

from asyncio import Semaphore, to_thread
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from medloc.accounts import KNOWN_FOR, WHOLE, Accounts, SignInError
from medloc.workflow.desk import Desk
from review_app.guard import COOKIE, LANGUAGE_COOKIE, TOLD, token_of
from review_app.texts import accepted, direction, languages, later, shown_in, translated

if TYPE_CHECKING:
    from review_app.oidc import Provider

BEGIN, BACK = "/oidc/begin", "/oidc/back"
DEVICE_COOKIE = "medloc_device"  # somebody has signed in in this browser: see accounts.guesses
_FORM_TYPE, _LONGEST_FORM = "application/x-www-form-urlencoded", 16 * 1024  # bytes
_AT_ONCE = 2  # passwords that are judged at the same time: each takes 64 MB
AT_PROVIDER = 600  # seconds that somebody may spend at an OpenID provider
_PAGE = """<!doctype html>
<html lang="{lang}" dir="{dir}"><head><meta charset="utf-8"><title>{title} · medloc</title>
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
<label for="person">{id}</label>
<input id="person" name="person" autocomplete="username" required autofocus value="{person}"
 dir="ltr">
<label for="password">{password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required
 dir="ltr">
<button>{go}</button></form>
<p>{help}</p>"""
_DEMO = """<p class="demo">{words}</p>
<form method="post" action="/sign-in"><input type="hidden" name="next" value="{next}">
<ul>{people}</ul></form>"""
_SET = """<form method="post" action="/password">
<input name="person" autocomplete="username" value="{person}" hidden dir="ltr">{old}
<label for="password">{words}</label>
<input id="password" name="password" type="password" autocomplete="new-password"
 minlength="12" maxlength="256" required autofocus dir="ltr">
<button>{go}</button></form><p><a href="/">{later}</a></p>"""
_OLD = """
<label for="old">{}</label>
<input id="old" name="old" type="password" autocomplete="current-password" required dir="ltr">"""
_BUTTON = '<form method="post"><button>{}</button></form>'
TITLES = (later("Sign in"), later("Sign out"), later("Choose a password"))
# Why somebody who has proved who they are may not come in all the same.
REFUSALS = (
    later("your account is suspended"),
    later("the provider does not vouch for an e-mail address of yours"),
    later("the provider does not answer"),
)


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
        self._judging = Semaphore(_AT_ONCE)

    async def begin(self, request: Request) -> Response:
        assert self._provider is not None
        answer = await self._provider.begin(request)
        return answer or self._not_signed_in(request, "the provider does not answer")

    async def back(self, request: Request) -> Response:
        assert self._provider is not None
        people = self._desk.settings.people
        person, trouble = await self._provider.person(request, people)
        if person and not self._accounts.may_enter(person):
            trouble = "your account is suspended"
        if trouble:
            return self._not_signed_in(request, trouble)
        return _entered(request, "/", self._accounts.begin(person, way="openid"))

    def _not_signed_in(self, request: Request, trouble: str) -> Response:
        voice = _Voice(request)
        why = voice.tr("You were not signed in: {trouble}.", trouble=voice.tr(trouble))
        return self._form(voice, "/", trouble=why)

    async def sign_in(self, request: Request) -> Response:
        voice = _Voice(request)
        if request.method != "POST":
            there = request.query_params.get("next", "/")
            if request.headers.get(TOLD) and not token_of(request.scope):  # a proxy speaks for them
                return RedirectResponse(_inside(there), 303)
            return self._form(voice, there)
        form = await _form_of(request)
        person, password = form.get("person", ""), form.get("password", "")
        there = _inside(form.get("next", "/"))
        if self._demo and not password and person in self._desk.settings.people:
            return _entered(request, there, self._accounts.begin(person, way="demonstration"))
        address = request.client.host if request.client else ""
        device = request.cookies.get(DEVICE_COOKIE, "")
        try:
            async with self._judging:
                token = await to_thread(
                    self._accounts.sign_in, person, password, address=address, device=device
                )
        except SignInError as trouble:
            return self._form(voice, there, person=person, trouble=voice.refused(trouble))
        answer = _entered(request, there, token)
        _set_cookie(
            answer, request, DEVICE_COOKIE, self._accounts.remember(person, device),
            int(KNOWN_FOR.total_seconds()), path="/sign-in",
        )  # fmt: skip
        return answer

    async def sign_out(self, request: Request) -> Response:
        if request.method != "POST":
            voice = _Voice(request)
            return voice.page("Sign out", _BUTTON.format(escape(voice.tr("Sign out"))))
        self._accounts.end(token_of(request.scope))
        answer = RedirectResponse("/sign-in", 303)
        answer.delete_cookie(COOKIE)
        return answer

    async def link(self, request: Request) -> Response:
        """A mail scanner opens links too: only the button on the page uses it up."""
        voice = _Voice(request)
        if request.method != "POST":
            body = _BUTTON.format(escape(voice.tr("Sign in with this link")))
            return voice.page("Sign in", body)
        try:
            _, token = self._accounts.use_link(request.path_params["token"])
        except SignInError as trouble:
            return self._form(voice, "/", trouble=voice.refused(trouble))
        return _entered(request, "/password", token)

    async def password(self, request: Request) -> Response:
        voice, token = _Voice(request), token_of(request.scope)
        old = "" if self._accounts.came_by_link(token) else voice.tr("Password until now")
        form = _SET.format(
            person=escape(request.headers.get(TOLD, "")),
            old=_OLD.format(escape(old)) if old else "",
            words=escape(voice.tr("New password (12 characters or more)")),
            go=escape(voice.tr("Set it")),
            later=escape(voice.tr("Not now")),
        )
        if request.method != "POST":
            return voice.page("Choose a password", form)
        given = await _form_of(request)
        password, before = given.get("password", ""), given.get("old", "")
        try:
            async with self._judging:
                token = await to_thread(self._accounts.change_password, token, password, old=before)
        except SignInError as trouble:
            body = _TROUBLE.format(escape(voice.refused(trouble))) + form
            return voice.page("Choose a password", body, 422)
        return _entered(request, "/", token)

    def _form(self, voice: _Voice, there: str, *, person: str = "", trouble: str = "") -> Response:
        body = _TROUBLE.format(escape(trouble)) if trouble else ""
        if self._demo:
            people = "".join(
                f'<li><button name="person" value="{escape(p.id)}"><bdi>'
                f"{escape(p.name or p.id)}</bdi></button></li>"
                for p in self._desk.settings.people.values()
            )
            body += _DEMO.format(
                words=escape(
                    voice.tr("This is a demonstration with made-up accounts. Choose who you are:")
                ),
                next=escape(_inside(there)),
                people=people,
            )
        else:
            body += _FORM.format(
                next=escape(_inside(there)),
                person=escape(person),
                id=escape(voice.tr("Your id")),
                password=escape(voice.tr("Password")),
                go=escape(voice.tr("Sign in")),
                help=escape(
                    voice.tr(
                        "No password yet, or forgotten? Ask your publisher for a sign-in link."
                    )
                ),
            )
        if self._provider:
            words = escape(voice.tr("Sign in with your organisation"))
            body += f'<p><a class="provider" href="{BEGIN}">{words}</a></p>'
        return voice.page("Sign in", body, 403 if trouble else 200)


class _Voice:
    """The language that was chosen in this browser, else what it asks for: these pages come before
    there is a session."""

    def __init__(self, request: Request) -> None:
        chosen = request.cookies.get(LANGUAGE_COOKIE, "")
        asked = accepted(request.headers.get("accept-language", ""))
        self._language = chosen if chosen in languages() else asked

    def tr(self, text: str, **values: object) -> str:
        return translated(text, self._language, **values)

    def refused(self, trouble: SignInError) -> str:
        return shown_in(str(trouble), self._language)

    def page(self, title: str, body: str, status: int = 200) -> Response:
        """A page; its title is one of `TITLES`."""
        name, run = self._language, direction(self._language)
        html = _PAGE.format(lang=name, dir=run, title=escape(self.tr(title)), body=body)
        return HTMLResponse(html, status, headers={"vary": "accept-language, cookie"})


def _entered(request: Request, there: str, token: str) -> Response:
    answer = RedirectResponse(there, 303)
    _set_cookie(answer, request, COOKIE, token, int(WHOLE.total_seconds()))
    return answer


def _set_cookie(
    answer: Response, request: Request, name: str, value: str, seconds: int, path: str = "/"
) -> None:
    # "strict" would ask whoever follows a link in a mail to sign in again
    answer.set_cookie(
        name, value, max_age=seconds, path=path, httponly=True, samesite="lax",
        secure=request.url.scheme == "https",
    )  # fmt: skip


async def _form_of(request: Request) -> Mapping[str, str]:
    """The fields of a form of ours; of anything else, and of what is too long, nothing is kept."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM_TYPE:
        raise HTTPException(415, "A form was expected.")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_FORM:
            raise HTTPException(413, "That form is too long.")
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=20))
    except ValueError:
        raise HTTPException(400, "That is no form.") from None


def _inside(address: str) -> str:
    """An address on this server; `/` for all others."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    fine = not parts.scheme and not parts.netloc and address.startswith("/")
    return address if fine and not address.startswith(("//", "/\\")) else "/"
