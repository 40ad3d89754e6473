"""The Markdown door: inline rendering, structure, written-out texts, addresses, characters."""

from __future__ import annotations

import pytest

from medloc.markdown import (
    html,
    inline_html,
    inline_structure,
    page,
    parse,
    structure_problem,
    write_out,
)
from medloc.markdown.characters import describe, forbidden_character
from medloc.markdown.library import definitions
from medloc.markdown.links import definition, forbidden_scheme, is_article, is_relative, tail

# --- inline rendering


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("plain", "plain"),
        ("- no list", "- no list"),
        ("1. no list", "1. no list"),
        ("# no heading #", "# no heading #"),
        ("> no quote", "&gt; no quote"),
        ("---", "---"),
        ("    no code", "no code"),
        ("[r]: /no-definition", "[r]: /no-definition"),
        ("| a | b |", "| a | b |"),
        ("text {#no-id}", "text {#no-id}"),
        ("one\\\ntwo", "one<br />\ntwo"),
        ("*one*\\\n*two*", "<em>one</em><br />\n<em>two</em>"),
        ("_one_\\\n_two_", "<em>one</em><br />\n<em>two</em>"),
        ("one\n\n## two", "one  ## two"),
        ("one\r\rtwo", "one  two"),
        ("trailing \\", "trailing \\"),
        ("![a *b* c](x.svg)", '<img src="x.svg" alt="a b c" />'),
        ("~~old~~ <b>new</b>", "<del>old</del> <b>new</b>"),
        ("[r]", "[r]"),
        (" ", ""),
        ("`", "`"),
        ("<!-- unclosed", "&lt;!-- unclosed"),
    ],
)
def test_inline_text_renders_alone(text: str, rendered: str) -> None:
    assert inline_html([text]) == [rendered]


def test_texts_do_not_touch_each_other() -> None:
    texts = ["`", "*a", "b*", "[", "](x)", "<b", ">", "a\\", "``", "<!--", "-->", "[^n]"]
    assert inline_html(texts) == [inline_html([text])[0] for text in texts]


def test_references_and_footnotes_find_their_definitions_and_numbers() -> None:
    ends = tail([definition("r", "/u", "t")], ["n"])
    rendered = inline_html(["[a][r]", "b[^n]"], tail=ends, numbers={"n": "7"})
    assert rendered == [
        '<a href="/u" title="t">a</a>',
        'b<sup class="footnote-reference"><a href="#n">7</a></sup>',
    ]


@pytest.mark.parametrize(
    "body",
    [
        "[r]: /u",
        "[r]: <a b> 'the \"x\"'",
        "[r]: /a\\*b?c&amp;d \"\n two\nlines\"",
        "[ R  É ]: <\\<x\\>\\\\> (t)",
        "[r]: <>",
        "[a\\]b]: /%20&copy;",
    ],
)  # fmt: skip
def test_definitions_are_written_again_as_they_were_read(body: str) -> None:
    [read] = definitions(body)
    [again] = definitions(definition(read.label, read.address, read.title))
    assert (again.address, again.title) == (read.address, read.title)
    assert " ".join(again.label.split()) == " ".join(read.label.split())


# --- pages and parsing


def test_page_has_classes_for_alignment_and_safe_footnote_ids() -> None:
    body = "a[^x y]\n\n|b|\n|-:|\n\n[^x y]: c\n"
    assert page(body) == (
        '<p>a<sup class="footnote-reference"><a href="#fn:1">1</a></sup></p>\n'
        '<table><thead><tr><th class="align-right">b</th></tr></thead><tbody>\n</tbody></table>\n'
        '<div class="footnote-definition" id="fn:1">'
        '<sup class="footnote-definition-label">1</sup>\n<p>c</p>\n</div>\n'
    )


def test_page_is_without_our_comments_only() -> None:
    body = "<!-- risk: high -->\n\na\n\n<!-- Context: x -->\n<!-- note: y -->\n\n`<!-- risk: z -->`"
    assert "".join(page(body).split("\n")) == (
        "<p>a</p><!-- note: y --><p><code>&lt;!-- risk: z --&gt;</code></p>"
    )


