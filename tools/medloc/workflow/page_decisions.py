"""Decisions that are not about what stands in one catalog: on whole pages (recall, restore,
reconfirm), and recalls of wordings wherever the ledger knows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from medloc.errors import MedlocError, UsageError
from medloc.model import Article, Kind, Pair, Policy, Translation, Withheld
from medloc.standing import Claim, Decisions, last_approved, page_refusal, refusal
from medloc.workflow.bare_words import bare_words
from medloc.workflow.editions import Editions
from medloc.workflow.gate import gate
from medloc.workflow.project import Project, digest, select
from medloc.workflow.requests import decision_event, event_id, page_event
from medloc.workflow.sheet import Row, Sheet
from medloc.workflow.sources import Sources
from medloc.workflow.status import judged_messages
from medloc.workflow.translations import written_sources


def decide_on_pages(
    project: Project, sources: Sources, sheet: Sheet, claim: Claim, decisions: Decisions
) -> None:
    """Recall, restore or reconfirm articles in locales.

    A page can be recalled although its source cannot be read: the ledger knows the article.
    """
    request, policy = sheet.request, claim.policy
    editions = Editions(project, decisions, today=claim.today)
    for slug in _slugs(sources, decisions, request.articles):
        article = sources.articles.get(slug)
        for locale in project.locales(request.locales, source=True):
            row = (slug, locale, "")
            if sheet.is_known(row, event_id(request, *row)):
                continue
            source = locale == project.settings.source.locale
            roles = policy.source if source else (*policy.high_risk, *policy.normal)
            corrected = _is_corrected(editions, article, locale, claim)
            role, problem = page_refusal(
                slug, locale, decisions, claim, roles=roles, is_down=corrected
            )
            text = ""
            if not problem and claim.kind is Kind.RECONFIRM:
                text, problem = _reread(project, article, locale, claim, decisions)
            elif article is not None and corrected:
                text = digest(article.text)
            if problem:
                sheet.refuse(row, problem)
            else:
                sheet.accept([row], page_event(request, slug, locale, role, text=text))


def recall_wordings(
    project: Project, sources: Sources, sheet: Sheet, claim: Claim, decisions: Decisions
) -> None:
    """Recall every wording that a person wrote or approved since a day, or that holds some words as
    a reader sees them, in the articles and locales named."""
    request = sheet.request
    if (
        request.by
        and request.by not in project.settings.people
        and not any(e.draft.actor == request.by for e in sheet.events)
    ):
        raise UsageError(f"--by: nobody has the id `{request.by}`", advice="Check the id.")
    [words] = bare_words([request.words])
    if request.words and len(words) < 3:
        raise UsageError("--words: too short to mean one wording", advice="Give more of it.")
    slugs = set(_slugs(sources, decisions, request.articles))
    locales = set(project.locales(request.locales, source=True))
    known = _message_ids(project, sources, slugs)
    found = False
    named = [
        pair
        for pair in _pairs(decisions, request.by, str(request.since or ""))
        if pair.article in slugs and pair.locale in locales
    ]
    for pair, read in zip(named, bare_words([pair.target for pair in named]), strict=True):
        if words not in read:
            continue
        found = True
        message = known.get((pair.article, pair.context, pair.source), "")
        row = (pair.article, pair.locale, message)
        identity = f"{message} {pair.hash}"
        if sheet.is_known(row, event_id(request, pair.article, pair.locale, identity)):
            continue
        recall = decisions.history(pair).recall
        if recall is not None:  # asked for all of them: that is no refusal
            sheet.notes.append(f"recalled already (event {recall.number}): {pair.target}")
            continue
        source = pair.locale == project.settings.source.locale
        role, problem = refusal(pair, decisions, claim, high_risk=False, is_source=source)
        if problem:
            sheet.refuse(row, problem)
        else:
            sheet.accept([row], decision_event(request, pair, identity, role))
    if not found and request.by:
        since = f" since {request.since}" if request.since else ""
        raise UsageError(
            f"{request.by} wrote and approved nothing{since} in what was named",
            advice="Name more articles or locales ('*' names all), or an earlier day.",
        )
    if not found:
        raise UsageError(
            "the ledger knows no such wording in what was named",
            advice="Give fewer words, as a page shows them; or look for them: medloc trace TEXT.",
        )


def recall_others(
    sheet: Sheet, claim: Claim, row: Row, translation: Translation, decisions: Decisions
) -> bool:
    """Recall, with a message's wording as its catalog has it, what pages may show of it instead:
    the wording approved last in its place, and the same words in its section for an earlier source
    text. Returns whether there was any; what may not be recalled is left to the wording's refusal.
    """
    found = False
    for pair in _shown_instead(claim.policy, translation, decisions):
        identity = f"{row[2]} {pair.hash}"
        if sheet.is_known(row, event_id(sheet.request, pair.article, pair.locale, identity)):
            found = True
            continue
        role, problem = refusal(pair, decisions, claim, high_risk=False, is_source=False)
        if not problem:
            sheet.accept([row], decision_event(sheet.request, pair, identity, role))
            found = True
    return found


def _shown_instead(
    policy: Policy, translation: Translation, decisions: Decisions
) -> tuple[Pair, ...]:
    pair = translation.pair
    roles = policy.roles_for(is_source=False, high_risk=translation.high_risk)
    last = last_approved(pair, decisions, roles=roles, high_risk=translation.high_risk)
    found = [] if last is None else [replace(pair, target=last.target)]
    for (article, locale, context, source), wordings in decisions.by_place.items():
        same = (article, locale, context) == (pair.article, pair.locale, pair.context)
        if same and pair.target in wordings:
            found.append(replace(pair, source=source))
    return tuple(p for p in dict.fromkeys(found) if p != pair and p.target.strip())


def page_digest(found: tuple[Translation, ...]) -> str:
    """What a page was read as: SHA-256 over the hashes of its pairs, in order, one a line."""
    return digest("".join(f"{translation.pair.hash}\n" for translation in found))


def _pairs(decisions: Decisions, by: str, since: str) -> Iterator[Pair]:
    """The pairs of the ledger; of one person, those they wrote or approved since a day."""
    theirs = (Kind.PROPOSE, Kind.APPROVE)
    for (article, locale, context, source), wordings in decisions.by_place.items():
        for target, events in wordings.items():
            if not target:
                continue
            if not by or any(
                e.draft.actor == by and e.draft.kind in theirs and e.at[:10] >= since
                for e in events
            ):
                yield Pair(article, locale, context, source, target)


def _slugs(sources: Sources, decisions: Decisions, patterns: tuple[str, ...]) -> tuple[str, ...]:
    """Articles that can be read, and those that the ledger knows, which fit the patterns."""
    known = {place[0] for place in decisions.by_place}
    names = (*sources.articles, *sorted(known - sources.articles.keys()))
    return select("article", names, patterns)


def _message_ids(
    project: Project, sources: Sources, slugs: set[str]
) -> Mapping[tuple[str, str, str], str]:
    """The ids of messages as they stand, by article, context and written-out source."""
    found: dict[tuple[str, str, str], str] = {}
    for slug in slugs & sources.articles.keys():
        article = sources.articles[slug]
        try:
            written = written_sources(project, article)
        except MedlocError:
            continue
        for message, text in zip(article.messages, written, strict=True):
            found[slug, message.context, text] = message.id
    return found


def _is_corrected(editions: Editions, article: Article | None, locale: str, claim: Claim) -> bool:
    return (
        claim.kind is Kind.RESTORE
        and article is not None
        and editions.is_corrected(article, locale)
    )


def _reread(
    project: Project, article: Article | None, locale: str, claim: Claim, decisions: Decisions
) -> tuple[str, str]:
    """(what the page says, "") when it is published as it stands, or ("", why it is not)."""
    if article is None:
        return "", "its source cannot be read."
    try:
        judged = judged_messages(project, article, locale, decisions)
    except MedlocError as trouble:
        return "", str(trouble)
    found = tuple(translation for translation, _ in judged)
    if isinstance(held := gate(article, locale, found, [v for _, v in judged]), Withheld):
        return "", f"it is not published as it stands: {held.reason}."
    wrote = any(
        claim.actor.id in decisions.history(t.pair, high_risk=t.high_risk).authors for t in found
    )
    if wrote:
        return "", f"{claim.actor.name} wrote wordings of it: another person must read it."
    return page_digest(found), ""
