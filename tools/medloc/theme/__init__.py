"""What pages look like: templates, the style sheet, and the theme's own words in many languages."""

from medloc.theme.callouts import label_callouts
from medloc.theme.rendering import digest, list_html, page_html, redirect_html, root_html, style
from medloc.theme.views import (
    Alternates,
    ListItem,
    ListView,
    PageNotice,
    PageView,
    RedirectView,
    RootView,
)
from medloc.theme.words import Words, words

__all__ = [
    "Alternates",
    "ListItem",
    "ListView",
    "PageNotice",
    "PageView",
    "RedirectView",
    "RootView",
    "Words",
    "digest",
    "label_callouts",
    "list_html",
    "page_html",
    "redirect_html",
    "root_html",
    "style",
    "words",
]
