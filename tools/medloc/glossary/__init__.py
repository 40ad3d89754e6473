"""Glossaries read as terms: YAML of a locale's folder, CSV (`term,translation`), TBX (ISO 30042).

All are hostile until read: sizes are bounded, XML entities are refused, nothing outside the bytes
is opened. Line numbers in errors are 1-based.
"""

from __future__ import annotations

from pathlib import PurePath

from medloc.glossary.csv_file import read_glossary_csv
from medloc.glossary.tbx_file import read_glossary_tbx
from medloc.glossary.terms import GlossaryError
from medloc.glossary.yaml_file import read_glossary_yaml
from medloc.model import Term
from medloc.phrases import phrase

__all__ = ["GlossaryError", "read_glossary", "read_glossary_csv", "read_glossary_tbx",
           "read_glossary_yaml"]  # fmt: skip


def read_glossary(
    data: bytes, *, name: str, locale: str = "", source: str = "en"
) -> tuple[Term, ...]:
    """The terms of a glossary, read by the ending of its name; raises GlossaryError.

    `locale` and `source` choose the languages of a TBX file that holds more than two.
    """
    ending = PurePath(name).suffix.lower()
    if ending == ".tbx":
        return read_glossary_tbx(data, name=name, locale=locale, source=source)
    if ending in (".yaml", ".yml"):
        return read_glossary_yaml(data, name=name)
    if ending == ".csv":
        return read_glossary_csv(data, name=name)
    raise GlossaryError(
        phrase("a glossary ends in .csv, .tbx or .yaml, not in `{ending}`", ending=ending),
        path=name,
        advice=phrase("Give it the ending of its format."),
    )
