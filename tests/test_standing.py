"""Where a wording stands, and who may decide: one case a test."""

import datetime as dt
from dataclasses import replace

import pytest

from medloc.model import Draft, Event, Kind, Pair, Person, Policy, Standing, Verdict
from medloc.standing import (
    NOTHING,
    Claim,
    Decisions,
    Item,
    carrying_refusal,
    fold,
    judge,
    last_approved,
    page_refusal,
    refusal,
    standings,
)

PAIR = Pair("clonus", "es", "causes", "Give 5 mg.", "Administre 5 mg.")
BOTH = ("linguistic", "medical")
TODAY = dt.date(2026, 3, 9)
ANA = Person("ana", "Ana", ("linguistic", "medical"), ("es",))
BEN = Person("ben", "Ben", ("medical",), ("es",))
EVA = Person("eva", "Eva", ("translator",), ("es", "fr"))
POLICY = Policy(doors=("app", "cli"))


def said(*words: str, pair: Pair = PAIR) -> Decisions:
    """Fold events written `person kind [role or reason]`, on day 1, 2, 3 ... of March."""
    return fold(event(number, word, pair) for number, word in enumerate(words, 1))


def event(number: int, word: str, pair: Pair = PAIR) -> Event:
    actor, kind, more = (*word.split(" ", 2), "")[:3]
    role, reason = ("", more) if kind == Kind.REQUEST_CHANGES else (more, "")
    draft = Draft(
        event_id=f"e{number}",
        kind=Kind(kind),
        actor=actor,
        door="app",
        role=role,
        article=pair.article,
        locale=pair.locale,
        context=pair.context,
        source=pair.source,
        target=pair.target,
        reason=reason,
    )
    return Event(number, f"2026-03-{number:02}T10:00:00Z", "", "", draft)


def verdict(*words: str, roles: tuple[str, ...] = ("medical",)) -> Verdict:
    return judge(PAIR, said(*words), roles=roles)


# --- judge -------------------------------------------------------------------------------------


def test_nothing_said_is_waiting() -> None:
    assert verdict() == Verdict(Standing.WAITING, wanted=("medical",))


def test_proposed_and_commented_is_waiting() -> None:
    found = verdict("eva propose", "ben comment")
    assert found == Verdict(Standing.WAITING, wanted=("medical",))


def test_approved_names_event_day_and_text() -> None:
    assert verdict("eva propose", "ben approve medical") == Verdict(
        Standing.APPROVED, (2,), "2026-03-02", (), PAIR.target
    )


def test_approved_by_two_roles_names_both_events_and_the_later_day() -> None:
    found = verdict("ben approve medical", "eva propose", "ana approve linguistic", roles=BOTH)
    assert found == Verdict(Standing.APPROVED, (1, 3), "2026-03-03", (), PAIR.target)


def test_one_of_two_roles_is_half_approved() -> None:
    found = verdict("ana approve medical", roles=BOTH)
    assert found == Verdict(Standing.HALF_APPROVED, (1,), "2026-03-01", ("linguistic",))


def test_one_person_cannot_fill_two_roles() -> None:
    found = verdict("ana approve linguistic", "ana approve medical", roles=BOTH)
    assert found == Verdict(Standing.HALF_APPROVED, (2,), "2026-03-02", ("linguistic",))


def test_the_same_role_twice_wants_two_persons() -> None:
    twice = ("medical", "medical")
    assert verdict("ben approve medical", roles=twice).wanted == ("medical",)
    found = verdict("ben approve medical", "ana approve medical", roles=twice)
    assert (found.standing, found.events) == (Standing.APPROVED, (1, 2))


def test_approval_in_a_role_that_is_not_wanted_counts_nothing() -> None:
    assert verdict("ben approve editor").standing is Standing.WAITING


def test_author_never_approves_whatever_the_order() -> None:
    assert verdict("ben propose", "ben approve medical").standing is Standing.WAITING
    assert verdict("ben approve medical", "ben propose").standing is Standing.WAITING
    assert verdict("eva propose", "ben propose", "ben approve medical").standing is Standing.WAITING


def test_author_of_another_wording_may_approve_this_one() -> None:
    other = replace(PAIR, target="Otra")
    decisions = fold([event(1, "ben propose", other), event(2, "ben approve medical")])
    assert judge(PAIR, decisions, roles=("medical",)).standing is Standing.APPROVED


def test_a_further_approval_changes_nothing() -> None:
    one = verdict("ben approve medical")
    assert verdict("ben approve medical", "ana approve medical") == one


def test_a_renewed_approval_stands_at_its_new_number() -> None:
    found = verdict("ben approve medical", "ana approve medical", "ben approve medical")
    assert (found.events, found.decided) == ((2,), "2026-03-02")


def test_withdrawal_takes_back_the_persons_own_approval_only() -> None:
    assert verdict("ben approve medical", "ben withdraw").standing is Standing.WAITING
    assert verdict("ben approve medical", "ana withdraw").standing is Standing.APPROVED
    found = verdict("ben approve medical", "ana approve medical", "ben withdraw")
    assert (found.standing, found.events) == (Standing.APPROVED, (2,))


def test_withdrawal_takes_back_the_persons_own_request_only() -> None:
    asked = ("ana approve medical", "ben request_changes Too much.")
    assert verdict(*asked, "ben withdraw").standing is Standing.APPROVED
    assert verdict(*asked, "ana withdraw").standing is Standing.CHANGES_REQUESTED


