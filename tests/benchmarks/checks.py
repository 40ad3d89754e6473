"""`make bench-checks DATA=folder`: injected errors that `medloc check` finds, and false alarms.

The folder holds `clean/*.po`, `errors/*.po`, `glossary/<language>.csv` and `key.json`; `score.py`
beside the folder compares the findings with the key. The consistency checks are left out: error
files repeat a source with several translations, so they would find errors by accident.
`--record` keeps the figures that docs/checks.md shows.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MEASURED = HERE / "checks_measured.json"
LEFT_OUT = frozenset({"same-source", "same-wording"})
SEEN = ("error", "warning")


def main() -> None:
    """Check, score, print, and keep the figures when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a folder as described above")
    parser.add_argument("--record", action="store_true", help=f"write {MEASURED.name}")
    arguments = parser.parse_args()
    data: Path = arguments.data
    started = time.perf_counter()
    findings = [f for f in _findings(data) if f["check"] not in LEFT_OUT]
    seconds = time.perf_counter() - started
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "findings.jsonl")
        file.write_text("".join(json.dumps(f) + "\n" for f in findings), encoding="utf-8")
        print(_score(data, file), flush=True)
        print("\nErrors alone:")
        print("\n".join(_score(data, file, "--errors-only").splitlines()[:2]))
        print(f"\n{seconds:.1f} s for {len(_files(data))} files, a process for each language")
        if arguments.record:
            _record(data, findings, file)


def _files(data: Path) -> list[Path]:
    return sorted(data.glob("*/*.po"))


def _findings(data: Path) -> list[dict[str, Any]]:
    """What the command line says of every file, language by language with its glossary."""
    found: list[dict[str, Any]] = []
    by_language: dict[str, list[Path]] = defaultdict(list)
    for path in _files(data):
        by_language[path.stem.split("-")[0]].append(path.resolve())
    with tempfile.TemporaryDirectory() as outside:  # in no content project
        for language, paths in by_language.items():
            command = [sys.executable, "-m", "medloc", "check", "--format", "jsonl"]
            glossary = (data / "glossary" / f"{language}.csv").resolve()
            if glossary.is_file():
                command += ["--glossary", str(glossary)]
            command += ["--locale", language, *map(str, paths)]
            done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=outside)
            if done.returncode not in (0, 1):
                raise SystemExit(done.stderr)
            found += [json.loads(line) for line in done.stdout.splitlines()]
    return found


def _score(data: Path, findings: Path, *options: str) -> str:
    command = [sys.executable, str(data / ".." / "score.py"), str(data / "key.json")]
    done = subprocess.run(
        [*command, str(findings), *options], capture_output=True, text=True, check=True
    )
    return done.stdout


def _record(data: Path, findings: list[dict[str, Any]], file: Path) -> None:
    """Keep what docs/checks.md shows."""
    both = json.loads(_score(data, file, "--json"))
    sure = json.loads(_score(data, file, "--json", "--errors-only"))
    recall, alarm = both["recall"], both["alarm"]
    named = {
        part: {
            name.removeprefix(f"{part} "): [round(share, 3), count]
            for name, (share, count) in sorted(recall.items())
            if name.startswith(f"{part} ")
        }
        for part in ("kind", "group", "lang")
    }
    measured = {
        "clean": alarm["all"][1],
        "errors": recall["all"][1],
        "recall": round(recall["macro"][0], 3),
        "alarms": round(alarm["all"][0], 3),
        "sure_recall": round(sure["recall"]["macro"][0], 3),
        "sure_alarms": round(sure["alarm"]["all"][0], 3),
        "kinds": named["kind"],
        "groups": named["group"],
        "languages": {
            name: [*value, round(alarm[f"lang {name}"][0], 3)]
            for name, value in named["lang"].items()
        },
        "checks": _by_check(data, findings),
    }
    MEASURED.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {MEASURED.name}; now: make docs")


def _by_check(data: Path, findings: list[dict[str, Any]]) -> dict[str, list[int]]:
    """Each check: injected errors it finds, and clean random pairs it stops at."""
    key = json.loads((data / "key.json").read_text(encoding="utf-8"))
    seen: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        if finding["severity"] in SEEN:
            seen[finding["msgctxt"]].add(finding["check"])
    found: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    for error in key["errors"]:
        found.update(seen[error["id"]] - seen[error["clean"]])
    for clean in key["clean"]:
        if clean["stratum"] == "random":
            alarms.update(seen[clean["id"]])
    return {name: [found[name], alarms[name]] for name in sorted({*found, *alarms})}


if __name__ == "__main__":
    main()
