"""The one door to Pagefind (extra `search`): pages of one language in, the files of its index out.

Law: the same pages, in any order, and the same version give the same bytes. Nothing is asked of
any host: the program is part of the extra.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from medloc.errors import MedlocError, UsageError
from medloc.phrases import phrase

LETTERS = (
    r"\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46"  # Thai, without the marks above and below
    r"\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6"  # Lao
    r"\u1000-\u102a\u103f-\u1049"  # Myanmar
    r"\u1780-\u17b3"  # Khmer
    r"\u3040-\u30ff\u31f0-\u31ff"  # kana
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Han
)
"""Letters of scripts that put no blank between words, as in the brackets of a regular expression of
Python or JavaScript; each is found by itself, and several as a phrase."""

_BETWEEN = re.compile(rf"(?<=[^\s])(?=[{LETTERS}])|(?<=[{LETTERS}])(?=\w)")
_EDGE = re.compile(rf"\A(?=[{LETTERS}])|(?<=[{LETTERS}])\Z")  # beside a tag
_TAG = re.compile(r"(<[^>]*>)")
# Of what it writes, its own widgets are not needed.
KEPT = re.compile(
    r"pagefind\.js|pagefind-entry\.json|pagefind\.[\w-]+\.pf_meta|wasm\.[\w-]+\.pagefind"
    r"|(?:fragment|index)/[\w-]+\.pf_(?:fragment|index)"
)
_HEADING = re.compile(r'<h[1-6]\b[^>]*? id="([^"]*)"[^>]*>(.*?)</h[1-6]>', re.DOTALL)
_ROOT = "main"
_PLAIN = "wasm.unknown.pagefind"


class SearchError(MedlocError):
    """The index of a language could not be made."""


@lru_cache(maxsize=1)
def search_versions() -> dict[str, str]:
    """The version that the bytes of an index depend on, by name.

    Raises UsageError when the extra is not installed.
    """
    try:
        from pagefind_bin import get_executable  # type: ignore[import-untyped]

        get_executable()
        return {"pagefind": version("pagefind")}
    except (ImportError, FileNotFoundError, PackageNotFoundError):
        raise UsageError(
            phrase("`site.search` is on, and Pagefind is not installed"),
            advice=phrase(
                "Install the extra `search`: pip install 'medloc[search]'; or switch it off."
            ),
        ) from None


@dataclass(frozen=True, slots=True)
class Searched:
    """A page as it is searched: approved texts, `body` as HTML. Results show title, lead and
    headings, each whole and as it is: a piece cut out of a sentence may lack its "not"."""

    title: str
    lead: str
    body: str


def index_pages(pages: Mapping[str, Searched], *, tag: str) -> dict[str, bytes]:
    """The files of the index of a language, by name, for the program that searches in browsers.

    `pages` are known by the address that results name; `tag` is the language. No pages give no
    files. Raises SearchError when the program fails.
    """
    if not pages:
        return {}
    with tempfile.TemporaryDirectory(prefix="medloc-search-") as name:
        folder = Path(name)
        for address, page in sorted(pages.items()):
            path = folder / "pages" / f"{address}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_document(page, tag), encoding="utf-8")
        _run(folder, tag)
        found = {
            path.relative_to(folder / "index").as_posix(): path.read_bytes()
            for path in sorted((folder / "index").rglob("*"))
            if path.is_file()
        }
    own = any(name.startswith("wasm.") and name != _PLAIN for name in found)
    return {
        name: data
        for name, data in found.items()
        if KEPT.fullmatch(name) and not (own and name == _PLAIN)
    }


def addresses_in(files: Mapping[str, bytes]) -> list[str]:
    """The addresses that an index can lead to, sorted; raises ValueError for files that are none
    of an index."""
    found = []
    for name, data in files.items():
        if name.endswith(".pf_fragment"):
            text = gzip.decompress(data).removeprefix(b"pagefind_dcd")
            found.append(str(json.loads(text)["url"]).removeprefix("/").removesuffix(".html"))
    return sorted(found)


def _document(page: Searched, tag: str) -> str:
    headings = {
        identity: " ".join(unescape(_TAG.sub("", inner)).split())
        for identity, inner in _HEADING.findall(page.body)
    }
    shown = {
        "title": page.title,
        "lead": page.lead,
        "headings": json.dumps(headings, ensure_ascii=False),
    }
    metas = "".join(
        f'<i data-pagefind-meta="{name}[data-is]" data-is="{escape(text)}"></i>'
        for name, text in shown.items()
    )
    lead = f'<p data-pagefind-weight="5">{escape(page.lead)}</p>'
    words = f'<h1 data-pagefind-weight="10">{escape(page.title)}</h1>{lead}{page.body}'
    inside = "".join(
        piece if piece.startswith("<") else _EDGE.sub(" ", spaced(piece))
        for piece in _TAG.split(words)
    )
    return (
        f'<!doctype html><html lang="{escape(tag)}"><meta charset="utf-8"><title></title>'
        f"<{_ROOT}>{metas}{inside}</{_ROOT}></html>"
    )


def spaced(text: str) -> str:
    """A text with a blank between letters where its script has none between words.

    >>> spaced("什么是MS？ 5 mg")
    '什 么 是 MS？ 5 mg'
    """
    return _BETWEEN.sub(" ", text)


def _run(folder: Path, tag: str) -> None:
    from pagefind_bin import get_executable

    command = [
        str(get_executable()), "--site", "pages", "--output-path", "index",
        "--root-selector", _ROOT, "--silent",
    ]  # fmt: skip
    # Settings that somebody keeps for another site are not ours.
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}
    done = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).decode(errors="replace").strip()[-300:]
        raise SearchError(
            phrase(
                "the search index of {language} cannot be made: {said}",
                language=tag,
                said=said or done.returncode,
            ),
            advice=phrase("Is there room for temporary files? Else switch `site.search` off."),
        )
