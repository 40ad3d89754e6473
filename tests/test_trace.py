"""`medloc trace`: from words as read on a page to every decision on them."""

from __future__ import annotations

import itertools
import json
import shutil
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from medloc.ledger import open_ledger
from medloc.model import Draft, Event, Kind
from medloc.workflow.bare_words import bare_words
from tests.content import ARTICLE, Content, approved_project, small_project

PLACE = {"article": "fever", "locale": "es", "context": "what"}
REST = {**PLACE, "source": "Rest", "target": "Descanse"}
_ids = itertools.count(1)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """Everything approved, and published as a recorded edition. Not to be changed."""
    made = approved_project(tmp_path_factory.mktemp("published"))
    assert made("build", "--as", "publisher") == 0
    return made


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """Synced, nothing decided."""
    return small_project(tmp_path)


def record(content: Content, day: str, kind: Kind, actor: str = "doctor", **fields: str) -> Event:
    """Append one event on that day."""
    told: dict[str, str] = {}
    if kind is Kind.APPROVE:
        told = {"role": "medical", "meaning": "approved"}
    if kind is Kind.PUBLISH:
        told = {"text": "0" * 64, "meaning": "published"}
    draft = Draft(f"e{next(_ids)}", kind, actor, "cli:desk", **{**told, **fields})
    with open_ledger("sqlite:///ledger.sqlite", base=content.root).transaction() as ledger:
        return ledger.append([draft], at=f"{day}T12:00:00Z")[0]


def traced(content: Content, *arguments: str) -> dict[str, Any]:
    """The one wording that is found."""
    [found] = content.json("trace", *arguments)
    assert isinstance(found, dict)
    return found


def words(content: Content, *arguments: str) -> str:
    with redirect_stdout(StringIO()) as out:
        content("trace", *arguments)
    return out.getvalue()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Beba **agua**, *ya*", "beba  AGUA, ya"),
        ("Tome 5\u00a0mg", "Tome 5 mg"),
        ("تناول \u20685\u00a0مغ\u2069 الآن", "تناول 5 مغ الآن"),
        ("See [the leaflet][leaflet] now", "see the leaflet now"),
        ("[Call](<tel:112>) at [WHO](https://who.int)", "call at who"),
        ("It\u2019s \u201cwarm\u201d", "it's \u00abwarm\u00bb"),
        ("5\u20138 Hz, \u22125 \u00b0C", "5-8 Hz, -5 \u00b0C"),
        ("medi\u00adcine", "medicine"),
        ("one\\\ntwo", "one two"),
        ("a \\* b &lt; `c`[^1]", "a * b < c"),
        ("H<sub>2</sub>O at <https://who.int>", "H2O at https://who.int"),
        ("请多喝水。", "请多\n喝水。"),
        ("ﬁve １０ mg…", "five 10 mg..."),
    ],
)
def test_what_is_read_is_what_was_written(written: str, read: str) -> None:
    assert bare_words([written, read, "other"]) == [*(2 * bare_words([read])), "other"]


def test_different_words_and_numbers_stay_different() -> None:
    assert len(set(bare_words(["5 mg", "50 mg", "-5 mg", "0.5 mg", "< 5 mg", "5 µg"]))) == 6


def test_a_part_of_a_sentence_leads_to_all_that_is_known_of_it(published: Content) -> None:
    found = traced(published, "beba agua")
    said = found.pop("events")
    [row] = [r for r in published.json("messages", "fever", "es") if r["source"][:5] == "Drink"]
    edition = found.pop("editions")
    assert found == {
        "article": "fever",
        "locale": "es",
        "msgctxt": "what",
        "message": row["id"],
        "high_risk": False,
        "source": "Drink **water**",
        "target": "Beba **agua**",
        "pair": row["pair"],
        "standing": "approved",
        "wanted": [],
        "reason": "",
        "deciding": [said[1]["number"]],
        "pages": [{"path": "site/es/fever/index.html", "edition": "current"}],
    }
    assert [(e["kind"], e["name"], e["role"], e["decides"]) for e in said] == [
        ("propose", "file", "", False),
        ("approve", "Doctor", "medical", True),
        ("approve", "Writer", "medical", False),
    ]
    assert said[1]["actor"] == "doctor"
    assert said[1]["door"].startswith("cli:")
    assert said[1]["meaning"] == "approved for publication, word for word"
    assert [e["number"] for e in edition] == [len(ledger(published))]


def ledger(content: Content) -> tuple[Event, ...]:
    return open_ledger("sqlite:///ledger.sqlite", base=content.root).events()


