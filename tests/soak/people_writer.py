"""One person at work in a project, in a process of their own; started by tests/soak/crowd.py.

python people_writer.py ROOT ACTOR OPERATIONS STALE APPROVE MESSAGE...

Each operation reads one of the messages and then edits it, or (APPROVE times in a hundred) approves
it; STALE times in a hundred on the strength of what was read the time before. A line of JSON says
how each ended.
"""

import datetime as dt
import json
import os
import random
import re
import sys
import time
from pathlib import Path

from medloc.errors import ConflictError, MedlocError
from medloc.model import Kind, Translation
from medloc.workflow.decide import decide
from medloc.workflow.editing import edit_wording
from medloc.workflow.project import open_project
from medloc.workflow.requests import Request
from medloc.workflow.sources import read_sources
from medloc.workflow.translations import load_catalog, translations

ARTICLE, LOCALE = "fever", "es"
BUSY = re.compile("another medloc has been changing this file|database is locked|lock timeout")


class Person:
    def __init__(self, root: Path, actor: str) -> None:
        self.project, self.actor = open_project(root), actor
        self.sources = read_sources(self.project)

    def read(self, message: str) -> Translation:
        catalog = load_catalog(self.project, ARTICLE, LOCALE)
        rows = translations(self.project, self.sources.articles[ARTICLE], LOCALE, catalog)
        return next(row for row in rows if row.message.id == message)

    def edit(self, message: str, expect: str, wording: str) -> dict[str, object]:
        edited = edit_wording(
            self.project,
            self.sources,
            ARTICLE,
            LOCALE,
            message,
            wording,
            expect=expect,
            actor=self.actor,
            door="app",
            now=dt.datetime.now(dt.UTC),
        )
        after = edited.translation.pair
        return {"end": "done", "number": edited.event, "after": after.hash}

    def approve(self, message: str, expect: str) -> dict[str, object]:
        request = Request(
            kind=Kind.APPROVE,
            articles=(ARTICLE,),
            locales=(LOCALE,),
            actor=self.actor,
            door="app",
            messages=(message,),
            expect=expect,
        )
        outcome = decide(self.project, self.sources, request, now=dt.datetime.now(dt.UTC))
        assert not outcome.troubles, outcome.troubles
        if outcome.done:
            return {"end": "done", "number": outcome.done[0].number}
        return {"end": "refused", "reason": outcome.refused[0].reason}

    def do(self, did: str, message: str, expect: str, wording: str) -> dict[str, object]:
        try:
            if did == "approve":
                return self.approve(message, expect)
            return self.edit(message, expect, wording)
        except ConflictError as error:
            return {"end": "conflict", "reason": str(error)}
        except MedlocError as error:
            # The catalog or the ledger was in others' hands for half a minute: told, like a loser.
            if not BUSY.search(error.found):
                raise
            return {"end": "told to try again", "reason": str(error)}


def main(root: Path, actor: str, operations: int, stale: int, approve: int, ids: list[str]) -> None:
    person, chance = Person(root, actor), random.Random(f"{actor} {operations}")
    seen: dict[str, str] = {}
    person.approve(ids[0], "0" * 64)  # loads all modules: that is not what is timed
    print("ready", flush=True)
    sys.stdin.readline()
    for turn in range(operations):
        message = chance.choice(ids)
        expect = person.read(message).pair.hash
        if message in seen and chance.randrange(100) < stale:
            expect, seen[message] = seen[message], expect
        else:
            seen[message] = expect
        start = time.perf_counter()
        did = "approve" if chance.randrange(100) < approve else "edit"
        wording = f"Frase {actor} {turn} {os.getpid()}."
        said = {"did": did, **person.do(did, message, expect, wording)}
        said |= {"actor": actor, "message": message, "expect": expect}
        print(json.dumps({**said, "seconds": time.perf_counter() - start}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:6]), sys.argv[6:])
