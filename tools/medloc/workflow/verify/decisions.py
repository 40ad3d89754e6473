"""Level "decisions": every message of every page folds to approved at the head the site names.

Law: the words handed on for a page are the ledger's own, for exactly the messages of the recorded
source, in its order, under the policy that the root manifest records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from medloc.model import Article, Kind, Message, Pair, Standing, Verdict
from medloc.standing import Decisions, Item, fold, standings
from medloc.standing.entitlement import EDITOR
from medloc.standing.folding import Place
from medloc.workflow.edition_codes import edition_code
from medloc.workflow.project import Project, digest
from medloc.workflow.verify.chain import Chain
from medloc.workflow.verify.editions import check_editions
from medloc.workflow.verify.findings import Level, refute
from medloc.workflow.verify.folder import Site, parse, proof_of, text
from medloc.workflow.verify.proofs import Line, check_messages, read_lines, wrong
from medloc.workflow.verify.proved import ProvedPage
from medloc.workflow.verify.recalls import check_recalls
from medloc.workflow.verify.recorded import Recorded

_LAST_GOOD = "last_good"


@dataclass(frozen=True, slots=True)
class _Case:
    """What all pages are judged by."""

    site: Site
    chain: Chain
    decisions: Decisions
    later: Decisions  # with what came after the head: a recall holds for any copy of the site
    recorded: Recorded


def check_decisions(site: Site, chain: Chain, project: Project | None) -> tuple[ProvedPage, ...]:
    """Judge the list of recalls and every page; raises RefutedError for the first message that is
    not approved."""
    if project is not None and project.settings.source.locale != site.root.source:
        raise refute(
            Level.DECISIONS,
            "manifest.json",
            expected=f"the source language of the project, {project.settings.source.locale}",
            found=site.root.source,
        )
    events = chain.events[: site.root.count]
    # A text is known by its hash, so it may be recorded after the head (medloc build --as does).
    before = fold(events)
    later = fold(chain.events[site.root.count :], onto=before)
    case = _Case(site, chain, before, later, Recorded(site, chain.events, project))
    check_recalls(site, case.decisions)
    pages = tuple(_page(case, path, tag) for path, tag in site.pages.items())
    _check_sources(pages)
    if project is not None:
        check_editions(site, pages, case.decisions, project)
    return pages


def _page(case: _Case, path: str, tag: str) -> ProvedPage:
    file = proof_of(path)
    proof = parse(case.site.read(file), file=file)
    slug, locale = text(proof, "article", file), case.site.root.locales[tag]
    said = (f"{text(proof, 'tag', file)}/{slug}/index.html", text(proof, "locale", file))
    if said != (path, locale):
        raise wrong(file, f"the proof of {path} ({locale})", f"that of {said[0]} ({said[1]})")
    if text(proof, "page", file) != case.site.hashes[path]:
        raise wrong(file, f"the page's SHA-256 {case.site.hashes[path]}", str(proof["page"]))
    lines = read_lines(proof.get("messages"), file)
    source_hash = text(proof, "source", file)
    contexts = [line.context for line in lines]
    article, sources = case.recorded.article(slug, source_hash, contexts, file=file)
    check_messages(article, lines, file)
    verdicts = [
        _verdict(case, message, source, line, locale, file)
        for message, source, line in zip(article.messages, sources, lines, strict=True)
    ]
    last_good = _is_last_good(case, proof, article, file)
    words = tuple(verdict.target for verdict in verdicts)
    decided = max((verdict.decided for verdict in verdicts), default="")
    code = edition_code(slug, locale, ((one.context, one.source, one.target) for one in lines))
    return ProvedPage(path, tag, locale, article, source_hash, words, last_good, decided, code)


def _is_last_good(case: _Case, proof: Mapping[str, Any], article: Article, file: str) -> bool:
    """Whether a proof says so; its source is then one that the ledger recorded."""
    if "edition" not in proof:
        return False
    if case.site.root.policy.incomplete != _LAST_GOOD:
        raise wrong(file, "no earlier edition, as the policy wants", str(proof["edition"]))
    if proof["edition"] != _LAST_GOOD:
        raise wrong(file, f"the edition {_LAST_GOOD}, or none", repr(proof["edition"])[:60])
    recorded = case.decisions.sources.get(article.slug, ())
    if proof["source"] not in {digest(event.draft.text) for event in recorded}:
        raise wrong(file, f"a recorded source of {article.slug}", str(proof["source"]))
    return True


def _check_sources(pages: Sequence[ProvedPage]) -> None:
    """Current pages of one article are of one source: any other was approved too, once."""
    first: dict[str, ProvedPage] = {}
    for page in pages:
        if not page.last_good:
            other = first.setdefault(page.article.slug, page)
            if other.source != page.source:
                wanted = f"the source of {other.path}, {other.source}, or edition {_LAST_GOOD}"
                raise wrong(proof_of(page.path), wanted, page.source)


def _verdict(
    case: _Case, message: Message, source: str, line: Line, locale: str, file: str
) -> Verdict:
    """The verdict on an approved wording; its text is the ledger's own."""
    if line.source != digest(source):
        raise wrong(file, f"the source {digest(source)}: {source}", line.source, message=message.id)
    place = Pair(message.article, locale, message.context, source, "")
    places = case.decisions.places(place, high_risk=message.high_risk)
    for number in line.events:
        _check_event(case, number, places, line, file)
    target = _target(case, places, line, is_source=locale == case.site.root.source)
    if target is None:
        raise wrong(
            file, f"a wording with SHA-256 {line.target} in an event", "none", message=message.id
        )
    item = Item(Pair(message.article, locale, message.context, source, target), message.high_risk)
    root = case.site.root
    [verdict] = standings(case.decisions, [item], policy=root.policy, source_locale=root.source)
    if verdict.standing is not Standing.APPROVED:
        raise refute(
            Level.DECISIONS,
            file,
            message=message.id,
            event=verdict.events[0] if verdict.events else 0,
            expected="an approved wording",
            found=_in_words(verdict, target),
        )
    if verdict.events != line.events:
        raise wrong(
            file,
            f"the deciding events {list(verdict.events)}",
            str(list(line.events)),
            message=message.id,
        )
    _check_carried(case, item, file, message.id)
    recall = case.later.hidden_by(item.pair)
    if recall is not None:
        raise refute(
            Level.DECISIONS,
            file,
            message=message.id,
            event=recall.number,
            expected="words that nobody has recalled since",
            found=f"recalled on {recall.at[:10]}: {target}",
            advice="Take this copy of the site down and never put it back: build again.",
        )
    return verdict


