"""The compile step: approved words go into a .mo that Babel writes; pages get what is read back.

Law: `released(...)` raises unless every word asked for is in the compiled file, byte for byte the
ledger's. There is no fallback to the source language and no other way to a page.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterator, Mapping, Sequence

from babel.messages import Catalog
from babel.messages import Message as MoMessage
from babel.messages.mofile import write_mo

from medloc.errors import MedlocError
from medloc.model import Message


class GateError(MedlocError):
    """A word that is not in the compiled catalog was asked for: a bug or a damaged file."""


def compile_words(locale: str, words: Sequence[tuple[Message, str]]) -> bytes:
    """The .mo of (message, approved wording written out) in document order.

    The bytes depend on the words only: no date is written.
    """
    catalog = _Catalog(locale)
    # Sorted as write_mo sorts: its own sort, in Python, then has nothing to move (2 times faster).
    for message, wording in sorted(words, key=lambda word: (word[0].text, word[0].context)):
        if not wording:
            raise GateError(f"message {message.id} has no approved wording")
        catalog.add(message.text, wording, context=message.context)
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def read_words(compiled: bytes, messages: Sequence[Message]) -> tuple[str, ...]:
    """The wordings of `messages`, in their order, out of a compiled catalog.

    Raises GateError for a message that is not in it: a lookup fails rather than falls back.
    """
    translations = gettext.GNUTranslations(io.BytesIO(compiled))
    translations.add_fallback(_Refusal())
    return tuple(translations.pgettext(message.context, message.text) for message in messages)


def released(
    compiled: bytes, words: Sequence[tuple[Message, str]]
) -> Mapping[tuple[str, str], str]:
    """Read a compiled catalog back and compare it with what was approved.

    Returns the wordings by (context, msgid). Raises GateError on any difference.
    """
    read = read_words(compiled, [message for message, _ in words])
    for (message, approved), found in zip(words, read, strict=True):
        if found != approved:
            raise GateError(
                f"the compiled catalog holds another wording of message {message.id} ({approved!r} "
                f"was approved, {found!r} was read)",
                advice="Nothing was published. Please report this.",
            )
    return {
        (message.context, message.text): found
        for (message, _), found in zip(words, read, strict=True)
    }


class _Catalog(Catalog):
    """A Babel catalog whose header is fixed: Babel's own holds the time of day."""

    def __init__(self, language: str) -> None:
        super().__init__(charset="utf-8", fuzzy=False)
        self._header = (
            f"Language: {language}\nMIME-Version: 1.0\n"
            "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
        )

    def __iter__(self) -> Iterator[MoMessage]:
        yield MoMessage("", self._header)
        yield from self._messages.values()


class _Refusal(gettext.NullTranslations):
    """What gettext asks when a message is missing; it says so instead of answering in English."""

    def pgettext(self, context: str, message: str) -> str:
        raise GateError(f"`{message[:60]}` ({context}) is not in the compiled catalog")
