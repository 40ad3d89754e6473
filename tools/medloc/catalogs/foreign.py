"""The careful reader, for what other tools hand back: the grammar line by line, errors named."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from medloc.catalogs.canonical import make_entry
from medloc.catalogs.grammar import Comments, excerpt, one_string, read_comments, unquote
from medloc.errors import CatalogError
from medloc.model import Entry, Notice
from medloc.phrases import Phrase, phrase, together

_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr\[(\d{1,3})\]|msgstr)[ \t]*(?=\"|$)")
_CONFLICT = re.compile(r"<{7}(?: |$)|={7}$|>{7}(?: |$)|\|{7}(?: |$)")
_BEGINS = ("msgctxt", "msgid")


@dataclass(slots=True)
class _Draft:
    """An entry while its lines come in: raw strings by keyword, in order."""

    comments: list[tuple[int, str]] = field(default_factory=list)
    line: int = 0
    obsolete: bool = False
    strings: dict[str, list[str]] = field(default_factory=dict)

    @property
    def last(self) -> str:
        return next(reversed(self.strings), "")

    @property
    def complete(self) -> bool:
        return self.last.startswith("msgstr")


class Foreign(NamedTuple):
    """What the grammar makes of a file: all entries, the header among them; notices of comment
    lines that belong to no entry; and the file again with every text, as it was quoted, on one
    line and no comment but fuzzy."""

    entries: list[Entry]
    notices: tuple[Notice, ...]
    plain: str


def read_foreign(text: str, *, path: str) -> Foreign:
    """Read a file line by line; raises CatalogError, with the line, for all outside the grammar."""
    drafts, notices = _read_lines(text, path)
    entries = [_entry(draft, path) for draft in drafts]
    pairs = zip(drafts, entries, strict=True)
    return Foreign(entries, notices, "\n".join(_plain(draft, entry) for draft, entry in pairs))


def _read_lines(text: str, path: str) -> tuple[list[_Draft], tuple[Notice, ...]]:
    drafts: list[_Draft] = []
    draft = _Draft()
    for number, whole in enumerate(text.split("\n"), 1):
        line = whole.strip(" \t")
        if not line or line == "#~":
            continue
        obsolete = line.startswith("#~") and not line.startswith("#~|")
        body = line[2:].lstrip(" \t") if obsolete else line
        comment = line.startswith("#") and not obsolete
        if draft.complete and (comment or body.startswith(_BEGINS)):
            drafts.append(draft)
            draft = _Draft()
        if comment:
            _take_comment(draft, number, whole.lstrip(" \t"), path)
        else:
            column = whole.index(body) + 1
            _take_keyword(draft, number, body, column, obsolete, path)
    if draft.complete:
        drafts.append(draft)
    elif draft.strings:
        raise _order(phrase("the file ends after {keyword}", keyword=draft.last), path, draft.line)
    elif draft.comments:
        words = phrase("comment lines at the end belong to no entry; the next save leaves them out")
        return drafts, (Notice(path, draft.comments[0][0], words),)
    return drafts, ()


def _take_comment(draft: _Draft, number: int, line: str, path: str) -> None:
    if draft.strings:
        raise _order(
            phrase("a comment inside an entry, after {keyword}", keyword=draft.last), path, number
        )
    draft.comments.append((number, line))


def _take_keyword(
    draft: _Draft, number: int, body: str, column: int, obsolete: bool, path: str
) -> None:
    """Take a line with a keyword, or a string that continues the one before."""
    match = _KEYWORD.match(body)
    if match:
        _refuse_order(draft, match[1], path, number)
        if not draft.strings:
            draft.line, draft.obsolete = number, obsolete
        draft.strings[match[1]] = []
        column += match.end()
        body = body[match.end() :]
        if not body:
            raise _order(
                phrase("{keyword} without a text in quotes", keyword=match[1]), path, number
            )
    elif not body.startswith('"'):
        raise _unknown(body, path, number)
    elif not draft.strings:
        raise _order(phrase("a text in quotes before any keyword"), path, number)
    if obsolete != draft.obsolete:
        raise _order(phrase('an entry that is marked obsolete ("#~") only in part'), path, number)
    draft.strings[draft.last].append(one_string(body, path=path, line=number, column=column))


def _refuse_order(draft: _Draft, keyword: str, path: str, line: int) -> None:
    """msgctxt, msgid, then msgstr, or msgid_plural with msgstr[0], msgstr[1] and so on."""
    last = draft.last
    forms = len(draft.strings) - 2 - ("msgctxt" in draft.strings)
    allowed = {
        "": ("msgctxt", "msgid"),
        "msgctxt": ("msgid",),
        "msgid": ("msgid_plural", "msgstr"),
        "msgid_plural": ("msgstr[0]",),
    }.get(last, (f"msgstr[{forms}]",) if last.startswith("msgstr[") else ())
    if keyword not in allowed:
        place = (
            phrase("after {keyword}", keyword=last)
            if last
            else phrase("at the beginning of an entry")
        )
        raise _order(together(keyword, place), path, line)


def _order(found: str, path: str, line: int) -> CatalogError:
    return CatalogError(
        Phrase("{found}.", {"found": found}),
        path=path,
        line=line,
        advice=phrase(
            "An entry is: comments, msgctxt, msgid, msgstr. Compare with an earlier version."
        ),
    )


def _unknown(body: str, path: str, line: int) -> CatalogError:
    if _CONFLICT.match(body):
        return CatalogError(
            phrase("a conflict marker of version control: {words}.", words=excerpt(body)),
            path=path,
            line=line,
            advice=phrase(
                "Decide which side is right, then remove the markers and the other side."
            ),
        )
    return CatalogError(
        phrase(
            "this line is neither a comment, a keyword nor a text in quotes: {words}.",
            words=excerpt(body),
        ),
        path=path,
        line=line,
        advice=phrase("Put text between quotes, or a # and a space in front of a comment."),
    )


def _entry(draft: _Draft, path: str) -> Entry:
    """The entry of a complete draft."""
    texts = {keyword: _text(strings) for keyword, strings in draft.strings.items()}
    comments = read_comments(draft.comments, path=path) if draft.comments else Comments()
    entry = make_entry(
        texts.get("msgctxt", ""),
        texts["msgid"],
        texts.get("msgstr", ""),
        comments,
        draft.obsolete,
        draft.line,
    )
    if "msgid_plural" not in texts:
        return entry
    forms = tuple(text for keyword, text in texts.items() if keyword.startswith("msgstr["))
    return replace(
        entry,
        msgid_plural=texts["msgid_plural"],
        msgstr_plural=forms,
        fuzzy=comments.fuzzy and any(forms),
    )


def _text(strings: list[str]) -> str:
    return unquote("\n".join(strings))


def _plain(draft: _Draft, entry: Entry) -> str:
    mark = "#~ " if draft.obsolete else ""
    lines = [f'{mark}{key} "{_joined(strings)}"\n' for key, strings in draft.strings.items()]
    return ("#, fuzzy\n" if entry.fuzzy else "") + "".join(lines)


def _joined(strings: list[str]) -> str:
    return "".join(string[1:-1] for string in strings)
