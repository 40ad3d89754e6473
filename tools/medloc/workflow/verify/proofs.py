"""Reading a proof: what each message of a page rests on, and that none is missing or added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from medloc.model import Article
from medloc.workflow.verify.findings import Level, refute
from medloc.workflow.verify.folder import mapping, text

_TEXTS = ("id", "context", "risk", "source", "target")


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a proof."""

    id: str
    context: str
    risk: str
    source: str
    target: str
    events: tuple[int, ...]


def read_lines(value: object, file: str) -> tuple[Line, ...]:
    """The messages of a proof (`file`); raises RefutedError when they are something else."""
    if not isinstance(value, list):
        raise wrong(file, "a list of messages", repr(value)[:60])
    lines = []
    for one in value:
        one = mapping({"message": one}, "message", file)
        events = one.get("events")
        if not isinstance(events, list) or not all(type(number) is int for number in events):
            raise wrong(file, "a list of event numbers", repr(events)[:60])
        identity, context, risk, source, target = (text(one, name, file) for name in _TEXTS)
        lines.append(Line(identity, context, risk, source, target, tuple(events)))
    return tuple(lines)


def check_messages(article: Article, lines: Sequence[Line], file: str) -> None:
    """The proof names exactly the messages of the source, in order, each with its risk."""
    for message, line in zip(article.messages, lines, strict=False):
        risk = "high" if message.high_risk else "normal"
        if (line.id, line.context) != (message.id, message.context):
            raise wrong(
                file,
                f"message {message.id} ({message.context})",
                f"{line.id} ({line.context})",
                message=message.id,
            )
        if line.risk != risk:
            raise wrong(file, f"risk {risk}", f"risk {line.risk}", message=message.id)
    if len(lines) < len(article.messages):
        missing = article.messages[len(lines)]
        raise wrong(file, f"message {missing.id}", "the end of the proof", message=missing.id)
    if len(lines) > len(article.messages):
        extra = lines[len(article.messages)]
        raise wrong(file, "no further message", f"message {extra.id}", message=extra.id)


def wrong(file: str, expected: str, found: str, *, message: str = "") -> Exception:
    """The error that says what is wrong with a proof."""
    return refute(Level.DECISIONS, file, expected=expected, found=found, message=message)
