"""The verifier that stands alone: it needs nothing of ours, and it judges as medloc does."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import verify_site
from medloc.ledger.bodies import FIELDS
from medloc.model import Draft, Event, Kind, Pair, Standing
from medloc.standing import fold, judge
from tests.content import approved_project

PROGRAM = Path(verify_site.__file__)
PAIR = Pair("fever", "es", "meta:title", "Fever", "Fiebre")
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


said = st.tuples(st.sampled_from(KINDS), st.sampled_from(ACTORS), st.sampled_from(ROLES))


@given(st.lists(said, max_size=8), st.lists(st.sampled_from(ROLES), unique=True, max_size=3))
def test_law_it_judges_any_history_as_medloc_does(
    history: list[tuple[Kind, str, str]], roles: list[str]
) -> None:
    events = [_event(number, *one) for number, one in enumerate(history, 1)]
    verdict = judge(PAIR, fold(events), roles=tuple(roles))
    used, wanted, request = verify_site.fold([_plain(event) for event in events], roles)
    assert (not wanted and not request) == (verdict.standing is Standing.APPROVED)
    assert bool(request) == (verdict.standing is Standing.CHANGES_REQUESTED)
    assert wanted == list(verdict.wanted)
    if not request:
        assert used == list(verdict.events)


def _event(number: int, kind: Kind, actor: str, role: str) -> Event:
    draft = Draft(f"e{number}", kind, actor, "cli", role, *PAIR_TEXTS, reason="why")
    return Event(number, "2026-03-01T09:00:00Z", "", "", draft)


def _plain(event: Event) -> dict[str, Any]:
    draft = event.draft
    return {"number": event.number, "kind": draft.kind.value, "actor": draft.actor,
            "role": draft.role}  # fmt: skip


PAIR_TEXTS = (PAIR.article, PAIR.locale, PAIR.context, PAIR.source, PAIR.target)
