"""Typed values written as each locale writes them, from CLDR through Babel.

The rule: a pattern that the locale's own data lack is an error that names it, never an identifier
or an English abbreviation on a page. `units.yaml` of the locale supplies what is missing.
"""

from medloc.numerals import known_digits
from medloc.quantities.numbers import QuantityError, digits_of, separators
from medloc.quantities.units import Units, known_unit, similar_units, unit_names
from medloc.quantities.writing import END_ISOLATE, ISOLATE, NO_BREAK_SPACE, write

__all__ = [
    "END_ISOLATE",
    "ISOLATE",
    "NO_BREAK_SPACE",
    "QuantityError",
    "Units",
    "digits_of",
    "known_digits",
    "known_unit",
    "separators",
    "similar_units",
    "unit_names",
    "write",
]
