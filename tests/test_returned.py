"""Files that translators bring back: the plan of each wording, the writing, and hostile uploads."""

from __future__ import annotations

import datetime as dt
import io
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from medloc.catalogs import parse_catalog, read_catalog, write_catalog
from medloc.errors import MedlocError, UsageError
from medloc.ledger import open_ledger
from medloc.model import Entry, Kind, Message
from medloc.settings import FILE_NAME
from medloc.workflow import parcels
from medloc.workflow.editing import edit_wording
from medloc.workflow.parcels import PoFile, hand_out, hand_out_all, unpack, zipped
from medloc.workflow.pieces import pieces
from medloc.workflow.project import Project, open_project
from medloc.workflow.returned import (
    BroughtIn,
    Fate,
    Plan,
    Returned,
    bring_in,
    may_write,
    plan_returned,
)
from medloc.workflow.sources import read_sources
from tests.content import WORDS, Content, small_project

NOW = dt.datetime(2026, 3, 1, 9, 30, 5, tzinfo=dt.UTC)
LIMIT = "Fever is {limit} or more. See [the leaflet][leaflet]."


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """A project whose Spanish lacks "Rest"."""
    content = small_project(tmp_path)
    content.translate("es", {k: v for k, v in WORDS["es"].items() if k != "Rest"})
    return content


def taken(content: Content, article: str = "fever") -> bytes:
    return hand_out(open_project(content.root), article, "es")


def changed(data: bytes, words: dict[str, str], **fields: object) -> bytes:
    """A handed-out file after a translator's work."""
    catalog = parse_catalog(data, path="es.po")
    entries = tuple(
        replace(entry, msgstr=words[entry.msgid], **fields) if entry.msgid in words else entry  # type: ignore[arg-type]
        for entry in catalog.entries
    )
    return write_catalog(replace(catalog, entries=entries))


def plan(content: Content, *files: bytes, locale: str = "es", name: str = "fever.po") -> Plan:
    project = open_project(content.root)
    given = [PoFile(name if not n else f"{n}/{name}", data) for n, data in enumerate(files)]
    return plan_returned(project, read_sources(project), given, locale=locale)


def apply(content: Content, made: Plan, *also: str, actor: str = "writer") -> BroughtIn:
    project = open_project(content.root)
    return bring_in(made.rows, writing(project, actor), also=also)


def writing(project: Project, actor: str) -> Callable[[Returned], object]:
    """How a row is written by somebody."""
    sources = read_sources(project)
    return lambda row: edit_wording(
        project, sources, row.article, row.locale, row.message, row.wording,
        expect=row.expect, actor=actor, door="app", now=NOW,
    )  # fmt: skip


def fates(made: Plan) -> dict[str, Fate]:
    """What is not unchanged, by source text."""
    return {row.source: row.fate for row in made.rows if row.fate is not Fate.UNCHANGED}


def wording(content: Content, text: str) -> Entry:
    catalog = read_catalog(content.catalog("es"), name="es.po")
    return next(e for e in catalog.entries if e.msgid == text and not e.obsolete)


def test_file_as_it_was_handed_out_changes_nothing(content: Content) -> None:
    made = plan(content, taken(content))
    assert dict(made.counts) == {Fate.UNCHANGED: 9}
    assert apply(content, made) == BroughtIn()


def test_new_and_changed_wordings_are_written_as_their_translators(content: Content) -> None:
    made = plan(content, changed(taken(content), {"Rest": "Repose", "Fever": "La fiebre"}))
    assert fates(made) == {"Rest": Fate.NEW, "Fever": Fate.CHANGED}
    seen: list[tuple[int, int]] = []
    project = open_project(content.root)
    done = bring_in(made.rows, writing(project, "writer"), on_progress=lambda *at: seen.append(at))
    assert [(row.source, row.wording) for row in done.written] == [
        ("Fever", "La fiebre"), ("Rest", "Repose")
    ]  # fmt: skip
    assert seen == [(1, 2), (2, 2)]
    assert wording(content, "Rest").msgstr == "Repose"
    events = open_ledger(project.settings.ledger, base=content.root).events()
    assert [(e.draft.kind, e.draft.actor, e.draft.target) for e in events] == [
        (Kind.PROPOSE, "writer", "La fiebre"), (Kind.PROPOSE, "writer", "Repose")
    ]  # fmt: skip
    again = plan(content, changed(taken(content), {"Rest": "Repose", "Fever": "La fiebre"}))
    assert dict(again.counts) == {Fate.UNCHANGED: 9}


