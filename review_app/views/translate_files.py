"""Files for translators who work elsewhere: taken from here, brought back, looked at, written."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from html import escape

import streamlit as st

from medloc.errors import MedlocError
from medloc.index import Query
from medloc.model import Person
from medloc.workflow.parcels import MAX_UPLOAD, hand_out, hand_out_all, unpack
from medloc.workflow.returned import WRITTEN, Fate, Plan, Returned, bring_in, plan_returned
from review_app import office
from review_app.session import State, current_person, door, state
from review_app.texts import shown, tr
from review_app.widgets.suggesting import label
from review_app.widgets.texts import changes_html, text_html

_OPEN = ("missing", "stale", "changes_requested", "recalled")
_SHOWN = 30


def files_panel(locale: str) -> None:
    """Draw it for one language."""
    mine = state()
    _take(locale, mine.article)
    _bring(locale, mine.form)


# --- out --------------------------------------------------------------------------------------


def _take(locale: str, article: str) -> None:
    st.subheader(tr("Take files with you"), anchor=False)
    counts = office.desk().index.counts(Query(locale=locale))
    open_ = {
        slug: sum(row.get(standing, 0) for standing in _OPEN) for (slug, _), row in counts.items()
    }
    slugs = [slug for slug, number in open_.items() if number]
    st.write(tr("Ordinary PO files, for Poedit, OmegaT, Weblate or any editor. Bring them back "
                "here when they are done; until then others can go on working."))  # fmt: skip
    left, right = st.columns(2)
    if slugs:
        left.download_button(
            tr("Everything open in this language (files: {files}, sentences: {open})",
               files=len(slugs), open=sum(open_.values())),
            data=lambda: hand_out_all(office.desk().project, slugs, locale)[0],
            file_name=f"{locale}.zip", mime="application/zip", on_click="ignore", width="stretch",
            key=f"take-all-{locale}",
        )  # fmt: skip
    else:
        left.success(tr("Nothing is open in this language."))
    chosen = article or next(iter(slugs or open_), "")
    if chosen:
        right.download_button(
            tr("{article} alone ({open} open)", article=chosen, open=open_.get(chosen, 0)),
            data=lambda: hand_out(office.desk().project, chosen, locale),
            file_name=f"{chosen.rpartition('/')[2]}.po", mime="text/x-gettext-translation",
            on_click="ignore", width="stretch", key=f"take-{locale}-{chosen}",
        )  # fmt: skip
        right.html(label(tr("For another one, choose it under Article.")))


# --- in ---------------------------------------------------------------------------------------


def _bring(locale: str, form: str) -> None:
    st.subheader(tr("Bring files back"), anchor=False)
    limit = MAX_UPLOAD // 2**20
    given = st.file_uploader(
        tr("A PO file, or a zip of them (at most {limit} MB). Nothing is written before you have "
           "seen what would change.", limit=limit),
        key=f"upload-{locale}-{form}", max_upload_size=limit,
    )  # fmt: skip
    if given is None:
        return
    data, desk = given.getvalue(), office.desk()
    try:
        unpacked = unpack(given.name, data)
    except MedlocError as trouble:
        _trouble(str(trouble))
        return
    plan = plan_returned(desk.project, desk.sources, unpacked.files, locale=locale)
    for problem in plan.troubles:
        _trouble(str(problem))
    if unpacked.others:
        left_out = tr("Left out, for they are no PO files: {number}", number=len(unpacked.others))
        st.html(label(left_out))
    if plan.troubles and not plan.rows:
        return  # nothing could be read: there is nothing to write either
    _plan(plan, f"{hashlib.sha256(data).hexdigest()[:12]}-{form}")


def _plan(plan: Plan, stamp: str) -> None:
    counts, names = plan.counts, _names()
    st.html(
        '<div data-testid="plan">'
        + "".join(f'<span class="m-tag" data-fate="{fate.value}">{escape(names[fate])}: '
                  f"{counts[fate]}</span>" for fate in Fate if counts.get(fate))
        + "</div>"
    )  # fmt: skip
    also = _conflicts([row for row in plan.rows if row.fate is Fate.CONFLICT], stamp)
    ready = [row for row in plan.rows if row.fate in WRITTEN]
    number = len(ready) + len(also)
    st.button(
        tr("Write as mine: {number}", number=number), key=f"bring-{stamp}-{_digest(plan)}",
        type="primary", disabled=not number, on_click=_press, args=((*ready, *also),),
    )  # fmt: skip
    if not number:
        st.html(label(tr("There is nothing to write.")))
    for fate in (Fate.STRUCTURE, Fate.STALE, Fate.UNKNOWN, *WRITTEN, Fate.UNCHANGED):
        rows = [row for row in plan.rows if row.fate is fate and (row.why or fate in WRITTEN)]
        if rows:
            with st.expander(f"{names[fate]} ({len(rows)})", expanded=fate is Fate.STRUCTURE):
                st.html("".join(map(_row_html, rows[:_SHOWN])))
                _more(len(rows))


def _digest(plan: Plan) -> str:
    """What was shown: a plan that has changed since has another button."""
    said = "".join(f"{row.message}{row.fate}{row.expect}{row.wording}" for row in plan.rows)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _conflicts(rows: Sequence[Returned], stamp: str) -> list[Returned]:
    """Both texts of each conflict; those whose returned text shall stand."""
    chosen = []
    if rows:
        st.subheader(tr("Conflicts: read both"), anchor=False)
    for number, row in enumerate(rows[:_SHOWN]):
        with st.container(border=True):
            st.html(_row_html(row))
            key = f"also-{number}-{row.article}-{row.message}-{row.expect[:12]}-{stamp}"
            if st.checkbox(tr("Mine shall stand"), key=key):
                chosen.append(row)
    _more(len(rows))
    return chosen


def _more(number: int) -> None:
    if number > _SHOWN:
        st.html(label(tr("{number} more follow when these are done.", number=number - _SHOWN)))


def _row_html(row: Returned) -> str:
    source = office.desk().project.settings.source.locale
    risk = f'<span class="m-tag m-risk">{escape(tr("high risk"))}</span>' if row.high_risk else ""
    why = f'<div class="m-finding-row" dir="auto">{escape(shown(row.why))}</div>' if row.why else ""
    words = text_html(row.wording, row.locale)
    if row.fate is Fate.CONFLICT:
        words = (
            label(tr("It stands there now"))
            + text_html(row.stands, row.locale)
            + label(tr("Yours, and what it changes"))
        )
        words += changes_html(row.stands, row.wording, row.locale)
    elif row.fate is Fate.CHANGED:
        words = changes_html(row.stands, row.wording, row.locale)
    return (
        f'<div data-testid="returned" data-fate="{row.fate.value}"><div class="m-label">'
        f"{escape(row.file)}:{row.line} {risk}</div>{text_html(row.source, source)}{why}{words}"
        "</div><br>"
    )


def _trouble(text: str) -> None:
    st.html(
        f'<div class="m-finding-row m-error" role="alert" dir="auto">{escape(shown(text))}</div>'
    )


def _names() -> dict[Fate, str]:
    return {
        Fate.NEW: tr("new"), Fate.CHANGED: tr("changed"), Fate.UNCHANGED: tr("unchanged"),
        Fate.CONFLICT: tr("conflict"), Fate.UNKNOWN: tr("unknown text"),
        Fate.STRUCTURE: tr("structure is not the source's"), Fate.STALE: tr("stale"),
    }  # fmt: skip


# --- writing ----------------------------------------------------------------------------------


def _press(rows: tuple[Returned, ...]) -> None:
    """The rows that were on the screen at the press; written in the run that follows."""
    state().bringing = rows


def write_brought(person: Person, mine: State) -> None:
    """Write what was pressed for, if anything was; what became of it is in the session's `said`."""
    rows = [row for row in mine.bringing if isinstance(row, Returned)]
    mine.bringing = ()
    if not rows:
        return
    desk, bar = office.desk(), st.progress(0.0, tr("Writing …"))

    def write(row: Returned) -> None:
        who = current_person()
        if who is None or who.id != person.id:
            raise MedlocError(tr("Your session has ended: sign in again."))
        desk.edit(row.article, row.locale, row.message, row.wording, expect=row.expect,
                  actor=who.id, door=door())  # fmt: skip

    def show(now: int, all_: int) -> None:
        bar.progress(now / all_)

    done = bring_in(rows, write, also={row.message for row in rows}, on_progress=show)
    said = tr("Written as yours: {number}.", number=len(done.written))
    if done.refused:
        said += " " + tr("Not written: {number}. Somebody changed them at the same time, or they "
                         "cannot be stored: upload the file again to see them.",
                         number=len(done.refused))  # fmt: skip
    bar.empty()
    mine.said = ("warning" if done.refused else "success", said)
    mine.next_form()
