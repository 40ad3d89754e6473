"""What every screen says of itself: its name as a heading, its language, and its keys in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from review_app.session import state
from review_app.texts import SOURCE, language, languages, later, tr

_SCRIPT = "/medloc/frame.js"
_KEY = "H"  # Streamlit takes letters and digits only, no question mark
Keys = Sequence[tuple[str, str]]
_MOVING: Keys = (
    ("Tab", later("Go to the next control")),
    ("Shift+Tab", later("Go back to the control before")),
    ("Enter, Space", later("Press or tick the control")),
    ("Esc", later("Close what is open")),
    (_KEY, later("Keys")),
)
_KEYS: Mapping[str, Keys] = {
    "review": (
        ("A", later("Approve for publication")), ("X", later("Request changes")),
        ("M", later("Comment")), ("E", later("Edit")), ("U", later("Withdraw my decision")),
        ("W", later("Accept a finding (editors)")), ("N", later("Answer a question (editors)")),
        ("J", later("Next")), ("K", later("Previous")),
    ),
    "translate": (
        ("Ctrl+Enter", later("Save and go on")), ("Ctrl+Shift+Enter", later("Save")),
        ("Alt+1 … Alt+9", later("Put in the piece or the term with that number")),
        ("Alt+J", later("Next")), ("Alt+K", later("Previous")),
    ),
    "sign": (),
}  # fmt: skip
_STYLE = """<style>
.m-keys { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1rem; margin: 0; }
.m-keys dt { direction: ltr; }
.m-keys dd { margin: 0; }
.m-keys kbd { font: inherit; font-weight: 600; padding: .1rem .45rem; border-radius: .3rem;
  border: 1px solid color-mix(in srgb, currentColor 45%, transparent); }
</style>"""


def title_html(title: str) -> str:
    """The screen's name as a heading for those who hear it: most screens begin with their work."""
    return f'<h1 class="m-unseen">{escape(title)}</h1>'


def say_language() -> None:
    """Tell the browser which language the page is in, where it is not Streamlit's own, and have it
    keep what was chosen."""
    if language() != SOURCE or state().language:
        keep = "&keep=1" if state().language in languages() else ""
        script = f'<script src="{_SCRIPT}?lang={escape(language())}{keep}"></script>'
        st.html(script, unsafe_allow_javascript=True)


def keys(screen: str) -> None:
    """A button that shows the keys of a screen, where there are any."""
    if screen in _KEYS and st.button(tr("Keys"), key="keys", shortcut=_KEY, type="tertiary"):
        st.dialog(tr("Keys"))(_overlay)(screen)


def _overlay(screen: str) -> None:
    rows = "".join(
        f"<dt><kbd>{escape(key)}</kbd></dt><dd>{escape(tr(does))}</dd>"
        for key, does in (*_KEYS[screen], *_MOVING)
    )
    st.html(f'{_STYLE}<dl class="m-keys">{rows}</dl>')
    st.caption(tr("Letters are keys while no text is being typed."))
