"""Preview: a page as it would be published, beside its source, as wide as a phone, marked."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from medloc.index import Query
from medloc.model import Article, Person, Standing
from review_app import office
from review_app.routes_preview import frame_address
from review_app.screens import screen
from review_app.session import State, state
from review_app.texts import tr

HEIGHT = 820
_OPEN = tuple(standing.value for standing in Standing if standing is not Standing.APPROVED)


def show() -> None:
    """Draw the screen."""
    _from_address()
    _screen()


@screen
def _screen(person: Person) -> None:
    mine, desk = state(), office.desk()
    desk.refresh()
    articles, locales = desk.sources.articles, _locales(person)
    if not articles:
        st.info(tr("There is no article yet. Authors add Markdown files; medloc sync reads them."))
        return
    st.header(tr("Preview"))
    with st.container(key="preview-choice"):
        first, second, third = st.columns([2, 2, 3])
        article = articles[_chosen(first, tr("Article"), list(articles), mine.article, "article")]
        locale = _chosen(second, tr("Language"), locales, mine.locale, "locale")
        section = _section(third, article)
        one, two, three = st.columns(3)
        beside = one.toggle(tr("Source beside it"), value=True, key="preview-beside")
        phone = two.toggle(tr("As wide as a phone"), key="preview-phone")
        marked = three.toggle(tr("Mark what is not approved"), value=True, key="preview-marked")
    mine.article, mine.locale = article.slug, locale
    _standing(mine)
    address = frame_address(
        article.slug, locale, beside=beside, phone=phone, marked=marked, section=section
    )
    st.iframe(address, height=HEIGHT, alt=tr("The page as a draft"))


def _from_address() -> None:
    """A link to a page: which one, and nothing else, comes from the address."""
    asked, mine = st.query_params, state()
    if "article" in asked:
        mine.article, mine.locale = asked["article"], asked.get("locale", mine.locale)
        for name in ("preview-article", "preview-locale"):
            st.session_state.pop(name, None)
        st.query_params.clear()


def _locales(person: Person) -> list[str]:
    """All locales, those of the person first."""
    every = office.desk().project.locales(source=True)
    return sorted(every, key=lambda locale: locale not in person.locales)


def _chosen(
    column: st.delta_generator.DeltaGenerator, label: str, names: list[str], now: str, key: str
) -> str:
    place = names.index(now) if now in names else 0
    return str(column.selectbox(label, names, index=place, key=f"preview-{key}") or names[place])


def _section(column: st.delta_generator.DeltaGenerator, article: Article) -> str:
    """Where both pages begin: headings have the same ids in all languages."""
    names = ["", *(heading.id for heading in article.headings)]
    return str(
        column.selectbox(
            tr("Begin both at"), names, key=f"preview-section-{article.slug}",
            format_func=lambda name: name or tr("the top"),
        )
        or ""
    )  # fmt: skip


def _standing(mine: State) -> None:
    """How much of the page is not approved, and the way to it."""
    index = office.desk().index
    page = Query(article=mine.article, locale=mine.locale)
    total = index.count(page)
    counts = index.counts(page).get((mine.article, mine.locale), {})
    open_ = {name: counts[name] for name in _OPEN if counts.get(name)}
    if not open_:
        st.success(tr("All {total} sentences of this page are approved.", total=total))
        return
    words = " · ".join(f"{number} {tr(name.replace('_', ' '))}" for name, number in open_.items())
    st.warning(
        tr("{open} of {total} sentences are not approved: {words}. They are marked below; the page "
           "is not published so.", open=sum(open_.values()), total=total, words=words)
    )  # fmt: skip
    query = urlencode({"article": mine.article, "locale": mine.locale, "mine": "0"})
    st.html(f'<a href="/review?{query}" target="_self">{tr("Review them")}</a>')
