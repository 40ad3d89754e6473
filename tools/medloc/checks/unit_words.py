"""All names of a language's units: symbols, those of the data file, and CLDR's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from medloc.checks.lexicon import Lexicon
from medloc.checks.unit_names import CLDR, INTERNATIONAL, MADE_OF_UNITS
from medloc.quantities import unit_names
from medloc.yaml_text import YamlMapping


def unit_words(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """(name, key), the surest first, because it wins: symbols, the data file, CLDR."""
    yield from INTERNATIONAL.items()
    table = lexicon.data.get("units") if lexicon.data else None
    if isinstance(table, YamlMapping):
        for key, names in table.items():
            for name in _strings(names):
                for spelling in _spellings(name):
                    yield spelling, str(key)
    for name in _strings(lexicon.data.get("percent", ()) if lexicon.data else ()):
        yield name, "%"
    for key, forms in MADE_OF_UNITS.get(lexicon.language, {}).items():
        for name in forms.split():
            yield name, key
    known = unit_names(lexicon.locale) or unit_names(lexicon.language)
    for unit, key in CLDR.items():
        for name in known.get(unit, ()):
            letter = unit.startswith("duration") and len(name.rstrip(".")) == 1
            if letter and name < "\u2e80" and name not in _HOURS:
                continue
            if name in _NOT_A_UNIT.get(lexicon.language, ()):
                continue
            for spelling in _spellings(name):
                yield spelling, key


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
# Short names of CLDR that are ordinary words, or parts of a date, behind a number.
_NOT_A_UNIT = {
    "en": {"in", "°", "pt", "to"},
    "zh": {"月"},
    "ja": {"月"},
    "tr": {"sa", "sa.", "dk"},
}
