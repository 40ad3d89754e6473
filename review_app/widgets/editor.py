"""Where a wording is typed: in its language's direction and script, with the pieces it needs.

The small script beside this module makes it live: without it everything works, but the checks look
only when the field is left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from medloc.model import Language, Term
from medloc.workflow.pieces import Piece
from review_app.texts import tr

_SCRIPTS = {name: Path(__file__).with_name(name) for name in ("editor.js", "frame.js", "pace.js")}
_ADDRESS = "/medloc/editor.js"
_FONTS = {
    "ar": '"Noto Naskh Arabic", "Noto Sans Arabic", "Geeza Pro", sans-serif',
    "hi": '"Noto Sans Devanagari", "Kohinoor Devanagari", "Nirmala UI", sans-serif',
    "zh": '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif',
    "ja": '"Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", sans-serif',
}
_LIKE = {"fa": "ar", "ur": "ar", "mr": "hi", "ne": "hi"}
_STYLE = """
[class*="st-key-editor-"] textarea { min-height: 7rem; font-size: 1.08rem; line-height: 1.65; }
[class*="st-key-editor-rtl"] textarea { direction: rtl; text-align: right; line-height: 1.9;
  font-size: 1.22rem; unicode-bidi: plaintext; }
[class*="st-key-editor-ltr-hi"] textarea { font-size: 1.15rem; line-height: 1.8; }
.m-inserts { display: flex; flex-wrap: wrap; gap: .3rem; margin-block: .2rem; }
.m-insert { font: inherit; font-size: .9rem; color: inherit; background: transparent;
  border: 1px solid color-mix(in srgb, currentColor 45%, transparent); border-radius: .4rem;
  padding: .2rem .55rem; min-height: 1.9rem; cursor: pointer; overflow-wrap: anywhere; }
.m-insert:hover, .m-insert:focus-visible { background: color-mix(in srgb, #0b6172 18%, transparent);
  outline: 2px solid #17788c; outline-offset: 1px; }
.m-insert kbd { font: inherit; font-size: .75rem; opacity: .75; margin-inline-start: .4rem; }
.m-avoid { text-decoration: line-through; opacity: .8; }
"""


def head() -> None:
    """Draw what the editor needs on its page, once."""
    fonts = "".join(
        f'[class*="-{name}-words"] textarea {{ font-family: {stack}; }}\n'
        for name, stack in _FONTS.items()
    )
    st.html(f"<style>{_STYLE}{fonts}</style>")
    st.html(f'<script src="{_ADDRESS}"></script>', unsafe_allow_javascript=True)


def editor(
    key: str, words: str, language: Language, *, about: str,
    on_change: Callable[..., None], args: tuple[object, ...],
) -> str:  # fmt: skip
    """The field, with `words` to begin with; what stands in it now. `about` names the text for the
    browser, which keeps under it what was not saved."""
    name = language.locale.split("_")[0]
    st.html(
        f'<div class="m-label" data-editing="{escape(about)}" data-lang="{escape(language.tag)}" '
        f'data-dir="{language.direction}">{escape(tr("Translation"))} · {escape(language.name)}'
        "</div>"
    )
    with st.container(key=f"editor-{language.direction}-{_LIKE.get(name, name)}-words"):
        text = st.text_area(tr("Translation"), words, key=key, height="content", args=args,
                            on_change=on_change, label_visibility="collapsed")  # fmt: skip
    return text or ""


def inserts(found: Sequence[Piece], terms: Sequence[Term], language: Language) -> str:
    """Buttons that put in what the source has, and the glossary's words for its terms."""
    buttons = [_button(piece.before, piece.after, piece.label, number, "")
               for number, piece in enumerate(dict.fromkeys(found), 1)]  # fmt: skip
    rows = [_row(tr("From the source"), buttons)] if buttons else []
    number = len(buttons)
    for term in terms:
        words = [word.rstrip("*") for word in term.accepted] or ([term.term] if term.keep else [])
        options = []
        for word in words:
            number += 1
            options.append(_button(word, "", word, number, language.tag, language.direction))
        avoid = [f'<span class="m-avoid" lang="{escape(language.tag)}">{escape(word)}</span>'
                 for word in term.forbidden]  # fmt: skip
        note = [f'<span class="m-label">{escape(term.note)}</span>'] if term.note else []
        rows.append(_row(term.term, [*options, *avoid, *note]))
    return "".join(rows)


def _row(label: str, parts: Sequence[str]) -> str:
    return (
        f'<div class="m-inserts" role="group" aria-label="{escape(label)}">'
        f'<span class="m-label">{escape(label)}</span>{"".join(parts)}</div>'
    )


def _button(
    before: str, after: str, label: str, number: int, tag: str, direction: str = "ltr"
) -> str:
    lang = f' lang="{escape(tag)}"' if tag else ""
    key = f"<kbd>Alt+{number}</kbd>" if number < 10 else ""
    return (
        f'<button type="button" class="m-insert" data-before="{escape(before)}" '
        f'data-after="{escape(after)}"><bdi dir="{direction}"{lang}>{escape(label)}</bdi>{key}'
        "</button>"
    )


def script_route() -> Route:
    """Where our scripts are served; the guard lets in only who has signed in."""
    return Route("/medloc/{name}", _serve)


async def _serve(request: Request) -> Response:
    script = _SCRIPTS.get(request.path_params["name"])
    if script is None:
        return Response(status_code=404)
    return FileResponse(script, media_type="text/javascript",
                        headers={"Cache-Control": "no-cache"})  # fmt: skip
