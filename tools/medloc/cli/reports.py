"""How findings are written: for people, as JSON lines, as SARIF 2.1.0, as GitHub annotations."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from medloc import __version__
from medloc.cli.console import harmless
from medloc.model import Severity, Span

if TYPE_CHECKING:
    from medloc.workflow.findings import Checked, Found

_AROUND = 40  # characters shown on either side of a place
_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def _text(checked: Checked) -> Iterator[str]:
    """One line a finding, and the two texts around its places; waived and quiet ones left out."""
    for one in checked.found:
        finding = one.finding
        if one.waived or finding.severity is Severity.INFO:
            continue
        message = " ".join(finding.message.split())
        about = f" [{one.message}]" if one.message else ""
        level = finding.severity.value
        yield harmless(f"{one.file}:{one.line}: {level}: {finding.check}: {message}{about}")
        yield f"    source:      {excerpt(one.pair.source, finding.source)}"
        yield f"    translation: {excerpt(one.pair.target, finding.target)}"


def excerpt(text: str, spans: tuple[Span, ...]) -> str:
    """The text around its first place, on one line.

    >>> excerpt("Take 5 mg now.", ((5, 9),))
    'Take 5 mg now.'
    """
    start = max(0, spans[0][0] - _AROUND) if spans else 0
    end = (spans[0][1] + _AROUND) if spans else 2 * _AROUND
    piece = " ".join(text[start:end].split())
    return harmless(f"{'… ' if start else ''}{piece}{' …' if end < len(text) else ''}")


def _jsonl(checked: Checked) -> Iterator[str]:
    """One JSON object a line; what was waived is `info` and says so."""
    for one in checked.found:
        finding = one.finding
        line = {
            "file": one.file,
            "line": one.line,
            "msgctxt": one.pair.context,
            "msgid": one.msgid,
            "check": finding.check,
            "severity": (Severity.INFO if one.waived else finding.severity).value,
            "message": finding.message,
            "source_spans": finding.source,
            "target_spans": finding.target,
            "locale": one.pair.locale,
        }
        if one.message:
            line["id"] = one.message
        if one.waived:
            line["waived"] = True
        yield json.dumps(line, ensure_ascii=False)


def _sarif(checked: Checked) -> Iterator[str]:
    """One SARIF 2.1.0 log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/)."""
    from medloc.checks import ALL_CHECKS

    rules = [
        {
            "id": check.name,
            "shortDescription": {"text": check.finds},
            "defaultConfiguration": {"level": _SARIF_LEVELS[check.severity]},
            "properties": {"group": check.group},
        }
        for check in ALL_CHECKS
    ]
    tool = {"driver": {"name": "medloc", "version": __version__, "rules": rules}}
    results = [_sarif_result(one) for one in checked.found]
    notes = [{"level": "error", "message": {"text": str(t)}} for t in checked.troubles]
    done = {"executionSuccessful": not notes, "toolExecutionNotifications": notes}
    run = {
        "tool": tool,
        "columnKind": "unicodeCodePoints",
        "invocations": [done],
        "results": results,
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    yield json.dumps(log, ensure_ascii=False, indent=2)


def _sarif_result(one: Found) -> Mapping[str, object]:
    place = {
        "artifactLocation": {"uri": quote(one.file.encode("utf-8", "surrogateescape"))},
        "region": {"startLine": max(1, one.line)},
    }
    result: dict[str, object] = {
        "ruleId": one.finding.check,
        "level": _SARIF_LEVELS[one.finding.severity],
        "message": {"text": f"{one.finding.message} ({one.pair.locale}: {one.pair.target})"},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"pair/v1": f"{one.finding.check}:{one.pair.hash}"},
    }
    if one.waived:
        result["suppressions"] = [{"kind": "external", "justification": "waived in the ledger"}]
    return result


def _github(checked: Checked) -> Iterator[str]:
    """Workflow commands that GitHub shows beside the lines; waived and quiet ones left out."""
    for one in checked.found:
        if one.waived or one.finding.severity is Severity.INFO:
            continue
        level = _GITHUB_LEVELS[one.finding.severity]
        where = f"file={_property(one.file)},line={max(1, one.line)}"
        title = f"title={_property(f'{one.pair.locale}: {one.finding.check}')}"
        yield f"::{level} {where},{title}::{_escaped(one.finding.message)}"
    for trouble in checked.troubles:
        where = f"file={_property(trouble.path)},line={max(1, trouble.line)}"
        yield f"::error {where},title=unreadable::{_escaped(str(trouble))}"


def _escaped(text: str) -> str:
    text = text.replace("\x1b", "\\x1b")
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


REPORTS: Mapping[str, Callable[[Checked], Iterator[str]]] = {
    "text": _text,
    "jsonl": _jsonl,
    "sarif": _sarif,
    "github": _github,
}
