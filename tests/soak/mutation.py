"""`make mutants`: change the code that must be perfect, one small thing at a time, and see that a
test notices. Nothing is written but what is asked for: every mutant lives in a forked process.

python -m tests.soak.mutation AREA [--sample N] [--out FILE] [--only FILE] [--modules A,B]

Tests run in the order of what they cost, and only those that reach the changed lines. A mutant is
killed when one fails, or needs five times its CPU time and three seconds more. `--out` keeps
survivors, one JSON a line; `--only` tries again those that such a file names.
"""

from __future__ import annotations

import argparse
import ast
import gc
import importlib
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tests.soak.mutants import Mutant, mutants
from tests.soak.record import ROOT, record

_STANDING = ["tests/test_standing.py", "tests/test_standing_laws.py"]
_EDITIONS = ["tests/test_editions.py", "tests/test_recalls.py", "tests/test_decide.py"]
_VERIFY = ["tests/test_verify.py", "tests/test_verify_governed.py", "tests/test_tampers.py"]
AREAS: dict[str, tuple[list[str], list[str]]] = {
    "fold": (
        ["medloc.standing.folding", "medloc.standing.judging", "medloc.standing.entitlement"],
        [*_STANDING, *_EDITIONS],
    ),
    "gate": (
        [f"medloc.workflow.{name}" for name in ("gate", "gates", "editions", "safety_edits")],
        [*_EDITIONS, "tests/test_site.py"],
    ),
    "grammar": (
        ["medloc.catalogs.grammar", "medloc.catalogs.canonical"],
        ["tests/test_catalogs.py", "tests/test_bad_input.py"],
    ),
    "verify": (
        [
            f"medloc.workflow.verify.{path.stem}"
            for path in sorted((ROOT / "tools/medloc/workflow/verify").glob("[a-z]*.py"))
        ],
        _VERIFY,
    ),
    "verify_site": (["verify_site"], ["tests/test_verify_site.py", *_VERIFY[1:]]),
}
_LIMIT = 900  # seconds by the clock, whatever else the machine does


