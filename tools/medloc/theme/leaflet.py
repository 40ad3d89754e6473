"""What a leaflet looks like: the page of an article as a document for printing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from medloc.languages import date_text
from medloc.model import Language
from medloc.theme.notices import DEMONSTRATION, notice_text
from medloc.theme.rendering import ENGLISH_WORDS, Theme, environment
from medloc.theme.views import PageView
from medloc.theme.words import words


@dataclass(frozen=True, slots=True)
class LeafletView:
    """The leaflet of an article: what its page shows, with absolute addresses.

    `digits` are the ten digits in which pages are numbered, `code_image` the path of the QR code
    below the site (empty without an address), `links` (text, address) of the links, to be read on
    paper. `language_name` is the language's name in English; `source_title` the title of the
    source's published page, `source` its language. `rows` are (source, translation) of each block
    in HTML, for the layout in two columns; without them the page's own body is shown.
    """

    page: PageView
    digits: str
    language_name: str
    source: Language
    source_title: str = ""
    code_image: str = ""
    links: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


def leaflet_html(look: Theme, view: LeafletView) -> str:
    """The document of a leaflet in a theme: `templates/leaflet.html` and `leaflet_style.html`."""
    own = words(view.page.language.locale)
    numerals = str.maketrans("0123456789", view.digits)

    def written(date: dt.date) -> str:
        # English words take English dates; others the digits in which the pages are numbered.
        if not own.known:
            return date_text(date, own.locale)
        return date_text(date, view.page.language.locale).translate(numerals)

    return (
        environment(look)
        .get_template("leaflet.html")
        .render(
            view=view,
            _=own,
            foreign="" if own.known else ENGLISH_WORDS,
            written=written,
            notice_text=notice_text,
            demonstration=own(DEMONSTRATION),
        )
    )
