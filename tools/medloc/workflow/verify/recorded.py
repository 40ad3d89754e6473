"""Sources as the ledger recorded them: the texts that pages were made from, read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from medloc.articles import read_article
from medloc.errors import MedlocError
from medloc.languages import babel_locale, describe, language
from medloc.model import Article, Event, Kind
from medloc.settings import Settings
from medloc.workflow.project import Project, digest
from medloc.workflow.translations import written_sources
from medloc.workflow.verify.findings import Level, refute
from medloc.workflow.verify.folder import Site

_FIELD = "meta:"


class Recorded:
    """Articles by slug and source hash, each read once, with their messages written out."""

    def __init__(self, site: Site, events: Sequence[Event], project: Project | None) -> None:
        self._project = project or _bare(site)
        self._fields = None if project is None else project.settings.translate_fields
        self._raw_html = site.root.policy.raw_html
        self._texts = _texts(events, project)
        self._read: dict[tuple[object, ...], tuple[Article, tuple[str, ...]]] = {}

    def article(
        self, slug: str, source_hash: str, contexts: Iterable[str], *, file: str
    ) -> tuple[Article, tuple[str, ...]]:
        """The article that a proof (`file`) names, and its messages as the source language writes
        them out; without a project, `contexts` tell which fields are messages.

        Raises RefutedError when no such text was recorded.
        """
        plain = self._texts.get((slug, source_hash), self._texts.get(("", source_hash)))
        if plain is None:
            raise refute(
                Level.DECISIONS,
                file,
                expected=f"a recorded text of {slug} with SHA-256 {source_hash}",
                found="none in the ledger",
                advice="Without the source nothing on this page is proved. If its file was edited "
                "since: build again, or verify with the file as it was.",
            )
        fields = _fields(contexts) if self._fields is None else self._fields
        key = (slug, source_hash, fields)
        if key not in self._read:
            self._read[key] = self._reading(slug, plain, fields, file)
        return self._read[key]

    def _reading(
        self, slug: str, plain: str, fields: tuple[str, ...], file: str
    ) -> tuple[Article, tuple[str, ...]]:
        wanted = f"a source of {slug} that can be read"
        try:
            article = read_article(
                f"{slug}.md",
                plain.encode(),
                slug=slug,
                translate_fields=fields,
                raw_html=self._raw_html,
            )
            written = written_sources(self._project, article)
        except MedlocError as trouble:
            raise refute(
                Level.DECISIONS, file, expected=wanted, found=str(trouble).rstrip(".")
            ) from None
        if article.slug != slug:
            raise refute(Level.DECISIONS, file, expected=wanted, found=f"that of {article.slug}")
        return article, written


def _texts(events: Sequence[Event], project: Project | None) -> Mapping[tuple[str, str], str]:
    """Texts of articles by slug and the hash of the file they were read from.

    An event holds the text with LF line ends and no mark before it; the hash is of the file. A file
    whose change touched no message may be in no event: the project's own is taken if it fits.
    """
    found: dict[tuple[str, str], str] = {}
    for event in events:
        if event.draft.kind is Kind.SOURCE:
            plain = event.draft.text
            for spelled in (plain, plain.replace("\n", "\r\n")):
                for mark in ("", "\ufeff"):
                    found[event.draft.article, digest(mark + spelled)] = plain
    if project is not None:
        content = project.root / project.settings.content
        for path in sorted(content.rglob("*.md")) if content.is_dir() else ():
            if path.is_file():
                data = path.read_bytes()
                plain = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
                found["", hashlib.sha256(data).hexdigest()] = plain
    return found


def _fields(contexts: Iterable[str]) -> tuple[str, ...]:
    """The front-matter fields that are messages, as a proof names them."""
    named = [context for context in contexts if context.startswith(_FIELD)]
    return tuple(dict.fromkeys(context.removeprefix(_FIELD) for context in named))


def _bare(site: Site) -> Project:
    """Stands in for a project that is not here: the source language and nothing of its own."""
    source = site.root.source
    known = language(source) if babel_locale(source) else describe(source, source, "ltr")
    return Project(site.folder, Settings(source=known, locales={}))
