"""Who gets in and how, and what every request has to pass."""

from __future__ import annotations

import datetime as dt
import hashlib
import socket
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import streamlit
from playwright.sync_api import Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from medloc.accounts import FILE_NAME, IDLE, Accounts, accounts_of
from medloc.workflow.desk import Desk
from review_app import routes_preview
from review_app.guard import COOKIE, security_headers
from review_app.signing_in import _inside, routes
from review_app.widgets.editor import script_route
from tests.content import Content
from tests.review_app.app_server import AppServer
from tests.review_app.asking import ask
from tests.review_app.conftest import Watch
from tests.review_app.screen import settle

PASSWORD = "four words and a comma, say"
STREAM = "/_stcore/stream"


@pytest.fixture
def accounts(server: AppServer) -> Accounts:
    """Accounts of the shared server; `writer` has a password."""
    made = accounts_of(server.content.root)
    made.add("writer")
    made.set_password("writer", PASSWORD)
    return made


def test_right_password_begins_a_session_and_leads_on(
    server: AppServer, accounts: Accounts
) -> None:
    there = "/review?article=fever&locale=es"
    form = {"person": "writer", "password": PASSWORD, "next": there}
    answer = ask(server, "/sign-in", form=form)
    assert (answer.status, answer.there) == (303, there)
    assert accounts.person_of(answer.token) == "writer"
    assert ask(server, "/", token=answer.token).status == 200


