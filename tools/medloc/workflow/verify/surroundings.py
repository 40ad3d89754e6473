"""Level "text", around the bodies: titles, descriptions, contents, lists, notices on pages."""

from __future__ import annotations

import datetime as dt
import html as entities
import posixpath
import re
from collections.abc import Sequence
from dataclasses import replace

from medloc.model import Language
from medloc.theme.views import ListItem, ListView, PageNotice, PageView, RootView
from medloc.workflow.leaflet_plan import NAME, leaflet_path
from medloc.workflow.verify.findings import Level, refute
from medloc.workflow.verify.folder import Site, day
from medloc.workflow.verify.proved import ProvedPage

_HEADING = re.compile(r'<h([23])\b[^>]*? id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
_NOT_IN_CONTENTS = re.compile(
    r'<sup class="footnote-reference">.*?</sup>|</?a\b[^>]*>|<img\b[^>]*>|</?bdi>', re.DOTALL
)
_MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
_CHOICE = re.compile(
    r'<li lang="[^"]*" dir="(ltr|rtl)">\n<a href="([^"]*)" hreflang="[^"]*">([^<]*)</a>'
)
# What the theme writes around <main>; whatever stands there otherwise is escaped.
_ELEMENT = re.compile(
    r"<(?:!doctype|/?(?:html|head|meta|title|link|body|a|header|p|div|nav|ul|li|details|summary|footer"
    r"|section|h2|bdi))[ >]"
    # Data, which no browser runs; what it says is compared by itself.
    r'|<script type="application/ld\+json">|</script>'
)
_ACTING = re.compile(r"<(?:script|style|iframe|object|embed|form|base)\b", re.IGNORECASE)
_ANY = re.compile("<")
_NAMED_META = re.compile(r'<meta (?:name|property)="[^"]*" content="[^"]*">')
_DATA = re.compile(r"<script[^>]*>(.*?)</script>", re.DOTALL)
_ADDRESS = re.compile(r'<link rel="canonical" href="([^"]*)">')
_SITE_NAME = re.compile(r'<meta property="og:site_name" content="([^"]*)">')


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


def check_head(page: ProvedPage, html: str, *, own: bool) -> None:
    """Title, lead and description are the approved ones, wherever the page shows them; where they
    stand in `<main>` is a project's own affair when it has its `own` theme."""
    title, title_id = title_of(page)
    lead, lead_id = _field(page, "description")
    head, _, rest = html.partition("</head>")
    main = rest.partition('<div class="columns">')[0]
    inside = (
        ("heading", title_id, [title], re.findall(r"<h1>(.*?)</h1>", rest, re.DOTALL)),
        ("lead", lead_id, [lead] if lead else [], _inner(r'<p class="lead">(.*?)</p>', main)),
    )
    for name, message, expected, found in (
        *(() if own else inside),
        (
            "description",
            lead_id,
            [lead] if lead else [],
            _inner(r'<meta name="description" content="(.*?)">', head),
        ),
        ("og:title", title_id, [title], _property(head, "title")),
        ("og:description", lead_id, [lead] if lead else [], _property(head, "description")),
    ):
        if [entities.unescape(one) for one in found] != expected:
            raise differs(page.path, f"the {name} {expected}", str(found), message=message)
    shown = entities.unescape("".join(_inner(r"<title>(.*?)</title>", head)))
    if shown != title and not shown.startswith(f"{title} | "):
        raise differs(page.path, f"the title {title}", shown, message=title_id)


def check_main(
    site: Site, page: ProvedPage, body: str, html: str, *, original: ProvedPage | None, address: str
) -> tuple[PageView, ...]:
    """Nothing stands around a proved `body` but title, lead, contents, notices and a date of
    review, each as the approved source has it; nor in what the page tells search engines.

    `original` is the page in the source language, `address` that of the site.
    Returns what the page may be showing."""
    article = page.article
    overdue = article.review_by is not None and article.review_by < day(site.root)
    older = (PageNotice.LAST_GOOD,) if page.last_good else ()
    contents = tuple(
        (identity, _NOT_IN_CONTENTS.sub("", inner), int(level))
        for level, identity, inner in _HEADING.findall(body)
    )
    decided = dt.date.fromisoformat(page.decided) if page.decided else None
    is_source = page.locale == site.root.source
    view = PageView(
        Language(page.locale, page.tag, page.tag, direction_of(html)),
        title=title_of(page)[0],
        description=_field(page, "description")[0],
        body_html=body,
        root="../" * page.path.count("/"),
        style="",
        contents=contents,
        is_source=is_source,
        source=None if is_source or original is None else _original(site, page, original),
        approved=decided,
        edition=decided if older else None,
        newer=bool(older and original is not None and not original.last_good),
        leaflet=NAME if leaflet_path(page.path) in site.hashes else "",
        code=page.code,
        codes=article.codes,
        site_name=_found(_SITE_NAME, html),
        address=address_of(page.path, address),
    )
    if _found(_ADDRESS, html) != view.address:
        raise differs(page.path, f"the address {view.address}", _found(_ADDRESS, html))
    # Demonstrations show no date of review; whether the review of an earlier edition is overdue,
    # the current source says.
    views = [
        replace(view, reviewed=reviewed, notices=notices)
        for reviewed in dict.fromkeys((article.reviewed, None))
        for notices in (older, (*older, PageNotice.OVERDUE))
        if page.last_good or overdue == (PageNotice.OVERDUE in notices)
    ]
    drawn = [site.look.page(one) for one in views]
    check_drawn(page.path, html, *drawn, own=site.look.is_own)
    return tuple(v for v, one in zip(views, drawn, strict=True) if main_of(one) == main_of(html))


def address_of(path: str, site: str) -> str:
    """The absolute address of a page, empty when its site has none."""
    return f"{site}/{path.removesuffix('index.html')}" if site else ""


def _original(site: Site, page: ProvedPage, original: ProvedPage) -> tuple[Language, str]:
    # What languages are called, the settings may say; the first page of the site does.
    root = html_of(site, "index.html") if "index.html" in site.hashes else ""
    choices = _CHOICE.findall(main_of(root))
    names = [name for _, href, name in choices if href == f"{original.tag}/index.html"]
    name = entities.unescape(names[0]) if names else original.tag
    language = Language(site.root.source, original.tag, name, "ltr")
    return language, posixpath.relpath(original.path, posixpath.dirname(page.path))


def direction_of(html: str) -> str:
    """The direction that a page says to have."""
    return "rtl" if re.search(r'<html lang="[^"]*" dir="rtl">', html) else "ltr"


def _found(pattern: re.Pattern[str], html: str) -> str:
    found = pattern.search(html.partition("</head>")[0])
    return entities.unescape(found[1]) if found else ""


def _property(head: str, name: str) -> list[str]:
    return _inner(rf'<meta property="og:{name}" content="(.*?)">', head)


def check_list(site: Site, tag: str, pages: Sequence[ProvedPage]) -> None:
    """The list of a language shows each article with its approved title and description."""
    path = f"{tag}/index.html"
    if path not in site.hashes:
        raise differs(path, "a list of the articles", "nothing")
    items = [
        ListItem(
            title_of(page)[0],
            f"{page.article.slug}/index.html",
            _field(page, "description")[0],
        )
        for page in pages
    ]
    items.sort(key=lambda item: (item.title.casefold(), item.href))
    language = Language(site.root.locales[tag], tag, tag, "ltr")
    drawn = site.look.list(ListView(language, tuple(items), root="", style=""))
    check_drawn(path, html_of(site, path), drawn, own=site.look.is_own)


def check_root(site: Site) -> None:
    """The first page offers the languages of the site, by names that the settings may give."""
    path = "index.html"
    if path not in site.hashes:
        raise differs(path, "a page that offers the languages", "nothing")
    html = html_of(site, path)
    choices = _CHOICE.findall(main_of(html))
    tags = [href.removesuffix("/index.html") for _, href, _ in choices]
    if sorted(tags) != sorted(site.root.locales):
        raise differs(path, f"the languages {sorted(site.root.locales)}", str(tags))
    offered = tuple(
        (Language(site.root.locales[tag], tag, entities.unescape(name), direction), href)
        for tag, (direction, href, name) in zip(tags, choices, strict=True)
    )
    source = site.root.source
    view = RootView(Language(source, source.replace("_", "-"), "", "ltr"), offered, style="")
    drawn = [site.look.root(replace(view, demonstration=one)) for one in (False, True)]
    check_drawn(path, html, *drawn, own=site.look.is_own)


def main_of(html: str) -> str:
    """The `<main>` of a page, from its first opening to its last end."""
    found = _MAIN.search(html)
    return found[0] if found else ""


def check_drawn(path: str, html: str, *drawn: str, own: bool) -> None:
    """A page has the `<main>` of one of those drawn here; around it stand only elements of the
    theme, and no order to the browser that the drawn page does not give. `own`: the theme has
    files of the project, which may bring any element that does nothing."""
    found = main_of(html)
    nearest = max(drawn, key=lambda one: common(main_of(one), found))
    wanted = main_of(nearest)
    if found != wanted:
        at = common(wanted, found)
        raise differs(path, f"`{wanted[at : at + 80]}`", f"`{found[at : at + 80]}`")
    rest = _MAIN.sub("", html)
    rest = _DATA.sub("", rest) if own else _ELEMENT.sub("", rest)
    other = (_ACTING if own else _ANY).search(rest)
    if other is not None:
        there = rest[other.start() :][:40]
        raise differs(path, "no element but those of the theme around <main>", there)
    if _orders(html) != _orders(nearest):
        raise differs(path, f"the orders {_orders(nearest)}", str(_orders(html)))
    if _DATA.findall(html) != _DATA.findall(nearest):
        raise differs(path, f"the data {_DATA.findall(nearest)}", str(_DATA.findall(html)))


def _orders(html: str) -> list[str]:
    """Every `<meta>` that does more than name something."""
    metas = re.findall(r"<meta\b[^>]*>", _MAIN.sub("", html))
    return [one for one in metas if not _NAMED_META.fullmatch(one)]


def common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


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
