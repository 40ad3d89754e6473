"""Reading articles: front matter, slugs, limits, and every input that is refused with its line."""

from __future__ import annotations

import datetime as dt
import time
from contextlib import suppress
from dataclasses import replace

import pytest

from medloc.articles import read_article, slug_problem, suggested_slug
from medloc.errors import ArticleError
from medloc.model import Article, LocaleLink, Quantity
from medloc.workflow.ids import headings_without_id, write_ids


def read(text: str | bytes, *, path: str = "source_content/x.md", **options: object) -> Article:
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return read_article(path, data, **options)  # type: ignore[arg-type]


def refusal(text: str | bytes, **options: object) -> str:
    with pytest.raises(ArticleError) as caught:
        read(text, path="x.md", **options)
    assert caught.value.advice
    return str(caught.value)


def front(lines: str) -> str:
    return f"---\ntitle: T\n{lines}\n---\nText.\n"


# --- what is read


def test_front_matter_is_typed() -> None:
    article = read(
        "---\n"
        "title: 'Clonus:  a\n  sign'\n"
        "slug: neuro/clonus\n"
        "aliases: [old, older, old]\n"
        "reviewed: 2026-03-01\n"
        "review_by: 2029-03-01\n"
        "codes: {mesh: D009120}\n"
        "quantities:\n"
        "  rate: {from: 5, to: 8.50, unit: hertz}\n"
        "  dose: {value: 010, unit: milligram}\n"
        "  day: {date: 2026-02-28}\n"
        "links: {help: {default: 'tel:112', es: 'tel:061'}}\n"
        "unknown: {kept: [silently]}\n"
        "dose: 12:30\n"
        "---\n"
        "Text.\n"
    )
    assert (article.title, article.slug, article.aliases) == (
        "Clonus: a sign", "neuro/clonus", ("old", "older"),
    )  # fmt: skip
    assert (article.reviewed, article.review_by) == (dt.date(2026, 3, 1), dt.date(2029, 3, 1))
    assert article.codes == {"mesh": "D009120"}
    assert article.quantities == {
        "rate": Quantity("rate", "5", "8.50", "hertz"),
        "dose": Quantity("dose", "010", unit="milligram"),
        "day": Quantity("day", date=dt.date(2026, 2, 28)),
    }
    assert article.links == {"help": LocaleLink("help", "tel:112", {"es": "tel:061"})}


def test_slug_is_the_place_unless_written() -> None:
    assert read(front(""), path="c/a-b.md").slug == "a-b"
    assert read(front(""), path="c/x/a.md", slug="x/a").slug == "x/a"
    assert read(front("slug: y"), path="c/x/a.md", slug="Ä").slug == "y"


def test_translatable_fields_are_those_of_the_settings_in_their_order() -> None:
    text = "---\ntitle: T\nsummary: S\ndescription: ''\n---\n"
    article = read(text, translate_fields=("summary", "description", "title", "none"))
    assert [(m.context, m.kind, m.line) for m in article.messages] == [
        ("meta:summary", "summary", 3),
        ("meta:title", "title", 2),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: T\n---\nText.\n",
        "\ufeff---\r\ntitle: T\r\n---\r\nText.\r\n",
        "--- \ntitle: T\n---\t\nText.\n",
        "---\ntitle: T\n...\nText.\n",
    ],
)
def test_front_matter_is_found(text: str) -> None:
    article = read(text)
    assert [message.text for message in article.messages] == ["T", "Text."]
    assert article.messages[1].line == 4
    assert article.skeleton.parts == ("<p>", "</p>\n")


def test_a_second_block_of_dashes_is_body() -> None:
    assert [m.text for m in read("---\ntitle: T\n---\n---\nx: y\n---\nz").messages] == [
        "T", "x: y", "z",
    ]  # fmt: skip


