"""Ways round a recall, a grace, a restore or an author, as an attacker tried them: all closed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest

from medloc.ledger.bodies import write_body
from medloc.model import Draft, Kind
from tests.content import WORDS, Content, approved_project
from tests.governed import Governed, governed
from tests.test_verify_site import verify_site

WHY = ("--reason", "so it is")
LATER = "2026-02-01"
MOVED = ("decide", "carry-forward", "fever", "*", "--moved", *WHY, "--as", "editor")


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Governed:
    return governed(tmp_path / "project", monkeypatch)


def rename(content: Content, old: str, new: str) -> None:
    """Give the section "what" another id, and bring the words along."""
    content.write(
        "source_content/fever.md",
        content.read("source_content/fever.md").replace(f"{{#{old}}}", f"{{#{new}}}"),
    )
    assert content("sync") == 0


def test_recalled_words_do_not_come_back_by_moving_them_back_or_on(content: Governed) -> None:
    rename(content, "what", "new")
    assert content(*MOVED) == 0
    assert content.shown(LATER) == {}
    content.decide("recall", "es", "doctor", *WHY, of="Descanse")
    rename(content, "new", "what")
    assert content.shown(LATER) == {"es": "withdrawn"}
    rename(content, "what", "third")
    content(*MOVED)
    assert content.shown(LATER)["es"] == "withdrawn"
    assert content.holding("Descanse") == set()


def test_the_recall_of_a_page_holds_under_every_name_of_its_article(content: Governed) -> None:
    (content.root / "source_content/fever.md").rename(content.root / "source_content/heat.md")
    for locale in ("es", "ar"):
        content.catalog(locale).rename(content.catalog(locale, "heat"))
    content("sync")
    content("decide", "carry-forward", "heat", "*", "--moved", *WHY, "--as", "editor")
    assert content.shown(LATER) == {}
    content("decide", "recall", "heat", "es", *WHY, "--as", "doctor")
    (content.root / "source_content/heat.md").rename(content.root / "source_content/fever.md")
    for locale in ("es", "ar"):
        content.catalog(locale, "heat").rename(content.catalog(locale))
    content("sync")
    assert content.shown(LATER) == {"es": "withdrawn"}
    content("decide", "restore", "heat", "es", *WHY, "--as", "doctor")
    assert content.shown(LATER) == {}


def test_an_author_is_one_where_a_heading_got_another_id(content: Governed) -> None:
    content.translate("es", {"Rest": "Duerma"})
    content("sync", "es", "--as", "writer")
    rename(content, "what", "new")
    row = content.row("Duerma")
    answer = content.json("decide", "approve", "fever", "es", "--message", row["id"], "--as",
                          "writer")  # fmt: skip
    assert "wrote this wording" in answer["refused"][0]["reason"]
    answer = content.json("decide", "approve", "fever", "es", "--message", row["id"], "--as",
                          "doctor")  # fmt: skip
    assert len(answer["done"]) == 1
    assert [e["actor"] for e in content.events() if e["kind"] == "propose"][-1] == "writer"


def test_a_restore_lets_one_edition_stay_and_no_earlier_one(content: Governed) -> None:
    content.source("value: 5,", "value: 10,")
    content.approve_all("en", "editor")
    for locale in WORDS:
        content.approve_all(locale, "doctor", "linguist", "writer")
    assert content.shown(LATER) == {}
    content.source("value: 10,", "value: 50,")
    assert content.shown(LATER)["es"] == "correcting"
    content.decide("restore", "es", "doctor", *WHY)
    assert content.shown(LATER)["es"] == "last_good"
    assert content.holding("Tome 10") != set()
    content.source("value: 50,", "value: 10,")
    for person in ("doctor", "linguist", "writer"):
        content.decide("withdraw", "es", person, of="Pida ayuda")
    content.source("value: 10,", "value: 50,")
    assert content.shown(LATER)["es"] == "correcting"


def test_a_sentence_approved_again_makes_an_old_edition_no_younger(content: Governed) -> None:
    content.source("- Rest", "- Rest.")
    content.build("2026-01-10", "--as", "publisher")
    assert content.shown("2026-04-10")["es"] == "last_good"
    content.on("2026-04-09").decide("withdraw", "es", "doctor", of="Beba")
    content.decide("approve", "es", "doctor", of="Beba")
    assert content.shown("2026-04-11")["es"] == "nothing"


def test_a_sentence_that_still_stands_is_not_edited_into_another(content: Governed) -> None:
    content.source("- Rest\n", "- Rest\n- Take morphine\n")
    content("sync")
    content.translate("es", {"Take morphine": "Descanse"})
    identity = next(r["id"] for r in content.json("messages", "fever", "es")
                    if r["source"] == "Take morphine")  # fmt: skip
    answer = content.json("decide", "carry-forward", "fever", "*", "--message", identity, *WHY,
                          "--as", "editor")  # fmt: skip
    assert answer["done"] == []


def test_what_somebody_carried_is_taken_back_as_a_whole(content: Governed) -> None:
    content.source("- Rest\n", "- Rest.\n")
    content("sync")
    content.decide("carry-forward", "*", "editor", *WHY, of="Descanse")
    answer = content.json("decide", "recall", "*", "*", "--by", "editor", "--since", "2026-01-10",
                          *WHY, "--as", "doctor")  # fmt: skip
    assert {row["locale"] for row in answer["done"]} >= {"es", "ar"}
    assert content.holding("Descanse") == set()


def test_a_copy_of_the_site_with_words_recalled_since_is_refused(content: Governed) -> None:
    content.build(LATER, "--as", "publisher")
    content("ledger", "export", "kept.jsonl")
    (content.root / "site").rename(content.root / "kept")
    content.decide("recall", "es", "doctor", *WHY, of="Descanse")
    content("ledger", "export", "now.jsonl")
    failure = content.json("verify", "kept")["failure"]
    assert (failure["file"], failure["found"]) == (
        "es/fever/proof.json",
        f"recalled on {content.calendar.day}: Descanse",
    )
    found = verify_site.verify(content.root / "kept", content.root / "now.jsonl")
    assert (found["ok"], found["failure"]["file"]) == (False, "es/fever/proof.json")
    assert verify_site.verify(content.root / "kept", content.root / "kept.jsonl")["ok"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"role": "translator", "actor": "writer"}, "translator is no role that may say so"),
        ({"at": "9999-12-31T00:00:00Z"}, "a day to come"),
    ],
)
def test_an_import_is_held_to_the_roles_and_the_calendar(
    tmp_path: Path, change: dict[str, str], said: str
) -> None:
    content = approved_project(tmp_path)
    content("decide", "recall", "fever", "es", *WHY, "--as", "doctor")
    content("ledger", "export", "lines.jsonl")
    lines = content.read("lines.jsonl")
    last = json.loads(lines.splitlines()[-1])
    draft = Draft("forged", Kind.RESTORE, change.get("actor", "doctor"), "cli",
                  change.get("role", "medical"), "fever", "es", reason="why")  # fmt: skip
    previous = hashlib.sha256(lines.splitlines()[-1].encode()).hexdigest()
    at = change.get("at", dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    body, _ = write_body(draft, number=last["number"] + 1, previous=previous, at=at)
    content.write("forged.jsonl", lines + body.decode() + "\n")
    code, found = content.say("ledger", "import", "forged.jsonl")
    assert (code, said in found) == (2, True), found