def test_a_standing_request_blocks_and_gives_its_reason() -> None:
    found = verdict("ana approve medical", "ben request_changes Too much.", "ben comment")
    assert found == Verdict(
        Standing.CHANGES_REQUESTED, (2,), "2026-03-02", reason="Too much.", wanted=()
    )


def test_requests_of_two_persons_give_both_reasons_in_order() -> None:
    found = verdict("ben request_changes One.", "ana request_changes Two.", "eva propose")
    assert (found.events, found.reason, found.decided) == ((1, 2), "One.; Two.", "2026-03-02")
    renewed = ("ben request_changes One.", "ana request_changes Two.", "ben request_changes Now.")
    found = verdict(*renewed)
    assert (found.events, found.reason, found.decided) == ((2, 3), "Two.; Now.", "2026-03-03")


def test_a_request_of_the_author_blocks_too() -> None:
    found = verdict("eva propose", "ben approve medical", "eva request_changes Mine is wrong.")
    assert found.standing is Standing.CHANGES_REQUESTED


def test_an_approval_replaces_the_persons_own_request() -> None:
    found = verdict("ben request_changes No.", "ben approve medical")
    assert (found.standing, found.events) == (Standing.APPROVED, (2,))


def test_a_request_replaces_the_persons_own_approval() -> None:
    found = verdict("ben approve medical", "ben request_changes No.")
    assert (found.standing, found.wanted) == (Standing.CHANGES_REQUESTED, ("medical",))


def test_no_roles_is_approved_without_events_but_a_request_still_blocks() -> None:
    assert verdict(roles=()) == Verdict(Standing.APPROVED, target=PAIR.target)
    found = verdict("ben request_changes No.", roles=())
    assert found.standing is Standing.CHANGES_REQUESTED


@pytest.mark.parametrize("target", ["", " ", "\n"])
def test_no_words_are_missing_whatever_was_decided(target: str) -> None:
    pair = replace(PAIR, target=target)
    decisions = said("ben approve medical", pair=pair)
    assert judge(pair, decisions, roles=()).standing is Standing.MISSING
    assert judge(pair, decisions, roles=("medical",)).standing is Standing.MISSING


def test_order_is_by_number_not_by_time() -> None:
    late = replace(event(1, "ben approve medical"), at="2026-12-31T10:00:00Z")
    decisions = fold([event(2, "ben withdraw"), late])
    assert judge(PAIR, decisions, roles=("medical",)).standing is Standing.WAITING


def test_events_that_are_about_no_pair_change_no_standing() -> None:
    source = replace(event(3, "ben source"), number=3)
    found = fold([event(1, "ben approve medical"), source, event(4, "ben publish")])
    assert found.by_place == said("ben approve medical").by_place
    assert found.head == 4


# --- fold --------------------------------------------------------------------------------------


def test_fold_keeps_every_wording_of_a_place_with_its_history() -> None:
    other = replace(PAIR, target="Otra")
    first, second = event(1, "eva propose"), event(2, "eva propose", other)
    decisions = fold([first, second])
    assert decisions.wordings(PAIR) == {PAIR.target: (first,), "Otra": (second,)}
    assert decisions.history(other).events == (second,)
    assert decisions.history(replace(PAIR, locale="fr")).events == ()
    assert decisions.head == 2


def test_fold_onto_leaves_what_it_was_given() -> None:
    before = said("eva propose")
    copied = {place: dict(kept) for place, kept in before.by_place.items()}
    copy = Decisions(copied, head=before.head)
    page = (PAIR.article, PAIR.locale)
    assert before.spoken == {page: tuple(before.by_place)}
    after = fold([event(2, "ben approve medical")], onto=before)
    assert before == copy
    assert after == said("eva propose", "ben approve medical")
    other = fold([event(3, "eva propose", replace(PAIR, source="Another"))], onto=after)
    assert other.spoken == {page: tuple(other.by_place)}
    assert len(other.spoken[page]) == 2
    again = fold([event(4, "ben propose", replace(PAIR, article="other"))], onto=other)
    assert again.proposers == {(PAIR.locale, PAIR.target): {"eva", "ben"}}
    assert Decisions() == NOTHING


# --- standings ---------------------------------------------------------------------------------


def standing(
    decisions: Decisions, item: Item, policy: Policy = POLICY, source_locale: str = "en"
) -> Verdict:
    (found,) = standings(decisions, [item], policy=policy, source_locale=source_locale)
    return found


def test_an_exact_approval_wins_over_the_stale_flag() -> None:
    found = standing(said("ben approve medical"), Item(PAIR, fuzzy=True))
    assert found.standing is Standing.APPROVED


@pytest.mark.parametrize("words", [(), ("eva propose",), ("ben request_changes No.",)])
def test_a_flagged_wording_that_nobody_approved_is_stale(words: tuple[str, ...]) -> None:
    assert standing(said(*words), Item(PAIR, fuzzy=True)).standing is Standing.STALE


def test_a_flagged_wording_is_stale_even_when_no_role_is_wanted() -> None:
    found = standing(NOTHING, Item(PAIR, fuzzy=True), policy=Policy(normal=()))
    assert (found.standing, found.target) == (Standing.STALE, "")


def test_an_empty_entry_is_missing_before_all_else() -> None:
    decisions = said("ben approve medical")
    assert standing(decisions, Item(PAIR, empty=True, fuzzy=True)).standing is Standing.MISSING
    blank = Item(replace(PAIR, target=""), fuzzy=True)
    assert standing(decisions, blank).standing is Standing.MISSING


def test_high_risk_wants_its_own_roles() -> None:
    decisions = said("ben approve medical")
    assert standing(decisions, Item(PAIR)).standing is Standing.APPROVED
    found = standing(decisions, Item(PAIR, high_risk=True))
    assert (found.standing, found.wanted) == (Standing.HALF_APPROVED, ("linguistic",))


