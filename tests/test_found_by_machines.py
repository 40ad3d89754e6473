"""What machines find: structured data, alternates, site maps, and `index.json` beside each page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from medloc.cli import run
from medloc.site.sitemaps import MOST, robots, sitemap_index, sitemaps
from medloc.theme.questions import Question, questions
from tests import site_rules
from tests.content import ARTICLE, SETTINGS, WORDS, Content, small_project
from tests.test_tampers import World, alone, in_file, medloc, reseal, sha

ADDRESS = "https://example.org/health"
SITE = f'site: {{address: "{ADDRESS}", name: "Ministry & Health"}}\n'
SECTION = """\

## Questions {#faq .faq}

### Is it </script> dangerous? {#danger}

**Seldom.** Call after two days.

- Rest

### How long does it last? {#long}

Three days.
"""
MORE = {
    "Questions": "Preguntas",
    "Is it </script> dangerous?": "¿Es </script> peligrosa?",
    "**Seldom.** Call after two days.": "**Rara vez.** Llame después de dos días.",
    "How long does it last?": "¿Cuánto dura?",
    "Three days.": "Tres días.",
}
FRONT = "description: What fever is.\naliases: [high-temperature]\nreviewed: 2026-02-01\ncodes: {icd10: R50.9, mesh: D005334}\n"  # noqa: E501


def article() -> str:
    text = ARTICLE.replace("description: What fever is.\n", FRONT)
    head, tail = text.split("\n[leaflet]:")
    return f"{head}{SECTION}\n[leaflet]:{tail}".replace("</script>", "&lt;/script&gt;")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """A page in en and es; in ar it was recalled, so that a notice stands there."""
    made = small_project(
        tmp_path_factory.mktemp("machines"), article=article(), settings=SETTINGS + SITE
    )
    spanish = {k.replace("</script>", "&lt;/script&gt;"): v for k, v in MORE.items()}
    spanish = {k: v.replace("</script>", "&lt;/script&gt;") for k, v in spanish.items()}
    made.translate("es", WORDS["es"] | spanish)
    arabic = {text: f"{WORDS['ar']['Rest']} {number}" for number, text in enumerate(spanish)}
    marked = {text: f"**{words}**" if "**" in text else words for text, words in arabic.items()}
    made.translate("ar", WORDS["ar"] | marked)
    made.approve_all("en", "editor")
    for locale in ("es", "ar"):
        made.approve_all(locale, "doctor", "linguist", "writer")
    assert made("build", "--date", "2026-03-01") == 0
    assert made.page("ar")
    made("decide", "recall", "fever", "ar", "--as", "doctor", "--reason", "wrong dose")
    assert made("build", "--date", "2026-03-01") == 0
    return made


@pytest.fixture(scope="module")
def pages(content: Content) -> dict[str, site_rules.Head]:
    return site_rules.pages_of(content.root / "site")


def data(content: Content, tag: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(content.read(f"site/{tag}/fever/index.json"))
    return value


# --- what pages say of themselves -----------------------------------------------------------------


def test_links_alternates_data_and_maps_are_as_machines_want_them(
    content: Content, pages: Mapping[str, site_rules.Head]
) -> None:
    site = content.root / "site"
    assert list(site_rules.broken_links(site, pages)) == []
    assert list(site_rules.one_sided_alternates(ADDRESS, pages)) == []
    assert list(site_rules.wrong_data(pages)) == []
    assert list(site_rules.wrong_maps(site, ADDRESS, pages)) == []
    assert len(pages) == 1 + 3 + 3 + 2  # root; lists; pages and a notice; redirects


def test_structured_data_as_a_whole(pages: Mapping[str, site_rules.Head]) -> None:
    page, crumbs = json.loads(pages["es/fever/index.html"].data[0])["@graph"]
    own, site = f"{ADDRESS}/es/fever/", {"name": "Ministry & Health"}
    assert page.pop("version")
    assert page.pop("dateModified")
    assert page == {
        "@type": ["MedicalWebPage", "FAQPage"],
        "url": own,
        "name": "Fiebre",
        "description": "Qué es la fiebre.",
        "inLanguage": "es",
        "audience": {"@type": "Patient"},
        "lastReviewed": "2026-02-01",
        "about": {
            "@type": "MedicalCondition",
            "name": "Fiebre",
            "code": [
                {"@type": "MedicalCode", "codingSystem": "ICD-10", "codeValue": "R50.9"},
                {"@type": "MedicalCode", "codingSystem": "MeSH", "codeValue": "D005334"},
            ],
        },
        "mainEntity": [
            {
                "@type": "Question",
                "name": "¿Es </script> peligrosa?",
                "acceptedAnswer": {
                    "@type": "Answer",
                    "text": "Rara vez. Llame después de dos días.\nDescanse",
                },
            },
            {
                "@type": "Question",
                "name": "¿Cuánto dura?",
                "acceptedAnswer": {"@type": "Answer", "text": "Tres días."},
            },
        ],
        "isPartOf": {"@type": "WebSite", **site},
        "publisher": {"@type": "Organization", **site},
        "translationOfWork": {
            "@type": "MedicalWebPage",
            "url": f"{ADDRESS}/en/fever/",
            "inLanguage": "en",
        },
    }
    items = [(one["position"], one["name"], one["item"]) for one in crumbs["itemListElement"]]
    assert items == [(1, "Todos los artículos", f"{ADDRESS}/es/"), (2, "Fiebre", own)]


def test_open_graph_names_page_site_and_language(pages: Mapping[str, site_rules.Head]) -> None:
    assert pages["es/fever/index.html"].metas("property") == {
        "og:type": "article",
        "og:title": "Fiebre",
        "og:description": "Qué es la fiebre.",
        "og:url": f"{ADDRESS}/es/fever/",
        "og:site_name": "Ministry & Health",
        "og:locale": "es_ES",
    }


def test_a_notice_is_for_no_search_engine(pages: Mapping[str, site_rules.Head]) -> None:
    notice = pages["ar/fever/index.html"]
    assert notice.metas()["robots"] == "noindex"
    assert notice.links("alternate") + notice.links("canonical") == []


def test_checks_are_named_by_role_and_never_by_person(content: Content) -> None:
    page = str(content.page("es"))
    assert "<li>Revisión médica: todas las frases</li>" in page
    assert "<li>Revisión lingüística: todas las afirmaciones que podrían causar daño" in page
    assert f'<bdi dir="ltr">{data(content, "es")["edition"]}</bdi>' in page
    for person in ("Doctor", "Linguist", "Writer", "doctor", "linguist"):
        assert person not in page


def test_without_an_address_nothing_absolute_is_claimed(tmp_path: Path) -> None:
    made = small_project(tmp_path)
    made.approve_all("en", "editor")
    assert made("build", "--date", "2026-03-01") == 0
    assert made.read("site/robots.txt") == "User-agent: *\nAllow: /\n"
    assert not list((tmp_path / "site").rglob("sitemap*"))
    head = site_rules.pages_of(tmp_path / "site")["en/fever/index.html"]
    [graph] = json.loads(head.data[0])["@graph"]
    assert "url" not in graph
    assert made("verify", "site") == 0


# --- index.json -----------------------------------------------------------------------------------


def test_the_data_of_a_page_are_what_it_shows(content: Content) -> None:
    found, page = data(content, "es"), str(content.page("es"))
    assert f"<article>\n{found.pop('body')}</article>" in page
    assert found.pop("edition") in page
    approved = found["dates"].pop("approved")
    assert len(approved) == 10
    assert found == {
        "format": 1,
        "article": "fever",
        "locale": "es",
        "tag": "es",
        "direction": "ltr",
        "status": "current",
        "notices": [],
        "address": f"{ADDRESS}/es/fever/",
        "title": "Fiebre",
        "description": "Qué es la fiebre.",
        "dates": {"reviewed": "2026-02-01"},
        "proof": "proof.json",
    }


def test_the_data_of_a_withdrawn_page_hold_no_word_of_it(content: Content) -> None:
    assert data(content, "ar") == {
        "format": 1,
        "article": "fever",
        "locale": "ar",
        "tag": "ar",
        "direction": "rtl",
        "status": "withdrawn",
        "notices": [{"kind": "withdrawn", "lang": "ar", "text": "سُحبت هذه الصفحة."}],
        "address": f"{ADDRESS}/ar/fever/",
    }


def test_all_of_it_is_proved(content: Content) -> None:
    assert content("verify", "site", "--rebuild") == 0


# --- parts ----------------------------------------------------------------------------------------


def test_questions_are_read_from_sections_of_class_faq_only() -> None:
    body = (
        "<h2>No</h2><h3>No?</h3><p>No.</p>"
        '<h2 id="a" class="x faq">FAQ</h2><p>Words before.</p><h3 id="b">One?</h3><h4>Part</h4>'
        '<p>1<sup class="footnote-reference"><a href="#n">1</a></sup></p>'
        "<h3>Empty?</h3><h3>Two <em>&amp;</em>?</h3><table><tr><td>a</td><td>b</td></tr></table>"
        '<h2>Not any more</h2><h3>No?</h3><p>No.</p><div class="footnote-definition">n</div>'
    )
    assert questions(body) == (Question("One?", "Part\n1"), Question("Two &?", "a b"))
    assert questions('<h2 class="faqs">No</h2><h3>No?</h3><p>No.</p>') == ()


def test_a_long_map_is_split_and_the_index_names_every_part() -> None:
    rows = [(f"https://x.org/es/{number}/", "") for number in range(MOST + 1)]
    files = sitemaps("es", rows)
    assert {name: data.count(b"<url>") for name, data in files.items()} == {
        "es/sitemap.xml": MOST,
        "es/sitemap-2.xml": 1,
    }
    index = sitemap_index("https://x.org", {"es": MOST + 1, "ar": 1}).decode()
    for name in (*files, "ar/sitemap.xml"):
        assert index.count(f"<loc>https://x.org/{name}</loc>") == 1
    longest = "https://x.org/" + "a" * 2034
    assert len(sitemaps("es", [(longest, "2026-03-01")] * MOST)["es/sitemap.xml"]) < 50 * 2**20


def test_addresses_are_escaped_in_xml() -> None:
    [found] = sitemaps("es", [("https://x.org/a&b", "")]).values()
    assert b"https://x.org/a&amp;b" in found
    assert robots("https://x.org").endswith(b"Sitemap: https://x.org/sitemap.xml\n")


# --- tampered with, and every hash made to fit ----------------------------------------------------

PAGE, DATA, NOTICE = "es/fever/index.html", "es/fever/index.json", "ar/fever/index.json"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (DATA, "Beba", "No beba"),
        (DATA, '"title":"Fiebre"', '"title":"Gripe"'),
        (DATA, '"status":"current"', '"status":"last_good"'),
        (DATA, '"edition":"', '"edition":"0'),
        (DATA, '"approved":"20', '"approved":"30'),
        (DATA, '"notices":[]', '"more":1,"notices":[]'),
        (DATA, f'"{ADDRESS}/es', '"https://example.com/es'),
        (NOTICE, '"status":"withdrawn"', '"status":"current"'),
        (NOTICE, "سُحبت هذه الصفحة.", ""),
        (PAGE, '"text":"Tres días."', '"text":"Dos días."'),
        (PAGE, '"name":"Fiebre"', '"name":"Gripe"'),
        (PAGE, '"codeValue":"R50.9"', '"codeValue":"R50.8"'),
        (PAGE, '"lastReviewed":"2026-02-01"', '"lastReviewed":"2026-02-28"'),
        (PAGE, '<script type="application/ld+json">', "<script>"),
        (PAGE, "</script>", '</script><script type="application/ld+json">{}</script>'),
        (PAGE, 'og:title" content="Fiebre"', 'og:title" content="Gripe"'),
        (PAGE, 'og:description" content="Qu', 'og:description" content="Po'),
        (PAGE, f'canonical" href="{ADDRESS}/es', f'canonical" href="{ADDRESS}/en'),
        ("robots.txt", "Allow: /\n", "Disallow: /\n"),
        ("robots.txt", ADDRESS, "https://example.com"),
        ("sitemap.xml", f"{ADDRESS}/es/", "https://example.com/es/"),
        ("es/sitemap.xml", f"<url><loc>{ADDRESS}/es/</loc></url>\n", ""),
        ("es/sitemap.xml", "<lastmod>20", "<lastmod>30"),
        ("es/sitemap.xml", "</urlset>", f"<url><loc>{ADDRESS}/es/x/</loc></url></urlset>"),
    ],
)
def test_no_machine_is_told_anything_else(
    content: Content, tmp_path: Path, name: str, old: str, new: str
) -> None:
    shutil.copytree(content.root, tmp_path / "world")
    world = World(tmp_path / "world")
    in_file(name, old, new, sealed=True)(world)
    found = medloc(world)
    # `robots.txt` says where the site stands, so another address is seen on its first page.
    moved = name == "robots.txt" and new.startswith("https:")
    assert found == ("text", "en/fever/index.html" if moved else name)


@pytest.mark.parametrize("name", [DATA, NOTICE, "robots.txt", "sitemap.xml", "es/sitemap.xml"])
def test_none_of_it_may_be_missing(content: Content, tmp_path: Path, name: str) -> None:
    shutil.copytree(content.root, tmp_path / "world")
    world = World(tmp_path / "world")
    (world.site / name).unlink()
    root = world.json("manifest.json")
    root["files"].pop(name, None)
    world.write_json("manifest.json", root)
    manifest = world.json("es/manifest.json")
    if name == DATA:
        del manifest["pages"][PAGE]["data"]
        world.write_json("es/manifest.json", manifest)
        root["locales"]["es"]["manifest"] = sha((world.site / "es/manifest.json").read_bytes())
        world.write_json("manifest.json", root)
    else:
        reseal(world)
    found = medloc(world)
    assert found is not None
    assert found[0] in ("folder", "text")


def test_the_verifier_that_stands_alone_knows_the_edition_of_the_data(
    content: Content, tmp_path: Path
) -> None:
    shutil.copytree(content.root, tmp_path / "world")
    world = World(tmp_path / "world")
    assert run(["--project", str(world.root), "ledger", "export", "export.jsonl"]) == 0
    assert alone(world) is None
    in_file(DATA, '"edition":"', '"edition":"0', sealed=True)(world)
    assert alone(world) == ("decisions", DATA)
