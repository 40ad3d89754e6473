"""A page as it is read before signing: rows of source and translation, in document order, as HTML.

One element for a few rows: two hundred sentences are forty elements, and no widget each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape

from medloc.model import Language, Standing
from medloc.workflow.page_reading import Sentence
from review_app.texts import shown, tr
from review_app.widgets.texts import Mark, language_of, marked

TOLD = "page"  # the texts that are signed together
_FIRST = 80  # characters by which a sentence is named
ROWS = 6  # of one element: what is said of a sentence is never far from it

STYLE = """<style>
.m-row { display: grid; grid-template-columns: 2.4rem 1fr 1fr; gap: .15rem 1.4rem;
  padding: .25rem .4rem; border-radius: .3rem; }
.m-row.m-alone { grid-template-columns: 2.4rem 1fr; }
.m-row + .m-row { border-top: 1px solid color-mix(in srgb, currentColor 10%, transparent); }
.m-row .m-text { border: 0; padding: .3em 0; min-height: 0; margin: 0; border-radius: 0; }
.m-row .m-no { font-size: .85rem; opacity: .75; text-align: end; padding-top: .3rem;
  font-variant-numeric: tabular-nums; }
.m-row h2.m-text { font-size: 1.6rem; line-height: 1.4; font-weight: 700; }
.m-row h3.m-text { font-size: 1.3rem; line-height: 1.45; font-weight: 700; padding-top: .6rem; }
.m-row h4.m-text { font-size: 1.12rem; line-height: 1.5; font-weight: 700; padding-top: .4rem; }
.m-k-item .m-text { display: list-item; list-style: disc; margin-inline-start: 1.2rem; }
.m-k-cell .m-text { border-inline-start: 2px solid
  color-mix(in srgb, currentColor 25%, transparent); padding-inline-start: .7rem; }
