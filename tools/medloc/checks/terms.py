"""A glossary compiled for a pair of languages: which terms a source holds, which forms stand for
them. Compiled once for a run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from medloc.checks.forms import Form, form_of
from medloc.checks.lexicon import Lexicon, Word, lexicon
from medloc.checks.reading import Reading, Side
from medloc.model import Span, Term


class Known(NamedTuple):
    """A term with its forms compiled."""

    term: Term
    accepted: tuple[Form, ...]
    forbidden: tuple[Form, ...]


@dataclass(slots=True)
class Glossary:
    """Terms by the first word of the source's side."""

    terms: list[Known] = field(default_factory=list)
    first: dict[str, list[tuple[tuple[str, ...], Known]]] = field(default_factory=dict)
    keeps: bool = False
    forbids: bool = False


class Kept(NamedTuple):
    """What was compiled last for a language."""

    terms: tuple[Term, ...]
    source: str
    glossary: Glossary


class Mention(NamedTuple):
    """A term and the places where a source names it."""

    known: Known
    spans: tuple[Span, ...]


def glossary_of(reading: Reading) -> Glossary:
    """The run's glossary, compiled the first time; kept with the language, found by identity."""
    context, cache = reading.context, reading.target.lexicon.cache
    kept = cache.get("glossary")
    if isinstance(kept, Kept) and kept.terms is context.glossary and kept.source == context.source:
        return kept.glossary
    made = _compiled(context.glossary, context.source, context.target)
    cache["glossary"] = Kept(context.glossary, context.source, made)
    return made


def _compiled(terms: tuple[Term, ...], source: str, target: str) -> Glossary:
    made = Glossary(
        keeps=any(term.keep for term in terms), forbids=any(term.forbidden for term in terms)
    )
    for term in terms:
        words = tuple(singular(w.folded, source) for w in lexicon(source).words(term.term))
        known = Known(
            term,
            tuple(form_of(form, lexicon(target)) for form in term.accepted),
            tuple(form_of(form, lexicon(target)) for form in term.forbidden),
        )
        made.terms.append(known)
        if words:
            for form in _numbers(words[0]):
                made.first.setdefault(form, []).append((words, known))
    for entries in made.first.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return made


def mentions(reading: Reading, glossary: Glossary) -> list[Mention]:
    """The terms that the source names, the longest at each place, each term once."""
    found: dict[int, tuple[Known, list[Span]]] = {}
    for known, span in _mentioned(reading.source, glossary):
        found.setdefault(id(known), (known, []))[1].append(span)
    return [Mention(known, tuple(spans)) for known, spans in found.values()]


def _mentioned(side: Side, glossary: Glossary) -> Iterator[tuple[Known, Span]]:
    words, first, behind = side.words, glossary.first, 0
    for position in [at for at, word in enumerate(words) if word[2] in first]:
        if position < behind:
            continue  # inside a longer term
        for wanted, known in first[words[position].folded]:
            if _stands(wanted, words, position, side.lexicon):
                span = words[position].start, words[position + len(wanted) - 1].end
                behind = position + len(wanted)
                if not _other_word(side, position, known.term.term, span):
                    yield known, span
                break


def _numbers(word: str) -> tuple[str, ...]:
    """A singular and what its plurals may be."""
    return word, f"{word}s", f"{word}es", f"{word}'s", f"{word[:-1]}ies"


def _stands(
    wanted: tuple[str, ...], words: Sequence[Word], position: int, language: Lexicon
) -> bool:
    if position + len(wanted) > len(words):
        return False
    return all(
        singular(words[position + offset].folded, language.language) == word
        for offset, word in enumerate(wanted)
    )


def _other_word(side: Side, position: int, term: str, span: Span) -> bool:
    """Whether it is not the glossary's noun: half of a compound (flu-like), the singular of a term
    in the plural (lung injury), a verb (will quarantine you)."""
    text = side.text
    if text[span[0] - 1 : span[0]] == "-" or _SUFFIXES.match(text, span[1]):
        return True
    if side.lexicon.language != "en":
        return False
    plural = term.lower() != singular(term.lower(), "en")
    if plural and not text[span[0] : span[1]].lower().endswith("s"):
        return True
    return " " not in term and position > 0 and side.words[position - 1].folded in _BEFORE_VERBS


_SUFFIXES = re.compile("-(?:like|free|related|associated|induced)")
_BEFORE_VERBS = frozenset(
    {"will", "to", "can", "should", "must", "may", "would", "could", "shall", "cannot"}
)


@lru_cache(maxsize=1 << 15)
def singular(word: str, language: str) -> str:
    """An English word without its plural ending; the same rule for glossary and text.

    >>> singular("vaccines", "en"), singular("viruses", "en"), singular("allergies", "en_GB")
    ('vaccine', 'virus', 'allergy')
    """
    if not language.startswith("en") or len(word) < 4 or not word.endswith("s"):
        return word.removesuffix("'s") if language.startswith("en") else word
    word = word.removesuffix("'s")
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "zes", "ches", "shes", "uses")):
        return word[:-2]
    return word if word.endswith(("ss", "us", "is", "'s")) or not word.endswith("s") else word[:-1]
