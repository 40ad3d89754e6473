"""Reading a page and signing it: one act on many pairs, and what it leaves out.

Law: an act makes one event of each pair that it names and that was on the screen, or says why not;
it makes none of any other. `decide` judges again, on the ledger itself.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from medloc.model import Kind, Person
from medloc.phrases import phrase
from medloc.workflow.comments import said_as
from medloc.workflow.desk import Desk
from medloc.workflow.page_reading import in_app, page_messages, refusals
from medloc.workflow.requests import Request

__all__ = ["CLASSES", "Act", "SectionPlan", "Signed", "said_as", "section_plan", "sign"]

CLASSES = ("unsafe", "wrong", "style")
"""What a request for changes may be; of these, `style` blocks nothing."""
UNSEEN = phrase("it has not been on your screen: read it first.")
UNTICKED = phrase(
    "it was not ticked: sentences of high risk, and those that changed while you were reading, "
    "count one by one."
)
HIGH_RISK = phrase("high risk: approve it by itself.")


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody signs: pairs by (message id, pair hash), which of them count only when ticked,
    which are ticked (hashes), and the id that makes a repeated act the same act."""

    article: str
    locale: str
    pairs: tuple[tuple[str, str], ...]
    event: str
    to_tick: frozenset[str] = frozenset()
    ticked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of an act: numbers of its events, (message id, reason) of what is left out."""

    numbers: tuple[int, ...] = ()
    left: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """Exactly what approving a section would approve, and (message id, reason) of the rest."""

    pairs: tuple[tuple[str, str], ...]
    refused: tuple[tuple[str, str], ...]


def sign(desk: Desk, act: Act, *, actor: str, seen: Collection[str], door: str) -> Signed:
    """Approve all pairs of an act in one transaction, one event each; `seen` are the hashes of
    pairs that were on the screen. Raises MedlocError when the ledger or a file cannot be used:
    nothing is signed then."""
    left: list[tuple[str, str]] = []
    named: list[tuple[str, str]] = []
    for message, pair in act.pairs:
        if pair not in seen:
            left.append((message, UNSEEN))
        elif pair in act.to_tick and pair not in act.ticked:
            left.append((message, UNTICKED))
        else:
            named.append((message, pair))
    if not named:
        return Signed(left=tuple(left))
    request = Request(
        kind=Kind.APPROVE, articles=(act.article,), locales=(act.locale,), actor=actor, door=door,
        event=act.event, pairs=tuple(named), ticked=tuple(sorted(act.ticked)),
    )  # fmt: skip
    outcome = desk.decide(request)
    if outcome.troubles:
        raise outcome.troubles[0]
    left += [(refused.message, in_app(refused.reason)) for refused in outcome.refused]
    return Signed(tuple(sorted(done.number for done in outcome.done)), tuple(left))


def section_plan(
    desk: Desk,
    person: Person,
    article: str,
    locale: str,
    section: str,
    *,
    seen: Collection[str],
    door: str,
) -> SectionPlan:
    """What approving a whole section would approve now, and what not: what was never shown, what
    is of high risk (unless the policy lets it), and what the rules refuse."""
    rows = [
        line for line in page_messages(desk, article, locale) if line.message.section == section
    ]  # fmt: skip
    named = tuple((row.message.id, row.pair.hash) for row in rows)
    refused = dict(refusals(desk, article, locale, named, person, door)) if named else {}
    bulk = desk.project.settings.policy.bulk_high_risk
    for row in rows:
        if row.pair.hash not in seen:
            refused.setdefault(row.message.id, UNSEEN)
        elif row.high_risk and not bulk:
            refused.setdefault(row.message.id, HIGH_RISK)
    return SectionPlan(
        tuple(pair for pair in named if pair[0] not in refused),
        tuple((message, refused[message]) for message, _ in named if message in refused),
    )
