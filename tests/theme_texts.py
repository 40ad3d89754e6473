"""`make theme-texts`: brings theme.pot and the theme's catalogs up to what templates say.

The words are found by Babel, by the mapping in tools/medloc/theme/babel.cfg: `{{ _("...") }}` in
templates, `_("...")` in modules. New texts come in empty, texts that are gone go; a changed text is
a new one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

from medloc.catalogs import new_catalog, read_catalog, write_catalog
from medloc.model import Catalog, Entry
from medloc.theme.words import CATALOGS, FOLDER

TEMPLATE = FOLDER / "theme.pot"


def texts() -> Mapping[str, tuple[str, ...]]:
    """Every text of the theme with the files that say it: templates first, in order of name."""
    with (FOLDER / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    extracted = extract_from_dir(FOLDER, methods, options, keywords={"_": None})
    found: dict[str, tuple[str, ...]] = {}
    for name, _line, text, *_ in sorted(extracted, key=lambda one: (_is_module(one[0]), one[0])):
        found[text] = tuple(dict.fromkeys((*found.get(text, ()), name)))
    return found


def template() -> bytes:
    """theme.pot as it should be."""
    empty = new_catalog("", path="theme.pot", name="medloc theme")
    headers = tuple(header for header in empty.headers if header[0] != "Language")
    return write_catalog(replace(empty, headers=headers, entries=_entries({})))


def catalog_of(locale: str) -> Catalog:
    """The catalog of a language with exactly the texts there are."""
    path = CATALOGS / locale / "LC_MESSAGES" / "theme.po"
    old = read_catalog(path, name=path.relative_to(FOLDER).as_posix())
    return replace(old, entries=_entries({entry.msgid: entry for entry in old.entries}))


def languages() -> tuple[str, ...]:
    """The languages that medloc ships words in."""
    return tuple(sorted(path.name for path in CATALOGS.iterdir()))


def _entries(known: Mapping[str, Entry]) -> tuple[Entry, ...]:
    return tuple(
        replace(
            known.get(text, Entry(context="", msgid=text)),
            references=names,
            flags=("python-format",) if "%(" in text else (),
        )
        for text, names in texts().items()
    )


def _is_module(name: str) -> bool:
    return name.endswith(".py")


def main() -> None:
    """Write theme.pot and the catalogs, and say what is left to translate."""
    TEMPLATE.write_bytes(template())
    for locale in languages():
        catalog = catalog_of(locale)
        (CATALOGS / locale / "LC_MESSAGES" / "theme.po").write_bytes(write_catalog(catalog))
        empty = sum(not entry.msgstr or entry.fuzzy for entry in catalog.entries)
        print(f"{catalog.path}: {len(catalog.entries)} texts, {empty} to translate")


if __name__ == "__main__":
    main()