def test_the_source_language_wants_the_source_roles() -> None:
    signed = Policy(normal=("medical",), source=("editor",))
    decisions = said("ben approve medical")
    found = standing(decisions, Item(PAIR), policy=signed, source_locale="es")
    assert (found.standing, found.wanted) == (Standing.WAITING, ("editor",))
    free = Policy(source=())
    found = standing(NOTHING, Item(PAIR, high_risk=True), policy=free, source_locale="es")
    assert found == Verdict(Standing.APPROVED, target=PAIR.target)


def test_standings_keep_the_order_of_items() -> None:
    items = [Item(PAIR), Item(replace(PAIR, target="")), Item(replace(PAIR, locale="fr"))]
    found = standings(said("ben approve medical"), items, policy=POLICY, source_locale="en")
    assert [v.standing.value for v in found] == ["approved", "missing", "waiting"]


# --- refusal -----------------------------------------------------------------------------------


def answer(
    decisions: Decisions, kind: Kind, actor: Person, *, pair: Pair = PAIR, **more: object
) -> tuple[str, str]:
    about = {"high_risk": True, "is_source": False}
    about |= {name: bool(more.pop(name)) for name in about if name in more}
    said: dict[str, object] = {"policy": POLICY, "door": "app", "today": TODAY, **more}
    claim = Claim(kind=kind, actor=actor, **said)  # type: ignore[arg-type]
    return refusal(pair, decisions, claim, **about)


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ((), "linguistic"),
        (("ben approve medical",), "linguistic"),
        (("cyd approve linguistic",), "medical"),
        (("cyd approve linguistic", "ben approve medical"), "linguistic"),
        (("ana approve linguistic", "cyd approve linguistic"), "medical"),
        (("eva propose", "eva approve linguistic"), "linguistic"),
        (("cyd approve linguistic", "cyd withdraw"), "linguistic"),
    ],
)
def test_approval_takes_the_first_role_that_nobody_else_filled(
    words: tuple[str, ...], role: str
) -> None:
    assert answer(said(*words), Kind.APPROVE, ANA) == (role, "")


def test_approval_in_a_role_insisted_on() -> None:
    assert answer(NOTHING, Kind.APPROVE, ANA, role="medical") == ("medical", "")
    _, problem = answer(NOTHING, Kind.APPROVE, BEN, role="linguistic")
    assert problem == "Ben has no role linguistic that counts here for es."


@pytest.mark.parametrize("door", ["app", "app:oidc", "cli:root"])
def test_approval_through_an_open_door(door: str) -> None:
    assert answer(NOTHING, Kind.APPROVE, BEN, door=door) == ("medical", "")


REFUSED = {
    "door": (
        (),
        {"actor": BEN, "door": "import"},
        "approvals come in by app or cli, not by import (`policy.doors` in medloc.yaml).",
    ),
    "look-alike of a door": (
        (),
        {"actor": BEN, "door": "apple"},
        "approvals come in by app or cli, not by apple (`policy.doors` in medloc.yaml).",
    ),
    "no door at all": (
        (),
        {"actor": BEN, "policy": Policy(doors=())},
        "approvals come in by no door, not by app (`policy.doors` in medloc.yaml).",
    ),
    "author": (
        ("ben propose",),
        {"actor": BEN},
        "Ben wrote this wording: another person must approve it.",
    ),
    "role": (
        (),
        {"actor": EVA},
        "Eva has none of the roles that approve this message (linguistic, medical) for es.",
    ),
    "locale": (
        (),
        {"actor": BEN, "pair": replace(PAIR, locale="fr")},
        "Ben has none of the roles that approve this message (linguistic, medical) for fr.",
    ),
    "role of another risk": (
        (),
        {"actor": replace(BEN, roles=("linguistic",)), "high_risk": False},
        "Ben has none of the roles that approve this message (medical) for es.",
    ),
    "ended": (
        (),
        {"actor": replace(BEN, until=dt.date(2026, 3, 8))},
        "Ben could decide until 2026-03-08 only.",
    ),
    "twice": (
        ("eva propose", "ben approve medical"),
        {"actor": BEN},
        "already approved by you as medical (event 2).",
    ),
    "no words": (
        (),
        {"actor": BEN, "pair": replace(PAIR, target=" ")},
        "there is no wording yet to decide on.",
    ),
    "no signature wanted": (
        (),
        {
            "actor": BEN,
            "pair": replace(PAIR, target=PAIR.source),
            "is_source": True,
            "policy": replace(POLICY, source=()),
        },
        "the policy wants no approval of such a message.",
    ),
    "source with other words": (
        (),
        {"actor": BEN, "is_source": True},
        "a source text is its own wording.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_approval_is_refused(case: str) -> None:
    words, how, expected = REFUSED[case]
    assert answer(said(*words), Kind.APPROVE, **how) == ("", expected)  # type: ignore[arg-type]


def test_the_last_day_still_counts() -> None:
    assert answer(NOTHING, Kind.APPROVE, replace(BEN, until=TODAY)) == ("medical", "")


def test_approval_again_after_taking_it_back_or_asking_for_changes() -> None:
    for word in ("ben withdraw", "ben withdraw medical", "ben request_changes No."):
        decisions = said("ben approve medical", word)
        assert answer(decisions, Kind.APPROVE, BEN) == ("medical", "")


def test_source_text_is_approved_by_the_source_roles() -> None:
    pair = Pair("clonus", "es", "causes", "Dé 5 mg.", "Dé 5 mg.")
    assert answer(NOTHING, Kind.APPROVE, BEN, pair=pair, is_source=True) == ("medical", "")


def test_withdrawal_needs_a_decision_of_ones_own() -> None:
    approved = said("ben approve medical")
    assert answer(approved, Kind.WITHDRAW, BEN, door="import") == ("medical", "")
    expected = ("", "Ana has no approval, request or waiver of theirs here to withdraw.")
    assert answer(approved, Kind.WITHDRAW, ANA) == expected
    taken_back = said("ana approve medical", "ana withdraw")
    assert answer(taken_back, Kind.WITHDRAW, ANA) == expected


def test_request_needs_a_reason_and_any_role_for_the_locale() -> None:
    assert answer(NOTHING, Kind.REQUEST_CHANGES, EVA, reason="Dose.") == ("translator", "")
    found = answer(NOTHING, Kind.REQUEST_CHANGES, EVA, reason="Dose.", door="import")
    assert found == ("translator", "")
    _, problem = answer(NOTHING, Kind.REQUEST_CHANGES, EVA, reason=" ")
    assert problem == "a reason is needed: say what is wrong, or what you want to note."
    foreign = replace(PAIR, locale="ar")
    _, problem = answer(NOTHING, Kind.REQUEST_CHANGES, EVA, reason="Dose.", pair=foreign)
    assert problem == "Eva has no role for ar."


def test_comment_needs_words_but_no_role() -> None:
    foreign = replace(PAIR, locale="ar", target="")
    assert answer(NOTHING, Kind.COMMENT, EVA, reason="Why?", pair=foreign) == ("", "")
    assert answer(NOTHING, Kind.COMMENT, EVA, reason="Why?") == ("translator", "")
    assert answer(NOTHING, Kind.COMMENT, EVA)[1].startswith("a reason is needed")


def test_other_kinds_are_no_decisions() -> None:
    _, problem = answer(NOTHING, Kind.PUBLISH, BEN)
    assert problem == "publish is not a decision on a wording."


def test_who_is_ended_may_still_take_back_what_blocks_others() -> None:
    gone = replace(BEN, until=dt.date(2026, 1, 1))
    assert answer(said("ben approve medical"), Kind.WITHDRAW, gone)[1] == ""


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.WITHDRAW])
def test_who_is_ended_decides_nothing(kind: Kind) -> None:
    gone = replace(BEN, until=dt.date(2026, 1, 1))
    _, problem = answer(said("ben approve medical"), kind, gone, reason="x")
    assert problem == "Ben could decide until 2026-01-01 only."


