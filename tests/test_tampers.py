"""Every way we know to change a site, its proofs or its ledger unseen, and who refuses it.

`TAMPERS` is the table: what is done, where `medloc verify` must refuse it, and where the verifier
that stands alone must. `None` is a limit we know: that verifier passes it.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

import verify_site
from medloc.cli import run
from medloc.ledger import ZERO
from medloc.workflow.project import open_project
from medloc.workflow.verify import verify
from tests.content import ARTICLE, WORDS, approved_project
from tests.soak.record import record

SOAK = os.environ.get("MEDLOC_SOAK") == "1"
EDITED = ARTICLE.replace("Drink **water**", "Drink **tea**").replace("value: 5,", "value: 6,")
TEA = {"es": {"Drink **tea**": "Beba **té**"}, "ar": {"Drink **tea**": "اشرب **الشاي**"}}
DOSE = "[Pida ayuda](<tel:112>) de inmediato. Tome 6\N{NO-BREAK SPACE}mg."

Outcome = tuple[str, str] | None
"""(level, file) of a refusal, None for a site that passes."""


@dataclass(frozen=True, slots=True)
class World:
    """A project: `site` is its second edition, `older` the first, `export.jsonl` its ledger."""

    root: Path

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def export(self) -> Path:
        return self.root / "export.jsonl"

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.export.read_bytes().splitlines()]

    def write_lines(self, lines: list[dict[str, Any]], *, chain: bool) -> None:
        """Write the export; with `chain`, as somebody who knows how hashes work."""
        previous, written = ZERO, []
        for number, line in enumerate(lines, 1):
            if chain:
                line = {**line, "number": number, "previous": previous}
            written.append(canonical(line))
            previous = sha(written[-1])
        self.export.write_bytes(b"".join(one + b"\n" for one in written))

    def json(self, name: str) -> dict[str, Any]:
        value: dict[str, Any] = json.loads((self.site / name).read_bytes())
        return value

    def write_json(self, name: str, value: object) -> None:
        (self.site / name).write_bytes(canonical(value) + b"\n")

    def sql(self, *statements: str, values: tuple[object, ...] = ()) -> None:
        """Change the database below the triggers, and put the triggers back."""
        with closing(sqlite3.connect(self.root / "ledger.sqlite")) as database:
            database.execute("PRAGMA synchronous = OFF")
            kept = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = dict(kept.fetchall())
            for name in triggers:
                database.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                database.execute(statement, values)
            for sql in triggers.values():
                database.execute(sql)
            database.commit()

    def store_export(self) -> None:
        """Make a database of the export."""
        (self.root / DB).unlink()
        assert run(["--project", str(self.root), "ledger", "import", EXPORT]) == 0


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def reseal(world: World) -> None:
    """Make proofs and manifests fit the bytes again, as somebody who can write to the folder."""
    site = world.site
    root = world.json("manifest.json")
    for tag, one in root["locales"].items():
        name = f"{tag}/manifest.json"
        manifest = world.json(name)
        for page, own in manifest["pages"].items():
            proof = page.removesuffix("index.html") + "proof.json"
            value = world.json(proof)
            value["page"] = sha((site / page).read_bytes())
            world.write_json(proof, value)
            data = site / page.removesuffix("index.html") / "index.json"
            own |= {"page": value["page"], "proof": sha((site / proof).read_bytes())}
            own |= {"data": sha(data.read_bytes())}
        world.write_json(name, manifest)
        one["manifest"] = sha((site / name).read_bytes())
    for key in ("assets", "files"):
        root[key] = {name: sha((site / name).read_bytes()) for name in root[key]}
    world.write_json("manifest.json", root)


def medloc(world: World, *arguments: str) -> Outcome:
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        code = run(["--project", str(world.root), "verify", "site", "--json", *arguments])
    assert code in (0, 1), err.getvalue()
    return outcome(json.loads(out.getvalue()))


def alone(world: World) -> Outcome:
    return outcome(verify_site.verify(world.site, world.export))


def outcome(said: dict[str, Any]) -> Outcome:
    if said["ok"]:
        assert said["failure"] is None
        return None
    failure = said["failure"]
    assert list(failure) == ["file", "message", "event", "expected", "found"]
    assert failure["expected"] != failure["found"]
    return said["level"], failure["file"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both editions, recorded by the publisher."""
    root = tmp_path_factory.mktemp("made")
    content = approved_project(root)
    build = ("build", "--date", "2026-03-01", "--as", "publisher")
    assert content(*build) == 0
    shutil.copytree(root / "site", root / "older")
    content.write("source_content/fever.md", EDITED)
    assert content("sync") == 0
    for locale, words in WORDS.items():
        content.translate(locale, {**words, **TEA[locale]})
    content.approve_all("en", "editor")
    for locale in WORDS:
        content.approve_all(locale, "doctor", "linguist", "writer")
    assert content(*build) == 0
    assert content("ledger", "export", "export.jsonl") == 0
    page = content.page("es")
    assert page is not None
    assert "Beba <strong>té</strong>" in page
    assert DOSE in (root / "export.jsonl").read_text("utf-8")
    return root


