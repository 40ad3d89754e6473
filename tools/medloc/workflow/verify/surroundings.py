"""Level "text", around the bodies: titles, descriptions, contents, lists, notices on pages."""

from __future__ import annotations

import datetime as dt
import html as entities
import re
from collections.abc import Sequence

from medloc import theme
from medloc.languages import date_text
from medloc.workflow.verify.findings import Level, refute
from medloc.workflow.verify.folder import Site
from medloc.workflow.verify.proved import ProvedPage

_HEADING = re.compile(r'<h([23])\b[^>]*? id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
_NOT_IN_CONTENTS = re.compile(
    r'<sup class="footnote-reference">.*?</sup>|</?a\b[^>]*>|<img\b[^>]*>|</?bdi>', re.DOTALL
)
_CONTENTS = re.compile(r'<nav class="contents".*?</nav>', re.DOTALL)
_ENTRY = re.compile(r'<li[^>]*><a href="#[^"]*">(.*?)</a></li>', re.DOTALL)
_CARD = re.compile(r'<h2><a href="([^"]*)">(.*?)</a></h2>\n(?:<p>(.*?)</p>\n)?</li>', re.DOTALL)
_OLDER = (
    "You are reading the edition approved on %(date)s. A newer version is being reviewed.",
    "A newer version of this page is being reviewed.",
)


def _field(page: ProvedPage, name: str) -> tuple[str, str]:
    """(approved words, message id) of a front-matter field; empty when it is no message."""
    for message, words in zip(page.article.messages, page.words, strict=True):
        if message.context == f"meta:{name}":
            return words, message.id
    return "", ""


def title_of(page: ProvedPage) -> tuple[str, str]:
    """(approved title, its message id, empty when it is no message)."""
    words, message = _field(page, "title")
    return words or page.article.title, message


def check_head(page: ProvedPage, html: str) -> None:
    """Title, lead and description are the approved ones, wherever the page shows them."""
    title, title_id = title_of(page)
    lead, lead_id = _field(page, "description")
    head, _, rest = html.partition("</head>")
    main = rest.partition('<div class="columns">')[0]
    for name, message, expected, found in (
        ("heading", title_id, [title], re.findall(r"<h1>(.*?)</h1>", rest, re.DOTALL)),
        ("lead", lead_id, [lead] if lead else [], _inner(r'<p class="lead">(.*?)</p>', main)),
        (
            "description",
            lead_id,
            [lead] if lead else [],
            _inner(r'<meta name="description" content="(.*?)">', head),
        ),
    ):
        if [entities.unescape(one) for one in found] != expected:
            raise differs(page.path, f"the {name} {expected}", str(found), message=message)
    shown = entities.unescape("".join(_inner(r"<title>(.*?)</title>", head)))
    if shown != title and not shown.startswith(f"{title} | "):
        raise differs(page.path, f"the title {title}", shown, message=title_id)


def check_contents(page: ProvedPage, body: str, html: str) -> None:
    """The table of contents holds the headings of the body, without their links."""
    expected = [_NOT_IN_CONTENTS.sub("", inner) for _, _, inner in _HEADING.findall(body)]
    outside = html.partition("<article>")[0]
    found = [entry for nav in _CONTENTS.findall(outside) for entry in _ENTRY.findall(nav)]
    if found != (expected if len(expected) > 2 else []):
        raise differs(page.path, f"the contents {expected}", str(found))


def check_edition(page: ProvedPage, html: str) -> None:
    """A page says that it is an earlier edition, and of which day, if and only if it is one."""
    words = theme.words(page.locale)
    outside = html.partition("<article>")[0]
    said = [entities.unescape(one) for one in _inner(r'<p class="notice"[^>]*>(.*?)</p>', outside)]
    older = [one for one in said if any(_is_older(words, sentence, one) for sentence in _OLDER)]
    if not page.last_good and older:
        raise differs(page.path, "the current edition", older[0])
    if page.last_good:
        wanted = words(_OLDER[0], date=_day_in_words(page, words))
        if older != [wanted]:
            raise differs(page.path, f"the notice `{wanted}`", str(older))


def _is_older(words: theme.Words, sentence: str, notice: str) -> bool:
    wanted = re.escape(words(sentence, date="\0")).replace("\0", ".+")
    return re.fullmatch(wanted, notice) is not None


def _day_in_words(page: ProvedPage, words: theme.Words) -> str:
    return date_text(
        dt.date.fromisoformat(page.decided), page.locale if words.known else words.locale
    )


def check_list(site: Site, tag: str, pages: Sequence[ProvedPage]) -> None:
    """The list of a language shows each article with its approved title and description."""
    path = f"{tag}/index.html"
    if path not in site.hashes:
        raise differs(path, "a list of the articles", "nothing")
    cards = {
        href: (entities.unescape(title), entities.unescape(lead))
        for href, title, lead in _CARD.findall(html_of(site, path))
    }
    expected = {
        f"{page.article.slug}/index.html": (title_of(page)[0], _field(page, "description")[0])
        for page in pages
    }
    for href in sorted(cards.keys() | expected.keys()):
        if cards.get(href) != expected.get(href):
            raise differs(path, f"for {href}: {expected.get(href)}", str(cards.get(href)))


def _inner(pattern: str, html: str) -> list[str]:
    return re.findall(pattern, html, re.DOTALL)


def html_of(site: Site, path: str) -> str:
    """A page as text; raises RefutedError when it is no UTF-8."""
    try:
        return site.read(path).decode()
    except UnicodeDecodeError:
        raise differs(path, "UTF-8", "other bytes") from None


def differs(path: str, expected: str, found: str, *, message: str = "") -> Exception:
    """The error that says how a page differs from what was approved."""
    return refute(Level.TEXT, path, expected=expected, found=found, message=message)
