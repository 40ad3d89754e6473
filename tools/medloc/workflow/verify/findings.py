"""What a verification says: the level it reached, and the first thing that is off."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """What is proved, in this order; each level rests on those before it."""

    CHAIN = "chain"
    ANCHORS = "anchors"
    FOLDER = "folder"
    DECISIONS = "decisions"
    TEXT = "text"
    REBUILD = "rebuild"


_ADVICE = {
    Level.CHAIN: "Something other than medloc changed the ledger: restore it from a backup or an "
    "export, and find out who could write to it.",
    Level.ANCHORS: "The ledger is not the one this site was built from, or its end was cut off: "
    "look for the ledger that holds the expected event.",
    Level.FOLDER: "Take the site down or put the last published edition back; then find out who "
    "could write to the folder.",
    Level.DECISIONS: "Take this page down: the ledger does not say that its words were approved.",
    Level.TEXT: "Take this page down: it does not show the words that were approved.",
    Level.REBUILD: "The project, or the programs that build it, changed since this edition was "
    "built. If that was meant, build and publish again.",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """The first thing that is off. `file` is below the site, or the ledger's name; `message` a
    message id, empty when it is about no single message; `event` a number, 0 for none."""

    level: Level
    file: str
    expected: str
    found: str
    message: str = ""
    event: int = 0
    advice: str = ""

    def as_json(self) -> dict[str, object]:
        """The JSON that `--json` prints."""
        return {
            "file": self.file,
            "message": self.message or None,
            "event": self.event or None,
            "expected": self.expected,
            "found": self.found,
        }

    def __str__(self) -> str:
        where = [self.file]
        where += [f"message {self.message}"] if self.message else []
        where += [f"event {self.event}"] if self.event else []
        said = f"{', '.join(where)}: expected {self.expected}, found {self.found}."
        return f"{said} {self.advice or _ADVICE[self.level]}"


class RefutedError(Exception):
    """Something is off; caught in `verify`, never seen outside."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure))
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Verified:
    """The outcome: the last level proved, or the level that failed and why."""

    level: Level
    failure: Failure | None
    events: int = 0
    pages: int = 0
    manifest: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing is off."""
        return self.failure is None

    def as_json(self) -> dict[str, object]:
        """The JSON that `--json` prints."""
        failure = None if self.failure is None else self.failure.as_json()
        return {"ok": self.ok, "level": self.level.value, "failure": failure}


def refute(
    level: Level,
    file: str,
    *,
    expected: str,
    found: str,
    message: str = "",
    event: int = 0,
    advice: str = "",
) -> RefutedError:
    """The error that names what is off."""
    return RefutedError(Failure(level, file, expected, found, message, event, advice))
