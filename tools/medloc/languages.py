"""Locales as Babel knows them: tags, own names, directions, dates. One of four doors to Babel."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from copy import deepcopy
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date
from babel.localedata import LocaleDataDict, load

from medloc.errors import SettingsError
from medloc.model import Language
from medloc.numerals import in_system, known_digits
from medloc.phrases import phrase

_NAME = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|[0-9]{3}))?")


@lru_cache(maxsize=512)
def language(locale: str) -> Language:
    """The language of a gettext locale name; raises SettingsError when Babel does not know it.

    >>> language("pt_BR")
    Language(locale='pt_BR', tag='pt-BR', name='português (Brasil)', direction='ltr')
    """
    if not _NAME.fullmatch(locale):
        raise SettingsError(
            phrase("`{locale}` is no locale name", locale=locale),
            advice=phrase("Write it as gettext does: `es`, `pt_BR`, `zh_Hans`."),
        )
    found = babel_locale(locale)
    if found is None:
        raise SettingsError(
            phrase("the locale `{locale}` is not known to Babel's language data", locale=locale),
            advice=phrase(
                "Describe it: `{locale}: {{name: ..., direction: ltr, like: en}}`.", locale=locale
            ),
        )
    return Language(
        locale,
        locale.replace("_", "-"),
        found.get_display_name(found) or locale,
        "rtl" if found.character_order == "right-to-left" else "ltr",
    )


@lru_cache(maxsize=512)
def babel_locale(locale: str) -> Locale | None:
    """Babel's own object for a locale name; None when it has no data for it."""
    try:
        return Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=512)
def english_name(locale: str) -> str:
    """The English name of a locale; empty when Babel has none.

    >>> english_name("pt_BR"), english_name("zh_Hans")
    ('Portuguese (Brazil)', 'Chinese (Simplified)')
    """
    found = babel_locale(locale)
    return str(found.get_display_name("en") or "") if found else ""


def describe(locale: str, name: str, direction: str) -> Language:
    """A language that Babel lacks, described in the settings."""
    return Language(locale, locale.replace("_", "-"), name, direction)


def locale_of_tag(tag: str) -> str:
    """The gettext name of a BCP 47 tag: `zh-Hans` -> `zh_Hans`."""
    return tag.replace("-", "_")


@lru_cache(maxsize=512)
def open_graph_locale(locale: str) -> str:
    """A locale as Open Graph writes it, language and territory; the likely one where none is named.

    >>> open_graph_locale("es"), open_graph_locale("zh_Hant"), open_graph_locale("pt_BR")
    ('es_ES', 'zh_TW', 'pt_BR')
    """
    likely = get_global("likely_subtags").get(locale, locale)
    parts = likely.split("_")
    return f"{parts[0]}_{parts[-1]}" if len(parts) > 1 and len(parts[-1]) != 4 else locale


@lru_cache(maxsize=4096)
def date_text(date: dt.date, locale: str) -> str:
    """A date in the locale's long form, in its digits (Babel leaves Western ones).

    >>> date_text(dt.date(2026, 3, 1), "de"), date_text(dt.date(2026, 3, 1), "bn")
    ('1. März 2026', '১ মার্চ, ২০২৬')
    """
    system = str(Locale.parse(locale).default_numbering_system)
    text = str(format_date(date, "long", locale=locale))
    return in_system(text, system) if known_digits(system) else text


@lru_cache(maxsize=64)
def month_names(locale: str) -> Mapping[int, tuple[str, ...]]:
    """The names of the twelve months, wide and abbreviated, as in a date and standing alone.

    >>> month_names("es")[3]
    ('marzo', 'mar')
    """
    babel = babel_locale(locale)
    if babel is None:
        return {}
    months = _own(babel, "months")
    forms = [months[use][width] for width in ("wide", "abbreviated")
             for use in ("format", "stand-alone")]  # fmt: skip
    return {
        month: tuple(dict.fromkeys(str(form[month]).strip(" .") for form in forms))
        for month in range(1, 13)
    }


@lru_cache(maxsize=64)
def day_names(locale: str) -> Mapping[int, tuple[str, ...]]:
    """The full names of the days of the week, Monday is 0.

    >>> day_names("es")[2]
    ('miércoles',)
    """
    babel = babel_locale(locale)
    if babel is None:
        return {}
    days = _own(babel, "days")
    forms = [days[use]["wide"] for use in ("format", "stand-alone")]
    return {day: tuple(dict.fromkeys(str(form[day]) for form in forms)) for day in range(7)}


def _own(babel: Locale, part: str) -> LocaleDataDict:
    """A part of a locale's data, copied before it is read: Babel writes what an alias leads to
    into data that all locales share, so that Hindi got the weekdays of the language before it."""
    data: dict[str | int | None, Any] = {part: deepcopy(load(str(babel))[part])}
    found: LocaleDataDict = LocaleDataDict(data)[part]
    return found


@lru_cache(maxsize=64)
def day_comes_first(locale: str) -> bool | None:
    """Whether a locale writes 15/3 for 15 March; None when its numeric dates begin with the year.

    >>> day_comes_first("es"), day_comes_first("en_US"), day_comes_first("zh")
    (True, False, None)
    """
    babel = babel_locale(locale)
    pattern = str(babel.date_formats["short"].pattern) if babel else "y"
    letters = [letter for letter in pattern if letter in "dMy"]
    return None if letters[0] == "y" else letters[0] == "d"


@lru_cache(maxsize=512)
def plural_forms(locale: str) -> str:
    """The gettext `Plural-Forms` header of a locale.

    >>> plural_forms("es")
    'nplurals=2; plural=(n != 1);'
    """
    from babel.messages.plurals import get_plural

    return str(get_plural(locale).plural_forms)


def similar(locale: str, known: Mapping[str, object]) -> str:
    """The known locale a person probably meant, or an empty string."""
    folded = locale.replace("-", "_").lower()
    return next((name for name in known if name.lower() == folded), "")