def test_an_arabic_sentence_with_a_quantity_is_found_as_the_page_shows_it(
    published: Content,
) -> None:
    found = traced(published, "اطلب المساعدة فورًا. تناول 5 مغ")
    assert found["source"] == "[Call for help](<tel:112>) at once. Take 5\u00a0mg."
    assert (found["locale"], found["high_risk"], len(found["deciding"])) == ("ar", True, 2)


def test_locales_narrow_it_down_and_unknown_ones_are_refused(published: Content) -> None:
    assert {t["locale"] for t in published.json("trace", "38 °C")} == {"es"}
    assert {t["locale"] for t in published.json("trace", "38°C")} == {"en"}
    assert published.json("trace", "38 °C", "--locale", "a*") == []
    assert "the source's own text" in words(published, "38°C")
    assert "the source's own text" not in words(published, "38 °C")
    code, said = published.say("trace", "38 °C", "--locale", "xx")
    assert (code, "no locale fits `xx`" in said) == (2, True)


def test_nothing_found_says_what_is_like_it(published: Content) -> None:
    code, said = published.say("trace", "drinking of water")
    assert (code, "similar: Drink **water**" in said) == (1, True)
    assert published.json("trace", "drinking of water") == []


def test_too_short_a_text_is_refused(published: Content) -> None:
    code, said = published.say("trace", " *a* «b» ")
    assert (code, "too many sentences" in said) == (2, True)


def test_a_day_is_judged_without_what_came_later(content: Content) -> None:
    record(content, "2026-03-01", Kind.PROPOSE, "writer", **REST)
    record(content, "2026-03-02", Kind.APPROVE, **REST)
    record(content, "2026-03-05", Kind.WITHDRAW, **REST)
    standing = {
        day: (found["standing"], [e["kind"] for e in found["events"]])
        for day in ("2026-03-01", "2026-03-04", "2026-03-05")
        for found in [traced(content, "descanse", "--at", day)]
    }
    assert standing == {
        "2026-03-01": ("waiting", ["propose"]),
        "2026-03-04": ("approved", ["propose", "approve"]),
        "2026-03-05": ("waiting", ["propose", "approve", "withdraw"]),
    }
    assert traced(content, "descanse")["standing"] == "waiting"
    assert content("trace", "descanse", "--at", "2026-02-28") == 1
    assert content("trace", "descanse", "--at", "soon") == 2


def test_editions_are_those_in_which_it_was_approved_and_in_the_source(content: Content) -> None:
    shorter = ARTICLE.replace("- Rest\n", "")
    numbers = {}
    record(content, "2026-03-01", Kind.SOURCE, article="fever", text=ARTICLE)
    record(content, "2026-03-01", Kind.PUBLISH, "publisher")
    record(content, "2026-03-02", Kind.APPROVE, **REST)
    numbers["approved"] = record(content, "2026-03-03", Kind.PUBLISH, "publisher").number
    record(content, "2026-03-04", Kind.SOURCE, article="fever", text=shorter)
    record(content, "2026-03-05", Kind.PUBLISH, "publisher")
    record(content, "2026-03-06", Kind.SOURCE, article="fever", text=ARTICLE)
    numbers["again"] = record(content, "2026-03-07", Kind.PUBLISH, "publisher").number
    page = {"article": "fever", "locale": "es", "role": "medical", "reason": "wrong"}
    record(content, "2026-03-08", Kind.RECALL, **page)
    record(content, "2026-03-09", Kind.PUBLISH, "publisher")
    record(content, "2026-03-10", Kind.RESTORE, **page)
    numbers["restored"] = record(content, "2026-03-11", Kind.PUBLISH, "publisher").number
    record(content, "2026-03-12", Kind.WITHDRAW, **REST)
    record(content, "2026-03-13", Kind.PUBLISH, "publisher")
    assert traced(content, "descanse")["editions"] == [
        {"number": numbers["approved"], "day": "2026-03-03"},
        {"number": numbers["again"], "day": "2026-03-07"},
        {"number": numbers["restored"], "day": "2026-03-11"},
    ]


def test_a_recall_of_the_page_decides(content: Content) -> None:
    record(content, "2026-03-02", Kind.APPROVE, **REST)
    number = record(
        content, "2026-03-08", Kind.RECALL, "linguist",
        article="fever", locale="es", role="linguistic", reason="a wrong dose",
    ).number  # fmt: skip
    found = traced(content, "descanse")
    assert (found["standing"], found["reason"], found["deciding"]) == (
        "recalled", "a wrong dose", [number],
    )  # fmt: skip
    assert found["events"][-1] | {"about": "page", "decides": True} == found["events"][-1]
    assert "Linguist recalled the whole page as linguistic" in words(content, "descanse")


