"""What the theme needs to know to draw a page that searches."""

from __future__ import annotations

from dataclasses import dataclass

from medloc.model import Language
from medloc.theme.views import Alternates


@dataclass(frozen=True, slots=True)
class SearchView:
    """The page that searches a language. `letters` are those that stand for themselves in the
    index, as in the brackets of a regular expression."""

    language: Language
    letters: str
    root: str
    style: str
    alternates: Alternates = ()
    site_name: str = ""
    address: str = ""
    demonstration: bool = False
    draft: bool = False
    search: str = ""
