"""`robots.txt`, and the site map as https://www.sitemaps.org/protocol.html wants it.

An index names one file for each language, or several where one would be too long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

INDEX = "sitemap.xml"
ROBOTS = "robots.txt"
# The protocol allows 50,000 addresses in 50 MiB, and 2,048 characters in an address: that many fit
# whatever they are, so their number alone says how many files there are.
MOST = 20_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

Entry = tuple[str, str]
"""The absolute address of a page, and the day it was approved (`2026-03-01`, or empty)."""


def robots(address: str) -> bytes:
    """`robots.txt`: everything may be read; the site map is named when the site has an address."""
    lines = ["User-agent: *", "Allow: /"]
    lines += [f"Sitemap: {address}/{INDEX}"] if address else []
    return "\n".join([*lines, ""]).encode()


def sitemap_index(address: str, counts: Mapping[str, int]) -> bytes:
    """The index: `counts` are the number of addresses by the tag of their language, in order."""
    names = [name for tag, count in counts.items() for name in _names(tag, count)]
    rows = [f"<sitemap><loc>{escape(f'{address}/{name}')}</loc></sitemap>\n" for name in names]
    return f"{_HEAD}<sitemapindex {_NAMESPACE}>\n{''.join(rows)}</sitemapindex>\n".encode()


def sitemaps(tag: str, entries: Sequence[Entry]) -> dict[str, bytes]:
    """The site map's files of a language, by path."""
    parts = [entries[start : start + MOST] for start in range(0, len(entries), MOST)]
    return dict(zip(_names(tag, len(entries)), map(_sitemap, parts), strict=True))


def _names(tag: str, count: int) -> list[str]:
    """`es/sitemap.xml`, `es/sitemap-2.xml` ..."""
    last = -(-count // MOST)
    return [f"{tag}/sitemap{f'-{part}' if part > 1 else ''}.xml" for part in range(1, last + 1)]


def _sitemap(entries: Sequence[Entry]) -> bytes:
    rows = []
    for address, day in entries:
        changed = f"<lastmod>{escape(day)}</lastmod>" if day else ""
        rows.append(f"<url><loc>{escape(address)}</loc>{changed}</url>\n")
    return f"{_HEAD}<urlset {_NAMESPACE}>\n{''.join(rows)}</urlset>\n".encode()
