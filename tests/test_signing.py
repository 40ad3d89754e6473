"""One act on many pairs: an event for each that was read, a reason for each that is left out."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from pathlib import Path

import pytest

from medloc.errors import ConflictError, UsageError
from medloc.ledger import open_ledger
from medloc.model import Event, Kind
from medloc.workflow.desk import Desk
from medloc.workflow.page_reading import PageReader, ReadPage, page_messages
from medloc.workflow.requests import Request
from medloc.workflow.signing import (
    HIGH_RISK,
    UNSEEN,
    UNTICKED,
    Act,
    Signed,
    said_as,
    section_plan,
    sign,
)
from medloc.workflow.unsent import KEPT, Note, Unsent
from tests import content as small
from tests.content import ARTICLE, SETTINGS, Content, approved_project, small_project

NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
RISKY = "[Call for help]"
TWO_RISKS = ARTICLE.replace("Take {dose}.", "Take {dose}.\n\nDo not wait.")
WORDS = {"es": {**small.WORDS["es"], "Do not wait.": "No espere."}}


@pytest.fixture
def content(tmp_path: Path) -> Content:
    made = small_project(tmp_path, article=TWO_RISKS)
    made.translate("es", WORDS["es"])
    return made


@pytest.fixture
def desk(content: Content) -> Desk:
    return opened(content)


def opened(content: Content) -> Desk:
    desk = Desk(content.root, clock=lambda: NOW)
    desk.refresh()
    return desk


def read(desk: Desk, locale: str = "es") -> ReadPage:
    page = PageReader(desk).page("fever", locale)
    assert page is not None
    return page


def act_of(desk: Desk, *, ticked: bool = True, locale: str = "es") -> Act:
    """The act of somebody who has read the whole page, and ticked what is to be ticked."""
    page = read(desk, locale)
    risky = frozenset(one.named[1] for one in page.sentences if one.high_risk)
    named = tuple(one.named for one in page.sentences)
    return Act("fever", locale, named, str(uuid.uuid4()), risky, risky if ticked else frozenset())


def signed(desk: Desk, act: Act, person: str = "doctor", *, seen: object = None) -> Signed:
    shown = {pair for _, pair in act.pairs} if seen is None else seen
    return sign(desk, act, actor=person, seen=shown, door="cli")  # type: ignore[arg-type]


def events(desk: Desk, kind: Kind = Kind.APPROVE) -> list[Event]:
    ledger = open_ledger("sqlite:///ledger.sqlite", base=desk.root)
    return [event for event in ledger.events() if event.draft.kind is kind]


def id_of(desk: Desk, text: str) -> str:
    return next(o.id for o in read(desk).sentences if text in o.translation.pair.source)


def why(result: Signed, message: str) -> str:
    return dict(result.left)[message]


def say(desk: Desk, kind: Kind, person: str, message: str, **more: object) -> None:
    request = Request(kind, ("fever",), ("es",), person, "cli", messages=(message,), **more)  # type: ignore[arg-type]
    assert desk.decide(request).done


# --- what is signed -------------------------------------------------------------------------------


def test_act_is_one_event_for_each_pair_that_was_read(desk: Desk) -> None:
    act = act_of(desk)
    result = signed(desk, act)
    assert result.left == ()
    stored = events(desk)
    assert [event.number for event in stored] == list(result.numbers)
    assert [event.draft.pair.hash for event in stored] == [pair for _, pair in act.pairs]
    assert len({event.at for event in stored}) == 1


def test_act_sent_twice_is_one_act(desk: Desk) -> None:
    act = act_of(desk)
    first = signed(desk, act)
    assert signed(desk, act) == first
    assert len(events(desk)) == len(act.pairs)


def test_act_of_somebody_else_with_the_same_id_is_refused_whole(desk: Desk) -> None:
    act = act_of(desk)
    one = replace(act, pairs=act.pairs[:1])
    signed(desk, one)
    with pytest.raises(ConflictError):
        signed(desk, act, "writer")
    assert len(events(desk)) == 1


def test_nothing_is_signed_that_was_not_named(desk: Desk) -> None:
    act = act_of(desk)
    signed(desk, replace(act, pairs=act.pairs[2:4]))
    assert [event.draft.pair.hash for event in events(desk)] == [p for _, p in act.pairs[2:4]]


# --- what is left out -----------------------------------------------------------------------------


def test_pair_that_was_not_on_the_screen_is_left_out(desk: Desk) -> None:
    act = act_of(desk)
    hidden = act.pairs[1]
    result = signed(desk, act, seen={pair for _, pair in act.pairs} - {hidden[1]})
    assert result.left == ((hidden[0], UNSEEN),)
    assert hidden[1] not in {event.draft.pair.hash for event in events(desk)}
    assert signed(desk, act, seen=()).numbers == ()


def test_wording_that_changed_while_reading_is_left_out_and_the_rest_is_signed(
    desk: Desk, content: Content
) -> None:
    act = act_of(desk)
    content.translate("es", {"Rest": "Repose"})
    result = signed(desk, act)
    assert why(result, id_of(desk, "Rest")).startswith("the text has changed since it was read")
    assert len(result.numbers) == len(act.pairs) - 1
    assert "Repose" not in {event.draft.target for event in events(desk)}


def test_message_that_is_no_more_is_left_out_and_stays_signed_if_it_was(
    desk: Desk, content: Content
) -> None:
    act, rest = act_of(desk), id_of(desk, "Rest")
    alone = replace(act, pairs=tuple(pair for pair in act.pairs if pair[0] == rest))
    article = content.read("source_content/fever.md")
    content.write("source_content/fever.md", article.replace("- Rest\n", ""))
    assert "no more" in why(signed(desk, act), rest)
    content.write("source_content/fever.md", article)
    first = signed(desk, alone)
    content.write("source_content/fever.md", article.replace("- Rest\n", ""))
    assert signed(desk, alone) == first


def test_high_risk_counts_only_when_ticked(desk: Desk) -> None:
    act = act_of(desk, ticked=False)
    result = signed(desk, act)
    risky = id_of(desk, RISKY)
    assert UNTICKED in why(result, risky)
    again = signed(desk, replace(act_of(desk), pairs=act.pairs))
    assert len(again.numbers) == len(act.to_tick) == 2


@pytest.mark.parametrize(("bulk", "done"), [("false", 8), ("true", 10)])
def test_act_without_ticks_takes_high_risk_by_policy_only(
    tmp_path: Path, bulk: str, done: int
) -> None:
    settings = SETTINGS.replace("policy: {", f"policy: {{bulk_high_risk: {bulk}, ")
    content = small_project(tmp_path, article=TWO_RISKS, settings=settings)
    content.translate("es", WORDS["es"])
    desk = opened(content)
    result = signed(desk, replace(act_of(desk), to_tick=frozenset(), ticked=frozenset()))
    assert len(result.numbers) == done
    assert len(result.left) == 10 - done


def test_own_words_are_left_out(desk: Desk, content: Content) -> None:
    content("sync", "--as", "writer", "es")
    result = signed(desk, act_of(desk), "writer")
    assert not result.numbers
    assert all("wrote this wording" in reason for _, reason in result.left)


def test_open_error_is_left_out_in_words_for_the_screen(tmp_path: Path) -> None:
    content = small_project(
        tmp_path, article=TWO_RISKS, settings=SETTINGS.replace(", checks: {all: off}", "")
    )
    content.translate("es", {**WORDS["es"], "Rest": "Descanse 3 días"})
    desk = opened(content)
    reason = why(signed(desk, act_of(desk)), id_of(desk, "Rest"))
    assert "the checks found" in reason
    assert "medloc decide" not in reason


@pytest.mark.parametrize("person", ["doctor", "linguist"])
def test_nobodys_objection_is_passed_over(desk: Desk, person: str) -> None:
    rest = id_of(desk, "Rest")
    say(desk, Kind.REQUEST_CHANGES, person, rest, reason="unclear")
    assert why(signed(desk, act_of(desk)), rest) == (
        f"changes were requested by {person}: settle that first."
    )


def test_what_others_have_decided_is_left_out(desk: Desk) -> None:
    signed(desk, act_of(desk), "writer")
    result = signed(desk, act_of(desk))
    said = dict(result.left)
    assert said.pop(id_of(desk, "Rest")) == "approved already."
    assert len(result.numbers) == len(act_of(desk).to_tick)  # linguistic, where two are wanted
    third = dict(signed(desk, act_of(desk), "editor").left)
    assert all("none of the roles" in reason for reason in third.values())


def test_role_that_is_filled_waits_for_the_other(tmp_path: Path) -> None:
    second = "  - {id: second, name: Second, roles: [medical]}\npolicy:"
    settings = SETTINGS.replace("policy:", second)
    content = small_project(tmp_path, article=TWO_RISKS, settings=settings)
    content.translate("es", WORDS["es"])
    desk = opened(content)
    signed(desk, act_of(desk), "writer")
    result = signed(desk, act_of(desk), "second")
    assert not result.numbers
    assert why(result, id_of(desk, RISKY)) == "what it still waits for is: linguistic."
    again = why(signed(desk, act_of(desk), "writer"), id_of(desk, RISKY))
    assert again.startswith("already approved by you")


def test_missing_and_stale_wordings_are_left_out(tmp_path: Path) -> None:
    content = small_project(tmp_path, article=TWO_RISKS)
    content.translate("es", {k: v for k, v in WORDS["es"].items() if k != "Rest"})
    desk = opened(content)
    assert "no wording" in why(signed(desk, act_of(desk)), id_of(desk, "Rest"))


# --- the request ----------------------------------------------------------------------------------


def request_of(desk: Desk, **more: object) -> Request:
    act = act_of(desk)
    given = {"kind": Kind.APPROVE, "pairs": act.pairs, **more}
    return Request(articles=("fever",), locales=("es",), actor="doctor", door="cli", **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "more",
    [
        {"kind": Kind.RECALL, "reason": "x"},
        {"messages": ("0" * 12,)},
        {"section": "what"},
        {"expect": "0" * 64},
        {"pairs": (("0" * 12, "0" * 64), ("0" * 12, "1" * 64))},
        {"pairs": (("0" * 12, "short"),)},
    ],
)
def test_act_that_does_not_name_its_pairs_exactly_is_refused(
    desk: Desk, more: dict[str, object]
) -> None:
    with pytest.raises(UsageError):
        desk.decide(request_of(desk, **more))


def test_act_is_about_one_page(desk: Desk) -> None:
    with pytest.raises(UsageError, match="one article"):
        desk.decide(replace(request_of(desk), locales=("es", "ar")))


def test_rehearsal_says_what_the_act_then_refuses_and_appends_nothing(
    desk: Desk, content: Content
) -> None:
    say(desk, Kind.REQUEST_CHANGES, "linguist", id_of(desk, "Rest"), reason="unclear")
    say(desk, Kind.APPROVE, "writer", id_of(desk, "Drink"))
    request = request_of(desk)
    content.translate("es", {"What fever is": "Fiebre: qué es"})
    before = len(events(desk, Kind.APPROVE))
    rehearsed = desk.rehearse(request)
    assert len(events(desk, Kind.APPROVE)) == before
    outcome = desk.decide(replace(request, ticked=tuple(pair for _, pair in request.pairs)))
    assert {r.message: r.reason for r in outcome.refused} == rehearsed
    assert len(rehearsed) == 3


# --- a whole section ------------------------------------------------------------------------------


def test_section_plan_names_exactly_what_is_approved(desk: Desk) -> None:
    seen = {t.pair.hash for t in page_messages(desk, "fever", "es")}
    doctor = desk.project.settings.people["doctor"]
    plan = section_plan(desk, doctor, "fever", "es", "what", seen=seen, door="cli")
    assert (len(plan.pairs), plan.refused) == (4, ())
    result = signed(desk, Act("fever", "es", plan.pairs, str(uuid.uuid4())), seen=seen)
    assert (len(result.numbers), result.left) == (4, ())
    again = section_plan(desk, doctor, "fever", "es", "what", seen=seen, door="cli")
    assert (again.pairs, len(again.refused)) == ((), 4)


def test_section_plan_refuses_what_was_never_shown_and_high_risk(desk: Desk) -> None:
    doctor = desk.project.settings.people["doctor"]
    found = page_messages(desk, "fever", "es")
    rest = next(t for t in found if t.message.text == "Rest")
    seen = {t.pair.hash for t in found if t is not rest}
    plan = section_plan(desk, doctor, "fever", "es", "what", seen=seen, door="cli")
    assert plan.refused == ((rest.message.id, UNSEEN),)
    risky = section_plan(desk, doctor, "fever", "es", "help", seen=seen, door="cli")
    assert HIGH_RISK in dict(risky.refused).values()
    assert all(t.message.id not in dict(risky.pairs) for t in found if t.high_risk)


# --- the page -------------------------------------------------------------------------------------


def test_page_is_in_document_order_with_marks_on_both_sides(desk: Desk) -> None:
    page = read(desk)
    assert [o.translation.message.text for o in page.sentences] == list(WORDS["es"])
    assert [o.number for o in page.sentences] == list(range(1, 11))
    assert [o.level for o in page.sentences if o.level] == [2, 2]
    fever = next(o for o in page.sentences if "38" in o.translation.pair.source)
    assert all("number" in {kind for _, _, kind in side} for side in fever.marks)


def test_page_follows_catalog_and_ledger(desk: Desk, content: Content) -> None:
    reader = PageReader(desk)
    doctor = desk.project.settings.people["doctor"]

    def left() -> dict[str, str]:
        page = reader.page("fever", "es")
        assert page is not None
        return dict(reader.left_out(page, doctor, door="cli"))

    assert left() == {}
    say(desk, Kind.APPROVE, "doctor", id_of(desk, "Rest"))
    assert list(left()) == [id_of(desk, "Rest")]
    content.translate("es", {"Rest": "Repose"})
    assert left() == {}
    assert reader.page("nothing", "es") is None
    assert reader.page("fever", "xx") is None


def test_source_page_is_signed_by_those_of_the_source(desk: Desk) -> None:
    result = signed(desk, act_of(desk, locale="en"), "editor")
    assert (len(result.numbers), result.left) == (10, ())


# --- remarks --------------------------------------------------------------------------------------


def test_style_is_a_comment_that_carries_its_class() -> None:
    assert said_as("style", " Too long ") == (Kind.COMMENT, "style: Too long")
    assert said_as("unsafe", "10 mg?") == (Kind.REQUEST_CHANGES, "10 mg?")
    for category in ("unsafe", "wrong", "style"):
        assert said_as(category, "")[1]


def test_style_never_blocks_and_wrong_does(tmp_path: Path) -> None:
    content = approved_project(tmp_path)
    desk = opened(content)
    rest = id_of(desk, "Rest")
    for category, published in (("style", True), ("wrong", False)):
        kind, reason = said_as(category, "clumsy")
        say(desk, kind, "linguist", rest, reason=reason)
        standing = {o.id: o.verdict.standing.value for o in read(desk).sentences}[rest]
        assert (standing == "approved") is published
    assert events(desk, Kind.COMMENT)[-1].draft.reason == "style: clumsy"
    # A screen that forgot to ask `said_as` blocks nothing either: the verb turns it into one.
    say(desk, Kind.REQUEST_CHANGES, "linguist", id_of(desk, "water"), reason="dull",
        category="style")  # fmt: skip
    assert events(desk, Kind.COMMENT)[-1].draft.reason == "style: dull"


# --- notes that were not sent ---------------------------------------------------------------------


def test_note_is_kept_for_its_writer_until_it_is_sent(tmp_path: Path) -> None:
    unsent = Unsent(tmp_path / ".medloc" / "drafts.sqlite")
    place = ("fever", "es", "a" * 12)
    assert unsent.of_page("doctor", "fever", "es") == {}
    unsent.keep("doctor", place, "1" * 64, "10 mg?", now=NOW)
    unsent.keep("doctor", place, "2" * 64, "20 mg?", now=NOW + dt.timedelta(minutes=1))
    assert unsent.of_page("doctor", "fever", "es") == {"a" * 12: Note("2" * 64, "20 mg?")}
    assert unsent.of_page("writer", "fever", "es") == {}
    assert unsent.of_page("doctor", "fever", "ar") == {}
    unsent.forget("doctor", place)
    assert unsent.of_page("doctor", "fever", "es") == {}


def test_empty_and_old_notes_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "drafts.sqlite"
    unsent = Unsent(path)
    unsent.forget("doctor", ("fever", "es", "a" * 12))
    assert not path.exists()
    unsent.keep("doctor", ("fever", "es", "a" * 12), "1" * 64, "old", now=NOW - 2 * KEPT)
    assert path.stat().st_mode & 0o077 == 0
    unsent.keep("doctor", ("fever", "es", "b" * 12), "2" * 64, "new", now=NOW)
    assert list(unsent.of_page("doctor", "fever", "es")) == ["b" * 12]
    unsent.keep("doctor", ("fever", "es", "b" * 12), "2" * 64, "  ", now=NOW)
    assert unsent.of_page("doctor", "fever", "es") == {}