def test_marks_of_handing_out_do_not_reach_the_project(content: Content) -> None:
    apply(content, plan(content, changed(taken(content), {"Rest": "Repose"})))
    assert b"medloc-taken" in taken(content)
    assert "medloc-taken" not in content.read("locales/es/LC_MESSAGES/fever.po")


def test_wording_that_somebody_changed_meanwhile_is_a_conflict(content: Content) -> None:
    file = changed(taken(content), {"Fever": "La fiebre", "Rest": "Repose"})
    content.translate("es", {"Fever": "Calentura", "Rest": "Descanse"})
    made = plan(content, file)
    assert fates(made) == {"Fever": Fate.CONFLICT, "Rest": Fate.CONFLICT}
    row = made.rows[0]
    assert (row.stands, row.wording) == ("Calentura", "La fiebre")
    assert "since you took the file" in row.why
    assert apply(content, made) == BroughtIn()
    assert apply(content, made, row.message).written == (row,)
    assert wording(content, "Fever").msgstr == "La fiebre"
    assert wording(content, "Rest").msgstr == "Descanse"


def test_wording_that_somebody_took_away_meanwhile_is_a_conflict(content: Content) -> None:
    file = changed(taken(content), {"Fever": "La fiebre"})
    content.translate("es", {"Fever": ""})
    assert fates(plan(content, file)) == {"Fever": Fate.CONFLICT}


def test_wording_left_as_it_was_does_not_undo_what_others_wrote(content: Content) -> None:
    file = taken(content)
    content.translate("es", {"Fever": "Calentura"})
    made = plan(content, file)
    assert not fates(made)
    assert "somebody else" in made.rows[0].why


def test_file_that_does_not_say_what_was_seen_conflicts_but_fills_what_is_empty(
    content: Content,
) -> None:
    plain = content.catalog("es").read_bytes()
    made = plan(content, changed(plain, {"Rest": "Repose", "Fever": "La fiebre"}))
    assert fates(made) == {"Rest": Fate.NEW, "Fever": Fate.CONFLICT}
    assert "does not say" in made.rows[0].why


def test_change_between_plan_and_writing_is_told_and_keeps_what_stands(content: Content) -> None:
    made = plan(content, changed(taken(content), {"Rest": "Repose", "Fever": "La fiebre"}))
    content.translate("es", {"Fever": "Calentura"})
    done = apply(content, made)
    assert [row.source for row in done.written] == ["Rest"]
    ((row, trouble),) = done.refused
    assert row.source == "Fever"
    assert "it is now: Calentura" in str(trouble)
    assert wording(content, "Fever").msgstr == "Calentura"


def test_emptied_wording_stays(content: Content) -> None:
    made = plan(content, changed(taken(content), {"Fever": " "}))
    assert not fates(made)
    assert "stays" in made.rows[0].why


def test_broken_structure_is_refused_with_what_to_do(content: Content) -> None:
    made = plan(content, changed(taken(content), {LIMIT: "Hay fiebre. [Folleto][leaflet]."}))
    (row,) = (row for row in made.rows if row.fate is Fate.STRUCTURE)
    assert "{limit}" in row.why
    assert apply(content, made) == BroughtIn()


def test_text_of_nowhere_is_unknown(content: Content) -> None:
    catalog = parse_catalog(taken(content), path="es.po")
    strange = (Entry("what", "Sleep", "Duerma"), Entry("x", "Nothing"),
               Entry("what", "old", "viejo", obsolete=True))  # fmt: skip
    made = plan(content, write_catalog(replace(catalog, entries=(*catalog.entries, *strange))))
    assert fates(made) == {"Sleep": Fate.UNKNOWN}
    assert apply(content, made) == BroughtIn()


def test_text_that_the_author_changed_meanwhile_is_stale(content: Content) -> None:
    file = changed(taken(content), {"Drink **water**": "Tome **agua**"})
    article = content.read("source_content/fever.md")
    content.write("source_content/fever.md",
                  article.replace("Drink **water**", "Drink some **water**"))  # fmt: skip
    assert content("sync") == 0
    made = plan(content, file)
    assert fates(made) == {"Drink **water**": Fate.STALE}
    (row,) = (row for row in made.rows if row.fate is Fate.STALE)
    assert "take it anew" in row.why


