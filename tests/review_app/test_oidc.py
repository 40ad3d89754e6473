"""Signing in by an OpenID provider and by a proxy's header: who comes in, and who does not."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from medloc.accounts import Accounts
from medloc.errors import SettingsError
from medloc.workflow.desk import Desk
from review_app import office
from review_app.guard import COOKIE, TOLD, Guard
from review_app.signing_in import routes
from tests.content import SETTINGS, small_project

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import oidc_provider_mock


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a real provider on this machine."""
    claims = [
        oidc_provider_mock.User(sub="w", claims={"email": "WRITER@example.org",
                                                 "email_verified": True}),
        oidc_provider_mock.User(sub="stranger", claims={"email": "x@example.org",
                                                        "email_verified": True}),
        oidc_provider_mock.User(sub="unproved", claims={"email": "writer@example.org",
                                                        "email_verified": False}),
    ]  # fmt: skip
    with oidc_provider_mock.run_server_in_thread(user_claims=claims) as server:
        yield f"http://localhost:{server.server_port}"


def client_of(
    root: Path, monkeypatch: pytest.MonkeyPatch, app: str, *, address: str = "127.0.0.1"
) -> TestClient:
    """The routes and the guard of the app, without Streamlit behind them."""
    small_project(root, settings=f"{SETTINGS}app: {app}\n")
    monkeypatch.setenv(office.PROJECT, str(root))
    monkeypatch.setenv("MEDLOC_OIDC_SECRET", "secret")

    async def who(request: Request) -> PlainTextResponse:
        token = request.cookies.get(COOKIE, "")
        session = office.accounts().person_of(token)
        return PlainTextResponse(f"you are {request.headers.get(TOLD, '')}{session and ' again'}")

    guard = Middleware(
        Guard,
        who=office.accounts().person_of,
        hosts=("localhost",),
        told=office.told,
        proxies=office.proxies,
    )
    sessions = Middleware(
        SessionMiddleware, secret_key="x" * 32, session_cookie="medloc_oidc", path="/oidc"
    )
    ways = [*routes(Desk(root), office.accounts(), demo=False), Route("/", who)]
    app_ = Starlette(routes=ways, middleware=[guard, sessions])
    return TestClient(app_, base_url="http://localhost", client=(address, 50_000))


def come_back(client: TestClient, person: str) -> Any:
    """Go to the provider, say who we are there, and come back."""
    there = client.get("/oidc/begin", follow_redirects=False)
    assert there.status_code == 302
    with httpx2.Client(follow_redirects=False) as browser:
        page = browser.get(there.headers["location"])
        assert re.search("form", page.text)
        answer = browser.post(there.headers["location"], data={"sub": person})
    back = urlsplit(answer.headers["location"])
    return client.get(f"{back.path}?{back.query}", follow_redirects=False)


def test_person_whose_address_the_provider_vouches_for_comes_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, provider: str
) -> None:
    client = client_of(tmp_path, monkeypatch, f"{{oidc: {{issuer: '{provider}', client: medloc}}}}")
    assert 'href="/oidc/begin"' in client.get("/sign-in").text
    answer = come_back(client, "w")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert client.get("/").text == "you are writer again"
    assert office.accounts().way_of(client.cookies[COOKIE]) == "openid"


@pytest.mark.parametrize("person", ["stranger", "unproved"])
def test_nobody_else_comes_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, provider: str, person: str
) -> None:
    client = client_of(tmp_path, monkeypatch, f"{{oidc: {{issuer: '{provider}', client: medloc}}}}")
    answer = come_back(client, person)
    assert answer.status_code == 403
    assert "You were not signed in" in answer.text
    assert COOKIE not in client.cookies


def test_suspended_person_does_not_come_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, provider: str
) -> None:
    client = client_of(tmp_path, monkeypatch, f"{{oidc: {{issuer: '{provider}', client: medloc}}}}")
    office.accounts().suspend("writer")
    assert "suspended" in come_back(client, "w").text


def test_answer_that_was_not_asked_for_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, provider: str
) -> None:
    client = client_of(tmp_path, monkeypatch, f"{{oidc: {{issuer: '{provider}', client: medloc}}}}")
    answer = client.get("/oidc/back?code=x&state=forged", follow_redirects=False)
    assert answer.status_code == 403


