"""Acronyms whose letters changed on the way: HBV and HCV are two diseases, PCR and CPR two things.

An acronym that is merely missing is translated (WHO, OMS) or spelled out, which 7 % of good pairs
do; one that is missing while a lookalike came is a slip. ISMP on confused abbreviations:
https://www.ismp.org/recommendations/error-prone-abbreviations-list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from medloc.checks.reading import Issue, Reading
from medloc.checks.scripts import scripts_of
from medloc.checks.translated_acronyms import ROMANCE, SHOUTED, TRANSLATED
from medloc.model import Severity, Span
from medloc.phrases import phrase

_MAYBE = re.compile("[A-Z][a-z0-9]{0,4}[A-Z]")
_ACRONYM = re.compile("[A-Z][a-z0-9]{0,4}[A-Z][A-Za-z0-9]{0,12}(?![A-Za-zÀ-ɏ0-9])")
_BEFORE = re.compile("(?:^|[^A-Za-zÀ-ɏ0-9])([a-z0-9]{0,3})$")
_ADDRESS = re.compile(r"https?:[^\s<>()]{1,2000}|www\.[^\s<>()]{1,500}|\{[^{}\s]{0,60}\}")
_SUFFIX = re.compile(r"(?<=[A-Z0-9]{2})[a-z]{1,6}$")
_MANY = 60

Acronyms = dict[str, list[Span]]


def acronyms(reading: Reading) -> Iterator[Issue]:
    """Acronyms of the source in whose place the translation has one of nearly the same letters."""
    if not _MAYBE.search(reading.source.text):
        return
    source = _acronyms(reading.source.text)
    if not source:
        return
    target = _acronyms(reading.target.text)
    if source.keys() == target.keys() or len(source) > _MANY or len(target) > _MANY:
        return
    language = reading.target.lexicon.language
    # Where the language has other letters, a translated acronym would be written in them.
    latin = "Latn" in scripts_of(reading.target.locale)
    sure = None if latin else Severity.ERROR
    new = [one for one in target if one not in source and one not in reading.source.text]
    for old, spans in source.items():
        if len(target.get(old, ())) >= len(spans):
            continue
        if old not in target and (recased := _recased(old, reading.target.text)):
            yield _changed(old, recased[0], spans, [recased.span()], _case_severity(old))
            continue
        for one in new:
            if _close(old, one) and not _translated(old, one, language) and not _ends(old, one):
                yield _changed(old, one, spans, target[one], sure)


def _ends(old: str, new: str) -> bool:
    """Whether a word in capitals only got an ending: SYSTEM, SYSTEMU."""
    return len(old) > 5 and new.isalpha() and len(new) > len(old) and new.startswith(old[:6])


def _changed(
    old: str, new: str, spans: list[Span], places: list[Span], severity: Severity | None
) -> Issue:
    return Issue(
        phrase(
            "The source says `{old}`, the translation `{new}`. Is it another name, or a slip?",
            old=old,
            new=new,
        ),
        tuple(spans),
        tuple(places),
        severity,
    )


def _acronyms(text: str) -> Acronyms:
    """The acronyms of a text without endings (CDCs, CDCnin), and where they stand."""
    if "://" in text or "{" in text:
        text = _ADDRESS.sub(_blank, text)
    found: Acronyms = {}
    for match in _ACRONYM.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - 4), match.start())
        if before is None:
            continue  # the middle of a longer word
        acronym = _SUFFIX.sub("", before[1] + match[0])
        if acronym not in SHOUTED:
            found.setdefault(acronym, []).append((before.start(1), before.start(1) + len(acronym)))
    return found


def _recased(acronym: str, text: str) -> re.Match[str] | None:
    """The acronym in another mixture of small and capital letters."""
    if acronym.lower() not in text.lower():
        return None
    return re.search(rf"(?<![^\W_]){acronym}(?![^\W_])", text, re.I)


def _case_severity(acronym: str) -> Severity:
    """Covid for COVID is house style in many languages; Ace2 and MRNA are not."""
    mixed = not acronym.isupper() or any(map(str.isdigit, acronym))
    return Severity.WARNING if mixed else Severity.INFO


def _close(one: str, other: str) -> bool:
    """Whether two acronyms differ by one slip: letters exchanged, one wrong, too many, too few.

    >>> _close("PCR", "CPR"), _close("HBV", "HCV"), _close("WHO", "OMS"), _close("CDC", "KCDC")
    (True, True, False, False)
    """
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1 or len(shorter) < 2:
        return False
    if len(shorter) < len(longer):  # a letter in front makes another name: KCDC, mRNA
        return len(shorter) > 3 and any(
            longer[:at] + longer[at + 1 :] == shorter for at in range(1, len(longer))
        )
    wrong = [at for at in range(len(one)) if one[at] != other[at]]
    if len(wrong) == 1:
        return len(one) > 2
    if len(wrong) == 2:
        exchanged = one[wrong[0]] == other[wrong[1]] and one[wrong[1]] == other[wrong[0]]
        return exchanged or len(one) > 5
    return len(one) > 4 and Counter(one) == Counter(other)


def _translated(old: str, new: str, language: str) -> bool:
    """Whether the new acronym is the old one in another language."""
    known = TRANSLATED.get(old)
    if known is None and not old.isalpha():
        known = TRANSLATED.get(_letters(old))
    if known and (new in known or _letters(new) in known):
        return True
    if language not in ROMANCE:
        return False
    # There the noun comes first: VIH, ADN, and all of two letters.
    turned = len(set(old)) == len(old) and new in (old[1:] + old[0], old[-1] + old[:-1])
    return len(old) == 2 or new == old[::-1] or turned


def _letters(acronym: str) -> str:
    """The letters between small ones in front and digits: ACE of hACE2."""
    return acronym.strip("abcdefghijklmnopqrstuvwxyz0123456789")


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())
