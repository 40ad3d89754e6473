"""Drugs exchanged for others: ibuprofen where the source says paracetamol.

Nonproprietary names are borrowed nearly everywhere, so a drug of the source is looked for by how it
sounds, in any script; in Chinese by its listed name. A drug that is only missing may be called "the
medicine"; one that is missing while another came is a slip. The names are WHO's (INN):
https://www.who.int/teams/health-product-and-policy-standards/inn.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from medloc.checks.kinship import beginning, borrows
from medloc.checks.lexicon import Word, fold
from medloc.checks.reading import Issue, Reading, Side, quoted
from medloc.model import Severity, Span
from medloc.phrases import phrase
from medloc.yaml_text import YamlMapping, read_mapping

_LEAST = 4  # sounds of a name that tell it from other words
_MANY = 200  # words of a text looked at
_KATAKANA = re.compile("[ァ-ヺー]{3,40}")
_TAIL = 3  # sounds that an ending adds


class Drugs(NamedTuple):
    """What is known of drug names."""

    first: Mapping[str, str]  # each English name -> the first name of that drug
    sounds: Mapping[str, tuple[str, ...]]  # how names sound -> the first names
    spoken: Mapping[str, frozenset[str]]  # the first name -> how its names sound
    written: Mapping[str, Mapping[str, tuple[str, ...]]]  # language -> the first name -> forms


def drug_names(reading: Reading) -> Iterator[Issue]:
    """Drugs of the source that are missing while the translation names another one."""
    if reading.source.lexicon.language != "en":
        return
    known = drugs()
    named = dict(_english(reading.source, known))
    if not named or len(reading.target.words) > _MANY:
        return
    sounds = [sound(word) for *_, word in _words(reading.target)]
    missing = [name for name in named if not _said(name, reading.target, sounds, known)]
    if not missing:
        return
    mine = " ".join(sound(word[2]) for word in reading.source.words)
    came = [
        (name, span)
        for name, span in _foreign(reading.target, known)
        if name not in named and not any(one in mine for one in known.spoken[name])
    ]
    places = [named[name] for name in missing]
    if came:
        theirs = [span for _, span in came]
        yield Issue(
            phrase(
                "The source names {said}, the translation {now}: that is another drug.",
                said=quoted(reading.source.text, places),
                now=quoted(reading.target.text, theirs),
            ),
            tuple(places),
            tuple(theirs),
        )
    elif sounds:
        yield Issue(
            phrase(
                "{said} of the source is not named in the translation.",
                said=quoted(reading.source.text, places),
            ),
            tuple(places),
            severity=Severity.WARNING if borrows(reading.target) else Severity.INFO,
        )


def _english(side: Side, known: Drugs) -> Iterator[tuple[str, Span]]:
    for start, end, word in side.words:
        name = known.first.get(word) or known.first.get(word.removesuffix("s"))
        if name:
            yield name, (start, end)


def _said(name: str, target: Side, sounds: list[str], known: Drugs) -> bool:
    forms = known.written.get(target.lexicon.language, {}).get(name, ())
    if any(form in fold(target.prose) for form in forms):
        return True
    return any(_near(one, other) for one in known.spoken[name] for other in sounds)


def _words(side: Side) -> Iterable[Word]:
    """Words that may be borrowed names; none where borrowed names are written by meaning."""
    if side.lexicon.language == "ja":
        return [Word(*run.span(), run[0]) for run in _KATAKANA.finditer(side.prose)]
    return side.words if side.lexicon.segmented else ()


def _foreign(side: Side, known: Drugs) -> Iterator[tuple[str, Span]]:
    """The drugs that a translation names for sure."""
    text = fold(side.prose)
    if len(text) == len(side.prose):
        for name, forms in known.written.get(side.lexicon.language, {}).items():
            for form in forms:
                at = text.find(form)
                if at >= 0:
                    yield name, (at, at + len(form))
    # Korean endings are many, and sound like whole names.
    for word in _words(side) if side.lexicon.language != "ko" else ():
        name = _drug(word, known)
        if name:
            yield name, (word[0], word[1])


def _drug(word: Word, known: Drugs) -> str:
    """The drug that a word of any language is; Latin and Cyrillic words may have an ending, which
    vowels at the beginning must make good for."""
    heard, start = sound(word[2]), beginning(word[2])[:3]
    for end in range(len(heard), max(len(heard) - _TAIL, _LEAST) - 1, -1) if start else ():
        for name in known.sounds.get(heard[:end], ()):
            if beginning(name)[:3] == start:
                return name
    if start or len(heard) <= _LEAST:
        return ""
    without_article = heard.removeprefix("R")
    return next(iter(known.sounds.get(heard) or known.sounds.get(without_article) or ()), "")


def _near(name: str, heard: str) -> bool:
    """Whether a name is within what was heard, give or take a sound of a long name.

    >>> _near(sound("ibuprofen"), sound("ибупрофена")), _near(sound("ibuprofen"), sound("aspirina"))
    (True, False)
    """
    if name in heard:
        return True
    slips = 0 if len(name) <= _LEAST else 1 if len(name) < 8 else 2
    if not slips or len(heard) + slips < len(name):
        return False
    row = list(range(len(name) + 1))
    for letter in heard:  # edit distance to any part of what was heard
        above, row[0] = row[0], 0
        for at, own in enumerate(name, 1):
            above, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, above + (own != letter))
        if row[-1] <= slips:
            return True
    return False


@lru_cache(maxsize=16384)
def sound(word: str) -> str:
    """The consonants of a word in six classes, the same in all scripts that borrow by ear.

    >>> sound("paracetamol"), sound("парацетамол"), sound("باراسيتامول"), sound("パラセタモール")
    ('PRSTMR', 'PRSTMR', 'PRSTMR', 'PRSTMR')
    """
    classes: list[str] = []
    for letter in unicodedata.normalize("NFKC", word):
        for one in _letter(letter):
            if not classes or classes[-1] != one:
                classes.append(one)
    return "".join(classes)


_CLASSES = {
    **dict.fromkeys("PBFV", "P"), **dict.fromkeys("TD", "T"), **dict.fromkeys("KGCQSZJX", "S"),
    "M": "M", "N": "N", **dict.fromkeys("LR", "R"),
}  # fmt: skip
_SILENT = frozenset(
    {"ALEF", "AIN", "AYIN", "HAMZA", "WAW", "VAV", "YEH", "YOD"}
    | {"ALPHA", "EPSILON", "OMEGA", "UPSILON", "SARA", "MAI"}
)
_OWN = {
    "ー": "",
    "フ": "P",
    "ふ": "P",
    "ン": "N",
    "ん": "N",
    "ц": "S",
    "х": "S",
    "צ": "S",
    "ץ": "S",
}


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    """The classes of a letter, from its Unicode name ("KATAKANA LETTER PA"); "" of a vowel."""
    if letter in _OWN or not letter.isalpha():
        return _OWN.get(letter, "")
    plain = unicodedata.normalize("NFD", letter)[0] if letter < "\u0900" else letter
    words = unicodedata.name(plain, "").split()
    if len(words) < 3:
        return ""
    said = words[2] if words[0] == "THAI" else words[-1]
    found = "" if said in _SILENT else "".join(_CLASSES.get(one, "") for one in said)
    return found if words[0] == "HANGUL" else found[:1]


@lru_cache(maxsize=1)
def drugs() -> Drugs:
    """The listed names."""
    file = resources.files("medloc.checks") / "data" / "all" / "drugs.yaml"
    data = read_mapping(file.read_text("utf-8"), path="checks/data/all/drugs.yaml")
    groups, others = data["names"], data["written"]
    assert isinstance(groups, YamlMapping)
    assert isinstance(others, YamlMapping)
    first: dict[str, str] = {}
    spoken: dict[str, frozenset[str]] = {}
    for line in groups.values():
        for entry in str(line).split():
            names = entry.split("=")
            first |= dict.fromkeys(names, names[0])
            spoken[names[0]] = frozenset(sound(name) for name in names)
    sounds: dict[str, tuple[str, ...]] = {}
    for name, heard in spoken.items():
        for one in heard:
            if len(one) >= _LEAST:
                sounds[one] = (*sounds.get(one, ()), name)
    return Drugs(first, sounds, spoken, {str(k): _forms(str(v)) for k, v in others.items()})


def _forms(line: str) -> dict[str, tuple[str, ...]]:
    pairs = (entry.partition(":") for entry in re.split(r" (?=[a-z]+:)", line))
    return {name: tuple(fold(form) for form in forms.split("|")) for name, _, forms in pairs}
