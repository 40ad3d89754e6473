"""The folder of a site: what proves it, and how it changes without a moment of half a decision."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medloc import files as disk
from medloc import languages
from medloc.errors import MedlocError
from medloc.model import MessageProof, Policy
from medloc.site import (
    ROOT,
    Published,
    SiteError,
    canonical_json,
    listed,
    page_proof,
    publish,
    seal,
)
from medloc.site.publish import INTENT

EN, ES = languages.language("en"), languages.language("es")
POLICY = Policy(checks={"all": "off"})

PAGES: dict[str, bytes] = {
    "index.html": b"root",
    "assets/aa.css": b"css",
    "en/index.html": b"list en",
    "en/clonus/index.html": b"clonus en",
    "en/clonus/proof.json": b"{}",
    "es/index.html": b"list es",
    "es/clonus/index.html": b"clonus es",
    "es/clonus/proof.json": b"{ }",
    "es/neuro/tone/index.html": b"tone es",
    "es/neuro/tone/proof.json": b"{  }",
    "es/old/index.html": b"moved",
}


def sealed(
    pages: Mapping[str, bytes] = PAGES, *, previous: bytes | None = None, head: str = "ab"
) -> dict[str, bytes]:
    manifests = seal(
        pages,
        languages=(EN, ES),
        source=EN,
        theme="cd",
        versions={"medloc": "0.1.0"},
        policy=POLICY,
        date=dt.date(2026, 3, 1),
        ledger_head=head,
        ledger_count=7,
        previous=previous,
    )
    return {**pages, **manifests}


def on_disk(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# --- manifests --------------------------------------------------------------------------------


def test_root_manifest_as_a_whole() -> None:
    site = sealed()
    assert json.loads(site[ROOT]) == {
        "format": 1,
        "build": 1,
        "date": "2026-03-01",
        "source": "en",
        "locales": {
            "en": {"locale": "en", "manifest": sha(site["en/manifest.json"])},
            "es": {"locale": "es", "manifest": sha(site["es/manifest.json"])},
        },
        "assets": {"assets/aa.css": sha(b"css")},
        "files": {
            "index.html": sha(b"root"),
            "en/index.html": sha(b"list en"),
            "es/index.html": sha(b"list es"),
            "es/old/index.html": sha(b"moved"),
        },
        "ledger": {"head": "ab", "count": 7},
        "policy": {
            "normal": ["medical"],
            "high_risk": ["linguistic", "medical"],
            "source": ["medical"],
            "bulk_high_risk": False,
            "doors": ["app"],
            "incomplete": "last_good",
            "grace": 90,
            "raw_html": "refuse",
            "missing_files": "refuse",
            "review_every": 365,
            "overdue": "warn",
            "checks": {"all": "off"},
        },
        "theme": "cd",
        "versions": {"medloc": "0.1.0"},
    }
    assert json.loads(site["es/manifest.json"]) == {
        "format": 1,
        "locale": "es",
        "tag": "es",
        "pages": {
            "es/clonus/index.html": {"page": sha(b"clonus es"), "proof": sha(b"{ }")},
            "es/neuro/tone/index.html": {"page": sha(b"tone es"), "proof": sha(b"{  }")},
        },
    }


def test_every_file_is_named_by_exactly_one_manifest() -> None:
    site = sealed()
    named = Counter(name for path in site if path.endswith(ROOT) for name in listed(site[path]))
    assert named == Counter(site.keys() - {ROOT})


def test_proof_as_a_whole() -> None:
    message = MessageProof("0123456789ab", "dose", True, "s", "t", (3, 5))
    pt = languages.language("pt_BR")
    proof = page_proof(
        article="clonus", language=pt, page=b"page", source_hash="h", messages=[message]
    )
    assert proof == {
        "format": 1,
        "article": "clonus",
        "locale": "pt_BR",
        "tag": "pt-BR",
        "page": sha(b"page"),
        "source": "h",
        "messages": [
            {
                "id": "0123456789ab",
                "context": "dose",
                "risk": "high",
                "source": "s",
                "target": "t",
                "events": [3, 5],
            }
        ],
    }


def test_build_number_moves_only_with_something_else() -> None:
    first = sealed()[ROOT]
    assert sealed(previous=first)[ROOT] == first
    second = sealed(previous=first, head="ba")[ROOT]
    assert json.loads(second)["build"] == 2
    assert sealed(previous=second, head="ba")[ROOT] == second
    changed = sealed({**PAGES, "en/clonus/index.html": b"new"}, previous=second, head="ba")[ROOT]
    assert json.loads(changed)["build"] == 3


def test_order_of_files_does_not_change_the_manifests() -> None:
    assert sealed(dict(reversed(PAGES.items()))) == sealed()


@pytest.mark.parametrize(
    "previous", [b"", b"[]", b"{}", b'{"format": 1}', b'{"format": 1, "build": true}', b"\xff"]
)
def test_damaged_previous_manifest_is_an_error_that_names_it(previous: bytes) -> None:
    with pytest.raises(SiteError, match=r"^manifest\.json: "):
        sealed(previous=previous)


def test_canonical_json_refuses_what_has_no_one_form() -> None:
    with pytest.raises(ValueError):
        canonical_json(float("nan"))


# --- publish ----------------------------------------------------------------------------------


def test_first_publication_writes_everything(tmp_path: Path) -> None:
    site = sealed()
    done = publish(tmp_path / "deep" / "site", site)
    assert done == Published(tuple(sorted(site)), (), ())
    assert on_disk(tmp_path / "deep" / "site") == site


def test_second_publication_writes_nothing_and_moves_no_time(tmp_path: Path) -> None:
    site = sealed()
    publish(tmp_path, site)
    times = {path: path.stat().st_mtime_ns for path in [tmp_path, *tmp_path.rglob("*")]}
    assert publish(tmp_path, site) == Published((), tuple(sorted(site)), ())
    assert {path: path.stat().st_mtime_ns for path in [tmp_path, *tmp_path.rglob("*")]} == times


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    first = sealed()
    publish(tmp_path, first)
    second = sealed({**PAGES, "es/clonus/index.html": b"better"}, previous=first[ROOT])
    done = publish(tmp_path, second)
    assert done.written == ("es/clonus/index.html", "es/manifest.json", ROOT)
    assert on_disk(tmp_path) == second


def test_withdrawn_page_goes_with_its_empty_folders(tmp_path: Path) -> None:
    first = sealed()
    publish(tmp_path, first)
    rest = {path: data for path, data in PAGES.items() if "neuro" not in path}
    done = publish(tmp_path, sealed(rest, previous=first[ROOT]))
    assert done.removed == ("es/neuro/tone/index.html", "es/neuro/tone/proof.json")
    assert not (tmp_path / "es" / "neuro").exists()


def test_withdrawn_first_then_pages_then_manifests_and_the_root_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, sealed())
    changed = {path: data + b"!" for path, data in PAGES.items() if "neuro" not in path}
    done: list[str] = []
    real = disk.replace

    def spy(path: Path, data: bytes, **options: object) -> bool:
        done.append(path.relative_to(tmp_path).as_posix())
        assert not (tmp_path / "es/neuro/tone/index.html").exists()
        return real(path, data, **options)  # type: ignore[arg-type]

    def announced(path: Path, data: bytes, **options: object) -> None:
        done.append(path.name)
        append(path, data, **options)  # type: ignore[arg-type]

    append = disk.append
    monkeypatch.setattr(disk, "replace", spy)
    monkeypatch.setattr(disk, "append", announced)
    publish(tmp_path, sealed(changed))
    assert done[:2] == [INTENT, "assets/aa.css"]
    assert done[-3:] == ["en/manifest.json", "es/manifest.json", ROOT]


def test_withdrawn_page_goes_even_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, sealed())

    def full(path: Path, data: bytes, **options: object) -> bool:
        raise MedlocError("no space left on device")

    monkeypatch.setattr(disk, "replace", full)
    rest = {path: data for path, data in PAGES.items() if "neuro" not in path}
    with pytest.raises(MedlocError, match="no space"):
        publish(tmp_path, sealed(rest))
    assert not (tmp_path / "es" / "neuro").exists()


def test_foreign_folder_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("mine")
    with pytest.raises(SiteError, match=r"did not write, `letters/a\.txt` the first"):
        publish(tmp_path, sealed())
    assert on_disk(tmp_path) == {"letters/a.txt": b"mine"}


def test_foreign_files_inside_are_left_and_reported(tmp_path: Path) -> None:
    first = sealed()
    publish(tmp_path, first)
    (tmp_path / "CNAME").write_text("example.org")
    (tmp_path / "es" / "neuro" / "mine.txt").write_text("mine")
    rest = {path: data for path, data in PAGES.items() if "neuro" not in path}
    done = publish(tmp_path, sealed(rest, previous=first[ROOT]))
    assert done.foreign == ("CNAME", "es/neuro/mine.txt")
    assert (tmp_path / "es" / "neuro" / "mine.txt").read_text() == "mine"


def test_foreign_file_in_the_way_is_not_overwritten(tmp_path: Path) -> None:
    publish(tmp_path, sealed())
    (tmp_path / "es" / "new").mkdir()
    (tmp_path / "es" / "new" / "index.html").write_text("mine")
    with pytest.raises(SiteError, match="in the way"):
        publish(tmp_path, sealed({**PAGES, "es/new/index.html": b"ours"}))
    assert (tmp_path / "es" / "new" / "index.html").read_text() == "mine"


@pytest.mark.parametrize(
    "path",
    ["../x", "/x", "a/../../x", "a//x", "./x", "a/.", "", "a\\x", "a\nx", "C:x", "a/", "a\x00"],
)
def test_path_that_is_none_below_the_site_stops_everything(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "site"
    with pytest.raises(SiteError, match="no path below the site"):
        publish(folder, {**sealed(), path: b"x"})
    assert on_disk(tmp_path) == {}


@pytest.mark.parametrize("link", ["es", "es/clonus", "es/clonus/index.html"])
def test_nothing_is_written_or_removed_through_a_link(tmp_path: Path, link: str) -> None:
    folder, outside = tmp_path / "site", tmp_path / "outside"
    publish(folder, sealed())
    (folder / link).rename(outside)
    (folder / link).symlink_to(outside)
    before = on_disk(outside) if outside.is_dir() else outside.read_bytes()
    for site in (sealed({**PAGES, "es/clonus/index.html": b"new"}), sealed({"index.html": b""})):
        with pytest.raises(SiteError, match="symbolic link"):
            publish(folder, site)
    assert (on_disk(outside) if outside.is_dir() else outside.read_bytes()) == before


def test_output_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "www")
    publish(tmp_path / "site", sealed())
    assert on_disk(tmp_path / "www") == sealed()


def test_manifest_that_names_a_path_outside_removes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    publish(folder, sealed())
    (tmp_path / "precious").write_text("mine")
    value = json.loads((folder / ROOT).read_bytes())
    value["files"]["../precious"] = "0" * 64
    (folder / ROOT).write_bytes(canonical_json(value))
    with pytest.raises(SiteError, match=r"`\.\./precious` is no path"):
        publish(folder, sealed())
    assert (tmp_path / "precious").read_text() == "mine"


@pytest.mark.parametrize("name", [ROOT, "es/manifest.json", INTENT])
def test_damaged_record_is_named_and_nothing_is_touched(tmp_path: Path, name: str) -> None:
    publish(tmp_path, sealed())
    (tmp_path / name).write_text('{"format": 1')
    before = on_disk(tmp_path)
    with pytest.raises(SiteError, match=rf"^{name}: "):
        publish(tmp_path, sealed({"index.html": b"x"}))
    assert on_disk(tmp_path) == before


def test_site_without_manifest_is_not_published(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="without its manifest"):
        publish(tmp_path, PAGES)


def test_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(SiteError, match="no folder"):
        publish(tmp_path / "site", sealed())


def test_page_changed_by_hand_is_put_right(tmp_path: Path) -> None:
    publish(tmp_path, sealed())
    (tmp_path / "es/clonus/index.html").write_text("by hand")
    assert publish(tmp_path, sealed()).written == ("es/clonus/index.html",)


def test_page_of_a_broken_off_run_does_not_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Approved, written, killed before the manifest, approval taken back: it must go."""
    publish(tmp_path, sealed())
    with_page = {**PAGES, "es/aa/index.html": b"approved yesterday", "es/aa/proof.json": b"{}"}
    real = disk.replace

    def killed(path: Path, data: bytes, **options: object) -> bool:
        if path.name == ROOT:
            raise KeyboardInterrupt
        return real(path, data, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(disk, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path, sealed(with_page))
    monkeypatch.setattr(disk, "replace", real)
    assert (tmp_path / "es/aa/index.html").exists()
    (tmp_path / ".medloc-0123456789abcdef.tmp").write_text("half a page")
    done = publish(tmp_path, sealed())
    assert done.removed == ("es/aa/index.html", "es/aa/proof.json")
    assert on_disk(tmp_path) == sealed()


class Killed(BaseException):
    """The process ends here."""


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.dictionaries(
                st.sampled_from(sorted(PAGES)), st.sampled_from([b"1", b"2"]), max_size=6
            ),
            st.integers(0, 9),
        ),
        max_size=4,
    )
)
def test_after_any_crashes_the_next_run_leaves_exactly_its_own_files(
    runs: list[tuple[dict[str, bytes], int]],
) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        real = disk.replace
        for pages, steps in runs:
            left = [steps]

            def dying(path: Path, data: bytes, left: list[int] = left, **options: object) -> bool:
                left[0] -= 1
                if left[0] < 0:
                    raise Killed
                return real(path, data, **options)  # type: ignore[arg-type]

            patch.setattr(disk, "replace", dying)
            try:
                publish(folder, sealed(pages))
            except Killed:
                continue
        patch.setattr(disk, "replace", real)
        publish(folder, sealed())
        assert on_disk(folder) == sealed()
