"""The one door to rapidfuzz: new texts and the old entries most like them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process

from medloc.model import Entry

Key = tuple[str, str]

# Below two thirds of common text, a suggestion costs more to read than it saves (gettext: 0.6).
_CUTOFF = 65.0
# More candidates than this are narrowed by common words first; comparing all is quadratic.
_FEW = 60
_WORD = re.compile(r"\w\w+")


def match_similar(keys: Sequence[Key], candidates: Sequence[Entry]) -> dict[Key, Entry]:
    """Pair (context, text) keys with the most similar entries: same section first, then all.

    Each entry is used once at most; texts that are like none are left out.
    """
    by_section: dict[str, list[Entry]] = {}
    for entry in candidates:
        by_section.setdefault(_section(entry.context), []).append(entry)
    keys_by_section: dict[str, list[Key]] = {}
    for key in keys:
        keys_by_section.setdefault(_section(key[0]), []).append(key)
    pairs: dict[Key, Entry] = {}
    for section, own in keys_by_section.items():
        pairs |= _paired(own, by_section.get(section, ()))
    used = {(entry.key, entry.obsolete) for entry in pairs.values()}
    rest = [key for key in keys if key not in pairs]
    left = [entry for entry in candidates if (entry.key, entry.obsolete) not in used]
    return pairs | _paired(rest, left)


def _section(context: str) -> str:
    return context.partition("|")[0]


def _paired(keys: Sequence[Key], candidates: Sequence[Entry]) -> dict[Key, Entry]:
    """The best pairs, most similar first; among equals active ones, then those nearest in order."""
    scored = [
        (-score, candidates[place].obsolete, abs(place - number), number, place)
        for number, places in enumerate(_near(keys, candidates))
        for place, score in places
    ]
    pairs: dict[Key, Entry] = {}
    used: set[int] = set()
    for *_, number, place in sorted(scored):
        if keys[number] not in pairs and place not in used:
            pairs[keys[number]] = candidates[place]
            used.add(place)
    return pairs


def _near(keys: Sequence[Key], candidates: Sequence[Entry]) -> Iterable[list[tuple[int, float]]]:
    """For each text, the places of similar candidates and how similar they are (0 to 100)."""
    if not keys or not candidates:
        return
    texts = dict(enumerate(entry.msgid for entry in candidates))
    index: dict[str, list[int]] = {}
    if len(texts) > _FEW:
        for place, text in texts.items():
            for word in set(_WORD.findall(text)):
                index.setdefault(word, []).append(place)
    for _, text in keys:
        choices = _narrowed(text, texts, index) if index else texts
        found = process.extract(text, choices, scorer=fuzz.ratio, score_cutoff=_CUTOFF, limit=None)
        yield [(place, score) for _, score, place in found]


def _narrowed(
    text: str, texts: Mapping[int, str], index: Mapping[str, list[int]]
) -> dict[int, str]:
    """The candidates that share most words, rare words first, so that a word such as "the" costs
    nothing."""
    shared: Counter[int] = Counter()
    places = sorted((index[word] for word in set(_WORD.findall(text)) if word in index), key=len)
    for looked_at, with_word in enumerate(places):
        if looked_at >= 3 and len(with_word) > 10 * _FEW:
            break
        shared.update(with_word)
    return {place: texts[place] for place, _ in shared.most_common(_FEW)}