class Mutation:
    """A pytest plugin that runs, instead of the tests, every mutant against them."""

    def __init__(
        self, area: str, sample: int, only: set[tuple[str, int, str]] | None, dearest: float
    ) -> None:
        self.names, self.sample, self.only = AREAS[area][0], sample, only
        self.dearest = dearest
        self.tried: list[tuple[str, Mutant]] = []
        self.survived: list[dict[str, object]] = []
        self.reached: dict[str, dict[str, set[int]]] = {}
        self.cost: dict[str, float] = {}
        self.kills: Counter[str] = Counter()

    def pytest_configure(self) -> None:
        from hypothesis import Phase, settings  # pytest wants to see the import itself

        same = settings.get_profile("suite")
        phases = (Phase.explicit, Phase.generate)
        fast = settings(same, derandomize=True, database=None, phases=phases)
        settings.register_profile("mutants", fast)
        settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        loaded = [importlib.import_module(name) for name in self.names]
        self.modules = {str(module.__file__): module for module in loaded}
        trees = {file: ast.parse(Path(file).read_text("utf-8")) for file in self.modules}
        every = [(file, one) for file, tree in trees.items() for one in mutants(tree)]
        for file, mutant in every:
            if mutant.scope in _called_on_import(trees[file]):
                mutant.scope = ""  # what it gave is what counts
        if self.only is not None:
            every = [(f, m) for f, m in every if (Path(f).name, m.lines[0], m.what) in self.only]
        if self.sample:
            every = random.Random(1).sample(every, min(self.sample, len(every)))
        self.tried = every
        self.live = {file: _functions(module) for file, module in self.modules.items()}
        gc.freeze()  # what is here by now is never copied for a child
        _say(f"{len(every)} mutants")
        alive = dict(enumerate(every))
        for items in _by_module(session.items):
            self._baseline(items)
            before = len(alive)
            for number, (file, mutant) in list(alive.items()):
                if number % 20 == 19:
                    _say(f"{number} tried, {len(alive)} of {before} alive or not tried")
                chosen = self._reaching(items, file, mutant)
                if chosen and self._is_killed(chosen, file, mutant, trees[file]):
                    del alive[number]
                else:
                    _say(f"{number} alive: {Path(file).name}:{mutant.lines[0]}: {mutant.what}")
            _say(f"{items[0].nodeid.split('::')[0]}: {before} -> {len(alive)} alive")
            # Were it the world that went bad, and not the mutants, this would be "killed", too.
            sound = [item for item in items if item.nodeid in self.reached]
            assert not sound or not self._is_killed(sound[:9], "", None, None), "control failed"
            runtestprotocol(items[-1], nextitem=None, log=False)
        self.survived = [self._row(file, mutant) for file, mutant in alive.values()]
        return True

    def _baseline(self, items: list[pytest.Item]) -> None:
        """Run the tests as they are: what they cost and which lines they reach. What they share
        stays set up, for all mutants."""
        for item in items:
            lines: dict[str, set[int]] = {file: set() for file in self.modules}

            def local(frame: FrameType, event: str, arg: Any, lines: Any = lines) -> Any:
                if event == "line":
                    lines[frame.f_code.co_filename].add(frame.f_lineno)
                return local

            def traced(frame: FrameType, event: str, arg: Any, local: Any = local) -> Any:
                return local if frame.f_code.co_filename in self.modules else None

            started = time.process_time()
            sys.settrace(traced)
            reports = runtestprotocol(item, nextitem=item, log=False)
            sys.settrace(None)
            self.cost[item.nodeid] = time.process_time() - started
            if all(report.passed for report in reports):
                self.reached[item.nodeid] = lines
            elif any(report.failed for report in reports):
                why = "".join(str(one.longrepr) for one in reports if one.failed)
                _say(f"does not pass unchanged: {item.nodeid}\n{why[-1500:]}")
            _unset(item)

    def _reaching(self, items: list[pytest.Item], file: str, mutant: Mutant) -> list[pytest.Item]:
        lines = set(mutant.lines)
        found = [
            item
            for item in items
            if item.nodeid in self.reached
            and self.cost[item.nodeid] < self.dearest
            and (not mutant.scope or lines & self.reached[item.nodeid][file])
        ]
        # Who has killed often, and cheaply, goes first.
        return sorted(
            found, key=lambda item: self.cost[item.nodeid] / (1 + self.kills[item.nodeid])
        )

    def _is_killed(
        self, items: list[pytest.Item], file: str, mutant: Mutant | None, tree: ast.Module | None
    ) -> bool:
        child = os.fork()
        if not child:
            os._exit(self._child(items, file, mutant, tree))
        status = os.waitpid(child, 0)[1]
        if os.WIFEXITED(status) and 0 < os.WEXITSTATUS(status) < len(items):
            self.kills[items[os.WEXITSTATUS(status) - 1].nodeid] += 1
        return status != 0

    def _child(
        self, items: list[pytest.Item], file: str, mutant: Mutant | None, tree: ast.Module | None
    ) -> int:
        try:
            os.dup2(os.open(os.devnull, os.O_RDWR), 1)
            os.dup2(1, 2)
            signal.alarm(_LIMIT)
            if mutant is not None and tree is not None:
                mutant.apply()
                code = compile(ast.fix_missing_locations(tree), file, "exec")
                _install(code, mutant.scope, self.modules[file], self.live[file])
            for place, item in enumerate(items, 1):
                limit = time.process_time() + 3 + 5 * self.cost[item.nodeid]
                resource.setrlimit(resource.RLIMIT_CPU, (int(limit), -1))
                reports = runtestprotocol(item, nextitem=item, log=False)
                if any(report.failed for report in reports):
                    return min(place, 255)
                _unset(item)
        except BaseException:
            return 255
        return 0

    def _row(self, file: str, mutant: Mutant) -> dict[str, object]:
        unreached = not any(set(mutant.lines) & seen[file] for seen in self.reached.values())
        row = {"file": Path(file).name, "line": mutant.lines[0], "what": mutant.what}
        return row | {"scope": mutant.scope, "unreached": unreached}


def _by_module(items: list[pytest.Item]) -> Iterator[list[pytest.Item]]:
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.nodeid.split("::")[0], []).append(item)
    yield from files.values()


