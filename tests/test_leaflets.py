"""Leaflets: exactly the page's words in reading order, the same bytes again, and never stale."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import verify_site
from medloc.errors import UsageError
from medloc.leaflet_pdf import LeafletError, leaflet_pdf
from medloc.workflow.leaflet_body import blocks, links_of, with_addresses
from medloc.workflow.project import open_project
from medloc.workflow.verify import verify
from tests.content import ARTICLE, SETTINGS, WORDS, Content, small_project

DAY = ("--date", "2026-03-02")
LANGUAGES = SETTINGS.replace("[es, ar]", "[es, zh_Hans, ar]") + (
    "site: {address: 'https://health.example.org'}\ndigits: {ar: arab}\n"
)
CHINESE = {
    "Fever": "发热",
    "What fever is.": "什么是发热。",
    "Read this *first*.": "请*先*阅读本文。",
    "What fever is": "什么是发热",
    "Fever is {limit} or more. See [the leaflet][leaflet].": (
        "发热是指体温达到或超过{limit}。请参阅[资料][leaflet]。"
    ),
    "Rest": "休息",
    "Drink **water**": "喝**水**",
    "When to get help": "何时求助",
    "[Call for help][help] at once. Take {dose}.": "立即[呼叫帮助][help]。服用{dose}。",
}
READ = {
    "es": """Fiebre Qué es la fiebre. Lea esto primero. Qué es la fiebre
        Hay fiebre con 38 °C o más. Vea el folleto. • Descanse • Beba agua Cuándo pedir ayuda
        Pida ayuda de inmediato. Tome 5 mg.
        Direcciones y números de teléfono
        • el folleto: https://example.org/leaflet • Pida ayuda: 112
        ¿Está vigente este folleto? https://health.example.org/es/fever/
        Edición: CODE Última aprobación: DATE Spanish: Fever 1/1""",
    "zh-Hans": """发热 什么是发热。 请先阅读本文。 什么是发热
        发热是指体温达到或超过38°C。请参阅资料。 • 休息 • 喝水 何时求助
        立即呼叫帮助。服用5mg。
        网址和电话号码 • 资料: https://example.org/leaflet • 呼叫帮助: 112
        这份资料是最新的吗？ https://health.example.org/zh-Hans/fever/
        版本：CODE 最近一次批准：DATE Chinese (Simplified): Fever 1/1""",
}


def prepare(root: Path, settings: str = LANGUAGES) -> Content:
    """An article approved in three languages and in its own."""
    content = small_project(root, settings=settings)
    for locale, words in {**WORDS, "zh_Hans": CHINESE}.items():
        content.translate(locale, words)
        content.approve_all(locale, "doctor", "linguist", "writer")
    content.approve_all("en", "editor")
    return content


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """The project with its site, built with leaflets; not to be changed."""
    content = prepare(tmp_path_factory.mktemp("made"))
    assert content("build", "--pdf", *DAY) == 0
    return content


@pytest.fixture
def content(made: Content, tmp_path: Path) -> Content:
    """A copy of it."""
    shutil.copytree(made.root, tmp_path / "copy")
    return Content(tmp_path / "copy")


def leaflets(content: Content) -> dict[str, bytes]:
    site = content.root / "site"
    return {path.relative_to(site).parts[0]: path.read_bytes() for path in site.glob("**/*.pdf")}


def text_of(pdf: bytes) -> str:
    """The text of a leaflet as a program reads it out, without white space."""
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub(r"\s", "", done.stdout.decode())


@pytest.mark.tools
@pytest.mark.parametrize("tag", ["es", "zh-Hans"])
def test_a_leaflet_says_the_approved_words_in_order_and_nothing_else(
    made: Content, tag: str
) -> None:
    page = json.loads(made.read(f"site/{tag}/fever/index.json"))
    found = text_of(leaflets(made)[tag])
    dated = re.search(r"(?:aprobación|批准)[:：](.*?)(?:Spanish|Chinese)", found)
    assert dated
    expected = re.sub(r"\s", "", READ[tag]).replace("CODE", page["edition"])
    assert found == expected.replace("DATE", dated[1])


@pytest.mark.tools
def test_a_leaflet_is_tagged_and_in_its_language(made: Content) -> None:
    pdf = leaflets(made)["ar"]
    told = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout
    assert re.search(rb"Tagged: +yes", told)
    assert b"/Lang (ar)" in pdf or b"/Lang" not in pdf  # compressed object streams hide it
    text = text_of(pdf)
    assert "١/١" in text, "pages are numbered in the digits of the settings"
    assert "٢٠٢٦" in text, "and so are days"
    assert "997" in text, "the emergency number of the language"
    assert "Arabic:Fever" in text


def test_the_same_leaflets_come_out_of_another_process(made: Content, tmp_path: Path) -> None:
    shutil.copytree(made.root, tmp_path / "again")
    again = Content(tmp_path / "again")
    shutil.rmtree(again.root / "site")
    command = [sys.executable, "-m", "medloc", "--project", str(again.root)]
    subprocess.run([*command, "build", "--pdf", *DAY], check=True, capture_output=True)
    assert leaflets(again) == leaflets(made)
    assert len(leaflets(made)) == 4


def test_a_leaflet_is_made_again_only_when_its_page_changes(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def draw(html: str, files: object, *, path: str, identifier: str) -> bytes:
        drawn.append(path)
        return b"%PDF " + identifier.encode()

    monkeypatch.setattr("medloc.workflow.leaflets.leaflet_pdf", draw)
    before = leaflets(content)
    assert content("build", "--pdf", "--date", "2026-03-03") == 0
    assert (drawn, leaflets(content)) == ([], before)
    content.translate("es", {"Rest": "Repose"})
    content.approve_all("es", "doctor")
    assert content("build", "--pdf", *DAY) == 0
    assert drawn == ["es/fever/leaflet.pdf"]
    # One that somebody touched is made again.
    (content.root / "site/ar/fever/leaflet.pdf").write_bytes(before["ar"] + b"\n")
    assert content("build", "--pdf", *DAY) == 0
    assert drawn == ["es/fever/leaflet.pdf", "ar/fever/leaflet.pdf"]


def test_a_build_without_leaflets_leaves_none_and_no_link_to_one(content: Content) -> None:
    assert 'href="leaflet.pdf"' in (content.page("es") or "")
    assert content("build", *DAY) == 0
    assert leaflets(content) == {}
    assert "leaflet.pdf" not in (content.page("es") or "")


def test_settings_make_them_in_every_build(content: Content) -> None:
    before = leaflets(content)
    content.write("medloc.yaml", LANGUAGES.replace("org'}", "org', leaflets: plain}"))
    assert content("build", *DAY) == 0
    assert leaflets(content) == before


def test_a_withdrawn_page_has_no_leaflet(content: Content) -> None:
    reason = ("--reason", "Wrong.", "--as", "doctor")
    assert content("decide", "recall", "fever", "es", *reason) == 0
    assert not (content.root / "site/es/fever/leaflet.pdf").exists()
    assert content("build", "--pdf", *DAY) == 0
    assert sorted(leaflets(content)) == ["ar", "en", "zh-Hans"]


def test_a_recall_deletes_leaflets_although_the_build_fails(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*arguments: object, **named: object) -> None:
        raise UsageError("no build today")

    monkeypatch.setattr("medloc.workflow.takedown.build", fails)
    content("decide", "recall", "fever", "en", "--reason", "Wrong.", "--as", "editor")
    assert leaflets(content) == {}, "the source's words stand on the leaflets of all languages"


def test_a_forged_leaflet_and_a_strange_one_are_found(content: Content) -> None:
    site = content.root / "site"
    ledger = content.root / "export.jsonl"
    assert content("ledger", "export", str(ledger)) == 0
    project = open_project(content.root)
    assert verify(site, project=project).failure is None
    kept = (site / "es/fever/leaflet.pdf").read_bytes()
    (site / "es/fever/leaflet.pdf").write_bytes(kept.replace(b"%PDF-1.7", b"%PDF-1.6"))
    failure = verify(site, project=project).failure
    assert failure is not None
    assert (failure.level, failure.file) == ("folder", "es/fever/leaflet.pdf")
    assert verify_site.verify(site, ledger)["failure"]["file"] == "es/fever/leaflet.pdf"


def test_without_the_extra_nothing_is_written_and_the_remedy_is_named(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = leaflets(content)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    code, said = content.say("build", "--pdf", "--date", "2026-03-04")
    assert code == 2
    assert "pip install 'medloc[pdf]'" in said
    assert leaflets(content) == before


@pytest.mark.parametrize(
    "picture", ["http://127.0.0.1:9/x.png", "file:///etc/passwd", "../../assets/gone.svg"]
)
def test_a_leaflet_asks_nobody_for_anything(picture: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda *one, **two: asked.append(one))
    html = f'<html lang="en"><title>x</title><p>x<img src="{picture}" alt="x"></p></html>'
    with pytest.raises(LeafletError) as caught:
        leaflet_pdf(html, {}, path="en/x/leaflet.pdf", identifier="x" * 32)
    assert caught.value.path == "en/x/leaflet.pdf"
    assert asked == []


def test_a_character_without_a_font_is_no_empty_box() -> None:
    with pytest.raises(LeafletError, match=r"no font on this machine has U\+323AF"):
        leaflet_pdf("<p>\U000323af", {}, path="en/x/leaflet.pdf", identifier="x" * 32)


@pytest.mark.tools
@pytest.mark.parametrize(("count", "fits"), [(3, True), (60, False)])
def test_a_wide_table_is_made_narrow_and_never_cut_off(count: int, fits: bool) -> None:
    style = "@page{size:A4} td{padding:1mm} .tight td{overflow-wrap:anywhere}"
    cells = "<td>" + "</td><td>".join(["Supercalifragilisticexpialidocious"] * count) + "</td>"
    html = (
        f"<html lang=en><title>x</title><style>{style}</style>"
        f'<body class="one"><table><tr>{cells}</tr></table>'
    )
    if fits:
        made = leaflet_pdf(html, {}, path="en/x/leaflet.pdf", identifier="x" * 32)
        assert text_of(made).count("S") == count
    else:
        with pytest.raises(LeafletError, match="wider than the sheet"):
            leaflet_pdf(html, {}, path="en/x/leaflet.pdf", identifier="x" * 32)


def test_a_leaflet_that_cannot_be_made_keeps_no_page_back(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(html: str, files: object, *, path: str, identifier: str) -> bytes:
        raise LeafletError("no font on this machine has U+0041", path=path)

    monkeypatch.setattr("medloc.workflow.leaflets.leaflet_pdf", fails)
    shutil.rmtree(content.root / "site")
    code, said = content.say("build", "--pdf", *DAY)
    assert (code, leaflets(content)) == (2, {})
    assert "es/fever/leaflet.pdf: no font on this machine" in said
    assert "leaflet.pdf" not in (content.page("es") or "leaflet.pdf")


@pytest.mark.tools
def test_two_columns_hold_source_and_translation_when_both_are_approved(tmp_path: Path) -> None:
    settings = (
        LANGUAGES.replace("org'}", "org', leaflets: bilingual}")
        .replace("[es, zh_Hans, ar]", "[es, ar]")
        .replace("digits: {ar: arab}\n", "")
    )
    content = small_project(tmp_path, settings=settings)
    content.translate("es", WORDS["es"])
    content.approve_all("es", "doctor", "linguist", "writer")
    assert content("build", *DAY) == 0
    alone = text_of(leaflets(content)["es"])
    assert "Takethis" not in alone
    assert "Readthisfirst" not in alone, "nobody approved the source"
    content.approve_all("en", "editor")
    assert content("build", *DAY) == 0
    both = text_of(leaflets(content)["es"])
    order = ["Englishespañol", "Readthisfirst.Leaestoprimero.", "Rest", "Descanse"]
    places = [both.index(part) for part in order]
    assert places == sorted(places)
    assert both.count("Whatfeveris") == 1
    # The source moves on: beside the last good edition it would be another text.
    content.write("source_content/fever.md", ARTICLE.replace("Read this", "Do read this"))
    content("sync")
    content.approve_all("en", "editor")
    assert content("build", *DAY) == 0
    assert "Doreadthisfirst" in text_of(leaflets(content)["en"])
    older = text_of(leaflets(content)["es"])
    assert "Leaestoprimero." in older
    assert "readthisfirst" not in older


def test_blocks_and_links_of_a_body() -> None:
    body = '<h2 id="a">A</h2>\n<blockquote>\n<p>b<br>c</p>\n</blockquote>\n<hr />\n<p>d</p>'
    assert blocks(body) == (
        '<h2 id="a">A</h2>',
        "<blockquote>\n<p>b<br>c</p>\n</blockquote>",
        "<hr />",
        "<p>d</p>",
    )
    links = '<a hreflang="en" href="../b/index.html#x">B &amp; <em>c</em></a><a href="#y">y</a>'
    assert links_of(with_addresses(links, "https://x.org/es/a/")) == (
        ("B & c", "https://x.org/es/b/#x"),
    )
    assert with_addresses(links, "").startswith('<a hreflang="en">B')
