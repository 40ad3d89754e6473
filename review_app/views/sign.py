"""Read and sign: a page as a physician reads it, and one act for all of it that was read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from itertools import chain

import streamlit as st

from medloc.errors import MedlocError
from medloc.index import Query
from medloc.model import Person
from medloc.workflow.desk import Desk
from medloc.workflow.page_reading import PageReader, ReadPage, Sentence
from medloc.workflow.signing import Act, sign
from medloc.workflow.unsent import Note
from review_app import office
from review_app.reviewing import DOOR, is_too_soon, reviewer_of
from review_app.screens import say, screen
from review_app.session import State, current_person, door, state
from review_app.texts import shown, tr
from review_app.widgets import pace
from review_app.widgets.objecting import flags, unsent
from review_app.widgets.reading import STYLE, TOLD, blocks, left_html, rows_html
from review_app.widgets.texts import language_of


def show() -> None:
    """Draw the screen; everything that changes at a press is one fragment."""
    st.html(STYLE)
    pace.watch()
    _screen()


@screen
def _screen(person: Person) -> None:
    asked = st.query_params.get("article", ""), st.query_params.get("locale", "")
    page = _reader(office.desk()).page(*asked) if all(asked) else None
    if page is not None:
        _page(page, person, state())
        return
    if any(asked):
        st.info(tr("There is no such page. Choose one that waits for you."))
    _waiting(person)


@lru_cache(maxsize=4)
def _reader(desk: Desk) -> PageReader:
    return PageReader(desk)


# --- which page -----------------------------------------------------------------------------------


def _waiting(person: Person) -> None:
    desk = office.desk()
    desk.refresh()
    counts = desk.index.counts(Query(waits_for=reviewer_of(person)))
    st.header(tr("Read and sign"))
    if not counts:
        st.success(tr("No page waits for you. Where everything stands is under Waiting."))
        return
    st.write(tr("Pages that wait for you. Read one from top to bottom, then sign it."))
    for (slug, locale), row in counts.items():
        waiting = row.get("waiting", 0) + row.get("half_approved", 0)
        said = tr("{count} sentences, {risky} of high risk", count=waiting,
                  risky=row.get("high_risk", 0))  # fmt: skip
        name = _plain(f"{slug} · {language_of(locale).name} ({locale})")
        st.button(f"{name} — {said}", key=f"page-{slug}-{locale}", on_click=_open,
                  args=(slug, locale), width="stretch")  # fmt: skip


def _open(slug: str, locale: str) -> None:
    st.query_params.from_dict({"article": slug, "locale": locale} if slug else {})


def _plain(text: str) -> str:
    """A label without anything Markdown would read."""
    return "".join(c if c.isalnum() or c in " .,;:()·—-" else " " for c in text)


# --- the page -------------------------------------------------------------------------------------


def _page(page: ReadPage, person: Person, mine: State) -> None:
    _begin(page, mine)
    mine.stale = False
    left_out = _reader(office.desk()).left_out(page, person, door=DOOR)
    changed = {one.id for one in page.sentences if mine.read.get(one.id) != one.named[1]}
    to_sign = [one for one in page.sentences if one.id not in left_out]
    to_tick = frozenset(o.named[1] for o in to_sign if o.high_risk or o.id in changed)
    mine.seen.update(one.named[1] for one in page.sentences)
    _head(page, to_sign, to_tick)
    notes = unsent().of_page(person.id, page.article.slug, page.locale)
    source = office.desk().project.settings.source.locale
    languages = language_of(source), language_of(page.locale)
    said = mine.asking if mine.asking in mine.read else ""
    for block in blocks(page.sentences, to_tick):
        st.html(rows_html(block, languages=languages, left_out=left_out, changed=changed))
        if said and any(one.id == said for one in block):
            say(*mine.said)
        _below(block, to_tick, notes)
    _sign_bar(page, to_sign, to_tick, mine, said_above=bool(said))


@st.fragment
def _below(block: list[Sentence], to_tick: frozenset[str], notes: Mapping[str, Note]) -> None:
    """What can be done about a few rows. A fragment of its own: a tick or a tap draws these few
    widgets again, and leaves the texts on the screen as they are."""
    if state().stale:
        state().stale = False
        st.rerun()  # something was said of a sentence: the page stands otherwise now
    with st.container(key=f"below-{block[0].number}", horizontal=True):
        if block[0].named[1] in to_tick:
            _tick(block[0], state())
        form = flags(block, notes)
    form()


def _begin(page: ReadPage, mine: State) -> None:
    """Remember how the page was when it was opened: what is another text later needs a tick."""
    place = (page.article.slug, page.locale)
    if mine.reading == place:
        return
    mine.reading, mine.said, mine.left = place, ("", ""), ()
    mine.read = dict(one.named for one in page.sentences)
    mine.ticked.clear()
    mine.next_form()


def _head(page: ReadPage, to_sign: list[Sentence], to_tick: frozenset[str]) -> None:
    st.button(tr("← All pages"), key="pages", on_click=_open, args=("", ""), type="tertiary")
    words = [
        f'<b data-testid="reading" data-article="{escape(page.article.slug)}" '
        f'data-locale="{escape(page.locale)}">{escape(page.article.slug)} · '
        f"{escape(language_of(page.locale).name)}</b>",
        escape(tr("{count} sentences", count=len(page.sentences))),
        escape(tr("{count} to sign", count=len(to_sign))),
    ]
    if to_tick:
        words.append(escape(tr("{count} of them to be ticked one by one", count=len(to_tick))))
    st.html(f"<div>{' · '.join(words)}</div>")
    st.caption(
        tr("Something wrong? Tap ⚑ with the number of the sentence.")
        + ("" if page.is_source else " " + tr("Numbers, negations, limits and terms are marked in "
                                              "both texts."))
    )  # fmt: skip
    if page.trouble:
        st.html(f'<div class="m-finding-row m-error">{escape(shown(page.trouble))}</div>')


def _tick(one: Sentence, mine: State) -> None:
    key = tick_key(*one.named)
    st.checkbox(
        tr("Sentence {number}: read in full, it is right.", number=one.number),
        key=key, value=key in mine.ticked, on_change=_ticked, args=(key,),
    )  # fmt: skip


def tick_key(message: str, pair: str) -> str:
    """The key of a sentence's tick: it names the message and its exact words."""
    return f"tick-{message}-{pair}"


