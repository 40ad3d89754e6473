"""What `medloc trace` found, in plain words for a doctor, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from medloc.model import Event, Kind
from medloc.workflow.comments import Comment, comment_of

if TYPE_CHECKING:
    from medloc.workflow.trace import Said, Traced

_EDITIONS_SHOWN = 5
_SENT = {
    Comment.NOTE: "noted",
    Comment.BACK_TRANSLATION: "translated it back",
    Comment.QUESTION: "asked the author",
    Comment.ANSWER: "answered for the author",
}


def traced_json(traced: Traced) -> dict[str, object]:
    """All that is known of one wording."""
    pair, verdict = traced.pair, traced.verdict
    return {
        "article": pair.article,
        "locale": pair.locale,
        "msgctxt": pair.context,
        "message": traced.message,
        "high_risk": traced.high_risk,
        "source": pair.source,
        "target": pair.target,
        "pair": pair.hash,
        "standing": verdict.standing.value,
        "wanted": list(verdict.wanted),
        "reason": verdict.reason,
        "deciding": list(verdict.events),
        "events": [_said_json(said) for said in traced.said],
        "pages": [{"path": page.path, "edition": page.edition} for page in traced.pages],
        "editions": [{"number": e.number, "day": e.at[:10]} for e in traced.editions],
    }


def _said_json(said: Said) -> dict[str, object]:
    event, draft = said.event, said.event.draft
    return {
        "number": event.number,
        "at": event.at,
        "kind": draft.kind.value,
        "about": said.about,
        "decides": said.decides,
        "actor": draft.actor,
        "name": said.name,
        "role": draft.role,
        "door": draft.door,
        "reason": draft.reason,
        "meaning": draft.meaning,
        "class": draft.category,
        "check": draft.check,
        "article": draft.article,
        "msgctxt": draft.context,
        "source": draft.source,
        "earlier_article": draft.earlier_article,
        "earlier_msgctxt": draft.earlier_context,
        "earlier_source": draft.earlier_source,
    }


def traced_words(traced: Traced, *, language: str, is_source: bool, day: str) -> Iterator[str]:
    """One wording, line by line; `language` is its name, `day` as of when it was judged, or ""."""
    pair, verdict = traced.pair, traced.verdict
    yield pair.target
    gone = f"message {traced.message}" if traced.message else "no longer in the sources"
    risk = ", high risk" if traced.high_risk else ""
    yield f"  {language} ({pair.locale}), article {pair.article}, {pair.context} ({gone}{risk})"
    yield "  the source's own text" if is_source else f"  decided for: {pair.source}"
    standing = verdict.standing.value.replace("_", " ")
    wanted = f"; still wanted: {', '.join(verdict.wanted)}" if verdict.wanted else ""
    reason = f" ({verdict.reason})" if verdict.reason else ""
    yield f"  {f'at the end of {day}' if day else 'now'}: {standing}{reason}{wanted}"
    for said in traced.said:
        event = said.event
        mark = "*" if said.decides else " "
        when = f"{event.at[:10]} {event.at[11:16]} UTC"
        yield f"  {mark} {when}  {_what(said)} (event {event.number}, {_door(event)})"
        for line in _details(said):
            yield f"      {line}"
    if any(said.decides for said in traced.said):
        yield "  (* the standing rests on these)"
    yield f"  on the site: {'; '.join(_page(p.path, p.edition) for p in traced.pages) or 'no page'}"
    yield f"  recorded editions with it: {_editions(traced.editions)}\n"


def _what(said: Said) -> str:
    draft = said.event.draft
    role = f" as {draft.role}" if draft.role else ""
    what = "the whole page" if said.about == "page" else "it"
    who = said.name
    match draft.kind:
        case Kind.PROPOSE:
            return "it came in with a file" if draft.actor == "file" else f"{who} wrote it"
        case Kind.APPROVE:
            return f"{who} approved it{role}"
        case Kind.WITHDRAW:
            return f"{who} took their earlier decision back"
        case Kind.REQUEST_CHANGES:
            return f"{who} asked for a change{role} ({draft.category})"
        case Kind.COMMENT:
            return f"{who} {_SENT[comment_of(draft) or Comment.NOTE]}"
        case Kind.WAIVE:
            return f"{who} accepted the finding {draft.check}{role}"
        case Kind.CARRY_FORWARD:
            return f"{who} let decisions on an earlier text count here{role}"
        case Kind.RECALL:
            return f"{who} recalled {what}{role}"
        case Kind.RESTORE:
            return f"{who} restored {what}{role}"
        case Kind.RECONFIRM:
            return f"{who} read {what} again and confirmed it{role}"
    return f"{who}: {draft.kind.value}"


def _details(said: Said) -> Iterator[str]:
    draft = said.event.draft
    if said.elsewhere:
        yield f"in its earlier place {draft.article}, {draft.context}, for: {draft.source}"
    if draft.kind is Kind.CARRY_FORWARD:
        article = draft.earlier_article or draft.article
        yield f"the earlier text, {article}, {draft.earlier_context}: {draft.earlier_source}"
    if draft.meaning:
        yield f"agreed to: {draft.meaning}"
    if draft.reason:
        yield f"reason: {draft.reason}"


def _door(event: Event) -> str:
    kind, _, account = event.draft.door.partition(":")
    names = {"cli": "command line", "app": "review app", "import": "import"}
    return f"{names.get(kind, kind)}{f', {account}' if account else ''}"


def _page(path: str, edition: str) -> str:
    return f"{path} ({'the last good edition' if edition == 'last_good' else edition})"


def _editions(editions: tuple[Event, ...]) -> str:
    if not editions:
        return "none"
    shown = [f"{e.at[:10]} (event {e.number})" for e in editions]
    if len(shown) > _EDITIONS_SHOWN:
        return f"{len(shown)}, from {shown[0]} to {shown[-1]}"
    return ", ".join(shown)
