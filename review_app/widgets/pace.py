"""No decision button before the words: what tells the browser which words a form decides on.

Streamlit loads the code of each kind of element when it is first needed, so a cold page may show a
button before the texts. So the buttons are sent when the script beside this module has said that
words are on the screen; from then on it holds back what is pressed too soon after others came.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from html import escape

import streamlit as st

from review_app.reviewing import ALTERED, LEAST_ON_SCREEN, MORE, SOON, drew, least_time
from review_app.session import State, state
from review_app.texts import tr

_SCRIPT = "/medloc/pace.js"
_GAPS = re.compile(
    "[\0-\x20\x7f-\xa0\u2028\u2029\ufffd]"
)  # as in pace.js: what HTML draws otherwise


def watch() -> None:
    """Draw what a screen with decisions needs, once."""
    st.html(f'<script src="{_SCRIPT}"></script>', unsafe_allow_javascript=True)


def words_end(
    stamp: str, of: str, texts: Iterable[str], *, rows: int = 0, keys: bool = False
) -> None:
    """Say that all the words are drawn that the buttons with this stamp decide on: `texts`, in the
    order of the elements whose `data-told` is `of`. `rows`: how many sentences are decided on at
    once; `keys`: the keys decide too. It is an empty line, in which the script says why a press
    did not count."""
    drew(state(), stamp, rows)
    said = {"words": SOON, "more": MORE, "altered": ALTERED}
    told = "".join(f' data-{name}="{escape(tr(words))}"' for name, words in said.items())
    st.html(
        f'<div class="m-soon" role="status" data-decides="{escape(stamp)}" data-of="{of}"{told} '
        f'data-sum="{words_sum(texts)}" data-least="{least_time(rows) * 1000:.0f}" '
        f'data-moment="{LEAST_ON_SCREEN * 1000:.0f}"{" data-keys" if keys else ""}></div>'
    )


def words_sum(texts: Iterable[str]) -> int:
    """By which the script knows that the words on the screen are these, and no translation that a
    browser made of them: CRC-32 of all that is no gap.

    >>> words_sum(["5\N{NO-BREAK SPACE}mg", "no"]) == words_sum(["5 mg no"])
    True
    """
    return zlib.crc32(_GAPS.sub("", "".join(texts)).encode())


def is_watched(mine: State) -> bool:
    """Whether the script watches this page, so that buttons may come. If not yet, draw what it
    presses: nobody sees it."""
    if not mine.watched:
        st.button("·", key="here", on_click=_watched)
    return mine.watched


def _watched() -> None:
    state().watched = True
