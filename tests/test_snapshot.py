"""`medloc snapshot`: lost catalogs come back, the ledger is exported, git gets exactly these."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from pathlib import Path

import pytest

from medloc.articles import read_article
from medloc.ledger import open_ledger
from medloc.model import Draft, Kind, Pair
from medloc.workflow.writing_back import write_back
from tests.content import ARTICLE, WORDS, Content, approved_project, small_project

DATE = "2026-03-01"
EXPORT = "locales/decisions.jsonl"
REST = {"article": "fever", "locale": "es", "context": "what", "source": "Rest"}
_ids = itertools.count(1)


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """Everything approved in Spanish and Arabic. Not to be changed."""
    return approved_project(tmp_path_factory.mktemp("approved"))


@pytest.fixture
def content(approved: Content, tmp_path: Path) -> Content:
    return Content(Path(shutil.copytree(approved.root, tmp_path / "content")))


def record(content: Content, kind: Kind, actor: str = "writer", **fields: str) -> None:
    draft = Draft(f"e{next(_ids)}", kind, actor, "cli", **fields)
    with open_ledger("sqlite:///ledger.sqlite", base=content.root).transaction() as ledger:
        ledger.append([draft], at=f"{DATE}T12:00:00Z")


def tree(folder: Path, *, but: str = ".mo") -> dict[str, bytes]:
    """Every file below a folder."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix != but)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_lost_catalogs_come_back_byte_for_byte(content: Content) -> None:
    before = tree(content.root / "locales")
    shutil.rmtree(content.root / "locales")
    taken = content.json("snapshot")
    after = tree(content.root / "locales")
    assert after.pop("decisions.jsonl").count(b"\n") == taken["events"]
    assert after == before
    assert taken["catalogs"] == [
        {"path": f"locales/{locale}/LC_MESSAGES/fever.po", "words": 9, "messages": 9, "damaged": ""}
        for locale in ("es", "ar")
    ]
    assert content("snapshot") == 0
    assert content.json("snapshot")["catalogs"] == []
    assert content("sync", "--check") == 0


def test_a_catalog_that_can_be_read_is_not_touched(content: Content) -> None:
    path = content.catalog("es")
    path.write_text(path.read_text("utf-8").replace("Descanse", "Duerma") + "\n\n", "utf-8")
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    content.catalog("ar").unlink()
    assert content("snapshot") == 0
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert content.catalog("ar").is_file()


def test_a_file_that_cannot_be_read_is_kept_beside_the_new_one(content: Content) -> None:
    path = content.catalog("es")
    good = path.read_bytes()
    for name, bad in (("fever.po.damaged", b"<<<<<<< ours\n"), ("fever.po.damaged-2", good[:-9])):
        path.write_bytes(bad)
        code, said = content.say("snapshot")
        assert (code, f"kept as locales/es/LC_MESSAGES/{name}" in said) == (1, True)
        assert path.with_name(name).read_bytes() == bad
        assert path.read_bytes() == good
    assert path.with_name("fever.po.damaged").read_bytes() == b"<<<<<<< ours\n"


def test_a_file_that_cannot_be_put_aside_keeps_no_other_catalog_back(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(target))

    content.catalog("es").write_bytes(b"<<<<<<< ours\n")
    content.catalog("ar").unlink()
    monkeypatch.setattr(Path, "rename", refuse)
    code, said = content.say("snapshot")
    assert (code, "nor put aside (Permission denied)" in said) == (2, True)
    assert content.catalog("es").read_bytes() == b"<<<<<<< ours\n"
    assert content.catalog("ar").is_file()


def test_the_wording_proposed_last_comes_back_though_an_older_one_is_approved(
    content: Content,
) -> None:
    record(content, Kind.PROPOSE, **REST, target="Duerma")
    record(content, Kind.COMMENT, "doctor", **REST, target="Descanse", reason="better before")
    content.catalog("es").unlink()
    content("snapshot")
    assert 'msgid "Rest"\nmsgstr "Duerma"' in content.catalog("es").read_text("utf-8")