def test_per_locale_links_are_links_in_the_page() -> None:
    assert html("[x][Help] [help]", links={"help": "tel:112"}) == (
        '<p><a href="tel:112">x</a> <a href="tel:112">help</a></p>\n'
    )


def test_parse_gives_runs_with_their_bytes() -> None:
    document = parse("é\n\n> \\*a\n> [b][]\n\n[b]: /u\n", first_line=3)
    _, run = document.blocks
    assert document.data[run.start : run.end].decode() == "\\*a\n> [b][]"
    assert (run.text, run.plain, run.line) == ("\\*a [b][]", "*a b", 5)  # type: ignore[union-attr]


# --- structure

SAME = [
    ("Do **not** stop", "**Не** прекращайте"),
    ("**Note:** do not", "<strong>注意：</strong>不要"),
    ("*a* and *b*", "<em>b</em> *a*"),
    ("~~a~~", "<del>b</del>"),
    ("[a](https://x.y) [b](/c 't')", "[d](/c 't') [e](<https://x.y>)"),
    ("<https://x.y>", "[x](https://x.y)"),
    ("a `code` b", "`code` c"),
    ("one\\\ntwo", "one two"),
    ("![a foot](x.svg)", "![ein Fuß](x.svg)"),
    ("H<sub>2</sub>O", "<SUB >2</SUB>"),
    ("a <br> b", "b <br/> a"),
    ('<span class="x" lang=la>a</span>', "<span lang='la' class='x'>b</span>"),
    ("5 * 3", "3 * 5"),
    ("a", "الم\u200c\u200d\u200e\u200f\u061c\u00a0"),
    ("a & b", "a &amp; b"),
    ("x\ty", "x\ty"),
    ('[a <img src="x.svg">](/u)', '[<img src="x.svg">](/u) b'),
]


@pytest.mark.parametrize(("source", "wording"), SAME)
def test_same_structure(source: str, wording: str) -> None:
    assert structure_problem(source, wording) == ""


OTHER = [
    ("a", "", "the wording is empty: write one."),
    ("a", " \n", "the wording is empty: write one."),
    ("*a*", "*&#32;*", "the wording shows no text: write one."),
    ("**a**", "a", "the wording drops `**...**` (strong): put it back."),
    ("a", "*a*", "the wording adds `*...*` (emphasis): take it out."),
    ("~~a~~", "a", "the wording drops `~~...~~` (strikethrough): put it back."),
    ("*a*", "**a**", "the wording drops `*...*` (emphasis): put it back; it adds `**...**` "
     "(strong): take it out."),
    ("[a](/u)", "a", "the wording drops the link to /u: put `[...](/u)` or the source's own "
     "reference back."),
    ("[a](/u)", "[a](/v)", "the wording changes the link to /u into /v: write the address of the "
     "source."),
    ("[a](/u 's')", "[a](/u 't')", "the wording changes the title of the link to /u from 's' to "
     "'t': write the title of the source."),
    ("a", "[a](/v)", "the wording adds the link to /v: take it out."),
    ("[a](/u)", "[](/u) a", "the wording leaves the link to /u without text: put the words of the "
     "link in its brackets."),
    ("![a](x.svg)", "a", "the wording drops the image to x.svg: put `![...](x.svg)` back."),
    ("`a`", "`b`", "the wording changes the code `a` into `b`: write `a`."),
    ("<b>a</b>", "<b onclick='x'>a</b>", 'the wording changes the tag <b> into <b onclick="x">: '
     "write <b>."),
    ("a", "<script>a</script>", "the wording adds the tag <script>: take it out; it adds the tag "
     "</script>: take it out."),
    ("a", "a <!-- b -->", "the wording adds the tag <!-- b -->: take it out."),
    ("Do <b>not</b> take", "Do </b>not<b> take", "the tags of the wording do not close in the "
     "order in which they opened: close each one inside the part where it opened, as the source "
     "does."),
    ("*a* <b>c</b>", "*a <b>b* c</b>", "the tags of the wording do not close in the order in which "
     "they opened: close each one inside the part where it opened, as the source does."),
    ("a", "a\n\n## Evil", "the wording holds a line end that is no line break: write a blank "
     "instead, or a backslash before it where the source has one."),
    ("a", "a\\\\\nb", "the wording holds a line end that is no line break: write a blank instead, "
     "or a backslash before it where the source has one."),
    ("`a`", "`a\\\nb`", "in the wording, a line break stands inside code: take it out of there."),
    ("[a](/u 't')", "[a](/u 's\\\nt')", "in the wording, a line break stands inside an address or "
     "its title: take it out of there."),
    ("![a](x)", "![a\\\nb](x)", "in the wording, a line break stands inside the text of an image: "
     "take it out of there."),
    ("a", "5\u200b0", "the wording holds the character U+200B ZERO WIDTH SPACE: remove it."),
    ("a", "&#x202E;a", "the wording holds the character U+202E RIGHT-TO-LEFT OVERRIDE: remove it."),
    ("a", "a&ZeroWidthSpace;", "the wording holds the character U+200B ZERO WIDTH SPACE: remove "
     "it."),
    ("a", "a\x07", "the wording holds the character U+0007 (control character): remove it."),
    ("a", "a\ue005", "the wording holds the character U+E005 (private use): remove it."),
    ("a", "a\u2069", "the wording holds the character U+2069 POP DIRECTIONAL ISOLATE: remove it."),
    ("*a*", "a" * 100_001, "the wording has more than 100000 characters: shorten it."),
    ("a", "*a* **b** ~~c~~ `d`", "the wording adds `*...*` (emphasis): take it out; it adds "
     "`**...**` (strong): take it out; it adds `~~...~~` (strikethrough): take it out; and 1 "
     "more."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "wording", "problem"), OTHER)
