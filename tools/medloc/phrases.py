"""Sentences that know what they were made of, so that a screen can say them in another language.

A phrase is ordinary English text wherever text is wanted: on the command line, in JSON, in logs.
Beside it it keeps its template and its values, by which the app finds it in its catalogs.
"""

from __future__ import annotations

from collections.abc import Mapping


class Phrase(str):
    """An English text with the `template` and the `values` it was made of."""

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, str | int]

    def __new__(cls, template: str, values: Mapping[str, object]) -> Phrase:
        kept = {k: v if isinstance(v, (str, int)) else str(v) for k, v in values.items()}
        made = super().__new__(cls, template.format(**kept) if kept else template)
        made.template, made.values = template, kept
        return made

    def __str__(self) -> str:
        return self  # `str(phrase)` would be plain text otherwise

    def __getnewargs__(self) -> tuple[str, Mapping[str, object]]:  # type: ignore[override]
        return self.template, self.values


def phrase(template: str, /, **values: object) -> Phrase:
    """A sentence to be translated where it is shown; `{name}` stands for a value, which may be a
    phrase itself. Without values the text is taken as it is, braces too.

    >>> phrase("event {number}", number=3)
    'event 3'
    """
    return Phrase(template, values)


def together(*parts: str, between: str = " ") -> Phrase:
    """Phrases and other texts in a row, each to be translated by itself; empty ones are left out.

    >>> together(phrase("It is stale."), "", phrase("Translate it again."))
    'It is stale. Translate it again.'
    """
    values = {f"part{n}": part for n, part in enumerate(filter(None, parts))}
    return Phrase(between.join(f"{{{name}}}" for name in values), values)