def test_cookie_is_for_this_server_and_not_for_scripts(
    server: AppServer, accounts: Accounts
) -> None:
    (line,) = ask(server, "/sign-in", form={"person": "writer", "password": PASSWORD}).cookies
    flags = {flag.strip().lower() for flag in line.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/", "max-age=43200"} <= flags
    assert not [flag for flag in flags if flag.startswith("domain")]


@pytest.mark.parametrize("person", ["writer", "nobody"])
def test_wrong_password_is_refused_in_the_same_words(
    server: AppServer, accounts: Accounts, person: str
) -> None:
    answer = ask(server, "/sign-in", form={"person": person, "password": "x" * 12})
    assert (answer.status, answer.cookies) == (403, ())
    assert "the name or the password is wrong" in answer.body


@pytest.mark.parametrize(
    ("language", "root", "words"),
    [
        ("en", '<html lang="en" dir="ltr">', ("Password", "Ask for another.")),
        ("es-MX", '<html lang="es" dir="ltr">', ("Contraseña", "Solicite otro.")),
        ("ar", '<html lang="ar" dir="rtl">', ("كلمة المرور", "اطلب رابطًا آخر.")),
    ],
)
def test_door_speaks_the_language_of_the_browser(
    server: AppServer, language: str, root: str, words: tuple[str, ...]
) -> None:
    answer = ask(server, "/link/used", form={}, **{"Accept-Language": language})
    assert answer.status == 403
    assert all(part in answer.body for part in (root, *words))


def test_nobody_is_anybody_without_a_demonstration(server: AppServer) -> None:
    answer = ask(server, "/sign-in", form={"person": "doctor"})
    assert (answer.status, answer.token) == (403, "")


def test_link_lets_in_once_and_a_password_is_set(server: AppServer, accounts: Accounts) -> None:
    path = f"/link/{accounts.add('linguist')}"
    assert ask(server, path).status == 200  # a mail scanner looks
    entered = ask(server, path, form={})
    assert (entered.status, entered.there) == (303, "/password")
    assert accounts.person_of(entered.token) == "linguist"
    again = ask(server, path, form={})
    assert (again.status, again.token) == (403, "")
    short = ask(server, "/password", form={"password": "short"}, token=entered.token)
    assert (short.status, short.token) == (422, "")
    done = ask(server, "/password", form={"password": PASSWORD}, token=entered.token)
    assert accounts.person_of(done.token) == "linguist"
    assert accounts.person_of(entered.token) == ""
    form = {"person": "linguist", "password": PASSWORD}
    assert ask(server, "/sign-in", form=form).status == 303


def test_sign_out_ends_the_session_and_needs_a_button(
    server: AppServer, accounts: Accounts
) -> None:
    token = accounts.begin("doctor")
    assert ask(server, "/sign-out", token=token).status == 200
    assert accounts.person_of(token) == "doctor"
    answer = ask(server, "/sign-out", form={}, token=token)
    assert (answer.status, answer.there) == (303, "/sign-in")
    assert "Max-Age=0" in answer.cookies[0]
    assert ask(server, "/", token=token).there == "/sign-in?next=/"


def test_no_get_changes_anything(server: AppServer, accounts: Accounts, article: str) -> None:
    """Any site may make a browser ask for these with the cookie, which is SameSite=Lax, and mail
    scanners open every link."""
    desk, token = Desk(server.content.root), accounts.begin("doctor")
    link = f"/link/{accounts.add('linguist')}"
    addresses = {
        "/sign-in": "/sign-in?person=doctor&password=x&next=/",
        "/sign-out": "/sign-out?sure=1",
        "/link/{token}": link,
        "/password": f"/password?password={PASSWORD.replace(' ', '+')}",
        "/drafts/frame": f"/drafts/frame?article={article}&locale=es&beside=1",
        "/drafts/{mode}/{path:path}": f"/drafts/marked/es/{article}/",
        "/medloc/{name}": "/medloc/pace.js",
    }
    own = [*routes(desk, accounts, demo=False), *routes_preview.routes(desk, accounts),
           script_route()]  # fmt: skip
    assert {getattr(route, "path", "") for route in own} == set(addresses)
    before = kept(server.content.root)
    for address in (*addresses.values(), link, f"/review?article={article}&locale=es&approve=1"):
        assert ask(server, address, token=token).status == 200, address
        assert ask(server, address, token=token, method="HEAD").status == 200, address
    assert kept(server.content.root) == before
    assert accounts.person_of(token) == "doctor"
    assert ask(server, link, form={}).token  # only the button on its page uses it up


def kept(root: Path) -> dict[str, str]:
    """All that a project keeps, but for what is derived, said, or says when somebody was seen."""
    found = {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file() and ".medloc" not in path.parts and FILE_NAME not in path.name
    }
    with sqlite3.connect(root / FILE_NAME) as file:
        for table, columns in (("account", "*"), ("link", "*"), ("failure", "*"),
                               ("session", "token, person, made")):  # fmt: skip
            rows = file.execute(f"SELECT {columns} FROM {table} ORDER BY 1").fetchall()
            found[table] = repr(rows)
    file.close()
    return found


def test_suspended_or_idle_people_are_out_at_once(server: AppServer, accounts: Accounts) -> None:
    accounts.add("publisher")
    one, other = accounts.begin("publisher"), accounts.begin("doctor")
    assert ask(server, "/", token=one).status == ask(server, "/", token=other).status == 200
    accounts.suspend("publisher")
    let_time_pass(server.content.root, other)
    assert ask(server, "/", token=one).status == ask(server, "/", token=other).status == 303


@pytest.mark.parametrize(
    "path", ["/", "/review?article=fever", "/_stcore/host-config",
             "/_stcore/upload_file/x/y", "/_stcore/metrics", "/media/x", "/component/x",
             "/password"],
)  # fmt: skip
def test_nothing_is_seen_without_signing_in(server: AppServer, path: str) -> None:
    for token in ("", "forged"):
        answer = ask(server, path, token=token)
        assert answer.status == 303
        assert answer.there.startswith("/sign-in?next=/")


@pytest.mark.parametrize(
    ("path", "status", "more"),
    [
        ("/", 200, {}),
        ("/sign-in", 200, {}),
        ("/password", 200, {}),
        ("/link/x", 200, {}),
        ("/_stcore/health", 200, {}),
        ("/media/nothing", 404, {}),
        ("/", 403, {"Host": "evil.example"}),
    ],
)
def test_every_answer_carries_the_headers(
    server: AppServer, accounts: Accounts, path: str, status: int, more: dict[str, str]
) -> None:
    answer = ask(server, path, token=accounts.begin("doctor"), **more)
    assert answer.status == status
    for name, value in security_headers().items():
        assert answer.headers.get(name.lower()) == value
    assert "http" not in answer.headers["content-security-policy"]
    assert "server" not in answer.headers
    assert not answer.headers.get("access-control-allow-origin")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1:1", 200),
        ("[::1]:80", 200),
        ("evil.example", 403),
        ("localhost.evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("evil.example#@localhost", 403),
        ("localhost:80@evil.example", 403),
        ("192.0.2.1", 403),
        ("[", 403),
        ("", 403),
    ],
)
def test_only_names_of_this_machine_are_answered(server: AppServer, host: str, status: int) -> None:
    assert ask(server, "/sign-in", Host=host).status == status


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1", "[", ""])
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/password", "/_stcore/upload_file/x"])
def test_other_sites_send_nothing(
    server: AppServer, accounts: Accounts, origin: str, path: str
) -> None:
    token = accounts.begin("doctor")
    form = {"password": PASSWORD}
    assert ask(server, path, form=form, token=token, Origin=origin).status == 403
    assert accounts.person_of(token) == "doctor"


def test_websocket_is_for_signed_in_people_of_this_site(
    server: AppServer, accounts: Accounts
) -> None:
    cookie = f"{COOKIE}={accounts.begin('doctor')}"
    here = server.url
    assert opens(server, Cookie=cookie, Origin=here)
    assert not opens(server, Origin=here)
    assert not opens(server, Cookie=f"{COOKIE}=forged", Origin=here)
    assert not opens(server, Cookie=cookie, Origin="https://evil.example")
    assert not opens(server, Cookie=cookie, Origin="null")
    assert not opens(server, Cookie=cookie, Host="evil.example")


@pytest.mark.parametrize("other", ['a={"b": "c"}', "a b", "=", "\xe4=1", "a=[1, 2]", "$Path=/"])
def test_cookies_of_other_programs_on_this_machine_do_not_matter(
    server: AppServer, accounts: Accounts, other: str
) -> None:
    cookies = f"{other}; {COOKIE}={accounts.begin('doctor')}; {other}"
    assert ask(server, "/", Cookie=cookies).status == 200


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("/review?article=a&locale=es", "/review?article=a&locale=es"),
        ("//evil.example", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/\n/evil.example", "/"),
        ("\t//evil.example", "/"),
        (" //evil.example", "/"),
        ("https://evil.example", "/"),
        ("http:evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("review", "/"),
        ("", "/"),
        ("/[", "/["),
        ("//[", "/"),
    ],
)
def test_signing_in_leads_nowhere_else(address: str, there: str) -> None:
    assert _inside(address) == there


def test_demo_is_for_demonstrations_only(content: Content) -> None:
    settings = content.read("medloc.yaml").replace("demonstration: true", "demonstration: false")
    content.write("medloc.yaml", settings)
    code, said = content.say("review", "--demo")
    assert code != 0
    assert "is no demonstration" in said


@pytest.mark.browser
def test_demo_offers_its_people_and_says_so_on_every_screen(
    content: Content, serve: Callable[..., AppServer], page_of: Callable[..., Page]
) -> None:
    server = serve(content, demo=True)
    page = page_of("", "/review?article=fever&locale=ar", at=server)
    expect(page.get_by_role("button")).to_have_count(6)
    page.get_by_role("button", name="Ana Ruiz").click()
    settle(page)
    assert page.url.endswith("/review?article=fever&locale=ar")
    for link in page.get_by_test_id("stTopNavLink").all():
        link.click()
        settle(page)
        expect(page.locator(".m-who")).to_contain_text("Ana Ruiz")
        expect(page.locator(".m-who")).to_contain_text("Demonstration")
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_title("Sign in · medloc")


@pytest.mark.browser
def test_link_in_a_mail_opens_for_whoever_is_signed_in(
    server: AppServer, page_of: Callable[..., Page], article: str, watch: Watch
) -> None:
    path = f"/review?article={article}&locale=es"
    page = page_of("doctor")
    watch.hosts.add(mail_host := "127.0.0.1:" + str(server.port))  # another site than localhost
    page.context.route(
        f"http://{mail_host}/mail",
        lambda route: route.fulfill(
            content_type="text/html", body=f'<a href="{server.url}{path}">Review</a>'
        ),
    )
    page.goto(f"http://{mail_host}/mail")
    page.get_by_role("link").click()
    page.wait_for_selector("[data-testid=focus]", state="attached")
    assert page.url == server.url + path


@pytest.mark.parametrize("folder", ["js", "css"])
def test_scripts_and_styles_of_streamlit_are_for_everybody(server: AppServer, folder: str) -> None:
    """A page whose session has ended still loads what its last words need."""
    static = Path(streamlit.__file__).parent / "static/static" / folder
    file = next(static.glob("index.*"))
    assert ask(server, f"/static/{folder}/{file.name}").status == 200


def let_time_pass(root: Path, token: str) -> None:
    """Make a session's last use as long ago as the idle limit."""
    accounts = accounts_of(root)
    at = dt.datetime.now(dt.UTC) - IDLE - dt.timedelta(seconds=1)
    with sqlite3.connect(root / FILE_NAME) as file:
        done = file.execute(
            "UPDATE session SET seen = ? WHERE person = ?",
            (at.isoformat(), accounts.person_of(token)),
        )
        assert done.rowcount
    file.close()


def opens(server: AppServer, **headers: str) -> bool:
    """Whether a websocket comes about."""
    host = headers.pop("Host", f"localhost:{server.port}")
    with (
        suppress(InvalidStatus),
        connect(
            f"ws://{host}{STREAM}",
            sock=socket.create_connection(("127.0.0.1", server.port)),
            additional_headers=headers,
            proxy=None,
            open_timeout=10,
        ),
    ):
        return True
    return False
