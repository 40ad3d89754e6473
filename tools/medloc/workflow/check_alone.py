"""Checking a lone PO file of any origin: its header says from which language into which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from medloc.catalogs import read_catalog
from medloc.checks import Context
from medloc.errors import CatalogError
from medloc.model import Catalog, Pair, Term
from medloc.workflow.findings import Checked, Row, check_rows


def check_file(path: Path, *, name: str, locale: str = "", terms: tuple[Term, ...] = ()) -> Checked:
    """Check a lone PO file; its target locale is `locale` or its header `Language`, its source
    language the header `X-Source-Language` or English. Raises CatalogError."""
    catalog = read_catalog(path, name=name)
    target = locale or _header_locale(catalog.header("Language"))
    if not target:
        raise CatalogError(
            "its header names no language",
            path=name,
            line=1,
            advice="Write it there (`Language: es`), or name it: --locale es.",
        )
    source = _header_locale(catalog.header("X-Source-Language")) or "en"
    rows = list(_lone_rows(catalog, name, target))
    entries = [entry for entry in catalog.entries if not entry.obsolete]
    return check_rows(rows, Context(target=target, source=source, glossary=terms), None,
                  len(entries) - len({row.line for row in rows}))  # fmt: skip


def _header_locale(said: str) -> str:
    """A locale as catalogs of any origin write it: `pt-br` and `pt_BR.UTF-8` are pt_BR.

    >>> _header_locale("pt-br"), _header_locale("sr@latin"), _header_locale("zh-hans_CN")
    ('pt_BR', 'sr_Latn', 'zh_Hans_CN')
    """
    plain, _, variant = said.strip().partition("@")
    language, *rest = re.split(r"[-_]", plain.partition(".")[0])
    script = {"latin": "Latn", "cyrillic": "Cyrl"}.get(variant.lower())
    parts = [part.title() if len(part) == 4 else part.upper() for part in rest]
    return "_".join((language.lower(), *([script] if script else ()), *parts))


def _lone_rows(catalog: Catalog, name: str, locale: str) -> Iterator[Row]:
    """The pairs of a lone file; a plural form is a pair with the singular or the plural."""
    for entry in catalog.entries:
        if entry.obsolete or entry.fuzzy:
            continue
        forms = [(entry.msgid, entry.msgstr)]
        if entry.msgid_plural is not None:
            last = len(entry.msgstr_plural) - 1
            forms = [
                (entry.msgid if n == 0 < last else entry.msgid_plural, text)
                for n, text in enumerate(entry.msgstr_plural)
            ]
        for source, target in forms:
            if target.strip():
                pair = Pair(name, locale, entry.context, source, target)
                yield Row(name, entry.line, entry.msgid, pair)
