"""Ids of headings: the explicit ones checked, the others made from the text and told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from medloc.articles.slugs import heading_id, id_problem
from medloc.errors import ArticleError
from medloc.markdown import HeadingBlock
from medloc.model import Notice
from medloc.phrases import phrase


def heading_ids(blocks: Sequence[HeadingBlock], path: str) -> tuple[list[str], list[Notice]]:
    """The id of every heading in order, and notices for generated ids that had to be numbered.

    Explicit ids never move for another: they are all taken first. Raises ArticleError for an id
    that stands twice or that cannot be one.
    """
    lines: dict[str, int] = {}
    for block in blocks:
        if block.id:
            _check(block, lines, path)
            lines[block.id] = block.line
    ids: list[str] = []
    counts: dict[str, int] = {}
    repeated: dict[str, list[int]] = {}
    for block in blocks:
        name = free = block.id or heading_id(block.run.plain if block.run else "")
        while not block.id and free in lines:
            counts[name] = counts.get(name, 1) + 1
            free = f"{name}-{counts[name]}"
        if free != name:
            repeated.setdefault(name, []).append(block.line)
        lines[free] = block.line
        ids.append(free)
    return ids, [Notice(path, found[0], _told(name, found)) for name, found in repeated.items()]


def _told(name: str, lines: Sequence[int]) -> str:
    more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
    return (
        f"the id `{name}` is taken, so this heading gets a number behind it{more}; give it an id "
        "of its own: `{#id}` behind the heading, or `medloc ids --write`"
    )


def _check(block: HeadingBlock, lines: Mapping[str, int], path: str) -> None:
    problem = id_problem(block.id)
    if problem:
        raise ArticleError(
            phrase("`{{#{id}}}` cannot be an id.", id=block.id),
            path=path,
            line=block.line,
            advice=phrase(
                "An id holds letters, digits, `-`, `_` and `.` only (no `:` and no `|`)."
            ),
        )
    if block.id in lines:
        raise ArticleError(
            phrase(
                "the id `{id}` stands here a second time (first on line {line}).",
                id=block.id,
                line=lines[block.id],
            ),
            path=path,
            line=block.line,
            advice=phrase("Give one of the headings another id."),
        )
