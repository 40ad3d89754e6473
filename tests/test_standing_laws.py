"""Law 1 as properties: what the fold calls approved, an independent oracle calls approved too."""

import itertools
from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from medloc.model import Draft, Event, Kind, Pair, Standing
from medloc.standing import Decisions, fold, judge

PEOPLE = ("ana", "ben", "cyd")
ROLES = ("linguistic", "medical", "editor")
KINDS = (Kind.PROPOSE, Kind.APPROVE, Kind.APPROVE, Kind.WITHDRAW, Kind.REQUEST_CHANGES)
PAIRS = tuple(
    Pair("clonus", locale, "causes", source, target)
    for locale in ("es", "fr")
    for source in ("Give 5 mg.", "Give 50 mg.")
    for target in ("Dé 5 mg.", "Dé 50 mg.")
)
ROLE_TUPLES = st.lists(st.sampled_from(ROLES), max_size=3).map(tuple)


@st.composite
def events(draw: st.DrawFn, pairs: tuple[Pair, ...] = PAIRS[:2]) -> list[Event]:
    """A ledger of up to 14 events about few pairs by few people, ascending."""
    words = st.tuples(
        st.sampled_from(PEOPLE),
        st.sampled_from((*KINDS, Kind.COMMENT)),
        st.sampled_from(ROLES),
        st.sampled_from(pairs),
    )
    return [
        make(number, *word) for number, word in enumerate(draw(st.lists(words, max_size=14)), 1)
    ]


def make(number: int, actor: str, kind: Kind, role: str, pair: Pair) -> Event:
    texts = {field.name: getattr(pair, field.name) for field in fields(Pair)}
    draft = Draft(event_id=f"e{number}", kind=kind, actor=actor, door="app", role=role, **texts)
    return Event(number, "2026-03-01T10:00:00Z", "", "", draft)


def oracle(ledger: list[Event], pair: Pair, roles: tuple[str, ...]) -> Standing:
    """The law, read aloud: tries every way to give the roles to different people."""
    about = [event for event in ledger if event.draft.pair == pair]
    last = {}
    wrote = set()
    for event in about:
        if event.draft.kind == "propose":
            wrote.add(event.draft.actor)
        elif event.draft.kind != "comment":
            last[event.draft.actor] = (event.draft.kind, event.draft.role)
    if any(kind == "request_changes" for kind, _ in last.values()):
        return Standing.CHANGES_REQUESTED

    def filled(some: tuple[str, ...]) -> bool:
        return any(
            all(
                last.get(person) == ("approve", role) and person not in wrote
                for person, role in zip(people, some, strict=True)
            )
            for people in itertools.permutations(PEOPLE, len(some))
        )

    if filled(roles):
        return Standing.APPROVED
    return Standing.HALF_APPROVED if any(filled((r,)) for r in roles) else Standing.WAITING


@given(events(), ROLE_TUPLES)
def test_standing_is_what_the_oracle_says(ledger: list[Event], roles: tuple[str, ...]) -> None:
    decisions = fold(ledger)
    for pair in PAIRS:
        assert judge(pair, decisions, roles=roles).standing is oracle(ledger, pair, roles)


@given(events(pairs=PAIRS[:1]), ROLE_TUPLES)
def test_approved_rests_on_exact_approvals_of_different_people_who_are_no_authors(
    ledger: list[Event], roles: tuple[str, ...]
) -> None:
    verdict = judge(PAIRS[0], fold(ledger), roles=roles)
    deciding = [ledger[number - 1].draft for number in verdict.events]
    wrote = {event.draft.actor for event in ledger if event.draft.kind is Kind.PROPOSE}
    assert list(verdict.events) == sorted(set(verdict.events))
    if verdict.standing is Standing.APPROVED:
        assert sorted(draft.role for draft in deciding) == sorted(roles)
        assert len({draft.actor for draft in deciding} - wrote) == len(roles)
        assert {(draft.kind, draft.pair) for draft in deciding} <= {(Kind.APPROVE, PAIRS[0])}
        assert verdict.target == PAIRS[0].target
    else:
        assert verdict.target == ""


@given(events(pairs=PAIRS), st.randoms(use_true_random=False), st.lists(st.integers(0, 14)))
def test_fold_depends_on_numbers_only_and_not_on_the_goes(
    ledger: list[Event], chance: object, cuts: list[int]
) -> None:
    whole = fold(ledger)
    shuffled = list(ledger)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold(sorted(shuffled, key=lambda event: event.number)) == whole
    assert fold(shuffled) == whole
    decisions, done = Decisions(), 0
    for cut in (*sorted(cuts), len(ledger)):
        decisions = fold(ledger[done:cut], onto=decisions)
        done = max(done, cut)
    assert decisions == whole


@given(
    st.sampled_from([field.name for field in fields(Pair)]),
    st.integers(0, 20),
    st.characters(codec="utf-8"),
    st.sampled_from(["replace", "insert", "delete"]),
)
def test_any_character_changed_in_any_text_is_not_approved(
    name: str, position: int, character: str, how: str
) -> None:
    pair = PAIRS[0]
    approved = fold([make(1, "ana", Kind.APPROVE, "medical", pair)])
    text = getattr(pair, name)
    position %= len(text)
    kept = text[position + (how != "insert") :]
    changed = replace(
        pair, **{name: text[:position] + ("" if how == "delete" else character) + kept}
    )
    found = judge(changed, approved, roles=("medical",)).standing
    assert (found is Standing.APPROVED) == (changed == pair)
    assert judge(pair, approved, roles=("medical",)).standing is Standing.APPROVED


@given(events(pairs=PAIRS[:1]), st.sampled_from(PEOPLE), ROLE_TUPLES)
def test_a_withdrawal_never_approves_unless_it_takes_back_a_request(
    ledger: list[Event], person: str, roles: tuple[str, ...]
) -> None:
    before = judge(PAIRS[0], fold(ledger), roles=roles)
    more = make(len(ledger) + 1, person, Kind.WITHDRAW, "", PAIRS[0])
    after = judge(PAIRS[0], fold([*ledger, more]), roles=roles)
    if before.standing in (Standing.WAITING, Standing.HALF_APPROVED):
        assert after.standing in (Standing.WAITING, Standing.HALF_APPROVED)


@given(events(pairs=PAIRS), st.sampled_from(PAIRS), ROLE_TUPLES)
def test_events_on_one_pair_never_touch_another(
    ledger: list[Event], pair: Pair, roles: tuple[str, ...]
) -> None:
    alone = fold(event for event in ledger if event.draft.pair == pair)
    assert judge(pair, fold(ledger), roles=roles) == judge(pair, alone, roles=roles)