def test_other_structure(source: str, wording: str, problem: str) -> None:
    assert structure_problem(source, wording) == problem


def test_emphasis_beside_cjk_punctuation_gets_a_hint() -> None:
    problem = structure_problem("**Note:** do not", "**注意：**不要")
    assert problem.endswith(
        "move the punctuation outside `**`, or write <strong>...</strong> (<em>...</em> for `*`)."
    )


def test_references_compare_by_where_they_lead() -> None:
    ends = tail([definition("who", "https://who.int"), definition("msf", "https://msf.org")], ())
    assert structure_problem("[a][who]", "[b](https://who.int) ", tail=ends) == ""
    assert "msf.org" in structure_problem("[a][who]", "[a][msf]", tail=ends)
    assert "drops the link" in structure_problem("[a][who]", "[a][whoo]", tail=ends)
    assert "adds the link" in structure_problem("a", "[who]", tail=ends)


def test_a_wording_cannot_define_a_reference() -> None:
    assert structure_problem("[a][b]", "[b]: /u") == ""  # both are words, no link in either
    assert "line end" in structure_problem("[a][b]", "[a][b]\n\n[b]: /u")


def test_a_per_locale_link_must_keep_its_label() -> None:
    links = frozenset({"help"})
    assert structure_problem("[call][help]", "[llame][Help]", links=links) == ""
    assert structure_problem("[call][help]", "[llame](tel:112)", links=links) == (
        "the wording drops the link `[...][help]`: put it back; it adds the link to tel:112: take "
        "it out."
    )
    assert "drops" in structure_problem("[call][help]", "[call](locale-link)", links=links)


def test_footnotes_compare_by_label() -> None:
    ends = tail((), ["a", "b"])
    assert structure_problem("x[^a]", "[^a]y", tail=ends) == ""
    assert "`[^b]`" in structure_problem("x[^a]", "x[^b]", tail=ends)


@pytest.mark.parametrize(
    ("wording", "problem"),
    [
        ("tome {dose}", ""),
        ("**{dose}**", "the wording adds `**...**` (strong): take it out."),
        ("tome", "the wording drops the quantity `{dose}`: put it back."),
        ("{dose} {dose}", "the wording adds the quantity `{dose}`: take it out."),
        ("{doze}", "the wording has {doze} where the source has {dose}: write {dose}."),
        ("\\{dose}", "the wording drops the quantity `{dose}`: put it back."),
        ("&#123;dose}", "the wording drops the quantity `{dose}`: put it back."),
        ("`{dose}`", "in the wording, `{dose}` stands in code, in an address or in the text of an "
         "image: take it out of there."),
        ("[{dose}]({dose})", "in the wording, `{dose}` stands in code, in an address or in the "
         "text of an image: take it out of there."),
    ],
)  # fmt: skip
def test_placeholders_compare_where_quantities_are_declared(wording: str, problem: str) -> None:
    assert structure_problem("take {dose}", wording, quantities=True) == problem


