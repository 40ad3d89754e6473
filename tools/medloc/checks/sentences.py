"""Where the sentences of a text begin and end: marks of many scripts, abbreviations, initials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from medloc.checks.lexicon import lexicon
from medloc.checks.reading import Side
from medloc.model import Span
from medloc.yaml_text import YamlMapping, read_mapping

# Languages that write no mark at a sentence's end.
UNMARKED = frozenset({"th", "lo"})
_CLOSERS = "\"'”’»›)]}」』）】*_“"
_WIDE, _MARK = "。！？｡።။។։", ".!?…؟।॥۔"
_SAID = re.compile(r"[^\W_]")
_STOP = re.compile(f"[{_WIDE}{_MARK}]")
_STOPS = re.compile(f"[{_MARK}]*")
_END = re.compile(
    rf"""
    (?P<wide>[{_WIDE}]+)[{re.escape(_CLOSERS)}]{{0,8}}
  | (?P<mark>[{_MARK}]++)[{re.escape(_CLOSERS)}]{{0,8}}(?:\[\^?[\w-]{{1,30}}\]){{0,4}}
    (?=\s|$|(?<=[a-z\u0430-\u044f)][.])[A-ZА-Я][a-zа-я])
    """,
    re.X,
)
_FINAL = frozenset(".!?…؟।॥۔。！？｡።။។։:：;；؛")
_NOTE = re.compile(r"\s?\[\^[^\[\]\s]{1,40}\]\s{0,9}$")
_OPENERS = " \t\n\"'“„«‹‘([{「『（【*_-–—•¿¡"
_BEFORE = re.compile(r"[^\s(\[“\"«/]{1,20}$")
_EVERYWHERE = """
dr mr mrs ms prof st no nos fig figs e.g i.e eg ie vs approx al etc cf ca vol pp p ed eds inc ltd
co jr sr dept est resp incl excl max min jan feb mar apr jun jul aug sep sept oct nov dec a.m p.m
u.s ph.d
"""
_ALWAYS = frozenset(_EVERYWHERE.split())


@lru_cache(maxsize=8)  # several checks ask it of the same text
def sentences(side: Side) -> tuple[Span, ...]:
    """The sentences of a text, in code points; the whole text where its language marks no end.

    >>> len(sentences(Side("Take 2.5 mg, e.g. at night. Call Dr. Li at once!", "en")))
    2
    """
    text = side.prose
    if side.lexicon.language in UNMARKED:
        return ((0, len(text)),)
    found: list[Span] = []
    start = 0
    for end in _ends_of(text):
        # Marks without words: look at no character twice.
        if not _SAID.search(text, start, min(start + 200, end.end())):
            start = end.end()
            continue
        if end["wide"] or _ends(text, end.start(), end.end(), side.lexicon.language):
            found.append((start, end.end()))
            start = end.end()
    if _SAID.search(text, start, start + 200):
        found.append((start, len(text)))
    return tuple(found)


def _ends_of(text: str) -> Iterator[re.Match[str]]:
    """The marks that may end a sentence. Looked for with a set of letters first, which is faster
    than the whole pattern; no run of marks is read twice, for 30,000 stops took minutes so."""
    behind = 0
    for stop in _STOP.finditer(text):
        start = stop.start()
        if start >= behind:
            end = _END.match(text, start)
            run = end or _STOPS.match(text, start)
            behind = run.end() if run else start + 1
            if end:
                yield end


def _ends(text: str, mark: int, after: int, language: str) -> bool:
    """Whether a stop ends a sentence: not behind an abbreviation, initial or list number, and not
    before a small letter."""
    rest = text[after : after + 12].lstrip(_OPENERS)
    if rest and rest[0].islower():
        return False
    if text[mark] != "." or text[mark : mark + 2] in ("..", ".!", ".?"):
        return True
    before = _BEFORE.search(text, max(0, mark - 20), mark)
    if before is None or not rest:
        return True
    word = before[0]
    if len(word) == 1 and word.isalpha() and word.isupper() and ord(word) < 0x600:
        return False
    if word.isdigit() and mark - len(word) <= 2:  # "1. Wash your hands"
        return False
    if "." in word and len(word) <= 6 and all(len(part) <= 2 for part in word.split(".")):
        return False
    return word.lower() not in _abbreviations(language)


@lru_cache(maxsize=64)
def _abbreviations(language: str) -> frozenset[str]:
    data = lexicon(language).data
    listed = data.get("abbreviations", ()) if data else ()
    # Of "p. ej" only the last part stands before the last stop.
    return _ALWAYS | {part.lower() for one in listed for part in (str(one), str(one).split()[-1])}


def final_mark(text: str) -> str:
    """The mark that ends a text, behind closing quotes and brackets; "" where none does.

    >>> final_mark('He said "stop."'), final_mark("Symptoms")
    ('.', '')
    """
    for _ in range(4):  # notes behind the mark
        note = _NOTE.search(text, max(0, len(text) - 60))
        if note is None:
            break
        text = text[: note.start()]
    last = text.rstrip().rstrip(_CLOSERS + " ")[-1:]
    return last if last and last in _FINAL else ""


@lru_cache(maxsize=64)
def expansion(language: str) -> float | None:
    """Characters of a translation for one of English; None for a language without a figure."""
    value = _ratios().get(language)
    return float(str(value)) if value is not None else None


@lru_cache(maxsize=1)
def _ratios() -> YamlMapping:
    file = resources.files("medloc.checks") / "data" / "all" / "lengths.yaml"
    table = read_mapping(file.read_text("utf-8"), path="checks/data/all/lengths.yaml")["ratio"]
    assert isinstance(table, YamlMapping)
    return table
