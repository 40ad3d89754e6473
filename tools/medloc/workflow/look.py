"""The theme that a project's pages are drawn with: the shipped one, and its own files in it."""

from __future__ import annotations

from medloc.theme import Theme, read_theme
from medloc.theme.overrides import NAME
from medloc.workflow.project import Project


def project_theme(project: Project) -> Theme:
    """The theme of a project; raises ThemeError for a file of its own that cannot be used."""
    return read_theme(project.root / NAME)
