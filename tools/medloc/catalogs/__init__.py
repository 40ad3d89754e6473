"""Catalogs: PO files read strictly, written canonically, saved without losing anybody's work.

Law: `parse_catalog(write_catalog(catalog))` is that catalog, and what `write_catalog` writes is a
fixed point of `msgcat --no-wrap`. A file that two readers could read in two ways is refused.
"""

from medloc.catalogs.headers import new_catalog
from medloc.catalogs.reader import MAX_BYTES, parse_catalog, read_catalog
from medloc.catalogs.saving import save_catalog
from medloc.catalogs.writer import is_written_as, write_catalog

__all__ = [
    "MAX_BYTES",
    "is_written_as",
    "new_catalog",
    "parse_catalog",
    "read_catalog",
    "save_catalog",
    "write_catalog",
]
