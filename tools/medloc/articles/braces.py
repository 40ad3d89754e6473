"""Braces in texts of articles that declare quantities: every `{name}` is one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from medloc.errors import ArticleError
from medloc.phrases import phrase


def check_placeholders(
    text: str, names: Sequence[str], declared: Mapping[str, object], *, path: str, line: int
) -> None:
    """Refuse `{name}` that no quantity declares, and other braces beside a quantity."""
    for name in names:
        if name not in declared:
            raise ArticleError(
                phrase(
                    "`{{{name}}}` is not declared under `quantities` of this article.", name=name
                ),
                path=path,
                line=line,
                advice=phrase(
                    "Declare it, or write one of: {declared}.", declared=", ".join(declared)
                ),
            )
    rest = text
    for name in names:
        rest = rest.replace(f"{{{name}}}", "")
    if names and ("{" in rest or "}" in rest):
        raise ArticleError(
            phrase(
                "a text with a quantity holds other braces too, which translation tools would take "
                "for quantities."
            ),
            path=path,
            line=line,
            advice=phrase("Write `&#123;` for `{` and `&#125;` for `}` there."),
        )
