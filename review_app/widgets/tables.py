"""Tables as plain HTML, for screen readers and keyboards too, and the same as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from review_app.texts import tr
from review_app.widgets.texts import language_of

MOST_ROWS = 200
"""Rows of a table on a screen; the CSV has them all."""
STYLE = """<style>
.m-scroll { max-height: 24rem; overflow: auto; border: 1px solid
  color-mix(in srgb, currentColor 18%, transparent); border-radius: .4rem; }
.m-scroll:focus-visible { outline: 3px solid #e0a100; outline-offset: 1px; }
.m-table { border-collapse: collapse; width: 100%; font-size: .92rem; }
.m-table caption { text-align: start; padding: .3rem .6rem; font-weight: 600; }
.m-table th, .m-table td { text-align: start; padding: .25rem .6rem; vertical-align: top;
  border-block-end: 1px solid color-mix(in srgb, currentColor 12%, transparent); }
.m-table thead th, .m-table .m-short { white-space: nowrap; }
.m-table .m-number { text-align: end; font-variant-numeric: tabular-nums; }
.m-legend.m-legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; padding: 0; margin: 0;
  list-style: none; font-size: .9rem; }
.m-legend.m-legend li { margin: 0; padding: 0; }
.m-legend span { display: inline-block; width: .85em; height: .85em; margin-inline-end: .35em;
  border-radius: .15em; outline: 1px solid color-mix(in srgb, currentColor 45%, transparent); }
</style>"""


@dataclass(frozen=True, slots=True)
class Words:
    """A cell in a language of its own."""

    text: str
    locale: str

    def __str__(self) -> str:
        return self.text


Cell = str | int | Words


def table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Draw a table; what is beyond its first rows is only in the CSV, and the table says so."""
    st.html(STYLE + table_html(caption, columns, rows[:MOST_ROWS]))
    if len(rows) > MOST_ROWS:
        st.caption(tr("The first {shown} of {all} rows.", shown=MOST_ROWS, all=len(rows)))


def download(name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """A button that gives a table as a CSV file."""
    st.download_button(
        tr("Download as CSV"),
        csv_of(columns, rows),
        file_name=f"{name}.csv",
        mime="text/csv",
        key=f"csv-{name}",
        on_click="ignore",
    )


def table_html(caption: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A table as escaped HTML, in a box that scrolls."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return (
        f'<div class="m-scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="m-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def csv_of(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """A table as CSV in UTF-8 with a byte order mark, as spreadsheets want it.

    >>> csv_of(["a"], [["=1+1"]]).decode("utf-8-sig")
    "a\\r\\n'=1+1\\r\\n"
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_unarmed(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def legend(colours: Sequence[tuple[str, str]]) -> None:
    """What colours stand for: (name, colour)."""
    items = "".join(
        f'<li><span style="background: {colour}" aria-hidden="true"></span>{escape(name)}</li>'
        for name, colour in colours
    )
    st.html(f'{STYLE}<ul class="m-legend">{items}</ul>')


def _unarmed(cell: Cell) -> Cell:
    """A spreadsheet would calculate what begins like a formula (CWE-1236)."""
    return f"'{cell}" if not isinstance(cell, int) and str(cell).startswith(_FORMULAS) else cell


_SHORT = 10
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def _cell(cell: Cell) -> str:
    if isinstance(cell, int):
        return f'<td class="m-number">{cell}</td>'
    if isinstance(cell, Words):
        language = language_of(cell.locale)
        return f'<td lang="{language.tag}" dir="{language.direction}">{escape(cell.text)}</td>'
    short = ' class="m-short"' if len(cell) <= _SHORT else ""  # a day is not broken at its hyphens
    return f"<td{short}>{escape(cell)}</td>"
