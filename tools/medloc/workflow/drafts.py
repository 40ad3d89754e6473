"""Pages with every wording as it stands, approved or not, drawn by the renderer that publishes.

For eyes that work on them: watermarked, never written anywhere, never sealed with a proof.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from medloc.errors import UsageError
from medloc.markdown import forbidden_character
from medloc.model import Article, Language, Standing, Translation, Verdict
from medloc.phrases import phrase
from medloc.standing import Decisions
from medloc.workflow.gate import Gated
from medloc.workflow.look import project_theme
from medloc.workflow.pages import Assets, Frame, article_page
from medloc.workflow.project import Project
from medloc.workflow.sources import Sources
from medloc.workflow.status import judge_all
from medloc.workflow.translations import load_catalog, translations, wording_problem

_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")  # every ASCII punctuation mark can be escaped
# What a link leads to must not hide behind the banner that sticks to the top.
_ROOM = b"html { scroll-padding-block-start: 4rem; }"
_MARKS = b"""
mark.m { color: inherit; background: #f5c51833; outline: 2px dashed #b7791f;
  outline-offset: 1px; border-radius: 3px; }
mark.m-untranslated { background: #dc262626; outline-color: #dc2626; }
"""


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A drawn page and the files it needs, by path below the site; how many of its messages are
    not approved, and how many of these are not translated."""

    html: bytes
    assets: Mapping[str, bytes]
    messages: int
    open: int
    missing: int


def draft_of(project: Project, article: Article, locale: str) -> Gated:
    """An article nobody let through the gate; raises MedlocError when it cannot be read."""
    return _ungated(project, article, locale, _found(project, article, locale))


def draft_page(
    project: Project,
    sources: Sources,
    decisions: Decisions,
    slug: str,
    locale: str,
    *,
    today: dt.date,
    marked: bool = True,
) -> DraftPage:
    """One page as a draft; with `marked`, every message that is not approved shows that it is not.

    Raises UsageError when there is no such page, MedlocError when it cannot be read.
    """
    article, locales = sources.articles.get(slug), project.locales(source=True)
    if article is None or locale not in locales:
        raise UsageError(
            phrase("there is no article `{slug}` in `{locale}`", slug=slug, locale=locale),
            advice=phrase("Choose one that there is."),
        )
    found = _found(project, article, locale)
    verdicts = judge_all(project, found, decisions)
    draft = _ungated(project, article, locale, found)
    assets = Assets()
    look = project_theme(project)
    style = assets.add(look.style() + _ROOM + (_MARKS if marked else b""), ".css")
    published = dict.fromkeys(sources.articles, locales)
    frame = Frame(project, sources, published, assets, style, today, draft=True, look=look)
    source = project.settings.source
    marks = _marks(found, verdicts, source if locale != source.locale else None)
    html = article_page(frame, _marked(draft, marks) if marked else draft)
    if marked:
        html = _fields_marked(html, article, marks)
    missing = sum(one.empty for one in found)
    return DraftPage(html.encode(), assets.files, len(found), len(marks), missing)


def _found(project: Project, article: Article, locale: str) -> tuple[Translation, ...]:
    source = locale == project.settings.source.locale
    catalog = None if source else load_catalog(project, article.slug, locale)
    return tuple(translations(project, article, locale, catalog))


def _ungated(
    project: Project, article: Article, locale: str, found: Sequence[Translation]
) -> Gated:
    source = locale == project.settings.source.locale
    words = tuple(_words(article, one, is_source=source) for one in found)
    return Gated(article, locale, b"", words, (), ())


def _words(article: Article, translation: Translation, *, is_source: bool) -> str:
    """The wording; the source where there is none; its bare characters where its markup is off."""
    if translation.empty:
        return translation.pair.source
    if is_source or not wording_problem(article, translation):
        return translation.pair.target
    text = "".join(c for c in translation.pair.target if not forbidden_character(c))
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _marks(
    found: Sequence[Translation], verdicts: Sequence[Verdict], source: Language | None
) -> dict[int, str]:
    """The opening tag for each message that is not approved; a source text in the place of a
    translation is of its own language and direction."""
    marks = {}
    for index, (one, verdict) in enumerate(zip(found, verdicts, strict=True)):
        if verdict.standing is Standing.APPROVED:
            continue
        kind, foreign = "", ""
        if one.empty and source is not None:
            kind = " m-untranslated"
            foreign = f' lang="{escape(source.tag)}" dir="{source.direction}"'
        marks[index] = f'<mark class="m{kind}"{foreign}>'
    return marks


def _marked(draft: Gated, marks: Mapping[int, str]) -> Gated:
    """Marks go into the skeleton, around the holes: the words are drawn as they always are."""
    skeleton = draft.article.skeleton
    parts = list(skeleton.parts)
    for hole, message in enumerate(skeleton.holes):
        if message in marks:
            parts[hole] += marks[message]
            parts[hole + 1] = f"</mark>{parts[hole + 1]}"
    marked = replace(draft.article, skeleton=replace(skeleton, parts=tuple(parts)))
    return replace(draft, article=marked)


def _fields_marked(html: str, article: Article, marks: Mapping[int, str]) -> str:
    """The same for the title and the description, which the theme draws."""
    for index, message in enumerate(article.messages):
        tag = {"meta:title": "h1", "meta:description": "p"}.get(message.context)
        if tag and index in marks:
            opening = "<h1>" if tag == "h1" else '<p class="lead">'
            before, found, after = html.partition(opening)
            if found:
                after = after.replace(f"</{tag}>", f"</mark></{tag}>", 1)
                html = f"{before}{opening}{marks[index]}{after}"
    return html