def test_provider_that_does_not_answer_is_named_on_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = "{oidc: {issuer: 'http://localhost:9', client: medloc}}"
    client = client_of(tmp_path, monkeypatch, nowhere)
    answer = client.get("/oidc/begin", follow_redirects=False)
    assert answer.status_code == 403
    assert "You were not signed in: the provider does not answer." in answer.text


def test_provider_without_a_secret_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_project(
        tmp_path, settings=f"{SETTINGS}app: {{oidc: {{issuer: 'https://x', client: y}}}}\n"
    )
    monkeypatch.delenv("MEDLOC_OIDC_SECRET", raising=False)
    monkeypatch.setenv(office.PROJECT, str(tmp_path))
    with pytest.raises(SettingsError, match="MEDLOC_OIDC_SECRET is not set"):
        routes(Desk(tmp_path), office.accounts(), demo=False)


HEADER = "{header: X-Forwarded-Email, proxies: [10.1.1.1]}"


def test_header_of_the_trusted_proxy_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(tmp_path, monkeypatch, HEADER, address="10.1.1.1")
    for said, meant in (("writer@example.org", "writer"), ("doctor", "doctor")):
        assert client.get("/", headers={"X-Forwarded-Email": said}).text == f"you are {meant}"
    lines = [("X-Forwarded-Email", "doctor"), ("X-Forwarded-Email", "writer")]
    assert "Sign in" in client.get("/", headers=lines).text  # one of them is the client's own
    for said in ("", "nobody@example.org"):
        assert "Sign in" in client.get("/", headers={"X-Forwarded-Email": said}).text
    office.accounts().suspend("doctor")
    assert "Sign in" in client.get("/", headers={"X-Forwarded-Email": "doctor"}).text


def test_proxys_word_counts_more_than_an_old_cookie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(tmp_path, monkeypatch, HEADER, address="10.1.1.1")
    office.accounts().add("writer")
    client.cookies[COOKIE] = old = office.accounts().begin("writer")
    headers = {"X-Forwarded-Email": "doctor"}
    assert client.get("/", headers=headers).text == "you are doctor"
    form = {"password": "four words and a comma, say", "old": ""}
    assert client.post("/password", data=form, headers=headers).status_code == 422
    assert not office.accounts().everybody()[0].has_password
    assert (
        client.get("/sign-in?next=/x", headers=headers, follow_redirects=False).headers["location"]
        == "/x"
    )
    assert client.get("/").text == "you are writer again"  # where nobody vouches for anybody
    assert office.accounts().person_of(old) == "writer"


@pytest.mark.parametrize("name", ["X-Forwarded-Email", TOLD, TOLD.upper()])
def test_header_of_anybody_else_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    client = client_of(tmp_path, monkeypatch, HEADER, address="10.1.1.2")
    assert "Sign in" in client.get("/", headers={name: "doctor"}).text


def test_forged_own_header_does_not_count_beside_the_proxys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(tmp_path, monkeypatch, HEADER, address="10.1.1.1")
    headers = {"X-Forwarded-Email": "doctor", TOLD: "publisher"}
    assert client.get("/", headers=headers).text == "you are doctor"


def test_word_of_a_proxy_on_tls_and_address_counts_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What the client wrote, then what the proxy added: to its line, or in a line of its own.
    said = [
        ("X-Forwarded-Proto", "http"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-For", "6.6.6.6, 6.6.6.7"),
        ("X-Forwarded-For", "6.6.6.8, 192.0.2.7"),
    ]
    form = {"person": "doctor", "password": "wrong"}
    for address, cookie in (("10.1.1.1", True), ("10.1.1.2", False)):
        client = client_of(tmp_path / address, monkeypatch, HEADER, address=address)
        office.accounts().add("doctor")
        for _ in range(5):
            client.post("/sign-in", data={**form, "person": "x"}, headers=said)
        token = office.accounts().add("doctor")
        entered = client.post(f"/link/{token}", headers=said, follow_redirects=False)
        assert ("Secure" in entered.headers["set-cookie"]) is cookie
        told = rows(office.accounts(), "SELECT DISTINCT who FROM failure WHERE who LIKE 'addr%'")
        assert told == [(f"address {'192.0.2.7' if cookie else address}",)]


def rows(accounts: Accounts, question: str) -> list[tuple[Any, ...]]:
    """What a query finds in the file of accounts."""
    return accounts._file.read(question)
