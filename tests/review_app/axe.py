"""axe-core over a page: what it finds wrong, and what it cannot decide by itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

_RUN = """async ([known, rules]) => {
  const found = await axe.run(document, {
    resultTypes: ['violations', 'incomplete'], ...(rules && {runOnly: rules})});
  const explained = (rule, node) => known.some(([id, place]) =>
    id === rule && document.querySelector(node.target[0])?.matches(place));
  const rows = (kind, left) => found[kind].flatMap(rule =>
    rule.nodes.filter(node => left(rule.id, node)).map(node => [
      `${kind} ${rule.id}: ${node.target.flat().join(' ')}`, node.html.slice(0, 300),
      [...node.any, ...node.all, ...node.none].map(check => check.message).join('; '),
    ].join('\\n    ')));
  return [...rows('violations', () => true), ...rows('incomplete', (...it) => !explained(...it))];
}"""


def faults(
    page: Page, known: Mapping[tuple[str, str], str], *, rules: tuple[str, ...] = ()
) -> list[str]:
    """What axe-core finds on a page as it is: each violation, and what it leaves open where `known`
    ((rule, selector) -> why it is no fault) does not explain it. `rules`: only these."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    found: Any = page.evaluate(_RUN, [[list(one) for one in known], list(rules) or None])
    return [str(one) for one in found]


@cache
def _script() -> str:
    """The tests' own copy, pinned with its hash in the lock: nothing is fetched."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