# --- carrying forward ---------------------------------------------------------------------------

SOURCES = ("Give 5 mg.", "Give 5 mg now.", "Give 5 mg at once.")
OLD, MIDDLE, NEW = (replace(PAIR, source=source) for source in SOURCES)
ELSEWHERE = replace(PAIR, context="treatment")
RENAMED = replace(PAIR, article="seizure")


def carry(number: int, earlier: Pair, later: Pair) -> Event:
    """An editor's word that what was said of one place counts in another."""
    renamed = earlier.article != later.article
    draft = Draft(
        event_id=f"e{number}",
        kind=Kind.CARRY_FORWARD,
        actor="editor",
        door="app",
        role="editor",
        article=later.article,
        context=later.context,
        source=later.source,
        earlier_article=earlier.article if renamed else "",
        earlier_context=earlier.context,
        earlier_source=earlier.source,
        reason="the meaning is kept",
    )
    return Event(number, f"2026-03-{number:02}T10:00:00Z", "", "", draft)


def page_event(number: int, kind: Kind, *, article: str = PAIR.article) -> Event:
    """A recall, a restore or a reconfirmation of a page."""
    about = Pair(article, PAIR.locale, "", "", "")
    return event(number, f"ben {kind.value} medical", about)


def test_an_approval_counts_where_it_was_carried_and_the_carrying_decides_with_it() -> None:
    decisions = fold([event(1, "ben approve medical", OLD), carry(2, OLD, NEW)])
    found = judge(NEW, decisions, roles=("medical",))
    assert found == Verdict(Standing.APPROVED, (1, 2), "2026-03-02", (), PAIR.target)
    assert judge(OLD, decisions, roles=("medical",)).events == (1,)


def test_nothing_is_carried_back_to_other_words_or_to_another_place() -> None:
    decisions = fold([event(1, "ben approve medical", NEW), carry(2, OLD, NEW)])
    assert judge(OLD, decisions, roles=("medical",)).standing is Standing.WAITING
    decisions = fold([event(1, "ben approve medical", OLD), carry(2, OLD, NEW)])
    for pair in (replace(NEW, target="Otra"), replace(NEW, context="treatment"), MIDDLE):
        assert judge(pair, decisions, roles=("medical",)).standing is Standing.WAITING


def test_one_carrying_counts_in_every_language() -> None:
    french = replace(OLD, locale="fr", target="Donnez 5 mg.")
    ledger = [event(1, "ben approve medical", OLD), event(2, "cyd approve medical", french)]
    decisions = fold([*ledger, carry(3, OLD, NEW)])
    for pair in (NEW, replace(french, source=NEW.source)):
        assert judge(pair, decisions, roles=("medical",)).standing is Standing.APPROVED


@pytest.mark.parametrize("first", [(OLD, MIDDLE), (MIDDLE, NEW)])
def test_carrying_goes_on_over_several_edits_in_any_order(first: tuple[Pair, Pair]) -> None:
    second = (MIDDLE, NEW) if first == (OLD, MIDDLE) else (OLD, MIDDLE)
    ledger = [event(1, "ben approve medical", OLD), carry(2, *first), carry(3, *second)]
    found = judge(NEW, fold(ledger), roles=("medical",))
    assert (found.standing, found.events) == (Standing.APPROVED, (1, 2, 3))


