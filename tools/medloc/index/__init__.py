"""The derived index: a line for each message in each locale, so that lists are paged by SQL.

Never an authority: it is made from catalogs, the ledger and the checks, may be deleted at any
time, and what is decided is always looked up where it stands. Read `lines` for what it holds,
`tables` for the file, `store` for how it is written and asked.
"""

from medloc.index.lines import Line, Query, Reviewer, Since
from medloc.index.store import Index

__all__ = ["Index", "Line", "Query", "Reviewer", "Since"]
