"""Every noun of medloc: frozen values that the rooms hand to each other. Read this file first.

Texts are str, offsets are code points, lines are 1-based, dates are `datetime.date`, hashes are
lower-case hexadecimal SHA-256. A *locale* is written as in gettext folders (`pt_BR`, `zh_Hans`);
a *tag* is the BCP 47 form of it (`pt-BR`, `zh-Hans`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from medloc.phrases import Phrase

# --- articles and messages -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quantity:
    """A typed value of an article's front matter, written per locale by CLDR.

    `value` and `upper` are decimal text exactly as the author wrote them ("5", "0.25"); `upper`
    is empty unless it is a range. `unit` is a CLDR unit id, "percent", or empty for a bare number.
    `date` is set, and value empty, for a date.
    """

    name: str
    value: str = ""
    upper: str = ""
    unit: str = ""
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class LocaleLink:
    """A link whose address depends on the locale: label, default address, address by locale."""

    label: str
    default: str
    by_locale: Mapping[str, str]

    def address(self, locale: str) -> str:
        """The address readers of `locale` get."""
        return self.by_locale.get(locale, self.default)


@dataclass(frozen=True, slots=True)
class Message:
    """One translatable block of an article.

    `context` is the msgctxt, `text` the msgid; `section` is the id of the nearest heading ("meta"
    for front-matter fields, "start" before the first heading); `kind` is title, description (or
    another field name), heading, paragraph, item, cell, definition or term; `line` is where the
    block begins in the file; `placeholders` are names of quantities used, `links` labels of
    per-locale links used, both in order of first appearance.
    """

    article: str
    context: str
    text: str
    section: str
    kind: str
    line: int
    high_risk: bool = False
    notes: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def is_field(self) -> bool:
        """Whether this is a front-matter field: plain text, no Markdown."""
        # A heading may have the id "meta"; no id holds ":".
        return self.section == "meta" and self.context.startswith("meta:")

    @property
    def id(self) -> str:
        """First 12 hex digits of SHA-256 over the three; in every JSON and screen."""
        return message_id(self.article, self.context, self.text)


@lru_cache(maxsize=65536)  # each locale asks for the same again
def message_id(article: str, context: str, text: str) -> str:
    """The message id: what every JSON and screen calls a message.

    >>> message_id("clonus", "causes", "Causes")
    'b543937c3813'
    """
    return hashlib.sha256("\x00".join((article, context, text)).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body: level 1-6, id, classes, index of its message (-1: none)."""

    level: int
    id: str
    classes: tuple[str, ...]
    message: int
    line: int
    generated: bool


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The source's HTML with a hole per message: `parts[0] + hole[0] + parts[1] + ...`.

    `holes[i]` is the index into `Article.messages` of the words between `parts[i]` and
    `parts[i + 1]`; `footnotes[i]` are the footnote labels the source uses in that hole.
    `tail` are the reference definitions that inline rendering needs; `numbers` maps footnote
    labels to the numbers of the source page.
    """

    parts: tuple[str, ...]
    holes: tuple[int, ...]
    tail: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know that stops nothing: printed on stderr as `path:line: text`."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        where = "{path}:{line}: {text}" if self.line else "{path}: {text}"
        return Phrase(where, {"path": self.path, "line": self.line, "text": self.text})


@dataclass(frozen=True, slots=True)
class Article:
    """One article, read and proved usable. `messages` are in document order, each identity once.

    `files` are the relative addresses of images as written; `article_links` the relative addresses
    of other articles as written (`spasticity.md#id`), each with the line it stands on;
    `source_hash` is SHA-256 of the file's bytes; `text` is the whole file (LF line ends, no BOM).
    """

    slug: str
    path: str
    text: str
    source_hash: str
    title: str
    messages: tuple[Message, ...]
    skeleton: Skeleton
    headings: tuple[Heading, ...] = ()
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    links: Mapping[str, LocaleLink] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    reviewed: dt.date | None = None
    review_by: dt.date | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    files: tuple[tuple[str, int], ...] = ()
    article_links: tuple[tuple[str, int], ...] = ()
    untranslated: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


# --- catalogs -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a catalog, as in the PO file. `msgstr` is the wording; `fuzzy` means stale.

    `comments` are the extracted `#.` lines, `translator_comments` the `# ` lines, `flags` all flags
    but fuzzy, `sticky_flags` those of `#=` lines (newer gettext). Plural entries (never ours) keep
    `msgid_plural` and `msgstr_plural`. `line` is that of the first keyword.
    """

    context: str
    msgid: str
    msgstr: str = ""
    fuzzy: bool = False
    obsolete: bool = False
    comments: tuple[str, ...] = ()
    translator_comments: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous_context: str | None = None
    previous_msgid: str | None = None
    msgid_plural: str | None = None
    msgstr_plural: tuple[str, ...] = ()
    line: int = 0
    sticky_flags: tuple[str, ...] = ()
    previous_msgid_plural: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What identifies the entry inside its catalog."""
        return (self.context, self.msgid)


@dataclass(frozen=True, slots=True)
class Catalog:
    """A PO file as a value: header comment lines, headers in order, entries in order, notices."""

    path: str
    headers: tuple[tuple[str, str], ...] = ()
    header_comment: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    header_fuzzy: bool = False
    notices: tuple[Notice, ...] = ()

    def header(self, name: str) -> str:
        """The value of a header, empty when it is not there."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