def test_stale_wording_is_taken_when_its_mark_is_gone(content: Content) -> None:
    article = content.read("source_content/fever.md")
    content.write("source_content/fever.md",
                  article.replace("Drink **water**", "Drink some **water**"))  # fmt: skip
    assert content("sync") == 0
    assert wording(content, "Drink some **water**").fuzzy
    left = plan(content, taken(content))
    assert fates(left) == {"Drink some **water**": Fate.STALE}
    words = {"Drink some **water**": "Beba **agua**"}  # as it was: still right
    made = plan(content, changed(taken(content), words, fuzzy=False, previous_msgid=None))
    assert fates(made) == {"Drink some **water**": Fate.CHANGED}
    assert len(apply(content, made).written) == 1
    assert not wording(content, "Drink some **water**").fuzzy


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data.replace(b"Language: es", b"Language: ar"), "es is asked for"),
        (lambda data: data.replace(b"Language: es", b"Language: tlh"), "this project has not"),
        (lambda data: data.replace(b'msgid "Rest"', b'msgid "Rest'), "fever.po:"),
        (lambda _: b"msgid \xff", "UTF-8"),
    ],
)
def test_unusable_file_is_a_trouble(
    content: Content, change: Callable[[bytes], bytes], said: str
) -> None:
    made = plan(content, change(taken(content)))
    assert not made.rows
    assert said in str(made.troubles[0])


def test_renamed_file_is_known_by_its_header_and_headless_one_by_its_name(
    content: Content,
) -> None:
    assert len(plan(content, taken(content), name="Translations (1).po").rows) == 9
    bare = taken(content).replace(b"Project-Id-Version: fever", b"Project-Id-Version: PACKAGE")
    assert len(plan(content, bare, name="es/fever.po").rows) == 9
    (trouble,) = plan(content, bare, name="x.po").troubles
    assert "which article" in str(trouble)


def test_two_files_of_one_article_are_a_trouble(content: Content) -> None:
    made = plan(content, taken(content), taken(content))
    assert len(made.rows) == 9
    assert "two files" in str(made.troubles[0])


def test_who_has_no_role_for_the_locale_writes_nothing(content: Content) -> None:
    made = plan(content, changed(taken(content), {"Rest": "Repose"}))
    done = apply(content, made, actor="editor")
    assert not done.written
    assert "no role for es" in str(done.refused[0][1])
    people = open_project(content.root).settings.people
    assert not may_write(people["editor"], "es", NOW.date())
    assert may_write(people["writer"], "es", NOW.date())


# --- handing out ------------------------------------------------------------------------------


def test_locale_is_handed_out_as_a_zip_that_can_come_back(content: Content) -> None:
    project = open_project(content.root)
    data, troubles = hand_out_all(project, ["fever", "nowhere"], "es")
    assert [str(t) for t in troubles] == [
        "locales/es/LC_MESSAGES/nowhere.po: there is no catalog yet. Ask an editor to run "
        "`medloc sync`."
    ]
    back = unpack("es.zip", data)
    assert [file.name for file in back.files] == ["es/fever.po"]
    made = plan_returned(project, read_sources(project), back.files, locale="es")
    assert dict(made.counts) == {Fate.UNCHANGED: 9}


def test_handing_out_twice_marks_once(content: Content) -> None:
    content.catalog("es").write_bytes(taken(content))
    assert taken(content).count(b"medloc-taken") == 9


# --- what is uploaded -------------------------------------------------------------------------


def test_other_files_of_a_zip_are_named_and_left(content: Content) -> None:
    data = zipped({"es/fever.po": b"x", "es/fever.mo": b"y", "__MACOSX/es/._fever.po": b"z"})
    back = unpack("back.zip", data)
    assert [file.name for file in back.files] == ["es/fever.po"]
    assert back.others == ("__MACOSX/es/._fever.po", "es/fever.mo")


def bomb() -> bytes:
    return zipped({f"{n}.po": bytes(30 * 2**20) for n in range(4)})


def lying_bomb() -> bytes:
    """Says that it is small."""
    data = bytearray(zipped({"a.po": bytes(40 * 2**20)}))
    for head, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(head) + at
        data[place : place + 4] = (10).to_bytes(4, "little")
    return bytes(data)


