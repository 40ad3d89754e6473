"""What an author probably did not mean is said with its line, and nothing is refused for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content import ARTICLE, Content, small_project


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return small_project(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "line", "found"),
    [
        ("[Call for help][help]", "[Call for help][hepl]", 23, "nothing defines `hepl`"),
        ("- Rest", "- Rest[^n]", 17, "`[^n]` is no footnote"),
        (
            "Read this *first*.",
            "> [!DANGER]\n> Read this *first*.",
            11,
            "`[!DANGER]` is no call-out",
        ),
        ("- Rest", "- [Rest](#nowhere)", 17, "leads to no heading"),
        ("## When", "# When", 20, "begin with `##`"),
        ("description:", "reveiw_by: 2026-01-01\ndescription:", 3, "is `review_by` meant?"),
        ("Take {dose}.", "Take it.", 1, "`dose` is declared and not used"),
        (
            "- Rest",
            "| a | b |\n|---|---|\n| c | d | not for children |\n\n- Rest",
            19,
            "more cells",
        ),
    ],
)
def test_a_likely_mistake_is_a_notice_with_its_line(
    content: Content, old: str, new: str, line: int, found: str
) -> None:
    assert old in ARTICLE
    content.write("source_content/fever.md", ARTICLE.replace(old, new, 1))
    code, said = content.say("sync")
    assert code == 0, said
    notice = next(text for text in said.splitlines() if found in text)
    assert notice.startswith(f"source_content/fever.md:{line}: ")


def test_a_good_article_has_no_notice(content: Content) -> None:
    assert "source_content" not in content.say("sync")[1]


@pytest.mark.parametrize("comment", ["rsik: high", "risk= high", "high risk", "Risk - high"])
def test_a_misspelled_risk_is_refused(content: Content, comment: str) -> None:
    content.write("source_content/fever.md", ARTICLE.replace("risk: high", comment))
    code, said = content.say("sync")
    assert (code, "source_content/fever.md:21: " in said) == (2, True), said


def test_a_note_to_a_colleague_is_not_on_the_page(content: Content) -> None:
    content.write(
        "source_content/fever.md", ARTICLE.replace("## When", "<!-- ask A. -->\n\n## When")
    )
    content.write(
        "medloc.yaml", content.read("medloc.yaml").replace("policy: {", "policy: {source: [], ")
    )
    content("sync")
    assert content("build") == 0
    page = content.page("en")
    assert page is not None
    assert "<!--" not in page


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("x.html", "<p>", "is no image"),
        ("x.svg", "<svg><script>alert(1)</script></svg>", "the element `script`"),
        ("x.svg", '<svg onload="x()"/>', "onload"),
        ("x.svg", '<s:script xmlns:s="http://www.w3.org/2000/svg"/>', "the element `script`"),
        ("x.svg", '<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x()">]><svg/>', "DOCTYPE"),
        ("x.svg", '<svg><a href="java&#115;cript:x()"/></svg>', "an address outside"),
        ("x.svg", '<svg><set attributeName="href" to="x"/></svg>', "an animation of `href`"),
        ("x.svg", '<svg><style>@import "https://a.example"</style></svg>', "@import"),
        ("x.svg", '<svg fill="u&#114;l(https://a.example/x)"/>', "an address outside"),
        ("x.svg", "<svg>", "no XML"),
        ("%00.svg", "", "not beside the article"),
        ("x.svg", '<svg><image href="https://a.example/x.png"/></svg>', "an address outside"),
    ],
)
def test_an_image_that_could_act_is_refused(
    content: Content, name: str, data: str, found: str
) -> None:
    if data:
        content.write(f"source_content/{name}", data)
    content.write("source_content/fever.md", ARTICLE.replace("- Rest", f"- Rest ![a]({name})"))
    code, said = content.say("sync")
    assert (code, found in said) == (2, True), said


@pytest.mark.parametrize(
    "data",
    [
        "<svg><g style=\"fill:url('#g')\"/><text>stage one = 5 beats</text></svg>",
        "<svg><style>.a{fill:url(#g)} @font-face{src:url(data:font/woff2;base64,AA)}</style></svg>",
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "a" "b"><svg data-src="x"/>',
        '<svg xmlns:x="http://www.w3.org/1999/xlink"><use x:href="#a"/></svg>',
    ],
)
def test_a_plain_drawing_is_taken(content: Content, data: str) -> None:
    content.write("source_content/x.svg", data)
    content.write("source_content/fever.md", ARTICLE.replace("- Rest", "- Rest ![a](x.svg)"))
    assert content("sync") == 0


def test_a_drawing_of_one_locale_is_looked_at_too(content: Content) -> None:
    content.write("source_content/x.svg", "<svg/>")
    content.write("source_content/x.es.svg", "<svg><script/></svg>")
    content.write("source_content/fever.md", ARTICLE.replace("- Rest", "- Rest ![a](x.svg)"))
    code, said = content.say("sync")
    assert (code, "source_content/x.es.svg:1: " in said) == (2, True)