def test_placeholders_with_underscores_are_whole() -> None:
    structure = inline_structure("{a_b_c} *x*", quantities=True)
    assert structure.parts == {("placeholder", "a_b_c"): 1, ("emphasis",): 1}


def test_fields_are_plain_text() -> None:
    assert structure_problem("a *b*", "c `d` <b>", plain=True) == ""
    assert "line end" in structure_problem("a", "a\\\nb", plain=True)
    assert "`{x}`" in structure_problem("a {x}", "a", plain=True, quantities=True)
    assert structure_problem("a {x}", "a", plain=True) == ""


# --- written-out texts


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Take {dose}.", "Take 5 mg."),
        ("{a_b}{dose}", "\\*x\\*5 mg"),
        ("\\{dose} {other}", "\\{dose} {other}"),
        ("[call][help] é [Help] [help][] [who]", "[call](<tel:112>) é [Help](<tel:112>) "
         "[help](<tel:112>) [who]"),
        ("**[call *now*][help]**\\\n[help]", "**[call *now*](<tel:112>)**\\\n[help](<tel:112>)"),
        ("`[help]` \\[help] [help](/x)", "`[help]` \\[help] [help](/x)"),
        ("[help][who]", "[help][who]"),
    ],
)  # fmt: skip
def test_write_out(text: str, written: str) -> None:
    values, addresses = {"dose": "5 mg", "a_b": "*x*"}, {"help": "tel:112"}
    ends = tail([definition("who", "/who")], ())
    assert write_out(text, values, addresses, tail=ends) == written


def test_written_out_fields_hold_no_escapes() -> None:
    assert write_out("{x} [help]", {"x": "*5*"}, {"help": "/"}, plain=True) == "*5* [help]"


def test_a_written_out_link_leads_where_it_should() -> None:
    address = "https://x.y/a(b)<c>?d&e"
    [rendered] = inline_html([write_out("[x][help]", {}, {"help": address})])
    assert rendered == '<a href="https://x.y/a(b)%3Cc%3E?d&amp;e">x</a>'


# --- addresses and characters


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JavaScript:x", " java\tscript:x", "\x01javascript:x",
        "java&#10;script:x", "javascript&colon;x", "javascript%3Ax", "%6Aavascript:x",
        "j%2561vascript:x", "vbscript:x", "data:text/html,x", "DATA:x", "file:///etc/passwd",
        "\u200bjavascript:x", "java\u00adscript:x",
    ],
)  # fmt: skip
def test_disguised_scheme_is_seen(address: str) -> None:
    assert forbidden_scheme(address)


@pytest.mark.parametrize(
    "address",
    ["", "https://x.y/javascript:", "data.html", "file.pdf", "#data:x", "tel:112", "?q=javascript:",
     "mailto:data@x.y", "x/data:y"],
)  # fmt: skip
def test_ordinary_address_is_taken(address: str) -> None:
    assert forbidden_scheme(address) == ""


def test_relative_addresses_and_articles() -> None:
    assert [is_relative(a) for a in ("a b.svg", "../x", "C:x", "HTTP:x", "\\x", "?q")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip
    assert [is_article(a) for a in ("x.md", "x.MD#id", "/x.md", "x.md.txt", "http://y/x.md")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_forbidden_characters_are_seen_as_entities_too() -> None:
    assert describe(forbidden_character("a&#x2068;")) == "U+2068 FIRST STRONG ISOLATE"
    assert forbidden_character("a&#x2068;", markup=False) == ""
    assert forbidden_character("a\t\n\u200d\u200f\u00a0\U0001f48a&#10;&shy;") == ""
