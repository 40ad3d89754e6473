"""The verifier that stands alone: it needs nothing of ours, and it judges as medloc does."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import verify_site
from medloc.ledger.bodies import FIELDS, write_body
from medloc.model import Draft, Event, Kind, Pair, Standing
from medloc.standing import fold, judge
from tests.content import approved_project

PROGRAM = Path(verify_site.__file__)
ACTORS = ("writer", "doctor", "linguist")
ROLES = ("medical", "linguistic", "legal")
KINDS = (Kind.PROPOSE, Kind.APPROVE, Kind.APPROVE, Kind.WITHDRAW, Kind.REQUEST_CHANGES)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made")
    content = approved_project(root)
    assert content("build", "--date", "2026-03-01", "--as", "publisher") == 0
    assert content("ledger", "export", "export.jsonl") == 0
    return root


def start(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run it as an auditor would: a Python without any package."""
    command = [sys.executable, "-I", "-S", str(PROGRAM), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_imports_the_standard_library_only() -> None:
    for node in ast.walk(ast.parse(PROGRAM.read_text("utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module] if isinstance(node, ast.ImportFrom) else [
                alias.name for alias in node.names
            ]  # fmt: skip
            assert all(str(name).split(".")[0] in sys.stdlib_module_names for name in names)


def test_a_published_site_is_proved(made: Path) -> None:
    done = start(str(made / "site"), str(made / "export.jsonl"))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"ok": True, "level": "decisions", "failure": None}


def test_a_refusal_is_named_and_said_in_words(made: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(made / "site", site)
    (site / "es/fever/index.html").unlink()
    done = start(str(site), str(made / "export.jsonl"))
    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "ok": False,
        "level": "folder",
        "failure": {
            "file": "es/fever/index.html",
            "message": None,
            "event": None,
            "expected": "this file",
            "found": "nothing",
        },
    }
    assert done.stderr.startswith("refused at folder: file: es/fever/index.html; expected: this")


@pytest.mark.parametrize("arguments", [(), ("site",), ("nowhere", "export.jsonl"), ("site", "no")])
def test_what_is_not_there_is_a_wrong_usage(made: Path, arguments: tuple[str, ...]) -> None:
    done = start(*(str(made / name) for name in arguments))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_an_export_older_than_the_site_asks_for_a_new_one_first(made: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.jsonl"
    older.write_bytes(b"".join((made / "export.jsonl").read_bytes().splitlines(True)[:-40]))
    done = start(str(made / "site"), str(older))
    assert (done.returncode, json.loads(done.stdout)["level"]) == (1, "anchors")
    assert "message: the export is older than the site" in done.stderr
    _, _, advice = done.stderr.partition("\n")
    assert advice.startswith("Before anything else export again: medloc ledger export FILE.")


@pytest.mark.parametrize("name", ["manifest.json", "es/manifest.json", "es/fever/proof.json"])
@pytest.mark.parametrize("value", [1, [], {"format": 1}, {"format": 1, "locales": {"es": 1}}])
def test_manifests_of_any_shape_are_refused_never_a_traceback(
    made: Path, tmp_path: Path, name: str, value: object
) -> None:
    site = tmp_path / "site"
    shutil.copytree(made / "site", site)
    (site / name).write_bytes(verify_site.canonical(value) + b"\n")
    outcome = verify_site.verify(site, made / "export.jsonl")
    assert (outcome["level"], outcome["failure"]["file"]) == ("folder", name)


def test_it_knows_the_same_kinds_and_fields() -> None:
    ours = {kind.value: (set(must), set(may)) for kind, (must, may) in FIELDS.items()}
    assert ours == verify_site.KINDS


PLACES = (
    ("fever", "causes", "Hot."),
    ("fever", "start", "Hot."),
    ("fever", "start", "Warm."),
    ("chills", "causes", "Hot."),
)
# Few pairs, so that events meet: the other language and the other wording are there to be told off.
LOCALES, TARGETS = (*["es"] * 9, "en"), (*["Calor."] * 9, "Warm.", " ")
SPOKEN = st.tuples(
    st.sampled_from((*KINDS * 2, Kind.COMMENT, Kind.WAIVE, Kind.RECALL, Kind.RESTORE)),
    st.sampled_from(ACTORS),
    st.sampled_from(ROLES),
    st.sampled_from((*PLACES[:2], *PLACES)),
    st.sampled_from(LOCALES),
    st.sampled_from(TARGETS),
)
CARRIED = st.tuples(
    st.just(Kind.CARRY_FORWARD),
    st.sampled_from(ACTORS),
    st.sampled_from(("editor", "editor", "medical")),
    st.sampled_from(PLACES),
    st.sampled_from(PLACES),
).filter(lambda one: one[3] != one[4])
LIFTED = st.tuples(
    st.sampled_from((Kind.RECALL, Kind.RESTORE, Kind.RECONFIRM)),
    st.sampled_from(ACTORS),
    st.sampled_from(ROLES),
    st.sampled_from(("fever", "chills")),
    st.sampled_from(LOCALES),
)
# An event of the three shapes at a time, most about wordings.
HISTORIES = st.lists(st.one_of(*[SPOKEN] * 5, CARRIED, CARRIED, LIFTED), max_size=16)


@settings(max_examples=400)
@given(HISTORIES, st.lists(st.sampled_from(ROLES), max_size=2), st.booleans())
def test_law_it_judges_any_history_as_medloc_does(
    history: list[tuple[Any, ...]], roles: list[str], high_risk: bool
) -> None:
    written = [_written(number, *one) for number, one in enumerate(history, 1)]
    decisions = fold(event for _, event in written)
    told = verify_site.Told(json.loads(body) for body, _ in written)
    for (article, context, source), locale, target in product(PLACES, LOCALES[8:], TARGETS[8:]):
        pair = Pair(article, locale, context, source, target)
        verdict = judge(pair, decisions, roles=tuple(roles), high_risk=high_risk)
        carried = decisions.history(pair, high_risk=high_risk).carried
        key = (article, locale, context, *map(verify_site.sha, (source, target)))
        events, problem, event = verify_site.fold(told, key, roles, high_risk)
        standing = verdict.standing
        if standing is Standing.MISSING:
            assert problem or not decisions.history(pair, high_risk=high_risk).events
            continue
        assert (problem == "recalled") == (standing is Standing.RECALLED)
        assert (problem == "changes requested") == (standing is Standing.CHANGES_REQUESTED)
        if standing is Standing.APPROVED:
            assert events == list(verdict.events)
            forged = [one.number for one in carried if one.draft.role != "editor"]
            assert (problem, event) == (
                (f"carried forward by a {_role(written, forged[0])}", forged[0])
                if forged
                else ("", 0)
            )
        elif problem in ("recalled", "changes requested"):
            assert event == verdict.events[0]
        else:
            assert problem == f"no approval by {', '.join(verdict.wanted)}"


def _role(written: list[tuple[bytes, Event]], number: int) -> str:
    return written[number - 1][1].draft.role


def _written(
    number: int, kind: Kind, actor: str, role: str, place: Any, *more: Any
) -> tuple[bytes, Event]:
    """The body of an event, and the event, with the fields of its kind."""
    draft = Draft(f"e{number}", kind, actor, "cli", role, reason="why")
    if kind is Kind.CARRY_FORWARD:
        (article, context, source), [earlier] = place, more
        names = ("earlier_article", "earlier_context", "earlier_source")
        spot = dict(zip(names, earlier, strict=True))
        # The article is named when it is another one.
        spot["earlier_article"] = "" if earlier[0] == article else earlier[0]
        draft = replace(draft, article=article, context=context, source=source, **spot)
    elif len(more) == 1:
        text = "0" * 64 if kind is Kind.RECONFIRM else ""
        draft = replace(draft, article=place, locale=more[0], text=text)
    else:
        (article, context, source), (locale, target) = place, more
        draft = replace(
            draft, article=article, locale=locale, context=context, source=source, target=target
        )
    draft = replace(
        draft,
        meaning="said" if kind is Kind.APPROVE else "",
        category="wrong" if kind is Kind.REQUEST_CHANGES else "",
        check="numbers" if kind is Kind.WAIVE else "",
    )
    return write_body(draft, number=number, previous="0" * 64, at="2026-03-01T09:00:00Z")


@pytest.mark.parametrize(
    ("key", "value"), [("format", True), ("format", 1.0), ("build", True), ("build", 1.5)]
)
def test_a_number_is_an_integer(made: Path, tmp_path: Path, key: str, value: object) -> None:
    site = tmp_path / "site"
    shutil.copytree(made / "site", site)
    root = json.loads((site / "manifest.json").read_bytes())
    (site / "manifest.json").write_bytes(verify_site.canonical({**root, key: value}) + b"\n")
    outcome = verify_site.verify(site, made / "export.jsonl")
    assert (outcome["level"], outcome["failure"]["file"]) == ("folder", "manifest.json")
