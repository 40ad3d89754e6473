"""Locales as Babel knows them: tags, own names, directions, dates. One of four doors to Babel."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from medloc.errors import SettingsError
from medloc.model import Language

_NAME = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|[0-9]{3}))?")


@lru_cache(maxsize=512)
def language(locale: str) -> Language:
    """The language of a gettext locale name; raises SettingsError when Babel does not know it.

    >>> language("pt_BR")
    Language(locale='pt_BR', tag='pt-BR', name='português (Brasil)', direction='ltr')
    """
    if not _NAME.fullmatch(locale):
        raise SettingsError(
            f"`{locale}` is no locale name",
            advice="Write it as gettext does: `es`, `pt_BR`, `zh_Hans`.",
        )
    found = babel_locale(locale)
    if found is None:
        raise SettingsError(
            f"the locale `{locale}` is not known to Babel's language data",
            advice=f"Describe it: `{locale}: {{name: ..., direction: ltr, like: en}}`.",
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


def describe(locale: str, name: str, direction: str) -> Language:
    """A language that Babel lacks, described in the settings."""
    return Language(locale, locale.replace("_", "-"), name, direction)


def locale_of_tag(tag: str) -> str:
    """The gettext name of a BCP 47 tag: `zh-Hans` -> `zh_Hans`."""
    return tag.replace("-", "_")


@lru_cache(maxsize=4096)
def date_text(date: dt.date, locale: str) -> str:
    """A date in the locale's long form.

    >>> date_text(dt.date(2026, 3, 1), "de")
    '1. März 2026'
    """
    return str(format_date(date, "long", locale=locale))


@lru_cache(maxsize=64)
def month_names(locale: str) -> Mapping[int, tuple[str, ...]]:
    """The names of the twelve months, wide and abbreviated, as in a date and standing alone.

    >>> month_names("es")[3]
    ('marzo', 'mar')
    """
    babel = babel_locale(locale)
    if babel is None:
        return {}
    forms = [babel.months[use][width] for width in ("wide", "abbreviated")
             for use in ("format", "stand-alone")]  # fmt: skip
    return {
        month: tuple(dict.fromkeys(str(form[month]).strip(" .") for form in forms))
        for month in range(1, 13)
    }


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
