"""What proves a site: proof.json per page, a manifest per locale, one root manifest over all.

Law: every file of a site but the root manifest is named with its SHA-256 by exactly one of them,
so that whoever holds the root manifest's hash can name the first byte that is off. All are
canonical JSON (sorted keys, LF at the end, no floats): the same site gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

from medloc.errors import MedlocError
from medloc.model import Language, MessageProof, Policy

ROOT = "manifest.json"
FORMAT = 1


class SiteError(MedlocError):
    """The folder of the site cannot be written, trusted or served; nothing of it is changed."""


def canonical_json(value: object) -> bytes:
    """The one form of a value as JSON.

    On one line: indented, it would be written by Python instead of C, a tenth of a build.

    >>> canonical_json({"b": 1, "a": ["ä"]})
    b'{"a":["\\xc3\\xa4"],"b":1}\\n'
    """
    text = json.dumps(
        value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True
    )
    return text.encode() + b"\n"


def page_proof(
    *,
    article: str,
    language: Language,
    page: bytes,
    source_hash: str,
    messages: Sequence[MessageProof],
    last_good: bool = False,
) -> dict[str, object]:
    """What the page of an article rests on: `proof.json` as a value, messages in page order;
    `last_good`: it is an edition of an older state, which the page says too."""
    return {
        **({"edition": "last_good"} if last_good else {}),
        "format": FORMAT,
        "article": article,
        "locale": language.locale,
        "tag": language.tag,
        "page": sha256(page),
        "source": source_hash,
        "messages": [_message(message) for message in messages],
    }


def seal(
    files: Mapping[str, bytes],
    *,
    languages: Sequence[Language],
    source: Language,
    theme: str,
    versions: Mapping[str, str],
    policy: Policy,
    date: dt.date,
    ledger_head: str,
    ledger_count: int,
    kept_head: tuple[str, int] | None = None,
    previous: bytes | None = None,
) -> dict[str, bytes]:
    """The manifests of a site: `<tag>/manifest.json` of each language, and the root manifest.

    `files` is everything else, by path; a page is a folder with `index.html` and `proof.json`,
    and `index.json` if it is there.
    `previous` is the root manifest that stands, or None: its build number is kept when nothing
    else differs, else one is added. `kept_head` is the head it names, if that may stay when nothing
    else differs. Raises SiteError when `previous` is no manifest of ours.
    """
    hashes = {name: sha256(data) for name, data in files.items()}
    manifests = {
        f"{language.tag}/{ROOT}": locale_manifest(hashes, language) for language in languages
    }
    others = _others(hashes, languages)
    root = root_manifest(
        {name: hashes[name] for name in others} | _assets(hashes),
        {language: sha256(manifests[f"{language.tag}/{ROOT}"]) for language in languages},
        source=source, theme=theme, versions=versions, policy=policy, date=date,
        ledger_head=ledger_head, ledger_count=ledger_count, kept_head=kept_head, previous=previous,
    )  # fmt: skip
    return {**manifests, ROOT: root}


def root_manifest(
    files: Mapping[str, str],
    manifests: Mapping[Language, str],
    *,
    source: Language,
    theme: str,
    versions: Mapping[str, str],
    policy: Policy,
    date: dt.date,
    ledger_head: str,
    ledger_count: int,
    kept_head: tuple[str, int] | None = None,
    previous: bytes | None = None,
) -> bytes:
    """The root manifest: `files` are the hashes of all that no other manifest names, by path,
    `manifests` that of each language's; the rest is as for `seal`."""
    root: dict[str, object] = {
        "format": FORMAT,
        "date": date.isoformat(),
        "source": source.locale,
        "locales": {
            language.tag: {"locale": language.locale, "manifest": hash_}
            for language, hash_ in manifests.items()
        },
        "assets": _assets(files),
        "files": {name: hash_ for name, hash_ in files.items() if not _is_asset(name)},
        "ledger": {"head": ledger_head, "count": ledger_count},
        "policy": _policy(policy),
        "theme": theme,
        "versions": dict(versions),
    }
    return _numbered(root, previous, kept_head)