def test_a_circle_of_carryings_ends() -> None:
    ledger = [carry(1, OLD, NEW), carry(2, NEW, OLD), event(3, "ben approve medical", OLD)]
    decisions = fold(ledger)
    assert judge(NEW, decisions, roles=("medical",)).events == (1, 2, 3)
    assert judge(OLD, decisions, roles=("medical",)).events == (3,)
    assert len(decisions.places(NEW)) == 2


def test_an_approval_of_its_own_needs_no_carrying() -> None:
    ledger = [event(1, "ben approve medical", NEW), carry(2, OLD, NEW)]
    assert judge(NEW, fold(ledger), roles=("medical",)).events == (1,)


def test_high_risk_is_carried_by_moves_only() -> None:
    for source, counts in ((OLD, False), (ELSEWHERE, True), (RENAMED, True)):
        ledger = [event(1, "ben approve medical", source)]
        target = NEW if source is OLD else PAIR
        ledger.append(carry(2, source, target))
        decisions = fold(ledger)
        risky = judge(target, decisions, roles=("medical",), high_risk=True)
        assert (risky.standing is Standing.APPROVED) == counts
        plain = judge(target, decisions, roles=("medical",))
        assert plain.standing is Standing.APPROVED


def test_high_risk_does_not_reach_over_an_edit_behind_a_move() -> None:
    moved = replace(NEW, context="treatment")
    ledger = [event(1, "ben approve medical", OLD), carry(2, OLD, NEW), carry(3, NEW, moved)]
    decisions = fold(ledger)
    assert judge(moved, decisions, roles=("medical",)).standing is Standing.APPROVED
    assert judge(moved, decisions, roles=("medical",), high_risk=True).standing is Standing.WAITING
    assert len(decisions.places(moved, high_risk=True)) == 2


def test_authors_are_authors_where_their_words_are_carried() -> None:
    ledger = [event(1, "ben propose", OLD), carry(2, OLD, NEW)]
    decisions = fold([*ledger, event(3, "ben approve medical", NEW)])
    assert judge(NEW, decisions, roles=("medical",)).standing is Standing.WAITING
    _, problem = answer(fold(ledger), Kind.APPROVE, BEN, pair=NEW, high_risk=False)
    assert problem == "Ben wrote this wording: another person must approve it."


def test_a_request_blocks_where_it_was_carried_until_it_is_withdrawn_there_or_here() -> None:
    ledger = [
        event(1, "ana approve medical", OLD),
        event(2, "ben request_changes Too much.", OLD),
        carry(3, OLD, NEW),
    ]
    found = judge(NEW, fold(ledger), roles=("medical",))
    assert (found.standing, found.reason) == (Standing.CHANGES_REQUESTED, "Too much.")
    for place in (OLD, NEW):
        later = fold([*ledger, event(4, "ben withdraw", place)])
        assert judge(NEW, later, roles=("medical",)).standing is Standing.APPROVED


def test_a_withdrawal_in_the_new_place_leaves_the_old_one_alone() -> None:
    ledger = [event(1, "ben approve medical", OLD), carry(2, OLD, NEW)]
    decisions = fold([*ledger, event(3, "ben withdraw", NEW)])
    assert judge(NEW, decisions, roles=("medical",)).standing is Standing.WAITING
    assert judge(OLD, decisions, roles=("medical",)).standing is Standing.APPROVED


def test_a_recall_and_a_restore_are_carried() -> None:
    ledger = [
        event(1, "ben approve medical", OLD),
        event(2, "ben recall medical", OLD),
        carry(3, OLD, NEW),
    ]
    found = judge(NEW, fold(ledger), roles=("medical",))
    assert (found.standing, found.events) == (Standing.RECALLED, (2,))
    elsewhere = fold([*ledger, event(4, "ben restore medical", NEW)])
    assert judge(NEW, elsewhere, roles=("medical",)).standing is Standing.RECALLED
    restored = fold([*ledger, event(4, "ben restore medical", OLD)])
    assert judge(NEW, restored, roles=("medical",)).standing is Standing.APPROVED


def test_recalled_words_stay_recalled_wherever_they_are_carried_from_and_to() -> None:
    """Back to where they came from, and on to a third place from there."""
    third = replace(NEW, source="Give 5 mg now.")
    ledger = [
        event(1, "ben approve medical", OLD),
        carry(2, OLD, NEW),
        event(3, "ben recall medical", NEW),
        carry(4, OLD, third),
    ]
    for place in (OLD, NEW, third):
        found = judge(place, fold(ledger), roles=("medical",), high_risk=True)
        assert (found.standing, found.events) == (Standing.RECALLED, (3,))
    # What is restored elsewhere later lifts nothing here.
    again = [*ledger, event(5, "ben recall medical", OLD), event(6, "ben restore medical", OLD)]
    assert judge(NEW, fold(again), roles=("medical",)).events == (3,)
    lifted = fold([*again, event(7, "ben restore medical", NEW)])
    assert judge(third, lifted, roles=("medical",)).standing is Standing.APPROVED


# --- recalls and until --------------------------------------------------------------------------


