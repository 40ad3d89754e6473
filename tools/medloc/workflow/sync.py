"""Sources into templates and catalogs: extract, merge, and say what a source edit costs."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from medloc import facts, files
from medloc.catalogs import is_written_as, new_catalog, save_catalog, write_catalog
from medloc.errors import MedlocError
from medloc.languages import plural_forms
from medloc.merge import Merged, merge
from medloc.model import Article, Catalog, Entry, Notice, Shown, Standing
from medloc.standing import Decisions
from medloc.workflow.comments import Answers
from medloc.workflow.editions import Editions
from medloc.workflow.entry_comments import Objections, comments_of
from medloc.workflow.project import Project
from medloc.workflow.sources import Sources
from medloc.workflow.status import judge_all, read_decisions
from medloc.workflow.translations import load_catalog, translations
from medloc.workflow.wordings import propose_wordings, wording_notices


@dataclass(frozen=True, slots=True)
class Falling:
    """A page on the site that lacks approvals now: how many, how many of high risk, and what would
    be shown instead."""

    article: str
    locale: str
    messages: int
    high_risk: int
    shown: Shown


@dataclass(frozen=True, slots=True)
class Price:
    """What a source edit costs: messages to write or read again by locale, their source words, and
    the pages that come down at the next build."""

    messages: Mapping[str, int] = field(default_factory=dict)
    words: int = 0
    pages: tuple[Falling, ...] = ()


@dataclass(frozen=True, slots=True)
class Synced:
    """What sync did, or with `check` would do: the paths that change, counts over all catalogs."""

    written: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    price: Price = field(default_factory=Price)
    notices: tuple[Notice, ...] = ()
    troubles: tuple[MedlocError, ...] = ()
    proposed: int = 0  # wordings whose writer the ledger has learned


@dataclass(slots=True)
class _Run:
    """A sync under way."""

    project: Project
    decisions: Decisions
    editions: Editions
    objections: Objections
    answers: Answers
    heard: Counter[tuple[str, str]]  # texts the ledger knows, by article and locale
    check: bool
    written: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    messages: dict[str, int] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)  # message id -> words, each counted once
    pages: list[Falling] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    troubles: list[MedlocError] = field(default_factory=list)
    compared: dict[tuple[str, str], bool] = field(default_factory=dict)

    def same_facts(self, old: str, new: str) -> bool:
        """Whether two source texts state the same facts; each locale asks the same again."""
        found = self.compared.get((old, new))
        if found is None:
            found = facts.same(old, new, self.project.settings.source.locale)
            self.compared[old, new] = found
        return found

    def needs(self, name: str, catalog: Catalog) -> bool:
        """Whether the file does not hold the catalog yet."""
        path = self.project.root / name
        return not (path.is_file() and is_written_as(catalog, path.read_bytes()))


def sync(
    project: Project,
    sources: Sources,
    *,
    locales: Sequence[str] = (),
    check: bool = False,
    author: str = "",
    at: str = "",
    today: dt.date = dt.date.min,
) -> Synced:
    """Extract every article and merge it into the catalogs of the locales (all by default).

    `check` writes nothing; on `today` depends only what its price says of older editions. With
    `author` (a person's id) the ledger learns that the wordings it has not heard of are theirs. A
    catalog that cannot be read is a trouble and stays as it is.
    """
    decisions = read_decisions(project)
    editions = Editions(project, decisions, today=today)
    heard = Counter((place[0], place[1]) for place in decisions.by_place)
    run = _Run(project, decisions, editions, Objections(project, decisions),
               Answers(project, decisions), heard, check)  # fmt: skip
    run.troubles.extend(sources.refused)
    run.notices.extend(sources.notices)
    wanted = project.locales(locales)
    for article in sources.articles.values():
        try:
            template = _template(run, article)
            if run.needs(template.path, template):
                if not check:
                    data = write_catalog(template)
                    files.replace(project.root / template.path, data, root=project.root)
                run.written.append(template.path)
        except MedlocError as trouble:
            run.troubles.append(trouble)
            continue
        if check:
            _price_of_page(run, article, project.settings.source.locale, None)
        for locale in wanted:
            try:
                _sync_catalog(run, article, locale)
            except MedlocError as trouble:
                run.troubles.append(trouble)
    run.notices.extend(_orphans(project, sources, wanted))
    proposed = 0
    if author and not check:
        proposed = propose_wordings(project, sources, author, locales=wanted, at=at)
    price = Price(run.messages, sum(run.texts.values()), tuple(run.pages))
    return Synced(
        tuple(run.written),
        run.counts,
        price,
        tuple(run.notices),
        tuple(run.troubles),
        proposed,
    )


def _template(run: _Run, article: Article) -> Catalog:
    """The article's messages without wordings, for tools that begin with a template."""
    project = run.project
    empty = new_catalog("", path=project.template_name(article.slug), name=article.slug)
    return _merged(run, article, "", empty, lambda entry: False).catalog


def _merged(
    run: _Run,
    article: Article,
    locale: str,
    catalog: Catalog,
    approved: Callable[[Entry], bool],
    objections: Mapping[str, str] = MappingProxyType({}),
) -> Merged:
    comments = comments_of(run.project, article, locale)
    for identity, lines in run.answers.of(article).items():
        comments[identity] = (*comments[identity], *lines)
    for identity, objection in objections.items():
        comments[identity] = (objection, *comments[identity])
    return merge(
        catalog,
        article.messages,
        locale=locale,
        reference=article.path,
        same_facts=run.same_facts,
        comments_for=lambda message: comments[message.id],
        headers=(),
        approved=approved,
    )


def _sync_catalog(run: _Run, article: Article, locale: str) -> None:
    project = run.project
    name = project.catalog_name(article.slug, locale)
    before = load_catalog(project, article.slug, locale)
    if before is not None:
        run.notices.extend(before.notices)
    known = run.heard[article.slug, locale]
    if before is None and known and not run.check:
        text = f"made anew and empty, though the ledger knows {known} texts of it: delete it and "
        run.notices.append(Notice(name, 0, f"{text}run `medloc snapshot` to have its words again"))
    start = before or new_catalog(
        locale, path=name, name=article.slug, plural_forms=_plurals(project, locale)
    )
    objections = run.objections.in_catalog(article, locale, before)
    merged = _merged(run, article, locale, start, _approved(run, article, locale), objections)
    _count(run, article, locale, merged)
    if run.check:
        _price_of_page(run, article, locale, merged.catalog)
    run.notices.extend(wording_notices(project, article, merged.catalog, locale, run.decisions))
    if run.needs(name, merged.catalog):
        if not run.check:
            path = project.root / name
            save_catalog(path, before, merged.catalog, locks=project.locks, root=project.root)
        run.written.append(name)


def _plurals(project: Project, locale: str) -> str:
    return plural_forms(project.settings.data_locale(locale))


def _approved(run: _Run, article: Article, locale: str) -> Callable[[Entry], bool]:
    """Whether a catalog entry's exact pair is approved: sync then clears its fuzzy flag."""
    messages = {(message.context, message.text): message for message in article.messages}

    def approved(entry: Entry) -> bool:
        message = messages.get(entry.key)
        if message is None or not run.decisions.by_place:
            return False
        one = replace(article, messages=(message,))
        catalog = Catalog("", entries=(entry,))
        found = translations(run.project, one, locale, catalog)
        (verdict,) = judge_all(run.project, found, run.decisions)
        return verdict.standing is Standing.APPROVED

    return approved


def _count(run: _Run, article: Article, locale: str, merged: Merged) -> None:
    """Add up what the merge did, and what it leaves for people to do."""
    for kind in ("new", "moved", "suggested", "emptied", "obsoleted"):
        run.counts[kind] = run.counts.get(kind, 0) + len(getattr(merged, kind))
    again = [*merged.new, *(entry for _, entry in (*merged.suggested, *merged.emptied))]
    if again:
        run.messages[locale] = run.messages.get(locale, 0) + len(again)
        wanted = {entry.key for entry in again}
        for message in article.messages:
            if (message.context, message.text) in wanted:
                run.texts[message.id] = len(message.text.split())


def _price_of_page(run: _Run, article: Article, locale: str, catalog: Catalog | None) -> None:
    """Note how many approvals a page that is on the site would lack if it were built now."""
    tag = run.project.settings.language(locale).tag
    site = run.project.root / run.project.settings.site.output
    if not (site / tag / article.slug / "proof.json").is_file():
        return
    found = translations(run.project, article, locale, catalog)
    lacking = [
        translation
        for translation, verdict in zip(
            found, judge_all(run.project, found, run.decisions), strict=True
        )
        if verdict.standing is not Standing.APPROVED
    ]
    if lacking:
        risky = sum(translation.high_risk for translation in lacking)
        shown = run.editions.instead_of(article, locale).shown
        run.pages.append(Falling(article.slug, locale, len(lacking), risky, shown))


def _orphans(project: Project, sources: Sources, locales: Sequence[str]) -> list[Notice]:
    """Catalogs whose article is gone: kept, named."""
    notices: list[Notice] = []
    if sources.refused:
        return notices  # an article that cannot be read is not gone
    for locale in locales:
        folder = project.root / project.settings.catalogs / locale / "LC_MESSAGES"
        for path in sorted(folder.rglob("*.po")):
            slug = path.relative_to(folder).with_suffix("").as_posix()
            if slug not in sources.articles:
                name = path.relative_to(project.root).as_posix()
                text = f"there is no article `{slug}` any more; "
                text += f"if it was renamed, keep its approvals with `slug: {slug}`"
                notices.append(Notice(name, 0, text))
    return notices
