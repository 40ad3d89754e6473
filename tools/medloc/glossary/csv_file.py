"""Terms of a spreadsheet saved as CSV (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180)."""

from __future__ import annotations

import csv
import io

from medloc.glossary.terms import GlossaryError, Place, bounded, decoded, joined, short, term_of
from medloc.model import Term
from medloc.phrases import phrase

_COLUMNS = ("term", "translation", "forbidden", "note", "keep")


def read_glossary_csv(data: bytes, *, name: str) -> tuple[Term, ...]:
    """Terms of a CSV file whose first line is `term,translation`, with the columns `forbidden`,
    `note`, `keep` if wanted. Several forms of a cell are divided by `|`; equal terms are joined.

    >>> read_glossary_csv(b"term,translation\\nfever,fiebre|calentura\\n", name="es.csv")
    (Term(term='fever', accepted=('fiebre', 'calentura'), forbidden=(), keep=False, note=''),)
    """
    text = decoded(data, name)
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    terms: list[tuple[Term, int]] = []
    columns: list[str] | None = None
    try:
        for cells in rows:
            line = rows.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = _header(cells, name, line)
                continue
            terms.append((_row(columns, cells, name, line), line))
            bounded(len(terms), name, line)
    except csv.Error as trouble:
        raise GlossaryError(
            phrase("this is not CSV: {trouble}", trouble=trouble),
            path=name,
            line=rows.line_num,
            advice=phrase('Close every quotation mark, and write `""` for one inside quotes.'),
        ) from None
    if columns is None:
        raise GlossaryError(
            phrase("the file is empty"), path=name, advice=phrase("Begin with `term,translation`.")
        )
    return joined(terms, name)


def _header(cells: list[str], name: str, line: int) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    for mark, said in ((";", "semicolons"), ("\t", "tabs")):
        if len(names) == 1 and mark in names[0]:
            raise GlossaryError(
                phrase(
                    "the columns are divided by {sign}: `{words}`", sign=said, words=short(cells[0])
                ),
                path=name,
                line=line,
                advice=phrase("Save it as CSV with commas: `term,translation`."),
            )
    unknown = [one for one in names if one not in _COLUMNS]
    twice = [one for one in names if names.count(one) > 1]
    if unknown or twice or "term" not in names or "translation" not in names:
        found = ",".join(cells)
        raise GlossaryError(
            phrase("the first line reads `{words}`", words=short(found)),
            path=name,
            line=line,
            advice=phrase(
                "Write `term,translation`, and `forbidden`, `note` or `keep` where wanted."
            ),
        )
    return names


def _row(columns: list[str], cells: list[str], name: str, line: int) -> Term:
    if len(cells) > len(columns):
        raise GlossaryError(
            phrase(
                "{cells} cells stand here under {columns} columns",
                cells=len(cells),
                columns=len(columns),
            ),
            path=name,
            line=line,
            advice=phrase('Put quotes around a cell that holds a comma: `"one, two"`.'),
        )
    row = dict(zip(columns, cells, strict=False))
    return term_of(
        row["term"],
        row.get("translation", "").split("|"),
        row.get("forbidden", "").split("|"),
        row.get("keep", ""),
        row.get("note", ""),
        Place(name, line),
    )
