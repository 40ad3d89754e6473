"""What killed runs, foreign tools and removed articles left in the folders of a project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from medloc import files
from medloc.site.publish import INTENT
from medloc.workflow.project import Project
from medloc.workflow.sources import Sources


@dataclass(frozen=True, slots=True)
class Finding:
    """Something for a person to do: the name of the check, what was found, the advice."""

    check: str
    found: str
    advice: str


def find_leftovers(project: Project, sources: Sources) -> Iterator[Finding]:
    """Temporary files, builds that were broken off, compiled words without their page, catalogs
    without their article, damaged catalogs that were put aside."""
    settings = project.settings
    site = project.root / settings.site.output
    folders = (settings.content, settings.catalogs, settings.site.output, ".medloc")
    temporary = sorted(project.root.glob(".medloc-*.tmp"))
    for name in folders:
        temporary += files.leftovers(project.root / name)
    for path in dict.fromkeys(temporary):
        yield Finding("leftover", _name(project, path), "A killed run left it: delete it.")
    if (site / INTENT).exists():
        yield Finding(
            "leftover",
            _name(project, site / INTENT),
            "A build was broken off while it wrote: run medloc build.",
        )
    yield from _without_page(project, site)
    yield from _without_article(project, sources)
    for path in _catalogs(project, "*.po.damaged*"):
        yield Finding(
            "damaged",
            _name(project, path),
            "Take over what the catalog beside it lacks, then delete it.",
        )


def _without_page(project: Project, site: Path) -> Iterator[Finding]:
    for path in _catalogs(project, "*.mo"):
        locale, slug = _identity(project, path)
        page = site / locale.replace("_", "-") / slug / "proof.json"
        if not page.is_file():
            advice = "No page shows these words: run medloc build; if it is still there, delete it."
            yield Finding("leftover", _name(project, path), advice)


def _without_article(project: Project, sources: Sources) -> Iterator[Finding]:
    for path in _catalogs(project, "*.po"):
        locale, slug = _identity(project, path)
        if locale not in project.settings.locales:
            advice = f"Add {locale} to `locales` in medloc.yaml, or move the file away."
            yield Finding("orphan", _name(project, path), advice)
        # An article that cannot be read is not gone.
        elif slug not in sources.articles and not sources.refused:
            advice = f"There is no article {slug} any more: if it was renamed, give it "
            advice += f"`slug: {slug}`; else move the file away."
            yield Finding("orphan", _name(project, path), advice)


def _catalogs(project: Project, pattern: str) -> list[Path]:
    folders = (project.root / project.settings.catalogs).glob("*/LC_MESSAGES")
    return sorted(path for folder in folders for path in folder.rglob(pattern))


def _identity(project: Project, path: Path) -> tuple[str, str]:
    """Locale and article of a file in the folders of the catalogs."""
    parts = path.relative_to(project.root / project.settings.catalogs).with_suffix("").parts
    return parts[0], "/".join(parts[2:])


def _name(project: Project, path: Path) -> str:
    return path.relative_to(project.root).as_posix()
