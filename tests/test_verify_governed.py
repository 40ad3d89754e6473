"""Every way we know to undo a recall, to pass an old edition off as a new one, or to forge what
carries decisions along; as in `test_tampers`, with who must refuse it and where.

The world: `ar/fever` stands on a decision carried forward, `es/fever` is a last good edition,
`es/chills` has a recalled wording, `ar/chills` is recalled whole, `es/cough` and `ar/cough` are
being corrected. Its ledger records no edition, so whoever tampers can make all hashes fit.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from medloc import theme
from medloc.cli import run
from medloc.workflow.verify import verify
from tests.content import ARTICLE, Content, approved_project
from tests.test_tampers import (
    CHAIN_DB,
    CHAIN_EXPORT,
    EXPORT,
    SITE,
    Row,
    Tamper,
    World,
    add,
    alone,
    both,
    chained,
    database,
    flips,
    in_file,
    in_json,
    lines,
    medloc,
    message,
    remove,
    reseal,
    rewind,
    sha,
    silent,
)

DATE = ("--date", "2026-03-01")
CHILLS = "---\ntitle: Chills\n---\n\nKeep warm.\n"
COUGH = "---\ntitle: Cough\n---\n\n## Dose {#dose}\n<!-- risk: high -->\n\nTake 5 mg.\n"
RESTED = ARTICLE.replace("- Rest", "- Rest well\n- Sleep")
POLITE = (
    RESTED.replace("*first*.", "*first*, please.")
    .replace("**water**", "**tea**")
    .replace("title: Fever", "title: Fever\naliases: [heat]")
)
WORDS = {
    ("chills", "es"): {"Chills": "Escalofríos", "Keep warm.": "Abríguese."},
    ("chills", "ar"): {"Chills": "قشعريرة", "Keep warm.": "ابق دافئًا."},
    ("cough", "es"): {"Cough": "Tos", "Dose": "Dosis", "Take 5 mg.": "Tome 5 mg."},
    ("cough", "ar"): {"Cough": "سعال", "Dose": "الجرعة", "Take 5 mg.": "تناول 5 mg."},
}
RECALLS = "recalls.json"
OLD, OLD_PROOF = "es/fever/index.html", "es/fever/proof.json"
NEW, NEW_PROOF = "ar/fever/index.html", "ar/fever/proof.json"
CARRIED, TEA, DOSE = 2, 7, 9  # messages of fever: carried forward, waived, of high risk


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world, and in `first` and `second` the two editions before it."""
    root = tmp_path_factory.mktemp("made")
    content = approved_project(root)

    def approve() -> None:
        content.approve_all("en", "editor")
        for locale in ("es", "ar"):
            content.approve_all(locale, "doctor", "linguist", "writer")

    def source(**texts: str) -> None:
        for name, text in texts.items():
            content.write(f"source_content/{name}.md", text)
        assert content("sync") == 0

    source(chills=CHILLS, cough=COUGH)
    for (article, locale), words in WORDS.items():
        content.translate(locale, words, article)
    approve()
    assert content.json("build", *DATE)["pages"] == 9
    shutil.copytree(root / "site", root / "first")
    source(fever=RESTED)
    content.translate("es", {"Rest well": "Descanse bien", "Sleep": "Duerma"})
    content.translate("ar", {"Rest well": "استرح جيدًا", "Sleep": "نم"})
    approve()
    assert content.json("build", *DATE)["pages"] == 9
    shutil.copytree(root / "site", root / "second")
    content.translate("es", {"Sleep": "Duerma bien"})
    approve()
    source(fever=POLITE, cough=COUGH.replace("5 mg", "6 mg"))
    content.translate("ar", {"Drink **tea**": "اشرب **الشاي**"})
    ids = {row["source"]: row["id"] for row in content.json("messages", "fever", "ar")}
    tea = ("fever", "ar", "--message", ids["Drink **tea**"])
    why = ("--reason", "It is right.")
    assert content("decide", "waive", *tea, "--check", "numbers", *why, "--as", "writer") == 0
    polite = ("fever", "*", "--message", ids["Read this *first*, please."])
    assert content("decide", "carry-forward", *polite, *why, "--as", "editor") == 0
    content.approve_all("en", "editor")
    assert content("decide", "approve", *tea, "--as", "doctor") == 0
    [row] = [row for row in content.json("messages", "chills", "es") if row["line"] > 2]
    recall = ("decide", "recall", "chills")
    assert content(*recall, "es", "--message", row["id"], *why, "--as", "doctor") == 0
    assert content(*recall, "ar", *why, "--as", "doctor") == 0
    built = content.json("build", *DATE)
    assert {(page["article"], page["locale"]): page["shown"] for page in built["withheld"]} == {
        ("chills", "es"): "withdrawn",
        ("chills", "ar"): "withdrawn",
        ("cough", "es"): "correcting",
        ("cough", "ar"): "correcting",
        ("fever", "es"): "last_good",
    }
    assert content("ledger", "export", EXPORT) == 0
    return root