def test_images_and_links_to_articles_are_listed_with_their_lines() -> None:
    article = read(
        front("")
        + "![](a.svg) ![b](img/b.png)\n\n![](https://x/y.png) ![](/z.png) [p](p.pdf)\n\n"
        + "[c](c.md#id) ![](a.svg) [d][]\n\n[d]: ../d.md\n[e]: e.md\n"
    )
    assert article.files == (("a.svg", 6), ("img/b.png", 6))
    assert article.article_links == (("c.md#id", 10), ("../d.md", 10))


# --- what is refused


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Text.\n", "x.md:1: the article has no front matter, so it has no title."),
        ("", "x.md:1: the article has no front matter, so it has no title."),
        ("+++\ntitle = 'T'\n+++\n", "x.md:1: TOML front matter was found, so it has no title."),
        ('{"title": "T"}\n', "x.md:1: JSON front matter was found, so it has no title."),
        ("---\ntitle: T\nText.\n", "x.md:1: the front matter is opened here and never closed."),
        ("---\n---\n", "x.md:2: title: the article has no title."),
        ("---\nslug: x\ntitle:\n---\n", "x.md:3: title: the article has no title."),
        ("---\ntitle: [T]\n---\n", "x.md:2: title: a text was expected, not a list."),
        ("---\n- T\n---\n", "x.md:2: a mapping was expected"),
        ("---\ntitle: T\ntitle: U\n---\n", "x.md:3: the key `title` stands here a second time"),
        ("---\ntitle: &a T\nb: *a\n---\n", "x.md:2: YAML anchors and aliases"),
        ("---\ntitle: !!python/name:os.system\n---\n", "x.md:2: the YAML tag"),
        ("---\ntitle: a\x00b\n---\n", "x.md:2: the character U+0000 (control character) stands"),
        ('---\ntitle: "a\\u202eb"\n---\n', "x.md:2: the front matter holds the character U+202E"),
        ('---\ntitle: T\n"k\\u202e": v\n---\n', "x.md:3: the front matter holds the character"),
        ("---\ntitle: T\n---\na\u202eb", "x.md:4: the character U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("---\ntitle: T\n---\nb\n\n&#x200b;", "x.md:6: the character U+200B ZERO WIDTH SPACE"),
        ("---\ntitle: T\n---\nb\ue000", "x.md:4: the character U+E000 (private use) stands here."),
        ("---\ntitle: T\n---\na\rb", "x.md:4: the character U+000D (control character) stands"),
        (b"---\ntitle: T\n---\nb\xff", "x.md:4: byte 0xff is not UTF-8."),
        ("---\ntitle: T\n---\n\ud800", "x.md:4: byte 0xed is not UTF-8."),
        (b"x" * 2_097_153, "x.md:1: the file has 2097153 bytes, 2097152 are the most."),
        (front("slug: ../../etc"), "x.md:3: slug: `../../etc` is no slug"),
        (front("slug: Clonus"), "x.md:3: slug: `Clonus` is no slug"),
        (front("aliases: old"), "x.md:3: aliases: a list was expected, not a text."),
        (front("aliases:\n- old\n- ../x"), "x.md:5: aliases: `../x` is no slug"),
        (front("reviewed: 2026-02-30"), "x.md:3: reviewed: `2026-02-30` is not a day"),
        (front("review_by: soon"), "x.md:3: review_by: `soon` is not a day"),
        (front("updated: 2026-13-01"), "x.md:3: updated: `2026-13-01` is not a day"),
        (front("codes: x"), "x.md:3: codes: a mapping was expected, not a text."),
        (front("quantities: x"), "x.md:3: quantities: a mapping was expected"),
        (front("quantities:\n  Dose: {value: 5}"), "x.md:4: quantities.Dose: this is no name"),
        (front("quantities:\n  a-b: {value: 5}"), "x.md:4: quantities.a-b: this is no name"),
        (front("quantities:\n  d: 5"), "x.md:4: quantities.d: a mapping was expected, not a text."),
        (front("quantities:\n  d: {}"), "x.md:4: quantities.d: no keys cannot be read"),
        (front("quantities:\n  d: {val: 5}"), "x.md:4: quantities.d: `val` cannot be read"),
        (front("quantities:\n  d: {value: 5, to: 8}"), "x.md:4: quantities.d: `to`, `value` canno"),
        (front("quantities:\n  d: {value: '1,5'}"), "x.md:4: quantities.d.value: `1,5` is no"),
        (front("quantities:\n  d: {value: 1e3}"), "x.md:4: quantities.d.value: `1e3` is no number"),
        (front("quantities:\n  d: {value: ٥}"), "x.md:4: quantities.d.value: `٥` is no number."),
        (front("quantities:\n  d: {from: 8, to: 5}"), "x.md:4: quantities.d.to: `5` is not more"),
        (front("quantities:\n  d: {date: 2026}"), "x.md:4: quantities.d.date: `2026` is not a day"),
        (front("quantities:\n  d:\n    value: 5\n    unit:"), "x.md:6: quantities.d.unit: the uni"),
        (front("quantities:\n  d: {value: 5, unit: '<b>'}"), "x.md:4: quantities.d.unit: `<b>` is"),
        (front("links:\n  help: 'tel:1'"), "x.md:4: links.help: a mapping was expected"),
        (front("links:\n  help: {es: 'tel:1'}"), "x.md:4: links.help: the address for all other"),
        (front("links:\n  Help: {default: x}"), "x.md:4: links.Help: this is no label."),
        (front("links:\n  h: {default: 'JavaScript:x'}"), "x.md:4: links.h.default: `javascript:`"),
        (front("links:\n  h:\n    default: x\n    es: 'a b'"), "x.md:6: links.h.es: `a b` is no"),
        (front("links: {h: {default: x}}") + "\n[H]: /u", "x.md:7: the label `[H]` is defined her"),
        (front("") + "\n[x](javascript:y)", "x.md:7: the address `javascript:y` begins with"),
        (front("") + "\n![x](data&#58;y)", "x.md:7: the address `data:y` begins with `data:`"),
        (front("") + "\n<file:///x>", "x.md:7: the address `file:///x` begins with `file:`"),
        (front("") + "\nx\n\n[x]: vbscript:y", "x.md:9: the address `vbscript:y` begins with"),
    ],
)  # fmt: skip
def test_refused(text: str | bytes, found: str) -> None:
    assert refusal(text).startswith(found)


