"""What pages look like: templates, the style sheet, and the theme's own words in many languages."""

from medloc.theme.callouts import label_callouts
from medloc.theme.embedding import page_data
from medloc.theme.overrides import ThemeError, read_theme
from medloc.theme.rendering import (
    SHIPPED,
    Theme,
    digest,
    list_html,
    page_html,
    redirect_html,
    root_html,
    style,
)
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
    "SHIPPED",
    "Alternates",
    "ListItem",
    "ListView",
    "PageNotice",
    "PageView",
    "RedirectView",
    "RootView",
    "Theme",
    "ThemeError",
    "Words",
    "digest",
    "label_callouts",
    "list_html",
    "page_data",
    "page_html",
    "read_theme",
    "redirect_html",
    "root_html",
    "style",
    "words",
]