@pytest.fixture
def world(made: Path, tmp_path: Path) -> World:
    shutil.copytree(made, tmp_path / "world")
    return World(tmp_path / "world")


@pytest.fixture(scope="module")
def made_published(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("published") / "world"
    shutil.copytree(made, root)
    world = World(root)
    assert medloc(world) is None
    assert run(["--project", str(root), "build", *DATE, "--as", "publisher"]) == 0
    assert run(["--project", str(root), "ledger", "export", EXPORT]) == 0
    return root


@pytest.fixture
def published(made_published: Path, tmp_path: Path) -> World:
    """The same, its edition recorded by the publisher."""
    shutil.copytree(made_published, tmp_path / "published")
    return World(tmp_path / "published")


# --- what can be done ---------------------------------------------------------------------------

Line = dict[str, Any]


def as_it_was(proof: Line) -> None:
    """Leave a proof alone."""


def put_back(
    page: str, *, edition: str = "first", proof: Callable[[Line], object] = as_it_was
) -> Tamper:
    """Put a page of an earlier edition where it stood, with its proof, and make all hashes fit."""

    def tamper(world: World) -> None:
        tag = page.split("/")[0]
        kept, data = (page.removesuffix("index.html") + n for n in ("proof.json", "index.json"))
        for name in (page, kept, data):
            shutil.copyfile(world.root / edition / name, world.site / name)
        value = world.json(kept)
        proof(value)
        world.write_json(kept, value)
        root = world.json(SITE)
        for name in (page, data):
            root["files"].pop(name, None)
        world.write_json(SITE, root)
        manifest = world.json(f"{tag}/{SITE}")
        manifest["pages"][page] = {"page": "", "proof": "", "data": ""}
        world.write_json(f"{tag}/{SITE}", manifest)
        reseal(world)

    return tamper


def named(name: str) -> Tamper:
    """Make the root manifest name a file that stands there."""

    def tamper(world: World) -> None:
        root = world.json(SITE)
        root["files"][name] = sha((world.site / name).read_bytes())
        world.write_json(SITE, root)
        reseal(world)

    return tamper


def unnamed(*names: str) -> Tamper:
    """Take files away, and their names out of the root manifest."""

    def tamper(world: World) -> None:
        root = world.json(SITE)
        for name in names:
            (world.site / name).unlink()
            del root["files"][name]
        world.write_json(SITE, root)
        reseal(world)

    return tamper


def rows(change: Callable[[list[Line]], object]) -> Tamper:
    """Change the list of recalls."""
    return in_json(RECALLS, lambda value: change(value["recalls"]))


def recall_row(found: list[Line]) -> None:
    found.append({**found[1], "article": "fever"})


def as_last_good(proof: Line) -> None:
    proof["edition"] = "last_good"


def as_current(proof: Line) -> None:
    del proof["edition"]


NOTICE = '<p class="notice">'


def without_notice(world: World) -> None:
    path = world.site / OLD
    kept = [
        line for line in path.read_text("utf-8").splitlines(keepends=True) if NOTICE not in line
    ]
    path.write_text("".join(kept), "utf-8")
    reseal(world)


def with_notice(world: World) -> None:
    """Let the current Arabic page say that it is an earlier edition, as a page of that day does."""
    said = theme.words("ar")("A newer version of this page is being reviewed.")
    in_file(NEW, '<div class="columns">', f'{NOTICE}{said}</p>\n<div class="columns">')(world)
    reseal(world)


def forged(change: Callable[[list[Line]], object]) -> Tamper:
    """Write the ledger anew from a change, and make the manifest name its head."""
    return both(chained(change), rewind)


def the(kind: str, **fields: object) -> Callable[[list[Line]], Line]:
    """The last event of a kind with these fields."""

    def find(found: list[Line]) -> Line:
        wanted = {"kind": kind, **fields}
        return [one for one in found if wanted.items() <= one.items()][-1]

    return find


def set_fields(
    find: Callable[[list[Line]], Line], **fields: object
) -> Callable[[list[Line]], None]:
    return lambda found: find(found).update(fields)


def lose(find: Callable[[list[Line]], Line], *fields: str) -> Callable[[list[Line]], None]:
    def change(found: list[Line]) -> None:
        for name in fields:
            del find(found)[name]

    return change


def append(find: Callable[[list[Line]], Line], **fields: object) -> Callable[[list[Line]], None]:
    """Append an event like another one, with fields of its own."""

    def change(found: list[Line]) -> None:
        found.append({**find(found), "event_id": "late", **fields})

    return change


def risky_text_carried(found: list[Line]) -> None:
    """Say that the dose was approved for another source text, and carried forward from there."""
    dose = the("approve", locale="ar", context="help", article="fever")(found)
    source = dose["source"]
    for one in found:
        if one["kind"] == "approve" and one["locale"] == "ar" and one["source"] == source:
            one["source"] = "Call."
    carried = the("carry_forward")(found)
    found.append({**carried, "event_id": "late", "context": "help", "source": source,
                  "earlier_context": "help", "earlier_source": "Call."})  # fmt: skip


def waiver_to_approval(found: list[Line]) -> None:
    waiver = the("waive")(found)
    del waiver["check"]
    waiver |= {"kind": "approve", "role": "medical", "meaning": "approved"}


def approval_to_waiver(found: list[Line]) -> None:
    waiver = the("waive")(found)
    approval = the("approve", source=waiver["source"], locale="ar")(found)
    approval |= {"kind": "waive", "check": "spelling", "reason": "It is right."}


def without_last(count: int) -> Callable[[list[Line]], None]:
    return lambda found: found.__delitem__(slice(len(found) - count, None))


RECALL_OF_PAIR = the("recall", locale="es")
RECALL_OF_PAGE = the("recall", locale="ar")
CARRY = the("carry_forward")
LIST, CARD = "es/index.html", '<h2><a href="fever/index.html"'
REFUSED_LIST = (("decisions", RECALLS), ("decisions", RECALLS))
REFUSED_OLD = (("decisions", OLD_PROOF), ("decisions", OLD_PROOF))
REFUSED_NEW = (("decisions", NEW_PROOF), ("decisions", NEW_PROOF))


def proof_refused(name: str) -> Any:
    return ("decisions", f"{name}/proof.json"), ("decisions", f"{name}/proof.json")


SEALED: dict[str, Row] = {
    # Recalls undone in the folder.
    "list of recalls emptied": (rows(list.clear), *REFUSED_LIST),
    "recall of a wording taken off the list": (rows(lambda found: found.pop(0)), *REFUSED_LIST),
    "recall of a page taken off the list": (rows(lambda found: found.pop()), *REFUSED_LIST),
    "a recall that nobody made": (rows(recall_row), *REFUSED_LIST),
    "recall of another article": (
        rows(lambda found: found[1].update(article="cough")), *REFUSED_LIST,
    ),
    "recall of another wording": (
        rows(lambda found: found[0].update(target="0" * 64)), *REFUSED_LIST,
    ),
    "recall of a wording made one of a page": (
        rows(lambda found: [found[0].pop(name) for name in ("context", "source", "target")]),
        *REFUSED_LIST,
    ),
    "recall of another day": (
        rows(lambda found: found[0].update(at="2020-01-01T00:00:00Z")), *REFUSED_LIST,
    ),
    "recalls in another order": (rows(list.reverse), *REFUSED_LIST),
    "words in the list of recalls": (
        in_json(RECALLS, lambda value: value.update(words="Abríguese.")), *REFUSED_LIST,
    ),
    "list of recalls that is no list": (
        in_json(RECALLS, lambda value: value.update(recalls="none")), *REFUSED_LIST,
    ),
    "list of recalls taken away": (unnamed(RECALLS), *REFUSED_LIST),
    "list of recalls spelled otherwise": (
        in_file(RECALLS, ":", ": ", sealed=True), ("folder", RECALLS), ("folder", RECALLS),
    ),
    "page with a recalled wording put back": (
        put_back("es/chills/index.html"), *proof_refused("es/chills"),
    ),
    "recalled page put back": (put_back("ar/chills/index.html"), *proof_refused("ar/chills")),
    "recalled page put back and off the list": (
        both(put_back("ar/chills/index.html"), rows(lambda found: found.pop())), *REFUSED_LIST,
    ),
    "recalled page put back as an earlier edition": (
        put_back("ar/chills/index.html", proof=as_last_good), *proof_refused("ar/chills"),
    ),
    "recalled page put back without its proof": (
        lambda world: without_proof(world, "es/chills/index.html"),
        ("text", "es/chills/index.html"), None,
    ),
    "recalled words on a withdrawn page": (
        in_file("es/chills/index.html", "</h1>", "</h1>\n<p>Abríguese.</p>", sealed=True),
        ("text", "es/chills/index.html"), None,
    ),
    "notice that says something else": (
        in_file("es/chills/index.html", "se ha retirado", "es buena", sealed=True),
        ("text", "es/chills/index.html"), None,
    ),
    "notice that leads elsewhere": (
        in_file("es/chills/index.html", "<meta name", '<meta http-equiv="refresh" content="0; '
                'url=x"><meta name', sealed=True), ("text", "es/chills/index.html"), None,
    ),
    # Editions passed off as others.
    "last good edition passed off as current": (
        both(without_notice, in_json(OLD_PROOF, as_current)), *REFUSED_OLD,
    ),
    "last good edition whose proof says current": (in_json(OLD_PROOF, as_current), *REFUSED_OLD),
    "last good edition of another name": (
        in_json(OLD_PROOF, lambda proof: proof.update(edition="current")), *REFUSED_OLD,
    ),
    "last good edition without its notice": (without_notice, ("text", OLD), None),
    "last good edition of another day": (
        in_file(OLD, "de 2026. ", "de 2027. ", sealed=True), ("text", OLD), None,
    ),
    "last good edition of a source nobody recorded": (
        in_json(OLD_PROOF, lambda proof: proof.update(source="0" * 64)), *REFUSED_OLD,
    ),
    "an edition before the last good one": (
        put_back(OLD, proof=as_last_good), ("decisions", OLD_PROOF), None,
    ),
    "the last good edition with a wording before the last": (
        put_back(OLD, edition="second", proof=as_last_good), ("decisions", OLD_PROOF), None,
    ),
    "last good edition where the policy wants none": (
        in_json(SITE, lambda root: root["policy"].update(incomplete="withhold")), *REFUSED_OLD,
    ),
    "last good edition after its grace": (
        in_json(SITE, lambda root: root.update(date="2028-01-01")), ("decisions", OLD_PROOF), None,
    ),
    "last good edition in place of a notice": (
        put_back("es/cough/index.html", proof=as_last_good),
        ("decisions", "es/cough/proof.json"), None,
    ),
    "old page in place of a notice": (put_back("es/cough/index.html"), *proof_refused("es/cough")),
    "current page that says it is old": (with_notice, ("text", NEW), None),
    "current page whose proof says it is old": (
        in_json(NEW_PROOF, as_last_good), ("text", NEW), None,
    ),
    "an address that leads elsewhere": (
        in_file("es/heat/index.html", "url=../fever/", "url=../chills/", sealed=True),
        ("text", "es/heat/index.html"), None,
    ),
    "an address that leads into another language": (
        lambda world: lead_to_arabic(world), ("text", "es/heat/index.html"), None,
    ),
    "words at an old address": (
        in_file("es/heat/index.html", "</h1>", "</h1>\n<p>Tome 60 mg.</p>", sealed=True),
        ("text", "es/heat/index.html"), None,
    ),
    "a page that nothing proves": (
        both(add("es/cold/index.html"), named("es/cold/index.html")),
        ("text", "es/cold/index.html"), None,
    ),
    # Words and orders where none belong.
    "first page with other words": (
        in_file("index.html", "</main>", "<p>Tome 60 mg.</p></main>", sealed=True),
        ("text", "index.html"), None,
    ),
    "first page that leads into no language": (
        in_file("index.html", 'href="ar/index.html" hreflang', 'href="x/index.html" hreflang',
                sealed=True), ("text", "index.html"), None,
    ),
    "second card of an article on a list": (
        in_file(LIST, "<li>\n<h2>", f"<li>\n{CARD}>Tome 60 mg</a></h2>\n</li>\n<li>\n<h2>",
                sealed=True), ("text", LIST), None,
    ),
    "words on a list": (
        in_file(LIST, "</main>", "<p>Tome 60 mg.</p></main>", sealed=True), ("text", LIST), None,
    ),
    "words before the article": (
        in_file(NEW, "<article>", "<p>Tome 60 mg.</p><article>", sealed=True), ("text", NEW), None,
    ),
    "a heading before the article": (
        in_file(NEW, "<article>", '<h1 class="x">Tome 60 mg</h1><article>', sealed=True),
        ("text", NEW), None,
    ),
    "a base": (
        in_file(NEW, "</head>", '<base href="x"></head>', sealed=True), ("text", NEW), None,
    ),
    "a style": (
        in_file(NEW, "</head>", "<style>article{display:none}</style></head>", sealed=True),
        ("text", NEW), None,
    ),
    "a script": (in_file(LIST, "</head>", "<SCRIPT></SCRIPT></head>", sealed=True),
                 ("text", LIST), None),
    "a comment that holds the proved words": (
        in_file("index.html", "<body>", "<!--<body>", sealed=True), ("text", "index.html"), None,
    ),
    "an article that leads elsewhere": (
        in_file(NEW, "</head>", '<meta name="x" http-equiv="refresh" content="0; url=x"></head>',
                sealed=True), ("text", NEW), None,
    ),
    "an article without its security policy": (
        in_file(NEW, 'http-equiv="Content-Security-Policy"', 'name="x"', sealed=True),
        ("text", NEW), None,
    ),
    "another style sheet": (
        lambda world: restyle(world), ("text", "assets/0123456789abcdef.css"), None,
    ),
    **{
        f"a file {name}": (both(add(name), named(name)), ("text", name), None)
        for name in ("es/x.xht", "es/x.svg", "es/x.pdf", "es/x.txt", "es/x.xml", "es/x.shtml",
                     "es/x/index", "es/x/proof.json", "assets/x.png", "cough/index.html")
    },
    # What carries decisions along, and what never decides.
    "carrying event left out": (
        in_json(NEW_PROOF, lambda proof: proof["messages"][CARRIED]["events"].pop()), *REFUSED_NEW,
    ),
    "carried approval left out": (
        in_json(NEW_PROOF, lambda proof: proof["messages"][CARRIED]["events"].pop(0)),
        *REFUSED_NEW,
    ),
    "carrying event that carries nothing here": (
        lambda world: name_event(world, TEA, "carry_forward"), *REFUSED_NEW,
    ),
    "waiver named as an approval": (lambda world: name_event(world, TEA, "waive"), *REFUSED_NEW),
    "recall named as an approval": (lambda world: name_event(world, TEA, "recall"), *REFUSED_NEW),
}  # fmt: skip

FORGED: dict[str, Row] = {
    "recall of a page deleted": (forged(lambda found: found.remove(RECALL_OF_PAGE(found))),
                                 *REFUSED_LIST),
    "recall of a wording deleted": (forged(lambda found: found.remove(RECALL_OF_PAIR(found))),
                                    *REFUSED_LIST),
    "end cut off before the recalls": (forged(without_last(2)), *REFUSED_LIST),
    "recall of another article": (forged(set_fields(RECALL_OF_PAGE, article="cough")),
                                  *REFUSED_LIST),
    "recall of a wording made one of its page": (
        forged(lose(RECALL_OF_PAIR, "context", "source", "target")), *REFUSED_LIST,
    ),
    "recall made a restore": (forged(set_fields(RECALL_OF_PAIR, kind="restore")), *REFUSED_LIST),
    "restore of a page forged": (forged(append(RECALL_OF_PAGE, kind="restore")), *REFUSED_LIST),
    "restore of a wording forged": (forged(append(RECALL_OF_PAIR, kind="restore")), *REFUSED_LIST),
    "recall that is not on the list": (
        forged(append(RECALL_OF_PAGE, article="fever")), *REFUSED_LIST,
    ),
    "recall of half a wording": (
        forged(lose(RECALL_OF_PAIR, "source")), CHAIN_EXPORT, CHAIN_EXPORT,
    ),
    "recall without a reason": (forged(lose(RECALL_OF_PAIR, "reason")), CHAIN_EXPORT, CHAIN_EXPORT),
    "carried by a reviewer": (forged(set_fields(CARRY, role="medical")), *REFUSED_NEW),
    "carried by a reviewer, to no effect": (
        forged(append(CARRY, role="medical", context="what", source="Drink **tea**",
                      earlier_source="Drink.")), *REFUSED_NEW,
    ),
    "carried from a text nobody approved": (
        forged(set_fields(CARRY, earlier_source="Read this last.")), *REFUSED_NEW,
    ),
    "carried from another place": (forged(set_fields(CARRY, earlier_context="what")), *REFUSED_NEW),
    "carried from another article": (
        forged(set_fields(CARRY, earlier_article="cough")), *REFUSED_NEW,
    ),
    "carried in one language": (forged(set_fields(CARRY, locale="ar")), CHAIN_EXPORT, CHAIN_EXPORT),
    "carried without a role": (forged(lose(CARRY, "role")), CHAIN_EXPORT, CHAIN_EXPORT),
    "text of high risk carried": (forged(risky_text_carried), *REFUSED_NEW),
    "changes requested where it was carried from": (
        forged(lambda found: append(
            the("approve", locale="ar", source="Read this *first*."), kind="request_changes",
            category="unsafe", reason="no", actor="linguist", role="linguistic",
        )(found) or lose(the("request_changes"), "meaning")(found)), *REFUSED_NEW,
    ),
    "recalled where it was carried from": (
        forged(lambda found: append(
            the("approve", locale="ar", source="Read this *first*."), kind="recall", reason="no",
        )(found)), *REFUSED_LIST,
    ),
    "waiver made an approval": (forged(waiver_to_approval), *REFUSED_NEW),
    "approval made a waiver": (forged(approval_to_waiver), *REFUSED_NEW),
}  # fmt: skip

# In a world whose edition is recorded nothing can be made to fit.
PUBLISHED: dict[str, Row] = {
    "list of recalls emptied": (
        in_file(RECALLS, '"recalls":[', '"recalls":[],"x":['), ("folder", RECALLS),
        ("folder", RECALLS),
    ),
    "list of recalls emptied and sealed": (rows(list.clear), ("folder", SITE), ("folder", SITE)),
    "list of recalls missing": (remove(RECALLS), ("folder", RECALLS), ("folder", RECALLS)),
    "recalled page put back": (
        put_back("ar/chills/index.html"), ("folder", SITE), ("folder", SITE),
    ),
    "site before the recalls": (lambda world: older(world), ("folder", SITE), ("folder", SITE)),
    "withdrawn notice edited": (
        in_file("es/chills/index.html", "se ha retirado", "es buena"),
        ("folder", "es/chills/index.html"), ("folder", "es/chills/index.html"),
    ),
    "withdrawn notice missing": (
        remove("es/chills/index.html"), ("folder", "es/chills/index.html"),
        ("folder", "es/chills/index.html"),
    ),
    "last good edition passed off as current": (
        both(without_notice, in_json(OLD_PROOF, as_current)), ("folder", SITE), ("folder", SITE),
    ),
    "end cut off before the recalls": (
        lines(lambda found: without_last(found[::-1].index(RECALL_OF_PAIR(found)) + 1)(found)),
        ("anchors", SITE), ("anchors", SITE),
    ),
    "recall deleted": (
        lines(lambda found: found.remove(RECALL_OF_PAIR(found))), CHAIN_EXPORT, CHAIN_EXPORT,
    ),
    "recall deleted, chained": (
        chained(lambda found: found.remove(RECALL_OF_PAIR(found))), ("anchors", SITE),
        ("anchors", SITE),
    ),
    "restore forged at the end": (
        chained(lambda found: append(RECALL_OF_PAGE, kind="restore")(found)), None, None,
    ),
}  # fmt: skip

KIND = 'instr(CAST(body AS TEXT), \'"kind":"{}"\') > 0'


def made_into(old: str, new: str) -> Tamper:
    """Change the kind of every event of a kind, in the bodies."""
    kinds = f'\'"kind":"{old}"\', \'"kind":"{new}"\''
    return database(
        f"UPDATE event SET body = CAST(replace(CAST(body AS TEXT), {kinds}) AS BLOB) "
        f"WHERE {KIND.format(old)}"
    )


ON_DATABASE: dict[str, Row] = {
    "recall deleted": (
        database(f"DELETE FROM event WHERE {KIND.format('recall')} AND number < "
                 "(SELECT max(number) FROM event)"), CHAIN_DB, None,
    ),
    "recall made a restore": (made_into("recall", "restore"), CHAIN_DB, None),
    "end cut off before the recalls": (
        database("DELETE FROM event WHERE number >= (SELECT min(number) FROM event WHERE "
                 f"{KIND.format('recall')})"), ("anchors", SITE), None,
    ),
    "carried by another role": (
        database("UPDATE event SET body = CAST(replace(CAST(body AS TEXT), '\"role\":\"editor\"', "
                 f"'\"role\":\"medical\"') AS BLOB) WHERE {KIND.format('carry_forward')}"),
        CHAIN_DB, None,
    ),
    "waiver made an approval": (made_into("waive", "approve"), CHAIN_DB, None),
}  # fmt: skip


def lead_to_arabic(world: World) -> None:
    path = world.site / "es/heat/index.html"
    html = path.read_text("utf-8")
    path.write_text(
        html.replace("../fever/", "../../ar/fever/").replace("<h1>Fiebre<", "<h1>الحمى<"), "utf-8"
    )
    reseal(world)


def without_proof(world: World, page: str) -> None:
    shutil.copyfile(world.root / "first" / page, world.site / page)
    reseal(world)


def older(world: World) -> None:
    shutil.rmtree(world.site)
    shutil.copytree(world.root / "second", world.site)


def restyle(world: World) -> None:
    (world.site / "assets/0123456789abcdef.css").write_text("main::before{content:'60 mg'}")
    root = world.json(SITE)
    root["assets"]["assets/0123456789abcdef.css"] = ""
    world.write_json(SITE, root)
    reseal(world)


def name_event(world: World, which: int, kind: str) -> None:
    event = [one for one in world.lines() if one["kind"] == kind][-1]
    in_json(NEW_PROOF, message(which, events=[event["number"]]))(world)


def cases(rows: dict[str, Row]) -> Any:
    return pytest.mark.parametrize("row", rows.values(), ids=rows.keys())


def test_untampered_worlds_pass_at_every_level(world: World, published: World) -> None:
    for one in (world, published):
        assert medloc(one, "--rebuild") is None
        assert medloc(one, "--ledger", EXPORT) is None
        assert medloc(one, "--anchor", "second/manifest.json") is None
        assert alone(one) is None


def test_outside_its_project_the_new_world_is_proved_as_well(world: World, tmp_path: Path) -> None:
    assert outside(world, tmp_path) == ("text", True)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("last good edition where the policy wants none", "decisions"),
        ("last good edition of another name", "decisions"),
        ("last good edition whose proof says current", "decisions"),
        ("last good edition without its notice", "text"),
        ("page with a recalled wording put back", "decisions"),
        ("list of recalls emptied", "decisions"),
    ],
)
def test_outside_its_project_an_old_edition_is_refused_as_well(
    world: World, tmp_path: Path, name: str, level: str
) -> None:
    SEALED[name][0](world)
    assert outside(world, tmp_path) == (level, False)


