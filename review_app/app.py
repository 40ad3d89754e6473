"""The review app: who is signed in, and which screens they have. Run by `server.create`."""

from __future__ import annotations

from html import escape

import streamlit as st

from medloc.errors import MedlocError
from medloc.model import Person
from review_app import office
from review_app.session import current_person
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
from review_app.widgets.style import STYLE


def main() -> None:
    """Draw the frame and the screen that was asked for."""
    st.set_page_config(page_title="medloc", layout="wide")
    st.html(STYLE)
    person = current_person()
    if person is None:
        st.warning("Your session has ended. Nothing you decided is lost.")
        st.link_button("Sign in again", "/sign-in")
        return
    pages = [
        st.Page(queue.show, title="Waiting", url_path="waiting", default=True),
        st.Page(review.show, title="Review", url_path="review"),
        st.Page(sign.show, title="Read and sign", url_path="sign"),
        st.Page(preview.show, title="Preview", url_path="preview"),
        st.Page(progress.show, title="Progress", url_path="progress"),
        st.Page(history.show, title="History", url_path="history"),
        st.Page(glossary.show, title="Glossary", url_path="glossary"),
        *([st.Page(people.show, title="People", url_path="people")]
          if "publisher" in person.roles else []),
    ]  # fmt: skip
    if translate.writable_locales(person):
        pages.insert(2, st.Page(translate.show, title="Translate", url_path="translate"))
    if "editor" in person.roles:
        pages.append(st.Page(edits.show, title="Edits", url_path="edits"))
    if "publisher" in person.roles:
        pages.append(st.Page(publish.show, title="Publish", url_path="publish"))
    chosen = st.navigation(pages, position="top")
    _who(person)
    try:
        chosen.run()
    except MedlocError as trouble:
        st.error(str(trouble))


def _who(person: Person) -> None:
    """One line over every screen: who is signed in, and that a demonstration is one."""
    words = f"Signed in as <b>{escape(person.name or person.id)}</b>"
    if office.is_demo():
        words += (
            ' <span class="m-demo">Demonstration: made-up accounts without passwords; no clinician '
            "has reviewed these texts.</span>"
        )
    st.html(f'<div class="m-who" role="note">{words} <a href="/sign-out">Sign out</a></div>')


main()
