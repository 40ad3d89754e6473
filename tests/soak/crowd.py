"""Many people at the same messages, each a process; and the proof that nobody was overrun.

What each was told is held against the ledger and the catalog as they are afterwards.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from medloc.ledger import open_ledger
from medloc.model import Event, Kind, Pair
from medloc.workflow.project import open_project
from medloc.workflow.sources import read_sources
from medloc.workflow.translations import load_catalog, translations
from tests.content import Content, small_project

PROGRAM = Path(__file__).with_name("people_writer.py")
ARTICLE = """\
---
title: Fever
description: What fever is.
---

One sentence.

Two sentences.

Three sentences.

Four sentences.

## Part {#part}

Five sentences.

Six sentences.

## Danger {#danger}
<!-- risk: high -->

Seven sentences.
"""
SETTINGS = """\
source: en
locales: [es]
ledger: {ledger}
policy: {{doors: [app], checks: {{all: off}}}}
people:
  - {{id: editor, name: Editor, roles: [editor, medical], locales: [en]}}
"""
Said = dict[str, Any]
Worker = tuple[str, int, int, int, Sequence[str]]
"""Name, operations, stale and approve in a hundred, messages: as people_writer.py takes them."""


def project(root: Path, people: Iterable[str], ledger: str = "sqlite:///ledger.sqlite") -> Content:
    """A project of 11 messages, all translated, of which ten are used; everybody has all roles, so
    that nothing but authorship keeps anyone from approving."""
    lines = "".join(
        f"  - {{id: {name}, name: {name}, roles: [translator, medical, linguistic]}}\n"
        for name in people
    )
    content = small_project(root, article=ARTICLE, settings=SETTINGS.format(ledger=ledger) + lines)
    texts = [m.text for m in read_sources(open_project(root)).articles["fever"].messages]
    content.translate("es", {text: f"Primera frase {n}." for n, text in enumerate(texts)})
    return content


def messages(content: Content) -> list[str]:
    """The ids of ten messages, the last of high risk."""
    article = read_sources(open_project(content.root)).articles["fever"]
    return [message.id for message in article.messages][-10:]


def work(content: Content, people: Sequence[Worker]) -> list[Said]:
    """Let people work at once; what each was told, in their order."""
    running: list[subprocess.Popen[str]] = []
    for name, *numbers, ids in people:
        command = [sys.executable, str(PROGRAM), str(content.root), name, *map(str, numbers), *ids]
        with _out(content, name).open("w") as out, _errors(content, name).open("w") as errors:
            running.append(
                subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=out, stderr=errors, text=True
                )
            )
    for name, *_ in people:
        while "ready" not in _out(content, name).read_text():
            assert not _errors(content, name).read_text(), _errors(content, name).read_text()
            time.sleep(0.05)
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    ends = []
    for process in running:
        process.communicate()
        ends.append(process.returncode)
    assert ends == [0] * len(people), "".join(
        _errors(content, name).read_text() for name, *_ in people
    )
    lines = [line for name, *_ in people for line in _out(content, name).read_text().splitlines()]
    said = [json.loads(line) for line in lines if line != "ready"]
    assert len(said) == sum(operations for _, operations, *_ in people)
    return said


def work_until_killed(content: Content, name: str, seconds: float) -> list[Said]:
    """Let one person edit, kill them so long after their first edit; what they were told."""
    command = [sys.executable, str(PROGRAM), str(content.root), name, "1000000", "0", "0"]
    with subprocess.Popen(
        [*command, *messages(content)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        process.stdin.write("go\n")
        process.stdin.flush()
        first = process.stdout.readline()
        time.sleep(seconds)
        process.kill()
        rest, _ = process.communicate()
    lines = [line for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]
    return [json.loads(line) for line in lines]


def unproposed(content: Content, said: Sequence[Said], before: Mapping[str, str]) -> list[str]:
    """What is wrong after kills: an edit told of that the ledger lacks or the catalog has lost, a
    wording in the catalog that the ledger has not heard of."""
    proposals = [event for event in stored_events(content) if event.draft.kind is Kind.PROPOSE]
    numbers = {event.draft.pair.hash: event.number for event in proposals}
    wrong = [f"not stored: {one}" for one in said if numbers.get(one["after"]) != one["number"]]
    last = {one["message"]: _number(one) for one in said}
    for message, now in hashes(content).items():
        number = numbers.get(now, 0)
        if not number and now != before[message]:
            wrong.append(f"{message}: words of which the ledger has not heard")
        if number < last.get(message, 0):
            wrong.append(f"{message}: older words than those told of as event {last[message]}")
    return wrong


def _out(content: Content, name: str) -> Path:
    return content.root / f"{name}.out"


def _errors(content: Content, name: str) -> Path:
    return content.root / f"{name}.err"


def stored_events(content: Content) -> tuple[Event, ...]:
    """The whole ledger, its chain checked."""
    project = open_project(content.root)
    return open_ledger(project.settings.ledger, base=content.root).events()


def overrun(content: Content, said: Sequence[Said], before: Mapping[str, str]) -> list[str]:
    """What went wrong with edits. `before` are the hashes of the pairs by message at first.

    Every edit that was done is in the ledger, once, at the number that was told; each replaced
    exactly what its writer had seen; the catalog holds the last of each message.
    """
    wrong: list[str] = []
    events = {event.number: event.draft for event in stored_events(content)}
    done = sorted((s for s in said if s["did"] == "edit" and s["end"] == "done"), key=_number)
    told = [_number(one) for one in done]
    proposed = [n for n, d in events.items() if d.kind is Kind.PROPOSE and d.actor != "file"]
    if proposed != told:
        wrong.append(f"told of {len(told)} edits, the ledger has {len(proposed)}")
    now = dict(before)
    for one in done:
        draft, message = events.get(_number(one)), one["message"]
        if draft is None or draft.pair.hash != one["after"] or draft.actor != one["actor"]:
            wrong.append(f"event {one['number']} is not the edit of {one['actor']}")
        if now[message] != one["expect"]:
            wrong.append(f"event {one['number']} replaced what {one['actor']} had not seen")
        now[message] = one["after"]
    if hashes(content) | now != hashes(content):
        wrong.append("the catalog does not hold the last edits")
    return wrong


def misnamed(content: Content, said: Sequence[Said]) -> list[str]:
    """What went wrong with approvals.

    Each that was told is in the ledger at its number, for the pair its reviewer had read; each in
    the ledger names the wording that was the latest proposal of its place at its number, by
    somebody who never proposed it, and was told.
    """
    wrong: list[str] = []
    done = {_number(s): s for s in said if s["did"] == "approve" and s["end"] == "done"}
    latest: dict[tuple[str, str], str] = {}
    authors: dict[Pair, set[str]] = {}
    found: set[int] = set()
    for event in stored_events(content):
        draft, number = event.draft, event.number
        place = (draft.context, draft.source)
        if draft.kind is Kind.PROPOSE:
            latest[place] = draft.target
            authors.setdefault(draft.pair, set()).add(draft.actor)
        elif draft.kind is Kind.APPROVE:
            found.add(number)
            one = done.get(number, {})
            if (one.get("actor"), one.get("expect")) != (draft.actor, draft.pair.hash):
                wrong.append(f"approval {number} is not what its reviewer was told")
            if latest.get(place) != draft.target:
                wrong.append(f"approval {number} names {draft.target}, not {latest.get(place)}")
            if draft.actor in authors.get(draft.pair, set()):
                wrong.append(f"approval {number} is by the author")
    wrong += [f"approval {number} is not in the ledger" for number in done.keys() - found]
    return wrong


def hashes(content: Content) -> dict[str, str]:
    """The hash of the pair of each message as it stands in the catalog."""
    project = open_project(content.root)
    article = read_sources(project).articles["fever"]
    rows = translations(project, article, "es", load_catalog(project, "fever", "es"))
    return {row.message.id: row.pair.hash for row in rows}


def counts(said: Sequence[Said]) -> dict[str, int]:
    """How many of each kind ended how, for a report."""
    found = Counter(f"{one['did']}s {one['end']}" for one in said)
    return dict(sorted(found.items()))


def _number(one: Said) -> int:
    return int(one["number"])
