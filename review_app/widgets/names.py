"""Words of the ledger in the viewer's language: standings, decisions, events, accounts; and words
of people and files in a line that Streamlit reads as Markdown."""

from __future__ import annotations

import re

from medloc.model import Kind, Standing
from review_app.texts import tr


def standing_names() -> dict[Standing, str]:
    """Standings in the viewer's language, in the order of the work."""
    return {
        Standing.APPROVED: tr("approved"),
        Standing.HALF_APPROVED: tr("half approved"),
        Standing.WAITING: tr("waiting"),
        Standing.CHANGES_REQUESTED: tr("changes requested"),
        Standing.STALE: tr("source has changed"),
        Standing.MISSING: tr("not translated"),
        Standing.RECALLED: tr("recalled"),
    }


def kind_names() -> dict[Kind, str]:
    """Kinds of decisions in the viewer's language."""
    return {
        Kind.APPROVE: tr("approved"),
        Kind.REQUEST_CHANGES: tr("changes requested"),
        Kind.WITHDRAW: tr("withdrawn"),
        Kind.WAIVE: tr("finding accepted"),
        Kind.CARRY_FORWARD: tr("carried forward"),
        Kind.RECALL: tr("recalled"),
        Kind.RESTORE: tr("restored"),
        Kind.RECONFIRM: tr("read again"),
    }


def event_names() -> dict[Kind, str]:
    """All kinds of events in the viewer's language."""
    return {
        **kind_names(),
        Kind.SOURCE: tr("text of an article"),
        Kind.PROPOSE: tr("wording proposed"),
        Kind.COMMENT: tr("comment"),
        Kind.PUBLISH: tr("published"),
    }


def account_names() -> dict[str, str]:
    """States of an account in the viewer's language."""
    return {
        "none": tr("no account"),
        "link": tr("link given, not used yet"),
        "open": tr("open"),
        "suspended": tr("suspended"),
    }


def verbatim(text: str) -> str:
    r"""A text that Markdown shows as it is; addresses become no links (U+2060 is not seen).

    >>> print(verbatim("[a](b) :red[c]"))
    \[a\]\(b\) \:red\[c\]
    """
    return _ADDRESS.sub("\\g<0>\u2060", _SIGNS.sub(r"\\\g<0>", text))


def beginning(text: str) -> str:
    r"""The first words of a Markdown text as a label, without its marks; cut between words.

    >>> print(beginning("**Stroke**: the *part*, <5 mg; see [a leaflet][leaflet]"))
    Stroke: the part, \<5 mg; see a leaflet
    """
    words = " ".join(_MARKS.sub(r"\1", _LINKS.sub(r"\1", text)).split())
    if len(words) > _MOST:
        whole = words[: _MOST + 1].rpartition(" ")[0]  # none where no blanks are written
        words = f"{whole or words[:_MOST]}…"
    return verbatim(words)


_MOST = 60  # characters of a label
_LINKS = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_MARKS = re.compile(  # what is escaped stays
    r"\\([!-/:-@\[-`{-~])|(?<!\d)\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![\d*])"
    r"|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)|\[\^[^\]]*\]|`"
)
_SIGNS = re.compile(r"[\\`*_{}\[\]()#+!|<>~$&@-]|:(?=\w)")
_ADDRESS = re.compile(
    r":(?=//)|www(?=\.)|@", re.IGNORECASE
)  # they are found after escapes are read
