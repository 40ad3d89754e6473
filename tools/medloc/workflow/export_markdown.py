"""`medloc export --format markdown`: a localized article as Markdown, of approved words only.

Law: what leaves by this door has passed the gate of the published page, and reads back as an
article with the source's structure and that page's very words.
"""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from medloc import files
from medloc.articles import read_article
from medloc.articles.rewriting import rewrite_article
from medloc.errors import LedgerError, MedlocError, SettingsError, UsageError
from medloc.model import Article, Withheld
from medloc.render import fill
from medloc.standing import Decisions
from medloc.workflow.gate import Gated, gate
from medloc.workflow.ids import write_ids
from medloc.workflow.project import Project
from medloc.workflow.status import judge_all
from medloc.workflow.translations import load_catalog, translations

ENDINGS = (".md", ".mdx", ".markdown")

_NUMBER = re.compile(r'(#fn:|id="fn:)(\d+)(">(?:<sup class="footnote-definition-label">)?)\d+')
_BLOCK = r"</?(?:p|li|[uo]l|d[ldt]|t[dhr]|h[1-6]|div|blockquote)\b[^>]*>"
# At the edges of a block, white space and line breaks show nothing.
_EDGE = re.compile(rf"(?:<br />|\s)*({_BLOCK})(?:<br />|\s)*")
_ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))


class ExportError(MedlocError):
    """An approved wording that Markdown cannot say in its place without meaning something else."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A file written, or left as it was, or refused: `reason` then says why. `path` is below the
    project; `stale` means that what an earlier export wrote still stands there."""

    article: str
    locale: str
    path: str
    reason: str = ""
    stale: bool = False


def export_markdown(
    project: Project,
    article: Article,
    locale: str,
    decisions: Decisions,
    *,
    path: str,
    today: dt.date,
) -> Exported:
    """Write an article in a locale to `path` (below the project), if every word is approved.

    What is not is refused with its reason, and nothing is written. Raises LedgerError and
    SettingsError.
    """
    try:
        gated = _gated(project, article, locale, decisions, today)
        if not isinstance(gated, Withheld):
            files.replace(project.root / path, markdown_of(project, gated), name=path)
            return Exported(article.slug, locale, path)
        reason = gated.reason
    except (LedgerError, SettingsError):
        raise
    except MedlocError as trouble:
        reason = str(trouble)
    stale = (project.root / path).is_file()
    return Exported(article.slug, locale, path, reason, stale)


def _gated(
    project: Project, article: Article, locale: str, decisions: Decisions, today: dt.date
) -> Gated | Withheld:
    """The article through the gate, as it stands now: no older edition, and none that is overdue
    where the policy withholds those."""
    settings = project.settings
    due = article.review_by
    if due is not None and due < today and settings.policy.overdue == "withhold":
        return Withheld(article.slug, locale, f"the medical review was due on {due}")
    catalog = None
    if locale != settings.source.locale:
        catalog = load_catalog(project, article.slug, locale)
    found = translations(project, article, locale, catalog)
    return gate(article, locale, found, judge_all(project, found, decisions))


def markdown_of(project: Project, gated: Gated) -> bytes:
    """A gated article as a Markdown file; in the source language, the source's own bytes but for
    its quantities. Raises ExportError when it would not read back as the same page."""
    article, policy = gated.article, project.settings.policy
    source = gated.locale == project.settings.source.locale
    if not source:  # ids are the source's in every language
        article = replace(article, text=write_ids(article, raw_html=policy.raw_html))
    words = dict(enumerate(gated.words))
    text = rewrite_article(article, words, raw_html=policy.raw_html, titles=source)
    _prove(project, gated, text)
    return _saved(project, article, text) if source else text.encode()


def _saved(project: Project, article: Article, text: str) -> bytes:
    """Line ends and byte-order mark as in the source's file."""
    data = (project.root / article.path).read_bytes()
    if b"\r\n" in data and data.count(b"\r\n") == data.count(b"\n"):
        text = text.replace("\n", "\r\n")
    return (codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b"") + text.encode()


def _prove(project: Project, gated: Gated, text: str) -> None:
    """Read what was written as any article is read, and compare headings, fields and page."""
    article, settings = gated.article, project.settings
    try:
        found = read_article(
            article.path,
            re.sub(r"\\u206[89]", "", text).encode(),
            slug=article.slug,
            translate_fields=settings.translate_fields,
            raw_html=settings.policy.raw_html,
        )
    except MedlocError as trouble:
        raise _trouble(gated, str(trouble)) from None
    headings = [(heading.level, heading.id, heading.classes) for heading in article.headings]
    if [(heading.level, heading.id, heading.classes) for heading in found.headings] != headings:
        raise _trouble(gated, "a wording would make a heading or an id")
    fields = {m.context: m.text for m in found.messages if m.is_field}
    for message, words in zip(article.messages, gated.words, strict=True):
        if message.is_field and fields.get(message.context) != _one_line(words):
            raise _trouble(gated, f"`{message.context}` would read otherwise")
    own = {index: message.text for index, message in enumerate(found.messages)}
    if page_of(article, dict(enumerate(gated.words))) != page_of(found, own):
        raise _trouble(gated, "a wording would be read as a list, a tag or another block")


def page_of(article: Article, words: dict[int, str]) -> str:
    """The body of a page on one line, for comparison; footnotes are told apart by their labels,
    because a wording may change their order."""
    labels = {number: label for label, number in article.skeleton.numbers.items()}
    body = _EDGE.sub(r"\1", " ".join(fill(article, words, {}, foreign="x").split()))
    body = body.replace(" <br />", "<br />").replace("<br /> ", "<br />")
    return _NUMBER.sub(lambda found: f"{found[1]}{labels.get(found[2])}{found[3]}", body)


def _one_line(words: str) -> str:
    return " ".join(words.translate(_ISOLATES).split())


def _trouble(gated: Gated, found: str) -> ExportError:
    return ExportError(
        f"the {gated.locale} words cannot be written as Markdown so that they read as the page: "
        f"{found}",
        path=gated.article.path,
        advice="Nothing was written. Begin the wording with a word, or report this.",
    )


def export_paths(
    project: Project, output: str, pages: Sequence[tuple[Article, str]], *, folder: bool
) -> list[str]:
    """Where the file of each page goes, below the project: `output` itself, or in that folder
    `<tag>/<slug>.md`.

    Raises UsageError for a file that is no Markdown, and for a place among the project's own files.
    """
    if not folder and not output.endswith(ENDINGS):
        raise UsageError(
            f"--output: `{output}` is no Markdown file",
            advice=f"Name one that ends in {' or '.join(ENDINGS)}, or an existing folder.",
        )
    place = (project.root / output).resolve()
    for own in (project.settings.content, project.settings.catalogs):
        if place.is_relative_to((project.root / own).resolve()):
            raise UsageError(
                f"--output: `{output}` is in `{own}`, among the project's own files",
                advice="Name a place outside of it.",
            )
    if not folder:
        return [output]
    tags = {locale: project.settings.language(locale).tag for _, locale in pages}
    return [
        (PurePosixPath(output) / tags[locale] / f"{article.slug}.md").as_posix()
        for article, locale in pages
    ]
