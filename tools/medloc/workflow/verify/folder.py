"""Level "folder": every byte of the site is named by its manifests, and nothing else is there."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from medloc.model import Event, Kind, Policy
from medloc.site import ROOT, canonical_json
from medloc.theme.rendering import SHIPPED, Theme
from medloc.workflow.verify.chain import Chain
from medloc.workflow.verify.findings import Level, refute

PROOF = "proof.json"
DATA = "index.json"
_HASH = re.compile(r"[0-9a-f]{64}")
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Root:
    """The root manifest: what it names by path, the ledger it was built from, the policy then."""

    digest: str
    source: str
    head: str
    count: int
    date: str
    policy: Policy
    locales: Mapping[str, str]  # tag -> locale
    files: Mapping[str, str]  # path -> SHA-256, the locale manifests among them
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Site:
    """A folder whose bytes are those its manifests name; `pages` are article pages by path, in
    order, each with the tag of its language; `hashes` every file but the root manifest; `look` is
    the theme that draws them."""

    folder: Path
    root: Root
    pages: Mapping[str, str] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    look: Theme = SHIPPED

    def read(self, path: str) -> bytes:
        """The bytes of a file below the site."""
        return (self.folder / path).read_bytes()

    def tags(self) -> dict[str, str]:
        """Locale -> tag."""
        return {locale: tag for tag, locale in self.root.locales.items()}


def read_root(folder: Path) -> Root:
    """Read the root manifest of a site; raises RefutedError when it is missing or none of ours."""
    path = folder / ROOT
    if path.is_symlink() or not path.is_file():
        raise refute(Level.FOLDER, ROOT, expected="a root manifest", found="nothing")
    return parse_root(path.read_bytes(), file=ROOT)


def parse_root(data: bytes, *, file: str) -> Root:
    """The root manifest in `data`; raises RefutedError naming `file`."""
    value = parse(data, file=file)
    ledger = mapping(value, "ledger", file)
    locales = {tag: mapping(locales_of(value, file), tag, file) for tag in locales_of(value, file)}
    named = {tag: text(one, "locale", file) for tag, one in locales.items()}
    for tag, locale in named.items():
        if tag != locale.replace("_", "-"):
            raise _odd(file, f"the tag of {locale}", tag)
    manifests = {f"{tag}/{ROOT}": text(one, "manifest", file) for tag, one in locales.items()}
    plain = {**mapping(value, "assets", file), **mapping(value, "files", file)}
    count = ledger.get("count")
    if type(count) is not int or count < 0:
        raise _odd(file, "the number of an event as `ledger.count`", repr(count))
    if type(value.get("build")) is not int or value["build"] < 1:
        raise _odd(file, "a number of 1 or more as `build`", repr(value.get("build"))[:60])
    return Root(
        digest=hashlib.sha256(data).hexdigest(),
        source=text(value, "source", file),
        head=text(ledger, "head", file),
        count=count,
        date=text(value, "date", file),
        policy=_policy(mapping(value, "policy", file), file),
        locales=named,
        files=_hashes({**plain, **manifests}, file),
        value=value,
    )


def check_folder(folder: Path, root: Root, chain: Chain) -> Site:
    """Compare the folder with its manifests and the last edition that was published."""
    _check_published(root, chain)
    hashes = dict(root.files)
    pages: dict[str, str] = {}
    present = set(_walk(folder, ""))
    for tag in sorted(root.locales):
        name = f"{tag}/{ROOT}"
        _check_bytes(folder, name, root.files[name], present)
        for page, own in _pages(folder, name, tag, root.locales[tag]).items():
            pages[page] = tag
            beside = {proof_of(page): own.get("proof"), data_of(page): own.get("data")}
            hashes |= _hashes({page: own.get("page"), **beside}, name)
    for name in sorted(hashes):
        _check_bytes(folder, name, hashes[name], present)
    for name in sorted(present - hashes.keys() - {ROOT}):
        shown = name.encode(errors="surrogateescape").decode(errors="replace")
        raise refute(Level.FOLDER, shown, expected="no file but those named", found="this one")
    return Site(folder, root, dict(sorted(pages.items())), hashes)


def day(root: Root) -> dt.date:
    """The day the site was built as on."""
    try:
        return dt.date.fromisoformat(root.date)
    except ValueError:
        raise _odd(ROOT, "a date", root.date) from None


def proof_of(page: str) -> str:
    """Where the proof of a page stands."""
    return page.removesuffix("index.html") + PROOF


def data_of(page: str) -> str:
    """Where the data of a page stand."""
    return page.removesuffix("index.html") + DATA


def parse(data: bytes, *, file: str) -> Mapping[str, Any]:
    """A manifest or proof: canonical JSON of our format; raises RefutedError naming `file`."""
    try:
        value = json.loads(data)
        same = canonical_json(value) == data
    except (ValueError, RecursionError):
        raise _odd(file, "JSON", "something else") from None
    # JSON's `true` and `1.0` are equal to 1, and are not it.
    if not isinstance(value, dict) or repr(value.get("format")) != str(_FORMAT):
        raise _odd(
            file, f"a file of medloc, format {_FORMAT}", data[:60].decode("utf-8", "replace")
        )
    if not same:
        raise _odd(file, "canonical JSON (sorted keys, no spaces)", "another spelling")
    return value


def mapping(value: Mapping[str, Any], key: str, file: str) -> Mapping[str, Any]:
    """A mapping under a key; raises RefutedError when it is something else."""
    found = value.get(key)
    if not isinstance(found, dict):
        raise _odd(file, f"a mapping as `{key}`", repr(found)[:60])
    return found


def text(value: Mapping[str, Any], key: str, file: str) -> str:
    """A text under a key; raises RefutedError when it is something else."""
    found = value.get(key)
    if not isinstance(found, str):
        raise _odd(file, f"a text as `{key}`", repr(found)[:60])
    return found


def locales_of(value: Mapping[str, Any], file: str) -> Mapping[str, Any]:
    """The locales a root manifest names, by tag."""
    return mapping(value, "locales", file)


def _pages(folder: Path, name: str, tag: str, locale: str) -> Mapping[str, Mapping[str, Any]]:
    value = parse((folder / name).read_bytes(), file=name)
    said = (text(value, "tag", name), text(value, "locale", name))
    if said != (tag, locale):
        raise _odd(name, f"the manifest of {tag}", f"that of {said[0]} ({said[1]})")
    pages = mapping(value, "pages", name)
    for page in pages:
        if not (page.startswith(f"{tag}/") and page.endswith("/index.html")):
            raise _odd(name, f"pages below {tag}/", page)
    return {page: mapping(pages, page, name) for page in pages}


def _check_published(root: Root, chain: Chain) -> None:
    """A ledger that records editions says which one is the last; any other site is not it."""
    editions = [event for event in chain.events if event.draft.kind is Kind.PUBLISH]
    if not editions or editions[-1].draft.text == root.digest:
        return
    last = editions[-1]
    earlier = [event for event in editions if event.draft.text == root.digest]
    raise refute(
        Level.FOLDER,
        ROOT,
        event=last.number,
        expected=f"the edition published last, on {last.at[:10]} (manifest {last.draft.text})",
        found=_older(earlier[-1]) if earlier else f"one nobody published (manifest {root.digest})",
        advice="" if earlier else _unpublished(chain, last),
    )


def _unpublished(chain: Chain, last: Event) -> str:
    if any(event.draft.kind is Kind.RECALL for event in chain.events[last.number :]):
        return (
            "Publish it (medloc build --as PUBLISHER). Words were recalled since that edition: "
            "never put it back."
        )
    return "Publish it (medloc build --as PUBLISHER), or put the last published edition back."


def _older(event: Event) -> str:
    return f"an older one, published by event {event.number} on {event.at[:10]}"


def _check_bytes(folder: Path, name: str, expected: str, present: set[str]) -> None:
    if name not in present:
        raise refute(Level.FOLDER, name, expected="this file", found="nothing")
    path = folder / name
    if path.is_symlink() or not path.is_file():
        raise refute(Level.FOLDER, name, expected="a file", found="a link or something else")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise refute(Level.FOLDER, name, expected=f"SHA-256 {expected}", found=found)


def _walk(folder: Path, prefix: str) -> Iterator[str]:
    """Every file below the folder; links count as files and are not followed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path), f"{prefix}{entry.name}/")
            else:
                yield f"{prefix}{entry.name}"


