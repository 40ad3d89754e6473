"""What all screens have in common: somebody signed in, and troubles said in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import streamlit as st

from medloc.errors import MedlocError
from medloc.model import Person
from review_app.reviewing import look_back
from review_app.session import current_person, forget_what_is_gone, state
from review_app.texts import shown, tr
from review_app.widgets.names import verbatim


def screen(draw: Callable[[Person], None]) -> Callable[[], None]:
    """A fragment that draws for whoever is signed in at that moment; what is wrong with a file or
    the ledger is said where the screen would be."""

    @st.fragment
    @wraps(draw)
    def drawing() -> None:
        forget_what_is_gone()
        look_back(state())
        person = current_person()
        if person is None:
            st.warning(tr("Your session has ended. Nothing you decided is lost."))
            st.link_button(tr("Sign in again"), "/sign-in")
            return
        try:
            draw(person)
        except MedlocError as trouble:
            st.error(verbatim(shown(str(trouble))))

    return drawing


def say(kind: str, words: str) -> None:
    """What became of the last action, for eyes and for screen readers."""
    if words:
        {"error": st.error, "warning": st.warning, "info": st.info}.get(kind, st.success)(
            verbatim(shown(words))
        )
