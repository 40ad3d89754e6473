"""A list as an address and back: what a link shows, and never who decides or what is decided."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from medloc.index import Line
from medloc.model import Standing
from review_app import office
from review_app.session import State
from review_app.texts import tr

STANDINGS = tuple(standing.value for standing in Standing)
_KEY = "medloc-address"
_MOST = 200  # characters of words that are looked for
_SHOWN = 60  # characters of a value that is not known


def take(mine: State) -> None:
    """Take the list from the address, once for each address; what is unknown there is said."""
    asked = st.query_params.to_dict()
    if not asked or st.session_state.get(_KEY) == asked:
        return
    st.session_state[_KEY] = asked
    unknown = filters_of(asked, mine)
    mine.said = ("", "")
    if unknown:
        what = ", ".join(one[:_SHOWN] for one in unknown)
        mine.said = ("info", tr("The address asks for what is not here: {what}. It was left out.",
                                what=what))  # fmt: skip
    mine.next_form()


def put(mine: State) -> None:
    """Make the address that of the list: whoever opens it sees the same one."""
    st.session_state[_KEY] = address_of(mine)
    st.query_params.from_dict(address_of(mine))


def link(article: str, locale: str, *standings: str) -> str:
    """The address of a page's list in Review, for everybody."""
    address = {"article": article, "locale": locale, "mine": "0"}
    return "review?" + urlencode(address | ({"standing": ",".join(standings)} if standings else {}))


def message_link(line: Line) -> str:
    """The address of a message in Review."""
    asked = {"article": line.article, "locale": line.locale, "message": line.id, "mine": "0"}
    return "/review?" + urlencode(asked)


def address_of(mine: State) -> dict[str, str]:
    """The filters that are set, as parameters of an address."""
    found = {
        "article": mine.article,
        "locale": mine.locale,
        "section": mine.section,
        "mine": "" if mine.mine else "0",
        "standing": ",".join(mine.standings),
        "risk": "high" if mine.high_risk else "",
        "findings": "1" if mine.findings else "",
        "words": mine.words,
    }
    return {name: value for name, value in found.items() if value}


def filters_of(asked: Mapping[str, str], mine: State) -> list[str]:
    """Set the filters as an address asks, all others as they are at first; the parts that name what
    is not there."""
    desk = office.desk()
    unknown: list[str] = []

    def known(name: str, values: object) -> str:
        value = asked.get(name, "")
        if value and value not in values:  # type: ignore[operator]
            unknown.append(f"{name}={value}")
            return ""
        return value

    article = desk.article(asked.get("article", ""))
    mine.article = known("article", (article.slug,) if article else ())
    mine.locale = known("locale", desk.project.locales(source=True))
    messages = article.messages if article else ()
    mine.section = known("section", {message.section for message in messages})
    mine.message = known("message", {message.id for message in messages})
    mine.at = (mine.article, mine.locale)
    mine.mine = known("mine", ("0", "1")) != "0"
    mine.high_risk = known("risk", ("high",)) == "high"
    mine.findings = known("findings", ("0", "1")) == "1"
    wanted = asked.get("standing", "").split(",") if asked.get("standing") else []
    unknown += [f"standing={one}" for one in wanted if one not in STANDINGS]
    mine.standings = tuple(one for one in STANDINGS if one in wanted)
    mine.words = asked.get("words", "").strip()[:_MOST]
    return unknown
