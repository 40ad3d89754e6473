"""Puts a built site into its folder, so that a visitor or a crash never meets half a decision.

Order: what is withdrawn goes first, then pages are replaced one by one, `manifest.json` last: it
is the commit point. Only what an earlier run of ours wrote is ever removed or overwritten.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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
    if ROOT not in files:
        raise SiteError("a site without its manifest is not published.", path=ROOT)
    site = Publication(output)
    site.refuse_foreign(files)
    site.keep_only(files.keys())  # first, and even when the disk is too full for all that follows
    site.put({path: data for path, data in files.items() if not _is_manifest(path)})
    return site.finish({path: data for path, data in files.items() if _is_manifest(path)})


class Publication:
    """The folder of a site while it is replaced, a few files at a time.

    With `whole` every file in it is known, and what is not put into it again can be removed; else
    only what is named is looked at. `broken` tells that an earlier run did not come to its end.
    `on_change` is called once, before the first file is written or removed.
    """

    def __init__(
        self, output: Path, *, whole: bool = True, on_change: Callable[[], None] = lambda: None
    ) -> None:
        self._output = output
        self._on_change: Callable[[], None] | None = on_change
        self.broken = (output / INTENT).exists()
        self._present = _present(output) if whole else set[str]()
        self.whole = whole
        self._ours = _ours(output, self._present) if whole else _Lazily(output)
        self._announced = False
        self._folders: set[str] = set()
        self._known: set[str] = set()
        self.written: list[str] = []
        self.unchanged = 0
        self.removed: set[str] = set()

    def refuse_foreign(self, files: Mapping[str, bytes]) -> None:
        """Raise SiteError if any of these files may not be put, or the folder is not ours."""
        for path in files:
            self._prove(path)
        _refuse_foreign(self._output, files, self._present, set(self._ours))

    def put(self, files: Mapping[str, bytes]) -> None:
        """Put files in place; those that are there already stay as they are."""
        fresh = [path for path in sorted(files, key=_order) if not self._holds(path, files[path])]
        self._known |= files.keys()
        self.unchanged += len(files) - len(fresh)
        if fresh:
            self._changing()
            self._announce([path for path in fresh if path not in self._ours])
            self.written += [path for path in fresh if _write(self._output, path, files[path])]

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files of ours that are there."""
        for path in sorted(paths):
            known = path in self._known or path in self._ours
            if known and (self._output / path).is_file():
                self._changing()
                _remove(self._output, path)
                self.removed.add(path)
                self._known.discard(path)

    def keep_only(self, paths: Collection[str]) -> None:
        """Remove whatever else of ours is there, and what killed runs left behind."""
        others = (set(self._ours) & self._present) - set(paths) - {INTENT} - self.removed
        for path in [*sorted(others), *filter(_is_temporary, self._present)]:
            self._changing()
            _remove(self._output, path)
        self.removed |= others

    def keep_put(self, others: Collection[str]) -> None:
        """Remove what was not put this time and is none of `others`, which will be."""
        self.keep_only({*self._known, *others})

    def finish(self, manifests: Mapping[str, bytes]) -> Published:
        """Put the manifests, the root's last: the commit point. Everything else is there."""
        self.put(manifests)
        (self._output / INTENT).unlink(missing_ok=True)
        ours = set(self._ours) | self._known if self.whole else set()
        return Published(
            tuple(sorted(self.written)),
            tuple(sorted(self._known - set(self.written))),
            tuple(sorted(self.removed)),
            _foreign(self._present, ours) if self.whole else (),
        )

    def _changing(self) -> None:
        on_change, self._on_change = self._on_change, None
        if on_change is not None:
            on_change()

    def _holds(self, path: str, data: bytes) -> bool:
        self._prove(path)
        known = path in self._known or path in self._ours
        if not known and (self._output / path).exists():
            _refuse_foreign(self._output, {path: data}, {path}, {ROOT})
        return _holds(self._output / path, data)

    def _prove(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        _prove_path(self._output, path, proved=folder if folder in self._folders else "")
        if len(self._folders) > 1000:
            self._folders.clear()
        self._folders.add(folder)

    def _announce(self, paths: Iterable[str]) -> None:
        """Say, for good, which files this run will have made before it makes them: after a crash
        that is how the next run knows pages that no manifest names."""
        paths = sorted(set(paths) - {INTENT})
        if paths or not self._announced:
            line = json.dumps(paths, ensure_ascii=False).encode() + b"\n"
            disk.append(self._output / INTENT, line, name=INTENT)
            self._announced = True


def _write(output: Path, path: str, data: bytes) -> bool:
    # Pages can be built again, so they are synced together, once, before the commit point.
    if path == ROOT:
        os.sync()
    return disk.replace(output / path, data, name=path, durable=path == ROOT)


class _Lazily:
    """What earlier runs wrote, looked up language by language."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._root = set(listed(_read(output, ROOT))) | {ROOT, INTENT}
        self._tags: dict[str, set[str]] = {}

    def __contains__(self, path: object) -> bool:
        tag = str(path).partition("/")[0]
        manifest = f"{tag}/{ROOT}"
        if path in self._root:
            return True
        if tag not in self._tags and manifest in self._root:
            self._tags[tag] = set(listed(_read(self._output, manifest), path=manifest))
        return path in self._tags.get(tag, ())

    def __iter__(self) -> Iterator[str]:
        return iter(self._root)


def _is_manifest(path: str) -> bool:
    return path == ROOT or (path.endswith(f"/{ROOT}") and path.count("/") == 1)


def _order(path: str) -> tuple[int, str]:
    """Style sheets and images before the pages that use them, manifests after what they name."""
    if path == ROOT:
        return 3, path
    if path.endswith(f"/{ROOT}"):
        return 2, path
    return (0 if path.startswith("assets/") else 1), path


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


def _ours(output: Path, present: Collection[str]) -> set[str]:
    """What earlier runs wrote, by the manifests that stand and the list of a broken-off run."""
    found: set[str] = set()
    if ROOT in present:
        found |= {ROOT, *listed(_read(output, ROOT))}
        for path in sorted(filter(_is_manifest, found - {ROOT})):
            if path in present:
                found |= set(listed(_read(output, path), path=path))
    if INTENT in present:
        found |= {INTENT, *_intended(_read(output, INTENT))}
    for path in found:
        _prove_path(output, path)
    return found


def _intended(data: bytes) -> Iterator[str]:
    """A list of paths in each line. A last line without its end was not acted on."""
    try:
        *lines, broken = data.split(b"\n")
        for paths in map(json.loads, lines):
            if not isinstance(paths, list):
                raise TypeError
            yield from map(str, paths)
        if broken and not broken.startswith(b"["):
            raise TypeError
    except (ValueError, TypeError) as error:
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


def _prove_path(output: Path, path: str, *, proved: str = "") -> None:
    """Refuse a path that is not plainly below the folder, or that a link on the disk leads away;
    the folder `proved` needs no second look."""
    parts = path.split("/")
    if any(part in {"", ".", ".."} or not _PART.fullmatch(part) for part in parts):
        raise SiteError(
            f"`{path}` is no path below the site.", path=str(output), advice="Nothing was written."
        )
    known = proved.count("/") + 1 if proved and path.startswith(f"{proved}/") else 0
    for number in range(known, len(parts)):
        place = output.joinpath(*parts[: number + 1])
        kind = _kind(place)
        if kind == stat.S_IFLNK:
            raise SiteError(
                "this is a symbolic link; medloc does not write through links.",
                path=str(place),
                advice="Remove it, then build again.",
            )
        last = number == len(parts) - 1
        if kind and not last and kind != stat.S_IFDIR:
            raise SiteError(
                "a file stands where a folder is needed.",
                path=str(place),
                advice="Move it away, then build again.",
            )
        if last and kind == stat.S_IFDIR:
            raise SiteError(
                "a folder stands where a file is needed.",
                path=str(place),
                advice="Move it away, then build again.",
            )


def _kind(place: Path) -> int:
    """What stands there itself, as `stat` calls it; 0 when nothing does."""
    try:
        return stat.S_IFMT(place.lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _read(output: Path, path: str) -> bytes:
    return disk.read(output / path, name=path)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
