"""Recalling pages, sentences or words, with the proof of when they were gone; and restoring."""

from __future__ import annotations

from html import escape

import streamlit as st

from medloc.index import Query
from medloc.model import Kind, Person
from medloc.workflow.recalls import Recall, standing_recalls
from medloc.workflow.requests import Request
from medloc.workflow.takedown import TakenDown
from medloc.workflow.trace import LEAST, trace
from review_app import office
from review_app.jobs import Job
from review_app.publishing import jobs, message_of, recall, restore
from review_app.session import state
from review_app.texts import shown, tr
from review_app.widgets.texts import text_html

_ALL = "*"
_SHOWN = 10
_RECALLS_SHOWN = 50


def recalls(person: Person) -> None:
    """Draw what was recalled lately, the way to recall, and what stands recalled."""
    office.desk().refresh()
    _proofs()
    form = state().form
    ways = {"page": tr("A page"), "sentence": tr("A sentence"), "words": tr("Words, everywhere")}
    way = st.radio(
        tr("What must not be shown any more"), list(ways), key="recall-way", horizontal=True,
        format_func=lambda name: ways[name],
    )  # fmt: skip
    st.text_area(tr("Why"), key=f"recall-why-{form}", height=80,
                 help=tr("It stands in the ledger, not on the site."))  # fmt: skip
    {"page": _page, "sentence": _sentence, "words": _words}[str(way)](form)
    _standing(form)


def _where(*, every: bool) -> tuple[str, str]:
    desk, mine = office.desk(), state()
    articles = list(desk.sources.articles)
    locales = [*([_ALL] if every else []), *desk.project.locales(source=True)]
    left, right = st.columns(2)
    article = left.selectbox(
        tr("Article"), articles, key="recall-article",
        index=articles.index(mine.article) if mine.article in articles else 0,
    )  # fmt: skip
    locale = right.selectbox(
        tr("Language"), locales, key=f"recall-locale-{every:d}",
        index=locales.index(mine.locale) if mine.locale in locales else 0,
        format_func=lambda name: tr("all languages") if name == _ALL else name,
    )  # fmt: skip
    return str(article or ""), str(locale or "")


def _page(form: str) -> None:
    article, locale = _where(every=True)
    st.button(
        tr("Recall this page now"), key=f"recall-{article}-{locale}-{form}", type="primary",
        on_click=_recall, args=(form, article, locale), disabled=not article,
    )  # fmt: skip
    st.caption(tr("A notice takes its place; no word of it stays on the site."))


def _sentence(form: str) -> None:
    article, locale = _where(every=False)
    words = st.text_input(tr("Words of it"), key="recall-words").strip()
    index, source = office.desk().index, office.desk().project.settings.source.locale
    query = Query(article=article, locale=locale, words=words)
    found = index.lines(query, limit=_SHOWN) if words else []
    if words and not found:
        st.info(tr("No sentence of this page holds these words. Look for them everywhere instead."))
    for line in found:
        with st.container(border=True):
            st.html(text_html(line.source, source) + text_html(line.target, locale))
            st.button(
                tr("Recall this sentence now"), key=f"recall-{line.id}-{line.pair[:12]}-{form}",
                on_click=_recall_sentence, args=(form, article, locale, line.id, line.pair),
                disabled=not line.target,
            )  # fmt: skip
    if len(found) == _SHOWN:
        st.caption(tr("There may be more: give more words."))


def _words(form: str) -> None:
    words = st.text_input(tr("Words as a page shows them"), key="recall-everywhere").strip()
    if sum(map(str.isalnum, words)) < LEAST:
        return
    desk = office.desk()
    found = trace(desk.project, desk.sources, words).found
    if not found:
        st.info(tr("The ledger knows no wording with these words. Give fewer of them."))
        return
    st.write(tr("{count} wordings hold these words.", count=len(found)))
    for traced in found[:_SHOWN]:
        pair = traced.pair
        pages = ", ".join(page.path for page in traced.pages) or tr("on no page now")
        st.html(
            f'<div class="m-label">{escape(pair.article)} · {escape(pair.locale)} · '
            f"{escape(pages)}</div>{text_html(pair.target, pair.locale)}"
        )
    if len(found) > _SHOWN:
        st.caption(tr("{count} more are not shown, and are recalled too.",
                      count=len(found) - _SHOWN))  # fmt: skip
    st.button(
        tr("Recall all of them now"), key=f"recall-all-{abs(hash(words))}-{form}", type="primary",
        on_click=_recall, args=(form, _ALL, _ALL, words),
    )  # fmt: skip


