"""Front matter: found, read as strings, and typed key by key."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from medloc.articles.slugs import slug_problem, suggested_slug
from medloc.errors import ArticleError
from medloc.markdown.characters import describe, forbidden_character
from medloc.markdown.links import forbidden_scheme
from medloc.model import LocaleLink, Quantity
from medloc.phrases import Phrase, phrase
from medloc.yaml_text import YamlList, YamlMapping, YamlText, YamlValue, read_mapping

_FENCE = re.compile(r"---[ \t]*\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,12})?", re.ASCII)
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_LABEL = re.compile(r"[a-z0-9][a-z0-9_-]*")
_QUANTITY_ADVICE = phrase(
    "Write `{value: 5, unit: milligram}`, `{from: 5, to: 8, unit: hertz}` or `{date: ...}`."
)
_OTHER_FORMATS = {"+++": "TOML", "{": "JSON"}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The typed front matter. `fields` are the translatable texts in the order of the settings,
    each with its line; `body_line` is the file's line on which the body begins."""

    title: str
    slug: str
    fields: tuple[tuple[str, str, int], ...]
    aliases: tuple[str, ...] = ()
    reviewed: dt.date | None = None
    review_by: dt.date | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    links: Mapping[str, LocaleLink] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    body_line: int = 1


def split_front_matter(text: str, *, path: str) -> tuple[str, str, int]:
    """Front matter, body, and the line on which the body begins; both may be empty.

    Raises ArticleError when the front matter is never closed.
    """
    opening = _FENCE.match(text) or re.match(r"---[ \t]*\Z", text)
    if opening is None:
        return "", text, 1
    closing = _END.search(text, opening.end())
    if closing is None:
        raise ArticleError(
            phrase("the front matter is opened here and never closed."),
            path=path,
            line=1,
            advice=phrase("End it with a line `---` before the text begins."),
        )
    body_line = text.count("\n", 0, closing.end()) + 1
    return text[opening.end() : closing.start()], text[closing.end() :], body_line


def read_front_matter(
    text: str, *, path: str, slug: str, translate_fields: tuple[str, ...], body_line: int
) -> FrontMatter:
    """Read and type front matter. `slug` is the one that the file's place gives.

    Raises ArticleError with the line of the key that cannot be used.
    """
    root = _Node(read_mapping(text, path=path, first_line=2, error=ArticleError), path)
    root.check_values()
    title = root.text("title")
    if not title:
        raise root.trouble(
            "title", phrase("the article has no title"), phrase("Add a line `title: ...`.")
        )
    fields = [(name, root.text(name), root.line(name)) for name in translate_fields]
    return FrontMatter(
        title=title,
        slug=_slug(root, slug),
        fields=tuple(entry for entry in fields if entry[1]),
        aliases=_aliases(root),
        reviewed=root.date("reviewed"),
        review_by=root.date("review_by"),
        codes=root.texts("codes"),
        quantities=_quantities(root),
        links=_links(root),
        lines=root.mapping.lines,
        body_line=body_line,
    )


def missing_front_matter(body: str, *, path: str) -> ArticleError:
    """The error for a file that does not begin with `---`."""
    start = body.lstrip()
    other = next((name for sign, name in _OTHER_FORMATS.items() if start.startswith(sign)), "")
    found = (
        phrase("{other} front matter was found", other=other)
        if other
        else phrase("the article has no front matter")
    )
    return ArticleError(
        phrase("{found}, so it has no title.", found=found),
        path=path,
        line=1,
        advice=phrase("Begin the file with three lines: `---`, `title: ...`, `---`."),
    )


class _Node:
    """A mapping of the front matter being typed; `name` is where it stands (`quantities.dose`)."""

    def __init__(self, mapping: YamlMapping, path: str, name: str = "") -> None:
        self.mapping, self.path, self.name = mapping, path, name

    def line(self, key: str) -> int:
        return self.mapping.lines.get(key, self.mapping.line)

    def trouble(self, key: str, found: str, advice: str, *, line: int = 0) -> ArticleError:
        where = ".".join(part for part in (self.name, key) if part)
        line = line or self.line(key)
        return ArticleError(
            Phrase("{where}: {found}.", {"where": where, "found": found}),
            path=self.path,
            line=line,
            advice=advice,
        )

    def text(self, key: str) -> str:
        """A text on one line, empty when the key is missing."""
        value = self.mapping.get(key)
        if value is None:
            return ""
        if not isinstance(value, YamlText):
            raise self.trouble(
                key,
                phrase("a text was expected, not {shape}", shape=_shape(value)),
                phrase("Put the text in quotes."),
            )
        return " ".join(value.split())

    def date(self, key: str) -> dt.date | None:
        """A day as year-month-day."""
        text = self.text(key)
        if not text:
            return None
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise self.trouble(
                key,
                phrase("`{text}` is not a day of the calendar", text=text),
                phrase("Write it as 2026-03-01."),
            ) from None

    def texts(self, key: str) -> Mapping[str, str]:
        """A mapping of texts."""
        node = self.node(key)
        return {name: node.text(name) for name in node.mapping} if node else {}

    def node(self, key: str) -> _Node | None:
        """The mapping below a key, None when the key is missing or empty."""
        value = self.mapping.get(key)
        if value is None or value == "":
            return None
        if not isinstance(value, YamlMapping):
            raise self.trouble(
                key,
                phrase("a mapping was expected, not {shape}", shape=_shape(value)),
                phrase("Write `name: ...` below it."),
            )
        return _Node(value, self.path, f"{self.name}.{key}" if self.name else key)

    def check_values(self) -> None:
        """Refuse invisible characters anywhere, and impossible dates under any key."""
        waiting: list[YamlValue] = [self.mapping]
        while waiting:
            value = waiting.pop()
            if isinstance(value, YamlMapping):
                for key, below in value.items():
                    self._check_text(key, value.lines.get(key, value.line))
                    waiting.append(below)
            elif isinstance(value, YamlList):
                waiting.extend(value)
            else:
                self._check_text(value, value.line)
        for key, value in self.mapping.items():
            if isinstance(value, YamlText) and _DATE.fullmatch(value.strip()):
                self.date(key)

    def _check_text(self, text: str, line: int) -> None:
        character = forbidden_character(text, markup=False)
        if character:
            raise ArticleError(
                phrase(
                    "the front matter holds the character {character}.",
                    character=describe(character),
                ),
                path=self.path,
                line=line,
                advice=phrase("Remove it."),
            )


