"""Writing a wording: compared with what the writer saw, proposed in the ledger, then saved."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from medloc import files
from medloc.catalogs import read_catalog, write_catalog
from medloc.errors import CatalogError, ConflictError, MedlocError, UsageError
from medloc.ledger import open_ledger
from medloc.model import Catalog, Entry, Event, Kind
from medloc.workflow.editing import Edited, edit_wording
from medloc.workflow.project import open_project
from medloc.workflow.sources import read_sources
from tests.content import SETTINGS, WORDS, Content, small_project

NOW = dt.datetime(2026, 3, 1, 9, 30, 5, tzinfo=dt.UTC)
REST, LIMIT = "Rest", "Fever is {limit} or more. See [the leaflet][leaflet]."


@pytest.fixture
def content(tmp_path: Path) -> Content:
    content = small_project(tmp_path)
    content.translate("es", WORDS["es"])
    return content


def row(content: Content, text: str, locale: str = "es") -> dict[str, Any]:
    """A message of the article as a reader of its catalog sees it."""
    message = next(m for m in read_sources(open_project(content.root)).articles["fever"].messages
                   if m.text == text)  # fmt: skip
    rows = content.json("messages", "fever", locale)
    return dict(next(row for row in rows if row["id"] == message.id))


def edit(content: Content, text: str, wording: str, **changes: str) -> Edited:
    """Write a wording as somebody who has just read the message (unless `expect` says other)."""
    project = open_project(content.root)
    seen = {} if {"message", "expect"} <= changes.keys() else row(content, text)
    options = {"actor": "writer", "door": "app:oidc", "expect": seen.get("pair", ""), **changes}
    message = options.pop("message", seen.get("id", ""))
    locale, article = options.pop("locale", "es"), options.pop("article", "fever")
    return edit_wording(
        project,
        read_sources(project),
        article,
        locale,
        message,
        wording,
        now=NOW,
        expect=options["expect"],
        actor=options["actor"],
        door=options["door"],
    )


def entry(content: Content, text: str) -> Entry:
    catalog = read_catalog(content.catalog("es"), name="es.po")
    return next(entry for entry in catalog.entries if entry.msgid == text)


def events(content: Content) -> tuple[Event, ...]:
    project = open_project(content.root)
    return open_ledger(project.settings.ledger, base=content.root).events()


def put(content: Content, text: str, **fields: Any) -> None:
    """Change an entry as some other program would."""
    path = content.catalog("es")
    catalog = read_catalog(path, name="es.po")
    entries = tuple(replace(e, **fields) if e.msgid == text else e for e in catalog.entries)
    path.write_bytes(write_catalog(replace(catalog, entries=entries)))


def test_the_wording_is_in_the_catalog_and_its_writer_in_the_ledger(content: Content) -> None:
    before = content.catalog("es").read_text()
    edited = edit(content, LIMIT, "Fiebre: {limit}. Vea [el folleto][leaflet].")
    (event,) = events(content)
    assert edited.event == event.number == 1
    assert edited.problem == ""
    assert edited.translation.wording == "Fiebre: {limit}. Vea [el folleto][leaflet]."
    draft = event.draft
    assert (draft.kind, draft.actor, draft.door) == (Kind.PROPOSE, "writer", "app:oidc")
    assert event.at == "2026-03-01T09:30:05Z"
    assert draft.pair == edited.translation.pair
    assert draft.target == "Fiebre: 38\N{NO-BREAK SPACE}°C. Vea [el folleto][leaflet]."
    assert row(content, LIMIT)["pair"] == draft.pair.hash
    after = content.catalog("es").read_text()
    old = "Hay fiebre con {limit} o más. Vea [el folleto][leaflet]."
    assert after == before.replace(old, edited.translation.wording)


def test_what_somebody_else_wrote_first_stays_and_is_shown(content: Content) -> None:
    seen = row(content, REST)
    edit(content, REST, "Repose", actor="doctor")
    before = content.catalog("es").read_bytes()
    with pytest.raises(ConflictError, match="it is now: Repose") as caught:
        edit(content, REST, "Descanse ya", message=seen["id"], expect=seen["pair"])
    assert caught.value.path == "locales/es/LC_MESSAGES/fever.po"
    assert caught.value.line > 1
    assert content.catalog("es").read_bytes() == before
    assert len(events(content)) == 1


def test_a_changed_value_in_the_source_is_a_conflict(content: Content) -> None:
    seen = row(content, LIMIT)
    article = content.read("source_content/fever.md")
    content.write("source_content/fever.md", article.replace("value: 38", "value: 39"))
    with pytest.raises(ConflictError, match="changed since it was read"):
        edit(content, LIMIT, "Con {limit}.", message=seen["id"], expect=seen["pair"])
    assert events(content) == ()


def test_a_stale_wording_is_no_longer_stale(content: Content) -> None:
    put(content, REST, fuzzy=True, previous_msgid="Rest now", previous_context="what")
    before = row(content, REST)
    assert before["standing"] == "stale"
    edited = edit(content, REST, "Descanse")  # the same words, for the new text
    assert not edited.translation.fuzzy
    found = entry(content, REST)
    assert (found.fuzzy, found.previous_msgid, found.previous_context) == (False, None, None)
    assert [event.draft.actor for event in events(content)] == ["writer"]
    assert row(content, REST)["standing"] == "waiting"


def test_an_empty_wording_clears_and_nobody_proposes_it(content: Content) -> None:
    edited = edit(content, REST, "")
    assert (edited.event, edited.problem, edited.translation.empty) == (0, "", True)
    assert entry(content, REST).msgstr == ""
    assert events(content) == ()
    again = edit(content, REST, "Descanse")
    assert (again.event, entry(content, REST).msgstr) == (1, "Descanse")


def test_a_draft_with_the_wrong_structure_is_kept_and_said(content: Content) -> None:
    edited = edit(content, "Drink **water**", "Beba agua")
    assert "bold" in edited.problem or "**" in edited.problem
    assert entry(content, "Drink **water**").msgstr == "Beba agua"
    assert edited.event == 1


def test_saving_again_proposes_nothing_new(content: Content) -> None:
    first = edit(content, REST, "Repose")
    before = content.catalog("es").stat()
    assert edit(content, REST, "Repose").event == first.event
    assert content.catalog("es").stat().st_ino == before.st_ino
    assert len(events(content)) == 1


def test_who_saves_anothers_words_as_they_are_may_still_approve_them(content: Content) -> None:
    first = edit(content, REST, "Repose")
    assert edit(content, REST, "Repose", actor="doctor").event == first.event
    assert [event.draft.actor for event in events(content)] == ["writer"]
    assert content("decide", "approve", "fever", "es", "--message", row(content, REST)["id"],
                   "--as", "doctor") == 0  # fmt: skip


def test_words_the_ledger_has_not_heard_of_are_theirs_who_saves_them(content: Content) -> None:
    assert edit(content, REST, "Descanse", actor="doctor").event == 1
    assert [event.draft.actor for event in events(content)] == ["doctor"]


def test_a_return_to_older_words_is_proposed_again(content: Content) -> None:
    for wording in ("Repose", "Descanse", "Repose"):
        edit(content, REST, wording)
    assert [event.draft.target for event in events(content)] == ["Repose", "Descanse", "Repose"]
    # Another's words, chosen instead of what stands there: who chose them answers for them too.
    edit(content, REST, "Descanse")
    edit(content, REST, "Repose", actor="doctor")
    assert [event.draft.actor for event in events(content)] == ["writer"] * 4 + ["doctor"]


def test_the_same_words_under_another_text_are_news(content: Content) -> None:
    edit(content, REST, "Beba **agua**")
    assert edit(content, "Drink **water**", "Beba **agua**").event == 2


def test_the_ledger_hears_of_it_before_the_catalog(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content.catalog("es").read_bytes()
    seen = row(content, REST)

    def full(*_arguments: object, **_options: object) -> bool:
        assert [event.draft.target for event in events(content)] == ["Repose"]
        raise MedlocError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(files, "replace", full)
        with pytest.raises(MedlocError, match="no space"):
            edit(content, REST, "Repose")
    assert content.catalog("es").read_bytes() == before
    # Whoever tries again with what they saw is told of no conflict, and proposes nothing twice.
    assert edit(content, REST, "Repose", message=seen["id"], expect=seen["pair"]).event == 1
    assert entry(content, REST).msgstr == "Repose"


def test_words_no_catalog_can_hold_are_not_proposed(content: Content) -> None:
    before = content.catalog("es").read_bytes()
    with pytest.raises(CatalogError):
        edit(content, REST, "Descanse\x00")
    assert events(content) == ()
    assert content.catalog("es").read_bytes() == before


def test_a_ledger_that_cannot_be_written_leaves_the_catalog_alone(content: Content) -> None:
    before = content.catalog("es").read_bytes()
    seen = row(content, REST)
    content.write("ledger.sqlite", "this is no database" * 100)
    with pytest.raises(MedlocError, match="ledger"):
        edit(content, REST, "Repose", message=seen["id"], expect=seen["pair"])
    assert content.catalog("es").read_bytes() == before


def test_nobody_else_changes_the_catalog_meanwhile(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = open_project(content.root)
    path = content.catalog("es")
    seen = row(content, REST)
    real = files.replace

    def locked(*arguments: Any, **options: Any) -> bool:
        with (
            pytest.raises(MedlocError, match="another medloc"),
            files.lock(path, folder=project.locks, timeout=0.01),
        ):
            pass
        return real(*arguments, **options)

    monkeypatch.setattr(files, "replace", locked)
    edit(content, REST, "Repose", message=seen["id"], expect=seen["pair"])
    monkeypatch.undo()
    with files.lock(path, folder=project.locks, timeout=0.01):
        assert entry(content, REST).msgstr == "Repose"


def test_a_missing_catalog_or_entry_wants_a_sync(content: Content) -> None:
    seen = row(content, REST)
    catalog = read_catalog(content.catalog("es"), name="es.po")
    others = tuple(entry for entry in catalog.entries if entry.msgid != REST)
    gone = replace(entry(content, REST), obsolete=True)
    asked = {"message": seen["id"], "expect": seen["pair"]}
    for entries in (others, (*others, gone)):
        content.catalog("es").write_bytes(write_catalog(Catalog("es.po", catalog.headers,
                                                                entries=entries)))  # fmt: skip
        with pytest.raises(ConflictError, match=r"does not have message .*medloc sync"):
            edit(content, REST, "Repose", **asked)
    content.catalog("es").unlink()
    with pytest.raises(ConflictError, match=r"no catalog.*medloc sync"):
        edit(content, REST, "Repose", **asked)
    assert not content.catalog("es").exists()
    assert events(content) == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"actor": "nobody"}, "nobody has the id `nobody`"),
        ({"actor": "editor"}, "Editor has no role for es"),
        ({"actor": "gone"}, "Gone has no role for es"),
        ({"article": "flu"}, "no article fits `flu`"),
        ({"article": "fev*"}, r"no article is `fev\*`"),
        ({"locale": "en"}, "`en` is no locale with catalogs"),
        ({"locale": "fr"}, "`fr` is no locale with catalogs"),
        ({"message": "0" * 12}, "there is no message 000000000000 in fever"),
    ],
)
def test_what_nobody_knows_is_refused(
    content: Content, changes: dict[str, str], words: str
) -> None:
    gone = "  - {id: gone, name: Gone, roles: [translator], until: 2026-02-28}\npolicy:"
    content.write("medloc.yaml", SETTINGS.replace("policy:", gone))
    before = content.catalog("es").read_bytes()
    with pytest.raises(UsageError, match=words):
        edit(content, REST, "Repose", **changes)
    assert content.catalog("es").read_bytes() == before
    assert events(content) == ()