def outside(world: World, folder: Path) -> tuple[str, bool]:
    """(level, whether it is proved) of the site and its export alone."""
    for name in ("site", EXPORT):
        shutil.move(world.root / name, folder / name)
    found = verify(folder / "site", project=None, ledger=folder / EXPORT)
    return found.level.value, found.ok


@cases(SEALED)
def test_tampered_and_sealed_site(world: World, row: Row) -> None:
    tamper, expected, expected_alone = row
    tamper(world)
    assert medloc(world) == expected
    assert alone(world) == expected_alone


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        (SITE, "format", True),
        (SITE, "build", True),
        (SITE, "build", 1.0),
        (SITE, "build", 0),
        (f"ar/{SITE}", "format", 1.0),
        (NEW_PROOF, "format", True),
    ],
)
def test_a_number_is_written_as_one(world: World, name: str, key: str, value: object) -> None:
    in_json(name, lambda found: found.update({key: value}))(world)
    assert medloc(world) == ("folder", name)


@cases(FORGED)
def test_forged_ledger(world: World, row: Row) -> None:
    tamper, expected, expected_alone = row
    shutil.copyfile(world.site / SITE, world.root / "kept.json")
    tamper(world)
    assert medloc(world, "--ledger", EXPORT) == expected
    assert alone(world) == expected_alone
    anchored = medloc(world, "--ledger", EXPORT, "--anchor", "kept.json")
    assert anchored in (("anchors", "kept.json"), ("anchors", SITE), expected)


