"""The outlook is what a build then does: the same pages, the same reasons, and nothing written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from medloc.model import Shown
from medloc.workflow.build import build
from medloc.workflow.outlook import Change, Fate, Outlook, Prospect, outlook
from medloc.workflow.project import open_project
from medloc.workflow.sources import read_sources
from medloc.workflow.status import read_decisions
from tests.governed import Governed, governed

DAY = "2026-02-01"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Governed:
    return governed(tmp_path / "project", monkeypatch).on(DAY)


def look(content: Governed, day: str = DAY) -> Outlook:
    project = open_project(content.root)
    now = dt.datetime.fromisoformat(f"{day}T09:00:00+00:00")
    return outlook(
        project, read_sources(project), read_decisions(project), now=now, publisher="publisher"
    )


def files(content: Governed) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(content.root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in content.root.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def fates(content: Governed, day: str = DAY) -> dict[str, str]:
    return {p.locale: f"{p.fate.value}, {p.change.value}" for p in look(content, day).prospects}


def nothing(content: Governed) -> None:
    """All stays as it was published."""


def new_wording(content: Governed) -> None:
    content.translate("es", {"Rest": "Duerma"})


def new_source(content: Governed) -> None:
    content.source("Read this *first*.", "Read this *now*.")
    assert content("sync") == 0


def new_dose(content: Governed) -> None:
    content.source("Take {dose}", "Take only {dose}")
    assert content("sync") == 0


def recalled(content: Governed) -> None:
    content.decide("recall", "es", "writer", "--reason", "wrong")


def renamed(content: Governed) -> None:
    (content.root / "source_content/fever.md").rename(content.root / "source_content/hot.md")


def unreadable(content: Governed) -> None:
    content.catalog("ar").write_text('msgid "', encoding="utf-8")


SAME = {"en": "published, same", "es": "published, same", "ar": "published, same"}
CASES: list[tuple[Callable[[Governed], None], str, dict[str, str]]] = [
    (nothing, DAY, SAME),
    (new_wording, DAY, {**SAME, "es": "last_good, changed"}),
    (new_source, DAY, dict.fromkeys(SAME, "last_good, changed")),
    (new_source, "2027-02-01", dict.fromkeys(SAME, "last_good, changed")),  # recorded only now
    (new_dose, DAY, dict.fromkeys(SAME, "notice, changed")),
    (recalled, DAY, {**SAME, "es": "notice, same"}),  # the recall took it down
    (renamed, DAY, dict.fromkeys(SAME, "withheld, none")),
    (unreadable, DAY, {**SAME, "ar": "last_good, changed"}),
]


@pytest.mark.parametrize(("change", "day", "expected"), CASES)
def test_the_outlook_says_what_the_build_then_does(
    content: Governed, change: Callable[[Governed], None], day: str, expected: dict[str, str]
) -> None:
    change(content)
    before = files(content)
    found = look(content, day)
    assert files(content) == before
    assert fates(content, day) == expected
    built = build(
        content.root,
        today=dt.date.fromisoformat(day),
        now=dt.datetime.fromisoformat(f"{day}T09:00:00+00:00"),
        publisher="publisher",
    )
    held = {(w.article, w.locale): (w.reason, w.messages, w.shown) for w in built.withheld}
    assert held == {
        (p.article, p.locale): (p.reason, p.messages, p.shown)
        for p in found.prospects
        if p.fate is not Fate.PUBLISHED
    }
    shown = [p for p in found.prospects if p.fate in (Fate.PUBLISHED, Fate.LAST_GOOD)]
    assert built.pages == len(shown)
    is_page = {p.path: (content.root / "site" / p.path).is_file() for p in found.prospects}
    assert is_page == {p.path: p.change not in (Change.DOWN, Change.NONE) for p in found.prospects}
    assert all(not (content.root / "site" / path).exists() for path in found.gone)
    assert {p.change for p in look(content, day).prospects} <= {Change.SAME, Change.NONE}


def test_pages_of_an_article_that_is_gone_are_named(content: Governed) -> None:
    renamed(content)
    assert look(content).gone == tuple(f"{t}/fever/index.html" for t in ("ar", "en", "es"))


def test_a_page_never_built_is_new(content: Governed) -> None:
    (content.root / "site/es/fever/index.html").unlink()
    assert fates(content)["es"] == "published, new"


def test_a_page_whose_grace_has_ended_comes_down(content: Governed) -> None:
    new_wording(content)
    content.build("", "--as", "publisher")
    assert fates(content)["es"] == "last_good, same"
    (one,) = (p for p in look(content, "2026-06-01").prospects if p.locale == "es")
    assert (one.fate, one.change, one.shown) == (Fate.WITHHELD, Change.DOWN, Shown.NOTHING)
    assert "the grace of the edition" in one.reason


def test_each_message_that_keeps_a_page_back_is_named(content: Governed) -> None:
    new_wording(content)
    (one,) = look(content).of(Fate.LAST_GOOD)
    assert isinstance(one, Prospect)
    assert [m.id for m in one.messages] == [content.id("Duerma")]
    assert one.reason.startswith("1 of its messages: 1 waiting for review; the edition of ")


def test_troubles_of_files_are_told(content: Governed) -> None:
    unreadable(content)
    assert [trouble.path for trouble in look(content).troubles] == [
        "locales/ar/LC_MESSAGES/fever.po"
    ]