def test_the_last_of_recalls_and_restores_counts() -> None:
    approved = "ben approve medical"
    assert verdict(approved, "ana recall medical").standing is Standing.RECALLED
    again = verdict(approved, "ana recall medical", "ben restore medical", "cyd recall medical")
    assert (again.standing, again.events, again.target) == (Standing.RECALLED, (4,), "")
    assert verdict(approved, "ana recall x", "ben restore x", "cyd comment").standing is (
        Standing.APPROVED
    )
    assert verdict(approved, "ben restore x").standing is Standing.APPROVED


def test_a_recalled_page_has_nothing_else_to_say() -> None:
    approved = event(1, "ben approve medical")
    decisions = fold([approved, page_event(2, Kind.RECALL)])
    assert judge(PAIR, decisions, roles=("medical",)).events == (2,)
    for other in (replace(PAIR, locale="fr"), replace(PAIR, article="seizure")):
        assert judge(other, decisions, roles=("medical",)).standing is Standing.WAITING
    restored = fold([page_event(3, Kind.RESTORE)], onto=decisions)
    assert judge(PAIR, restored, roles=("medical",)).standing is Standing.APPROVED
    reread = fold([page_event(3, Kind.RECONFIRM)], onto=decisions)
    assert [e.number for e in reread.by_page[PAIR.article, PAIR.locale]] == [2, 3]
    assert judge(PAIR, reread, roles=("medical",)).standing is Standing.RECALLED


def test_the_recall_of_a_page_holds_under_the_new_name_of_its_article() -> None:
    old = replace(PAIR, article="old-name")
    events = [event(1, "ben approve medical", old), carry(2, old, PAIR)]
    assert judge(PAIR, fold(events), roles=("medical",)).standing is Standing.APPROVED
    events.append(page_event(3, Kind.RECALL, article="old-name"))
    found = judge(PAIR, fold(events), roles=("medical",))
    assert (found.standing, found.events) == (Standing.RECALLED, (3,))
    events.append(page_event(4, Kind.RESTORE, article="old-name"))
    assert judge(PAIR, fold(events), roles=("medical",)).standing is Standing.APPROVED


def test_the_restore_of_a_page_leaves_its_recalled_words_recalled() -> None:
    ledger = [event(1, "ben approve medical"), event(2, "ana recall medical")]
    ledger += [page_event(3, Kind.RECALL), page_event(4, Kind.RESTORE)]
    found = judge(PAIR, fold(ledger), roles=("medical",))
    assert (found.standing, found.events) == (Standing.RECALLED, (2,))


def test_until_counts_nothing_later() -> None:
    ledger = [
        event(1, "ben approve medical", OLD),
        carry(2, OLD, NEW),
        event(3, "ana request_changes No.", NEW),
        event(4, "ana withdraw", NEW),
        event(5, "ben recall medical", NEW),
        page_event(6, Kind.RECALL),
    ]
    decisions = fold(ledger)
    found = [judge(NEW, decisions, roles=("medical",), until=n).standing.value for n in range(6)]
    assert found == [
        "waiting",
        "waiting",
        "approved",
        "changes_requested",
        "approved",
        "approved",  # recalls do not say which wording is the latest
    ]


# --- last approved ------------------------------------------------------------------------------

BLANK = replace(PAIR, target="")
OTHER = replace(PAIR, target="Dé 5 mg.")


def last(*ledger: Event, place: Pair = BLANK, high_risk: bool = False) -> tuple[str, Standing]:
    found = last_approved(place, fold(ledger), roles=("medical",), high_risk=high_risk)
    assert found is not None
    return found.target, found.standing


def test_no_wording_was_ever_approved() -> None:
    assert last_approved(BLANK, NOTHING, roles=("medical",)) is None
    decisions = said("eva propose", "ben approve linguistic", "ana request_changes No.")
    assert last_approved(BLANK, decisions, roles=("medical",)) is None
    half = said("ben approve medical")
    assert last_approved(BLANK, half, roles=BOTH) is None


def test_the_wording_that_became_approved_last_whatever_was_said_of_it_since() -> None:
    ledger = [event(1, "ben approve medical"), event(2, "ben approve medical", OTHER)]
    assert last(*ledger) == (OTHER.target, Standing.APPROVED)
    ledger.append(event(3, "ana approve medical"))  # it was approved already
    assert last(*ledger) == (OTHER.target, Standing.APPROVED)
    for word, standing in (
        ("ben withdraw", Standing.WAITING),
        ("ana request_changes No.", Standing.CHANGES_REQUESTED),
        ("ana recall medical", Standing.RECALLED),
    ):
        assert last(*ledger, event(4, word, OTHER)) == (OTHER.target, standing)


def test_a_wording_approved_again_is_the_last_one() -> None:
    ledger = [
        event(1, "ben approve medical"),
        event(2, "ben approve medical", OTHER),
        event(3, "ben withdraw"),
        event(4, "ben approve medical"),
    ]
    assert last(*ledger) == (PAIR.target, Standing.APPROVED)


def test_the_target_asked_with_does_not_count() -> None:
    ledger = [event(1, "ben approve medical", OTHER)]
    assert last(*ledger, place=PAIR) == (OTHER.target, Standing.APPROVED)


def test_a_wording_carried_here_counts_from_the_day_it_was() -> None:
    ledger = [
        event(1, "ben approve medical", replace(OTHER, source=OLD.source)),
        event(2, "ben approve medical", NEW),
        carry(3, OLD, NEW),
    ]
    place = replace(NEW, target="")
    assert last(*ledger, place=place) == (OTHER.target, Standing.APPROVED)
    assert last(*ledger, place=place, high_risk=True) == (NEW.target, Standing.APPROVED)


# --- who may recall, restore, reconfirm, waive, carry -------------------------------------------

