"""Messages of an article: what is one, its context, text, kind and risk; and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from medloc.articles import read_article
from medloc.articles.directives import WORDS
from medloc.errors import ArticleError
from medloc.model import Article, Message
from medloc.render import fill

FIXTURES = sorted((Path(__file__).parent / "fixtures" / "articles").glob("*.txt"))


def read(body: str, *, front: str = "", raw_html: str = "refuse") -> Article:
    return read_article(
        "x.md", f"---\ntitle: Title\n{front}---\n{body}".encode(), raw_html=raw_html
    )


def refusal(body: str, *, front: str = "") -> str:
    with pytest.raises(ArticleError) as caught:
        read(body, front=front)
    assert caught.value.advice
    return str(caught.value)


def contexts(article: Article) -> list[tuple[str, str]]:
    return [(message.context, message.text) for message in article.messages[1:]]


def shown(message: Message) -> str:
    """A message as the fixtures write it."""
    more = [
        *message.notes,
        *(["high risk"] if message.high_risk else []),
        " ".join([*(f"{{{n}}}" for n in message.placeholders), *(f"[{n}]" for n in message.links)]),
    ]
    text = message.text.replace("\n", "⏎")
    return " | ".join(part for part in (message.context, message.kind, text, *more) if part)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_fixture(path: Path) -> None:
    _, rest = path.read_text(encoding="utf-8").split("=== input ===\n")
    source, rest = rest.split("=== messages ===\n")
    messages, page = rest.split("=== page ===\n")
    article = read_article("x.md", source.encode())
    assert [shown(message) for message in article.messages] == messages.splitlines()
    words = {index: message.text for index, message in enumerate(article.messages)}
    filled = fill(article, words, {}).splitlines()
    assert [line for line in filled if line] == page.splitlines()


def test_line_is_where_the_block_begins_in_the_file() -> None:
    article = read("One\ntwo.\n\n- three\n- four\n\n| a |\n|---|\n| b |\n")
    assert [message.line for message in article.messages] == [2, 4, 7, 8, 10, 12]


def test_equal_text_twice_under_one_heading_is_one_message_in_two_holes() -> None:
    article = read("Rest.\n\nRest.\n\n# A\n\nRest.\n")
    assert contexts(article) == [("meta:start", "Rest."), ("a", "A"), ("a", "Rest.")]
    assert article.skeleton.holes == (1, 1, 2, 3)


def test_equal_text_is_high_risk_when_one_of_the_two_is() -> None:
    body = "Rest.\n\n<!-- translators: Lie down. -->\n<!-- risk: high -->\n\nRest.\n"
    message = read(body).messages[1]
    assert message.high_risk
    assert message.notes == ("Lie down.",)


def test_message_ids_do_not_move_when_text_is_put_before_them() -> None:
    before = read("# A\n\nText.\n")
    after = read("New.\n\n# New\n\n# A\n\nNew.\n\nText.\n")
    assert {m.id for m in before.messages} <= {m.id for m in after.messages}


def test_a_rule_ends_a_tight_item() -> None:
    assert [m.text for m in read("- a\n  ***\n  b\n").messages[1:]] == ["a", "b"]


def test_risk_before_a_heading_is_that_section_and_those_below_it() -> None:
    article = read("# A\n\n<!-- risk: high -->\n\n## B\n\nb\n\n### C\n\nc\n\n## D\n\nd\n")
    assert [m.text for m in article.messages if m.high_risk] == ["B", "b", "C", "c"]


def test_risk_inside_a_section_begins_there_and_ends_with_the_section() -> None:
    article = read("## A\n\na\n\n<!-- risk: high -->\n\nb\n\n### C\n\n## D\n\n# E\n")
    assert [m.text for m in article.messages if m.high_risk] == ["b", "C"]


def test_risk_before_any_heading_is_the_whole_article() -> None:
    article = read("<!-- risk: high -->\n\na\n\n# B\n\nb\n")
    assert [m.text for m in article.messages if m.high_risk] == ["a", "B", "b"]


def test_directives_work_inside_lists_and_quotes() -> None:
    article = read("- a\n\n  <!-- context: é -->\n  b\n\n> <!-- translators: x\n> y -->\n> c\n")
    assert contexts(article)[1] == ("meta:start|é", "b")
    assert article.messages[3].notes == ("x y",)
    assert "<!--" not in "".join(article.skeleton.parts)


def test_plain_comments_are_left_alone_where_raw_html_is_allowed() -> None:
    article = read("<!-- plain -->\n\na <!-- b -->\n", raw_html="allow")
    assert contexts(article) == [("meta:start", "a <!-- b -->")]
    assert article.skeleton.parts[0] == "<!-- plain -->\n<p>"


def test_untranslated_text_is_listed_and_no_message() -> None:
    body = "<!-- translate: off -->\n\n# Latin\n\n- *a*\n- →\n\n<!-- translate: on -->\n\nb\n"
    article = read(body)
    assert article.untranslated == ("Latin", "*a*")
    assert contexts(article) == [("latin", "b")]
    assert article.headings[0].message == -1


def test_generated_ids_are_numbered_with_a_notice_and_never_take_an_explicit_one() -> None:
    article = read("# Dose\n\n# Dose\n\n# X {#dose-2}\n\n# Dose\n\n#\n\n# ?\n")
    assert [h.id for h in article.headings] == [
        "dose", "dose-3", "dose-2", "dose-4", "section", "section-2",
    ]  # fmt: skip
    assert [h.generated for h in article.headings] == [True, True, False, True, True, True]
    assert [str(notice).partition(";")[0] for notice in article.notices] == [
        "x.md:6: the id `dose` is taken, so this heading gets a number behind it (and 1 more)",
        "x.md:14: the id `section` is taken, so this heading gets a number behind it",
    ]


def test_headings_hold_level_id_classes_and_message() -> None:
    article = read("Text.\n\n## Über uns {.faq .x}\n")
    [heading] = article.headings
    assert (heading.level, heading.id, heading.classes) == (2, "über-uns", ("faq", "x"))
    assert article.messages[heading.message].text == "Über uns"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("# A {#k}\n\n# B {#k}", "x.md:6: the id `k` stands here a second time (first on line 4)."),
        ("# A {#k:l}", "x.md:4: `{#k:l}` cannot be an id."),
        ("# A {#k|l}", "x.md:4: `{#k|l}` cannot be an id."),
        ("# A {#k #l}", "x.md:4: `{#k #l}` gives the heading two ids."),
        ("# A {onclick=x}", "x.md:4: `{onclick=x}` after a heading is neither an id nor a class"),
        ("# A {}", "x.md:4: `{}` after a heading is neither an id nor a class"),
        ("A {x}\n===", "x.md:4: `{x}` after a heading is neither an id nor a class"),
        ("x\n\n<!-- risk: hihg -->\n", "x.md:6: `risk: hihg` is not a directive."),
        ("<!-- Risks: high -->", "x.md:4: `<!-- Risks: ... -->` is not a directive (is `risk`"),
        ("<!-- risk high -->", "x.md:4: `<!-- risk high -->` lacks its colon."),
        ("<!-- translate: no -->", "x.md:4: `translate: no` is not a directive."),
        ("<!-- translate: off -->\n\nx", "x.md:4: `translate: off` is never ended."),
        ("<!-- translate: on -->\n\nx", "x.md:4: `translate: on` without `off` before it."),
        ("<!-- context: two words -->\n\nx", "x.md:4: `context: two words` is not one word"),
        ("<!-- translators: -->\n\nx", "x.md:4: `<!-- translators: -->` says nothing."),
        ("x\n\n<!-- context: y -->", "x.md:6: no text follows `<!-- context: ... -->`."),
        ("x <!-- risk: high -->", "x.md:4: a directive stands inside a text."),
        ("x[^A]\n\n[^a]: y", "x.md:4: the footnote reference `[^A]` has no definition"),
        ("x[^a]\n\n[^a]: y\n\n[^a]: z", "x.md:8: the footnote `[^a]` is defined a second time"),
    ],
)  # fmt: skip
def test_refused(body: str, found: str) -> None:
    assert refusal(body).startswith(found)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Take {doze}.", "x.md:5: `{doze}` is not declared under `quantities` of this article."),
        ("Take `{dose}`.", "x.md:5: `{dose}` stands in code, in an address or in the text of an"),
        ("Take ![{dose}](x.svg).", "x.md:5: `{dose}` stands in code, in an address"),
        ("Take [x]({dose}).", "x.md:5: `{dose}` stands in code, in an address"),
        ("{dose} {", "x.md:5: a text with a quantity holds other braces too"),
        ("# Rate {dose}", "x.md:5: `{dose}` after a heading is neither an id nor a class"),
        ("<!-- translate: off -->\n\n{dose}\n\n<!-- translate: on -->",
         "x.md:7: text between `translate: off` and `on` holds a quantity"),
    ],
)  # fmt: skip
def test_placeholder_refused(body: str, found: str) -> None:
    assert refusal(body, front="quantities: {dose: {value: 5}}\n").startswith(found)


def test_braces_are_text_where_no_quantity_is_declared() -> None:
    assert read("Take {dose}.\n").messages[1].placeholders == ()


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("x\n\n<p>Take 5 mg.</p>", 'x.md:6: raw HTML holds text ("Take 5 mg.")'),
        ("<div>\n<b>\nTake", 'x.md:6: raw HTML holds text ("Take")'),
        ("<img alt='A foot' src='x.svg'>\n", 'x.md:4: raw HTML holds text (alt="A foot")'),
        ("<script>\n</script>", "x.md:4: the tag <script> is refused."),
        ("<STYLE></STYLE>", "x.md:4: the tag <style> is refused."),
        ("<div>\n<iframe src='x'></iframe>\n</div>", "x.md:5: the tag <iframe> is refused."),
        ("<div onclick='x'></div>", "x.md:4: the attribute onclick= is refused."),
        ("<a href='java&#10;script:x'></a>", "x.md:4: `javascript:` addresses are refused."),
        ("<div>\n\ntext", "x.md:4: `<div>` is never closed."),
        ("text\n\n</div>", "x.md:6: `</div>` closes nothing that is open here."),
        ("<!-- never closed\n\ntext", "x.md:4: the comment `<!--` is never closed"),
        ("<?php echo 1 ?>", "x.md:4: raw HTML holds text"),
        ("text <b>bold", "x.md:4: the raw tags of this text do not close"),
        ("text <span onmouseover=x>y</span>", "x.md:4: the attribute onmouseover= is refused."),
        ("text <svg></svg>", "x.md:4: the tag <svg> is refused."),
    ],
)  # fmt: skip
def test_raw_html_refused(body: str, found: str) -> None:
    assert refusal(body).startswith(found)
    assert read(body, raw_html="allow")


def test_harmless_raw_html_stays() -> None:
    article = read('<div class="note">\n\nText with H<sub>2</sub>O.\n\n</div>\n\n<hr>\n')
    assert contexts(article) == [("meta:start", "Text with H<sub>2</sub>O.")]


def test_line_ends_in_raw_pre_are_kept() -> None:
    article = read("<div><pre>\n\na\nb</pre>\n\nc\nd\n", raw_html="allow")
    assert contexts(article) == [("meta:start", "a&#10;b</pre>"), ("meta:start", "c d")]
    words = {index: message.text for index, message in enumerate(article.messages)}
    assert fill(article, words, {}) == "<div><pre>\n<p>a\nb</pre></p>\n<p>c d</p>\n"


def test_a_line_end_that_keeps_brackets_from_being_a_link_is_escaped() -> None:
    article = read("[a](<b\nc>) [a](<b d>)\n", raw_html="allow")
    assert article.messages[1].text == "[a]\\(<b c>) [a](<b d>)"


def test_what_cannot_be_taken_apart_exactly_is_refused_where_it_stands() -> None:
    # The escape of the test above cannot help inside code.
    body = "One.\n\nTwo.\n\n`[a](<b\nc>)`\n\nThree.\n"
    assert refusal(body).startswith("x.md:8: from here on, the text cannot be taken apart")
    assert refusal(body.removeprefix("One.\n\n")).startswith("x.md:6: from here on")


def test_every_directive_word_is_tried_here() -> None:
    tried = Path(__file__).read_text(encoding="utf-8")
    assert all(f"<!-- {word}:" in tried for word in WORDS)
