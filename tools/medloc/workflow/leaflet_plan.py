"""Whether leaflets are made, and how: decided once for a build, the same for all its articles."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from medloc.leaflet_pdf import leaflet_versions
from medloc.site import ROOT, read_manifest
from medloc.workflow.project import Project

NAME = "leaflet.pdf"
LAYOUT_ASKED = "plain"  # of `build --pdf` in a project whose settings name no layout


@dataclass(frozen=True, slots=True)
class LeafletPlan:
    """How the leaflets of a build are made. A value: it can be sent to another process.

    `versions` are those of what draws them, `folder` is the site that stands, `standing` the
    SHA-256 of its leaflets by path. With `dry` none is made, but pages link to theirs.
    """

    bilingual: bool
    versions: Mapping[str, str] = field(default_factory=dict)
    folder: Path = Path()
    standing: Mapping[str, str] = field(default_factory=dict)
    dry: bool = False


def plan_leaflets(
    project: Project, folder: Path, *, asked: bool = False, dry: bool = False
) -> LeafletPlan | None:
    """How leaflets are made in a build into `folder`; None without any: `site.leaflets` of the
    settings says so, or somebody `asked` for them.

    Raises UsageError when the extra `pdf` is not installed.
    """
    layout = project.settings.site.leaflets or (LAYOUT_ASKED if asked else "")
    if not layout:
        return None
    bilingual = layout == "bilingual"
    if dry:
        return LeafletPlan(bilingual, dry=True)
    return LeafletPlan(bilingual, leaflet_versions(), folder, _standing(folder / ROOT))


def leaflet_path(page: str) -> str:
    """Where the leaflet of a page stands.

    >>> leaflet_path("es/clonus/index.html")
    'es/clonus/leaflet.pdf'
    """
    return page.removesuffix("index.html") + NAME


def _standing(manifest: Path) -> Mapping[str, str]:
    if not manifest.is_file():
        return {}
    files = read_manifest(manifest.read_bytes()).get("files")
    named = json.loads(json.dumps(files)) if isinstance(files, dict) else {}
    return {path: str(value) for path, value in named.items() if path.endswith(f"/{NAME}")}
