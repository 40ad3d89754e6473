"""Builds that remember: they leave what a build without a memory would leave, and no memory, true
or forged, keeps words up that were withdrawn."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medloc import files
from medloc.errors import LedgerError
from medloc.parallel import Here, Processes
from medloc.workflow import construction, raising, unchanged
from medloc.workflow.build import _inputs, _installed, _outputs, build
from medloc.workflow.built import Built, to_record
from medloc.workflow.memory import MEMORY, Memory
from medloc.workflow.project import open_project
from tests.content import Content, approved_project

TODAY = dt.date(2026, 3, 1)
LINKED = """\
---
title: Cold
aliases: [common-cold]
review_by: 2026-03-04
---

## Signs {#signs}

See [fever](fever.md#help) and ![a nose](nose.svg).
"""
COLD = {
    "Cold": "Resfriado",
    "Signs": "Signos",
    "See [fever](fever.md#help) and ![a nose](nose.svg).": "Vea [fiebre](fever.md#help) y "
    "![una nariz](nose.svg).",
}
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>'


def rebuild(content: Content, today: dt.date = TODAY, *, jobs: int = 1) -> Built:
    return build(
        content.root, today=today, now=dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC), jobs=jobs
    )


def site_of(content: Content) -> dict[str, bytes]:
    site = content.root / "site"
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def edit(content: Content, name: str, old: str, new: str) -> None:
    assert old in content.read(name)
    content.write(name, content.read(name).replace(old, new))


def forget(content: Content) -> None:
    shutil.rmtree(content.root / ".medloc", ignore_errors=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made")
    content = approved_project(root)
    content.write("source_content/cold.md", LINKED)
    content.write("source_content/nose.svg", PICTURE)
    assert content("sync") == 0
    content.translate("es", COLD, "cold")
    content.approve_all("es", "doctor", article="cold")
    content("decide", "approve", "cold", "en", "--as", "editor")
    rebuild(content)
    return root


@pytest.fixture
def content(made: Path, tmp_path: Path) -> Content:
    shutil.copytree(made, tmp_path / "project")
    return Content(tmp_path / "project")


def replaced(name: str, old: str, new: str) -> Callable[[Content], object]:
    def act(content: Content) -> None:
        path = content.root / name
        text = path.read_text("utf-8")
        path.write_text(text.replace(old, new) if old in text else text.replace(new, old), "utf-8")

    return act


def said(*arguments: str) -> Callable[[Content], object]:
    return lambda content: content("decide", *arguments)


def removed(name: str) -> Callable[[Content], object]:
    return lambda content: (content.root / name).unlink(missing_ok=True)


def half(content: Content) -> None:
    """A run that ends like a killed one, somewhere among its writes."""
    left = random.Random(len(site_of(content))).randint(1, 9)
    real = files.replace

    def stops(path: Path, data: bytes, **options: object) -> bool:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        return real(path, data, **options)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "replace", stops)
        with suppress(KeyboardInterrupt):
            rebuild(content)


ACTS: dict[str, Callable[[Content], object]] = {
    "source edited": replaced("source_content/fever.md", "Rest\n", "Rest a lot\n"),
    "dose edited": replaced("source_content/fever.md", "value: 5,", "value: 50,"),
    "linked article renamed": replaced("source_content/cold.md", "title: Cold", "title: A cold"),
    "title edited in the catalog": replaced(
        "locales/es/LC_MESSAGES/fever.po", '"Fiebre"', '"La fiebre"'
    ),
    "catalog cut": replaced("locales/es/LC_MESSAGES/cold.po", 'msgstr "Signos"', 'msgstr "Signos'),
    "sync": lambda content: content("sync"),
    "approved": said("approve", "*", "es", "--as", "doctor"),
    "source approved": said("approve", "*", "en", "--as", "editor"),
    "withdrawn": said("withdraw", "fever", "es", "--as", "doctor", "--section", "what"),
    "recalled": said("recall", "fever", "es", "--as", "doctor", "--reason", "wrong"),
    "restored": said("restore", "fever", "es", "--as", "doctor", "--reason", "right"),
    "style": lambda content: content.write(
        "theme/style.css", f"body {{ color: #{time.time_ns()} }}"
    ),
    "settings": replaced("medloc.yaml", "doors: [cli]", "doors: [cli], grace: 1"),
    "picture": replaced("source_content/nose.svg", "0 0 9 9", "0 0 8 8"),
    "touched": lambda content: [p.touch() for p in content.root.glob("source_content/*")],
    "page deleted": removed("site/es/fever/index.html"),
    "proof deleted": removed("site/en/cold/proof.json"),
    "page edited": replaced("site/es/fever/index.html", "Descanse", "Corra"),
    "half a run": half,
    "article gone": removed("source_content/cold.md"),
    "article back": lambda content: content.write("source_content/cold.md", LINKED),
}


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 2), st.booleans()),
        min_size=2,
        max_size=6,
    )
)
def test_a_build_that_remembers_leaves_what_one_without_memory_leaves(
    made: Path, tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int, bool]]
) -> None:
    content = Content(tmp_path_factory.mktemp("run") / "project")
    shutil.copytree(made, content.root)
    today = TODAY
    for name, days, built in acts:
        ACTS[name](content)
        today += dt.timedelta(days)
        if built:
            rebuild(content, today)
    rebuild(content, today)
    remembered = site_of(content)
    forget(content)
    again = rebuild(content, today)
    assert (again.written, again.removed) == (0, 0)
    assert site_of(content) == remembered


def test_one_approval_makes_one_article_again(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    content("decide", "withdraw", "fever", "es", "--as", "doctor", "--section", "what")
    rebuild(content)
    content("decide", "approve", "fever", "es", "--as", "doctor", "--section", "what")
    given: list[str] = []

    def each(self: Here, function, common, tasks):  # type: ignore[no-untyped-def]
        for task in tasks:
            given.append(task.slug)
            yield function(common, task)

    monkeypatch.setattr(Here, "each", each)
    rebuild(content)
    assert given[:1] == ["fever"]
    assert len(given) == len(set(given)) + (1 if given.count("cold") > 1 else 0)


def test_processes_make_the_same_site(content: Content) -> None:
    alone = site_of(content)
    shutil.rmtree(content.root / "site")
    forget(content)
    rebuild(content, jobs=2)
    assert site_of(content) == alone


def forged(content: Content, built: Built) -> None:
    """Whatever a build remembers, made to say that nothing has changed since `built`."""
    project = open_project(content.root)
    inputs, outputs = _inputs(project), _outputs(project, "site")
    time.sleep(unchanged.TICK * 3)  # files so young are in no record
    look = unchanged.look(content.root, inputs)
    key = f" {TODAY} {_installed()}"
    unchanged.write_record(
        content.root, key, (inputs, look, time.time()), outputs, to_record(built)
    )
    assert unchanged.read_record(content.root, key) is not None


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        "DELETE FROM made",
        "DELETE FROM page",
        "DELETE FROM article WHERE path LIKE '%fever%'",
        """UPDATE article SET light = replace(light, '"slug": "fever"', '"slug": "other"')""",
        "UPDATE made SET published = 'en es ar', held = ''",
        "UPDATE meta SET value = '2026-03-01' WHERE name = 'date'",
        "UPDATE made SET held = 'not JSON'",
        "DROP TABLE look",
    ],
)
@pytest.mark.parametrize("kind", ["withdraw", "recall"])
def test_no_memory_keeps_a_withdrawn_page_up(content: Content, kind: str, spoilt: str) -> None:
    built = rebuild(content)
    assert content.page("es") is not None
    reason = ["--reason", "wrong"] if kind == "recall" else []
    for person in ("doctor", "writer"):
        one = ("--message", _message(content), "--as", person)
        content("decide", kind, "fever", "es", *one, *reason)
    with closing(sqlite3.connect(content.root / ".medloc" / MEMORY)) as connection:
        connection.executescript(spoilt)
        connection.commit()
    forged(content, built)
    rebuild(content)
    page = content.page("es")
    assert page is None or "Descanse" not in page


def _message(content: Content) -> str:
    rows = content.json("messages", "fever", "es", "--json")
    return str(next(row["id"] for row in rows if "Rest" in str(row.values())))


def test_the_memory_of_another_site_is_not_used(content: Content) -> None:
    with closing(Memory(content.root / ".medloc" / MEMORY)) as memory:
        assert construction._is_usable(memory, memory.get("key"), content.root / "site")
        assert not construction._is_usable(memory, "other", content.root / "site")
        (content.root / "site/manifest.json").write_text("{}")
        assert not construction._is_usable(memory, memory.get("key"), content.root / "site")


def test_tasks_are_handed_out_as_they_are_done() -> None:
    taken: list[int] = []

    def tasks():  # type: ignore[no-untyped-def]
        for number in range(200):
            taken.append(number)
            yield number

    results = Processes(2).each(pow, 2, tasks())
    next(results)
    assert len(taken) < 60
    assert sum(results) < 2**200


def test_a_memory_that_somebody_holds_costs_only_the_memory(content: Content) -> None:
    rebuild(content)
    for person in ("doctor", "writer"):
        one = ("--message", _message(content), "--as", person)
        content("decide", "withdraw", "fever", "es", *one)
    path = content.root / ".medloc" / MEMORY
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        rebuild(content)
        other.execute("INSERT INTO meta VALUES ('theirs', '')")
        other.execute("COMMIT")
    page = content.page("es")
    assert page is None or "Descanse" not in page
    assert path.is_file()


def test_a_ledger_without_its_middle_is_refused(content: Content) -> None:
    for person in ("doctor", "writer"):
        one = ("--message", _message(content), "--as", person)
        content("decide", "comment", "fever", "es", *one, "--reason", "x")
    rebuild(content)
    with closing(sqlite3.connect(content.root / "ledger.sqlite")) as ledger:
        listed = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = ledger.execute(listed).fetchall()
        for name, _ in triggers:
            ledger.execute(f"DROP TRIGGER {name}")
        last = ledger.execute("SELECT max(number) FROM event").fetchone()[0]
        ledger.execute("DELETE FROM event WHERE number = ?", (last - 1,))
        for _, sql in triggers:
            ledger.execute(sql)
        ledger.commit()
    content.catalog("es").touch()
    with pytest.raises(LedgerError, match="some were removed"):
        rebuild(content)


def test_an_alias_may_move_to_another_article(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raising, "BATCH", 1)
    edit(content, "source_content/fever.md", "title: Fever\n", "title: Fever\naliases: [warm]\n")
    rebuild(content)
    assert "fever" in str(content.page("en", "warm"))
    edit(content, "source_content/fever.md", "aliases: [warm]\n", "")
    edit(content, "source_content/cold.md", "aliases: [", "aliases: [warm, ")
    rebuild(content)  # cold is made first
    assert "cold" in str(content.page("en", "warm"))


def test_a_page_changed_by_hand_is_not_searched(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(construction, "FEW", 1)
    edit(content, "medloc.yaml", "policy:", "site: {search: true}\npolicy:")
    rebuild(content)
    data = content.root / "site/es/fever/index.json"
    before = data.read_bytes()
    data.write_bytes(before.replace(b"Descanse", b"Beba"))
    rows = content.json("messages", "cold", "es", "--json")
    one = ("--message", rows[0]["id"], "--as", "doctor")
    content("decide", "withdraw", "cold", "es", *one)
    rebuild(content)
    assert data.read_bytes() == before
