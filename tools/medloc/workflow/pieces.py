"""What a wording must keep of its source, as pieces to put in with one key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from medloc.model import Message

_PIECES = re.compile(
    r"""\\.
    | (?P<code>`+)(?P<inner>.+?)(?P=code)(?!`)
    | (?P<footnote>\[\^[^\]\s]+\])
    | (?P<open>!?\[)
    | (?P<close>\](?:\((?:[^()\\]|\\.|\([^()]*\))*\)|\[[^\]]*\])?)
    | (?P<quantity>\{[A-Za-z_]\w*\})
    | (?P<address><[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*>)
    | <(?P<end>/?)(?P<tag>[A-Za-z][\w-]*)(?P<rest>[^<>]*)>
    | (?P<mark>\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=\w)_{1,3}(?!\w)|~~)""",
    re.VERBOSE | re.ASCII | re.DOTALL,
)
_VOID = frozenset({"br", "img", "wbr"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Goes around the words that are selected, or between two words when `after` is empty."""

    before: str
    after: str = ""

    @property
    def label(self) -> str:
        """What it looks like."""
        return f"{self.before}…{self.after}" if self.after else self.before


def pieces(message: Message) -> tuple[Piece, ...]:
    """The quantities, links, marks, tags, code and footnotes of a source text, in its order, each
    as often as it stands there.

    >>> text = "Take {dose}. *Never* stop: [help][help].[^a]"
    >>> message = Message("a", "b", text, "b", "paragraph", 1, placeholders=("dose",))
    >>> [piece.label for piece in pieces(message)]
    ['{dose}', '*…*', '[…][help]', '[^a]']
    """
    if message.is_field:
        return tuple(Piece(f"{{{name}}}") for name in message.placeholders)
    found: list[tuple[int, Piece]] = []
    opened: list[tuple[int, str, str]] = []  # where, how, and what closes it
    for match in _PIECES.finditer(message.text):
        at, text = match.start(), match[0]
        opens, closes = _ends(match)
        begun = _last(opened, closes) if closes else None
        if begun is not None:
            start, before, _ = opened.pop(begun)
            found.append((start, Piece(before, text)))
        elif opens:
            opened.append((at, text, opens))
        elif _is_whole(match, message):
            found.append((at, Piece(text)))
    return tuple(piece for _, piece in sorted(found, key=lambda one: one[0]))


def _ends(match: re.Match[str]) -> tuple[str, str]:
    """What would close the piece that a match opens, and what piece it may close."""
    if match["open"] or match["close"]:
        return ("]", "") if match["open"] else ("", "]")
    if match["tag"] and not _is_alone(match):
        name = match["tag"].lower()
        return ("", name) if match["end"] else (name, "")
    return (match["mark"], match["mark"]) if match["mark"] else ("", "")


def _is_whole(match: re.Match[str], message: Message) -> bool:
    """Whether a match is a piece that goes around no words."""
    if match["quantity"]:
        return match["quantity"][1:-1] in message.placeholders
    return bool(match["code"] or match["footnote"] or match["address"]) or _is_alone(match)


def _is_alone(match: re.Match[str]) -> bool:
    tag = match["tag"]
    return bool(tag) and (tag.lower() in _VOID or match["rest"].endswith("/"))


def _last(opened: Sequence[tuple[int, str, str]], closes: str) -> int | None:
    """The place of the last piece that this would close."""
    return next((at for at in reversed(range(len(opened))) if opened[at][2] == closes), None)
