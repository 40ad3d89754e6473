"""What a page says about itself, in its language: notices, and that it is a demonstration."""

from __future__ import annotations

from medloc.languages import date_text
from medloc.theme.views import PageNotice, PageView
from medloc.theme.words import Words


def _(text: str) -> str:
    """Marks a text for extraction into theme.pot."""
    return text


DEMONSTRATION = _("Demonstration: not reviewed by any clinician. Do not use for medical decisions.")
_EDITION = _("You are reading the edition approved on %(date)s. A newer version is being reviewed.")
_TEXTS = {
    PageNotice.LAST_GOOD: _("A newer version of this page is being reviewed."),
    PageNotice.CORRECTING: _("This page is being corrected. Please come back later."),
    PageNotice.WITHDRAWN: _("This page has been withdrawn."),
    PageNotice.OVERDUE: _("The medical review of this page is overdue."),
}


def notice_text(notice: PageNotice, view: PageView, words: Words) -> str:
    """The sentence of a notice on a page.

    >>> from medloc.theme.words import words
    >>> notice_text(PageNotice.WITHDRAWN, None, words("es"))
    'Esta página se ha retirado.'
    """
    if notice is PageNotice.LAST_GOOD and view.edition:
        locale = view.language.locale if words.known else words.locale
        return words(_EDITION, date=date_text(view.edition, locale))
    return words(_TEXTS[notice])
