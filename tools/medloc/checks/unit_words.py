"""All names of a language's units: symbols, those of the data file, and CLDR's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from medloc.checks.lexicon import Lexicon
from medloc.checks.unit_names import CLDR, INTERNATIONAL, MADE_OF_UNITS
from medloc.quantities import unit_names
from medloc.yaml_text import YamlMapping


def unit_words(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """(name, key), the surest first, as it wins: symbols, bare degrees, the data file, CLDR."""
    never = _NOT_A_UNIT.get(lexicon.language, frozenset()) | _WORDS
    for name, key in _all(lexicon):
        if name.lower() not in never or (name == "um" and lexicon.language == "en"):
            yield name, key


def _all(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    yield from INTERNATIONAL.items()
    known = unit_names(lexicon.locale) or unit_names(lexicon.language)
    for unit in ("temperature-generic", "angle-degree"):
        yield from ((name, "°") for name in known.get(unit, ()))
    table = lexicon.data.get("units") if lexicon.data else None
    if isinstance(table, YamlMapping):
        for key, names in table.items():
            for name in _strings(names):
                yield from ((spelling, str(key)) for spelling in _spellings(name))
    for name in _strings(lexicon.data.get("percent", ()) if lexicon.data else ()):
        yield name, "%"
    for key, forms in MADE_OF_UNITS.get(lexicon.language, {}).items():
        for name in forms.split():
            yield name, key
    for unit, key in CLDR.items():
        for name in known.get(unit, ()):
            letter = unit.startswith("duration") and len(name.rstrip(".")) == 1
            if not letter or name >= "\u2e80" or name in _HOURS:
                yield from ((spelling, key) for spelling in _spellings(name))


def _spellings(name: str) -> Iterable[str]:
    """A name with plain spaces, and without its last stop, hidden joiners or nukta dots."""
    plain = " ".join(name.replace("\u200c", " ").split())
    plainer = plain.replace("\u093c", "")
    return dict.fromkeys((name.strip(), plain, plain.rstrip(".॰").strip(), plainer))


def _strings(names: object) -> Iterator[str]:
    if isinstance(names, Iterable):
        yield from (str(name) for name in names)


def per_words(lexicon: Lexicon) -> tuple[str, ...]:
    """Words that make a rate ("per kg"), the longest first, each with its space."""
    words = {"per"} | set(_strings(lexicon.data.get("per", ()) if lexicon.data else ()))
    return tuple(sorted((f"{word.lower()} " for word in words), key=len, reverse=True))


_HOURS = frozenset({"h", "h.", "s", "ч", "ч."})
# Short names that are ordinary words, or parts of a date, behind a number.
_WORDS = frozenset({"um", "in", "dec", "dec.", "déc", "déc.", "dek"})  # um: English only
_NOT_A_UNIT = {
    "en": frozenset({"°", "pt", "to", "dr"}),
    "de": frozenset({"wo", "wo.", "mon", "mon."}),
    "fr": frozenset({"ta"}),
    "id": frozenset({"si"}),
    "ja": frozenset({"月"}),
    "pt": frozenset({"sem", "sem."}),
    "ru": frozenset({"ми", "ма"}),
    "tr": frozenset({"sa", "sa."}),
    "uk": frozenset({"ми", "ма"}),
    "vi": frozenset({"ký", "bộ", "ly"}),
    "zh": frozenset({"月"}),
}
