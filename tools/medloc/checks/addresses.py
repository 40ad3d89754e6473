"""Addresses that are no longer the source's: a wrong host sends a patient to somebody else's page.

RFC 3986 (https://www.rfc-editor.org/rfc/rfc3986). The part of an address that names a language may
differ: that is how a translator leads to the translated page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from medloc.checks.multisets import Token, differing, spans
from medloc.checks.reading import Issue, Reading
from medloc.model import Severity
from medloc.phrases import phrase

_ADDRESS = re.compile(
    r"(?:https?|ftp):/{0,2}[^\s<>\[\]()（）\"'“”«»。、，]{0,2000}"
    r"(?:\([^\s<>()]{0,200}\)[^\s<>\[\]()（）\"]{0,500})?"
    r"|www\.[^\s<>\[\]()（）\"'“”«»。、，]{1,500}"
    r"|[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"
    r"|(?<=\]\()(?!https?:|www\.)[^\s()<>]{1,500}(?=[)\s])",
    re.I,
)
_PARTS = re.compile(r"(?:([a-z]+)(:/{0,2}))?([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?", re.I | re.S)
_NAMES = {
    "ar": "arabic", "bn": "bengali bangla", "de": "german deutsch", "en": "english eng",
    "es": "spanish espanol esp", "fa": "persian farsi", "fr": "french francais fra",
    "he": "hebrew iw", "hi": "hindi", "id": "indonesian in", "it": "italian italiano",
    "ja": "japanese jp", "ko": "korean kr", "pl": "polish polski", "pt": "portuguese portugues br",
    "ru": "russian rus", "sw": "swahili", "tr": "turkish turkce", "uk": "ukrainian ua",
    "vi": "vietnamese vn", "zh": "chinese cn tw hk hans hant", "el": "gr",
}  # fmt: skip


class _Languages(NamedTuple):
    """Where an address names one of the pair's two languages."""

    path: re.Pattern[str]
    query: re.Pattern[str]
    host: re.Pattern[str]


@lru_cache(maxsize=64)
def _languages(one: str, other: str) -> _Languages:
    names = {name for code in (one, other) for name in (code, *_NAMES.get(code, "").split())}
    tag = rf"(?:{'|'.join(sorted(names))})(?:[-_](?:[a-z]{{2}}|[a-z]{{4}}|[0-9]{{3}}))?"
    return _Languages(
        re.compile(rf"(?<=/){tag}(?=/|$)|(?<=[._-]){tag}(?=\.\w{{2,5}}$|/|$)", re.I),
        re.compile(rf"(?<=[?&])(?:lang|language|hl|locale|l|lng)=({tag})(?=&|$)", re.I),
        re.compile(rf"^{tag}\.(?=[^.]+\.)", re.I),
    )


class _Address(NamedTuple):
    scheme: str
    host: str
    path: str
    rest: str


def addresses(reading: Reading) -> Iterator[Issue]:
    """Addresses of the source that are missing, and addresses that only the translation has."""
    source, target = reading.source.text, reading.target.text
    if not _may(source) and not _may(target):
        return
    lost, new = differing(_addresses(source), _addresses(target))
    if not lost and not new:
        return
    languages = _languages(reading.source.lexicon.language, reading.target.lexicon.language)
    left: list[Token] = []
    for old in lost:
        other = next((token for token in new if _translated(old[0], token[0], languages)), None)
        if other is None:
            left.append(old)
            continue
        new.remove(other)
        yield Issue(
            phrase(
                "The address `{old}` became `{now}`: another language or part of the same site.",
                old=_short(old[0]),
                now=_short(other[0]),
            ),
            (old[1],),
            (other[1],),
            Severity.INFO,
        )
    if left and new:
        yield Issue(
            phrase(
                "The address {old} became {new}. Copy it from the source.",
                old=_listed(left),
                new=_listed(new),
            ),
            spans(left),
            spans(new),
        )
    elif left:
        yield Issue(
            phrase(
                "The address {addresses} is missing. Copy it from the source.",
                addresses=_listed(left),
            ),
            spans(left),
        )
    elif new:
        yield Issue(
            phrase("The address {addresses} is not in the source.", addresses=_listed(new)),
            (),
            spans(new),
            Severity.WARNING,
        )


def _may(text: str) -> bool:
    return ":/" in text or "](" in text or "@" in text or "www." in text


def _addresses(text: str) -> list[Token]:
    found = []
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(".,;:!?*_`'’…؟،।")
        found.append((address, (match.start(), match.start() + len(address))))
    return found


def _translated(one: str, other: str, languages: _Languages) -> bool:
    """Whether two addresses lead to the same page in two languages."""
    first, second = _parts(one), _parts(other)
    if first.scheme != second.scheme and (first.scheme, second.scheme) != ("http://", "https://"):
        return False
    if _plain(first, languages) == _plain(second, languages):
        return True
    # en.wikipedia.org/wiki/Fever -> fr.wikipedia.org/wiki/Fi%C3%A8vre
    hosts = {languages.host.sub("", address.host) for address in (first, second)}
    moved = first.host != second.host or _tags(first, languages) != _tags(second, languages)
    return len(hosts) == 1 and moved and bool(second.path.strip("/"))


def _parts(address: str) -> _Address:
    found = _PARTS.match(address)
    assert found is not None
    scheme = (found[1] or "") + (found[2] or "")
    return _Address(scheme.lower(), found[3].lower(), found[4], (found[5] or "") + (found[6] or ""))


def _plain(address: _Address, languages: _Languages) -> tuple[str, str, str]:
    """Host, path and query without what names a language."""
    host = languages.host.sub("", address.host).removeprefix("www.")
    path = re.sub(r"[._-](?=\.\w{2,5}$|/|$)|/(?=/)", "", languages.path.sub("", address.path))
    return host, path.rstrip("/").lower(), languages.query.sub("", address.rest).rstrip("?&")


def _tags(address: _Address, languages: _Languages) -> list[str]:
    return languages.path.findall(address.path) + languages.query.findall(address.rest)


def _listed(tokens: list[Token]) -> str:
    return ", ".join(f"`{_short(address)}`" for address, _ in tokens[:3])


def _short(address: str) -> str:
    return address if len(address) <= 80 else f"{address[:60]}...{address[-15:]}"
