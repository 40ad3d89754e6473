"""One item of a list in YAML is written anew, and nothing else of the file is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medloc.glossary import GlossaryError, read_glossary_yaml
from medloc.workflow.yaml_items import Value, set_item

FILE = """\
# Terms of the library.
terms:
  # 2026-01-01 ana: agreed
  - term: fever
    accepted: [fiebre, calentura]
    # kept by hand
    note: "a: b"

  # the next one
  - {term: stroke, accepted: ictus}
# the end
"""


def put(text: str, term: str, comment: str = "", **values: Value) -> str:
    return set_item(
        text,
        key="terms",
        name=("term", term),
        values={"term": term, **values},
        path="g.yaml",
        error=GlossaryError,
        comment=comment,
    )


def test_changed_item_keeps_the_comments_and_its_neighbours() -> None:
    assert (
        put(FILE, "fever", "2026-03-01 eva: both", accepted="fiebre")
        == """\
# Terms of the library.
terms:
  # 2026-01-01 ana: agreed
    # kept by hand
  # 2026-03-01 eva: both
  - term: fever
    accepted: fiebre

  # the next one
  - {term: stroke, accepted: ictus}
# the end
"""
    )


def test_item_in_braces_becomes_lines() -> None:
    made = put(FILE, "stroke", accepted=("ictus", "ACV"))
    assert made == FILE.replace(
        "  - {term: stroke, accepted: ictus}\n",
        "  - term: stroke\n    accepted: [ictus, ACV]\n",
    )


def test_new_item_comes_last_and_is_indented_like_the_others() -> None:
    text = "terms:\n- term: fever\n  accepted: fiebre\n# end\n"
    assert put(text, "pain", accepted="dolor") == text + "- term: pain\n  accepted: dolor\n"


@pytest.mark.parametrize("text", ["", "terms:\n", "# only words\nterms:\n", "terms:"])
def test_first_item_of_an_empty_file(text: str) -> None:
    made = put(text, "pain", accepted="dolor")
    assert made.endswith("terms:\n  - term: pain\n    accepted: dolor\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("terms:\n  - term: fever  # hot\n    accepted: fiebre\n", "beside a value"),
        ("terms: [{term: fever, accepted: fiebre}]\n", "line of its own"),
        ("terms:\n  - term: fever\n    accepted: a\n  - term: fever\n    accepted: b\n", "twice"),
        ("terms:\n  - term: fever\n    accepted: a\nmore: b\n", "`more`"),
        ("other: x\n", "`other`"),
        ("terms: x\n", "no list"),
        ("terms: [x]\n", "more than mappings"),
        ("terms:\r\n  - term: fever\r\n", "CR"),
        ("terms:\n  - term: pain\n    note: |\n      one\n\n\n  - term: fever\n", ""),
    ],
)
def test_file_that_would_lose_something_is_refused_or_right(text: str, words: str) -> None:
    if not words:
        assert "note: |\n      one\n" in put(text, "fever", accepted="fiebre")
        return
    with pytest.raises(GlossaryError, match=words) as caught:
        put(text, "fever", accepted="fiebre")
    assert caught.value.path == "g.yaml"
    assert caught.value.advice


def test_hash_in_a_long_text_of_the_item_before_stays() -> None:
    before = "terms:\n  - term: fever\n    accepted: a\n    note: |\n      one\n      # two\n"
    made = put(before + "  - term: pain\n    accepted: b\n", "pain", accepted="dolor")
    assert made == before + "  - term: pain\n    accepted: dolor\n"


words = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp", "Co", "Cf")), min_size=1
).map(lambda text: " ".join(text.split())).filter(bool)  # fmt: skip


@given(st.lists(st.tuples(words, words), min_size=1, max_size=5))
def test_whatever_is_written_is_read_again(pairs: list[tuple[str, str]]) -> None:
    text, wanted = "terms:\n", {}
    for term, form in pairs:
        term, form = f"t {term}".replace("*", ""), form.replace("*", "") or "x"
        text = put(text, " ".join(term.split()), accepted=form)
        wanted[" ".join(term.split())] = " ".join(form.split()) or "x"
    found = read_glossary_yaml(text.encode(), name="g.yaml")
    assert [term.term for term in found] == list(wanted)
