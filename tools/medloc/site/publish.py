"""Puts a built site into its folder, so that a visitor or a crash never meets half a decision.

Order: what is withdrawn goes first, then pages are replaced one by one, `manifest.json` last: it
is the commit point. Only what an earlier run of ours wrote is ever removed or overwritten.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from medloc import files as disk
from medloc.site.manifests import ROOT, SiteError, listed

# What a run is about to write, there only while it runs. After a crash it is how the next run
# knows pages that no manifest names yet: an approval may have been taken back in the meantime.
INTENT = "publishing.json"

_PART = re.compile(r"[^\x00-\x1f\x7f/\\:]+")
_TEMPORARY = re.compile(r"\.medloc-[0-9a-f]{16}\.tmp")


@dataclass(frozen=True, slots=True)
class Published:
    """Paths below the site, sorted. `foreign` files are not ours and were left alone."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    foreign: tuple[str, ...] = ()


def publish(output: Path, files: Mapping[str, bytes]) -> Published:
    """Make the folder `output` hold exactly `files`, the manifests among them.

    A second call with the same files writes nothing. The caller holds a lock on `output`.
    Raises SiteError, with nothing touched, for a path that leaves the folder or goes through a
    link, a folder with content that is not ours, and a file of somebody else in the way.
    """
    for path in files:
        _prove_path(output, path)
    if ROOT not in files:
        raise SiteError("a site without its manifest is not published.", path=ROOT)
    present = _present(output)
    ours = _ours(output, present)
    _refuse_foreign(output, files, present, ours)

    removed = sorted((ours & present) - files.keys() - {INTENT})
    for path in [*removed, *filter(_is_temporary, present)]:
        _remove(output, path)  # first, and even when the disk is too full for all that follows
    written = _replace_all(output, files, ours)
    (output / INTENT).unlink(missing_ok=True)
    return Published(
        tuple(written),
        tuple(sorted(files.keys() - set(written))),
        tuple(removed),
        _foreign(present, ours | files.keys()),
    )


def _replace_all(output: Path, files: Mapping[str, bytes], ours: set[str]) -> list[str]:
    if all(_holds(output / path, data) for path, data in files.items()):
        return []
    _announce(output, ours | files.keys())
    return sorted(p for p in sorted(files, key=_order) if _write(output, p, files[p]))


def _write(output: Path, path: str, data: bytes) -> bool:
    # Pages can be built again, so they are synced together, once, before the commit point.
    if path == ROOT:
        os.sync()
    return disk.replace(output / path, data, name=path, root=output, durable=path == ROOT)


def _order(path: str) -> tuple[int, str]:
    """Style sheets and images before the pages that use them, manifests after what they name."""
    if path == ROOT:
        return 3, path
    if path.endswith(f"/{ROOT}"):
        return 2, path
    return (0 if path.startswith("assets/") else 1), path


def _announce(output: Path, paths: set[str]) -> None:
    data = json.dumps({"paths": sorted(paths - {INTENT})}, ensure_ascii=False, indent=0).encode()
    disk.replace(output / INTENT, data + b"\n", name=INTENT, root=output)


def _remove(output: Path, path: str) -> None:
    """Remove a file and the folders it leaves empty."""
    (output / path).unlink()
    for folder in (output / path).parents:
        if folder == output or any(folder.iterdir()):
            break
        folder.rmdir()


def _present(output: Path) -> set[str]:
    """Every file below the folder; links count as files and are not followed."""
    if output.exists() and not output.is_dir():
        raise SiteError("this is no folder.", path=str(output), advice="Name a folder to build in.")
    return set(_walk(output, ""))


def _walk(folder: Path, prefix: str) -> Iterator[str]:
    if not folder.is_dir():
        return
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}"


def _ours(output: Path, present: set[str]) -> set[str]:
    """What earlier runs wrote, by the manifests that stand and the list of a broken-off run."""
    found: set[str] = set()
    if ROOT in present:
        found |= {ROOT, *listed(_read(output, ROOT))}
        for path in sorted(found & present):
            if path.endswith(f"/{ROOT}") and path.count("/") == 1:
                found |= set(listed(_read(output, path), path=path))
    if INTENT in present:
        found |= {INTENT, *_intended(_read(output, INTENT))}
    for path in found:
        _prove_path(output, path)
    return found


def _intended(data: bytes) -> list[str]:
    try:
        paths = json.loads(data)["paths"]
        return [str(path) for path in paths]
    except (ValueError, KeyError, TypeError) as error:
        raise SiteError(
            "this was not written by medloc.", path=INTENT, advice="Build into an empty folder."
        ) from error


def _refuse_foreign(
    output: Path, files: Mapping[str, bytes], present: set[str], ours: set[str]
) -> None:
    strangers = _foreign(present, ours)
    if strangers and not ours:
        raise SiteError(
            f"the folder holds files that medloc did not write, `{strangers[0]}` the first.",
            path=str(output),
            advice="Name another folder (`--output`), or empty this one yourself.",
        )
    for path in strangers:
        if path in files and not _holds(output / path, files[path]):
            raise SiteError(
                "a file that medloc did not write is in the way of a page.",
                path=f"{output}/{path}",
                advice="Move it away, then build again.",
            )


def _foreign(present: set[str], ours: set[str]) -> tuple[str, ...]:
    return tuple(sorted(path for path in present - ours if not _is_temporary(path)))


def _is_temporary(path: str) -> bool:
    """Whether a killed `files.replace` left this behind."""
    return _TEMPORARY.fullmatch(path.rpartition("/")[2]) is not None


def _prove_path(output: Path, path: str) -> None:
    """Refuse a path that is not plainly below the folder, or that a link on the disk leads away."""
    parts = path.split("/")
    if any(part in {"", ".", ".."} or not _PART.fullmatch(part) for part in parts):
        raise SiteError(
            f"`{path}` is no path below the site.", path=str(output), advice="Nothing was written."
        )
    place = output
    for part in parts:
        place = place / part
        if place.is_symlink():
            raise SiteError(
                "this is a symbolic link; medloc does not write through links.",
                path=str(place),
                advice="Remove it, then build again.",
            )
        if place != output / path and place.exists() and not place.is_dir():
            raise SiteError(
                "a file stands where a folder is needed.",
                path=str(place),
                advice="Move it away, then build again.",
            )
    if place.is_dir():
        raise SiteError(
            "a folder stands where a file is needed.",
            path=str(place),
            advice="Move it away, then build again.",
        )


def _read(output: Path, path: str) -> bytes:
    return disk.read(output / path, name=path)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