.m-row .m-why { grid-column: 2 / -1; font-size: .88rem; opacity: .9; }
.m-row.m-out { background: color-mix(in srgb, currentColor 4%, transparent); }
.m-row.m-careful { border-inline-start: 4px solid #dc2626; border-radius: 0 .3rem .3rem 0; }
.m-left { margin: 0; padding-inline-start: 1.2rem; }
.m-left li { margin-block: .3rem; }
.m-left .m-text { display: inline; border: 0; padding: 0; unicode-bidi: isolate; }
[class*="st-key-ask-"] button { min-height: 44px; min-width: 44px; }
[class*="st-key-ask-"] button[aria-checked="true"] { color: inherit !important; font-weight: 700; }
[class*="st-key-below-"] { margin-block: -.7rem .3rem; padding-inline-start: 2.6rem;
  align-items: center; }
[class*="st-key-tick-"] label { min-height: 44px; align-items: center; padding-inline: .6rem;
  border: 1px solid #dc2626; border-radius: .4rem; margin: 0; }
[class*="st-key-say-"] button, [class*="st-key-sign-"] button, [class*="st-key-page-"] button,
[class*="st-key-pages"] button { min-height: 48px; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding-inline: .8rem; }
  .m-row, .m-row.m-alone { grid-template-columns: 1.7rem 1fr; column-gap: .6rem; }
  [class*="st-key-below-"] { padding-inline-start: 0; }
  .m-row .m-target { grid-column: 2; }
  .m-row .m-source { opacity: .92; font-size: 1rem; }
  .m-row .m-target { border-inline-start: 3px solid #17788c; padding-inline-start: .6rem; }
}
</style>"""


def blocks(sentences: Sequence[Sentence], alone: Collection[str]) -> Iterable[list[Sentence]]:
    """Rows that are drawn together: few, of one section, and those of `alone` (pair hashes) by
    themselves."""
    block: list[Sentence] = []
    for one in sentences:
        by_itself = one.named[1] in alone
        if block and (
            by_itself
            or len(block) == ROWS
            or block[-1].named[1] in alone
            or block[-1].translation.message.section != one.translation.message.section
        ):
            yield block
            block = []
        block.append(one)
    if block:
        yield block


def rows_html(
    block: Iterable[Sentence],
    *,
    languages: tuple[Language, Language],
    left_out: Mapping[str, str],
    changed: Collection[str],
) -> str:
    """Rows in the source's and the translation's language; `left_out` says why sentences are not
    signed, by message id, `changed` are ids of those that changed while the page was read."""
    rows = (_row(one, languages, left_out.get(one.id, ""), one.id in changed) for one in block)
    return f'<div class="m-rows">{"".join(rows)}</div>'


def _row(one: Sentence, languages: tuple[Language, Language], why: str, changed: bool) -> str:
    pair, message = one.translation.pair, one.translation.message
    source, target = languages
    alone = source == target
    classes = ["m-row", f"m-k-{message.kind}"]
    classes += ["m-alone"] if alone else []
    classes += ["m-out"] if why else []
    classes += ["m-careful"] if not why and (one.high_risk or changed) else []
    told = "" if why else f' data-told="{TOLD}"'
    texts = [] if alone else [_text(one, "source", pair.source, source, one.marks[0], told)]
    texts.append(_text(one, "target", pair.target, target, one.marks[1], told))
    return (
        f'<div class="{escape(" ".join(classes))}" data-testid="row" data-id="{escape(one.id)}" '
        f'data-pair="{pair.hash}"><span class="m-no">{one.number}</span>'
        f"{''.join(texts)}{_why(one, why, changed)}</div>"
    )


def _text(
    one: Sentence, name: str, text: str, language: Language, marks: Sequence[Mark], told: str
) -> str:
    tag = _tag(one)
    none = f'<span class="m-none">{escape(tr("not translated yet"))}</span>'
    body = marked(text, marks) if text.strip() else none
    return (
        f'<{tag} class="m-text m-{name}" translate="no"{told} lang="{escape(language.tag)}" '
        f'dir="{language.direction}" data-testid="{name}">{body}</{tag}>'
    )


def _tag(one: Sentence) -> str:
    if one.translation.message.kind == "title":
        return "h2"
    return f"h{min(4, one.level + 1)}" if one.level else "div"


def _why(one: Sentence, why: str, changed: bool) -> str:
    tags = f'<span class="m-tag m-risk">{escape(tr("high risk"))}</span>' if one.high_risk else ""
    if changed:
        tags += f'<span class="m-tag m-risk">{escape(tr("changed while you were reading"))}</span>'
    if why:
        done = one.verdict.standing is Standing.APPROVED
        tags += "✓ " if done else f"<b>{escape(tr('Not to be signed:'))}</b> "
        tags += escape(shown(why))
    return f'<div class="m-why">{tags}</div>' if tags else ""


def left_html(sentences: Mapping[str, Sentence], left: Iterable[tuple[str, str]]) -> str:
    """What an act left out, reason by reason: number and first words of each sentence."""
    reasons: dict[str, list[str]] = {}
    for message, reason in left:
        reasons.setdefault(shown(reason), []).append(_named(sentences.get(message)))
    groups = (
        f'<div dir="auto">{escape(reason[:1].upper() + reason[1:])}</div>'
        f'<ul class="m-left">{"".join(f"<li>{name}</li>" for name in names)}</ul>'
        for reason, names in reasons.items()
    )
    return f'<div data-testid="left">{"".join(groups)}</div>'


def _named(one: Sentence | None) -> str:
    if one is None:
        return escape(tr("a sentence that is no more"))
    text = one.translation.pair.target
    language = language_of(one.translation.pair.locale)
    return (
        f'{one.number}. <span class="m-text m-small" lang="{escape(language.tag)}" '
        f'dir="{language.direction}">{escape(text[:_FIRST])}{"…" * (len(text) > _FIRST)}</span>'
    )
