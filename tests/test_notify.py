"""Letters about what waits: what they say, what they never say, and a real mail server."""

from __future__ import annotations

import asyncio
import datetime as dt
import email
import email.policy
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from medloc.model import Person
from medloc.workflow.notify import Digest, Waiting, letter, subject
from tests.content import SETTINGS, WORDS, Content, approved_project, small_project

LINK = "https://review.example.org"
PEOPLE = SETTINGS.replace("name: Editor,", "name: Editor, email: editor@example.org,").replace(
    "name: Doctor,", 'name: "Dr. Ana Núñez, MD", email: doctor@example.org,'
)
TODAY = dt.datetime.now(dt.UTC).date()


@pytest.fixture
def content(tmp_path: Path) -> Content:
    made = small_project(tmp_path, settings=PEOPLE)
    made.translate("es", WORDS["es"])
    return made


def letters(content: Content, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, str]:
    """The letters that are printed, by the name they begin with."""
    capsys.readouterr()
    content("notify", "--link", LINK, *more)
    found = capsys.readouterr().out.split("To: ")[1:]
    return {one.partition("\n")[0].partition(" <")[0]: one for one in found}


# --- what waits ---------------------------------------------------------------------------------


def test_a_reviewer_reads_how_much_waits_how_long_it_takes_and_where(
    content: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    text = letters(content, capsys, "--to", "doctor")["Dr. Ana Núñez, MD"]
    # 18 sentences (English and Spanish) of 20 s, two of them of high risk of 40 s: 400 s.
    assert text == (
        "Dr. Ana Núñez, MD <doctor@example.org>\n"
        "Subject: 18 sentences for you, about 7 minutes\n\n"
        "Hello Dr. Ana Núñez, MD,\n\n"
        "18 sentences for you, about 7 minutes.\n\n"
        "fever (en), review: 9 sentences, 1 of high risk, about 4 minutes\n"
        f"  {LINK}/review?article=fever&locale=en\n\n"
        "fever (es), review: 9 sentences, 1 of high risk, about 4 minutes\n"
        f"  {LINK}/review?article=fever&locale=es\n\n"
        f"Everything that waits for you: {LINK}/\n\n"
    )


def test_a_translator_reads_what_is_to_be_translated_or_mended(
    content: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    row = content.json("messages", "fever", "es")[0]
    content("decide", "request-changes", "fever", "es", "--message", row["id"], "--as", "doctor",
            "--reason", "wrong")  # fmt: skip
    text = letters(content, capsys)["Writer"]
    assert "fever (ar), translation: 9 sentences, 1 of high risk, about 18 minutes" in text
    assert f"fever (es), translation: 1 sentence, since {TODAY}, about 2 minutes" in text
    assert f"{LINK}/translate?article=fever&locale=es" in text


def test_every_link_in_a_letter_is_an_address_of_the_app() -> None:
    app = (Path(__file__).parents[1] / "review_app" / "app.py").read_text("utf-8")
    pages = re.findall(r'st\.Page\(.*?url_path="([^"]*)"(, default=True)?', app)
    known = {"" if default else path for path, default in pages}
    assert {"", "review", "translate"} <= known  # the default page is at "", not at its name
    waiting = tuple(Waiting("fever", "es", task, 1, 0) for task in ("review", "translation"))
    person = Person("doctor", "Doctor", ("medical",), ("es",))
    links = re.findall(rf"{LINK}\S*", letter(Digest(person, waiting), link=f"{LINK}/"))
    assert len(links) == 3
    for one in links:
        assert urlsplit(one).path.removeprefix("/") in known, one


def test_links_lead_to_the_name_the_app_answers_to(
    content: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    content("notify", "--to", "doctor")
    content("people", "add", "doctor", "--port", "9000")
    said = capsys.readouterr().out
    assert "http://localhost:8501/review?article=fever" in said
    assert "http://localhost:9000/link/" in said
    content.write("medloc.yaml", f"{PEOPLE}\napp:\n  hosts: [review.example.org, other.example]\n")
    content("notify", "--to", "doctor")
    content("people", "add", "doctor")
    said = capsys.readouterr().out
    assert "https://review.example.org/review?article=fever" in said
    assert "https://review.example.org/link/" in said
    assert "localhost" not in said


def test_nobody_gets_a_letter_about_what_they_decided_or_may_not_decide(
    content: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    content.approve_all("en", "editor")
    content.approve_all("es", "doctor", "linguist")
    assert letters(content, capsys).keys() == {"Writer"}


def test_somebody_whose_time_has_ended_gets_none(
    content: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = PEOPLE.replace("roles: [linguistic]", "roles: [linguistic], until: 2026-01-01")
    content.write("medloc.yaml", ended)
    assert "Linguist" not in letters(content, capsys, "--date", "2026-01-02")
    assert "Linguist" in letters(content, capsys, "--date", "2026-01-01")


def test_pages_to_be_read_again_go_to_their_reviewers_and_publishers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = approved_project(tmp_path)
    found = letters(content, capsys, "--date", str(TODAY + dt.timedelta(days=366)))
    due = TODAY + dt.timedelta(days=365)
    line = f"  fever (es): by {due}, overdue by 1 day; last read on {TODAY}\n"
    assert {name for name, text in found.items() if line in text} == {
        "Writer", "Linguist", "Doctor", "Publisher",
    }  # fmt: skip
    assert "Subject: 3 pages to be read again\n" in found["Publisher"]
    assert "fever (en)" in found["Editor"]
    assert "fever (es)" not in found["Editor"]
    assert letters(content, capsys) == {}


def test_no_word_of_an_article_or_a_wording_is_in_a_letter(
    content: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    everything = "\n".join(letters(content, capsys).values())
    rows = content.json("messages", "fever", "es")
    for row in rows:
        if row["source"] != "Fever":  # its slug is an address
            assert row["source"] not in everything
        assert row["target"] not in everything


def test_high_risk_comes_first_and_then_what_is_oldest() -> None:
    person = Person("ana", "Ana\nBcc: x@example.org", ("medical",))
    pages = (Waiting("a", "es", "review", 1, 0, "2026-01-02"), Waiting("b", "es", "review", 2, 2))
    text = letter(Digest(person, pages), link=f"{LINK}/")
    assert text.startswith("Hello Ana Bcc: x@example.org,\n")
    assert f"  {LINK}/review?article=a&locale=es\n" in text
    assert subject(Digest(person, pages[:1])) == "1 sentence for you, about 1 minute"


def test_an_unknown_person_is_refused(content: Content) -> None:
    code, said = content.say("notify", "--to", "nobody")
    assert (code, "nobody has the id `nobody`" in said) == (2, True)


# --- sending ------------------------------------------------------------------------------------


@dataclass
class Mail:
    """A small SMTP server of RFC 5321 on a free port; it refuses the recipients in `refused`."""

    port: int = 0
    refused: tuple[str, ...] = ()
    received: list[tuple[str, str, EmailMessage]] = field(default_factory=list)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        sender = recipient = ""
        writer.write(b"220 test ready\r\n")
        while line := await reader.readline():
            command, _, rest = line.decode().strip().partition(" ")
            answer = b"250 ok\r\n"
            match command.upper():
                case "MAIL":
                    sender = rest.split("<")[1].split(">")[0]
                case "RCPT":
                    recipient = rest.split("<")[1].split(">")[0]
                    if recipient in self.refused:
                        answer = b"550 no such mailbox\r\n"
                case "DATA":
                    writer.write(b"354 go on\r\n")
                    data = (await reader.readuntil(b"\r\n.\r\n")).removesuffix(b".\r\n")
                    message = email.message_from_bytes(data, policy=email.policy.SMTP)
                    assert isinstance(message, EmailMessage)
                    self.received.append((sender, recipient, message))
                case "QUIT":
                    answer = b"221 bye\r\n"
            writer.write(answer)
            await writer.drain()
            if command.upper() == "QUIT":
                break
        writer.close()


@pytest.fixture
def mail() -> Iterator[Mail]:
    made, loop, ready = Mail(), asyncio.new_event_loop(), threading.Event()

    async def run() -> None:
        server = await asyncio.start_server(made.talk, "127.0.0.1", 0)
        made.port = server.sockets[0].getsockname()[1]
        ready.set()
        async with server:
            await stop.wait()

    stop = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(run()))
    thread.start()
    assert ready.wait(10)
    yield made
    loop.call_soon_threadsafe(stop.set)
    thread.join(10)
    loop.close()


def sending(content: Content, mail: Mail, *more: str) -> tuple[int, str]:
    return content.say("notify", "--smtp", f"127.0.0.1:{mail.port}", "--from",
                       "medloc@example.org", "--link", LINK, *more)  # fmt: skip


def test_letters_are_sent_to_those_who_have_an_address(content: Content, mail: Mail) -> None:
    code, said = sending(content, mail, "--to", "doctor", "--to", "writer")
    assert (code, said) == (0, "2 letters sent: writer, doctor\n")
    assert [(sender, to) for sender, to, _ in mail.received] == [
        ("medloc@example.org", "writer@example.org"),
        ("medloc@example.org", "doctor@example.org"),
    ]
    message = mail.received[1][2]
    assert message["To"] == '"Dr. Ana Núñez, MD" <doctor@example.org>'
    assert message["Subject"] == "18 sentences for you, about 7 minutes"
    assert message["Auto-Submitted"] == "auto-generated"
    assert f"{LINK}/review?article=fever&locale=es" in message.get_content()
    assert "Lea esto" not in message.get_content()


def test_one_refused_letter_does_not_keep_back_the_others(content: Content, mail: Mail) -> None:
    mail.refused = ("writer@example.org",)
    code, said = sending(content, mail)
    assert code == 2
    assert "2 letters sent: editor, doctor" in said
    assert "the letter to `writer` was refused (no such mailbox)" in said
    assert "`linguist` has no e-mail address" in said


def test_a_mail_server_that_is_away_is_named(content: Content, mail: Mail) -> None:
    code, said = content.say("notify", "--smtp", "127.0.0.1:1", "--from", "a@example.org")
    assert (code, "--smtp 127.0.0.1:1: letters cannot be handed over" in said) == (2, True)


@pytest.mark.parametrize(
    "options",
    [
        ("--smtp", "mail.example.org:25"),
        ("--from", "a@example.org"),
        ("--smtp", "mail.example.org", "--from", "a@example.org"),
        ("--smtp", "mail.example.org:99999", "--from", "a@example.org"),
        ("--smtp", "mail.example.org:25", "--from", "nobody"),
    ],
)
def test_options_that_say_too_little_are_refused(
    content: Content, options: tuple[str, ...]
) -> None:
    code, said = content.say("notify", *options)
    assert (code, "--smtp" in said or "--from" in said) == (2, True)
