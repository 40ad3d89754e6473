"""Who gets in and how, and what every request has to pass."""

from __future__ import annotations

import datetime as dt
import hashlib
import socket
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
import streamlit
from playwright.sync_api import Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from medloc.accounts import FILE_NAME, IDLE, Accounts, accounts_of
from medloc.ledger import open_ledger
from medloc.model import Kind
from medloc.workflow.desk import Desk
from review_app import routes_preview
from review_app.guard import COOKIE, security_headers
from review_app.signing_in import _inside, routes
from review_app.widgets.editor import script_route
from tests.content import Content
from tests.review_app.app_server import AppServer
from tests.review_app.asking import ask
from tests.review_app.conftest import Watch
from tests.review_app.robot import Robot
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
    cookies = ask(server, "/sign-in", form={"person": "writer", "password": PASSWORD}).cookies
    session, device = ({flag.strip().lower() for flag in one.split(";")[1:]} for one in cookies)
    assert {"httponly", "samesite=lax", "path=/", "max-age=43200"} <= session
    assert {"httponly", "path=/sign-in"} <= device  # says only that somebody signed in here once
    assert not [flag for flag in session | device if flag.startswith("domain")]


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


def test_password_is_changed_by_who_knows_it(server: AppServer, accounts: Accounts) -> None:
    token = accounts.begin("writer", way="password")
    assert 'name="old"' in ask(server, "/password", token=token).body
    form = {"password": PASSWORD + "!"}
    assert ask(server, "/password", form=form, token=token).status == 422
    assert accounts.person_of(token) == "writer"
    assert ask(server, "/password", form={**form, "old": PASSWORD}, token=token).status == 303


def test_strangers_keep_nobody_out_of_their_own_browser(
    server: AppServer, accounts: Accounts
) -> None:
    """All come from this machine, where a proxy stands that says nothing of addresses."""
    form = {"person": "writer", "password": PASSWORD}
    (device,) = [c for c in ask(server, "/sign-in", form=form).cookies if "medloc_device" in c]
    assert {"httponly", "path=/sign-in"} <= {f.strip().lower() for f in device.split(";")}
    for person in ("x", "y", "z", *["writer"] * 6):
        form_ = {"person": person, "password": "x" * 12}
        wrong = ask(server, "/sign-in", form=form_, X_Forwarded_For="10.0.0.1")
        assert wrong.status == 403
    assert "too many" in ask(server, "/sign-in", form=form, X_Forwarded_For="10.0.0.2").body
    assert ask(server, "/sign-in", form=form, Cookie=device.split(";")[0]).status == 303


@pytest.mark.parametrize("path", ["/sign-in", "/password"])
@pytest.mark.parametrize(
    ("kind", "length", "status"),
    [
        ("multipart/form-data; boundary=x", 100, 415),
        ("application/json", 100, 415),
        ("", 100, 415),
        ("application/x-www-form-urlencoded", 20_000, 413),
    ],
)
def test_only_small_forms_are_taken(
    server: AppServer, accounts: Accounts, path: str, kind: str, length: int, status: int
) -> None:
    token = accounts.begin("doctor")
    answer = ask(server, path, body=b"a" * length, token=token, Content_Type=kind)
    assert answer.status == status
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


def test_nobody_joins_another_persons_screen(server: AppServer, accounts: Accounts) -> None:
    """Who knows a session's id, from a log say, gets one of their own."""

    def session(person: str, wanted: str = "", token: str = "") -> str:
        token = token or accounts.begin(person)
        with connect(
            f"ws://localhost:{server.port}{STREAM}",
            additional_headers={"Cookie": f"{COOKIE}={token}", "Origin": server.url},
            subprotocols=["streamlit", "x", wanted] if wanted else ["streamlit"],  # type: ignore[list-item]
            proxy=None,
        ) as stream:
            begin = BackMsg()
            begin.rerun_script.SetInParent()
            stream.send(begin.SerializeToString())
            while True:
                message = ForwardMsg.FromString(stream.recv(timeout=60))  # type: ignore[arg-type]
                if message.WhichOneof("type") == "new_session":
                    return str(message.new_session.initialize.session_id)

    hers = session("doctor")
    assert session("doctor", hers) == hers  # her line was cut
    assert session("ana", hers) not in ("", hers)
    assert hers not in server.log.read_text("utf-8")


