"""YAML as strings with lines; everything that grows, runs or surprises is refused."""

from __future__ import annotations

import time

import pytest

from medloc.errors import MedlocError
from medloc.yaml_text import MAX_BYTES, MAX_DEPTH, read_mapping


@pytest.mark.parametrize(
    "text",
    ["010", "12:30", "no", "1e3", "1.10", "2026-02-30", "~", "null", "0x1F", "9" * 5000],
)
def test_a_plain_scalar_stays_the_text_it_was(text: str) -> None:
    assert read_mapping(f"key: {text}", path="x.yaml") == {"key": text}


def test_every_value_knows_its_line() -> None:
    found = read_mapping("a: x\nb:\n  - y\n  - {c: z}\n", path="x.yaml", first_line=10)
    assert (found["a"].line, found["b"].line, found.lines) == (10, 12, {"a": 10, "b": 11})


def test_an_empty_text_is_an_empty_mapping() -> None:
    assert read_mapping("", path="x.yaml") == {}


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("a: &x 1\nb: 2", 1, "anchors"),
        ("b: 2\na: *x", 2, "anchors"),
        ("a: !!python/name:os.system", 1, "tag"),
        ("a: !vault x", 1, "tag"),
        ("a: 1\nb: 2\na: 3", 3, "second time (first on line 1)"),
        ("<<: {a: 1}", 1, "merge keys"),
        ("- a\n- b", 1, "mapping was expected"),
        ("just text", 1, "mapping was expected"),
        ("a:\n\tb: c", 2, "not YAML"),
        ("a: b\n--- \nc: d", 2, "second YAML document"),
        ("a: b\nc: x\x00y", 2, "not YAML"),
        ("? [a, b]\n: c", 1, "a key must be plain text"),
        ("a: [b", 2, "not YAML"),
    ],
)
def test_what_is_refused_names_file_line_and_finding(text: str, line: int, found: str) -> None:
    with pytest.raises(MedlocError) as caught:
        read_mapping(text, path="x.yaml")
    assert (caught.value.path, caught.value.line) == ("x.yaml", line)
    assert found in caught.value.found
    assert caught.value.advice


def test_a_text_too_long_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(MedlocError, match="longer than 64 KiB"):
        read_mapping("a: " + "x" * MAX_BYTES, path="x.yaml")


@pytest.mark.parametrize(("open_", "close"), [("[", "]"), ("{a: ", "}")])
def test_deep_nesting_is_refused_in_no_time(open_: str, close: str) -> None:
    deep = (MAX_BYTES - 10) // len(open_ + close)
    start = time.process_time()
    with pytest.raises(MedlocError, match=r"nested|not YAML"):
        read_mapping("a: " + open_ * deep + close * deep, path="x.yaml")
    assert time.process_time() - start < 5  # a bound against hanging, not a measurement


def test_nesting_up_to_the_limit_is_taken() -> None:
    depth = MAX_DEPTH - 1
    assert read_mapping("a: " + "[" * depth + "]" * depth, path="x.yaml")
