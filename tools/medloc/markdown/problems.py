"""Says in plain words why a wording cannot stand for its source, and what to do about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from medloc.markdown.characters import FORBIDDEN_CLASS, describe, forbidden_character
from medloc.markdown.links import folded
from medloc.markdown.placeholders import placeholders
from medloc.markdown.structure import Part, Structure, inline_structure
from medloc.model import Article, Message

# Texts without any of these are words only: no structure to compare. `!` and `]` need a `[`.
_MARKUP = re.compile(rf"[\\`*_~\[<&{{\n\r{FORBIDDEN_CLASS}]")
_BARE_LINE_END = re.compile(r"(?<!\\)(?:\\\\)*\n")
_GLUED = re.compile(r"\d\{[^{}\s]+\}|\{[^{}\s]+\}\d")
_STARS = frozenset({"emphasis", "strong"})
_SHOWN = {"emphasis": "`*...*` (emphasis)", "strong": "`**...**` (strong)",
          "strikethrough": "`~~...~~` (strikethrough)"}  # fmt: skip
_MAX_LENGTH = 100_000
_MAX_REPORTED = 3


def wording_problem(article: Article, message: Message, wording: str) -> str:
    """Why `wording` cannot be published for a message of an article; empty when it can.

    Works on texts as in the catalog, before quantities are written out.
    """
    return structure_problem(
        message.text,
        wording,
        tail=article.skeleton.tail,
        links=frozenset(article.links),
        quantities=bool(article.quantities),
        plain=message.is_field,
    )


def written_problem(
    article: Article, wording: str, written: str, addresses: Mapping[str, str]
) -> str:
    """Why a wording means something else once it is written out; empty when it does not.

    `written` is `write_out(wording, ...)`, `addresses` what the per-locale links were resolved to.
    A number is no punctuation, so `a*{dose}*b` marks nothing and `a*5*b` does: what is rendered
    must have the very parts that were compared with the source.
    """
    if wording == written:
        return ""
    tail, links = article.skeleton.tail, frozenset(article.links)
    open_parts = inline_structure(wording, tail=tail, links=links, quantities=True)
    targets = {folded(label): address for label, address in addresses.items()}
    expected: Counter[Part] = Counter()
    for part, count in open_parts.parts.items():
        if part[0] == "locale-link" and len(part) == 2:
            expected["link", targets.get(part[1], ""), ""] += count
        elif part[0] != "placeholder":
            expected[part] += count
    found = inline_structure(written, tail=tail, links=links)
    if expected == Counter(found.parts) and open_parts.nests == found.nests:
        return ""
    return (
        "with its numbers and addresses written out, a mark beside them would mean something "
        "else: put a blank between the quantity or link and the `*`, `_` or `!` next to it."
    )


def structure_problem(
    source: str,
    wording: str,
    *,
    tail: str = "",
    links: frozenset[str] = frozenset(),
    quantities: bool = False,
    plain: bool = False,
) -> str:
    """Why a wording's structure differs from its source's, and what to do; empty when it is equal.

    `tail`, `links` and `quantities` are those of `inline_structure`; `plain` texts (front-matter
    fields) hold no Markdown.

    >>> structure_problem("Do **not** stop.", "No pare.")
    'the wording drops `**...**` (strong): put it back.'
    >>> structure_problem("See [WHO](https://who.int).", "Ver [OMS](https://oms.int).")
    'the wording changes the link to https://who.int into https://oms.int: write the address of \
the source.'
    """
    if not wording or wording.isspace():
        return "the wording is empty: write one."
    if _MARKUP.search(wording) is None and _MARKUP.search(source) is None:
        return ""
    trouble = _character_problem(wording, plain=plain)
    if trouble:
        return trouble
    if plain:
        return _placeholder_problem(source, wording) if quantities else ""
    if quantities:
        glued = _GLUED.search(wording)
        if glued and not _GLUED.search(source):
            return (
                f"a digit stands right beside a quantity (`{glued[0]}`): written out they would be "
                "one number; put a blank between them."
            )
    wanted = inline_structure(source, tail=tail, links=links, quantities=quantities)
    found = inline_structure(wording, tail=tail, links=links, quantities=quantities)
    if found.trouble:
        return f"in the wording, {found.trouble}: take it out of there."
    if not found.shows and wanted.shows:
        return "the wording shows no text: write one."
    if found.parts != wanted.parts:
        return _difference(wanted, found)
    if wanted.nests and not found.nests:
        return (
            "the tags of the wording do not close in the order in which they opened: close each "
            "one inside the part where it opened, as the source does."
        )
    return ""


def _character_problem(wording: str, *, plain: bool) -> str:
    character = forbidden_character(wording, markup=not plain)
    if character:
        return f"the wording holds the character {describe(character)}: remove it."
    if plain and "\n" in wording:
        return "the wording holds a line end: write this text on one line."
    if "\n" in wording and _BARE_LINE_END.search(wording):
        return (
            "the wording holds a line end that is no line break: write a blank instead, or a "
            "backslash before it where the source has one."
        )
    if len(wording) > _MAX_LENGTH:
        return f"the wording has more than {_MAX_LENGTH} characters: shorten it."
    return ""


def _placeholder_problem(source: str, wording: str) -> str:
    wanted, found = Counter(placeholders(source)), Counter(placeholders(wording))
    if wanted == found:
        return ""
    return _report(
        {("placeholder", name): count for name, count in (wanted - found).items()},
        {("placeholder", name): count for name, count in (found - wanted).items()},
    )


def _difference(wanted: Structure, found: Structure) -> str:
    before, after = Counter(wanted.parts), Counter(found.parts)
    dropped, added = before - after, after - before
    text = _report(dropped, added)
    if found.literal_stars and any(part[0] in _STARS for part in dropped):
        text += (
            " A `*` that stands between a letter and punctuation (or a brace) marks nothing: "
            "move the punctuation outside `**`, or write <strong>...</strong> (<em>...</em> for "
            "`*`)."
        )
    return text


def _report(dropped: Mapping[Part, int], added: Mapping[Part, int]) -> str:
    lost, new = list(Counter(dropped).elements()), list(Counter(added).elements())
    said = []
    for part in list(lost):
        twin = next((other for other in new if _is_changed(part, other)), None)
        if twin is not None:
            lost.remove(part)
            new.remove(twin)
            said.append(_changed(part, twin))
    said += [f"drops {_name(part)}: put {_back(part)} back" for part in lost]
    said += [_added(part) for part in new]
    more = f"; and {len(said) - _MAX_REPORTED} more" if len(said) > _MAX_REPORTED else ""
    return f"the wording {'; it '.join(said[:_MAX_REPORTED])}{more}."


def _is_changed(part: Part, other: Part) -> bool:
    if part[0] != other[0]:
        return False
    return part[0] in ("link", "image", "code", "placeholder") or (
        part[0] == "tag" and part[1] == other[1]
    )


def _changed(part: Part, other: Part) -> str:
    kind = part[0]
    if kind in ("link", "image"):
        if part[1] == other[1]:
            return (
                f"changes the title of the {kind} to {part[1]} from {part[2]!r} to {other[2]!r}: "
                "write the title of the source"
            )
        return f"changes the {kind} to {part[1]} into {other[1]}: write the address of the source"
    if kind == "code":
        return f"changes the code `{part[1]}` into `{other[1]}`: write `{part[1]}`"
    if kind == "placeholder":
        return f"has {{{other[1]}}} where the source has {{{part[1]}}}: write {{{part[1]}}}"
    return f"changes the tag {_tag(part)} into {_tag(other)}: write {_tag(part)}"


def _added(part: Part) -> str:
    if part[0] == "empty":
        return f"leaves {_name(part[1:])} without text: put the words of the link in its brackets"
    return f"adds {_name(part)}: take it out"


def _name(part: Part) -> str:
    kind = part[0]
    if kind in _SHOWN:
        return _SHOWN[kind]
    if kind == "empty":
        return f"the empty link to {part[2]}"
    if kind in ("link", "image"):
        return f"the {kind} to {part[1]}"
    if kind == "locale-link":
        return f"the {part[2] if len(part) > 2 else 'link'} `[...][{part[1]}]`"
    if kind == "code":
        return f"the code `{part[1]}`"
    if kind == "footnote":
        return f"the footnote `[^{part[1]}]`"
    if kind == "placeholder":
        return f"the quantity `{{{part[1]}}}`"
    return f"the tag {_tag(part)}"


def _back(part: Part) -> str:
    kind = part[0]
    if kind == "link":
        return f"`[...]({part[1]})` or the source's own reference"
    if kind == "image":
        return f"`![...]({part[1]})`"
    return "it"


def _tag(part: Part) -> str:
    if part[1].startswith("<"):
        return part[1]
    attributes = "".join(
        f" {name}" + (f'="{value}"' if value else "")
        for name, _, value in (attribute.partition("=") for attribute in part[2:])
    )
    return f"<{part[1]}{attributes}>"
