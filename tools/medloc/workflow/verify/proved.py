"""A page after level "decisions": the words it may show, and what they are words of."""

from __future__ import annotations

from dataclasses import dataclass

from medloc.model import Article


@dataclass(frozen=True, slots=True)
class ProvedPage:
    """A page whose every message is approved: its article as recorded, the SHA-256 of that source,
    and the words to show, by index of the article's messages. `last_good` says that the page is an
    earlier edition, which stays up while the current source waits for approval; `decided` is the
    day of the latest deciding event, empty without any; `code` the code of its edition."""

    path: str
    tag: str
    locale: str
    article: Article
    source: str
    words: tuple[str, ...]
    last_good: bool = False
    decided: str = ""
    code: str = ""
