"""A pair of texts, read once for all checks: prose, words, signals, numbers.

Everything is lazy and keeps its places: a span counts code points of the text as it was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from medloc.checks import numerals
from medloc.checks.lexicon import Lexicon, Word, lexicon
from medloc.checks.numerals import Number
from medloc.model import Pair, Severity, Span, Term
from medloc.phrases import Phrase


@dataclass(frozen=True)
class Context:
    """What is the same for all pairs of a run."""

    target: str
    source: str = "en"
    glossary: tuple[Term, ...] = ()
    levels: Mapping[str, str] = field(default_factory=dict)


class Issue(NamedTuple):
    """What one check says of a pair; the registry makes a Finding of it.

    `severity` is the check's own when None.
    """

    message: Phrase
    source: tuple[Span, ...] = ()
    target: tuple[Span, ...] = ()
    severity: Severity | None = None


class Signal(NamedTuple):
    """A word or phrase that means something to a check: ("side", "left") and where it stands."""

    category: str
    key: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return self.start, self.end


class Side:
    """One text of a pair."""

    def __init__(self, text: str, locale: str) -> None:
        self.text = text
        self.locale = locale

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the text's language."""
        return lexicon(self.locale)

    @cached_property
    def prose(self) -> str:
        """The text with addresses, tags, code, placeholders and marks blanked; equally long."""
        text = self.text
        if "@" in text:
            return _MARKS_AND_MAIL.sub(_blank, text)
        if _MAYBE.search(text) or ":/" in text or "www." in text:
            return _MARKS.sub(_blank, text)
        return text

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the prose, folded for comparison; single characters in scripts without
        spaces. Numbers are no words; names with digits are."""
        return self.lexicon.words(self.prose)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different words, folded."""
        return frozenset([word[2] for word in self.words])

    @cached_property
    def signals(self) -> Mapping[str, Sequence[Signal]]:
        """By category, in order."""
        found: dict[str, list[Signal]] = {}
        for category, key, start, end in self.lexicon.signals(self.words):
            found.setdefault(category, []).append(Signal(category, key, start, end))
        if "frequency" in found and self.lexicon.units_first:
            found["frequency"] = self._uncounted(found["frequency"])
        return found

    def _uncounted(self, signals: Sequence[Signal]) -> list[Signal]:
        """Those no number belongs to: Swahili "kila siku" is daily, "kila siku 3" every 3 days."""
        counts = {number.start for number in self.numbers if number.how in ("digits", "words")}
        return [signal for signal in signals if signal.end + 1 not in counts]

    def said(self, category: str, *keys: str) -> list[Signal]:
        """The signals of a category, or those with some of its keys."""
        all_of_it = self.signals.get(category, ())
        return [one for one in all_of_it if not keys or one.key in keys]

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers of the prose with their units, written in digits or in words, in order."""
        return numerals.read_numbers(self.prose, self.words, self.lexicon)


class Reading:
    """A pair on its way through the checks."""

    def __init__(self, pair: Pair, source: Side, target: Side, context: Context) -> None:
        self.pair = pair
        self.source = source
        self.target = target
        self.context = context

    @cached_property
    def sides(self) -> tuple[Side, Side]:
        return self.source, self.target


def quoted(text: str, spans: Iterable[Span]) -> str:
    """Pieces of a text as a message shows them: `5 mg`, `10 mg`."""
    return ", ".join(f"`{text[start:end].strip()}`" for start, end in spans)


# A quick look first: most texts hold no mark at all, and hardly any a mail address.
_MAYBE = re.compile(r"[`<\]{*_~%]")
_MARKED = r"""
    (?<!`)(?P<fence>`{1,8}+)[^`]{0,2000}+(?P=fence)(?!`)   # code
  | <https?://[^\s<>]{1,2000}>                         # autolink
  | </?\s?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]{0,500})?/?\s?>   # tag
  | (?<=\])\s?\([^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?(?:\s"[^"]{0,500}")?\)  # target
  | https?:/{1,2}[^\s<>\[\]()]{1,2000}                 # address
  | www\.[^\s<>\[\]()]{1,500}MAIL
  | \{[^{}\s]{0,60}\}                                  # placeholder
  | %\(\w{1,40}\)[a-z]
  | %\d{1,2}\$[a-z@]
  | \*+|~~|(?<!\w)_+|_+(?!\w)                          # emphasis
"""
_MAIL = r"|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+"
_MARKS = re.compile(r"(?=[`<\s(hw{%*~_])(?:" + _MARKED.replace("MAIL", "") + ")", re.X)
_MARKS_AND_MAIL = re.compile(_MARKED.replace("MAIL", _MAIL), re.X)


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())