def _check_carried(case: _Case, item: Item, file: str, message: str) -> None:
    """Whatever was carried to a wording, by which it may also be approved, an editor carried."""
    for event in case.decisions.history(item.pair, high_risk=item.high_risk).carried:
        if event.draft.role != EDITOR:
            raise refute(
                Level.DECISIONS,
                file,
                message=message,
                event=event.number,
                expected=f"decisions carried forward by an {EDITOR}",
                found=f"by {event.draft.actor}, as {event.draft.role}",
            )


def _check_event(case: _Case, number: int, places: Sequence[Place], line: Line, file: str) -> None:
    """A deciding event is about this place or one carried to it, and about the words of the proof;
    which events carry to it, the fold says."""
    event = case.chain.event(number) if number <= case.site.root.count else None
    if event is None:
        raise refute(
            Level.DECISIONS,
            file,
            message=line.id,
            event=number,
            expected=f"a deciding event among the {case.site.root.count} this site was built from",
            found="none",
        )
    draft = event.draft
    if draft.kind is Kind.CARRY_FORWARD:
        return
    spoken = (draft.article, draft.locale, draft.context, draft.source)
    article, locale, context, source = spoken if spoken in places else places[0]
    for name, expected, found in (
        ("article", article, draft.article),
        ("locale", locale, draft.locale),
        ("context", context, draft.context),
        ("source text", source, draft.source),
        ("wording's SHA-256", line.target, digest(draft.target)),
    ):
        if expected != found:
            raise refute(
                Level.DECISIONS,
                file,
                message=line.id,
                event=number,
                expected=f"a decision with the {name} `{expected}`",
                found=f"`{found}`",
            )


def _target(case: _Case, places: Sequence[Place], line: Line, *, is_source: bool) -> str | None:
    """The text whose hash the proof names, among what the ledger heard of in these places."""
    heard = [places[0][3]] if is_source else []
    for place in places:
        heard += case.decisions.by_place.get(place, {})
    return next((target for target in heard if digest(target) == line.target), None)


def _in_words(verdict: Verdict, target: str) -> str:
    standing = verdict.standing.value.replace("_", " ")
    wanted = f", wanting {', '.join(verdict.wanted)}" if verdict.wanted else ""
    reason = f" ({verdict.reason})" if verdict.reason else ""
    return f"{standing}{wanted}{reason}: {target}"