@cases(PUBLISHED)
def test_tampered_published_site(published: World, row: Row) -> None:
    tamper, expected, expected_alone = row
    tamper(published)
    assert medloc(published, "--ledger", EXPORT) == expected
    assert alone(published) == expected_alone


@cases(ON_DATABASE)
def test_tampered_database(world: World, row: Row) -> None:
    tamper, expected, expected_alone = row
    tamper(world)
    assert medloc(world) == expected
    assert alone(world) == expected_alone


def test_a_recall_forged_onto_a_page_refuses_it_by_name(world: World) -> None:
    """With the list made to fit, the page itself is refused: whoever takes words down, is heard."""
    forged(append(RECALL_OF_PAGE, article="fever"))(world)
    event = world.lines()[-1]
    row = {name: event[name] for name in ("article", "at", "locale")}
    rows(lambda found: found.append({**row, "event": event["number"]}))(world)
    said = refusal(world)
    assert said["failure"]["file"] == NEW_PROOF
    assert said["failure"]["event"] == event["number"]
    assert said["failure"]["found"].startswith("recalled")
    assert alone(world) == ("decisions", NEW_PROOF)


def refusal(world: World) -> dict[str, Any]:
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()):
        run(["--project", str(world.root), "verify", "site", "--json", "--ledger", EXPORT])
    value: dict[str, Any] = json.loads(out.getvalue())
    return value


