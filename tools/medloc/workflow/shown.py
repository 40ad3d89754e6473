"""Which pages of the standing site show a wording, by the proofs that lie beside them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from medloc.model import Pair
from medloc.workflow.project import Project, digest


@dataclass(frozen=True, slots=True)
class Showing:
    """A page with the wording on it: its path in the project, and "current" or "last_good"."""

    path: str
    edition: str


def shown_on(project: Project, pair: Pair) -> tuple[Showing, ...]:
    """The page of the site as it lies in its folder that shows exactly this pair, if any.

    The proof is believed: `medloc verify` proves it.
    """
    tag = pair.locale.replace("_", "-")
    folder = f"{project.settings.site.output}/{tag}/{pair.article}"
    proof = _proof(project, f"{folder}/proof.json")
    messages = proof.get("messages")
    line = (pair.context, digest(pair.source), digest(pair.target))
    for message in messages if isinstance(messages, list) else ():
        if isinstance(message, dict) and _line(message) == line:
            edition = str(proof.get("edition", "current"))
            return (Showing(f"{folder}/index.html", edition),)
    return ()


def _line(message: dict[str, Any]) -> tuple[object, object, object]:
    return message.get("context"), message.get("source"), message.get("target")


def _proof(project: Project, name: str) -> dict[str, Any]:
    try:
        value = json.loads((project.root / name).read_bytes())
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
