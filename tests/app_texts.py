"""`make app-texts`: brings the catalogs of the app's texts up to what `tr`, `later` and, in the
engine, `phrase` say.

New texts come in empty, texts that are gone go; a changed text is a new one. The catalogs are
written as all others are, so `msgcat --no-wrap` leaves them as they are.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from medloc.catalogs import new_catalog, read_catalog, write_catalog
from medloc.checks import ALL_CHECKS
from medloc.model import Catalog, Entry
from review_app.texts import LOCALES

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "review_app", ROOT / "tools" / "medloc")
KEYWORDS = ("tr", "later", "phrase")
LANGUAGES = ("es", "ar")
PLACES = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")


def texts() -> Mapping[str, list[str]]:
    """Every text that the interface shows, with the files that say it, in order."""
    found: dict[str, list[str]] = {}
    for name, text in _extracted():
        files = found.setdefault(text, [])
        if name not in files:
            files.append(name)
    for check in ALL_CHECKS:  # their names stand before findings
        found.setdefault(check.name, []).append("tools/medloc/checks/registry.py")
    return dict(sorted(found.items()))


def _extracted() -> Iterator[tuple[str, str]]:
    """Babel's own extraction passes over calls inside of f-strings."""
    for path in sorted(path for folder in FOLDERS for path in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            text = node.args[0]
            if name in KEYWORDS and isinstance(text, ast.Constant) and text.value:
                yield path.relative_to(ROOT).as_posix(), str(text.value)


def catalog_of(locale: str) -> Catalog:
    """The catalog of a language with exactly the texts there are."""
    path = LOCALES / locale / "LC_MESSAGES" / "app.po"
    name = path.relative_to(ROOT).as_posix()
    old = (
        read_catalog(path, name=name)
        if path.is_file()
        else new_catalog(locale, path=name, name="medloc app")
    )
    known = {entry.msgid: entry for entry in old.entries}
    entries = []
    for text, files in texts().items():
        entry = known.get(text) or Entry(context="", msgid=text)
        flags = ("python-brace-format",) if PLACES.search(text) else ()
        entries.append(
            Entry(context=entry.context, msgid=text, msgstr=entry.msgstr, fuzzy=entry.fuzzy,
                  references=tuple(files), flags=flags,
                  translator_comments=entry.translator_comments)
        )  # fmt: skip
    return Catalog(old.path, old.headers, old.header_comment, tuple(entries))


def main() -> None:
    """Write the catalogs and say what is left to translate."""
    for locale in LANGUAGES:
        catalog = catalog_of(locale)
        path = LOCALES / locale / "LC_MESSAGES" / "app.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write_catalog(catalog))
        empty = sum(not entry.msgstr for entry in catalog.entries)
        print(f"{path.relative_to(ROOT)}: {len(catalog.entries)} texts, {empty} to translate")


if __name__ == "__main__":
    main()
