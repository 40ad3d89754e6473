"""`make docs`: writes docs/checks.md from the registry, the language data and what was measured."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from pathlib import Path

from medloc.checks import ALL_CHECKS, CatalogCheck, Check
from medloc.checks.lexicon import lexicon
from medloc.model import Severity
from tests.benchmarks.checks import MEASURED

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "checks.md"
DATA = ROOT / "tools" / "medloc" / "checks" / "data"
HEAD = """\
# The checks

<!-- Written by `make docs` from the registry of checks; a test keeps it so. -->

`medloc check` reads every translation beside its source and says what a careful second reader would
stop at. It works on the project, on some of its catalogs, and on PO files of any origin
(`medloc check es.po --glossary terms.csv`).

- An **error** is almost surely wrong. A wording with an error cannot be approved until it is
  mended, or until somebody accepts the finding with a reason:
  `medloc decide waive ARTICLE LOCALE --message ID --check NAME --reason WHY --as PERSON`.
  A waiver counts for exactly that wording of that sentence.
- A **warning** is shown to reviewers and blocks nothing. An **info** is quiet: it is only in
  `--format jsonl` and `--format sarif`.
- Findings never take down a page: what was approved stays published when a new check finds
  something in it; the command says so, and people decide.
- `policy.checks` in medloc.yaml re-grades a check or switches it off:
  `checks: {acronyms: error, length: off}`; `all` stands for those not named.
- Terms are in `locales/<locale>/glossary.yaml` (or `.csv`, `.tbx`): [translators](translator.md).
"""


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield HEAD
    measured = json.loads(MEASURED.read_text(encoding="utf-8"))
    languages = _languages()
    yield from _checks_table(measured["checks"], languages)
    yield from _languages_part(languages)
    yield from _measured_part(measured)


def _languages() -> dict[str, str]:
    """Languages with a data file: code -> English name."""
    codes = sorted(path.stem for path in DATA.glob("*.yaml") if path.stem.isalpha())
    return {code: str((lexicon(code).data or {}).get("name", code)) for code in codes}


def _checks_table(found: dict[str, list[int]], languages: dict[str, str]) -> Iterator[str]:
    yield "## What each finds\n"
    yield (
        "*Found* are injected errors of the development data that the check stops at, *alarms* "
        "clean sentences it stops at.\n"
    )
    group = ""
    for check in ALL_CHECKS:
        if check.group != group:
            group = check.group
            yield f"\n### {group.capitalize()}\n"
            yield "| Check | Severity | Finds | Languages | Found | Alarms |"
            yield "|---|---|---|---|--:|--:|"
        hits, alarms = found.get(check.name, (0, 0))
        yield (
            f"| `{check.name}` | {_grades(check)} | {check.finds} | "
            f"{_served(check, languages)} | {hits} | {alarms} |"
        )


def _grades(check: Check | CatalogCheck) -> str:
    """How its findings are graded: as the registry says, and as its own code says of some."""
    code = Path(inspect.getsourcefile(check.run) or "").read_text(encoding="utf-8")
    own = [s.value for s in Severity if f"Severity.{s.name}" in code and s is not check.severity]
    return " or ".join([check.severity.value, *own])


def _served(check: Check | CatalogCheck, languages: dict[str, str]) -> str:
    """The languages a check works in."""
    if isinstance(check, CatalogCheck) or not check.needs:
        return "any"
    able = [code for code in languages if lexicon(code).tables >= set(check.needs)]
    if len(able) == len(languages):
        return "those below"
    missing = [code for code in languages if code not in able]
    return f"those below but {', '.join(missing)}" if len(missing) < 6 else ", ".join(able)


def _languages_part(languages: dict[str, str]) -> Iterator[str]:
    yield "\n## Languages\n"
    names = ", ".join(f"{name} ({code})" for code, name in sorted(languages.items()))
    yield (
        f"Full data: {names}. In every other language of CLDR the checks marked *any* work; "
        "numbers, units and months come from CLDR; `medloc check` says which checks stay silent."
    )


def _measured_part(measured: dict) -> Iterator[str]:  # type: ignore[type-arg]
    def percent(share: float) -> str:
        return f"{100 * share:.1f} %"

    yield "\n## What was measured\n"
    yield (
        f"On development data ({measured['errors']:,} injected errors of {len(measured['kinds'])} "
        f"kinds, {measured['clean']} clean sentence pairs, "
        f"{', '.join(sorted(measured['languages']))}): errors and warnings find "
        f"**{percent(measured['recall'])}** (mean over kinds) with {percent(measured['alarms'])} "
        f"false alarms; errors alone {percent(measured['sure_recall'])} with "
        f"{percent(measured['sure_alarms'])}. Measure again: "
        "`make bench-checks DATA=folder`.\n"
    )
    yield "| Injected error | Found | of |"
    yield "|---|--:|--:|"
    for kind, (share, count) in measured["kinds"].items():
        yield f"| {kind.replace('_', ' ')} | {percent(share)} | {count} |"
    yield "\n| Language | Found | False alarms |"
    yield "|---|--:|--:|"
    for code, (share, _, alarms) in measured["languages"].items():
        yield f"| {code} | {percent(share)} | {percent(alarms)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")