# --- whatever the build may write is proved -----------------------------------------------------


def shown(world: World, *date: str) -> dict[str, str]:
    """Build; what is shown of each page that is not current. Then all of it is proved."""
    content = Content(world.root)
    built = content.json("build", *(date or DATE))
    assert content("ledger", "export", EXPORT) == 0
    assert medloc(world, "--rebuild") is None
    assert alone(world) is None
    return {f"{page['locale']}/{page['article']}": page["shown"] for page in built["withheld"]}


def events_of(world: World, name: str, which: int) -> list[str]:
    """The kinds of the events that a message of a proof rests on."""
    numbers = world.json(name)["messages"][which]["events"]
    return [world.lines()[number - 1]["kind"] for number in numbers]


def test_a_decision_carried_forward_is_proved_by_both(world: World) -> None:
    assert events_of(world, NEW_PROOF, CARRIED) == ["approve", "carry_forward"]


def test_earlier_editions_in_every_language_are_proved(world: World) -> None:
    """Then no page tells what the current source is."""
    content = Content(world.root)
    content.write("source_content/fever.md", POLITE.replace("Rest well", "Rest a lot"))
    assert content("sync") == 0
    found = shown(world)
    assert [found[f"{locale}/fever"] for locale in ("en", "es", "ar")] == ["last_good"] * 3
    put_back("ar/fever/index.html", edition="second", proof=as_last_good)(world)
    assert medloc(world) == ("decisions", NEW_PROOF)
    assert "of another source" in refusal(world)["failure"]["expected"]


