"""Leaflets of the sample: their text, read out of the PDF, is that of the published pages."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from medloc.theme import words
from tests.content import Content
from tests.soak.record import ROOT, record

pytestmark = pytest.mark.soak

# Glyphs of these scripts are not one character each; their leaflets were looked at as pictures.
UNREADABLE = ("ar", "hi")


def test_leaflets_of_the_sample_say_what_their_pages_say(tmp_path: Path) -> None:
    for name in ("medloc.yaml", "source_content", "locales"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    content = Content(tmp_path)
    settings = content.read("medloc.yaml")
    content.write(
        "medloc.yaml",
        settings.replace("site:\n", "site:\n  address: https://health.example.org\n", 1),
    )
    assert content("ledger", "import", str(tmp_path / "locales/decisions.jsonl")) == 0
    assert content("build", "--pdf") == 0
    site = tmp_path / "site"
    pages = [p for p in sorted(site.glob("*/*/leaflet.pdf")) if p.parts[-3] not in UNREADABLE]
    differ = [page for page in pages if not _says_the_same(page)]
    characters = sum(len(_text(page)) for page in pages)
    record("leaflets: text of the sample's PDFs is that of its pages", len(pages), len(differ),
           characters=characters)  # fmt: skip
    assert pages
    assert differ == []


def _says_the_same(leaflet: Path) -> bool:
    page = leaflet.with_name("index.html").read_text(encoding="utf-8")
    found, wanted = _text(leaflet), _words_of(leaflet.parents[2], page)
    say = words(leaflet.parts[-3].replace("-", "_"))
    start = found.index(wanted[:20])
    end = found.rindex(_bare(say("Addresses and telephone numbers")))
    return found[start:end] == wanted


def _words_of(site: Path, page: str) -> str:
    reader = _Reader(site)
    head = re.search(r'<h1>.*?</h1>\s*<p class="lead">.*?</p>', page, re.DOTALL)
    body = re.search(r"<article>(.*)</article>", page, re.DOTALL)
    assert head
    assert body
    reader.feed(head[0] + body[1])
    return _bare("".join(reader.found))


class _Reader(HTMLParser):
    """What is to be read of a page, with the marks of lists and the writing in drawings."""

    def __init__(self, site: Path) -> None:
        super().__init__()
        self.found: list[str] = []
        self._site, self._lists = site, list[int]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self._lists.append(-1 if tag == "ul" else 0)
        elif tag == "li" and self._lists[-1] < 0:
            self.found.append("•")
        elif tag == "li":
            self._lists[-1] += 1
            self.found.append(f"{self._lists[-1]}.")
        elif tag == "img":
            name = re.sub(r"^(\.\./)*", "", str(dict(attrs)["src"]))
            drawing = (self._site / name).read_text(encoding="utf-8")
            self.found += re.findall(r"<text\b[^>]*>(.*?)</text>", drawing, re.DOTALL)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._lists.pop()

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def _text(leaflet: Path) -> str:
    """The text in the order of the tags, as screen readers have it: without what stands on every
    sheet, and cell by cell (plain `pdftotext` reads lines across the cells of a table)."""
    command = ["pdfinfo", "-struct-text", str(leaflet)]
    told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return _bare("".join(re.findall(r'^ *"(.*)"$', told, re.MULTILINE)))


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)
