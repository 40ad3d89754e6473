"""The review app: who is signed in, and which screens they have. Run by `server.create`."""

from __future__ import annotations

import datetime as dt
from html import escape

import streamlit as st

from medloc.errors import MedlocError
from medloc.model import Person
from review_app import office
from review_app.session import current_person, state
from review_app.texts import OWN_NAMES, direction, language, languages, shown, tr
from review_app.views import (
    edits,
    glossary,
    history,
    people,
    preview,
    progress,
    publish,
    queue,
    review,
    sign,
    translate,
)
from review_app.widgets.frame import keys, say_language, title_html
from review_app.widgets.names import verbatim
from review_app.widgets.style import RIGHT_TO_LEFT_STYLE, STYLE

_LANGUAGE = "interface-language"
_LATELY = dt.timedelta(days=7)


def main() -> None:
    """Draw the frame and the screen that was asked for."""
    st.set_page_config(page_title="medloc", layout="wide")
    st.html(STYLE)
    if direction(language()) == "rtl":
        st.html(RIGHT_TO_LEFT_STYLE)
    try:
        _show()
    except MedlocError as trouble:  # medloc.yaml cannot be read: who is here is known all the same
        st.error(verbatim(shown(str(trouble))))
    say_language()


def _show() -> None:
    person = current_person()
    if person is None:
        st.warning(tr("Your session has ended. Nothing you decided is lost."))
        st.link_button(tr("Sign in again"), "/sign-in")
        return
    pages = [
        st.Page(queue.show, title=tr("Waiting"), url_path="waiting", default=True),
        st.Page(review.show, title=tr("Review"), url_path="review"),
        st.Page(sign.show, title=tr("Read and sign"), url_path="sign"),
        st.Page(preview.show, title=tr("Preview"), url_path="preview"),
        st.Page(progress.show, title=tr("Progress"), url_path="progress"),
        st.Page(history.show, title=tr("History"), url_path="history"),
        st.Page(glossary.show, title=tr("Glossary"), url_path="glossary"),
        *([st.Page(people.show, title=tr("People"), url_path="people")]
          if "publisher" in person.roles else []),
    ]  # fmt: skip
    if translate.writable_locales(person):
        pages.insert(2, st.Page(translate.show, title=tr("Translate"), url_path="translate"))
    if "editor" in person.roles:
        pages.append(st.Page(edits.show, title=tr("Edits"), url_path="edits"))
    if "publisher" in person.roles:
        pages.append(st.Page(publish.show, title=tr("Publish"), url_path="publish"))
    chosen = st.navigation(pages, position="top")
    _who(person, chosen.title, chosen.url_path)
    chosen.run()


def _who(person: Person, title: str, path: str) -> None:
    """One line over every screen: who is signed in, that a demonstration is one, the language."""
    name = f"<b><bdi>{escape(person.name or person.id)}</bdi></b>"
    words = "<span>" + escape(tr("Signed in as {name}")).replace("{name}", name) + "</span>"
    if office.is_demo():
        demo = tr("Demonstration: made-up accounts without passwords; no clinician has reviewed "
                  "these texts.")  # fmt: skip
        words += f' <span class="m-demo">{escape(demo)}</span>'
    words += _by_link(person)
    words += f' <a href="/sign-out">{escape(tr("Sign out"))}</a>'
    with st.container(horizontal=True, vertical_alignment="center", key="who"):
        st.html(f'{title_html(title)}<div class="m-who" role="note">{words}</div>')
        keys(path)
        st.segmented_control(
            tr("Language of this app"),
            languages(),
            default=language(),
            required=True,
            format_func=lambda name: OWN_NAMES.get(name, name),
            key=_LANGUAGE,
            on_change=_choose_language,
            label_visibility="collapsed",
        )


def _by_link(person: Person) -> str:
    """Who let them in by a link lately: it may have been somebody else who used it."""
    since = (office.desk().clock() - _LATELY).isoformat()
    used = [one for one in office.accounts().given(person.id) if one.used > since]
    if not used:
        return ""
    last = used[-1]
    moment = last.used[:16].replace("T", " ")
    words = tr("A sign-in link for you from {giver} was used at {moment} UTC. If that was not "
               "you, tell a publisher.", giver=last.giver or "?", moment=moment)  # fmt: skip
    return f' <span class="m-link">{escape(words)}</span>'


def _choose_language() -> None:
    state().language = str(st.session_state[_LANGUAGE])


main()
