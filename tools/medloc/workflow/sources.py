"""Every article of a project, read and proved usable together: twins, images, links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from medloc.articles import read_article
from medloc.errors import ArticleError, MedlocError, SettingsError, UsageError
from medloc.model import Article, Notice
from medloc.phrases import phrase, together
from medloc.quantities import known_unit, similar_units
from medloc.settings import FILE_NAME
from medloc.workflow.advice import advise
from medloc.workflow.images import check_images
from medloc.workflow.project import Project, read_units, select

# Addresses that a site or a folder tree needs for itself.
RESERVED = frozenset({"theme", "app", "index", "assets", "templates", "search"})


@dataclass(frozen=True, slots=True)
class Sources:
    """Every article that could be read, by slug in order of path; and what could not, and why."""

    articles: Mapping[str, Article]
    refused: tuple[MedlocError, ...] = ()
    notices: tuple[Notice, ...] = ()
    paths: Mapping[str, str] = field(default_factory=dict)  # path -> slug

    def select(self, patterns: Sequence[str]) -> tuple[Article, ...]:
        """The articles that fit `fnmatch` patterns (`*` crosses `/`); all without patterns."""
        try:
            names = select("article", tuple(self.articles), patterns)
        except UsageError as trouble:
            unread = (phrase("Not read: {trouble}", trouble=one) for one in self.refused[:5])
            raise UsageError(trouble.found, advice=together(trouble.advice, *unread)) from None
        return tuple(self.articles[slug] for slug in names)


def read_sources(
    project: Project, *, read: Callable[[Project, Path], Article] | None = None
) -> Sources:
    """Read every article below the content folder; `read` reads one, as `read_whole` does.

    A file that cannot be used is in `refused`, with path and line, and the others are read. Two
    articles with one slug are both refused: neither has the better claim.
    """
    content = project.root / project.settings.content
    if not content.is_dir():
        raise SettingsError(
            phrase("the content folder `{content}` is missing", content=project.settings.content),
            path=FILE_NAME,
            advice=phrase("Make it, or name another: `content: FOLDER`."),
        )
    found: list[Article] = []
    refused: list[MedlocError] = []
    for path in _article_paths(content):
        try:
            found.append((read or read_whole)(project, path))
        except MedlocError as trouble:
            refused.append(trouble)
    kept = _without_twins(found, refused)
    articles = {article.slug: article for article in kept}
    paths = {article.path: article.slug for article in kept}
    for slug, article in list(articles.items()):
        try:
            _check_article_links(project, article, articles, paths)
        except ArticleError as trouble:
            refused.append(trouble)
            del articles[slug]
    notices = tuple(notice for article in articles.values() for notice in article.notices)
    return Sources(articles, tuple(refused), notices, paths)


def read_whole(project: Project, path: Path) -> Article:
    """Read the article in a file, with what its author should know among its notices."""
    article = read_one(project, path)
    return replace(article, notices=(*article.notices, *advise(article)))


def _article_paths(content: Path) -> Iterator[Path]:
    """Markdown files below `content` in order of path; links and hidden files are passed over."""
    for path in sorted(content.rglob("*.md")):
        relative = path.relative_to(content)
        hidden = any(part.startswith(".") for part in relative.parts)
        linked = any(folder.is_symlink() for folder in (path, *path.parents) if folder != content)
        if not hidden and path.is_file() and not (linked and _leaves(path, content)):
            yield path


def _leaves(path: Path, content: Path) -> bool:
    return not path.resolve().is_relative_to(content.resolve())


def read_one(project: Project, path: Path) -> Article:
    """Read the article in a file below the content folder; raises ArticleError."""
    name = path.relative_to(project.root).as_posix()
    slug = path.relative_to(project.root / project.settings.content).with_suffix("").as_posix()
    try:
        data = path.read_bytes()
    except OSError as trouble:
        raise ArticleError(
            phrase("the file cannot be read ({strerror})", strerror=trouble.strerror),
            path=name,
            advice=phrase("Check its rights."),
        ) from None
    article = read_article(
        name,
        data,
        slug=slug,
        translate_fields=project.settings.translate_fields,
        raw_html=project.settings.policy.raw_html,
    )
    if article.slug.split("/")[0] in RESERVED:
        raise ArticleError(
            phrase("the slug `{slug}` is reserved for the site itself", slug=article.slug),
            path=name,
            line=1,
            advice=phrase("Choose another: `slug: {slug}-article`.", slug=article.slug),
        )
    if project.settings.policy.missing_files == "refuse":
        check_images(project, article)
    for alias in article.aliases:
        if alias.split("/")[0] == "search":  # a page of the site's own stands there
            raise ArticleError(
                phrase("the alias `{alias}` is reserved for the site itself", alias=alias),
                path=name,
                line=_line_of(article.text, "aliases:"),
                advice=phrase("Take it out of `aliases`."),
            )
    if article.slug.casefold() in (alias.casefold() for alias in article.aliases):
        raise ArticleError(
            phrase("the alias `{slug}` is the article's own slug", slug=article.slug),
            path=name,
            line=_line_of(article.text, "aliases:"),
            advice=phrase("Take it out of `aliases`."),
        )
    _check_locales(project, article)
    _check_units(project, article)
    return article


def _check_locales(project: Project, article: Article) -> None:
    known = {project.settings.source.locale, *project.settings.locales}
    for link in article.links.values():
        for locale in link.by_locale:
            if locale not in known:
                raise ArticleError(
                    phrase(
                        "links.{label}: the locale `{locale}` is not in medloc.yaml",
                        label=link.label,
                        locale=locale,
                    ),
                    path=article.path,
                    line=_line_of(article.text, f"{locale}:"),
                    advice=phrase("Known: {known}.", known=", ".join(sorted(known))),
                )


def _check_units(project: Project, article: Article) -> None:
    """Every unit is CLDR's or has a pattern of the source language's own."""
    own = read_units(project, project.settings.source.locale)
    for quantity in article.quantities.values():
        if quantity.unit and quantity.unit not in own and not known_unit(quantity.unit):
            close = similar_units(quantity.unit)
            raise ArticleError(
                phrase(
                    "quantities.{name}: the unit `{unit}` is not known",
                    name=quantity.name,
                    unit=quantity.unit,
                ),
                path=article.path,
                line=_line_of(article.text, f"unit: {re.escape(quantity.unit)}"),
                advice=together(
                    phrase("Did you mean {units}?", units=" or ".join(close)) if close else "",
                    phrase(
                        "Write a CLDR unit such as `milligram`, or give its pattern in {file} for "
                        "every locale.",
                        file=project.units_name("LOCALE"),
                    ),
                ),
            )


def _line_of(text: str, start: str) -> int:
    lines = text.split("\n")
    return next((n for n, line in enumerate(lines, 1) if re.search(rf"\b{start}", line)), 1)


def _without_twins(read: Iterable[Article], refused: list[MedlocError]) -> list[Article]:
    by_slug: dict[str, list[Article]] = {}
    for article in read:
        for slug in (article.slug.casefold(), *(alias.casefold() for alias in article.aliases)):
            by_slug.setdefault(slug, []).append(article)
    twins: set[str] = set()
    for slug, articles in by_slug.items():
        names = sorted({article.path for article in articles})
        if len(names) > 1:
            twins.update(names)
            refused.extend(
                ArticleError(
                    phrase(
                        "the slug `{slug}` is used too by {names}",
                        slug=slug,
                        names=", ".join(n for n in names if n != name),
                    ),
                    path=name,
                    line=_line_of(next(a.text for a in articles if a.path == name), "slug:"),
                    advice=phrase("Give each article a slug (or alias) of its own: `slug: ...`."),
                )
                for name in names
            )
    kept = [article for article in _each_once(by_slug) if article.path not in twins]
    return sorted(kept, key=lambda article: article.slug)


def _each_once(by_slug: Mapping[str, list[Article]]) -> list[Article]:
    """Every article once."""
    return list({article.path: article for group in by_slug.values() for article in group}.values())


def linked_article(
    project: Project, article: Article, address: str, paths: Mapping[str, str]
) -> tuple[str, str] | None:
    """(slug, fragment) of the article that a relative `x.md#id` address names, None if none is."""
    target, _, fragment = address.partition("#")
    base = PurePosixPath(article.path).parent
    parts: list[str] = []
    for part in (base / target).parts:
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part != ".":
            parts.append(part)
    slug = paths.get("/".join(parts))
    return None if slug is None else (slug, fragment)


def _check_article_links(
    project: Project, article: Article, articles: Mapping[str, Article], paths: Mapping[str, str]
) -> None:
    if project.settings.policy.missing_files != "refuse":
        return
    for address, line in article.article_links:
        found = linked_article(project, article, address, paths)
        if found is None:
            target = address.partition("#")[0]
            if (project.root / article.path).parent.joinpath(target).is_file():
                continue  # it is there and was refused for reasons of its own
            raise ArticleError(
                phrase("the link `{address}` leads to no article", address=address),
                path=article.path,
                line=line,
                advice=phrase("Mend the file name (relative to this article)."),
            )
        slug, fragment = found
        target_article = articles.get(slug)
        if fragment and target_article is not None:
            ids = [heading.id for heading in target_article.headings]
            if fragment not in ids:
                raise ArticleError(
                    phrase(
                        "the link `{address}` leads to no heading of {path}",
                        address=address,
                        path=target_article.path,
                    ),
                    path=article.path,
                    line=line,
                    advice=phrase("Its headings are: {ids}.", ids=", ".join(ids[:30])),
                )
