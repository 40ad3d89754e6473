"""Draws pages: the one door to Jinja2. Views in, HTML out; no script, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from medloc.languages import date_text, open_graph_locale
from medloc.theme.notices import DEMONSTRATION, notice_text
from medloc.theme.roles import check_name
from medloc.theme.search_view import SearchView
from medloc.theme.structured import structured_data
from medloc.theme.views import ListView, PageView, RedirectView, RootView
from medloc.theme.words import FOLDER, Words, words

if TYPE_CHECKING:
    import datetime as dt

    from jinja2 import Environment

View = PageView | ListView | RootView | RedirectView | SearchView

# Style sheets and images of the site itself, and nothing else: no script runs on a page, whatever
# an approved wording holds. `frame-ancestors` has no effect in a <meta>; servers must send it.
# `connect-src` serves nobody but Lighthouse, which fetches robots.txt as if from the page.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)
STYLE, ICON = "style.css", "favicon.ico"


@dataclass(frozen=True, slots=True)
class Theme:
    """The shipped theme, with a publisher's own files in it: (path below `theme/`, bytes), sorted.

    A value: it can be sent to another process. `templates/page.html` stands in place of the shipped
    one, which it reaches as `medloc/page.html`; `style.css` comes after the shipped one.
    """

    files: tuple[tuple[str, bytes], ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether a project's own files are in it."""
        return bool(self.files)

    def page(self, view: PageView) -> str:
        """The page of an article, as a whole document."""
        return draw(self, "page.html", view)

    def list(self, view: ListView) -> str:
        """The page that lists the articles of a language."""
        return draw(self, "list.html", view)

    def root(self, view: RootView) -> str:
        """The page that offers the languages."""
        return draw(self, "root.html", view)

    def redirect(self, view: RedirectView) -> str:
        """The page at an old address: it leads on without script, and says so."""
        return draw(self, "redirect.html", view)

    def style(self) -> bytes:
        """The one style sheet."""
        own = dict(self.files).get(STYLE)
        return shipped_style() if own is None else shipped_style() + b"\n" + own

    def icon(self) -> bytes:
        """`favicon.ico`, which browsers ask the top of a host for."""
        return dict(self.files).get(ICON) or (FOLDER / ICON).read_bytes()

    def digest(self) -> str:
        """SHA-256 over templates, style sheet and word catalogs: whatever of the theme shows on
        pages; the publisher's own are named `theme/...`."""
        return _digest(_shipped() | {f"theme/{name}": data for name, data in self.files})


SHIPPED = Theme()


def page_html(view: PageView) -> str:
    """The page of an article in the shipped theme."""
    return SHIPPED.page(view)


def list_html(view: ListView) -> str:
    """The list of a language in the shipped theme."""
    return SHIPPED.list(view)


def root_html(view: RootView) -> str:
    """The page that offers the languages in the shipped theme."""
    return SHIPPED.root(view)


def redirect_html(view: RedirectView) -> str:
    """The page at an old address in the shipped theme."""
    return SHIPPED.redirect(view)


def style() -> bytes:
    """The shipped style sheet."""
    return shipped_style()


@lru_cache(maxsize=1)
def shipped_style() -> bytes:
    """The shipped style sheet."""
    return (FOLDER / STYLE).read_bytes()


@lru_cache(maxsize=1)
def digest() -> str:
    """SHA-256 of the shipped theme.

    Over each file in order of name: name, NUL, length in decimal, NUL, bytes.
    """
    return _digest(_shipped())


def _shipped() -> dict[str, bytes]:
    found = [
        FOLDER / STYLE,
        FOLDER / ICON,
        *FOLDER.glob("search.[cj]s*"),
        *FOLDER.glob("templates/*.html"),
        *FOLDER.glob("locales/**/*.po"),
    ]
    return {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in found}


def _digest(files: Mapping[str, bytes]) -> str:
    total = hashlib.sha256()
    for name, data in sorted(files.items()):
        total.update(f"{name}\0{len(data)}\0".encode() + data)
    return total.hexdigest()


def draw(theme: Theme, template: str, view: View, *, policy: str = "") -> str:
    """A page as a whole document; `policy` in place of that of pages without script."""
    own = words(view.language.locale)

    def written(date: dt.date) -> str:
        # A date belongs to the language of the sentence around it.
        return date_text(date, view.language.locale if own.known else own.locale)

    def absolute(href: str) -> str:
        # Search engines want one absolute spelling; without an address a relative one must do.
        found = urljoin(view.address, href) if view.address else href
        return found.removesuffix("index.html") if view.address else found

    data = _data(view, absolute, own)
    return (
        environment(theme)
        .get_template(template)
        .render(
            view=view,
            _=own,
            foreign="" if own.known else ENGLISH_WORDS,
            words=words,
            written=written,
            absolute=absolute,
            default=_default(view),
            data=data,
            og_locale=open_graph_locale,
            check_name=check_name,
            notice_text=notice_text,
            isolated=isolated,
            demonstration=own(DEMONSTRATION),
            demonstration_in_english=DEMONSTRATION,
            policy=policy or _policy(data),
        )
    )


def isolated(text: str, value: str) -> _Markup:
    """A sentence with a value in place of U+E000, which keeps its own order among right-to-left
    words: 1234-5678 would turn round.

    >>> isolated("Code: \ue000", "1-2")
    'Code: <bdi dir="ltr">1-2</bdi>'
    """
    return _Markup(escape(text).replace("\ue000", f'<bdi dir="ltr">{escape(value)}</bdi>'))


def _policy(data: str) -> str:
    """The security policy of a page: its data are named by their hash, because some validators take
    them for a script. As one they would be nothing: an object that nobody uses."""
    if not data:
        return POLICY
    found = base64.b64encode(hashlib.sha256(data.encode()).digest()).decode()
    return f"{POLICY}; script-src 'sha256-{found}'"


def _data(view: View, absolute: Callable[[str], str], own: Words) -> _Markup:
    if not isinstance(view, PageView):
        return _Markup()
    return _Markup(structured_data(view, absolute=absolute, all_articles=own("All articles")))


def _default(view: View) -> str:
    """The href of the page for readers of no language offered (`x-default`); empty without one."""
    if isinstance(view, ListView | RootView):
        return f"{view.root}index.html"
    if not isinstance(view, PageView):
        return ""
    if view.source and not view.is_source:
        return view.source[1]
    own = (href for language, href in view.alternates if language == view.language)
    return next(own, "") if view.is_source else ""


@lru_cache(maxsize=8)
def environment(theme: Theme) -> Environment:
    """Jinja as it draws a theme: always escaping; a publisher's templates reach nothing but what
    they are given."""
    from jinja2 import (
        ChoiceLoader,
        Environment,
        FileSystemLoader,
        FunctionLoader,
        PrefixLoader,
        StrictUndefined,
    )
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    shipped = FileSystemLoader(FOLDER / "templates")
    own = {
        name.removeprefix("templates/"): data.decode()
        for name, data in theme.files
        if name.startswith("templates/")
    }

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        # With its file name, so that errors can say where they are.
        return (own[name], f"theme/templates/{name}", lambda: True) if name in own else None

    kind = ImmutableSandboxedEnvironment if own else Environment
    made = kind(
        loader=ChoiceLoader([FunctionLoader(load), shipped, PrefixLoader({"medloc": shipped})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    # The same inputs make the same bytes: chance has no part in a page.
    del made.filters["random"], made.globals["lipsum"]
    return made


class _Markup(str):
    """What goes into a page as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


ENGLISH_WORDS = _Markup(' lang="en" dir="ltr"')
