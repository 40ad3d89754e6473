"""Draws pages: the one door to Jinja2. Views in, HTML out; no script, nothing from elsewhere."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from medloc.languages import date_text
from medloc.theme.views import ListView, PageView, RedirectView, RootView
from medloc.theme.words import FOLDER, words

if TYPE_CHECKING:
    import datetime as dt

    from jinja2 import Environment

# Style sheets and images of the site itself, and nothing else: no script runs on a page, whatever
# an approved wording holds. `frame-ancestors` has no effect in a <meta>; servers must send it.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


def page_html(view: PageView) -> str:
    """The page of an article, as a whole document."""
    return _draw("page.html", view)


def list_html(view: ListView) -> str:
    """The page that lists the articles of a language."""
    return _draw("list.html", view)


def root_html(view: RootView) -> str:
    """The page that offers the languages."""
    return _draw("root.html", view)


def redirect_html(view: RedirectView) -> str:
    """The page at an old address: it leads on without script, and says so."""
    return _draw("redirect.html", view)


@lru_cache(maxsize=1)
def style() -> bytes:
    """The one style sheet."""
    return (FOLDER / "style.css").read_bytes()


@lru_cache(maxsize=1)
def digest() -> str:
    """SHA-256 over templates, style sheet and word catalogs: whatever of the theme shows on pages.

    Over each file in order of name: name, NUL, length in decimal, NUL, bytes.
    """
    found = [
        FOLDER / "style.css",
        *FOLDER.glob("templates/*.html"),
        *FOLDER.glob("locales/**/*.po"),
    ]
    total = hashlib.sha256()
    for name, path in sorted((path.relative_to(FOLDER).as_posix(), path) for path in found):
        data = path.read_bytes()
        total.update(f"{name}\0{len(data)}\0".encode() + data)
    return total.hexdigest()


def _draw(template: str, view: PageView | ListView | RootView | RedirectView) -> str:
    own = words(view.language.locale)

    def written(date: dt.date) -> str:
        # A date belongs to the language of the sentence around it.
        return date_text(date, view.language.locale if own.known else own.locale)

    def absolute(href: str) -> str:
        # Search engines want one absolute spelling; without an address a relative one must do.
        found = urljoin(view.address, href) if view.address else href
        return found.removesuffix("index.html") if view.address else found

    return (
        _environment()
        .get_template(template)
        .render(
            view=view,
            _=own,
            foreign="" if own.known else _ENGLISH,
            words=words,
            written=written,
            absolute=absolute,
            policy=POLICY,
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


class _Attributes(str):
    """Attributes that go into a tag as they are."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


_ENGLISH = _Attributes(' lang="en" dir="ltr"')