def test_an_earlier_wording_of_the_same_source_is_proved(world: World) -> None:
    content = Content(world.root)
    content.translate("ar", {"Rest well": "استرح"})
    assert shown(world)["ar/fever"] == "last_good"
    sources = [world.json(f"{tag}/fever/proof.json")["source"] for tag in ("en", "ar")]
    assert sources[0] == sources[1]


def test_an_edition_restored_in_spite_of_a_changed_dose_is_proved(world: World) -> None:
    content = Content(world.root)
    restore = ("decide", "restore", "cough", "es", "--reason", "It is the same.", "--as", "doctor")
    assert content(*restore) == 0
    assert content("decide", "reconfirm", "fever", "en", "--as", "editor") == 0
    assert shown(world)["es/cough"] == "last_good"
    forged(lambda found: found.remove(the("restore")(found)))(world)
    assert medloc(world, "--ledger", EXPORT) == ("decisions", "es/cough/proof.json")


def test_a_text_of_high_risk_that_was_moved_is_proved(world: World) -> None:
    content = Content(world.root)
    content.write("source_content/fever.md", POLITE.replace("{#help}", "{#aid}"))
    assert content("sync") == 0
    carry = ("decide", "carry-forward", "fever", "*", "--moved", "--reason", "It moved.")
    assert content(*carry, "--as", "editor") == 0
    assert "ar/fever" not in shown(world)
    carried = ["approve", "approve", "carry_forward"]
    assert events_of(world, NEW_PROOF, DOSE) == carried


