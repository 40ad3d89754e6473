"""Bodies of pages: words in their holes, addresses made real, numbers set off, nothing made up."""

from __future__ import annotations

import pytest

from medloc.articles import read_article
from medloc.errors import MedlocError
from medloc.markdown import write_out
from medloc.model import Article
from medloc.render import fill


def read(body: str, *, front: str = "") -> Article:
    return read_article("x.md", f"---\ntitle: Title\n{front}---\n{body}".encode())


def words(article: Article, **changed: str) -> dict[int, str]:
    """The source's own words but for some, by message text."""
    return {i: changed.get(m.text, m.text) for i, m in enumerate(article.messages)}


def test_words_take_their_places() -> None:
    article = read("# One\n\n- two\n- three\n")
    filled = fill(article, words(article, One="Uno", two="*dos*", three="- tres"), {})
    assert filled == (
        '<h1 id="one">Uno</h1>\n<ul>\n<li><em>dos</em></li>\n<li>- tres</li>\n</ul>\n'
    )


def test_one_message_fills_all_its_holes() -> None:
    article = read("Rest.\n\nRest.\n")
    assert fill(article, words(article, **{"Rest.": "Ruhe."}), {}) == "<p>Ruhe.</p>\n<p>Ruhe.</p>\n"


def test_missing_words_are_an_error_and_never_the_source() -> None:
    article = read("One.\n\nTwo.\n")
    with pytest.raises(MedlocError, match="message 2 has no words"):
        fill(article, {0: "x", 1: "y"}, {})


def test_addresses_of_images_and_links_are_replaced_wherever_they_stand() -> None:
    article = read(
        "![](<a b.svg>) [x](é.md#id 't'), ![y](a%20b.svg) [z][r]\n\n[r]: <a?b&c>\n\n"
        '`<a href="é.md#id"` text <a href="é.md#id">t</a> src="a b.svg"\n'
    )
    filled = fill(
        article,
        words(article),
        {"a b.svg": "../assets/12.svg", "é.md#id": "../e/#id", "a?b&c": '/q?a&b"<'},
    )
    assert filled == (
        '<p><img src="../assets/12.svg" alt="" /> <a href="../e/#id" title="t">x</a>, '
        '<img src="../assets/12.svg" alt="y" /> <a href="/q?a&amp;b&quot;&lt;">z</a></p>\n'
        '<p><code>&lt;a href="é.md#id"</code> text <a href="é.md#id">t</a> src="a b.svg"</p>\n'
    )  # fmt: skip


def test_isolates_become_bdi() -> None:
    article = read("Take {dose}.", front="quantities: {dose: {value: 5}}\n")
    text = write_out(article.messages[1].text, {"dose": "\u20685 مغ\u2069"}, {})
    assert fill(article, {0: "", 1: text}, {}) == "<p>Take <bdi>5 مغ</bdi>.</p>\n"


def test_footnote_numbers_are_the_pages_wherever_the_words_put_them() -> None:
    article = read("a[^x] b[^y]\n\n# c[^y]\n\n[^x]: X\n\n[^y]: Y\n")
    source = fill(article, words(article), {})
    other = fill(article, words(article, **{"a[^x] b[^y]": "[^y]b [^x]a"}), {})
    first = '<sup class="footnote-reference"><a href="#fn:1">1</a></sup>'
    second = '<sup class="footnote-reference"><a href="#fn:2">2</a></sup>'
    assert source.startswith(f"<p>a{first} b{second}</p>")
    assert other.startswith(f"<p>{second}b {first}a</p>")
    assert f'<h1 id="c">c{second}</h1>' in other
    assert '<div class="footnote-definition" id="fn:2">' in other


def test_untranslated_text_is_marked_on_pages_of_other_languages_only() -> None:
    article = read("<!-- translate: off -->\n\nLatin\n\n<!-- translate: on -->\n")
    assert fill(article, words(article), {}) == "\n<p>Latin</p>\n\n"
    assert fill(article, words(article), {}, foreign="en") == (
        '\n<p><span lang="en" translate="no">Latin</span></p>\n\n'
    )


def test_generated_ids_stand_beside_classes() -> None:
    article = read("## A {.faq}\n")
    assert fill(article, words(article), {}) == '<h2 id="a" class="faq">A</h2>\n'


def test_hard_breaks_are_line_breaks_in_every_place() -> None:
    article = read("| a |\n|---|\n| b |\n")
    filled = fill(article, words(article, a="c\\\nd", b="*e*\\\n_f_"), {})
    assert "<th>c<br />\nd</th>" in filled
    assert "<td><em>e</em><br />\n<em>f</em></td>" in filled
