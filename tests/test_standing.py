"""Where a wording stands, and who may decide: one case a test."""

import datetime as dt
from dataclasses import replace

import pytest

from medloc.model import Draft, Event, Kind, Pair, Person, Policy, Standing, Verdict
from medloc.standing import NOTHING, Claim, Decisions, Item, fold, judge, refusal, standings

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
    after = fold([event(2, "ben approve medical")], onto=before)
    assert before == copy
    assert after == said("eva propose", "ben approve medical")
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
        "approvals come in by app or cli, not by import.",
    ),
    "look-alike of a door": (
        (),
        {"actor": BEN, "door": "apple"},
        "approvals come in by app or cli, not by apple.",
    ),
    "no door at all": (
        (),
        {"actor": BEN, "policy": Policy(doors=())},
        "approvals come in by no door, not by app.",
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
    expected = ("", "Ana has no approval or request of theirs here to withdraw.")
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
