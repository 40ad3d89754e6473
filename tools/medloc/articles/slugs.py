"""Names: slugs of articles and ids of headings, made from text and checked."""

from __future__ import annotations

import re
import unicodedata

from medloc.phrases import phrase

MAX_SLUG = 80
_MAX_ID = 80
_SLUG = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*(?:/[a-z0-9]+(?:-+[a-z0-9]+)*)*")
_EXPLICIT_ID = re.compile(r"[\w.-]+")
# Windows cannot hold files of these names, whatever stands behind the dot.
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(10))]
)


def slug_problem(slug: str) -> str:
    """What is wrong with a slug; empty when it can be used.

    >>> slug_problem("neurology/clonus"), slug_problem("../x")
    ('', 'only a-z, 0-9, `-` inside and `/` between are taken')
    """
    if len(slug) > MAX_SLUG:
        return phrase(
            "it has {count} characters, {max_slug} are the most", count=len(slug), max_slug=MAX_SLUG
        )
    if _SLUG.fullmatch(slug) is None:
        return phrase("only a-z, 0-9, `-` inside and `/` between are taken")
    if any(part in _DEVICES for part in slug.split("/")):
        return phrase("some systems cannot hold a file of that name")
    return ""


def suggested_slug(name: str) -> str:
    """A slug as near to a name as can be.

    >>> suggested_slug("../Über Clonus!"), suggested_slug("مرض")
    ('uber-clonus', 'article')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    parts = [re.sub(r"[^a-z0-9]+", "-", part).strip("-") for part in plain.split("/")]
    slug = "/".join(part for part in parts if part)[:MAX_SLUG].strip("-/") or "article"
    return slug if not slug_problem(slug) else f"{slug[: MAX_SLUG - 8].strip('-/')}-article"


def id_problem(heading_id: str) -> str:
    """What is wrong with an explicit id; empty when it can be used."""
    if _EXPLICIT_ID.fullmatch(heading_id) is None:
        return phrase("an id holds letters, digits, `-`, `_` and `.` only (no `:` and no `|`)")
    return ""


def heading_id(text: str) -> str:
    """The id of a heading that has none: its letters and digits in any script, joined by `-`.

    >>> heading_id("When to get help: now!"), heading_id("?")
    ('when-to-get-help-now', 'section')
    """
    plain = unicodedata.normalize("NFC", text).lower()
    words = re.sub(r"[\W_]+", "-", plain).strip("-")
    return words[:_MAX_ID].strip("-") or "section"