@pytest.fixture
def world(made: Path, tmp_path: Path) -> World:
    """The published site, its ledger, and the export of it."""
    shutil.copytree(made, tmp_path / "world")
    return World(tmp_path / "world")


@pytest.fixture(scope="module")
def made_unpublished(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same when nobody records editions: the events about them are taken out everywhere."""
    root = tmp_path_factory.mktemp("unpublished") / "world"
    shutil.copytree(made, root)
    world = World(root)
    lines = [line for line in world.lines() if line["kind"] != "publish"]
    numbers = {line["number"]: n for n, line in enumerate(lines, 1)}
    world.write_lines(lines, chain=True)
    for tag in world.json(SITE)["locales"]:
        proof = world.json(f"{tag}/fever/proof.json")
        for one in proof["messages"]:
            one["events"] = [numbers[number] for number in one["events"]]
        world.write_json(f"{tag}/fever/proof.json", proof)
    rewind(world)
    world.store_export()
    reseal(world)
    return root


@pytest.fixture
def unpublished(made_unpublished: Path, tmp_path: Path) -> World:
    """The site and ledger where only the head in the manifest holds them together."""
    shutil.copytree(made_unpublished, tmp_path / "unpublished")
    return World(tmp_path / "unpublished")


def rewind(world: World) -> None:
    """Make the manifest name the head of the export."""
    root = world.json("manifest.json")
    lines = world.export.read_bytes().splitlines()
    root["ledger"] = {"count": len(lines), "head": sha(lines[-1])}
    world.write_json("manifest.json", root)


# --- what can be done ---------------------------------------------------------------------------

Tamper = Callable[[World], None]


def database(*statements: str) -> Tamper:
    return lambda world: world.sql(*statements)


def body(number: int, old: bytes, new: bytes, *, rehash: bool = False) -> Tamper:
    def change(world: World) -> None:
        with closing(sqlite3.connect(world.root / "ledger.sqlite")) as connection:
            [found] = connection.execute("SELECT body FROM event WHERE number=?", (number,))
        assert old in found[0]
        data = found[0].replace(old, new, 1)
        world.sql("UPDATE event SET body = ? WHERE number = ?", values=(data, number))
        if rehash:
            world.sql("UPDATE event SET hash = ? WHERE number = ?", values=(sha(data), number))

    return change


def lines(change: Callable[[list[dict[str, Any]]], object], *, chain: bool = False) -> Tamper:
    def tamper(world: World) -> None:
        found = world.lines()
        change(found)
        world.write_lines(found, chain=chain)

    return tamper


def raw_export(change: Callable[[bytes], bytes]) -> Tamper:
    def tamper(world: World) -> None:
        before = world.export.read_bytes()
        world.export.write_bytes(change(before))
        assert world.export.read_bytes() != before

    return tamper


def in_file(name: str, old: str, new: str, *, sealed: bool = False) -> Tamper:
    def tamper(world: World) -> None:
        path = world.site / name
        text = path.read_bytes().decode()
        assert old in text
        path.write_bytes(text.replace(old, new, 1).encode())
        if sealed:
            reseal(world)

    return tamper


def in_json(name: str, change: Callable[[dict[str, Any]], object]) -> Tamper:
    def tamper(world: World) -> None:
        value = world.json(name)
        change(value)
        world.write_json(name, value)
        reseal(world)

    return tamper


def message(number: int, **fields: object) -> Callable[[dict[str, Any]], object]:
    return lambda proof: proof["messages"][number].update(fields)


def add(name: str) -> Tamper:
    def tamper(world: World) -> None:
        (world.site / name).parent.mkdir(parents=True, exist_ok=True)
        (world.site / name).write_bytes(b"x")

    return tamper


def remove(name: str) -> Tamper:
    return lambda world: (world.site / name).unlink()


def copy(old: str, new: str, *, sealed: bool = False) -> Tamper:
    """Copy a file of the older edition ("older/...") or of this one over another."""

    def tamper(world: World) -> None:
        shutil.copyfile(world.root / old, world.root / new)
        if sealed:
            reseal(world)

    return tamper


def link(name: str) -> Tamper:
    def tamper(world: World) -> None:
        path = world.site / name
        path.rename(world.root / "moved")
        path.symlink_to(world.root / "moved")

    return tamper


def older_site(world: World) -> None:
    shutil.rmtree(world.site)
    shutil.copytree(world.root / "older", world.site)


def older_page(world: World, *, sealed: bool = False) -> None:
    """Page and proof of the older edition inside the new one."""
    for name in ("index.html", "proof.json"):
        shutil.copyfile(world.root / "older/es/fever" / name, world.site / "es/fever" / name)
    if sealed:
        reseal(world)


def asset(change: Callable[[Path], object]) -> Tamper:
    return lambda world: change(next((world.site / "assets").iterdir()))


def both(*tampers: Tamper) -> Tamper:
    def tamper(world: World) -> None:
        for one in tampers:
            one(world)

    return tamper


def approved_by_author(found: list[dict[str, Any]]) -> None:
    """Say of each Spanish wording that its reviewer wrote it."""
    for line in found:
        if line["kind"] == "propose" and line.get("locale") == "es":
            line["actor"] = "writer"


def approvals_to_proposals(found: list[dict[str, Any]]) -> None:
    """Make every Spanish approval say that its person wrote the wording."""
    for line in found:
        if line["kind"] == "approve" and line["locale"] == "es":
            line["kind"] = "propose"


def change_last(which: str, **fields: object) -> Callable[[list[dict[str, Any]]], object]:
    def change(found: list[dict[str, Any]]) -> None:
        wanted = {"kind": which, **({"locale": "es"} if which == "approve" else {})}
        index = max(n for n, one in enumerate(found) if wanted.items() <= one.items())
        found[index] |= fields

    return change


def say_after_all(kind: str, actor: str, **more: str) -> Callable[[list[dict[str, Any]]], object]:
    """Append a decision on the last approved Spanish wording."""

    def change(found: list[dict[str, Any]]) -> None:
        last = [one for one in found if one["kind"] == "approve" and one["locale"] == "es"][-1]
        kept = {k: last[k] for k in ("article", "locale", "context", "source", "target", "at")}
        plain = {"kind": kind, "actor": actor, "door": "cli:x", "event_id": "late"}
        found.append({**kept, **plain, **more, "number": 0, "previous": ""})

    return change


def dose(actor_words: str) -> Callable[[list[dict[str, Any]]], object]:
    """Change the approved words of the last Spanish approval, in every event about them."""

    def change(found: list[dict[str, Any]]) -> None:
        for line in found:
            if line.get("target") == DOSE:
                line["target"] = actor_words

    return change


SITE = "manifest.json"
ES, PROOF = "es/fever/index.html", "es/fever/proof.json"
DB, EXPORT = "ledger.sqlite", "export.jsonl"
CHAIN_DB, CHAIN_EXPORT = ("chain", DB), ("chain", EXPORT)

# name -> (what is done, where medloc verify refuses it, where verify_site.py does)
Row = tuple[Tamper, Outcome, Outcome]

# On the database; the export and the site stay as they are, so the other verifier passes.
ON_DATABASE: dict[str, Row] = {
    "body edited": (body(9, b"editor", b"doctor"), CHAIN_DB, None),
    "body edited and hashed": (body(9, b"editor", b"doctor", rehash=True), CHAIN_DB, None),
    "role edited": (body(21, b'"role":"medical"', b'"role":"surgical"'), CHAIN_DB, None),
    "time edited": (body(21, b'"at":"2', b'"at":"1'), CHAIN_DB, None),
    "body with a space": (body(21, b"{", b"{ "), CHAIN_DB, None),
    "body with a key twice": (body(21, b"{", b'{"actor":"doctor",'), CHAIN_DB, None),
    "body with an unknown key": (body(21, b'"door"', b'"doom"'), CHAIN_DB, None),
    "body as text": (
        database("UPDATE event SET body = CAST(body AS TEXT) WHERE number = 4"), CHAIN_DB, None,
    ),
    "row deleted": (database("DELETE FROM event WHERE number = 12"), CHAIN_DB, None),
    "first row deleted": (database("DELETE FROM event WHERE number = 1"), CHAIN_DB, None),
    "rows swapped": (
        database(
            "UPDATE event SET number = 1000 WHERE number = 12",
            "UPDATE event SET number = 12 WHERE number = 13",
            "UPDATE event SET number = 13 WHERE number = 1000",
        ), CHAIN_DB, None,
    ),
    "row inserted": (
        database("INSERT INTO event SELECT 500, 'new', 'new', hash, body FROM event "
                 "WHERE number = 12"), CHAIN_DB, None,
    ),
    "event id edited": (
        database("UPDATE event SET event_id = 'x' WHERE number = 5"), CHAIN_DB, None,
    ),
    "hash edited": (
        database("UPDATE event SET hash = upper(hash) WHERE number = 5"), CHAIN_DB, None,
    ),
    "previous edited": (
        database("UPDATE event SET previous = upper(previous) WHERE number = 5"), CHAIN_DB, None,
    ),
    "tail cut off": (
        database("DELETE FROM event WHERE number > 80"), ("anchors", SITE), None,
    ),
    "everything deleted": (database("DELETE FROM event"), ("anchors", SITE), None),
    "last publication cut off": (
        database("DELETE FROM event WHERE number = (SELECT max(number) FROM event)"),
        ("folder", SITE), None,
    ),
    "trigger dropped": (
        lambda world: drop_trigger(world, "event_no_update"), CHAIN_DB, None,
    ),
    "trigger added": (
        database("CREATE TRIGGER quiet BEFORE INSERT ON event BEGIN SELECT 1; END"),
        CHAIN_DB, None,
    ),
    "a file that is no database": (
        lambda world: (world.root / DB).write_bytes(b"x" * 4096), CHAIN_DB, None,
    ),
}  # fmt: skip


def drop_trigger(world: World, name: str) -> None:
    with closing(sqlite3.connect(world.root / DB)) as connection:
        connection.execute(f"DROP TRIGGER {name}")
        connection.commit()


def swap(found: list[dict[str, Any]]) -> None:
    found[11], found[12] = found[12], found[11]


def chained(change: Callable[[list[dict[str, Any]]], object]) -> Tamper:
    return lines(change, chain=True)


# On the export, read by both.
ON_EXPORT: dict[str, Row] = {
    "line edited": (
        raw_export(lambda data: data.replace(b"editor", b"doctor", 1)), CHAIN_EXPORT, CHAIN_EXPORT,
    ),
    "line deleted": (lines(lambda found: found.pop(11)), CHAIN_EXPORT, CHAIN_EXPORT),
    "first line deleted": (lines(lambda found: found.pop(0)), CHAIN_EXPORT, CHAIN_EXPORT),
    "lines swapped": (lines(swap), CHAIN_EXPORT, CHAIN_EXPORT),
    "line twice": (
        lines(lambda found: found.insert(11, found[11])), CHAIN_EXPORT, CHAIN_EXPORT,
    ),
    "event id twice, chained": (
        chained(lambda found: found.append(found[11])), CHAIN_EXPORT, CHAIN_EXPORT,
    ),
    "unknown kind, chained": (
        chained(change_last("publish", kind="bless")), CHAIN_EXPORT, CHAIN_EXPORT,
    ),
    "unknown field, chained": (
        chained(change_last("publish", mood="good")), CHAIN_EXPORT, CHAIN_EXPORT,
    ),
    "field of another kind, chained": (
        chained(change_last("publish", target="x")), CHAIN_EXPORT, CHAIN_EXPORT,
    ),
    "last line end cut off": (raw_export(lambda data: data[:-1]), CHAIN_EXPORT, CHAIN_EXPORT),
    "CRLF line ends": (
        raw_export(lambda data: data.replace(b"\n", b"\r\n")), CHAIN_EXPORT, CHAIN_EXPORT,
    ),
    "empty line": (raw_export(lambda data: data + b"\n"), CHAIN_EXPORT, CHAIN_EXPORT),
    "byte order mark": (
        raw_export(lambda data: b"\xef\xbb\xbf" + data), CHAIN_EXPORT, CHAIN_EXPORT,
    ),
    "spaces": (
        raw_export(lambda data: data.replace(b'":"', b'": "', 1)), CHAIN_EXPORT, CHAIN_EXPORT,
    ),
    "key twice": (
        raw_export(lambda data: data.replace(b"{", b'{"actor":"x",', 1)), CHAIN_EXPORT,
        CHAIN_EXPORT,
    ),
    "tail cut off": (
        lines(lambda found: found.__delitem__(slice(80, None))), ("anchors", SITE),
        ("anchors", SITE),
    ),
    "emptied": (raw_export(lambda data: b""), ("anchors", SITE), ("anchors", SITE)),
    "last publication cut off": (
        lines(lambda found: found.pop()), ("folder", SITE), ("folder", SITE),
    ),
    "rewritten from 40": (
        chained(lambda found: found[39].update(actor="doctor")), ("anchors", SITE),
        ("anchors", SITE),
    ),
    "rewritten from 1": (
        chained(lambda found: found[0].update(at="2020-01-01T00:00:00Z")), ("anchors", SITE),
        ("anchors", SITE),
    ),
    "author changed, chained": (
        chained(approved_by_author), ("anchors", SITE), ("anchors", SITE),
    ),
    "publication of another manifest, chained": (
        chained(change_last("publish", text="0" * 64)), ("folder", SITE), ("folder", SITE),
    ),
}  # fmt: skip

# On a site whose ledger records editions: nothing can be made to fit.
ON_SITE: dict[str, Row] = {
    "page edited": (in_file(ES, "Tome 6", "Tome 60"), ("folder", ES), ("folder", ES)),
    "page edited and sealed": (
        in_file(ES, "Tome 6", "Tome 60", sealed=True), ("folder", SITE), ("folder", SITE),
    ),
    "space added to a page": (in_file(ES, "</html>", "</html> "), ("folder", ES), ("folder", ES)),
    "script added to a page": (
        in_file(ES, "</body>", "<script>1</script></body>"), ("folder", ES), ("folder", ES),
    ),
    "list edited": (
        in_file("es/index.html", "Fiebre", "Frio"), ("folder", "es/index.html"),
        ("folder", "es/index.html"),
    ),
    "first page edited": (
        in_file("index.html", "<h1", "<h2"), ("folder", "index.html"), ("folder", "index.html"),
    ),
    "proof edited": (
        in_file(PROOF, '"risk":"high"', '"risk":"normal"'), ("folder", PROOF), ("folder", PROOF),
    ),
    "locale manifest edited": (
        in_file("es/manifest.json", "es/fever", "es/fewer"), ("folder", "es/manifest.json"),
        ("folder", "es/manifest.json"),
    ),
    "root manifest edited": (
        in_file(SITE, "2026-03-01", "2026-03-02"), ("folder", SITE), ("folder", SITE),
    ),
    "build number edited": (
        in_file(SITE, '"build":2', '"build":3'), ("folder", SITE), ("folder", SITE),
    ),
    "policy weakened": (
        in_json(SITE, lambda root: root["policy"].update(high_risk=[])), ("folder", SITE),
        ("folder", SITE),
    ),
    "root manifest spelled otherwise": (
        in_file(SITE, '":', '": '), ("folder", SITE), ("folder", SITE),
    ),
    "root manifest that is no JSON": (in_file(SITE, "{", "["), ("folder", SITE), ("folder", SITE)),
    "root manifest missing": (remove(SITE), ("folder", SITE), ("folder", SITE)),
    "locale manifest missing": (
        remove("es/manifest.json"), ("folder", "es/manifest.json"), ("folder", "es/manifest.json"),
    ),
    "page missing": (remove(ES), ("folder", ES), ("folder", ES)),
    "proof missing": (remove(PROOF), ("folder", PROOF), ("folder", PROOF)),
    "page that is a link": (link(ES), ("folder", ES), ("folder", ES)),
    "folder in place of a page": (
        both(remove(ES), add(f"{ES}/x")), ("folder", ES), ("folder", ES),
    ),
    "extra page": (
        add("es/cold/index.html"), ("folder", "es/cold/index.html"),
        ("folder", "es/cold/index.html"),
    ),
    "extra file at the top": (
        add("robots.txt"), ("folder", "robots.txt"), ("folder", "robots.txt"),
    ),
    "extra asset": (add("assets/x.js"), ("folder", "assets/x.js"), ("folder", "assets/x.js")),
    "extra language": (
        add("fr/manifest.json"), ("folder", "fr/manifest.json"), ("folder", "fr/manifest.json"),
    ),
    "broken-off publication": (
        add("publishing.json"), ("folder", "publishing.json"), ("folder", "publishing.json"),
    ),
    "older site": (older_site, ("folder", SITE), ("folder", SITE)),
    "older page": (
        copy(f"older/{ES}", f"site/{ES}"), ("folder", ES), ("folder", ES),
    ),
    "older page with its proof": (older_page, ("folder", ES), ("folder", ES)),
    "older page with its proof, sealed": (
        partial(older_page, sealed=True), ("folder", SITE), ("folder", SITE),
    ),
    "older root manifest": (
        copy(f"older/{SITE}", f"site/{SITE}"), ("folder", SITE), ("folder", SITE),
    ),
    "page of another language": (
        copy("site/ar/fever/index.html", f"site/{ES}"), ("folder", ES), ("folder", ES),
    ),
    "proof of another page": (
        copy("site/ar/fever/proof.json", f"site/{PROOF}"), ("folder", PROOF), ("folder", PROOF),
    ),
}  # fmt: skip

# On a site whose ledger records no edition, by somebody who makes all hashes fit again.
SEALED: dict[str, Row] = {
    "dose on a page": (in_file(ES, "Tome 6", "Tome 60", sealed=True), ("text", ES), None),
    "address on a page": (in_file(ES, "tel:112", "tel:911", sealed=True), ("text", ES), None),
    "emphasis on a page": (
        in_file(ES, "<strong>té</strong>", "té", sealed=True), ("text", ES), None,
    ),
    "sentence taken from a page": (
        in_file(ES, "<li>Descanse</li>\n", "", sealed=True), ("text", ES), None,
    ),
    "sentence added behind the article": (
        in_file(ES, "</article>", "<p>Tome 60 mg.</p></article>", sealed=True), ("text", ES), None,
    ),
    "second article": (
        in_file(ES, "<article>", "<article>Tome 60 mg.</article><article>", sealed=True),
        ("text", ES), None,
    ),
    "title of a page": (
        in_file(ES, "<h1>Fiebre</h1>", "<h1>Gripe</h1>", sealed=True), ("text", ES), None,
    ),
    "title in the head": (
        in_file(ES, "<title>Fiebre", "<title>Gripe", sealed=True), ("text", ES), None,
    ),
    "lead of a page": (
        in_file(ES, 'lead">Qué', 'lead">No', sealed=True), ("text", ES), None,
    ),
    "description for search engines": (
        in_file(ES, 'description" content="Qué', 'description" content="No', sealed=True),
        ("text", ES), None,
    ),
    "title on the list": (
        in_file("es/index.html", ">Fiebre<", ">Gripe<", sealed=True), ("text", "es/index.html"),
        None,
    ),
    "page of another language": (
        copy("site/ar/fever/index.html", f"site/{ES}", sealed=True), ("text", ES), None,
    ),
    "older page under the new proof": (
        copy(f"older/{ES}", f"site/{ES}", sealed=True), ("text", ES), None,
    ),
    "a draft": (
        in_file(ES, "<body", '<body data-draft="x"', sealed=True), ("text", ES), None,
    ),
    "proof of another language": (
        copy("site/ar/fever/proof.json", f"site/{PROOF}", sealed=True), ("decisions", PROOF),
        ("decisions", PROOF),
    ),
    "proof says another language": (
        in_json(PROOF, lambda proof: proof.update(locale="ar")), ("decisions", PROOF),
        ("decisions", PROOF),
    ),
    "proof says another article": (
        in_json(PROOF, lambda proof: proof.update(article="cold")), ("decisions", PROOF),
        ("decisions", PROOF),
    ),
    "last message left out": (
        in_json(PROOF, lambda proof: proof["messages"].pop()),
        ("decisions", PROOF),
        ("decisions", PROOF),
    ),
    "message id made up": (
        in_json(PROOF, message(5, id="0" * 12)),
        ("decisions", PROOF),
        ("decisions", PROOF),
    ),
    "root manifest spelled otherwise": (
        in_file(SITE, '":', '": '),
        ("folder", SITE),
        ("folder", SITE),
    ),
    "message left out": (
        in_json(PROOF, lambda proof: proof["messages"].pop(5)), ("decisions", PROOF),
        ("decisions", PROOF),
    ),
    "message twice": (
        in_json(PROOF, lambda proof: proof["messages"].append(proof["messages"][5])),
        ("decisions", PROOF), ("decisions", PROOF),
    ),
    "messages swapped": (
        in_json(PROOF, lambda proof: proof["messages"].reverse()), ("decisions", PROOF),
        ("decisions", PROOF),
    ),
    "risk lowered": (
        in_json(PROOF, message(8, risk="normal")), ("decisions", PROOF), ("decisions", PROOF),
    ),
    "target hash of other words": (
        in_json(PROOF, message(5, target=sha(b"x"))), ("decisions", PROOF), ("decisions", PROOF),
    ),
    "source hash of other words": (
        in_json(PROOF, message(5, source=sha(b"x"))), ("decisions", PROOF), ("decisions", PROOF),
    ),
    "deciding event left out": (
        in_json(PROOF, lambda proof: proof["messages"][8]["events"].pop()), ("decisions", PROOF),
        ("decisions", PROOF),
    ),
    "deciding event of another message": (
        in_json(PROOF, message(5, events=[3])), ("decisions", PROOF), ("decisions", PROOF),
    ),
    "deciding event that does not exist": (
        in_json(PROOF, message(5, events=[100000])), ("decisions", PROOF), ("decisions", PROOF),
    ),
    "deciding event zero": (
        in_json(PROOF, message(5, events=[0])), ("decisions", PROOF), ("decisions", PROOF),
    ),
    "source that nobody recorded": (
        in_json(PROOF, lambda proof: proof.update(source=sha(b"x"))), ("decisions", PROOF),
        ("decisions", PROOF),
    ),
    "older page with its proof": (
        partial(older_page, sealed=True), ("decisions", PROOF), ("decisions", PROOF),
    ),
    "policy weakened": (
        in_json(SITE, lambda root: root["policy"].update(high_risk=["medical"])),
        ("decisions", "ar/fever/proof.json"), ("decisions", "ar/fever/proof.json"),
    ),
    "policy strengthened": (
        in_json(SITE, lambda root: root["policy"].update(normal=["medical", "linguistic"])),
        ("decisions", "ar/fever/proof.json"), ("decisions", "ar/fever/proof.json"),
    ),
    "policy without roles": (
        in_json(SITE, lambda root: root["policy"].pop("normal")), ("folder", SITE),
        ("folder", SITE),
    ),
    "source language changed": (
        in_json(SITE, lambda root: root.update(source="es")), ("decisions", SITE),
        ("decisions", "en/fever/proof.json"),
    ),
    "head of another ledger": (
        in_json(SITE, lambda root: root["ledger"].update(head="0" * 64)), ("anchors", SITE),
        ("anchors", SITE),
    ),
    "count beyond the ledger": (
        in_json(SITE, lambda root: root["ledger"].update(count=10**6)), ("anchors", SITE),
        ("anchors", SITE),
    ),
    "head moved back": (
        lambda world: move_head(world, 60), ("decisions", "ar/fever/proof.json"),
        ("decisions", "ar/fever/proof.json"),
    ),
    "a path that leaves the folder": (
        lambda world: outside(world), ("folder", SITE), ("folder", SITE),
    ),
}  # fmt: skip

# By somebody who writes the ledger anew and makes the manifest name its head. Only an earlier
# manifest (`--anchor`) tells a whole false ledger; what it says is still judged.
FORGED: dict[str, Row] = {
    "author made approver": (
        both(chained(approved_by_author), rewind), ("decisions", PROOF), ("decisions", PROOF),
    ),
    "role of an approval changed": (
        both(chained(change_last("approve", role="linguistic")), rewind),
        ("decisions", PROOF), ("decisions", PROOF),
    ),
    "approvals made proposals": (
        both(chained(approvals_to_proposals), rewind), ("decisions", PROOF), ("decisions", PROOF),
    ),
    "request for changes after the approvals": (
        both(
            chained(say_after_all("request_changes", "doctor", role="medical", category="unsafe",
                                  reason="no")), rewind,
        ), ("decisions", PROOF), ("decisions", PROOF),
    ),
    "approval taken back": (
        both(chained(say_after_all("withdraw", "writer")), rewind), ("decisions", PROOF),
        ("decisions", PROOF),
    ),
    "approved words changed": (
        both(chained(dose(DOSE.replace("6", "60"))), rewind), ("decisions", PROOF),
        ("decisions", PROOF),
    ),
}  # fmt: skip


def move_head(world: World, count: int) -> None:
    root = world.json(SITE)
    events = world.export.read_bytes().splitlines()
    root["ledger"] = {"count": count, "head": sha(events[count - 1])}
    world.write_json(SITE, root)


def outside(world: World) -> None:
    root = world.json(SITE)
    root["files"]["../export.jsonl"] = sha(world.export.read_bytes())
    world.write_json(SITE, root)


TAMPERS = {"database": ON_DATABASE, "export": ON_EXPORT, "site": ON_SITE, "sealed": SEALED,
           "forged": FORGED}  # fmt: skip


def cases(name: str) -> Any:
    return pytest.mark.parametrize("row", TAMPERS[name].values(), ids=TAMPERS[name].keys())


def test_the_table_is_as_long_as_it_must_be() -> None:
    assert sum(map(len, TAMPERS.values())) >= 60


def test_untampered_worlds_pass(world: World, unpublished: World) -> None:
    assert medloc(world) is None
    assert alone(world) is None
    assert medloc(unpublished, "--ledger", EXPORT) is None


def test_a_published_world_passes_at_every_level(world: World) -> None:
    assert medloc(world, "--rebuild") is None
    assert medloc(world, "--ledger", EXPORT) is None
    assert medloc(world, "--anchor", "older/manifest.json") is None
    assert alone(world) is None


@cases("database")
def test_tampered_database(world: World, row: Row) -> None:
    tamper, expected, expected_alone = row
    tamper(world)
    assert medloc(world) == expected
    assert alone(world) == expected_alone


@cases("export")
def test_tampered_export(world: World, row: Row) -> None:
    tamper, expected, expected_alone = row
    tamper(world)
    assert medloc(world, "--ledger", EXPORT) == expected
    assert alone(world) == expected_alone


@cases("site")
def test_tampered_site(world: World, row: Row) -> None:
    tamper, expected, expected_alone = row
    tamper(world)
    assert medloc(world) == expected
    assert alone(world) == expected_alone


@cases("sealed")
def test_tampered_and_sealed_site(unpublished: World, row: Row) -> None:
    tamper, expected, expected_alone = row
    tamper(unpublished)
    assert medloc(unpublished) == expected
    assert alone(unpublished) == expected_alone


@cases("forged")
def test_forged_ledger(unpublished: World, row: Row) -> None:
    tamper, expected, expected_alone = row
    anchor = unpublished.root / "kept.json"
    shutil.copyfile(unpublished.site / SITE, anchor)
    tamper(unpublished)
    assert medloc(unpublished, "--ledger", EXPORT) == expected
    assert alone(unpublished) == expected_alone
    if expected is not None and expected[0] != "chain":
        found = medloc(unpublished, "--ledger", EXPORT, "--anchor", "kept.json")
        assert found in (("anchors", "kept.json"), expected)


# --- random bytes -------------------------------------------------------------------------------


def flips(world: World, seed: int, count: int) -> Iterator[tuple[Path, int]]:
    """Change one byte at a time, anywhere in the site, the export or the database."""
    chance = random.Random(seed)
    paths = sorted(path for path in world.site.rglob("*") if path.is_file())
    places = [*paths, world.export, world.root / DB]
    for _ in range(count):
        path = chance.choice(places)
        data = path.read_bytes()
        at = chance.randrange(len(data))
        changed = bytes([data[at] ^ chance.randrange(1, 256)])
        path.write_bytes(data[:at] + changed + data[at + 1 :])
        yield path, at
        path.write_bytes(data)


def silent(world: World, path: Path, at: int) -> str:
    """Which verifier lets a changed byte pass; empty when none does."""
    project = open_project(world.root)
    where = f"{path.relative_to(world.root)} byte {at}"
    if path.name == DB:
        return "" if _refused_or_same(world) else f"medloc: {where}"
    head = 0 if path.name == SITE else world.json(SITE)["ledger"]["count"]
    if path == world.export and path.read_bytes()[:at].count(b"\n") >= head:
        # Events after the head that the site names are held by nothing but the ledger itself.
        return "" if run(["--project", str(world.root), "ledger", "verify", EXPORT]) else where
    if verify(world.site, project=project, ledger=world.export).ok:
        return f"medloc: {where}"
    return f"verify_site: {where}" if alone(world) is None else ""


def _refused_or_same(world: World) -> bool:
    """A database has bytes that hold nothing; whatever is read from it must be the same."""
    from medloc.errors import MedlocError
    from medloc.ledger import export_lines, open_ledger

    try:
        project = open_project(world.root)
        if not verify(world.site, project=project).ok:
            return True
        ledger = open_ledger(project.settings.ledger, base=world.root)
        return export_lines(ledger) == world.export.read_bytes()
    except MedlocError:
        return True


def test_no_flipped_byte_is_silent(world: World) -> None:
    found = [silent(world, path, at) for path, at in flips(world, 1, 300)]
    assert [one for one in found if one] == []


@pytest.mark.soak
@pytest.mark.skipif(not SOAK, reason="make soak")
def test_no_flipped_byte_is_silent_in_many(world: World) -> None:
    found = [silent(world, path, at) for path, at in flips(world, 2, 10_000)]
    bad = [one for one in found if one]
    record("site: random byte flips of site and ledger, unseen by verify", len(found), len(bad))
    assert bad == []
