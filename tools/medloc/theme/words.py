"""The theme's own words, per locale: gettext catalogs of the domain `theme`, read by Babel.

PO files are read as they are (no .mo on disk); a locale without a catalog gets the English words
and `known` False, so that a page can mark them `lang="en"`.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent
CATALOGS = FOLDER / "locales"
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """Calling it with an English text gives the text in `locale`, `%(name)s` filled in.

    >>> words("fr")("Warning")
    'Avertissement'
    >>> words("de")("Original: %(language)s", language="English")
    'Originalfassung: English'
    """

    locale: str
    known: bool
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __call__(self, text: str, **values: str) -> str:
        return self.texts.get(text, text) % values


@lru_cache(maxsize=256)
def words(locale: str) -> Words:
    """The theme's words for a locale (`pt_BR`), from the nearest catalog medloc ships.

    >>> words("es_MX").locale, words("zh_TW").locale, words("sr_Latn").known
    ('es', 'zh_Hant', False)
    """
    for candidate in _candidates(locale):
        if candidate == ENGLISH:
            return Words(ENGLISH, known=True)
        path = CATALOGS / candidate / "LC_MESSAGES" / "theme.po"
        if path.is_file():
            return Words(candidate, known=True, texts=_texts(path))
    return Words(ENGLISH, known=False)


def _texts(path: Path) -> Mapping[str, str]:
    from babel.messages.pofile import read_po

    catalog = read_po(io.BytesIO(path.read_bytes()), abort_invalid=True)
    return {str(m.id): str(m.string) for m in catalog if m.id and m.string and not m.fuzzy}


def _candidates(locale: str) -> list[str]:
    """Names of catalogs that serve a locale, nearest first; never one in another script."""
    from babel.core import get_global, parse_locale

    try:
        language, territory, script, *_ = parse_locale(locale.replace("-", "_"))
    except ValueError:
        return []
    likely = get_global("likely_subtags")
    usual = _script(likely.get(language, ""))
    script = script or _script(likely.get(f"{language}_{territory}", "")) or usual
    names = [f"{language}_{script}_{territory}", f"{language}_{script}"]
    if script == usual:  # an explicit other script (uk_Latn) must not get the usual one's words
        names += [f"{language}_{territory}", language]
    return names


def _script(tag: str) -> str:
    return tag.split("_")[1] if tag.count("_") == 2 else ""
