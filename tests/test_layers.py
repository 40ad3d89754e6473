"""The floors and the doors of ARCHITECTURE.md, read from the imports of every module.

Two tables say what may import what. A module that is in no table fails: name its floor first.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "tools" / "medloc"

# Floor -> rooms. A room is a module or a package directly below medloc.
FLOORS: dict[int, frozenset[str]] = {
    0: frozenset({"model", "errors", "phrases"}),
    1: frozenset(
        {
            "markdown",
            "yaml_text",
            "languages",
            "numerals",
            "quantities",
            "facts",
            "facts_data",
            "files",
            "cluster",
            "parallel",
            "private_file",
            "search_index",
            "watching",
        }
    ),
    2: frozenset(
        [
            "accounts",
            "articles",
            "catalogs",
            "checks",
            "glossary",
            "index",
            "merge",
            "ledger",
            "standing",
            "leaflet_pdf",
            "release",
            "render",
            "site",
            "theme",
            "settings",
        ]
    ),
    3: frozenset({"workflow"}),
    4: frozenset({"cli"}),
    5: frozenset({"__main__"}),
}

# Outside package -> the modules that may import it.
DOORS: dict[str, frozenset[str]] = {
    "argon2": frozenset({"accounts"}),
    "babel": frozenset({"languages", "quantities", "release", "theme"}),
    "distributed": frozenset({"cluster"}),
    "filelock": frozenset({"files"}),
    "jinja2": frozenset({"theme"}),
    "msgspec": frozenset({"ledger"}),
    "num2words": frozenset({"checks"}),
    "pagefind_bin": frozenset({"search_index"}),
    "polib": frozenset({"catalogs"}),
    "pyromark": frozenset({"markdown"}),
    "rapidfuzz": frozenset({"merge"}),
    "review_app": frozenset({"cli"}),
    "rich": frozenset({"cli"}),
    "segno": frozenset({"leaflet_pdf"}),
    "sqlalchemy": frozenset({"ledger"}),
    "typer": frozenset({"cli"}),
    "watchfiles": frozenset({"watching"}),
    "weasyprint": frozenset({"leaflet_pdf"}),
    "yaml": frozenset({"yaml_text"}),
}

# Imported only inside functions: `medloc --help` must not pay for them.
HEAVY = frozenset({"sqlalchemy", "streamlit", "review_app", "rich", "segno", "weasyprint"})

# Rooms that may import a neighbour, and why.
NEIGHBOURS: dict[str, frozenset[str]] = {
    "errors": frozenset({"phrases"}),  # what was found and what to do are phrases
    "model": frozenset({"phrases"}),  # so is a notice
}

FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports_of(path: Path) -> list[tuple[str, bool]]:
    """(module, whether at the top of the file) of every import; type-checking ones left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test)
        for node in ast.walk(block)
    }
    found: list[tuple[str, bool]] = []
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found += [(alias.name, node in tree.body) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write imports in full"
            if node.module == "medloc":
                found += [(f"medloc.{alias.name}", node in tree.body) for alias in node.names]
            else:
                found.append((node.module or "", node in tree.body))
    return found


def floor_of(room: str) -> int:
    floors = [floor for floor, rooms in FLOORS.items() if room in rooms]
    assert len(floors) == 1, f"{room} stands on no floor (or two): add it to FLOORS"
    return floors[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down_and_through_doors(path: Path) -> None:
    room, floor = room_of(path), floor_of(room_of(path))
    for module, at_top in imports_of(path):
        top, *rest = module.split(".")
        if top == "medloc":
            if not rest or rest[0] in (room, "__version__"):
                continue
            other = floor_of(rest[0])
            neighbour = rest[0] in NEIGHBOURS.get(room, frozenset())
            below = other < floor or (floor == other == 1)  # doors may use each other
            assert below or neighbour, f"{path.name}: {room} (floor {floor}) imports {rest[0]}"
        elif top not in sys.stdlib_module_names:
            assert floor > 0, f"{path.name}: the ground floor uses the standard library only"
            assert room in DOORS.get(top, frozenset()), f"{path.name}: {top} has another door"
            if top in HEAVY:
                assert not at_top, f"{path.name}: import {top} inside the function that needs it"


def test_every_door_is_used() -> None:
    used = {
        (module.split(".")[0], room_of(path)) for path in FILES for module, _ in imports_of(path)
    }
    for package, rooms in DOORS.items():
        for room in rooms:
            assert (package, room) in used, f"{room} does not import {package}: shut that door"


def test_no_file_name_is_empty_of_meaning() -> None:
    for path in FILES:
        assert path.stem not in {"utils", "helpers", "common", "manager", "misc"}, path
