"""The verb check: over a project's catalogs, or over lone PO files of any origin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from medloc.catalogs import read_catalog
from medloc.checks import Context
from medloc.errors import CatalogError, MedlocError, UsageError
from medloc.glossary import GlossaryError
from medloc.languages import babel_locale
from medloc.model import Catalog, Pair, Term
from medloc.workflow.findings import Checked, Row, check_rows, context_of, joined
from medloc.workflow.project import Project, open_project
from medloc.workflow.sources import Sources, read_sources
from medloc.workflow.status import read_decisions
from medloc.workflow.translations import load_catalog, translations


def check_project(
    project: Project,
    sources: Sources,
    *,
    catalogs: Iterable[str] = (),
    locales: Sequence[str] = (),
    terms: tuple[Term, ...] | None = None,
) -> Checked:
    """Check every translated message of the project, or of some of its catalogs (by path).

    The pairs are written out, as reviewers decide on them. `terms` stand for the locales' own
    glossaries. What cannot be read is a trouble; a bad ledger or bad settings raise.
    """
    decisions = read_decisions(project)
    wanted = set(catalogs)
    troubles: list[MedlocError] = [] if wanted else list(sources.refused)
    parts: list[Checked] = []
    for locale in project.locales(locales):
        rows: list[Row] = []
        skipped = 0
        try:
            context = context_of(project, locale, terms=terms)
        except GlossaryError as trouble:
            troubles.append(trouble)
            continue
        for slug in sources.articles:
            name = project.catalog_name(slug, locale)
            if wanted and name not in wanted:
                continue
            try:
                fresh, left = _rows_of(project, sources, slug, locale)
            except CatalogError as trouble:
                troubles.append(trouble)
                continue
            rows += fresh
            skipped += left
        parts.append(check_rows(rows, context, decisions, skipped))
    return joined(parts, troubles)


def check_files(
    paths: Sequence[Path],
    *,
    root: Path | None = None,
    locale: str = "",
    terms: tuple[Term, ...] | None = None,
) -> Checked:
    """Check PO files and all those in folders. Catalogs of the project in `root` are checked as
    the project's, with its glossary, policy and waivers; others by themselves.

    Raises UsageError for a path that is not there; a file that cannot be read is a trouble.
    """
    if locale and babel_locale(locale) is None:
        raise UsageError(f"--locale: `{locale}` is not known", advice="Write it as es or pt_BR.")
    own, lone = _parted(paths, root)
    parts: list[Checked] = []
    troubles: list[MedlocError] = []
    if own and root is not None:
        project = open_project(root)
        sources = read_sources(project)
        known = {project.catalog_name(a, la) for a in sources.articles for la in project.locales()}
        lone += [given for name, given in own.items() if name not in known]
        wanted = [name for name in own if name in known]
        if wanted:
            parts.append(check_project(project, sources, catalogs=wanted, terms=terms))
    for path in lone:
        try:
            parts.append(check_file(path, name=str(path), locale=locale, terms=terms or ()))
        except CatalogError as trouble:
            troubles.append(trouble)
    return joined(parts, troubles)


def _parted(paths: Sequence[Path], root: Path | None) -> tuple[dict[str, Path], list[Path]]:
    """The PO files that paths name: by name those below the project's root, and others."""
    own: dict[str, Path] = {}
    lone: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UsageError("there is no such file", path=str(path), advice="Check its name.")
        inside = [] if path.is_file() else sorted(path.rglob("*.po"))
        if not path.is_file() and not inside:
            raise UsageError("no PO file is in there", path=str(path), advice="Check its name.")
        for file in inside or [path]:
            absolute = file.resolve()
            if file.is_symlink() and path.is_dir() and not absolute.is_relative_to(path.resolve()):
                continue  # a link that leads out of the folder was not asked for
            if root is not None and absolute.is_relative_to(root.resolve()):
                own[absolute.relative_to(root.resolve()).as_posix()] = file
            else:
                lone.append(file)
    return own, lone


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


def _rows_of(project: Project, sources: Sources, slug: str, locale: str) -> tuple[list[Row], int]:
    article = sources.articles[slug]
    catalog = load_catalog(project, slug, locale)
    name = project.catalog_name(slug, locale)
    lines = {e.key: e.line for e in catalog.entries if not e.obsolete} if catalog else {}
    found = translations(project, article, locale, catalog)
    rows = [
        Row(name, lines.get((t.message.context, t.message.text), 0), t.message.text, t.pair,
             t.message.id)
        for t in found
        if not t.empty and not t.fuzzy
    ]  # fmt: skip
    return rows, len(found) - len(rows)
