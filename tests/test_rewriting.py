"""An article written anew: its own words give its own bytes, other words the same blocks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from medloc.articles import read_article
from medloc.articles.rewriting import rewrite_article
from medloc.markdown import wording_problem
from medloc.markdown.titles import without_titles
from medloc.model import Article
from medloc.workflow.export_markdown import page_of
from medloc.workflow.ids import write_ids
from tests.test_structure_laws import ATTACKED, BODY, own_words, read

SIGNS = st.sampled_from(
    ["a", " ", "*", "_", "`", "~", "[", "]", "(", ")", "!", "<", ">", "&", ";", "#", "-", ".", ":",
     "|", "\\", "\\\n", '"', "1", "é", "。", "{", "}", "=", "- ", "1. ", "# ", "> ", "~~~", "```",
     ": ", "---", "===", "[r]", "[r]:", "[^n]:", " |", "[!NOTE]", "    ", "\\\n- "]
)  # fmt: skip
SHORT = settings(max_examples=60, deadline=None)
SOME = st.lists(SIGNS, max_size=3).map("".join)


def with_ids(article: Article) -> Article:
    return replace(article, text=write_ids(article, raw_html="allow"))


def again(text: str) -> Article:
    return read_article("x.md", text.encode(), raw_html="allow")


@SHORT
@given(BODY)
def test_written_with_its_own_words_an_article_is_the_same_text(body: str) -> None:
    article = read(body, raw_html="allow")
    assert rewrite_article(article, own_words(article), raw_html="allow") == article.text


@SHORT
@given(st.data())
def test_whatever_a_wording_begins_or_ends_with_stays_words(data: st.DataObject) -> None:
    article = with_ids(ATTACKED)
    words = own_words(article)
    for index, message in enumerate(article.messages):
        wording = f"{data.draw(SOME)}{message.text}{data.draw(SOME)}"
        if not message.is_field and not wording_problem(article, message, wording):
            words[index] = wording
    found = again(rewrite_article(article, words, titles=False))
    assert page_of(found, own_words(found)) == page_of(article, words)
    assert [(h.level, h.id) for h in found.headings] == [(h.level, h.id) for h in article.headings]


@SHORT
@given(BODY, SIGNS)
def test_new_words_stay_in_the_quotes_lists_and_tables_of_any_article(body: str, sign: str) -> None:
    article = with_ids(read(body, raw_html="allow"))
    assume(all(not heading.generated for heading in again(article.text).headings))
    words = own_words(article)
    for index, message in enumerate(article.messages):
        wording = f"{sign}b\\\nc {message.text}"
        if not message.is_field and not wording_problem(article, message, wording):
            words[index] = wording
    found = again(rewrite_article(article, words, raw_html="allow", titles=False))
    assert page_of(found, own_words(found)) == page_of(article, words)


@pytest.mark.parametrize(
    ("front", "title", "expected"),
    [
        ("title: Clonus", "Klonus", "title: Klonus"),
        ("title: Clonus # short", "Klonus", "title: Klonus # short"),
        ("title: 'Clonus'", "On", 'title: "On"'),
        ('"title": "Clonus"\na: 3', 'Zittern: "K"', '"title": "Zittern: \\"K\\""\na: 3'),
        ("title: >-\n  Clo\n  nus\n\n# note\na: [b]", "-", 'title: "-"\n\n# note\na: [b]'),
        ("title: Clonus\ndescription: Clonus", "الرمع", "title: الرمع\ndescription: Clonus"),
        ("title: Clonus", "\u20685\u2069 نفضات", 'title: "\\u20685\\u2069 نفضات"'),
        ("{title: Clonus, é: 1}", "a, b}", '{title: "a, b}", é: 1}'),
    ],
)  # fmt: skip
def test_fields_change_and_the_rest_of_the_front_matter_stays(
    front: str, title: str, expected: str
) -> None:
    article = read("Text.\n", front=f"---\n{front}\n---\n")
    words = own_words(article) | {0: title}
    assert rewrite_article(article, words) == f"---\n{expected}\n---\nText.\n"


@pytest.mark.parametrize("wording", ["<!x one", "<?x one", "<!-- one", "<![CDATA[ one"])
def test_unclosed_declaration_at_the_beginning_of_a_block_stays_words(wording: str) -> None:
    article = read("one\n")
    found = again(rewrite_article(article, own_words(article) | {1: wording}, titles=False))
    assert found.messages[1].text == f"\\{wording}"


def test_second_line_of_a_wording_stands_in_its_quote_and_list() -> None:
    article = read("> - one\n>   two\n\n[^n]: Note.\n\nA[^n].\n")
    words = own_words(article)
    words[1], words[2] = "eins\\\n1. zwei", "Anm\\\nerkung"
    text = rewrite_article(article, words).partition("---\n")[2].partition("---\n")[2]
    assert text == "> - eins\\\n>   1\\. zwei\n\n[^n]: Anm\\\n      erkung\n\nA[^n].\n"


def test_titles_of_links_are_left_out_where_they_would_stay_in_the_sources_language() -> None:
    body = 'See [*a*](/b "In English") and [r].\n\n> [r]: /c\n> "More English"\n'
    article = read(body)
    words = own_words(article)
    assert rewrite_article(article, words, titles=False).endswith(
        "\nSee [*a*](</b>) and [r].\n\n> [r]: </c>\n"
    )
    assert rewrite_article(article, words).endswith(body)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('![a [b](c "t1") d](e "t2") f', "![a [b](<c>) d](<e>) f"),
        ('[](a "t")[b][r "t"]', '[](<a>)[b][r "t"]'),
        ("[a\\]](<b c> 't](x)')\\\n[é](d)", "[a\\]](<b c>)\\\n[é](d)"),
        ('[a](b "c") <https://x.org>', "[a](<b>) <https://x.org>"),
        ('`[a](b "c")` <https://x.org> [x](y "&amp;")', '`[a](b "c")` <https://x.org> [x](<y>)'),
    ],
)
def test_titles_are_taken_out_of_nested_empty_and_escaped_links(text: str, expected: str) -> None:
    assert without_titles(text) == expected
