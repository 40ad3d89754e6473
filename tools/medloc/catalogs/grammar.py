"""The one grammar of catalogs: strings, escapes, comment lines and the characters we refuse.

Both readers and the writer use it, so they cannot come to differ. The format is that of
https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html, minus what tools disagree on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from medloc.errors import CatalogError
from medloc.phrases import phrase

# A string as gettext writes it; possessive, so that hostile input costs linear time.
STRING = r'"[^"\\\n]*+(?:\\[\\"nrt][^"\\\n]*+)*+"'

# C0 but tab and line feed, DEL, C1 (NEL among them), and the line separators of Unicode: editors
# and libraries break lines or stop at them (polib loses text before U+2028). Lone surrogates are
# no text at all.
_CHARACTERS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
FORBIDDEN = re.compile(f"[{_CHARACTERS}]")
FORBIDDEN_IN_COMMENTS = re.compile(f"[\n{_CHARACTERS}]")
FORBIDDEN_IN_TEXTS = re.compile(f"[{_CHARACTERS}]".replace("\x0b-\x1f", "\x0b\x0c\x0e-\x1f"))

_UNCLOSED = re.compile(STRING[:-1])
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"\\": "\\", '"': '"', "n": "\n", "r": "\r", "t": "\t"}
_PREVIOUS = re.compile(r"(msgctxt|msgid_plural|msgid)[ \t]*(?=\")")
_NAMES = {
    0: "NUL",
    10: "line feed",
    11: "vertical tab",
    12: "form feed",
    13: "carriage return",
    127: "delete",
    0x85: "next line",
}


class Comments(NamedTuple):
    """What the lines in front of an entry say; flags without fuzzy, `sticky` from `#=` lines."""

    extracted: tuple[str, ...] = ()
    translator: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    sticky: tuple[str, ...] = ()
    fuzzy: bool = False
    previous_context: str | None = None
    previous_msgid: str | None = None
    previous_plural: str | None = None


def unquote(raw: str) -> str:
    """The text of one or more quoted strings, one a line, as in the file.

    >>> unquote('"two "\\n"lines"')
    'two lines'
    """
    # A raw line feed can only stand between two strings, so this joins them and nothing else.
    body = raw[1:-1].replace('"\n"', "")
    return _ESCAPE.sub(_unescape, body) if "\\" in body else body


def _unescape(match: re.Match[str]) -> str:
    return _ESCAPED[match[1]]


def one_string(text: str, *, path: str, line: int, column: int) -> str:
    """Give back `text`, found at that column (1-based), if it is exactly one quoted string.

    Raises CatalogError that says what is wrong: unterminated, an escape we do not take, text
    outside the quotes.
    """
    end = match.end() if (match := _UNCLOSED.match(text)) else 0
    rest = text[end : end + 2]
    if rest == '"':
        return text
    if rest.startswith('"'):
        raise CatalogError(
            phrase(
                "there is text outside the quotes, at column {column}: {words}.",
                column=column + end + 1,
                words=excerpt(text[end + 1 :]),
            ),
            path=path,
            line=line,
            advice=phrase(
                'Write \\" for a quote inside the text, and nothing behind the last quote.'
            ),
        )
    if len(rest) == 2:
        raise CatalogError(
            phrase(
                "the escape {escape} at column {column} is not taken, because tools read it in "
                "different ways.",
                escape=rest,
                column=column + end,
            ),
            path=path,
            line=line,
            advice=phrase('Use only \\\\ \\" \\n \\t \\r, or write the character itself.'),
        )
    raise CatalogError(
        phrase("the string is not closed: {words}.", words=excerpt(text)),
        path=path,
        line=line,
        advice=phrase(
            'End it with a quote ("); compare with an earlier version, text may be missing.'
        ),
    )


def read_comments(lines: Iterable[tuple[int, str]], *, path: str) -> Comments:
    """Read the `#` lines in front of an entry, each with its number.

    Several `#,` lines add up (gettext takes the last only, and would lose a `fuzzy`). Raises
    CatalogError for a `#|` line that is no previous text.
    """
    texts: dict[str, list[str]] = {".": [], "": [], ":": []}
    flags: dict[str, list[str]] = {",": [], "=": []}
    previous: dict[str, list[str]] = {}
    keyword, number = "", 0
    for number, whole in lines:
        kind, rest = whole[1:2], whole[2:]
        if kind == "|" or whole.startswith("#~|"):
            keyword = _previous_line(whole, keyword, previous, path, number)
        elif kind == ":":
            texts[":"] += rest.split()
        elif kind in flags:
            flags[kind] += filter(None, (flag.strip() for flag in rest.split(",")))
        elif kind == ".":
            texts["."].append(settled_comment(rest.removeprefix(" ")))
        else:
            texts[""].append(settled_comment(whole[1:].removeprefix(" ")))
    if previous and "msgid" not in previous:
        raise CatalogError(
            phrase(
                "a previous {keyword} without a previous msgid; gettext stops at it.",
                keyword=keyword,
            ),
            path=path,
            line=number,
            advice=phrase('Remove the "#|" line.'),
        )
    joined = {key: unquote("\n".join(strings)) for key, strings in previous.items()}
    return Comments(
        extracted=tuple(texts["."]),
        translator=tuple(texts[""]),
        references=tuple(texts[":"]),
        flags=_once(flags[","]),
        sticky=_once(flags["="]),
        fuzzy="fuzzy" in flags[","] or "fuzzy" in flags["="],
        previous_context=joined.get("msgctxt"),
        previous_msgid=joined.get("msgid"),
        previous_plural=joined.get("msgid_plural"),
    )


def settled_comment(text: str) -> str:
    """A comment that every tool ends where the line ends.

    gettext takes a backslash at the end for a continuation, and loses the line that follows; a
    space behind it helps.

    >>> settled_comment("see C:\\\\")
    'see C:\\\\ '
    """
    return f"{text} " if text.endswith("\\") else text


def _previous_line(
    whole: str, keyword: str, previous: dict[str, list[str]], path: str, line: int
) -> str:
    """Take one `#|` line into `previous`; gives back the keyword that a next line continues."""
    text = whole.lstrip("#~|").strip(" \t")
    match = _PREVIOUS.match(text)
    if match:
        keyword, text = match[1], text[match.end() :]
        if keyword in previous:
            raise CatalogError(
                phrase("a second previous {keyword} for one entry.", keyword=keyword),
                path=path,
                line=line,
                advice=phrase("Remove one of them."),
            )
        previous[keyword] = []
    if not keyword or not text.startswith('"'):
        raise CatalogError(
            phrase('a "#|" line holds no previous text: {words}.', words=excerpt(whole)),
            path=path,
            line=line,
            advice=phrase('Write #| msgid "...", or # and a space for a comment.'),
        )
    column = len(whole.rstrip(" \t")) - len(text) + 1
    previous[keyword].append(one_string(text, path=path, line=line, column=column))
    return keyword


def _once(flags: list[str]) -> tuple[str, ...]:
    """Flags in order, each once, without fuzzy (which has its own field)."""
    return tuple(dict.fromkeys(flag for flag in flags if flag != "fuzzy"))


def refuse_characters(text: str, *, path: str) -> None:
    """Refuse control characters and foreign line ends, wherever they are: line, column, code point.

    Lone carriage returns are among them: CRLF is normalised before.
    """
    found = FORBIDDEN.search(text)
    if found is None:
        return
    start = text.rfind("\n", 0, found.start()) + 1
    raise CatalogError(
        phrase(
            "the character {character} at column {column} may not stand in a catalog.",
            character=character_name(found[0]),
            column=found.start() - start + 1,
        ),
        path=path,
        line=text.count("\n", 0, found.start()) + 1,
        advice=phrase("Remove it, or put a space or a line break in its place."),
    )


def character_name(character: str) -> str:
    """A character as people can look it up.

    >>> character_name("\\u2028")
    'U+2028 (line separator)'
    """
    code = ord(character)
    name = _NAMES.get(code) or unicodedata.name(character, "control character").lower()
    return f"U+{code:04X} ({name})"


def excerpt(text: str) -> str:
    """The beginning of a text for a message, on one line."""
    flat = text[:200].strip().replace("\n", " ")
    return flat if len(flat) <= 60 else f"{flat[:57]}..."
