"""Level "rebuild": the project, built again elsewhere at the same head, gives the same bytes."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from medloc.ledger import open_ledger
from medloc.ledger.bodies import write_body
from medloc.model import Event
from medloc.site import ROOT
from medloc.theme.overrides import NAME as THEME
from medloc.workflow.construction import build_site
from medloc.workflow.leaflet_plan import NAME, LeafletPlan, plan_leaflets
from medloc.workflow.project import Project, digest
from medloc.workflow.verify.chain import Chain
from medloc.workflow.verify.findings import Level, refute
from medloc.workflow.verify.folder import Site, day, read_root

_FONTS = "Other fonts make other leaflets: verify where it was built, or build again here."
_LEDGER = "ledger.sqlite"


def check_rebuild(site: Site, chain: Chain, project: Project) -> None:
    """Build in a temporary folder, with the ledger cut at the head the site names, and compare.

    Nothing is written into the project. Raises RefutedError for the first file that differs: the
    programs' versions first, then pages, the root manifest last.
    """
    with tempfile.TemporaryDirectory(prefix="medloc-verify-") as name:
        again = _copy(project, Path(name), chain, site.root.count)
        folder = again.root / "site"
        folder.mkdir()
        # Its build number is kept when nothing else differs.
        (folder / ROOT).write_bytes(site.read(ROOT))
        build_site(again, folder, "site", day(site.root), leaflets=_leaflets(site, again, folder))
        _compare(site, folder)


def _leaflets(site: Site, project: Project, folder: Path) -> LeafletPlan | None:
    """Leaflets are made if the site has some; none is taken over from it."""
    asked = any(path.endswith(f"/{NAME}") for path in site.hashes)
    plan = plan_leaflets(project, folder, asked=asked)
    return plan and replace(plan, standing={})


def _copy(project: Project, root: Path, chain: Chain, count: int) -> Project:
    """The inputs of a build, in a folder of their own, with the first `count` events."""
    settings = project.settings
    for part in (settings.content, settings.catalogs, THEME):
        source = project.root / part
        if source.is_dir():
            skipped = shutil.ignore_patterns("*.mo", "*.jsonl")
            shutil.copytree(source, root / part, symlinks=False, ignore=skipped)
    again = replace(project, root=root, settings=replace(settings, ledger=f"sqlite:///{_LEDGER}"))
    if count:
        with open_ledger(again.settings.ledger, base=root).transaction() as ledger:
            ledger.extend(_body(event) for event in chain.events[:count])
    return again


def _body(event: Event) -> bytes:
    return write_body(event.draft, number=event.number, previous=event.previous, at=event.at)[0]


def _compare(site: Site, folder: Path) -> None:
    again = read_root(folder)
    for key in ("versions", "theme"):
        expected, found = site.root.value.get(key), again.value.get(key)
        if expected != found:
            raise refute(
                Level.REBUILD,
                ROOT,
                expected=f"{key} {expected}, as it was built with",
                found=f"{found} here",
                advice="Install those versions, then verify again.",
            )
    hashes = {
        path.relative_to(folder).as_posix(): digest(path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }
    published = {**site.hashes, ROOT: site.root.digest}
    # Pages before the manifests that only repeat what is off in them.
    for name in sorted(hashes.keys() | published.keys(), key=_manifests_last):
        if hashes.get(name) != published.get(name):
            raise refute(
                Level.REBUILD,
                name,
                expected=_named(hashes.get(name)),
                found=_named(published.get(name)),
                advice=_FONTS if name.endswith(f"/{NAME}") else "",
            )


def _manifests_last(name: str) -> tuple[int, str]:
    if name.endswith("/index.html"):
        return 0, name
    return (2 if name == ROOT else 1), name


def _named(hashed: str | None) -> str:
    return "no such file" if hashed is None else f"SHA-256 {hashed}"
