"""Level "decisions": every message of every page folds to approved at the head the site names.

Law: the words handed on for a page are the ledger's own, for exactly the messages of the recorded
source, in its order, under the policy that the root manifest records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from medloc.model import Article, Message, Pair, Standing, Verdict
from medloc.standing import Decisions, Item, fold, standings
from medloc.workflow.project import Project, digest
from medloc.workflow.verify.chain import Chain
from medloc.workflow.verify.findings import Level, refute
from medloc.workflow.verify.folder import Site, mapping, parse, proof_of, text
from medloc.workflow.verify.recorded import Recorded

_TEXTS = ("id", "context", "risk", "source", "target")


@dataclass(frozen=True, slots=True)
class ProvedPage:
    """A page whose every message is approved: its article as recorded, the SHA-256 of that source,
    and the words to show, by index of the article's messages."""

    path: str
    tag: str
    locale: str
    article: Article
    source: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One message of a proof."""

    id: str
    context: str
    risk: str
    source: str
    target: str
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """What all pages are judged by."""

    site: Site
    chain: Chain
    decisions: Decisions
    recorded: Recorded


def check_decisions(site: Site, chain: Chain, project: Project | None) -> tuple[ProvedPage, ...]:
    """Judge every page; raises RefutedError for the first message that is not approved."""
    if project is not None and project.settings.source.locale != site.root.source:
        raise refute(
            Level.DECISIONS,
            "manifest.json",
            expected=f"the source language of the project, {project.settings.source.locale}",
            found=site.root.source,
        )
    events = chain.events[: site.root.count]
    case = _Case(site, chain, fold(events), Recorded(site, events, project))
    return tuple(_page(case, path, tag) for path, tag in site.pages.items())


def _page(case: _Case, path: str, tag: str) -> ProvedPage:
    file = proof_of(path)
    proof = parse(case.site.read(file), file=file)
    slug, locale = text(proof, "article", file), case.site.root.locales[tag]
    said = (f"{text(proof, 'tag', file)}/{slug}/index.html", text(proof, "locale", file))
    if said != (path, locale):
        raise _wrong(file, f"the proof of {path} ({locale})", f"that of {said[0]} ({said[1]})")
    if text(proof, "page", file) != case.site.hashes[path]:
        raise _wrong(file, f"the page's SHA-256 {case.site.hashes[path]}", str(proof["page"]))
    lines = _lines(proof.get("messages"), file)
    source_hash = text(proof, "source", file)
    contexts = [line.context for line in lines]
    article, sources = case.recorded.article(slug, source_hash, contexts, file=file)
    _check_messages(article, lines, file)
    words = [
        _word(case, message, source, line, locale, file)
        for message, source, line in zip(article.messages, sources, lines, strict=True)
    ]
    return ProvedPage(path, tag, locale, article, source_hash, tuple(words))


def _lines(value: object, file: str) -> tuple[_Line, ...]:
    if not isinstance(value, list):
        raise _wrong(file, "a list of messages", repr(value)[:60])
    lines = []
    for one in value:
        one = mapping({"message": one}, "message", file)
        events = one.get("events")
        if not isinstance(events, list) or not all(type(number) is int for number in events):
            raise _wrong(file, "a list of event numbers", repr(events)[:60])
        identity, context, risk, source, target = (text(one, name, file) for name in _TEXTS)
        lines.append(_Line(identity, context, risk, source, target, tuple(events)))
    return tuple(lines)


def _check_messages(article: Article, lines: Sequence[_Line], file: str) -> None:
    """The proof names exactly the messages of the source, in order, each with its risk."""
    for message, line in zip(article.messages, lines, strict=False):
        risk = "high" if message.high_risk else "normal"
        if (line.id, line.context) != (message.id, message.context):
            raise _wrong(
                file,
                f"message {message.id} ({message.context})",
                f"{line.id} ({line.context})",
                message=message.id,
            )
        if line.risk != risk:
            raise _wrong(file, f"risk {risk}", f"risk {line.risk}", message=message.id)
    if len(lines) < len(article.messages):
        missing = article.messages[len(lines)]
        raise _wrong(file, f"message {missing.id}", "the end of the proof", message=missing.id)
    if len(lines) > len(article.messages):
        extra = lines[len(article.messages)]
        raise _wrong(file, "no further message", f"message {extra.id}", message=extra.id)


def _word(case: _Case, message: Message, source: str, line: _Line, locale: str, file: str) -> str:
    """The approved wording of a message, the ledger's own text."""
    if line.source != digest(source):
        raise _wrong(
            file, f"the source {digest(source)}: {source}", line.source, message=message.id
        )
    place = Pair(message.article, locale, message.context, source, "")
    for number in line.events:
        _check_event(case, number, place, line, file)
    target = _target(case, place, line, is_source=locale == case.site.root.source)
    if target is None:
        raise _wrong(
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
        raise _wrong(
            file,
            f"the deciding events {list(verdict.events)}",
            str(list(line.events)),
            message=message.id,
        )
    return verdict.target


def _check_event(case: _Case, number: int, place: Pair, line: _Line, file: str) -> None:
    """A deciding event is about this place, and its texts are those the proof names."""
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
    for name, expected, found in (
        ("article", place.article, draft.article),
        ("locale", place.locale, draft.locale),
        ("context", place.context, draft.context),
        ("source text", place.source, draft.source),
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


def _target(case: _Case, place: Pair, line: _Line, *, is_source: bool) -> str | None:
    """The text whose hash the proof names, among what the ledger heard of in this place."""
    heard = [place.source] if is_source else []
    heard += case.decisions.wordings(place)
    return next((target for target in heard if digest(target) == line.target), None)


def _in_words(verdict: Verdict, target: str) -> str:
    standing = verdict.standing.value.replace("_", " ")
    wanted = f", wanting {', '.join(verdict.wanted)}" if verdict.wanted else ""
    reason = f" ({verdict.reason})" if verdict.reason else ""
    return f"{standing}{wanted}{reason}: {target}"


def _wrong(file: str, expected: str, found: str, *, message: str = "") -> Exception:
    return refute(Level.DECISIONS, file, expected=expected, found=found, message=message)
