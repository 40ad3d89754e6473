"""The verb check: over a project's catalogs, or over lone PO files of any origin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from medloc.errors import CatalogError, MedlocError, UsageError
from medloc.glossary import GlossaryError
from medloc.languages import babel_locale
from medloc.model import Term
from medloc.workflow.check_alone import check_file
from medloc.workflow.findings import Checked, Row, check_rows, context_of, joined

if TYPE_CHECKING:
    from medloc.workflow.project import Project
    from medloc.workflow.sources import Sources


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
    from medloc.workflow.status import read_decisions

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
        from medloc.workflow.project import open_project
        from medloc.workflow.sources import read_sources

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


def _rows_of(project: Project, sources: Sources, slug: str, locale: str) -> tuple[list[Row], int]:
    from medloc.workflow.translations import load_catalog, translations

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