def test_without_a_proposal_the_wording_decided_on_last_comes_back(tmp_path: Path) -> None:
    content = small_project(tmp_path)
    told = {"role": "medical", "meaning": "approved"}
    for target in ("Duerma", "Descanse"):
        record(content, Kind.APPROVE, "doctor", **REST, target=target, **told)
    record(content, Kind.WITHDRAW, "doctor", **REST, target="Duerma")
    content.catalog("es").unlink()
    content("snapshot")
    assert 'msgid "Rest"\nmsgstr "Duerma"' in content.catalog("es").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Read this *first*.", "Please read all of this *first*."),
        ("Read this *first*.", "Never read this *first*."),
        ("dose: {value: 5,", "dose: {value: 50,"),
        ("- Rest\n", ""),
        ("## What fever is {#what}", "## What fever is {#what-it-is}"),
    ],
    ids=["same facts", "other facts", "another value", "gone", "moved"],
)
def test_after_an_edit_the_new_catalog_is_what_sync_had_made_of_the_old(
    content: Content, old: str, new: str
) -> None:
    content.write("source_content/fever.md", ARTICLE.replace(old, new))
    content("sync")
    expected = {locale: content.catalog(locale).read_bytes() for locale in WORDS}
    for locale in WORDS:
        content.catalog(locale).unlink()
    content("snapshot")
    assert {locale: content.catalog(locale).read_bytes() for locale in WORDS} == expected
    assert content("sync", "--check") == 0


def test_words_that_were_carried_forward_come_back(content: Content) -> None:
    """The new text is like none before, so that `sync` alone would find no words for it."""
    content.write("source_content/fever.md", ARTICLE.replace("- Rest\n", "- Lie down a while\n"))
    record(
        content, Kind.CARRY_FORWARD, "editor", article="fever", context="what", role="editor",
        source="Lie down a while", earlier_context="what", earlier_source="Rest", reason="same",
    )  # fmt: skip
    content.catalog("es").unlink()
    content("snapshot")
    text = content.catalog("es").read_text("utf-8")
    assert 'msgid "Lie down a while"\nmsgstr "Descanse"' in text


def test_words_that_cannot_be_led_back_are_left_empty_and_named(content: Content) -> None:
    [row] = [r for r in content.json("messages", "fever", "es") if r["high_risk"] and "Call" in
             r["source"]]  # fmt: skip
    place = {"article": "fever", "locale": "es", "context": "help", "source": row["source"]}
    record(content, Kind.PROPOSE, **place, target="Tome {dose}")
    content.catalog("es").unlink()
    code, said = content.say("snapshot")
    assert (code, f"message {row['id']}: left empty" in said) == (1, True)
    assert content.json("messages", "fever", "es")[-1]["standing"] == "missing"


def test_an_article_that_cannot_be_read_keeps_no_other_catalog_back(content: Content) -> None:
    content.write("source_content/bad.md", "no front matter")
    content.catalog("es").unlink()
    code, said = content.say("snapshot")
    assert (code, "source_content/bad.md" in said) == (2, True)
    assert content.catalog("es").is_file()


QUANTITIES = """\
---
title: Give {first} now
quantities:
  first: {value: 5, unit: milligram}
  second: {value: 5, unit: milligram}
  days: {value: 3}
links:
  help: {default: "tel:112"}
  night: {default: "tel:112"}
---

Give {first}, later {second}, for {days} days.

Wait {days} days at 13 °C.

[Call][help] or [ring][night].
"""
WRITTEN = {"first": "5\u00a0mg", "second": "5\u00a0mg", "days": "3"}


