"""What machines expect of a published site: addresses, languages, structured data, site maps.

Each function gives what is wrong, in words; nothing is fetched. `address` is that of the site.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

VOCABULARY = Path(__file__).parent / "fixtures" / "schema_org.json"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# What search engines want of a type; the vocabulary itself requires nothing.
REQUIRED = {
    "MedicalWebPage": {"url", "name", "inLanguage", "dateModified"},
    "FAQPage": {"mainEntity"},
    "Question": {"name", "acceptedAnswer"},
    "Answer": {"text"},
    "MedicalCondition": {"name", "code"},
    "MedicalCode": {"codingSystem", "codeValue"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
}
DATA_TYPES = {"Text": r".+", "URL": r"https?://\S+", "Date": r"\d{4}-\d\d-\d\d", "Language": r".+"}


class Head(HTMLParser):
    """Links, metas, ids and structured data of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.data: list[str] = []
        self.lang = ""
        self._inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        self._inside = tag == "script" and given.get("type") == "application/ld+json"
        if tag == "html":
            self.lang = given.get("lang", "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.data.append(data)

    def links(self, rel: str) -> list[dict[str, str]]:
        return [given for tag, given in self.tags if tag == "link" and given.get("rel") == rel]

    def metas(self, key: str = "name") -> dict[str, str]:
        return {g[key]: g.get("content", "") for tag, g in self.tags if tag == "meta" and key in g}


def pages_of(site: Path) -> dict[str, Head]:
    """Every page of a site by its path."""
    found = sorted(site.rglob("*.html"))
    return {p.relative_to(site).as_posix(): Head(p.read_text("utf-8")) for p in found}


def file_of(address: str, site: str) -> str:
    """The path of a page by its absolute address."""
    path = unquote(address.removeprefix(f"{site}/"))
    return f"{path}index.html" if path.endswith("/") or not path else path


# --- links ----------------------------------------------------------------------------------------


def broken_links(site: Path, pages: Mapping[str, Head]) -> Iterator[str]:
    """Every relative link and anchor leads to a file of the site, and to an id in it."""
    ids = {path: {g["id"] for _, g in page.tags if "id" in g} for path, page in pages.items()}
    for path, page in pages.items():
        for _tag, given in page.tags:
            for name in ("href", "src"):
                target, _, anchor = given.get(name, "").partition("#")
                if name not in given or re.match(r"[a-z]+:", target):
                    continue
                found = unquote(urljoin(f"/{path}", target)[1:]) if target else path
                found = f"{found}index.html" if found.endswith("/") or not found else found
                if not (site / found).is_file():
                    yield f"{path}: {given[name]} leads nowhere"
                elif anchor and unquote(anchor) not in ids.get(found, {unquote(anchor)}):
                    yield f"{path}: {given[name]} has no such place"


def one_sided_alternates(address: str, pages: Mapping[str, Head]) -> Iterator[str]:
    """Pages in several languages name each other, themselves and one page for all others."""
    groups = {
        path: {one["hreflang"]: one["href"] for one in page.links("alternate")}
        for path, page in pages.items()
    }
    for path, group in groups.items():
        canonical = [one["href"] for one in pages[path].links("canonical")]
        if not group:
            continue
        own = pages[path].lang if path != "index.html" else "x-default"
        if canonical != [group.get(own)] or file_of(group[own], address) != path:
            yield f"{path}: is not among its own alternates, {canonical}"
        for tag, href in group.items():
            if not href.startswith(f"{address}/"):
                yield f"{path}: {href} is no address of this site"
            elif groups.get(file_of(href, address)) != group:
                yield f"{path}: {tag} {href} does not name the same pages"
        if "x-default" not in group:
            yield f"{path}: no x-default"


# --- structured data ------------------------------------------------------------------------------


def wrong_data(pages: Mapping[str, Head]) -> Iterator[str]:
    """Types and properties are schema.org's, values of the expected kind, nothing needed missing;
    its words are those of the page."""
    for path, page in pages.items():
        noindex = page.metas().get("robots") == "noindex"
        is_article = page.metas("property").get("og:type") == "article"
        if len(page.data) != is_article or (noindex and page.data):
            yield f"{path}: {len(page.data)} blocks of data"
        for text in page.data:
            value = json.loads(text)
            if value.get("@context") != "https://schema.org":
                yield f"{path}: context {value.get('@context')}"
            for node in value["@graph"]:
                yield from (f"{path}: {one}" for one in _wrong(node))


def _wrong(node: Mapping[str, Any], *, named: bool = False) -> Iterator[str]:
    """`named`: the node only points to something that says the rest itself."""
    types = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
    known: dict[str, list[str]] = {}
    for name in types:
        if name not in _vocabulary():
            yield f"{name} is no type we know"
            return
        known |= _vocabulary()[name]["properties"]
        missing = REQUIRED.get(name, set()) - node.keys()
        if missing and not named:
            yield f"{name} lacks {sorted(missing)}"
    for name, value in node.items():
        if name == "@type":
            continue
        if name not in known:
            yield f"{types} has no {name}"
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                kinds = {one["@type"]} if isinstance(one["@type"], str) else set(one["@type"])
                above = {a for kind in kinds for a in _vocabulary()[kind]["is"]}
                if not (kinds | above) & set(known[name]):
                    yield f"{types} {name}: a {sorted(kinds)}, expected {known[name]}"
                yield from _wrong(one, named=name == "translationOfWork")
            elif not _is_plain(one, known[name]):
                yield f"{types} {name}: {one!r}, expected {known[name]}"


def _is_plain(value: object, expected: list[str]) -> bool:
    if isinstance(value, int):
        return bool({"Integer", "Number"} & set(expected))
    rows = [DATA_TYPES[one] for one in expected if one in DATA_TYPES]
    rows += [DATA_TYPES["URL"]] if "Thing" in expected else []
    return isinstance(value, str) and any(re.fullmatch(row, value, re.DOTALL) for row in rows)


@cache
def _vocabulary() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(VOCABULARY.read_text("utf-8"))["types"]
    return found


# --- site maps ------------------------------------------------------------------------------------


def wrong_maps(site: Path, address: str, pages: Mapping[str, Head]) -> Iterator[str]:
    """`robots.txt`, the index and its files follow the protocol, and name exactly the pages that
    search engines may show."""
    robots = (site / "robots.txt").read_text("utf-8")
    if robots != f"User-agent: *\nAllow: /\nSitemap: {address}/sitemap.xml\n":
        yield f"robots.txt: {robots}"
    named: list[str] = []
    maps = list(_addresses(site / "sitemap.xml", "sitemapindex", "sitemap"))
    for one in maps:
        yield from _outside(one, address)
        named += _addresses(site / file_of(one, address), "urlset", "url")
    for one in named:
        yield from _outside(one, address)
    shown = [
        page.links("canonical")[0]["href"]
        for page in pages.values()
        if page.metas().get("robots") != "noindex" and "refresh" not in page.metas("http-equiv")
    ]
    if sorted(named) != sorted(shown):
        yield f"site map: {sorted(set(named) ^ set(shown))}"


def _outside(one: str, address: str) -> Iterator[str]:
    if not one.startswith(f"{address}/") or not 12 <= len(one) <= 2048:
        yield f"site map: {one}"


def _addresses(path: Path, root: str, row: str) -> list[str]:
    """The `<loc>` of each row; asserts the schema: names, order, number, size, dates."""
    data = path.read_bytes()
    assert len(data) <= 50 * 1024 * 1024, path
    top = ET.fromstring(data)  # our own file
    assert top.tag == f"{NAMESPACE}{root}", path
    assert 1 <= len(top) <= 50_000, path
    for one in top:
        assert one.tag == f"{NAMESPACE}{row}", path
        assert [part.tag.removeprefix(NAMESPACE) for part in one] in (["loc"], ["loc", "lastmod"])
        days = [part.text or "" for part in one[1:]]
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days), path
    return [one[0].text or "" for one in top]