def _hashes(named: Mapping[str, Any], file: str) -> dict[str, str]:
    for path, value in named.items():
        parts = path.split("/")
        if any(part in {"", ".", ".."} or "\\" in part or "\0" in part for part in parts):
            raise _odd(file, "paths below the site", path)
        if not isinstance(value, str) or not _HASH.fullmatch(value):
            raise _odd(file, f"a SHA-256 for {path}", repr(value)[:80])
    return dict(named)


def _policy(value: Mapping[str, Any], file: str) -> Policy:
    roles = {name: value.get(name) for name in ("normal", "high_risk", "source")}
    for name, found in roles.items():
        if not isinstance(found, list) or not all(isinstance(role, str) for role in found):
            raise _odd(file, f"a list of roles as `policy.{name}`", repr(found)[:60])
    grace = value.get("grace")
    if type(grace) is not int:
        raise _odd(file, "a number of days as `policy.grace`", repr(grace)[:60])
    return Policy(
        normal=tuple(value["normal"]),
        high_risk=tuple(value["high_risk"]),
        source=tuple(value["source"]),
        incomplete=text(value, "incomplete", file),
        grace=grace,
        raw_html=text(value, "raw_html", file),
    )


def _odd(file: str, expected: str, found: str) -> Exception:
    return refute(Level.FOLDER, file, expected=expected, found=found)
