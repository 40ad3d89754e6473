"""An event of the ledger as HTML: a line that opens to everything it says, text by text."""

from __future__ import annotations

from html import escape

from medloc.model import Event
from review_app import office
from review_app.texts import tr
from review_app.widgets.names import event_names
from review_app.widgets.texts import language_of, text_html

EVENT_STYLE = """<style>
.m-event { border-block-end: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
.m-event summary { cursor: pointer; padding: .45rem .2rem; overflow-wrap: anywhere; }
.m-event summary:focus-visible { outline: 3px solid #e0a100; }
.m-event dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr;
  gap: .3rem 1rem; margin: .3rem 0 1rem; }
.m-event dt { font-size: .85rem; opacity: .8; }
.m-event dd { margin: 0; overflow-wrap: anywhere; }
.m-event code, .m-event pre { font-size: .8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.m-event pre { max-height: 20rem; overflow: auto; margin: 0; }
.m-number { font-variant-numeric: tabular-nums; opacity: .75; }
@media (max-width: 40rem) { .m-event dl { grid-template-columns: 1fr; gap: .1rem; } }
</style>"""


def event_html(event: Event) -> str:
    """The line and, folded away, the rest; works without a question to the server."""
    draft = event.draft
    place = " · ".join(part for part in (draft.article, draft.locale) if part)
    head = (
        f'<span class="m-number">{event.number}</span> · {_ltr(event.at[:16].replace("T", " "))} '
        f"· <b>{escape(event_names()[draft.kind])}</b>"
        f"{' · ' + escape(place) if place else ''} · {escape(draft.actor)}"
    )
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in _rows(event))
    return (
        f'<details class="m-event" data-number="{event.number}"><summary>{head}</summary>'
        f"<dl>{rows}</dl></details>"
    )


def _rows(event: Event) -> list[tuple[str, str]]:
    """What an event says, part by part; what it does not say is left out."""
    draft = event.draft
    source = office.desk().project.settings.source.locale
    texts = (
        (tr("source"), draft.source, source),
        (tr("translation"), draft.target, draft.locale or source),
        (tr("earlier source"), draft.earlier_source, source),
    )
    words = (
        (tr("what was agreed to"), draft.meaning),
        (tr("class"), draft.category),
        (tr("finding"), tr(draft.check)),
        (tr("place"), draft.context),
        (tr("earlier article"), draft.earlier_article),
        (tr("earlier place"), draft.earlier_context),
        (tr("role"), draft.role),
        (tr("door"), draft.door),
        (tr("time (UTC)"), event.at),
    )
    rows = [(name, _text(text, locale)) for name, text, locale in texts if text]
    rows += (
        [(tr("reason"), f'<bdi dir="auto">{escape(draft.reason)}</bdi>')] if draft.reason else []
    )
    rows += [(name, escape(word)) for name, word in words if word]
    if draft.text:
        rows.append((tr("text"), f'<pre tabindex="0" dir="auto">{escape(draft.text)}</pre>'))
    hashes = ((tr("id"), draft.event_id), (tr("hash"), event.hash),
              (tr("hash before it"), event.previous))  # fmt: skip
    return [*rows, *((name, f"<code>{_ltr(value)}</code>") for name, value in hashes)]


def _text(text: str, locale: str) -> str:
    """A text in its language; a locale that is no more has no direction we know."""
    try:
        language_of(locale)
    except KeyError:
        return f'<div class="m-text" dir="auto">{escape(text)}</div>'
    return text_html(text, locale)


def _ltr(text: str) -> str:
    """Days, times and hashes run left to right in every interface."""
    return f'<bdi dir="ltr">{escape(text)}</bdi>'