@pytest.mark.parametrize(
    ("index", "target", "expected"),
    [
        (0, "Dé 5\u00a0mg ahora", ("Dé {first} ahora",)),
        (1, "Dé 5\u00a0mg, luego 5\u00a0mg, por 3 días.", (
            "Dé {first}, luego {second}, por {days} días.",
            "Dé {second}, luego {first}, por {days} días.",
        )),
        (2, "A 13 °C espere 3 días.", ("A 13 °C espere {days} días.",)),
        (2, "Espere 3 o 3 días.", ("Espere {days} o 3 días.", "Espere 3 o {days} días.")),
        (2, "Espere unos días.", ("Espere unos días.",)),
        (2, "Espere {days} días.", ()),
        (3, "[Marque](<tel:112>) o [llame](<tel:112>).", (
            "[Marque][help] o [llame][night].", "[Marque][night] o [llame][help].",
        )),
    ],
    ids=["field", "alike", "in another number", "a number like it", "left out", "open", "links"],
)  # fmt: skip
def test_a_written_text_is_led_back_to_its_wording(
    index: int, target: str, expected: tuple[str, ...]
) -> None:
    article = read_article("a.md", QUANTITIES.encode(), slug="a")
    message = article.messages[index]
    pair = Pair("a", "es", message.context, "source", target)
    addresses = {"help": "tel:112", "night": "tel:112"}
    assert write_back(article, message, pair, WRITTEN, addresses) == expected


def test_two_quantities_written_alike_come_back_in_the_order_of_the_source(tmp_path: Path) -> None:
    content = small_project(tmp_path, article=QUANTITIES)
    content.translate("ar", {"Give {first}, later {second}, for {days} days.": (
        "أعط {first}، ثم {second}، لمدة {days} أيام.")})  # fmt: skip
    content("sync", "--as", "writer")
    before = content.catalog("ar").read_bytes()
    content.catalog("ar").unlink()
    code, said = content.say("snapshot")
    assert content.catalog("ar").read_bytes() == before
    assert (code, "could stand in other places too" in said) == (1, True)


# --- the export ---------------------------------------------------------------------------------


def test_the_export_grows_with_the_ledger(content: Content) -> None:
    first = content.json("snapshot")
    assert (first["exported"], content.json("snapshot")["exported"]) == (True, False)
    record(content, Kind.PROPOSE, **REST, target="Duerma")
    second = content.json("snapshot")
    assert (second["events"], second["exported"]) == (first["events"] + 1, True)
    assert content("ledger", "verify", EXPORT) == 0
    number, head = open_ledger("sqlite:///ledger.sqlite", base=content.root).head()
    assert (second["events"], second["head"]) == (number, head)


def test_a_fork_and_an_export_that_is_ahead_are_refused_before_anything_is_written(
    content: Content,
) -> None:
    content("snapshot")
    count = content.read(EXPORT).count("\n")
    saved = (content.root / "ledger.sqlite").read_bytes()
    record(content, Kind.PROPOSE, **REST, target="Duerma")
    content("snapshot")
    ahead = content.read(EXPORT)
    content.catalog("es").unlink()
    (content.root / "ledger.sqlite").write_bytes(saved)
    code, said = content.say("snapshot")
    assert (code, "it has 1 events more than the ledger" in said) == (2, True)
    assert f"medloc ledger import {EXPORT}" in said
    record(content, Kind.PROPOSE, **REST, target="Siesta")
    code, said = content.say("snapshot")
    assert (code, f"went different ways after event {count}" in said) == (2, True)
    assert f"{EXPORT}:{count + 1}:" in said
    assert content.read(EXPORT) == ahead
    assert not content.catalog("es").exists()


# --- git ----------------------------------------------------------------------------------------