def test_a_name_that_is_no_slug_gets_a_suggestion() -> None:
    assert refusal(front(""), slug="../Über Clonus") == (
        "x.md:1: the file name '../\\xdcber Clonus' gives no slug: only a-z, 0-9, `-` inside and "
        "`/` between are taken. Rename the file, or add a line `slug: uber-clonus`."
    )


HOSTILE_NAMES = [
    "", "..", "../x", "/etc/passwd", "C:x", "a//b", "a/./b", "a\x00b", "a\nb", " a", "a ",
    ".hidden", "-rf", "$(x)", "a;b", "A", "é", "e\u0301", "\ufb01", "\u202ex", "con", "x/nul",
    "com1", "a" * 81, "a_b", "a.b", "%2e%2e", "💊", "ملف",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=ascii)
def test_hostile_name_is_no_slug_and_its_suggestion_is_one(name: str) -> None:
    assert slug_problem(name)
    assert slug_problem(suggested_slug(name)) == ""


# --- limits: hostile shapes end quickly, with a page or with a clear error

SHAPES = {
    "emphasis": "*x **x " * 9_000 + "y" + " x** x*" * 3_000,
    "brackets": "[" * 40_000 + "x" + "]" * 40_000,
    "link openers": "[x](<y" * 15_000,
    "quotes": "> " * 50_000 + "x",
    "quotes in lines": (">" * 99 + "x\n") * 5_000,
    "lists": "".join("  " * i + "* x\n" for i in range(500)),
    "items": "- x\n" * 100_000,
    "paragraphs": "x\n\n" * 100_000,
    "backticks": "".join("x" + "`" * i for i in range(1, 400)),
    "comments": "<div>\n" + "<!--" * 100_000,
    "many comments": "<!-- a --> " * 50_000,
    "contexts": "<!-- context: x -->\n" * 20_000,
    "tags": "<div>" + "<b>" * 100_000,
    "attributes": "<div " + 'a="b" ' * 50_000,
    "open attributes": "<div>" + '<a b="' * 50_000,
    "references": "".join(f"[r{i}]: /u\n" for i in range(10_000)) + "[r0] " * 10_000,
    "footnotes": "".join(f"x[^{i}]\n\n[^{i}]: y\n\n" for i in range(5_000)),
    "headings": "# dose\n" * 15_000,
    "wide table": "|x" * 5_000 + "|\n" + "|-" * 5_000 + "|\n" + "|y" * 5_000 + "|\n",
    "padded table": "|x" * 3_000 + "|\n" + "|-" * 3_000 + "|\n" + "y\n" * 3_000,
    "one word": "x" * 500_000,
    "entities": "&" * 50_000 + "&amp" * 50_000,
    "lines across an angle": "](<a\nb>)" * 9_000,
    "hard breaks": "x\\\n" * 30_000,
    "braces": "# " + "{" * 50_000,
    "terms": "a\n: " * 20_000,
    "percent": "[x](j" + "%25" * 20_000 + ")",
}


