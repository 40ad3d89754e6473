"""A published project and a calendar, for tests of what may happen to its pages afterwards."""

from __future__ import annotations

import atexit
import datetime as dt
import json
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.content import Content, approved_project

APPROVED = "2026-01-10"
"""The day on which everything is written, approved and published."""
TAGS = ("en", "es", "ar")


class Calendar:
    """The day on which commands are run."""

    def __init__(self) -> None:
        self.day = APPROVED

    def __call__(self) -> dt.datetime:
        return dt.datetime.fromisoformat(f"{self.day}T09:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Governed(Content):
    """A content project whose commands run on the day of a calendar."""

    calendar: Calendar

    def on(self, day: str) -> Governed:
        """From now on it is that day."""
        self.calendar.day = day
        return self

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a text of a file."""
        text = self.read(name)
        assert old in text
        self.write(name, text.replace(old, new))

    def source(self, old: str, new: str) -> None:
        """Change a text of the article."""
        self.edit("source_content/fever.md", old, new)

    def policy(self, more: str) -> None:
        """Add to the policy."""
        self.edit("medloc.yaml", "policy: {", f"policy: {{{more}, ")

    def row(self, text: str, locale: str = "es", article: str = "fever") -> dict[str, Any]:
        """The message whose wording or source holds a text."""
        rows = self.json("messages", article, locale)
        row = next(row for row in rows if text in row["target"] or text in row["source"])
        assert isinstance(row, dict)
        return row

    def id(self, text: str, locale: str = "es", article: str = "fever") -> str:
        """The id of that message."""
        return str(self.row(text, locale, article)["id"])

    def decide(self, kind: str, locale: str, person: str, *more: str, of: str = "") -> Any:
        """Decide on the page, or on the message whose text holds `of`; the JSON answer."""
        named = ["--message", self.id(of, "es" if locale == "*" else locale)] if of else []
        return self.json("decide", kind, "fever", locale, "--as", person, *named, *more)

    def build(self, date: str = "", *more: str) -> dict[str, Any]:
        """Build as on a day; the JSON answer."""
        built = self.json("build", *(["--date", date] if date else []), *more)
        assert isinstance(built, dict)
        return built

    def shown(self, date: str = "") -> dict[str, str]:
        """Build as on a day; what is shown instead of each page that is withheld, by locale."""
        return {page["locale"]: page["shown"] for page in self.build(date)["withheld"]}

    def events(self) -> list[dict[str, Any]]:
        """What the ledger holds."""
        self("ledger", "export", "events.jsonl")
        return [json.loads(line) for line in self.read("events.jsonl").splitlines()]

    def last(self) -> dict[str, Any]:
        """The last event."""
        return self.events()[-1]

    def site(self) -> dict[str, str]:
        """Every file of the site that is text."""
        folder = self.root / "site"
        return {
            path.relative_to(folder).as_posix(): path.read_text("utf-8")
            for path in sorted(folder.rglob("*"))
            if path.suffix in (".html", ".json", ".css", ".xml")
        }

    def holding(self, words: str) -> set[str]:
        """The files of the site that hold some words."""
        return {path for path, text in self.site().items() if words in text}


def governed(root: Path, monkeypatch: pytest.MonkeyPatch) -> Governed:
    """A copy of the published project; it is the day of its approval."""
    shutil.copytree(_published(), root)
    return Governed(root, _set_calendar(monkeypatch))


def reason(answer: Any) -> str:
    """Why the one decision asked for was refused."""
    assert (answer["done"], len(answer["refused"])) == ([], 1)
    return str(answer["refused"][0]["reason"])


def _set_calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    calendar = Calendar()
    for shell in ("content", "decisions", "publishing"):
        monkeypatch.setattr(f"medloc.cli.{shell}.now", calendar)
    return calendar


@cache
def _published() -> Path:
    """Made once a run: it takes some thirty commands."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    root = Path(folder) / "project"
    root.mkdir()
    with pytest.MonkeyPatch.context() as monkeypatch:
        _set_calendar(monkeypatch)
        content = approved_project(root)
        assert content.json("build")["pages"] == len(TAGS)
    shutil.rmtree(root / ".medloc")
    return root
