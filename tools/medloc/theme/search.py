"""The page on which readers search a language: the only one of a site on which a script runs."""

from __future__ import annotations

from medloc.theme.rendering import Theme, draw
from medloc.theme.search_view import SearchView
from medloc.theme.words import FOLDER

# Our own script, Pagefind's, and the WebAssembly in it; they ask this site alone.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
)
FILES = ("search.js", "search.css")
SCRIPT = '<script type="module" src="search.js"></script>'


def search_html(theme: Theme, view: SearchView) -> str:
    """The page, as a whole document."""
    return draw(theme, "search.html", view, policy=POLICY)


def search_file(name: str) -> bytes:
    """One of `FILES`, which stand beside the page."""
    return (FOLDER / name).read_bytes()