@pytest.mark.parametrize("raw_html", ["refuse", "allow"])
@pytest.mark.parametrize("name", SHAPES)
def test_hostile_shape_ends_quickly(name: str, raw_html: str) -> None:
    begin = time.process_time()
    with suppress(ArticleError):
        read(front("quantities: {dose: {value: 5}}") + "\n" + SHAPES[name], raw_html=raw_html)
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (">" * 101 + "x", "x.md:6: quotes and lists stand more than 100 deep in each other."),
        ("x\n\n" * 20_001, "x.md:40006: the article has more than 20000 blocks of text."),
        (
            "---\n\n|a|\n|-|\n" + "||\n" * 50_000,
            "x.md:40008: the article has more than 80000 blocks",
        ),
        ("y\n\n" + "x" * 100_001, "x.md:8: a block of text has more than 100000 bytes."),
    ],
    ids=["deep", "texts", "cells", "long"],
)
def test_limit_is_told(body: str, found: str) -> None:
    assert refusal("---\ntitle: T\nx:\n y\n---\n" + body).startswith(found)


def test_deepest_nesting_is_read() -> None:
    assert len(read(front("") + "\n" + ">" * 99 + "x").messages) == 3


# --- ids

HEADINGS = """\
---
title: T
---
# A `b` ##

foo
bar\\
===

##

> # C {.x}
> text

# A b

# D {#d}

1. ## É | 5 *
"""


def test_written_ids_are_the_ids_that_were_and_nothing_else_changes() -> None:
    article = read(HEADINGS)
    assert [h.id for h in headings_without_id(article)] == [
        "a-b", "foo-bar", "section", "c", "a-b-2", "é-5",
    ]  # fmt: skip
    text = write_ids(article)
    after = read(text)
    assert headings_without_id(after) == ()
    assert after.messages == article.messages
    assert after.skeleton == article.skeleton
    assert [replace(h, generated=True) for h in after.headings] == [
        replace(h, generated=True) for h in article.headings
    ]
    assert text == HEADINGS.replace("# A `b` ##", "# A `b` ## {#a-b}").replace(
        "bar\\\n", "bar\\ {#foo-bar}\n"
    ).replace("\n##\n", "\n## {#section}\n").replace("{.x}", "{#c .x}").replace(
        "# A b\n", "# A b {#a-b-2}\n"
    ).replace("5 *", "5 * {#é-5}")


def test_an_article_with_all_ids_stays_as_it_is() -> None:
    text = front("") + "\n# A {#a}\n"
    assert write_ids(read(text)) == text
