"""No decision button before the words: what tells the browser which words a form decides on.

Streamlit loads the code of each kind of element when it is first needed, so a cold page may show a
button before the texts. So the buttons are sent when the script beside this module has said that
words are on the screen; from then on it holds back what is pressed too soon after others came.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from review_app.reviewing import LEAST_ON_SCREEN, SOON, drew
from review_app.session import State, state
from review_app.texts import tr

_SCRIPT = "/medloc/pace.js"


def watch() -> None:
    """Draw what a screen with decisions needs, once."""
    st.html(f'<script src="{_SCRIPT}"></script>', unsafe_allow_javascript=True)


def words_end(stamp: str, *, keys: bool = False) -> None:
    """Say that all the words are drawn that the buttons with this stamp decide on; `keys`: so do
    the keys. It is an empty line, in which the script says when a press came too soon."""
    drew(state(), stamp)
    words = escape(tr(SOON))
    st.html(
        f'<div class="m-soon" role="status" data-decides="{escape(stamp)}" data-words="{words}" '
        f'data-least="{LEAST_ON_SCREEN * 1000:.0f}"{" data-keys" if keys else ""}></div>'
    )


def is_watched(mine: State) -> bool:
    """Whether the script watches this page, so that buttons may come. If not yet, draw what it
    presses: nobody sees it."""
    if not mine.watched:
        st.button("·", key="here", on_click=_watched)
    return mine.watched


def _watched() -> None:
    state().watched = True
