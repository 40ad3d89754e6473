"""The one door to PyYAML: YAML read as strings only, with the line of every value.

`dose: 010` stays "010" and `12:30` stays "12:30": nothing is typed here. Anchors, aliases, tags,
duplicate keys, several documents, nesting over 32 and more than 64 KiB are refused, so no input
can grow in memory ("billion laughs") or run code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import yaml

from medloc.errors import MedlocError
from medloc.phrases import phrase

MAX_BYTES = 64 * 1024
MAX_DEPTH = 32
_PARSER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class YamlText(str):
    """A scalar, exactly as written, and its 1-based line."""

    __slots__ = ("line",)
    line: int


class YamlList(list["YamlText | YamlList | YamlMapping"]):
    """A sequence and the line it begins on."""

    line: int


class YamlMapping(dict[str, "YamlText | YamlList | YamlMapping"]):
    """A mapping, the line it begins on, and the line of every key in `lines`."""

    line: int
    lines: dict[str, int]


YamlValue = YamlText | YamlList | YamlMapping


def read_mapping(
    text: str, *, path: str, first_line: int = 1, error: type[MedlocError] = MedlocError
) -> YamlMapping:
    """Read one YAML mapping; raises `error` with path, line and what to do.

    >>> read_mapping("dose: 010", path="x.yaml")
    {'dose': '010'}
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise error(
            phrase("the YAML is longer than {max_bytes} KiB", max_bytes=MAX_BYTES // 1024),
            path=path,
            line=first_line,
            advice=phrase("Move long text into the article's body."),
        )
    try:
        value = _build(yaml.parse(text, Loader=_PARSER), path, first_line, error)
    except yaml.MarkedYAMLError as trouble:
        mark = trouble.problem_mark or trouble.context_mark
        line = first_line + (mark.line if mark else 0)
        raise error(
            phrase("this is not YAML: {problem}", problem=trouble.problem or trouble.context),
            path=path,
            line=line,
            advice=_advice(trouble.problem or ""),
        ) from None
    except yaml.YAMLError as trouble:
        raise error(
            phrase("this is not YAML: {splitlines}", splitlines=str(trouble).splitlines()[0]),
            path=path,
            line=first_line + _control_line(text),
            advice=phrase("Remove the character; write plain UTF-8 text."),
        ) from None
    if value is None:
        value = YamlMapping()
        value.line, value.lines = first_line, {}
    if not isinstance(value, YamlMapping):
        raise error(
            phrase("a mapping was expected (`key: value` lines)"),
            path=path,
            line=value.line,
            advice=phrase("Write `title: ...` and so on, one key a line."),
        )
    return value


def value_spans(text: str) -> dict[str, tuple[int, int]]:
    """Where the texts directly below the keys of a mapping stand: begin and end in code points,
    quotes and signs included, line ends behind them not.

    `text` is one that `read_mapping` takes.

    >>> value_spans("title: 'Clonus'  # short\\ncodes: {mesh: D1}")
    {'title': (7, 15)}
    """
    spans: dict[str, tuple[int, int]] = {}
    depth, key = 0, None
    for event in yaml.parse(text, Loader=yaml.BaseLoader):  # the C parser counts bytes
        if isinstance(event, yaml.CollectionStartEvent):
            depth, key = depth + 1, None
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.ScalarEvent) and depth == 1:
            if key is None:
                key = event.value
                continue
            if event.start_mark and event.end_mark:  # the parser sets both
                start, end = event.start_mark.index, event.end_mark.index
                spans[key] = start, start + len(text[start:end].rstrip())
            key = None
    return spans


def _advice(problem: str) -> str:
    if "\\t" in problem or "cannot start any token" in problem:
        return "Indent with blanks, not tabs, and put quotes around text that begins with a sign."
    return "Put quotes around text that holds `: ` or ` #`, and indent with blanks."


def _control_line(text: str) -> int:
    """Lines before the first character YAML does not allow (0-based)."""
    for position, character in enumerate(text):
        if (character < " " and character not in "\t\n\r") or "\x7f" <= character < "\xa0":
            return text.count("\n", 0, position)
    return 0


def _build(
    events: Iterator[yaml.Event], path: str, first_line: int, error: type[MedlocError]
) -> YamlValue | None:
    """The value of the only document, built with a stack of our own (no recursion to exhaust)."""
    stack: list[YamlList | YamlMapping] = []
    keys: list[YamlText | None] = []
    result: YamlValue | None = None
    documents = 0

    def refuse(found: str, line: int, advice: str) -> MedlocError:
        return error(found, path=path, line=line, advice=advice)

    for event in events:
        line = first_line + (event.start_mark.line if event.start_mark else 0)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise refuse(
                    phrase("a second YAML document begins here"), line, phrase("Keep one document.")
                )
            continue
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise refuse(
                phrase("YAML anchors and aliases (`&name`, `*name`) are not taken"),
                line,
                phrase("Write the value out, or put quotes around it."),
            )
        tag = getattr(event, "tag", None)
        if tag:
            raise refuse(
                phrase("the YAML tag {tag} is not taken", tag=tag),
                line,
                phrase("Write plain text, in quotes if it begins with `!`."),
            )
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            stack.pop()
            keys.pop()
            continue
        value: YamlValue
        if isinstance(event, yaml.ScalarEvent):
            value = YamlText(event.value)
        elif isinstance(event, yaml.MappingStartEvent):
            value = YamlMapping()
            value.lines = {}
        elif isinstance(event, yaml.SequenceStartEvent):
            value = YamlList()
        else:
            continue
        value.line = line
        if not stack:
            result = value
        else:
            _put(stack[-1], keys, value, refuse)
        if not isinstance(value, YamlText):
            if len(stack) >= MAX_DEPTH:
                raise refuse(
                    phrase("the YAML is nested more than {max_depth} deep", max_depth=MAX_DEPTH),
                    line,
                    phrase("Flatten it."),
                )
            stack.append(value)
            keys.append(None)
    return result


def _put(
    parent: YamlList | YamlMapping,
    keys: list[YamlText | None],
    value: YamlValue,
    refuse: Callable[[str, int, str], MedlocError],
) -> None:
    """Add a value to the innermost container; in a mapping keys and values take turns."""
    if isinstance(parent, YamlList):
        parent.append(value)
        return
    key = keys[-1]
    if key is not None:
        parent[str(key)] = value
        keys[-1] = None
        return
    if not isinstance(value, YamlText):
        raise refuse(phrase("a key must be plain text"), value.line, phrase("Write `key: value`."))
    if value == "<<":
        raise refuse(
            phrase("YAML merge keys (`<<`) are not taken"),
            value.line,
            phrase("Write the keys out."),
        )
    if value in parent.lines:
        raise refuse(
            phrase(
                "the key `{value}` stands here a second time (first on line {lines})",
                value=value,
                lines=parent.lines[value],
            ),
            value.line,
            phrase("Keep one of the two."),
        )
    parent.lines[str(value)] = value.line
    keys[-1] = value
