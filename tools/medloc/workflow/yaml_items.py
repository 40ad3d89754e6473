"""One item of a YAML list written anew, everything else of the file left byte for byte as it is.

Law: read back, the text holds what it held, with the one item as it was wanted, and every comment
that stood on a line of its own. What cannot be written so is refused, with what to do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from medloc.errors import MedlocError
from medloc.phrases import phrase
from medloc.yaml_text import YamlList, YamlMapping, YamlText, read_mapping

Value = str | tuple[str, ...]

_PLAIN = re.compile(r"\w(?:[\w .’()/+-]*[\w.)])?")
_DASH = re.compile(r"( *)- +\S")
_COMMENT = re.compile(r"\s*#")


def set_item(
    text: str,
    *,
    key: str,
    name: tuple[str, str],
    values: Mapping[str, Value],
    path: str,
    error: type[MedlocError],
    comment: str = "",
) -> str:
    """The text of a file `key: [...]` with one item as `values` say, empty ones left out.

    `name` is (field, value): the item that has it is written anew, and a new one comes last when
    none has. `comment` is put on a line above. Raises `error` naming `path` for a file that would
    lose a comment or holds other things, nothing being changed.
    """
    if "\r" in text:
        raise error(
            phrase("the lines end in CR"), path=path, advice=phrase("Save it with LF line ends.")
        )
    items = _items(text, key, path, error)
    lines = text.splitlines()
    places = [i for i, item in enumerate(items) if item.get(name[0]) == name[1]]
    if len(places) > 1:
        raise error(
            phrase("`{name}` stands here twice", name=name[1]),
            path=path,
            line=items[places[1]].line,
            advice=phrase("Join the two by hand."),
        )
    begins = [_begin(item, lines, path, error) for item in items]
    indent = " " * (lines[begins[0]].index("-") if begins else 2)
    item = item_lines(values, indent=indent)
    notes = [f"{indent}# {comment}"] if comment else []
    if places:
        begin, end = _extent(begins, places[0], lines)
        kept = _comments(lines[begin:end], begin, path, error)
        lines[begin:end] = [*kept, *notes, *item]
    else:
        lines = [*(lines or [f"{key}:"]), *notes, *item]
    made = "\n".join(lines) + "\n"
    _prove(made, text, items, places, key=key, values=values, path=path, error=error)
    return made


def item_lines(values: Mapping[str, Value], *, indent: str = "  ") -> list[str]:
    """An item as lines of YAML, values without content left out.

    >>> item_lines({"id": "ana", "roles": ("medical", "a: b"), "until": ""})
    ['  - id: ana', '    roles: [medical, "a: b"]']
    """
    fields = [f"{field}: {_written(value)}" for field, value in values.items() if value]
    return [f"{indent}{'  ' if i else '- '}{field}" for i, field in enumerate(fields)]


def _written(value: Value) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_written, value))}]"
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _items(text: str, key: str, path: str, error: type[MedlocError]) -> list[YamlMapping]:
    root = read_mapping(text, path=path, error=error)
    listed = root.get(key)
    if root and (len(root) > 1 or listed is None):
        raise error(
            phrase("it holds {root}", root=", ".join(f"`{one}`" for one in root)),
            path=path,
            advice=phrase(
                "Only one list, `{key}:`, can be written here: change the file by hand.", key=key
            ),
        )
    if listed is None or listed == "":
        return []
    if not isinstance(listed, YamlList):
        raise error(
            phrase("`{key}` is no list", key=key),
            path=path,
            line=listed.line,
            advice=phrase("Mend it by hand."),
        )
    found = [item for item in listed if isinstance(item, YamlMapping)]
    if len(found) != len(listed):
        raise error(
            phrase("`{key}` holds more than mappings", key=key),
            path=path,
            advice=phrase("Mend it by hand."),
        )
    return found


def _begin(item: YamlMapping, lines: Sequence[str], path: str, error: type[MedlocError]) -> int:
    """The line (0-based) on which an item begins with its dash."""
    if not _DASH.match(lines[item.line - 1]):
        raise error(
            phrase("this item does not begin with `- ` on a line of its own"),
            path=path,
            line=item.line,
            advice=phrase(
                "Write every item on lines of its own, beginning with `- `, then try again."
            ),
        )
    return item.line - 1


def _extent(begins: Sequence[int], place: int, lines: Sequence[str]) -> tuple[int, int]:
    """First line of an item and the first after it; comments before the next belong to that."""
    begin = begins[place]
    end = begins[place + 1] if place + 1 < len(begins) else len(lines)
    while end > begin + 1 and (not lines[end - 1].strip() or _COMMENT.match(lines[end - 1])):
        end -= 1
    return begin, end


def _comments(lines: Sequence[str], first: int, path: str, error: type[MedlocError]) -> list[str]:
    """The comments on lines of their own; one beside a value cannot be kept."""
    for number, line in enumerate(lines, first + 1):
        if re.search(r"\S\s+#", line) and not _COMMENT.match(line):
            raise error(
                phrase("a comment stands beside a value and would be lost"),
                path=path,
                line=number,
                advice=phrase("Move it to a line of its own above the item, then try again."),
            )
    return [line for line in lines if _COMMENT.match(line)]


def _prove(
    made: str,
    text: str,
    old: Sequence[YamlMapping],
    places: Sequence[int],
    *,
    key: str,
    values: Mapping[str, Value],
    path: str,
    error: type[MedlocError],
) -> None:
    """Read back what would be written; refuse it unless it says exactly what was wanted."""
    wanted: list[object] = [dict(item) for item in old]
    item = {k: list(v) if isinstance(v, tuple) else v for k, v in values.items() if v}
    if places:
        wanted[places[0]] = item
    else:
        wanted.append(item)
    found = [_plain(one) for one in _items(made, key, path, error)]
    before, after = _own_lines(text), _own_lines(made)
    if found != wanted or any(after.count(line) < before.count(line) for line in before):
        raise error(
            phrase("the file cannot be changed without losing something in it"),
            path=path,
            advice=phrase(
                "Change it by hand: one item below another, plain texts, comments above."
            ),
        )


def _plain(value: YamlText | YamlList | YamlMapping) -> object:
    if isinstance(value, YamlMapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, YamlList) else str(value)


def _own_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if _COMMENT.match(line)]
