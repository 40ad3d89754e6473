"""`index.json` beside a page: what a content management system needs to show the article itself.

Whoever embeds a body must show its notices too: they are there as sentences, in the page's
language.
"""

from __future__ import annotations

from medloc.theme.notices import DEMONSTRATION, notice_text
from medloc.theme.views import PageNotice, PageView
from medloc.theme.words import words

FORMAT = 1
_STATES = (PageNotice.WITHDRAWN, PageNotice.CORRECTING, PageNotice.LAST_GOOD)


def page_data(view: PageView, *, article: str) -> dict[str, object]:
    """A page as a value for `index.json`.

    `body` is the inner HTML of `<article>`, its addresses relative to the page; a page of which
    nothing may be shown has neither body nor title, only its status and the notice.
    """
    shown = {
        "title": view.title,
        "description": view.description,
        "body": view.body_html,
        "edition": view.code,
        "dates": {
            name: day.isoformat()
            for name, day in (("reviewed", view.reviewed), ("approved", view.approved))
            if day
        },
        "proof": view.proof,
    }
    return {
        "format": FORMAT,
        "article": article,
        "locale": view.language.locale,
        "tag": view.language.tag,
        "direction": view.language.direction,
        "status": next((str(one) for one in _STATES if one in view.notices), "current"),
        "notices": _notices(view),
        **({"address": view.address} if view.address else {}),
        **(shown if view.body_html else {}),
    }


def _notices(view: PageView) -> list[dict[str, str]]:
    own = words(view.language.locale)
    said = [(str(notice), notice_text(notice, view, own)) for notice in view.notices]
    if view.demonstration:
        said.insert(0, ("demonstration", own(DEMONSTRATION)))
    tag = view.language.tag if own.known else own.locale
    return [{"kind": kind, "lang": tag, "text": text} for kind, text in said]