def _ticked(key: str) -> None:
    (state().ticked.add if st.session_state.get(key) else state().ticked.discard)(key)


# --- the act --------------------------------------------------------------------------------------


def _sign_bar(
    page: ReadPage,
    to_sign: list[Sentence],
    to_tick: frozenset[str],
    mine: State,
    *,
    said_above: bool,
) -> None:
    named = tuple(one.named for one in to_sign)
    with st.container(border=True, key="sign-bar"):
        if not said_above:
            say(*mine.said)
        if mine.left:
            st.html(f"<b>{escape(tr('Not signed:'))}</b>")
            st.html(left_html({one.id: one for one in page.sentences}, mine.left))
        if not named:
            st.info(tr("Nothing on this page is left for you to sign."))
            return
        st.write(tr("I have read this page, and I approve the sentences named by the button for "
                    "publication, word for word."))  # fmt: skip
        label = tr("Sign {count} sentences", count=len(named) - len(to_tick))
        if to_tick:
            label = tr("Sign {count} sentences and those that I ticked",
                       count=len(named) - len(to_tick))  # fmt: skip
        stamp = hashlib.sha256("|".join(pair for _, pair in named).encode()).hexdigest()[:16]
        stamp = f"{stamp}-{mine.form}"
        pairs = [one.translation.pair for one in to_sign]
        both = ((pair.source, pair.target)[page.is_source :] for pair in pairs)
        pace.words_end(stamp, TOLD, chain.from_iterable(both))
        if not pace.is_watched(mine):
            return
        st.button(
            label, key=f"sign-{stamp}", type="primary", on_click=_sign,
            args=(page.article.slug, page.locale, named, to_tick, stamp),
        )  # fmt: skip


def _sign(
    slug: str,
    locale: str,
    named: tuple[tuple[str, str], ...],
    to_tick: frozenset[str],
    stamp: str,
) -> None:
    """Sign what the pressed button named. Ticks count as they are at the press: one taken away
    together with it is gone."""
    mine, person = state(), current_person()
    mine.asking = ""
    if is_too_soon(mine, stamp):
        return
    if person is None:
        mine.said = ("error", tr("Your session has ended: sign in again. Nothing was signed."))
        return
    ticked = frozenset(p for m, p in named if p in to_tick and _is_ticked(tick_key(m, p), mine))
    _, _, form = stamp.partition("-")
    act = Act(slug, locale, named, form, to_tick, ticked)
    try:
        signed = sign(office.desk(), act, actor=person.id, seen=mine.seen, door=door())
    except MedlocError as trouble:
        mine.said = ("error", tr("Nothing was signed.") + f" {_plain(shown(str(trouble)))}")
        return
    mine.left = signed.left
    if signed.numbers:
        mine.said = ("success", tr(
            "{count} sentences signed (events {first} to {last}).", count=len(signed.numbers),
            first=signed.numbers[0], last=signed.numbers[-1]))  # fmt: skip
    else:
        mine.said = ("error", tr("Nothing was signed."))
    mine.next_form()


def _is_ticked(key: str, mine: State) -> bool:
    live: Mapping[str, object] = st.session_state.to_dict()
    return bool(live.get(key, key in mine.ticked))