EDITOR = Person("editor", "Edith", ("editor",), ("en",))
PUB = Person("pub", "Pat", ("publisher",))


def claim(kind: Kind, actor: Person, **more: object) -> Claim:
    said: dict[str, object] = {"policy": POLICY, "door": "app", "today": TODAY, "reason": "x"}
    return Claim(kind=kind, actor=actor, **{**said, **more})  # type: ignore[arg-type]


def of_page(
    kind: Kind, actor: Person, *events: Event, is_down: bool = False, **more: object
) -> tuple[str, str]:
    return page_refusal(
        PAIR.article,
        "es",
        fold(events),
        claim(kind, actor, **more),
        roles=BOTH,
        is_down=is_down,
    )


def test_anybody_with_a_role_for_the_locale_recalls_through_any_door() -> None:
    recalled = page_event(1, Kind.RECALL)
    for person, role in ((EVA, "translator"), (BEN, "medical"), (PUB, "publisher")):
        assert answer(NOTHING, Kind.RECALL, person, reason="x", door="import") == (role, "")
        assert of_page(Kind.RECALL, person, door="import") == (role, "")
    assert answer(NOTHING, Kind.RECALL, EDITOR, reason="x") == ("", "Edith has no role for es.")
    assert of_page(Kind.RECALL, EDITOR) == ("", "Edith has no role for es.")
    found = "already recalled by ben (event 1)."
    assert of_page(Kind.RECALL, EVA, recalled) == ("", found)
    assert answer(said("ben recall medical"), Kind.RECALL, EVA, reason="x") == ("", found)
    assert of_page(Kind.RECALL, EVA, recalled, page_event(2, Kind.RESTORE)) == ("translator", "")


def test_a_restore_is_by_an_approving_role_an_editor_or_a_publisher() -> None:
    recalled = said("eva recall translator")
    spanish = replace(EDITOR, locales=("es",))
    for person, role in ((BEN, "medical"), (ANA, "linguistic"), (PUB, "publisher")):
        assert answer(recalled, Kind.RESTORE, person, reason="x") == (role, "")
        assert of_page(Kind.RESTORE, person, page_event(1, Kind.RECALL)) == (role, "")
        assert of_page(Kind.RESTORE, person, is_down=True) == (role, "")
    assert answer(recalled, Kind.RESTORE, spanish, reason="x") == ("editor", "")
    for person in (EVA, EDITOR):
        role, problem = answer(recalled, Kind.RESTORE, person, reason="x")
        assert (role, "none of the roles" in problem) == ("", True)
    nothing = "it is not recalled: there is nothing to restore."
    assert answer(NOTHING, Kind.RESTORE, BEN, reason="x") == ("", nothing)
    assert of_page(Kind.RESTORE, BEN) == ("", nothing)
    closed = "approvals come in by app or cli, not by import (`policy.doors` in medloc.yaml)."
    assert answer(recalled, Kind.RESTORE, BEN, reason="x", door="import") == ("", closed)


def test_a_page_is_reconfirmed_by_a_role_that_approves_it() -> None:
    assert of_page(Kind.RECONFIRM, BEN, reason="") == ("medical", "")
    assert of_page(Kind.RECONFIRM, ANA, reason="") == ("linguistic", "")
    for person in (EVA, PUB, EDITOR):
        assert "none of the roles" in of_page(Kind.RECONFIRM, person)[1]
    assert "approvals come in by" in of_page(Kind.RECONFIRM, BEN, door="import")[1]


def test_a_waiver_is_by_an_approving_role_or_an_editor_never_the_author() -> None:
    spanish = replace(EDITOR, locales=("es",))
    for person, role in ((BEN, "medical"), (spanish, "editor")):
        assert answer(NOTHING, Kind.WAIVE, person, reason="x") == (role, "")
    assert "none of the roles" in answer(NOTHING, Kind.WAIVE, EVA, reason="x")[1]
    assert "wrote this wording" in answer(said("ben propose"), Kind.WAIVE, BEN, reason="x")[1]
    assert "not by import" in answer(NOTHING, Kind.WAIVE, BEN, reason="x", door="import")[1]


def test_only_an_editor_of_the_source_carries_and_says_why() -> None:
    assert carrying_refusal(claim(Kind.CARRY_FORWARD, EDITOR), "en") == ("editor", "")
    spanish = replace(EDITOR, locales=("es",))
    for person in (BEN, spanish, PUB):
        role, problem = carrying_refusal(claim(Kind.CARRY_FORWARD, person), "en")
        assert (role, problem) == ("", f"{person.name} has no role editor for en.")
    found = carrying_refusal(claim(Kind.CARRY_FORWARD, EDITOR, reason=" "), "en")
    assert found == ("", "a reason is needed: say why the meaning is kept.")
    found = carrying_refusal(claim(Kind.CARRY_FORWARD, EDITOR, door="import"), "en")
    assert found == (
        "",
        "approvals come in by app or cli, not by import (`policy.doors` in medloc.yaml).",
    )
    gone = replace(EDITOR, until=dt.date(2026, 3, 8))
    assert "until 2026-03-08" in carrying_refusal(claim(Kind.CARRY_FORWARD, gone), "en")[1]


@pytest.mark.parametrize("kind", [Kind.RECALL, Kind.RESTORE, Kind.WAIVE])
def test_a_reason_is_needed(kind: Kind) -> None:
    assert answer(said("eva recall x"), kind, BEN)[1].startswith("a reason is needed")
    if kind is not Kind.WAIVE:
        assert of_page(kind, BEN, reason=" ")[1].startswith("a reason is needed")


