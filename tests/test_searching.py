"""Search: an index of what is published and of nothing else, proved, the same each time."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from medloc import search_index
from medloc.search_index import Searched, addresses_in, index_pages, search_versions, spaced
from medloc.site.serve import HEADERS, policy_of
from medloc.workflow.project import open_project
from medloc.workflow.recalls import unlink_recalled
from medloc.workflow.sources import read_sources
from medloc.workflow.status import read_decisions
from medloc.workflow.verify.chain import read_chain
from medloc.workflow.verify.decisions import check_decisions
from medloc.workflow.verify.findings import RefutedError
from medloc.workflow.verify.folder import Site, check_folder, read_root
from medloc.workflow.verify.proved import ProvedPage
from medloc.workflow.verify.search import check_search
from tests.content import SETTINGS, Content, approved_project

TEXT = Searched("Fiebre", "Qué es.", '<h2 id="a">Causas &amp; más</h2><p>Descanse y beba agua.</p>')


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """A project with search, built."""
    made = approved_project(tmp_path_factory.mktemp("search"))
    made.write("medloc.yaml", f"{SETTINGS}site: {{search: true}}\n")
    assert made("build") == 0
    return made


@pytest.fixture
def own(content: Content, tmp_path: Path) -> Content:
    """A copy that a test may change."""
    shutil.copytree(content.root, tmp_path / "own")
    return Content(tmp_path / "own")


def index_files(content: Content, tag: str) -> dict[str, bytes]:
    folder = content.root / "site" / tag / "search"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_page_leads_to_the_search_of_its_language_and_loads_nothing_of_it(
    content: Content,
) -> None:
    page, listed = content.page("es"), content.read("site/es/index.html")
    assert page is not None
    assert '<a class="find" href="../search/index.html">Buscar</a>' in page
    assert '<a class="find" href="search/index.html">Buscar</a>' in listed
    assert "search.js" not in page + listed
    assert "wasm" not in page + listed
    assert addresses_in(index_files(content, "es")) == ["fever"]
    search = content.read("site/ar/search/index.html")
    assert "script-src &#39;self&#39; &#39;wasm-unsafe-eval&#39;" in search
    assert 'lang="ar" dir="rtl"' in search


def test_site_is_proved_and_built_again_the_same(content: Content) -> None:
    assert content("verify", "site", "--rebuild") == 0
    assert content("build", "--output", "again") == 0
    for path in (content.root / "site").rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (content.root / "again" / path.relative_to(
                content.root / "site")).read_bytes()  # fmt: skip
    shutil.rmtree(content.root / "again")


def test_recalled_page_cannot_be_found_after_that_very_build(own: Content) -> None:
    before = index_files(own, "es")
    own("decide", "recall", "fever", "es", "--reason", "wrong dose", "--as", "doctor")
    own("build")
    assert own.page("es") is not None  # the notice
    assert index_files(own, "es") == {}
    assert "search/" not in own.read("site/es/index.html")
    assert addresses_in(index_files(own, "ar")) == ["fever"]
    assert own("verify", "site") == 0
    own("decide", "restore", "fever", "es", "--reason", "was right", "--as", "doctor")
    own("build")
    assert index_files(own, "es") == before


def test_recalled_words_leave_the_index_before_anything_is_built(own: Content) -> None:
    site = own.root / "site"
    shutil.copytree(site, own.root / "before")
    own("decide", "recall", "fever", "es", "--reason", "wrong dose", "--as", "doctor")
    shutil.rmtree(site)
    shutil.move(own.root / "before", site)
    project = open_project(own.root)
    gone, stuck = unlink_recalled(project, read_sources(project), read_decisions(project))
    assert {name for name in gone if name.endswith(".pf_fragment")}
    assert stuck == ()
    assert not [name for name in index_files(own, "es") if ".pf_" in name]
    assert addresses_in(index_files(own, "ar")) == ["fever"]


def test_switched_off_nothing_of_it_is_left(own: Content) -> None:
    own.write("medloc.yaml", SETTINGS)
    own("build")
    assert index_files(own, "es") == {}
    assert "search" not in (own.page("es") or "") + own.read("site/es/index.html")


def test_without_the_extra_a_build_says_what_to_do_and_changes_nothing(
    own: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    search_versions.cache_clear()
    before = {path: path.stat().st_mtime_ns for path in (own.root / "site").rglob("*")}
    own.write("source_content/fever.md", own.read("source_content/fever.md") + "\n")
    try:
        code, said = own.say("build", "--date", "2026-12-01")
    finally:
        search_versions.cache_clear()
    assert code == 2
    assert "Install the extra `search`" in said
    assert {path: path.stat().st_mtime_ns for path in (own.root / "site").rglob("*")} == before


def test_program_that_fails_is_an_error_with_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "_ROOT", "no such selector [")
    with pytest.raises(search_index.SearchError, match="the search index of es cannot be made"):
        index_pages({"a": TEXT}, tag="es")


def test_index_depends_on_the_pages_alone_not_on_their_order() -> None:
    pages = {f"neurology/p{i}": replace(TEXT, title=f"Fiebre {i}") for i in range(20)}
    found = index_pages(pages, tag="es")
    assert found == index_pages(dict(reversed(pages.items())), tag="es")
    assert addresses_in(found) == sorted(pages)
    assert index_pages({}, tag="es") == {}
    assert not [name for name in found if "ui" in name or "worker" in name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("痉挛状态", "痉 挛 状 态"),
        ("MS 与痉挛，5 mg", "MS 与 痉 挛，5 mg"),
        ("ผู้ป่วย", "ผู้ ป่ ว ย"),
        ("Fiebre alta", "Fiebre alta"),
        ("الرمع", "الرمع"),
    ],
)
def test_letters_of_scripts_without_blanks_stand_by_themselves(text: str, expected: str) -> None:
    assert spaced(text) == expected


def test_server_lets_scripts_run_on_pages_that_search_alone() -> None:
    assert "'wasm-unsafe-eval'" in policy_of("zh-Hans/search/index.html")
    for path in ("es/fever/index.html", "es/x/search/index.html", "search/index.html"):
        assert policy_of(path) == HEADERS["Content-Security-Policy"]


# --- verify


@pytest.fixture(scope="module")
def proved(content: Content) -> tuple[Site, tuple[ProvedPage, ...]]:
    project, folder = open_project(content.root), content.root / "site"
    chain = read_chain(project, None)
    site = check_folder(folder, read_root(folder), chain)
    return site, tuple(check_decisions(site, chain, project))


@pytest.mark.parametrize("here", [True, False])
@pytest.mark.parametrize(
    ("name", "change", "without"),
    [
        ("fragment", lambda data: index_pages({"fever": TEXT, "gone": TEXT}, tag="es"), True),
        ("fragment", lambda data: index_pages({"fever": TEXT}, tag="es"), False),
        ("search.js", lambda data: data + b"\nalert(1)", True),
        ("index.html", lambda data: data.replace(b"</main>", b"<p>5 mg</p></main>"), True),
        ("index.html", lambda data: data.replace(b"search.js", b"other.js"), True),
        ("index.html", lambda data: data.replace(b"&#39;self&#39;", b"*"), True),
        ("extra.js", lambda data: b"alert(1)", True),
    ],
)  # fmt: skip
def test_another_index_page_or_script_is_refuted(
    proved: tuple[Site, tuple[ProvedPage, ...]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    change: object,
    without: bool,
    here: bool,
) -> None:
    site, pages = proved
    assert check_search(site, pages)
    shutil.copytree(site.folder, tmp_path / "site")
    folder = tmp_path / "site/es/search"
    assert callable(change)
    if name == "fragment":
        shutil.rmtree(folder / "fragment")
        for path, data in change(b"").items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(data)
    else:
        path = folder / name
        path.write_bytes(change(path.read_bytes() if path.exists() else b""))
    there = (p for p in (tmp_path / "site").rglob("*") if p.is_file())
    names = {p.relative_to(tmp_path / "site").as_posix(): "" for p in there}
    if not here:
        monkeypatch.setattr("medloc.workflow.verify.search._is_here", lambda site: False)
    tampered = replace(site, folder=tmp_path / "site", hashes=names)
    if here or without:
        with pytest.raises(RefutedError):
            check_search(tampered, pages)
    else:
        check_search(tampered, pages)  # the manifest's hash is all there is to go by