@pytest.fixture
def repository(content: Content, monkeypatch: pytest.MonkeyPatch) -> Content:
    """The project as a git repository of somebody with a name."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Somebody")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "somebody@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    content.write(".gitignore", "/site/\n.medloc/\n/ledger.sqlite*\n*.mo\n")
    git(content.root, "init", "--quiet")
    git(content.root, "add", "medloc.yaml", "source_content", ".gitignore")
    git(content.root, "commit", "--quiet", "-m", "sources")
    return content


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout


def test_a_commit_holds_exactly_catalogs_templates_and_decisions(repository: Content) -> None:
    repository.write("notes.txt", "mine")
    repository.write("locales/es/draft.txt", "mine too")
    repository.write("medloc.yaml", repository.read("medloc.yaml") + "# edited\n")
    git(repository.root, "add", "notes.txt", "medloc.yaml")
    taken = repository.json("snapshot", "--commit")
    names = git(repository.root, "show", "--name-only", "--format=%s", "HEAD").split("\n")
    assert names[:-1] == [
        f"Snapshot: {taken['events']} events, head {taken['head'][:8]}",
        "",
        "locales/ar/LC_MESSAGES/fever.po",
        EXPORT,
        "locales/es/LC_MESSAGES/fever.po",
        "locales/templates/fever.pot",
    ]
    assert git(repository.root, "rev-parse", "HEAD").startswith(taken["commit"])
    assert git(repository.root, "status", "--porcelain") == (
        "M  medloc.yaml\nA  notes.txt\n?? locales/es/draft.txt\n"
    )
    assert repository.json("snapshot", "--commit")["commit"] == ""
    assert repository.say("snapshot", "--commit")[1].endswith("nothing to commit\n")


def test_a_project_in_a_folder_of_a_repository_is_committed_too(
    content: Content, repository: Content
) -> None:
    shutil.rmtree(repository.root / ".git")
    git(repository.root.parent, "init", "--quiet")
    assert repository.json("snapshot", "--commit")["commit"]
    assert git(repository.root.parent, "show", "--name-only", "--format=").split()[0] == (
        f"{repository.root.name}/locales/ar/LC_MESSAGES/fever.po"
    )


def test_without_git_repository_or_name_nothing_is_written(
    repository: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{name}_NAME")
        monkeypatch.delenv(f"GIT_{name}_EMAIL")
    git(repository.root, "config", "user.useConfigOnly", "true")
    refused = [repository.say("snapshot", "--commit")]
    shutil.rmtree(repository.root / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(repository.root.parent))
    refused.append(repository.say("snapshot", "--commit"))
    monkeypatch.setenv("PATH", str(repository.root))
    refused.append(repository.say("snapshot", "--commit"))
    advice = ("git config user.name", "git init", "Install git")
    assert [(code, part in said) for (code, said), part in zip(refused, advice, strict=True)] == [
        (2, True)
    ] * 3
    assert not (repository.root / EXPORT).exists()


@pytest.mark.parametrize("cause", ["ignored", "skipped", "shortened", "line ends"])
def test_decisions_that_git_leaves_out_or_changes_are_named(
    repository: Content, cause: str
) -> None:
    if cause == "ignored":
        repository.write(".gitignore", repository.read(".gitignore") + "*.jsonl\n")
    elif cause == "skipped":
        assert repository("snapshot", "--commit") == 0
        git(repository.root, "update-index", "--skip-worktree", EXPORT)
        record(repository, Kind.PROPOSE, **REST, target="Duerma")
    else:
        clean = "head -n 3" if cause == "shortened" else "sed s/$/\\r/"
        git(repository.root, "config", "filter.odd.clean", clean)
        repository.write(".gitattributes", "*.jsonl filter=odd\n")
    code, said = repository.say("snapshot", "--commit")
    assert (code, f"{EXPORT}: the last commit does not hold it" in said) == (2, True), said
    assert ".gitignore" in said
    assert ".gitattributes" in said
    assert repository.read(EXPORT).count("\n") == len(
        open_ledger("sqlite:///ledger.sqlite", base=repository.root).events()
    )


def test_a_clone_builds_the_same_pages_byte_for_byte(repository: Content, tmp_path: Path) -> None:
    assert repository("build", "--date", DATE) == 0
    expected = tree(repository.root / "site")
    assert sum(name.endswith("proof.json") for name in expected) == 3
    repository.catalog("ar").unlink()
    assert repository("snapshot", "--commit") == 0
    clone = Content(tmp_path / "clone")
    git(tmp_path, "clone", "--quiet", str(repository.root), str(clone.root))
    assert not (clone.root / "ledger.sqlite").exists()
    assert clone("ledger", "import", EXPORT) == 0
    assert clone("build", "--date", DATE) == 0
    assert tree(clone.root / "site") == expected
    assert clone("snapshot", "--commit") == 0
    assert git(clone.root, "status", "--porcelain") == ""