@pytest.mark.parametrize("demonstration", ["false", "true"])
def test_a_date_of_review_and_that_it_is_over_are_proved(
    tmp_path: Path, demonstration: str
) -> None:
    content = approved_project(tmp_path)
    dates = "title: Fever\nreviewed: 2025-01-01\nreview_by: 2026-01-01"
    content.write("source_content/fever.md", ARTICLE.replace("title: Fever", dates))
    settings = content.read("medloc.yaml") + f"site: {{demonstration: {demonstration}}}\n"
    content.write("medloc.yaml", settings)
    assert content("build", *DATE) == 0
    assert content("ledger", "export", EXPORT) == 0
    world = World(tmp_path)
    assert medloc(world, "--rebuild") is None
    page = content.page("es")
    assert page is not None
    assert ("2025" in page) == (demonstration == "false")
    in_file(OLD, "está vencida", "es reciente", sealed=True)(world)
    assert medloc(world) == ("text", OLD)


def test_only_rebuild_misses_a_notice_taken_away(world: World) -> None:
    """No words are shown then, so nothing unproved is; that the address should say so, the build
    knows."""
    unnamed("es/chills/index.html", "es/chills/index.json")(world)
    assert medloc(world) is None
    assert medloc(world, "--rebuild") == ("rebuild", "es/chills/index.html")


def test_no_flipped_byte_is_silent(published: World) -> None:
    found = [silent(published, path, at) for path, at in flips(published, 3, 150)]
    assert [one for one in found if one] == []