def _recall(form: str, article: str, locale: str, words: str = "") -> None:
    if _is_open(form):
        recall(_request(form, article, locale, words=words))


def _recall_sentence(form: str, article: str, locale: str, message: str, pair: str) -> None:
    """Of the sentence as it was shown; what pages show in its place goes with it."""
    desk = office.desk()
    desk.refresh()
    line = desk.index.line(article, locale, message)
    if line is None or line.pair != pair:
        words = tr("The sentence has changed while you were reading. Nothing was recalled: look.")
        state().said = ("error", words)
    elif _is_open(form):
        recall(_request(form, article, locale, messages=(message,)))


def _request(form: str, article: str, locale: str, **more: object) -> Request:
    why = str(st.session_state.get(f"recall-why-{form}", "")).strip()
    return Request(
        kind=Kind.RECALL, articles=(article,), locales=(locale,), actor="", door="", event=form,
        reason=why, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _is_open(form: str) -> bool:
    """Whether the form is still the one on the screen: two presses are one recall."""
    return state().form == form


# --- what became of it --------------------------------------------------------------------------


def _proofs() -> None:
    recent = jobs().recent("recall")
    if any(job.ended is None for job in recent):
        _watch()
    else:
        _gone(recent)


@st.fragment(run_every=0.7)
def _watch() -> None:
    recent = jobs().recent("recall")
    if all(job.ended is not None for job in recent):
        st.rerun()
    _gone(recent)


def _gone(recent: tuple[Job, ...]) -> None:
    for number, job in enumerate(recent[:5]):
        rows = [f'<div data-testid="gone">{escape(note)}</div>' for note in job.notes]
        words = tr("Recalled by {who} at {time} UTC.", who=job.who,
                   time=f"{job.started:%Y-%m-%d %H:%M:%S}")  # fmt: skip
        kind = "m-error" if job.trouble or _troubles(job) else ""
        said = [f"<b>{escape(words)}</b>", *rows, f"<div>{escape(_end(job))}</div>"]
        said += [f"<div>{escape(shown(text))}</div>" for text in _troubles(job)]
        marker = ' data-testid="recall"' if number == 0 else ""
        st.html(f'<div class="m-finding-row {kind}"{marker}>{"".join(said)}</div>')


def _troubles(job: Job) -> list[str]:
    found = [str(t) for t in job.result.troubles] if isinstance(job.result, TakenDown) else []
    return [*([job.trouble] if job.trouble else []), *found]


def _end(job: Job) -> str:
    """How it ended, in a sentence."""
    if job.ended is None:
        return tr("The pages above are gone; the site is being built again.")
    if not isinstance(job.result, TakenDown):
        return tr("The pages above are gone. Build the site again.")
    if job.result.built is None:
        return tr("There is no site to take it from; no build will show it.")
    words = tr("The site stands again since {time} UTC, without it.", time=f"{job.ended:%H:%M:%S}")
    if not job.notes:
        words = f"{tr('No page showed it.')} {words}"
    if job.result.recorded:
        words += " " + tr("Editions are recorded in this ledger: build, to record this one too.")
    return words


# --- what stands recalled -----------------------------------------------------------------------


def _standing(form: str) -> None:
    found = standing_recalls(office.desk().decisions)
    st.subheader(tr("Recalled now"))
    if not found:
        st.info(tr("Nothing is recalled."))
    for one in reversed(found[-_RECALLS_SHOWN:]):
        _recalled(one, form)


def _recalled(one: Recall, form: str) -> None:
    (article, locale), draft = one.page, one.event.draft
    what = "" if one.whole else text_html(draft.target, locale)
    words = f"{article} · {locale} · {draft.actor} · {one.event.at[:16].replace('T', ' ')} UTC"
    with st.container(border=True):
        st.html(
            f'<div class="m-label">{escape(words)}</div>{what}'
            f'<div class="m-finding-row" dir="auto">{escape(draft.reason)}</div>'
        )
        message = "" if one.whole else message_of(article, locale, draft.context, draft.source)
        if not one.whole and not message:
            st.caption(tr("Its sentence is in no article any more: nothing would show it."))
            return
        st.button(
            tr("Restore, for the reason above"), key=f"restore-{one.event.number}-{form}",
            on_click=_restore, args=(form, article, locale, message),
        )  # fmt: skip


def _restore(form: str, article: str, locale: str, message: str) -> None:
    if _is_open(form):
        restore(_request(form, article, locale, messages=(message,) if message else ()))
