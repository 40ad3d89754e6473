"""What the theme needs to know to draw a page: one frozen value per kind of page.

Every `href` is relative to the page that holds it and goes into the page as given; `root` leads
from the page to the site's folder ("../../", empty on the root page) and `style` from there to
the style sheet ("assets/<hash>.css"). `address` is the page's own absolute address, empty when
the site has none. Texts are plain text unless a name says `html`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from medloc.model import Language

Alternates = tuple[tuple[Language, str], ...]
"""The page in each language it is published in, itself included: language and href."""


class PageNotice(StrEnum):
    """A sentence above the article, in the page's language."""

    LAST_GOOD = "last_good"  # an older edition stays up while a newer one waits for approval
    CORRECTING = "correcting"  # a safety edit: the body is empty until it is approved
    WITHDRAWN = "withdrawn"  # recalled: the address stays, the body is empty
    OVERDUE = "overdue"  # the medical review is overdue


@dataclass(frozen=True, slots=True)
class PageView:
    """An article's page.

    `body_html` is the inner HTML of `<article>`; when it is empty there is no article, only the
    notices; an empty `title` stands for that of a page of which nothing may be shown. `contents`
    are (heading id, HTML of the heading without links, level) in page order.
    `source` is the source language and the href of its page, given on translations only.
    `approved` is the day of the latest approval; the page claims approval only when it is set.
    `edition` is the day a LAST_GOOD notice names; `newer` says that the source's page is of a later
    text already. `proof` is the href of proof.json, `code` the short code of what the page says;
    `leaflet` is the href of its PDF, if it has one, `search` that of the page that searches.
    `roles` are the roles that approved each sentence, `high_risk_roles` those that approved only
    the statements of high risk. `codes` are the condition's codes by coding system ("icd10").
    `draft` marks a page that nobody approved: banner, watermark, and search engines stay out.
    """

    language: Language
    title: str
    body_html: str
    root: str
    style: str
    description: str = ""
    contents: tuple[tuple[str, str, int], ...] = ()
    alternates: Alternates = ()
    is_source: bool = False
    source: tuple[Language, str] | None = None
    reviewed: dt.date | None = None
    approved: dt.date | None = None
    edition: dt.date | None = None
    notices: tuple[PageNotice, ...] = ()
    newer: bool = False
    proof: str = ""
    leaflet: str = ""
    code: str = ""
    roles: tuple[str, ...] = ()
    high_risk_roles: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    site_name: str = ""
    address: str = ""
    demonstration: bool = False
    draft: bool = False
    search: str = ""


@dataclass(frozen=True, slots=True)
class ListItem:
    """One article in a list: its title and description in the language of the list."""

    title: str
    href: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class ListView:
    """All articles of one language, in the order given."""

    language: Language
    articles: tuple[ListItem, ...]
    root: str
    style: str
    alternates: Alternates = ()
    site_name: str = ""
    address: str = ""
    demonstration: bool = False
    draft: bool = False
    search: str = ""


@dataclass(frozen=True, slots=True)
class RootView:
    """The first page: `alternates` are the languages to choose from, `language` the source's."""

    language: Language
    alternates: Alternates
    style: str
    root: str = ""
    site_name: str = ""
    address: str = ""
    demonstration: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class RedirectView:
    """What stands at an old address: `href` leads to the page, whose title is `title`; `address`
    is that page's absolute address."""

    language: Language
    title: str
    href: str
    root: str
    style: str
    site_name: str = ""
    address: str = ""
    demonstration: bool = False
    draft: bool = False