def locked() -> bytes:
    data = bytearray(zipped({"a.po": b"x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def link() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("a.po")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def twice() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.po", "x")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.po", "y")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bomb, "larger than medloc takes"),
        (lying_bomb, "damaged"),
        (locked, "password"),
        (link, "a link instead of a file"),
        (twice, "holds a.po twice"),
        (lambda: zipped({"../a.po": b"x"}), "outside of itself: ../a.po"),
        (lambda: zipped({"es/../../a.po": b"x"}), "outside of itself"),
        (lambda: zipped({"/etc/a.po": b"x"}), "outside of itself"),
        (lambda: zipped({"C:/a.po": b"x"}), "outside of itself"),
        (lambda: zipped({"es\\..\\a.po": b"x"}), "outside of itself"),
        (lambda: zipped({"a.po_x.po": b"x"}).replace(b"po_x", b"po\0x"), "outside of itself"),
        (lambda: zipped({"a.po": b"x"})[:-9], "damaged"),
        (lambda: zipped({"a.txt": b"x"}), "no PO file"),
        (lambda: zipped({}), "no PO file"),
        (lambda: zipped({f"{n}.txt": b"" for n in range(2001)}), "2,001 files"),
        (lambda: b"Hello", "neither a PO file nor a zip"),
        (lambda: bytes(20 * 2**20 + 1), "at most 20 MB"),
    ],
)
def test_upload_that_cannot_be_taken_is_refused_with_what_to_do(
    make: Callable[[], bytes], said: str
) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        unpack("back.zip", make())
    assert caught.value.advice


def test_unpacked_files_share_one_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "MAX_UNPACKED", 100)
    assert unpack("x.zip", zipped({"a.po": b"x" * 60, "b.po": b"y" * 40})).files
    with pytest.raises(MedlocError, match="larger"):
        unpack("x.zip", zipped({"a.po": b"x" * 60, "b.po": b"y" * 41}))


# --- what must be kept of the source ----------------------------------------------------------


def test_wording_of_nothing_but_the_pieces_has_the_structure_of_its_source(
    content: Content,
) -> None:
    from medloc.markdown import wording_problem

    looked_at = 0
    for root in (content.root, Path(__file__).resolve().parents[1]):
        assert (root / FILE_NAME).is_file()
        for article in read_sources(open_project(root)).articles.values():
            for message in article.messages:
                found = pieces(message)
                words = [f"{p.before}x{p.after}" if p.after else p.before for p in found]
                assert not wording_problem(article, message, " ".join(["x", *words, "y"]))
                looked_at += bool(found)
    assert looked_at > 20


def test_field_holds_no_markup() -> None:
    text = "*{dose}* of [it](x) and {other}"
    field = Message("a", "meta:title", text, "meta", "title", 1, placeholders=("dose",))
    assert [piece.label for piece in pieces(field)] == ["{dose}"]
    body = replace(field, context="start", section="start", kind="paragraph")
    assert [piece.label for piece in pieces(body)] == ["*…*", "{dose}", "[…](x)"]


# --- the command ------------------------------------------------------------------------------


def test_import_shows_a_plan_and_writes_when_told_to(
    content: Content, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "back.zip"
    words = {"Rest": "Repose", "Fever": "La fiebre"}
    file.write_bytes(zipped({"es/fever.po": changed(taken(content), words)}))
    content.translate("es", {"Fever": "Calentura"})
    command = ("import", str(file), "--format", "po", "--as", "writer")
    capsys.readouterr()
    assert content(*command) == 1
    out, err = capsys.readouterr()
    assert "es/fever.po:" in out
    assert "stands: Calentura\n    file:   La fiebre" in out
    assert "1 conflict, 1 new, 7 unchanged; nothing written: --apply does" in err
    assert not wording(content, "Rest").msgstr
    assert content(*command, "--apply") == 1
    assert wording(content, "Rest").msgstr == "Repose"
    rows = content.json(*command)
    (conflict,) = (row for row in rows if row["fate"] == "conflict")
    assert content(*command, "--apply", "--message", conflict["message"]) == 0
    assert wording(content, "Fever").msgstr == "La fiebre"
    assert content(*command) == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--as", "editor"), "may not write"),
        (("--as", "stranger"), "may not write"),
        (("--as", "writer", "--message", "123456789abc"), "no conflict of this file"),
        (("--as", "writer", "--locale", "ar"), "ar is asked for"),
    ],
)
def test_import_refuses(
    content: Content, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "fever.po"
    file.write_bytes(changed(taken(content), {"Rest": "Repose"}))
    code, err = content.say("import", str(file), "--format", "po", "--apply", *options)
    assert code == 2
    assert said in err
    assert not wording(content, "Rest").msgstr