def locale_manifest(files: Mapping[str, str], language: Language) -> bytes:
    """The manifest of a language: its pages, of which `files` has the hashes among others."""
    pages = {
        page: {
            "page": files[page],
            "proof": files[_proof_of(page)],
            **({"data": files[_data_of(page)]} if _data_of(page) in files else {}),
        }
        for page in _pages(files, language)
    }
    return canonical_json(
        {"format": FORMAT, "locale": language.locale, "tag": language.tag, "pages": pages}
    )


def unlisted(files: Mapping[str, str], language: Language) -> dict[str, str]:
    """Those of a language's files that its manifest does not name; the root manifest does."""
    return {name: files[name] for name in _others(files, [language])}


def read_manifest(data: bytes, *, path: str = ROOT) -> dict[str, object]:
    """A manifest of ours as a value; raises SiteError, naming `path`, for anything else."""
    try:
        value = json.loads(data)
    except ValueError as error:
        raise SiteError(f"this is no JSON ({error}).", path=path, advice=_ADVICE) from error
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise SiteError("this is no manifest of medloc.", path=path, advice=_ADVICE)
    return value


def listed(data: bytes, *, path: str = ROOT) -> Iterator[str]:
    """Paths that a manifest names, root or locale; unproved: they may be anything."""
    value = read_manifest(data, path=path)
    for key in ("assets", "files"):
        yield from _mapping(value.get(key))
    for tag in _mapping(value.get("locales")):
        yield f"{tag}/{ROOT}"
    for page, named in _mapping(value.get("pages")).items():
        yield from (page, _proof_of(page))
        if "data" in _mapping(named):
            yield _data_of(page)


def _pages(files: Mapping[str, str], language: Language) -> list[str]:
    return [
        name
        for name in files
        if name.startswith(f"{language.tag}/")
        and name.endswith("/index.html")
        and _proof_of(name) in files
    ]


def _others(files: Mapping[str, str], languages: Sequence[Language]) -> list[str]:
    proved = {page for language in languages for page in _pages(files, language)}
    proved |= {beside for page in proved for beside in (_proof_of(page), _data_of(page))}
    return [name for name in files if name not in proved and not _is_asset(name)]


def _numbered(
    root: Mapping[str, object], previous: bytes | None, kept: tuple[str, int] | None
) -> bytes:
    if previous is None:
        return canonical_json({**root, "build": 1})
    number = read_manifest(previous).get("build")
    if not isinstance(number, int) or isinstance(number, bool):
        raise SiteError("the build number is missing.", path=ROOT, advice=_ADVICE)
    ledger = root["ledger"] if kept is None else {"head": kept[0], "count": kept[1]}
    same = canonical_json({**root, "ledger": ledger, "build": number})
    return same if same == previous else canonical_json({**root, "build": number + 1})


def _message(message: MessageProof) -> dict[str, object]:
    return {
        "id": message.id,
        "context": message.context,
        "risk": "high" if message.high_risk else "normal",
        "source": message.source_hash,
        "target": message.target_hash,
        "events": list(message.events),
    }


def _policy(policy: Policy) -> dict[str, object]:
    found = {field.name: getattr(policy, field.name) for field in fields(policy)}
    return {name: dict(v) if isinstance(v, Mapping) else v for name, v in found.items()}


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _proof_of(page: str) -> str:
    return f"{page.removesuffix('index.html')}proof.json"


def _data_of(page: str) -> str:
    return f"{page.removesuffix('index.html')}index.json"


def _is_asset(name: str) -> bool:
    return name.startswith("assets/")


def _assets(files: Mapping[str, str]) -> dict[str, str]:
    return {name: hash_ for name, hash_ in files.items() if _is_asset(name)}


def sha256(data: bytes) -> str:
    """The hash by which manifests and proofs name a file."""
    return hashlib.sha256(data).hexdigest()


_ADVICE = "Restore the file, or build into an empty folder."
