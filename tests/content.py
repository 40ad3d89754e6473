"""Small real content projects for tests: made in a folder, driven through the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Any

from medloc.catalogs import read_catalog, write_catalog
from medloc.cli import run

SETTINGS = """\
source: en
locales: [es, ar]
people:
  - {id: editor, name: Editor, roles: [editor, medical], locales: [en]}
  - {id: writer, name: Writer, email: writer@example.org, roles: [translator, medical]}
  - {id: linguist, name: Linguist, roles: [linguistic]}
  - {id: doctor, name: Doctor, roles: [medical, linguistic]}
  - {id: publisher, name: Publisher, roles: [publisher]}
policy: {doors: [cli], checks: {all: off}}
"""

ARTICLE = """\
---
title: Fever
description: What fever is.
quantities:
  limit: {value: 38, unit: celsius}
  dose: {value: 5, unit: milligram}
links:
  help: {default: "tel:112", ar: "tel:997"}
---

Read this *first*.

## What fever is {#what}

Fever is {limit} or more. See [the leaflet][leaflet].

- Rest
- Drink **water**

## When to get help {#help}
<!-- risk: high -->

[Call for help][help] at once. Take {dose}.

[leaflet]: https://example.org/leaflet
"""

WORDS = {
    "es": {
        "Fever": "Fiebre",
        "What fever is.": "Qué es la fiebre.",
        "Read this *first*.": "Lea esto *primero*.",
        "What fever is": "Qué es la fiebre",
        "Fever is {limit} or more. See [the leaflet][leaflet].": (
            "Hay fiebre con {limit} o más. Vea [el folleto][leaflet]."
        ),
        "Rest": "Descanse",
        "Drink **water**": "Beba **agua**",
        "When to get help": "Cuándo pedir ayuda",
        "[Call for help][help] at once. Take {dose}.": (
            "[Pida ayuda][help] de inmediato. Tome {dose}."
        ),
    },
    "ar": {
        "Fever": "الحمى",
        "What fever is.": "ما هي الحمى.",
        "Read this *first*.": "اقرأ هذا *أولاً*.",
        "What fever is": "ما هي الحمى",
        "Fever is {limit} or more. See [the leaflet][leaflet].": (
            "الحمى هي {limit} أو أكثر. انظر [النشرة][leaflet]."
        ),
        "Rest": "استرح",
        "Drink **water**": "اشرب **الماء**",
        "When to get help": "متى تطلب المساعدة",
        "[Call for help][help] at once. Take {dose}.": (
            "[اطلب المساعدة][help] فورًا. تناول {dose}."
        ),
    },
}


@dataclass(frozen=True, slots=True)
class Content:
    """A content project in a folder, and the command line in front of it."""

    root: Path

    def __call__(self, *arguments: str) -> int:
        """Run a command in the project; returns its exit code."""
        return run(["--project", str(self.root), *arguments])

    def json(self, *arguments: str) -> Any:
        """Run a command that reports as JSON; returns the value, whatever the exit code."""
        with redirect_stdout(StringIO()) as out:
            self(*arguments, "--json")
        return json.loads(out.getvalue())

    def say(self, *arguments: str) -> tuple[int, str]:
        """Run a command; returns the exit code and what it said on stderr."""
        with redirect_stderr(StringIO()) as err:
            code = self(*arguments)
        return code, err.getvalue()

    def write(self, name: str, text: str) -> Path:
        """Write a file of the project."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        return path

    def read(self, name: str) -> str:
        """The text of a file of the project."""
        return (self.root / name).read_text(encoding="utf-8")

    def catalog(self, locale: str, article: str = "fever") -> Path:
        """Where a catalog stands."""
        return self.root / "locales" / locale / "LC_MESSAGES" / f"{article}.po"

    def translate(self, locale: str, words: Mapping[str, str], article: str = "fever") -> None:
        """Fill wordings into a catalog by their source text, as a translator's tool would."""
        path = self.catalog(locale, article)
        catalog = read_catalog(path, name=path.name)
        entries = tuple(
            replace(entry, msgstr=words.get(entry.msgid, entry.msgstr), fuzzy=False)
            for entry in catalog.entries
        )
        path.write_bytes(write_catalog(replace(catalog, entries=entries)))

    def page(self, tag: str, article: str = "fever") -> str | None:
        """The HTML of a published page, None when it is not published."""
        path = self.root / "site" / tag / article / "index.html"
        return path.read_text(encoding="utf-8") if path.is_file() else None

    def approve_all(self, locale: str, *people: str, article: str = "*") -> None:
        """Approve every message of a locale, one by one where the risk is high."""
        for person in people:
            self("decide", "approve", article, locale, "--as", person)
            for row in self.json("messages", article, locale):
                if row["high_risk"] and row["standing"] != "approved":
                    self("decide", "approve", row["article"], locale, "--message", row["id"],
                         "--as", person)  # fmt: skip


def small_project(
    root: Path,
    *,
    article: str = ARTICLE,
    settings: str = SETTINGS,
) -> Content:
    """A project with one article, synced, nothing translated."""
    content = Content(root)
    content.write("medloc.yaml", settings)
    content.write("source_content/fever.md", article)
    assert content("sync") == 0
    return content


def approved_project(root: Path) -> Content:
    """A project with everything translated into es and ar, and approved."""
    content = small_project(root)
    for locale, words in WORDS.items():
        content.translate(locale, words)
    content.approve_all("en", "editor")
    for locale in WORDS:
        content.approve_all(locale, "doctor", "linguist", "writer")
    return content
