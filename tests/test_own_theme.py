"""A publisher's own templates and colours: the example of docs/theme.md, and what is refused."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path

import pytest

from medloc.theme import SHIPPED, ThemeError, read_theme
from tests.content import Content, approved_project
from tests.test_theme import page

DOCS = Path(__file__).resolve().parents[1] / "docs" / "theme.md"
EXAMPLE = dict(
    re.findall(r"```\w+ (theme/\S+)\n(.*?)```", DOCS.read_text("utf-8"), flags=re.DOTALL)
)
PAGE = "theme/templates/page.html"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """The example's files in a project, built."""
    content = approved_project(tmp_path_factory.mktemp("own"))
    assert content("build", "--date", "2026-03-01") == 0
    for name, text in EXAMPLE.items():
        content.write(name, text)
    assert content("build", "--date", "2026-03-01") == 0
    return content


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def refused(folder: Path) -> str:
    with pytest.raises(ThemeError) as caught:
        read_theme(folder)
    return str(caught.value)


def test_the_example_of_the_documentation_shows_on_every_page(made: Content) -> None:
    assert sorted(EXAMPLE) == [
        "theme/style.css",
        "theme/templates/_imprint.html",
        "theme/templates/base.html",
        "theme/templates/page.html",
    ]
    spanish = str(made.page("es"))
    assert '<img src="/logo.svg"' in spanish
    assert "Publicado por el Ministerio de Salud" in spanish
    assert spanish.count("Última aprobación:") == 2
    assert "Ministry" not in str(made.page("ar"))
    for file in (made.root / "site").rglob("index.html"):
        assert "logo.svg" in file.read_text("utf-8"), file
    (style,) = (made.root / "site/assets").glob("*.css")
    assert style.read_text("utf-8").endswith(EXAMPLE["theme/style.css"])


def test_a_site_in_its_own_theme_is_proved_and_built_again(made: Content) -> None:
    assert made("verify", "site", "--rebuild") == 0
    assert made.json("build", "--date", "2026-03-01")["written"] == 0
    manifest = json.loads(made.read("site/manifest.json"))
    assert manifest["theme"] == read_theme(made.root / "theme").digest() != SHIPPED.digest()


def test_a_changed_override_is_built_and_a_broken_one_builds_nothing(
    made: Content, tmp_path: Path
) -> None:
    before = made.read("site/es/fever/index.html")
    made.write("theme/templates/_imprint.html", "<p>{{ view.titel }}</p>\n")
    code, said = made.say("build", "--date", "2026-03-01")
    assert code == 2
    assert "theme/templates/_imprint.html:1: " in said
    assert "titel" in said
    assert made.read("site/es/fever/index.html") == before
    made.write("theme/templates/_imprint.html", "<p>Imprint</p>\n")
    assert made("build", "--date", "2026-03-01") == 0
    assert "<p>Imprint</p>" in made.read("site/es/fever/index.html")


def test_a_theme_is_a_value_for_other_processes(tmp_path: Path) -> None:
    theme = read_theme(write(tmp_path, **{"style.css": "a {}"}))
    assert pickle.loads(pickle.dumps(theme)) == theme
    assert theme.style() == SHIPPED.style() + b"\na {}"
    assert read_theme(tmp_path / "none") == SHIPPED


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("pages.html", "", "theme/templates/pages.html: the theme has no such file."),
        ("page.html", "{% if %}", "theme/templates/page.html:1: "),
        ("page.html", "\n{{ vew }}", "theme/templates/page.html:2: 'vew' is undefined."),
        ("page.html", "\n\n{{ view.titel }}", "theme/templates/page.html:3: "),
        ("page.html", '\n{% include "_no.html" %}', "theme/templates/page.html:2: "),
        ("page.html", "x\n{% autoescape false %}{{ view.title }}{% endautoescape %}",
         "theme/templates/page.html:2: escaping cannot be switched off"),
        ("page.html", "\n{{ ''.__class__.__mro__ }}", "theme/templates/page.html:2: "),
        ("page.html", "{{ view.body_html }}", "page.html: a page drawn with it lacks "),
        ("base.html", '<html lang="en">', "base.html: a page drawn with it lacks the language"),
        ("list.html", '{% extends "base.html" %}', "list.html: a page drawn with it lacks its art"),
        ("root.html", '{% extends "base.html" %}', "root.html: a page drawn with it lacks its lan"),
        ("redirect.html", '{% extends "base.html" %}', "redirect.html: a page drawn with it lacks"),
    ],
)  # fmt: skip
def test_a_template_that_would_fail_or_hide_something_is_refused(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    assert said in refused(write(tmp_path, **{f"templates__{name}": text}))


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ('{% extends "medloc/page.html" %}{% block after %}{% endblock %}', "the link to its pro"),
        ('{% extends "medloc/page.html" %}{% block main %}<h1>{{ view.title }}</h1><article>\n'
         "{{ view.body_html|safe }}</article>\n{% endblock %}", "the notice `last_good`"),
        ('{% extends "medloc/page.html" %}{% block main %}{{ super()|replace("approved", "") }}'
         "{% endblock %}", "the body of the article"),
    ],
)  # fmt: skip
def test_a_page_that_leaves_out_what_readers_need_is_refused(
    tmp_path: Path, left_out: str, said: str
) -> None:
    assert said in refused(write(tmp_path, **{"templates__page.html": left_out}))


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("a {}\n@import 'x.css';", "theme/style.css:2: `@import`"),
        (
            "/* } */\na { background: url(https://x.org/a.png) }",
            "theme/style.css:2: `url(https://`",
        ),
        ("a {}\n\n}", "theme/style.css:3: a `}` that closes nothing"),
        ("a {}\nb {", "theme/style.css:2: a `{` that nothing closes"),
    ],
)
def test_a_style_sheet_that_browsers_would_misread_is_refused(
    tmp_path: Path, css: str, said: str
) -> None:
    assert said in refused(write(tmp_path, **{"style.css": css}))


def test_a_file_that_is_no_text_is_refused_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_bytes(b"a {}\n/* \xff */")
    assert refused(tmp_path).startswith("theme/style.css:2: this is not UTF-8")


def test_whatever_a_template_prints_is_escaped(tmp_path: Path) -> None:
    """Also in a theme of one's own, where a title may hold anything."""
    own = (
        '{% extends "medloc/page.html" %}{% block site_foot %}<p>{{ view.title }}</p>{% endblock %}'
    )
    theme = read_theme(write(tmp_path, **{"templates__page.html": own}))
    assert "<p>&lt;b&gt;</p>" in theme.page(page(title="<b>"))
