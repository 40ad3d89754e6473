"""What the ledger says of one article, read by itself: the fold of a long ledger, in portions.

Law: the decisions on an article are those that folding the whole ledger up to the same event finds
for it, and for every article that carrying joins with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from medloc.ledger import Reader, Row, read_rows
from medloc.model import Kind
from medloc.standing import Decisions, fold

_LIFTING = (Kind.RECALL.value, Kind.RESTORE.value)
_JOINING = b'"earlier_article":'


class Heard:
    """What was said, by article, up to event `number`; what is appended later does not count. A
    ledger that cannot find events by article is read whole, once."""

    def __init__(self, reader: Reader, *, name: str) -> None:
        self._reader, self.name = reader, name
        self.number, self.hash = reader.head()
        self._all: Mapping[str, list[Row]] | None = None

    def rows(self, article: str) -> list[Row]:
        """The events about an article and all that carrying joins with it, ascending, as they stand
        in the ledger: `decisions_in` makes decisions of them, in any process."""
        names, asked = {article}, set[str]()
        found: dict[int, Row] = {}
        while fresh := names - asked:
            asked |= fresh
            for row in (*self._of("article", fresh), *self._of("earlier_article", fresh)):
                found[row[0]] = row
                if _JOINING in row[-1]:
                    said = json.loads(row[-1])
                    names |= {said["article"], said.get("earlier_article", article)}
        return [found[number] for number in sorted(found)]

    def names(self, article: str) -> set[str]:
        """The article and all that carrying joins with it."""
        said = (json.loads(row[-1]) for row in self.rows(article))
        found = ({one.get("article", ""), one.get("earlier_article", "")} for one in said)
        return {article}.union(*found) - {""}

    def lifting(self) -> Decisions:
        """All recalls and what restored them, of all articles."""
        return decisions_in(self._of("kind", _LIFTING), name=self.name)

    def _of(self, field: str, values: Iterable[str]) -> list[Row]:
        wanted = sorted(values)
        rows = self._reader.rows_found(field, wanted) if self._all is None else None
        if rows is None:
            rows = [row for value in wanted for row in self._read_all().get(f"{field} {value}", ())]
        return [row for row in rows if row[0] <= self.number]

    def _read_all(self) -> Mapping[str, list[Row]]:
        if self._all is None:
            groups: dict[str, list[Row]] = {}
            for row in self._reader.rows():
                said = json.loads(row[-1])
                for field in ("article", "earlier_article", "kind"):
                    if field in said:
                        groups.setdefault(f"{field} {said[field]}", []).append(row)
            self._all = groups
        return self._all


def decisions_in(rows: Sequence[Row], *, name: str) -> Decisions:
    """The fold of rows of the ledger, each checked by itself; `name` is the ledger's."""
    return fold(read_rows(rows, name=name))