# --- people, policy, decisions ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may decide; `locales` empty means every locale; `until` ends the person."""

    id: str
    name: str
    roles: tuple[str, ...]
    locales: tuple[str, ...] = ()
    email: str = ""
    until: dt.date | None = None

    def holds(self, role: str, locale: str, today: dt.date) -> bool:
        """Whether the person has `role` for `locale` on that day (`until` is the last day)."""
        return (
            role in self.roles
            and (not self.locales or locale in self.locales)
            and (self.until is None or today <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Policy:
    """Which roles must approve, each a different person; role names are free.

    `incomplete` is what becomes of a page whose current source is not approved (`last_good`,
    `withhold`), `grace` the days that the last good edition may stay; `review_every` the days after
    which a page is to be read again (0: never), `overdue` what becomes of a page whose source is
    past its `review_by` (`warn`, `withhold`).
    """

    normal: tuple[str, ...] = ("medical",)
    high_risk: tuple[str, ...] = ("linguistic", "medical")
    source: tuple[str, ...] = ("medical",)
    bulk_high_risk: bool = False
    doors: tuple[str, ...] = ("app",)
    incomplete: str = "last_good"
    grace: int = 90
    raw_html: str = "refuse"
    missing_files: str = "refuse"
    review_every: int = 365
    overdue: str = "warn"
    checks: Mapping[str, str] = field(default_factory=dict)

    def roles_for(self, *, is_source: bool, high_risk: bool) -> tuple[str, ...]:
        """The roles that must approve such a message."""
        return self.source if is_source else self.high_risk if high_risk else self.normal


@dataclass(frozen=True, slots=True)
class Pair:
    """Exactly what a decision is about: a wording of a source text in a place, both written out
    (quantities as numbers, per-locale addresses resolved)."""

    article: str
    locale: str
    context: str
    source: str
    target: str

    @property
    def hash(self) -> str:
        """SHA-256 over the five texts; `--expect` compares with it."""
        parts = (self.article, self.locale, self.context, self.source, self.target)
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


class Severity(StrEnum):
    """What a finding does: an error blocks approvals until mended or waived, a warning is shown,
    an info is quiet."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


Span = tuple[int, int]  # begin and end in a text, in code points


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found in a pair, in plain words, with its places in both texts."""

    check: str
    severity: Severity
    message: str
    source: tuple[Span, ...] = ()
    target: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a locale's glossary: the source's word and the forms that translations may use.

    `accepted` are whole words, or beginnings of words that end in `*`; the first is the preferred
    one. `forbidden` must not stand for it. `keep` means the source's own word stays as it is.
    """

    term: str
    accepted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    keep: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """A message in a locale as it stands now: the catalog's wording and the pair to decide on.

    `wording` is the msgstr as written (placeholders open); `pair` has both texts written out;
    `fuzzy` means the wording belongs to an older source. In the source language the wording is the
    message itself.
    """

    message: Message
    pair: Pair
    wording: str
    fuzzy: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is no wording yet."""
        return not self.wording.strip()

    @property
    def high_risk(self) -> bool:
        """Whether the source marks the message as high risk."""
        return self.message.high_risk


class Kind(StrEnum):
    """What an event of the ledger says."""

    SOURCE = "source"
    PROPOSE = "propose"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
    REQUEST_CHANGES = "request_changes"
    COMMENT = "comment"
    WAIVE = "waive"
    CARRY_FORWARD = "carry_forward"
    RECALL = "recall"
    RESTORE = "restore"
    RECONFIRM = "reconfirm"
    PUBLISH = "publish"


DECISIONS = frozenset({Kind.APPROVE, Kind.WITHDRAW, Kind.REQUEST_CHANGES})
"""What a person says of an exact pair; only the latest of each person counts."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before it is appended: everything but number, previous hash and time.

    `text` is the article's text of a `source` event, the manifest's hash of a `publish` event, and
    what a page was read as: the SHA-256 of the page's pairs for `reconfirm`, of both the article's
    text and the edition's pairs for a `restore` in spite of a changed statement. `category` is the
    class of a request (unsafe, wrong, style), `meaning` the sentence the person agreed to
    ("approved for publication"), `check` the finding that a `waive` accepts.

    `recall`, `restore` and `reconfirm` without `source` are about a whole article in a locale. A
    `carry_forward` is about all locales: decisions on pairs of the place `earlier_*` (the same
    article unless `earlier_article` says otherwise) count for the same wordings in the new place.
    """

    event_id: str
    kind: Kind
    actor: str
    door: str
    role: str = ""
    article: str = ""
    locale: str = ""
    context: str = ""
    source: str = ""
    target: str = ""
    text: str = ""
    category: str = ""
    meaning: str = ""
    reason: str = ""
    check: str = ""
    earlier_article: str = ""
    earlier_context: str = ""
    earlier_source: str = ""

    @property
    def pair(self) -> Pair:
        """The pair the event is about."""
        return Pair(self.article, self.locale, self.context, self.source, self.target)


@dataclass(frozen=True, slots=True)
class Event:
    """A stored event: its draft, number (from 1), time (UTC), previous hash and own hash."""

    number: int
    at: str
    previous: str
    hash: str
    draft: Draft


class Standing(StrEnum):
    """Where a message stands in a locale; the names of `medloc status`."""

    MISSING = "missing"
    STALE = "stale"
    WAITING = "waiting"
    CHANGES_REQUESTED = "changes_requested"
    HALF_APPROVED = "half_approved"
    APPROVED = "approved"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A standing and what it rests on: numbers of the deciding events (ascending), the day of the
    latest of them, the roles still wanted, and the ledger's own text when approved."""

    standing: Standing
    events: tuple[int, ...] = ()
    decided: str = ""
    wanted: tuple[str, ...] = ()
    target: str = ""
    reason: str = ""


# --- pages ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MessageProof:
    """One message's line of `proof.json`: hashes are SHA-256 of the written-out UTF-8 texts."""

    id: str
    context: str
    high_risk: bool
    source_hash: str
    target_hash: str
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page ready to be written: bytes by path relative to the site, and what proves them."""

    article: str
    locale: str
    tag: str
    title: str
    files: Mapping[str, bytes]
    proof: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class WithheldMessage:
    """A message that keeps a page from being published."""

    id: str
    context: str
    standing: Standing
    reason: str = ""


class Shown(StrEnum):
    """What stands at the address of a page whose current source is not published."""

    NOTHING = "nothing"
    LAST_GOOD = "last_good"  # the last edition that was approved whole
    CORRECTING = "correcting"  # a notice: what it stated is being corrected
    WITHDRAWN = "withdrawn"  # a notice: it was recalled


@dataclass(frozen=True, slots=True)
class Withheld:
    """A page that is not published from its current source, why, and what is shown instead."""

    article: str
    locale: str
    reason: str
    messages: tuple[WithheldMessage, ...] = ()
    shown: Shown = Shown.NOTHING


@dataclass(frozen=True, slots=True)
class Language:
    """A locale as pages need it: gettext name, BCP 47 tag, own name, direction ("ltr"/"rtl")."""

    locale: str
    tag: str
    name: str
    direction: str
