"""Decisions through the command line: exact pairs, entitlement, authors, idempotence, risk."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.content import ARTICLE, SETTINGS, WORDS, Content, small_project


@pytest.fixture
def content(tmp_path: Path) -> Content:
    made = small_project(tmp_path)
    made.translate("es", WORDS["es"])
    return made


def row(content: Content, text: str, locale: str = "es", article: str = "fever") -> dict[str, Any]:
    """The message whose wording (or source) holds `text`."""
    rows = content.json("messages", article, locale)
    return next(row for row in rows if text in row["target"] or text in row["source"])


def approve(content: Content, text: str, *more: str, person: str = "doctor") -> dict[str, Any]:
    identity = row(content, text)["id"]
    return content.json(
        "decide", "approve", "fever", "es", "--message", identity, "--as", person, *more
    )


def reason(answer: dict[str, Any]) -> str:
    assert answer["done"] == []
    return str(answer["refused"][0]["reason"])


def test_the_json_has_the_shape_of_the_contract(content: Content) -> None:
    answer = approve(content, "Descanse")
    assert set(answer) == {"done", "refused"}
    assert set(answer["done"][0]) == {"article", "locale", "message", "number"}
    assert set(approve(content, "Descanse")["refused"][0]) == {
        "article", "locale", "message", "reason",
    }  # fmt: skip


def test_one_approval_of_a_normal_message_is_enough(content: Content) -> None:
    approve(content, "Descanse")
    assert row(content, "Descanse")["standing"] == "approved"


def test_a_high_risk_message_wants_two_people(content: Content) -> None:
    approve(content, "Pida ayuda")
    half = row(content, "Pida ayuda")
    assert (half["standing"], half["wanted"]) == ("half_approved", ["medical"])
    again = reason(approve(content, "Pida ayuda"))
    assert again
    approve(content, "Pida ayuda", person="writer")
    assert row(content, "Pida ayuda")["standing"] == "approved"


def test_several_high_risk_messages_are_not_approved_by_one_act(tmp_path: Path) -> None:
    content = small_project(
        tmp_path, article=ARTICLE.replace("Take {dose}.", "Take {dose}.\n\nDo not wait.")
    )
    content.translate("es", {**WORDS["es"], "Do not wait.": "No espere."})
    answer = content.json("decide", "approve", "fever", "es", "--as", "doctor")
    risky = {r["id"] for r in content.json("messages", "fever", "es") if r["high_risk"]}
    assert {r["message"] for r in answer["refused"]} == risky
    assert len(answer["done"]) == len(WORDS["es"]) - 1


def test_the_written_out_sentence_is_what_is_approved(content: Content) -> None:
    approve(content, "Hay fiebre")
    event = last_event(content)
    assert event["target"] == "Hay fiebre con 38\u00a0°C o más. Vea [el folleto][leaflet]."
    assert event["source"] == "Fever is 38°C or more. See [the leaflet][leaflet]."
    approve(content, "Pida ayuda")
    assert "](<tel:112>)" in last_event(content)["target"]


def last_event(content: Content) -> dict[str, Any]:
    content("ledger", "export", "out.jsonl")
    event = json.loads(content.read("out.jsonl").splitlines()[-1])
    assert isinstance(event, dict)
    return event


def test_the_source_text_and_the_author_come_before_the_first_decision(content: Content) -> None:
    approve(content, "Descanse")
    approve(content, "Beba")
    content("ledger", "export", "out.jsonl")
    events = [json.loads(line) for line in content.read("out.jsonl").splitlines()]
    assert [e["kind"] for e in events] == ["source", "propose", "approve", "propose", "approve"]
    assert events[0]["text"] == ARTICLE
    assert events[1]["actor"] == "file"


def test_nobody_approves_what_they_wrote(content: Content) -> None:
    path = content.catalog("es")
    header = '"Language: es\\n"\n'
    text = path.read_text("utf-8")
    assert header in text
    path.write_text(
        text.replace(header, header + '"Last-Translator: W <Writer@example.org>\\n"\n'), "utf-8"
    )
    assert "wrote this wording" in reason(approve(content, "Descanse", person="writer"))
    assert approve(content, "Descanse", person="doctor")["done"]


def test_nobody_approves_what_they_handed_in(content: Content) -> None:
    assert content("sync", "--as", "writer") == 0
    assert "wrote this wording" in reason(approve(content, "Descanse", person="writer"))
    assert approve(content, "Descanse")["done"]


def test_nobody_approves_what_they_handed_in_under_another_name(content: Content) -> None:
    assert content("sync", "--as", "writer") == 0
    # A renamed article's catalog names nobody; the ledger knows whose words these are.
    (content.root / "source_content/fever.md").rename(content.root / "source_content/heat.md")
    for locale in ("es", "ar"):
        content.catalog(locale).rename(content.catalog(locale, "heat"))
    content("sync")
    identity = row(content, "Descanse", article="heat")["id"]
    one = ("decide", "approve", "heat", "es", "--message", identity, "--as")
    assert "wrote this wording" in reason(content.json(*one, "writer"))
    assert content.json(*one, "doctor")["done"]


def test_only_people_with_the_role_for_the_locale_approve(content: Content) -> None:
    assert "none of the roles" in reason(approve(content, "Descanse", person="editor"))
    assert "none of the roles" in reason(approve(content, "Descanse", person="publisher"))


def test_a_closed_door_is_closed(tmp_path: Path) -> None:
    content = small_project(tmp_path, settings=SETTINGS.replace("doors: [cli]", "doors: [app]"))
    content.translate("es", WORDS["es"])
    assert "approvals come in by app" in reason(approve(content, "Descanse"))


def test_expect_refuses_a_text_that_changed_and_shows_the_new_one(content: Content) -> None:
    seen = row(content, "Descanse")["pair"]
    content.translate("es", {"Rest": "Duerma"})
    answer = approve(content, "Duerma", "--expect", seen)
    assert "Duerma" in reason(answer)
    assert approve(content, "Duerma", "--expect", row(content, "Duerma")["pair"])["done"]


def test_a_command_sent_twice_is_one_command(content: Content) -> None:
    event = str(uuid.uuid4())
    first = approve(content, "Descanse", "--event", event)
    second = approve(content, "Descanse", "--event", event)
    assert first == second
    content.translate("es", {"Rest": "Duerma"})
    third = approve(content, "Duerma", "--event", event)
    assert third["done"][0]["number"] == first["done"][0]["number"]
    assert row(content, "Duerma")["standing"] == "waiting"


def test_another_person_cannot_use_the_same_event(content: Content) -> None:
    event = str(uuid.uuid4())
    approve(content, "Descanse", "--event", event)
    identity = row(content, "Descanse")["id"]
    code, said = content.say(
        "decide", "approve", "fever", "es", "--message", identity, "--as", "writer",
        "--event", event,
    )  # fmt: skip
    assert (code, "has this id already" in said) == (2, True)


def test_a_standing_request_blocks_until_it_is_withdrawn(content: Content) -> None:
    approve(content, "Descanse")
    identity = row(content, "Descanse")["id"]
    request = [
        "decide",
        "request-changes",
        "fever",
        "es",
        "--message",
        identity,
        "--as",
        "linguist",
    ]
    assert "reason is needed" in reason(content.json(*request))
    assert content.json(*request, "--reason", "too short", "--class", "unsafe")["done"]
    assert row(content, "Descanse")["standing"] == "changes_requested"
    assert last_event(content)["category"] == "unsafe"
    content("decide", "withdraw", "fever", "es", "--message", identity, "--as", "linguist")
    assert row(content, "Descanse")["standing"] == "approved"
    content("decide", "withdraw", "fever", "es", "--message", identity, "--as", "doctor")
    assert row(content, "Descanse")["standing"] == "waiting"


def test_a_request_on_style_is_kept_as_a_comment_and_blocks_nothing(content: Content) -> None:
    approve(content, "Descanse")
    identity = row(content, "Descanse")["id"]
    code, said = content.say("decide", "request-changes", "fever", "es", "--message", identity,
                             "--class", "style", "--reason", "nicer", "--role", "linguistic",
                             "--as", "linguist")  # fmt: skip
    assert (code, "kept as a comment: style never blocks" in said) == (0, True)
    event = last_event(content)
    assert (event["kind"], event["reason"]) == ("comment", "style: nicer")
    assert (event["role"], event.get("category")) == ("linguistic", None)
    assert event["meaning"] == "a note that blocks nothing"
    assert row(content, "Descanse")["standing"] == "approved"


def test_a_comment_blocks_nothing(content: Content) -> None:
    approve(content, "Descanse")
    identity = row(content, "Descanse")["id"]
    content("decide", "comment", "fever", "es", "--message", identity, "--as", "linguist",
            "--reason", "nice")  # fmt: skip
    assert row(content, "Descanse")["standing"] == "approved"


def test_a_stale_wording_is_not_approved(content: Content) -> None:
    path = content.catalog("es")
    text = path.read_text("utf-8")
    entry = 'msgctxt "what"\nmsgid "Rest"'
    path.write_text(text.replace(entry, f"#, fuzzy\n{entry}"), "utf-8")
    assert row(content, "Descanse")["standing"] == "stale"
    assert "stale" in reason(approve(content, "Descanse"))


def test_the_source_language_is_signed_the_same_way(content: Content) -> None:
    answer = content.json("decide", "approve", "fever", "en", "--as", "editor")
    assert len(answer["done"]) == len(WORDS["es"])
    assert {r["standing"] for r in content.json("messages", "fever", "en")} == {"approved"}


def test_the_ledger_travels_as_lines_into_an_empty_project(
    content: Content, tmp_path: Path
) -> None:
    content("decide", "approve", "*", "es", "--as", "doctor")
    content("ledger", "export", "decisions.jsonl")
    before = content.json("status")
    (content.root / "ledger.sqlite").unlink()
    assert content.json("status") != before
    assert content("ledger", "import", "decisions.jsonl") == 0
    assert content.json("status") == before
    code, said = content.say("ledger", "import", "decisions.jsonl")
    assert (code, "0 new events" in said) == (0, True)
    assert content("ledger", "verify", "decisions.jsonl") == 0


def test_an_export_that_went_another_way_is_named_with_both_tails(content: Content) -> None:
    approve(content, "Descanse")
    content("ledger", "export", "one.jsonl")
    lines = content.read("one.jsonl").splitlines(keepends=True)
    approve(content, "Beba **agua**")
    other = lines[-1].replace("approved for publication", "approved for Publication")
    content.write("two.jsonl", "".join([*lines[:-1], other]))
    code, said = content.say("ledger", "verify", "two.jsonl")
    assert code == 2
    assert f"went different ways after event {len(lines) - 1}" in said
    assert "this ledger: " in said
    assert "the file: 1 events" in said


def test_an_export_ahead_of_the_ledger_is_named(content: Content) -> None:
    approve(content, "Descanse")
    old = (content.root / "ledger.sqlite").read_bytes()
    approve(content, "Beba **agua**")
    content("ledger", "export", "new.jsonl")
    (content.root / "ledger.sqlite").write_bytes(old)
    code, said = content.say("ledger", "verify", "new.jsonl")
    assert (code, "The ledger is an older one" in said) == (2, True)


def test_an_export_with_people_nobody_knows_is_refused(content: Content) -> None:
    approve(content, "Descanse")
    content("ledger", "export", "decisions.jsonl")
    (content.root / "ledger.sqlite").unlink()
    content.write("medloc.yaml", SETTINGS.replace("id: doctor", "id: surgeon"))
    code, said = content.say("ledger", "import", "decisions.jsonl")
    assert code == 2
    assert "decisions.jsonl:3: " in said
    assert "doctor decides here" in said
    assert {r["approved"] for r in content.json("status")} == {0}


def test_a_changed_dose_does_not_slip_through_a_bulk_approval(tmp_path: Path) -> None:
    content = small_project(
        tmp_path, article=ARTICLE.replace("Take {dose}.", "Take {dose}.\n\nDo not wait.")
    )
    content.translate("es", {**WORDS["es"], "Do not wait.": "No espere."})
    content.approve_all("es", "doctor", "linguist", "writer")
    content.write("source_content/fever.md", content.read("source_content/fever.md").replace(
        "value: 5,", "value: 50,"))  # fmt: skip
    before = row(content, "Pida ayuda")
    assert before["standing"] == "waiting"
    answer = content.json("decide", "approve", "fever", "es", "--as", "doctor")
    assert answer["done"] == []
    reasons = {refused["message"]: refused["reason"] for refused in answer["refused"]}
    assert "high risk" in reasons[before["id"]]


def test_several_messages_may_be_named(content: Content) -> None:
    ids = [row(content, text)["id"] for text in ("Descanse", "Beba")]
    answer = content.json(
        "decide", "approve", "fever", "es", "--message", ids[0], "--message", ids[1],
        "--as", "doctor",
    )  # fmt: skip
    assert [done["message"] for done in answer["done"]] == ids


def test_expect_takes_a_whole_hash_only(content: Content) -> None:
    identity = row(content, "Descanse")["id"]
    code, said = content.say(
        "decide",
        "approve",
        "fever",
        "es",
        "--message",
        identity,
        "--expect",
        "abc",
        "--as",
        "doctor",
    )
    assert (code, "64 hexadecimal digits" in said) == (2, True)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('"role":"medical"', '"role":"linguistic"', "no such role"),
        ('"actor":"doctor"', '"actor":"publisher"', "no such role"),
        ('"door":"cli:', '"door":"window:', "none of app, cli, import"),
    ],
)
def test_a_forged_approval_is_not_imported(
    content: Content, old: str, new: str, found: str
) -> None:
    import hashlib

    approve(content, "Descanse", person="writer")
    content("ledger", "export", "out.jsonl")
    lines = content.read("out.jsonl").splitlines()
    event = json.loads(lines[-1])
    event |= {"number": len(lines) + 1, "event_id": "forged", "actor": "doctor"}
    event["previous"] = hashlib.sha256(lines[-1].encode()).hexdigest()
    forged = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert old in forged
    if "role" in old:
        content.write("medloc.yaml", SETTINGS.replace("[medical, linguistic]", "[medical]"))
    content.write("out.jsonl", "\n".join([*lines, forged.replace(old, new)]) + "\n")
    code, said = content.say("ledger", "import", "out.jsonl")
    assert code == 2
    assert f"out.jsonl:{len(lines) + 1}: " in said
    assert found in said


def test_a_return_to_older_words_is_taken_when_somebody_signs_for_it(content: Content) -> None:
    old = content.catalog("es").read_bytes()
    content("sync", "--as", "writer")
    content.translate("es", {"Rest": "Duerma"})
    content("sync", "--as", "writer")
    content.catalog("es").write_bytes(old)
    assert "older wording" in content.say("sync")[1]
    assert "1 wordings are recorded" in content.say("sync", "--as", "writer")[1]
    assert "older wording" not in content.say("sync")[1]


def test_nobody_hands_in_words_for_a_locale_that_is_not_theirs(content: Content) -> None:
    code, said = content.say("sync", "--as", "editor", "es")
    assert (code, "editor does not work in es" in said) == (2, True)
    assert "0 wordings are recorded" in content.say("sync", "--as", "editor")[1]


def test_a_title_may_hold_a_mark_in_an_article_with_quantities(content: Content) -> None:
    content.translate("es", {"Fever": "Fiebre & *tos*"})
    assert approve(content, "Fiebre &")["refused"] == []
    assert row(content, "Fiebre &")["standing"] == "approved"
