"""Says in plain words why a wording cannot stand for its source, and what to do about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import reduce

from medloc.markdown.characters import FORBIDDEN_CLASS, describe, forbidden_character
from medloc.markdown.links import folded
from medloc.markdown.placeholders import placeholders
from medloc.markdown.structure import Part, Structure, inline_structure
from medloc.model import Article, Message
from medloc.phrases import Phrase, phrase, together

# Texts without any of these are words only: no structure to compare. `!` and `]` need a `[`.
_MARKUP = re.compile(rf"[\\`*_~\[<&{{\n\r{FORBIDDEN_CLASS}]")
_BARE_LINE_END = re.compile(r"(?<!\\)(?:\\\\)*\n")
_GLUED = re.compile(r"\d\{[^{}\s]+\}|\{[^{}\s]+\}\d")
_STARS = frozenset({"emphasis", "strong"})
_SHOWN = {
    "emphasis": phrase("`*...*` (emphasis)"),
    "strong": phrase("`**...**` (strong)"),
    "strikethrough": phrase("`~~...~~` (strikethrough)"),
}
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
    return phrase(
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
        return phrase("the wording is empty: write one.")
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
            return phrase(
                "a digit stands right beside a quantity (`{digits}`): written out they would be "
                "one number; put a blank between them.",
                digits=glued[0],
            )
    wanted = inline_structure(source, tail=tail, links=links, quantities=quantities)
    found = inline_structure(wording, tail=tail, links=links, quantities=quantities)
    if found.trouble:
        return phrase("in the wording, {trouble}: take it out of there.", trouble=found.trouble)
    if not found.shows and wanted.shows:
        return phrase("the wording shows no text: write one.")
    if found.parts != wanted.parts:
        return _difference(wanted, found)
    if wanted.nests and not found.nests:
        return phrase(
            "the tags of the wording do not close in the order in which they opened: close each "
            "one inside the part where it opened, as the source does."
        )
    return ""


def _character_problem(wording: str, *, plain: bool) -> str:
    character = forbidden_character(wording, markup=not plain)
    if character:
        return phrase(
            "the wording holds the character {describe}: remove it.", describe=describe(character)
        )
    if plain and "\n" in wording:
        return phrase("the wording holds a line end: write this text on one line.")
    if "\n" in wording and _BARE_LINE_END.search(wording):
        return phrase(
            "the wording holds a line end that is no line break: write a blank instead, or a "
            "backslash before it where the source has one."
        )
    if len(wording) > _MAX_LENGTH:
        return phrase(
            "the wording has more than {max_length} characters: shorten it.", max_length=_MAX_LENGTH
        )
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
        return together(
            text,
            phrase(
                "A `*` that stands between a letter and punctuation (or a brace) marks nothing: "
                "move the punctuation outside `**`, or write <strong>...</strong> (<em>...</em> "
                "for `*`)."
            ),
        )
    return text


def _report(dropped: Mapping[Part, int], added: Mapping[Part, int]) -> str:
    lost, new = list(Counter(dropped).elements()), list(Counter(added).elements())
    said: list[Phrase] = []
    for part in list(lost):
        twin = next((other for other in new if _is_changed(part, other)), None)
        if twin is not None:
            lost.remove(part)
            new.remove(twin)
            said.append(_changed(part, twin))
    said += [_dropped(part) for part in lost]
    said += [_added(part) for part in new]
    what = reduce(_and, said[:_MAX_REPORTED])
    if len(said) > _MAX_REPORTED:
        what = phrase("{what}; and {count} more", what=what, count=len(said) - _MAX_REPORTED)
    return phrase("the wording {what}.", what=what)


def _and(one: Phrase, other: Phrase) -> Phrase:
    return phrase("{one}; it {other}", one=one, other=other)


def _is_changed(part: Part, other: Part) -> bool:
    if part[0] != other[0]:
        return False
    return part[0] in ("link", "image", "code", "placeholder") or (
        part[0] == "tag" and part[1] == other[1]
    )


def _changed(part: Part, other: Part) -> Phrase:
    kind = part[0]
    if kind in ("link", "image"):
        if part[1] == other[1]:
            titles = {"address": part[1], "old": f"{part[2]!r}", "new": f"{other[2]!r}"}
            return Phrase(_TITLE[kind], titles)
        return Phrase(_ADDRESS[kind], {"old": part[1], "new": other[1]})
    if kind == "code":
        template = phrase("changes the code `{old}` into `{new}`: write `{old}`")
        return Phrase(template, {"old": part[1], "new": other[1]})
    if kind == "placeholder":
        old, new = (f"{{{one[1]}}}" for one in (part, other))
        return phrase("has {new} where the source has {old}: write {old}", old=old, new=new)
    old, new = _tag(part), _tag(other)
    return phrase("changes the tag {old} into {new}: write {old}", old=old, new=new)


def _added(part: Part) -> Phrase:
    if part[0] == "empty":
        return phrase(
            "leaves {part} without text: put the words of the link in its brackets",
            part=_name(part[1:]),
        )
    return phrase("adds {part}: take it out", part=_name(part))


def _name(part: Part) -> Phrase:
    kind = part[0]
    if kind in _SHOWN:
        return _SHOWN[kind]
    if kind == "empty":
        return phrase("the empty link to {address}", address=part[2])
    if kind == "link":
        return phrase("the link to {address}", address=part[1])
    if kind == "image":
        return phrase("the image to {address}", address=part[1])
    if kind == "locale-link":
        if part[2:3] == ("image",):
            return phrase("the image `{link}`", link=f"[...][{part[1]}]")
        return phrase("the link `{link}`", link=f"[...][{part[1]}]")
    if kind == "code":
        return phrase("the code `{code}`", code=part[1])
    if kind == "footnote":
        return phrase("the footnote `{label}`", label=f"[^{part[1]}]")
    if kind == "placeholder":
        return phrase("the quantity `{quantity}`", quantity=f"{{{part[1]}}}")
    return phrase("the tag {tag}", tag=_tag(part))


def _dropped(part: Part) -> Phrase:
    name, address = _name(part), f"({part[-1] if len(part) < 2 else part[1]})"
    if part[0] == "link":
        return phrase(
            "drops {part}: put `[...]{address}` or the source's own reference back",
            part=name,
            address=address,
        )
    if part[0] == "image":
        return phrase("drops {part}: put `![...]{address}` back", part=name, address=address)
    return phrase("drops {part}: put it back", part=name)


_TITLE = {
    "link": phrase(
        "changes the title of the link to {address} from {old} to {new}: write the title of the "
        "source"
    ),
    "image": phrase(
        "changes the title of the image to {address} from {old} to {new}: write the title of the "
        "source"
    ),
}
_ADDRESS = {
    "link": phrase("changes the link to {old} into {new}: write the address of the source"),
    "image": phrase("changes the image to {old} into {new}: write the address of the source"),
}


def _tag(part: Part) -> str:
    if part[1].startswith("<"):
        return part[1]
    attributes = "".join(
        f" {name}" + (f'="{value}"' if value else "")
        for name, _, value in (attribute.partition("=") for attribute in part[2:])
    )
    return f"<{part[1]}{attributes}>"
