"""Who may say what of pages and wordings, and what becomes of it: waive, carry-forward, recall,
restore and reconfirm through the command line."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.content import SETTINGS
from tests.governed import Governed, governed, reason

WHY = ("--reason", "so it is")
LATER = "2026-02-01"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Governed:
    return governed(tmp_path / "project", monkeypatch).on(LATER)


def numbers(answer: Any) -> list[int]:
    assert answer["refused"] == []
    return [row["number"] for row in answer["done"]]


def kinds(content: Governed) -> list[str]:
    """The events of the day."""
    return [event["kind"] for event in content.events() if event["at"][:10] == LATER]


def edit(content: Governed, old: str = "- Rest", new: str = "- Rest.") -> str:
    """Change the source, sync, and return the id of the message that has changed."""
    content.source(old, new)
    assert content("sync") == 0
    return content.id(new.removeprefix("- "))


def move(content: Governed) -> None:
    """Give two sections other ids: six messages stand in another place, one of high risk."""
    content.source("{#what}", "{#about}")
    content.source("{#help}", "{#aid}")
    assert content("sync") == 0


# --- every kind ---------------------------------------------------------------------------------


def prepare_waive(content: Governed) -> list[str]:
    return ["waive", "es", "doctor", "--check", "numbers", "--message", content.id("Descanse")]


def prepare_carry(content: Governed) -> list[str]:
    return ["carry-forward", "*", "editor", "--message", edit(content)]


def prepare_move(content: Governed) -> list[str]:
    move(content)
    return ["carry-forward", "*", "editor", "--moved"]


def prepare_recall(content: Governed) -> list[str]:
    return ["recall", "es", "writer", "--message", content.id("Descanse")]


def prepare_page_recall(content: Governed) -> list[str]:
    return ["recall", "es", "writer"]


def prepare_recall_by_words(content: Governed) -> list[str]:
    return ["recall", "es", "writer", "--words", "agua"]


def prepare_recall_by_person(content: Governed) -> list[str]:
    return ["recall", "es", "doctor", "--by", "linguist"]


def prepare_restore(content: Governed) -> list[str]:
    content.decide("recall", "es", "writer", "--reason", "other", of="Descanse")
    return ["restore", "es", "doctor", "--message", content.id("Descanse")]


def prepare_page_restore(content: Governed) -> list[str]:
    content.decide("recall", "es", "writer", "--reason", "other")
    return ["restore", "es", "publisher"]


def prepare_reconfirm(content: Governed) -> list[str]:
    return ["reconfirm", "es", "doctor"]


EVERY = [
    prepare_waive,
    prepare_carry,
    prepare_move,
    prepare_recall,
    prepare_page_recall,
    prepare_recall_by_words,
    prepare_recall_by_person,
    prepare_restore,
    prepare_page_restore,
    prepare_reconfirm,
]


@pytest.mark.parametrize("prepare", EVERY, ids=lambda one: one.__name__.removeprefix("prepare_"))
def test_a_command_sent_twice_is_one_and_its_id_serves_nobody_else(
    content: Governed, prepare: Any
) -> None:
    kind, locale, person, *more = prepare(content)
    more += ["--event", str(uuid.uuid4())]
    stranger = "{id: stranger, name: Stranger, roles: [editor, medical, publisher]}"
    content.edit("medloc.yaml", "policy:", f"  - {stranger}\npolicy:")
    first = content.decide(kind, locale, person, *more, *WHY)
    assert numbers(first)
    assert {frozenset(row) for row in first["done"]} == {
        frozenset({"article", "locale", "message", "number"})
    }
    count = len(content.events())
    assert content.decide(kind, locale, person, *more, *WHY) == first
    arguments = ["decide", kind, "fever", locale, *more]
    for changed in (["--as", person, "--reason", "other"], ["--as", "stranger", *WHY]):
        code, said = content.say(*arguments, *changed)
        assert code == 2
        assert "--event: event" in said
        assert "Use a new UUID for every new command." in said
    assert len(content.events()) == count
    event = content.events()[numbers(first)[0] - 1]
    assert (event["kind"], event["actor"]) == (kind.replace("-", "_"), person)
    assert (event["reason"], event["door"][:4]) == ("so it is", "cli:")
    assert event["role"]
    assert event["meaning"]


@pytest.mark.parametrize("prepare", EVERY, ids=lambda one: one.__name__.removeprefix("prepare_"))
def test_without_an_entitled_person_nothing_is_stored(content: Governed, prepare: Any) -> None:
    kind, locale, person, *more = prepare(content)
    stranger = "doctor" if kind == "carry-forward" else "editor"
    arguments = ["decide", kind, "fever", locale, *more, *WHY]
    count = len(content.events())
    code, said = content.say(*arguments, "--as", stranger)
    assert code == 1
    assert "has no" in said
    assert "0 done" in said
    content.edit("medloc.yaml", f"id: {person}, ", f"id: {person}, until: 2026-01-31, ")
    code, said = content.say(*arguments, "--as", person)
    assert (code, "could decide until 2026-01-31 only" in said) == (1, True)
    code, said = content.say(*arguments, "--as", "nobody")
    assert (code, "nobody has the id `nobody`" in said) == (2, True)
    assert len(content.events()) == count


@pytest.mark.parametrize("prepare", EVERY, ids=lambda one: one.__name__.removeprefix("prepare_"))
def test_what_needs_a_reason_is_refused_without(content: Governed, prepare: Any) -> None:
    kind, locale, person, *more = prepare(content)
    code, said = content.say("decide", kind, "fever", locale, "--as", person, *more)
    assert (code, "a reason is needed" in said) == (
        (0, False) if kind == "reconfirm" else (1, True)
    )


@pytest.mark.parametrize("prepare", EVERY, ids=lambda one: one.__name__.removeprefix("prepare_"))
def test_a_closed_door_stops_all_but_a_recall(content: Governed, prepare: Any) -> None:
    kind, locale, person, *more = prepare(content)
    content.edit("medloc.yaml", "doors: [cli]", "doors: [app]")
    code, said = content.say("decide", kind, "fever", locale, "--as", person, *more, *WHY)
    closed = kind != "recall"
    assert (code, "approvals come in by app, not by cli" in said) == (int(closed), closed)


# --- options ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["approve", "--check", "numbers"], "--check: only for `medloc decide waive`"),
        (["request-changes", "--moved"], "--moved: only for `medloc decide carry-forward`"),
        (
            ["approve", "--words", "agua"],
            "--by, --since, --words: only for `medloc decide recall or",
        ),
        (["reconfirm", "--by", "doctor"], "--by, --since, --words: only for `medloc decide recall"),
        (["waive"], "say which"),
        (["waive", "--check", "No Name"], "`No Name` is no name of a finding"),
        (["recall", "--since", "2026-01-01"], "--since without --by"),
        (["recall", "--by", "doctor", "--words", "agua"], "one after the other"),
        (["recall", "--by", "doctor", "--section", "what"], "look for wordings themselves"),
        (["recall", "--by", "doctor", "--since", "May"], "--since: `May` is no date"),
        (["recall", "--by", "nobody"], "--by: nobody has the id `nobody`"),
        (["recall", "--words", "x"], "too short"),
        (["recall", "--words", "no such words"], "knows no such wording"),
        (["recall", "--by", "linguist", "--since", "2026-01-11"], "nothing since 2026-01-11"),
        (["recall", "--expect", "0" * 64], "names one pair, and a whole page was named"),
        (["recall", "--message", "000000000000"], "no message 000000000000"),
        (["recall", "--section", "where"], "no section where"),
        (["reconfirm", "--section", "what"], "reconfirmed whole"),
        (["reconfirm", "--message", "95477720247d"], "reconfirmed whole"),
        (["carry-forward"], "without --message"),
        (["carry-forward", "--moved"], "nothing to carry forward"),
        (["carry-forward", "--moved", "--message", "000000000000"], "no message 000000000000"),
        (["carry-forward", "--moved", "--expect", "0" * 64], "carried in all languages"),
        (["recall", "--event", "7"], "`7` is no UUID"),
    ],
)
def test_what_cannot_be_meant_is_an_error_and_stores_nothing(
    content: Governed, arguments: list[str], found: str
) -> None:
    count = len(content.events())
    kind, *more = arguments
    code, said = content.say("decide", kind, "fever", "es", "--as", "doctor", *more, *WHY)
    assert code == 2
    assert found.lower() in said.lower()
    assert len(said.strip().splitlines()) == 1
    assert len(content.events()) == count
    assert content.page("es")


@pytest.mark.parametrize(
    ("article", "locale", "found"),
    [("cough", "es", "no article fits `cough`"), ("fever", "fr", "no locale fits `fr`")],
)
@pytest.mark.parametrize("kind", ["recall", "restore", "reconfirm"])
def test_patterns_that_fit_nothing_are_errors(
    content: Governed, kind: str, article: str, locale: str, found: str
) -> None:
    code, said = content.say("decide", kind, article, locale, "--as", "doctor", *WHY)
    assert (code, found in said) == (2, True)


# --- waive --------------------------------------------------------------------------------------


def test_a_waiver_names_its_finding_and_changes_no_standing(content: Governed) -> None:
    content.translate("es", {"Rest": "Duerma"})
    more = ("--check", "numbers", *WHY)
    assert numbers(content.decide("waive", "es", "doctor", *more, of="Duerma"))
    event = content.last()
    assert (event["kind"], event["check"], event["target"]) == ("waive", "numbers", "Duerma")
    assert content.row("Duerma")["standing"] == "waiting"
    assert kinds(content) == ["propose", "waive"]
    content.decide("waive", "es", "doctor", *more, of="Fiebre")
    assert content.row("Fiebre")["standing"] == "approved"


def test_nobody_waives_what_they_wrote(content: Governed) -> None:
    content.translate("es", {"Rest": "Duerma"})
    content("sync", "--as", "writer")
    answer = content.decide("waive", "es", "writer", "--check", "numbers", *WHY, of="Duerma")
    assert "wrote this wording" in reason(answer)


def test_one_id_does_not_waive_two_findings(content: Governed) -> None:
    identity, event = content.id("Descanse"), str(uuid.uuid4())
    arguments = ["decide", "waive", "fever", "es", "--message", identity, "--as", "doctor", *WHY]
    assert content(*arguments, "--check", "numbers", "--event", event) == 0
    code, said = content.say(*arguments, "--check", "links", "--event", event)
    assert (code, "has another check" in said) == (2, True)
    assert kinds(content) == ["waive"]


@pytest.mark.parametrize("kind", ["waive", "recall"])
def test_expect_refuses_a_text_that_has_changed_and_shows_it(content: Governed, kind: str) -> None:
    seen = content.row("Descanse")
    content.translate("es", {"Rest": "Duerma"})
    more = ["--check", "numbers"] if kind == "waive" else []
    named = ("--message", seen["id"], *more, *WHY)
    answer = content.decide(kind, "es", "doctor", *named, "--expect", seen["pair"])
    assert "it is now: Duerma" in reason(answer)
    now = content.row("Duerma")["pair"]
    assert numbers(content.decide(kind, "es", "doctor", *named, "--expect", now))


# --- carry-forward ------------------------------------------------------------------------------


def test_an_edit_is_carried_for_all_languages_and_both_texts_are_shown(content: Governed) -> None:
    identity = edit(content)
    assert content.row("Rest.")["standing"] == "stale"
    code, said = content.say(
        "decide", "carry-forward", "fever", "*", "--message", identity, "--as", "editor", *WHY
    )
    assert code == 0
    assert said == f"{identity} in es, ar:\n  was: Rest\n  is:  Rest.\n2 done, 0 refused\n"
    assert content.row("Rest.")["standing"] == content.row("Rest.", "ar")["standing"] == "approved"
    # The new source text itself is read and signed like any other.
    assert content.shown() == {"en": "last_good"}
    assert content.decide("approve", "en", "editor", of="Rest.")["done"]
    assert content.shown() == {}
    assert kinds(content) == ["source", "carry_forward", "propose", "approve"]


def test_one_decision_counts_in_all_languages_whichever_are_named(content: Governed) -> None:
    identity = edit(content)
    answer = content.decide("carry-forward", "es", "editor", "--message", identity, *WHY)
    assert [row["locale"] for row in answer["done"]] == ["es"]
    assert content.row("Rest.", "ar")["standing"] == "approved"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("Take {dose}.", "Please take {dose}.", "high risk"),
        ("value: 5,", "value: 6,", "nothing to carry"),
        ("value: 38,", "value: 39,", "nothing to carry"),
        ("or more", "or less", "nothing to carry"),
        ("- Rest", "- Do not rest", "nothing to carry"),
    ],
)
def test_a_changed_statement_is_not_carried(
    content: Governed, old: str, new: str, found: str
) -> None:
    before = {row["id"]: row["standing"] for row in content.json("messages", "fever", "en")}
    content.source(old, new)
    content("sync")
    changed = [
        row["id"]
        for row in content.json("messages", "fever", "en")
        if row["standing"] != "approved" or row["id"] not in before
    ]
    assert len(changed) == 1
    answer = content.decide("carry-forward", "*", "editor", "--message", changed[0], *WHY)
    assert answer["done"] == []
    assert found in answer["refused"][0]["reason"]
    assert kinds(content) == []


@pytest.mark.parametrize("words", ["Tome 39 °C", "Fiebre con {limit}"])
def test_old_words_put_back_under_a_changed_number_are_not_carried(
    content: Governed, words: str
) -> None:
    """A tool that keeps the translation of a changed sentence does not get it past the editor."""
    content.source("- Rest", "- Rest 2 days")
    content("sync")
    content.translate("es", {"Rest 2 days": "Descanse"})
    identity = content.id("Rest 2 days")
    answer = content.decide("carry-forward", "es", "editor", "--message", identity, *WHY)
    assert "a number, unit, negation or comparison has changed" in reason(answer)
    content.translate("es", {"Rest 2 days": words})
    answer = content.decide("carry-forward", "es", "editor", "--message", identity, *WHY)
    assert "nothing to carry" in reason(answer)


def test_what_moved_is_carried_in_bulk_high_risk_too(content: Governed) -> None:
    move(content)
    assert set(content.shown().values()) == {"last_good"}
    answer = content.decide("carry-forward", "*", "editor", "--moved", *WHY)
    assert len(numbers(answer)) == 6 * 3
    assert kinds(content) == ["source", *["carry_forward"] * 6]
    assert content.shown() == {}
    assert (
        content.say("decide", "carry-forward", "fever", "*", "--moved", "--as", "editor", *WHY)[0]
        == 2
    )  # nothing is left


def test_moved_carries_no_edit(content: Governed) -> None:
    move(content)
    content.source("- Rest", "- Rest.")
    content("sync")
    assert len(numbers(content.decide("carry-forward", "*", "editor", "--moved", *WHY))) == 5 * 3
    assert content.row("Rest.")["standing"] == "stale"


def test_a_renamed_article_keeps_its_decisions(content: Governed) -> None:
    (content.root / "source_content/fever.md").rename(content.root / "source_content/heat.md")
    for locale in ("es", "ar"):
        content.catalog(locale).rename(content.catalog(locale, "heat"))
    content("sync")
    assert set(content.shown().values()) == {"nothing"}
    answer = content.json("decide", "carry-forward", "heat", "*", "--moved", "--as", "editor", *WHY)
    assert len(numbers(answer)) == 9 * 3
    assert content.shown() == {}
    assert content.page("es", "heat")
    assert {e["earlier_article"] for e in content.events() if e["kind"] == "carry_forward"} == {
        "fever"
    }


def test_a_request_and_a_recall_are_carried_with_the_approvals(content: Governed) -> None:
    content.decide("request-changes", "es", "linguist", *WHY, of="Descanse")
    content.decide("recall", "ar", "writer", *WHY, of="Rest")
    move(content)
    content.decide("carry-forward", "*", "editor", "--moved", *WHY)
    assert content.row("Rest")["standing"] == "changes_requested"
    assert content.row("Rest", "ar")["standing"] == "recalled"
    assert content.row("Rest", "en")["standing"] == "approved"


# --- recall and restore -------------------------------------------------------------------------


def test_one_person_with_any_role_for_the_language_is_enough(content: Governed) -> None:
    for person in ("writer", "linguist", "doctor", "publisher"):
        assert numbers(content.decide("recall", "es", person, *WHY, of="Descanse"))
        assert numbers(content.decide("restore", "es", "doctor", *WHY, of="Descanse"))
    assert "Editor has no role for es" in reason(content.decide("recall", "es", "editor", *WHY))
    assert numbers(content.decide("recall", "en", "editor", *WHY))


def test_what_is_recalled_already_is_said_with_the_name_and_the_event(content: Governed) -> None:
    for named in ({}, {"of": "Descanse"}):
        [number] = numbers(content.decide("recall", "es", "writer", *WHY, **named))
        again = content.decide("recall", "es", "doctor", *WHY, **named)
        assert reason(again) == f"already recalled by writer (event {number})."


def test_a_recalled_wording_is_approved_again_only_when_restored(content: Governed) -> None:
    [number] = numbers(content.decide("recall", "es", "linguist", *WHY, of="Descanse"))
    assert content.row("Descanse")["standing"] == "recalled"
    answer = content.decide("approve", "es", "writer", of="Descanse")
    assert reason(answer) == f"it is recalled by linguist (event {number}). Restore it first."
    assert numbers(content.decide("restore", "es", "doctor", *WHY, of="Descanse"))
    assert content.row("Descanse")["standing"] == "approved"


@pytest.mark.parametrize("named", [{}, {"of": "Descanse"}])
def test_a_restore_wants_a_recall_and_a_role_that_answers_for_it(
    content: Governed, named: dict[str, str]
) -> None:
    answer = content.decide("restore", "es", "doctor", *WHY, **named)
    assert reason(answer) == "it is not recalled: there is nothing to restore."
    content.edit("medloc.yaml", "roles: [translator, medical]", "roles: [translator]")
    content.decide("recall", "es", "doctor", *WHY, **named)
    answer = content.decide("restore", "es", "writer", *WHY, **named)
    assert "Writer has none of the roles that approve this message" in reason(answer)
    assert numbers(content.decide("restore", "es", "publisher", *WHY, **named))


def test_all_pages_in_all_languages_by_patterns(content: Governed) -> None:
    answer = content.json("decide", "recall", "*", "*", "--as", "publisher", *WHY)
    assert [(r["article"], r["locale"], r["message"]) for r in answer["done"]] == [
        ("fever", locale, "") for locale in ("en", "es", "ar")
    ]
    assert content.shown() == dict.fromkeys(("en", "es", "ar"), "withdrawn")


def test_a_command_of_which_a_part_is_refused_does_the_rest(content: Governed) -> None:
    content.decide("recall", "es", "writer", *WHY)
    code, said = content.say("decide", "recall", "*", "*", "--as", "publisher", *WHY)
    assert code == 1
    assert "fever es page: refused: already recalled by writer" in said
    assert "2 done, 1 refused" in said


def test_words_are_found_as_a_reader_sees_them_in_every_wording_known(content: Governed) -> None:
    content.translate("es", {"Drink **water**": "Tome **Agua**"})
    content("sync", "--as", "writer")
    content.translate("es", {"Drink **water**": "Otra"})
    answer = content.json("decide", "recall", "*", "*", "--as", "doctor", *WHY, "--words", " AGUA ")
    assert len(numbers(answer)) == 2
    recalled = {e["target"] for e in content.events() if e["kind"] == "recall"}
    assert recalled == {"Beba **agua**", "Tome **Agua**"}
    assert content.holding("agua") == set()
    code, said = content.say(
        "decide", "recall", "*", "*", "--as", "doctor", *WHY, "--words", "agua"
    )
    assert (code, said.count("recalled already (event ")) == (0, 2)


def test_all_that_somebody_wrote_or_approved_since_a_day(content: Governed) -> None:
    content.translate("es", {"Rest": "Duerma"})
    content("sync", "--as", "writer")
    content.decide("comment", "es", "writer", *WHY, of="Fiebre")

    def by(person: str, since: str = "", locale: str = "es") -> Any:
        more = ["--since", since] if since else []
        return content.json(
            "decide", "recall", "fever", locale, "--as", "publisher", *WHY, "--by", person, *more
        )

    assert [row["message"] for row in by("writer", LATER)["done"]] == [content.id("Duerma")]
    [other] = by("linguist")["done"]  # approved by one, it is recalled whoever else approved it
    assert other["message"] == content.id("Pida ayuda")
    assert len(numbers(by("writer", "2026-01-10"))) == 8  # and not what is recalled already
    assert len(numbers(by("editor", locale="*"))) == 9


def test_somebody_who_has_left_can_be_named(content: Governed) -> None:
    content.write("medloc.yaml", SETTINGS.replace("id: linguist", "id: reader"))
    answer = content.json(
        "decide", "recall", "fever", "es", "--as", "doctor", *WHY, "--by", "linguist"
    )
    assert len(numbers(answer)) == 1


# --- reconfirm ----------------------------------------------------------------------------------


def test_a_page_read_again_is_recorded_with_what_it_says(content: Governed) -> None:
    answer = content.json("decide", "reconfirm", "fever", "*", "--as", "publisher")
    assert {row["locale"] for row in answer["refused"]} == {"en", "es", "ar"}
    assert numbers(content.decide("reconfirm", "es", "doctor"))
    first = content.last()
    assert (first["kind"], first["locale"], len(first["text"])) == ("reconfirm", "es", 64)
    assert numbers(content.decide("reconfirm", "ar", "doctor"))
    assert content.last()["text"] != first["text"]
    content.translate("es", {"Rest": "Duerma"})
    content.decide("approve", "es", "doctor", of="Duerma")
    assert numbers(content.decide("reconfirm", "es", "doctor"))
    assert content.last()["text"] != first["text"]
    assert content.shown() == {}


def test_only_what_is_published_as_it_stands_is_reconfirmed(content: Governed) -> None:
    content.translate("es", {"Rest": "Duerma"})
    problem = reason(content.decide("reconfirm", "es", "doctor"))
    assert problem == ("it is not published as it stands: 1 of its messages: 1 waiting for review.")
    content.write("locales/es/LC_MESSAGES/fever.po", "not a catalog")
    assert "fever.po:1:" in reason(content.decide("reconfirm", "es", "doctor"))
    content.write("source_content/fever.md", "---\ntitle: [\n---\n")
    assert "its source cannot be read" in reason(content.decide("reconfirm", "ar", "doctor"))
    assert kinds(content) == []


def test_nobody_reconfirms_a_page_with_words_of_their_own(content: Governed) -> None:
    content.translate("es", {"Rest": "Duerma"})
    content("sync", "--as", "writer")
    content.decide("approve", "es", "doctor", of="Duerma")
    answer = content.decide("reconfirm", "es", "writer")
    assert reason(answer) == "Writer wrote wordings of it: another person must read it."
    assert numbers(content.decide("reconfirm", "ar", "writer"))


def test_what_was_recalled_by_its_words_is_restored_by_its_words(content: Governed) -> None:
    content.decide("recall", "es", "linguist", *WHY, "--words", "agua")
    assert content.shown(LATER) == {"es": "withdrawn"}
    found = content.decide("restore", "es", "doctor", *WHY, "--words", "agua")
    assert len(found["done"]) == 1
    assert content.shown(LATER) == {}
    code, said = content.say("decide", "restore", "fever", "es", "--as", "doctor", *WHY,
                             "--words", "agua")  # fmt: skip
    assert (code, "no such wording that is recalled" in said) == (2, True)


def test_a_restore_of_a_message_lifts_what_its_recall_took_with_it(content: Governed) -> None:
    content.translate("es", {"Rest": "Duerma"})
    recalled = content.decide("recall", "es", "linguist", *WHY, of="Duerma")
    assert len(recalled["done"]) == 2
    assert content.shown(LATER) == {"es": "withdrawn"}
    restored = content.decide("restore", "es", "doctor", *WHY, of="Duerma")
    assert len(restored["done"]) == 2
    assert content.shown(LATER) == {"es": "last_good"}