def test_busy_accounts_hold_up_nothing_else(server: AppServer, accounts: Accounts) -> None:
    token = accounts.begin("doctor")
    with sqlite3.connect(server.content.root / FILE_NAME, isolation_level=None) as file:
        file.execute("BEGIN EXCLUSIVE")
        with ThreadPoolExecutor(1) as other:
            waiting = other.submit(ask, server, "/", token=token)
            assert ask(server, "/_stcore/health").status == 200
            assert not waiting.done()
            file.execute("ROLLBACK")
            assert waiting.result().status == 200
    file.close()


def test_broken_settings_are_said_inside_and_let_people_in(
    content: Content, serve: Callable[..., AppServer]
) -> None:
    server = serve(content)
    good = content.read("medloc.yaml")
    content.write("medloc.yaml", good + "\nnonsense: 1\n")
    assert ask(server, "/sign-in").status == 200
    with Robot(server, "doctor") as robot:
        assert [text for text in robot.texts if "nonsense" in text]
        content.write("medloc.yaml", good)
        robot.run()
        assert not [text for text in robot.texts if "nonsense" in text]


def test_screen_of_a_proxys_person_is_theirs_and_ends_when_idle(
    content: Content, serve: Callable[..., AppServer]
) -> None:
    content.write("medloc.yaml", content.read("medloc.yaml")
                  + "\napp: {header: X-Person, proxies: [127.0.0.1]}\n")  # fmt: skip
    server, accounts = serve(content), accounts_of(content.root)
    told = {"X-Person": "doctor"}
    assert ask(server, "/drafts/marked/es/fever/", X_Person="doctor").status == 200
    old = accounts.begin("ana")
    query = {"article": "fever", "locale": "es"}
    with Robot(server, "ana", "review", query, headers=told) as robot:
        robot.read()
        robot.press(robot.button("approve"))
        approval = open_ledger("sqlite:///ledger.sqlite", base=content.root).events()[-1]
        assert (approval.draft.actor, approval.draft.door) == ("doctor", "app:proxy")
        let_time_pass(content.root, old, "doctor")
        robot.run()
        assert "Your session has ended" in "".join(robot.texts)


def test_decisions_say_by_whose_link_somebody_came(
    app_of: Callable[..., AppTest], content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = accounts_of(content.root)
    _, token = accounts.use_link(accounts.add("doctor", giver="publisher"))
    monkeypatch.setattr(Accounts, "begin", lambda *_, **__: token)  # what the cookie holds
    app = app_of("doctor", "review", article="fever", locale="es")
    shown = "".join(html.proto.body for html in app.get("html"))
    assert "A sign-in link for you from publisher was used at" in shown
    next(b for b in app.button if str(b.key).startswith("approve-")).click().run()
    said = open_ledger("sqlite:///ledger.sqlite", base=content.root).events()[-1].draft
    assert (said.kind, said.actor) == (Kind.APPROVE, "doctor")
    assert said.door == "app:link given by publisher"


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
    own = [*routes(desk, accounts, demo=False), *routes_preview.routes(desk),
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
                               ("given", "*"), ("device", "*"),
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


def let_time_pass(root: Path, token: str, person: str = "") -> None:
    """Make the last use of somebody's sessions as long ago as the idle limit."""
    accounts = accounts_of(root)
    at = dt.datetime.now(dt.UTC) - IDLE - dt.timedelta(seconds=1)
    with sqlite3.connect(root / FILE_NAME) as file:
        done = file.execute(
            "UPDATE session SET seen = ? WHERE person = ?",
            (at.isoformat(), person or accounts.person_of(token)),
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