def _slug(root: _Node, slug: str) -> str:
    written = root.text("slug")
    problem = slug_problem(written or slug)
    if not problem:
        return written or slug
    suggestion = suggested_slug(written or slug)
    if written:
        raise root.trouble(
            "slug",
            phrase("`{written}` is no slug: {problem}", written=written, problem=problem),
            phrase("Write `slug: {suggestion}`.", suggestion=suggestion),
        )
    raise ArticleError(
        phrase("the file name {slug} gives no slug: {problem}.", slug=f"{slug!a}", problem=problem),
        path=root.path,
        line=1,
        advice=phrase(
            "Rename the file, or add a line `slug: {suggestion}`.", suggestion=suggestion
        ),
    )


def _aliases(root: _Node) -> tuple[str, ...]:
    value = root.mapping.get("aliases")
    if value is None or value == "":
        return ()
    if not isinstance(value, YamlList) or not all(isinstance(one, YamlText) for one in value):
        raise root.trouble(
            "aliases",
            phrase("a list was expected, not {shape}", shape=_shape(value)),
            phrase("Write `aliases: [old-slug]`."),
        )
    for alias in value:
        problem = slug_problem(str(alias))
        if problem:
            raise root.trouble(
                "aliases",
                phrase("`{alias}` is no slug: {problem}", alias=alias, problem=problem),
                phrase("Write `{slug}`.", slug=suggested_slug(str(alias))),
                line=alias.line,
            )
    return tuple(dict.fromkeys(str(alias) for alias in value))


def _quantities(root: _Node) -> Mapping[str, Quantity]:
    node = root.node("quantities")
    return {name: _quantity(node, name) for name in node.mapping} if node else {}


def _quantity(parent: _Node, name: str) -> Quantity:
    if _NAME.fullmatch(name) is None:
        raise parent.trouble(
            name,
            phrase("this is no name for a quantity"),
            phrase("Use a-z, 0-9 and `_`, a letter first."),
        )
    node = parent.node(name)
    keys = frozenset(node.mapping) if node else frozenset()
    if node and keys == {"date"}:
        day = node.date("date")
        if day is not None:
            return Quantity(name, date=day)
    if node and keys - {"unit"} == {"value"}:
        return Quantity(name, _number(node, "value"), unit=_unit(node))
    if node and keys - {"unit"} == {"from", "to"}:
        lower, upper = _number(node, "from"), _number(node, "to")
        if Decimal(lower) >= Decimal(upper):
            raise node.trouble(
                "to",
                phrase("`{upper}` is not more than `{lower}`", upper=upper, lower=lower),
                phrase("Write the smaller number first."),
            )
        return Quantity(name, lower, upper, _unit(node))
    found = ", ".join(f"`{key}`" for key in sorted(keys)) or phrase("no keys")
    raise parent.trouble(
        name, phrase("{found} cannot be read as a quantity", found=found), _QUANTITY_ADVICE
    )


def _number(node: _Node, key: str) -> str:
    text = node.text(key)
    if _NUMBER.fullmatch(text) is None:
        raise node.trouble(
            key,
            phrase("`{text}` is no number", text=text),
            phrase(
                "Write digits with a point before the decimals and nothing between thousands: "
                "1500.25."
            ),
        )
    return text


def _unit(node: _Node) -> str:
    unit = node.text("unit")
    if "unit" in node.mapping and not unit:
        raise node.trouble(
            "unit", phrase("the unit is empty"), phrase("Name it, or take the key out.")
        )
    if any(sign in unit for sign in "{}<>\"'`"):
        raise node.trouble(
            "unit",
            phrase("`{unit}` is no unit", unit=unit),
            phrase("Write a CLDR id (milligram) or a key of units.yaml."),
        )
    return unit


def _links(root: _Node) -> Mapping[str, LocaleLink]:
    node = root.node("links")
    return {label: _link(node, label) for label in node.mapping} if node else {}


def _link(parent: _Node, label: str) -> LocaleLink:
    if _LABEL.fullmatch(label) is None:
        raise parent.trouble(
            label, phrase("this is no label"), phrase("Use a-z, 0-9, `-` and `_`.")
        )
    node = parent.node(label)
    if node is None or not node.text("default"):
        raise parent.trouble(
            label,
            phrase("the address for all other locales is missing"),
            phrase("Add `default: ...` below it."),
        )
    addresses = {locale: node.text(locale) for locale in node.mapping}
    for locale, address in addresses.items():
        scheme = forbidden_scheme(address)
        if scheme or not address or any(sign in address for sign in " <>"):
            found = (
                phrase("`{scheme}` addresses are refused", scheme=scheme)
                if scheme
                else phrase("`{address}` is no address", address=address)
            )
            raise node.trouble(locale, found, phrase("Write an https:, tel: or mailto: address."))
    default = addresses.pop("default")
    return LocaleLink(label, default, addresses)


def _shape(value: YamlValue) -> str:
    if isinstance(value, YamlText):
        return phrase("a text")
    return phrase("a list") if isinstance(value, YamlList) else phrase("a mapping")