def test_an_approval_of_recalled_words_is_refused() -> None:
    found = answer(said("eva recall x"), Kind.APPROVE, BEN)
    assert found == ("", "it is recalled by eva (event 1). Restore it first.")


def test_a_page_takes_no_decision_on_a_wording() -> None:
    assert of_page(Kind.APPROVE, BEN) == ("", "approve is not a decision on a page.")


# --- found by mutation --------------------------------------------------------------------------


def test_an_approval_taken_back_fills_no_role_whatever_role_the_withdrawal_names() -> None:
    found = verdict("ben approve medical", "ben withdraw medical")
    assert found == Verdict(Standing.WAITING, wanted=("medical",))


def test_a_request_fills_no_role_whatever_role_it_was_made_in() -> None:
    request = event(1, "ben request_changes No.")
    request = replace(request, draft=replace(request.draft, role="medical"))
    assert judge(PAIR, fold([request]), roles=("medical",)).wanted == ("medical",)


def test_recalled_words_are_recalled_though_their_catalog_calls_them_fuzzy() -> None:
    recalled = said("ben approve medical", "ana recall medical")
    item = Item(PAIR, fuzzy=True)
    [found] = standings(recalled, [item], policy=POLICY, source_locale="en")
    assert found.standing is Standing.RECALLED


def test_numbers_of_a_history_ascend_over_what_was_said_and_carried() -> None:
    ledger = [carry(1, OLD, NEW), event(2, "ben approve medical", OLD)]
    assert fold(ledger).history(NEW).numbers == (1, 2)


def test_a_carrying_that_does_not_count_hides_none_behind_it() -> None:
    moved = replace(NEW, context="treatment")
    ledger = [event(1, "ben approve medical", NEW), carry(2, OLD, moved), carry(3, NEW, moved)]
    found = judge(moved, fold(ledger), roles=("medical",), high_risk=True)
    assert (found.standing, found.events) == (Standing.APPROVED, (1, 3))


def test_an_edit_is_followed_for_a_last_approved_wording_unless_its_risk_is_high() -> None:
    ledger = [event(1, "ben approve medical", OLD), carry(2, OLD, NEW)]
    place = replace(NEW, target="")
    found = last_approved(place, fold(ledger), roles=("medical",))
    assert (found and found.target) == OLD.target
    assert last_approved(place, fold(ledger), roles=("medical",), high_risk=True) is None


def test_where_nobody_must_approve_the_wording_spoken_of_last_is_the_last_one() -> None:
    ledger = [event(1, "eva propose"), event(2, "ben propose", OTHER)]
    ledger += [event(3, "eva comment", OTHER), event(4, "ben comment")]
    for order, wanted in ((ledger, PAIR), (ledger[:3], OTHER)):
        found = last_approved(BLANK, fold(order), roles=())
        assert (found and found.target) == wanted.target


def test_sources_and_editions_are_kept_in_order_over_two_folds() -> None:
    def of(number: int, kind: Kind, article: str = "") -> Event:
        made = event(number, "ana comment")
        return replace(made, draft=Draft(f"e{number}", kind, "ana", "cli", article=article))

    events = [of(1, Kind.SOURCE, "clonus"), of(2, Kind.PUBLISH), of(3, Kind.SOURCE, "fever")]
    events += [of(4, Kind.SOURCE, "clonus"), of(5, Kind.PUBLISH)]
    for cut in range(6):
        found = fold(events[cut:], onto=fold(events[:cut]))
        assert found.sources == {"clonus": (events[0], events[3]), "fever": (events[2],)}
        assert found.editions == (events[1], events[4])
        assert (found.by_place, found.by_page, found.head) == ({}, {}, 5)


def test_a_comment_is_made_in_the_first_role_held() -> None:
    assert answer(NOTHING, Kind.COMMENT, ANA, reason="x") == ("linguistic", "")


def test_changes_may_be_requested_of_recalled_words() -> None:
    found = answer(said("eva recall x"), Kind.REQUEST_CHANGES, BEN, reason="x")
    assert found == ("medical", "")


def test_a_refusal_names_no_role() -> None:
    for kind, person in ((Kind.WAIVE, EVA), (Kind.SOURCE, BEN)):
        assert answer(NOTHING, kind, person, reason="x")[0] == ""
    for kind, person in ((Kind.RECALL, EDITOR), (Kind.RECONFIRM, EVA), (Kind.APPROVE, BEN)):
        assert of_page(kind, person)[0] == ""
    gone = replace(BEN, until=dt.date(2026, 3, 8))
    assert of_page(Kind.RECONFIRM, gone) == ("", "Ben could decide until 2026-03-08 only.")


def test_a_page_is_not_down_unless_it_is_said() -> None:
    restore = claim(Kind.RESTORE, BEN)
    found = page_refusal(PAIR.article, "es", NOTHING, restore, roles=BOTH)
    assert found == ("", "it is not recalled: there is nothing to restore.")


def test_a_page_is_recalled_in_the_first_role_held() -> None:
    assert of_page(Kind.RECALL, ANA) == ("linguistic", "")


def test_who_may_carry_no_more_hears_so_before_a_reason_is_wanted() -> None:
    gone = replace(EDITOR, until=dt.date(2026, 3, 8))
    _, problem = carrying_refusal(claim(Kind.CARRY_FORWARD, gone, reason=""), "en")
    assert problem == "Edith could decide until 2026-03-08 only."


def test_a_role_one_has_filled_oneself_is_still_ones_first() -> None:
    _, problem = answer(said("ana approve linguistic"), Kind.APPROVE, ANA)
    assert problem == "already approved by you as linguistic (event 1)."