def test_decisions_that_were_carried_forward_are_followed(content: Content) -> None:
    earlier = {**REST, "source": "Take a rest"}
    record(content, "2026-03-01", Kind.APPROVE, **earlier)
    place = {"article": "fever", "context": "what", "source": "Rest"}
    carry = record(
        content, "2026-03-02", Kind.CARRY_FORWARD, "editor", role="editor", reason="same sense",
        earlier_context="what", earlier_source="Take a rest", **place,
    )  # fmt: skip
    now, before = content.json("trace", "descanse")
    assert (now["source"], now["standing"], len(now["deciding"])) == ("Rest", "approved", 2)
    assert [(e["about"], e["source"]) for e in now["events"]] == [
        ("wording", "Take a rest"), ("carried", "Rest"),
    ]  # fmt: skip
    assert now["events"][1]["number"] == carry.number
    assert (before["source"], before["message"]) == ("Take a rest", "")
    said = words(content, "descanse")
    assert "in its earlier place fever, what, for: Take a rest" in said
    assert "Editor let decisions on an earlier text count here as editor" in said
    assert "reason: same sense" in said


def test_nothing_is_carried_to_a_text_of_high_risk_but_moves(content: Content) -> None:
    risky = "[Call for help](<tel:112>) at once. Take 5\u00a0mg."
    earlier = {**PLACE, "context": "help", "source": "Call soon.", "target": "Llame pronto."}
    record(content, "2026-03-01", Kind.APPROVE, **earlier)
    told = {"article": "fever", "role": "editor", "reason": "same", "earlier_source": "Call soon."}
    record(content, "2026-03-02", Kind.CARRY_FORWARD, "editor",
           context="help", source=risky, earlier_context="help", **told)  # fmt: skip
    assert [t["source"] for t in content.json("trace", "llame pronto")] == ["Call soon."]
    record(content, "2026-03-03", Kind.CARRY_FORWARD, "editor",
           context="gone", source="Call soon.", earlier_context="help", **told)  # fmt: skip
    assert [t["msgctxt"] for t in content.json("trace", "llame pronto")] == ["gone", "help"]


def test_a_page_of_the_last_good_edition_is_called_so(published: Content, tmp_path: Path) -> None:
    content = Content(Path(shutil.copytree(published.root, tmp_path / "copy")))
    path = content.root / "site/es/fever/proof.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "edition": "last_good"}))
    assert traced(content, "descanse")["pages"] == [
        {"path": "site/es/fever/index.html", "edition": "last_good"}
    ]
    assert "site/es/fever/index.html (the last good edition)" in words(content, "descanse")
    path.write_text("{")
    assert traced(content, "descanse")["pages"] == []
    content.write("source_content/fever.md", ARTICLE.replace("- Rest\n", ""))
    assert traced(content, "descanse")["message"] == ""


def test_a_doctor_reads_the_sentence_and_dated_lines(content: Content) -> None:
    record(content, "2026-03-01", Kind.PROPOSE, "file", **REST)
    record(content, "2026-03-02", Kind.APPROVE, **REST)
    record(content, "2026-03-03", Kind.REQUEST_CHANGES, "linguist", role="linguistic",
           category="style", reason="brief", **REST)  # fmt: skip
    [row] = [r for r in content.json("messages", "fever", "es") if r["source"] == "Rest"]
    expected = f"""\
Descanse
  español (es), article fever, what (message {row["id"]})
  decided for: Rest
  at the end of 2026-03-03: changes requested (brief)
    2026-03-01 12:00 UTC  it came in with a file (event 1, command line, desk)
    2026-03-02 12:00 UTC  Doctor approved it as medical (event 2, command line, desk)
      agreed to: approved
  * 2026-03-03 12:00 UTC  Linguist asked for a change as linguistic (style) (event 3, \
command line, desk)
      reason: brief
  (* the standing rests on these)
  on the site: no page
  recorded editions with it: none

"""
    assert words(content, "descanse", "--at", "2026-03-03") == expected


def test_only_fifty_wordings_are_said_and_all_given(content: Content) -> None:
    draft = [
        Draft(f"w{n}", Kind.PROPOSE, "writer", "cli", **{**REST, "target": f"Descanse {n}"})
        for n in range(60)
    ]
    with open_ledger("sqlite:///ledger.sqlite", base=content.root).transaction() as ledger:
        ledger.append(draft, at="2026-03-01T12:00:00Z")
    assert len(content.json("trace", "descanse")) == 60
    assert words(content, "descanse").count("decided for: Rest") == 50
    assert "50 of 60 wordings are shown" in content.say("trace", "descanse")[1]