def _unset(item: pytest.Item) -> None:
    """Take down what belongs to the item alone, leave what it shares with its module."""
    state = item.session._setupstate
    if item in state.stack:
        _, (finalizers, _) = state.stack.popitem()
        while finalizers:
            finalizers.pop()()


def _install(
    code: CodeType, scope: str, module: ModuleType, live: dict[str, list[FunctionType]]
) -> None:
    """Put a changed module in place: code of functions, or values of constants and defaults."""
    if scope:
        [new] = [one for one in _codes(code) if one.co_qualname == scope]
        assert live[scope]
        for function in live[scope]:
            function.__code__ = new
        return
    fresh: dict[str, Any] = {"__name__": module.__name__, "__file__": module.__file__}
    exec(code, fresh)
    for name, value in fresh.items():
        if name.startswith("__") or isinstance(value, type | ModuleType):
            continue
        old = vars(module).get(name)
        if isinstance(value, FunctionType) and isinstance(old, FunctionType):
            old.__defaults__, old.__kwdefaults__ = value.__defaults__, value.__kwdefaults__
        elif not callable(value):
            for other in list(sys.modules.values()):
                if getattr(other, "__dict__", {}).get(name) is old:
                    setattr(other, name, value)


def _called_on_import(tree: ast.Module) -> set[str]:
    outside = [node for node in tree.body if isinstance(node, ast.Assign)]
    calls = [one for node in outside for one in ast.walk(node) if isinstance(one, ast.Call)]
    return {call.func.id for call in calls if isinstance(call.func, ast.Name)}


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _functions(module: ModuleType) -> dict[str, list[FunctionType]]:
    found: dict[str, list[FunctionType]] = {}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename == module.__file__:
            found.setdefault(one.__code__.co_qualname, []).append(one)
    return found


def _say(text: str) -> None:
    sys.__stderr__.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.__stderr__.flush()


def main(arguments: Iterable[str] | None = None) -> int:
    """Run an area and say who survived; 1 when fewer than 95 % were killed."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.mutation")
    parser.add_argument("area", choices=AREAS)
    parser.add_argument("--sample", type=int, default=0, help="so many mutants, by chance")
    parser.add_argument("--out", type=Path, help="keep the survivors here, one JSON a line")
    parser.add_argument("--only", type=Path, help="try again those of such a file")
    parser.add_argument("--dearest", type=float, default=6, help="CPU seconds a test may cost")
    parser.add_argument("--modules", help="some of the area's modules, by the end of their names")
    parser.add_argument("--tests", help="these files instead of the area's")
    said = parser.parse_args(arguments)
    only = None
    if said.only:
        rows = [json.loads(line) for line in said.only.read_text("utf-8").splitlines()]
        only = {(row["file"], row["line"], row["what"]) for row in rows}
    plugin = Mutation(said.area, said.sample, only, said.dearest)
    if said.modules:
        wanted = said.modules.split(",")
        plugin.names = [name for name in plugin.names if name.split(".")[-1] in wanted]
    os.chdir(ROOT)
    tests = said.tests.split(",") if said.tests else AREAS[said.area][1]
    plain = ["-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:faulthandler"]
    keep = [
        "-o",
        "tmp_path_retention_policy=failed",
        "-m",
        "not soak and not tools and not browser",
    ]
    # A base of its own: the numbered ones are cleared by whoever else runs pytest meanwhile.
    with tempfile.TemporaryDirectory(prefix="medloc-mutation-") as base:
        own = ["--basetemp", f"{base}/made", "-s", "-q", "--no-header"]
        pytest.main([*plain, *keep, *own, *tests], plugins=[plugin])
    if not plugin.tried:
        return 2
    size, alive = len(plugin.tried), len(plugin.survived)
    for row in plugin.survived:
        mark = "  (no test comes here)" if row["unreached"] else ""
        print(f"{row['file']}:{row['line']}: {row['what']}{mark}")
    if said.out:
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in plugin.survived)
        said.out.write_text("".join(lines), encoding="utf-8")
    killed = f"{100 * (size - alive) / max(size, 1):.1f} % killed"
    record(f"mutation: {said.area}", size=size, failures=alive, killed=killed)
    return int(alive > size * 0.05)


if __name__ == "__main__":
    sys.exit(main())
