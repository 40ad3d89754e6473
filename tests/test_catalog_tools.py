"""catalogs, with the tools translators use: what they hand back is read without loss.

`poedit.po` and `poedit_wrapped.po` were saved by Poedit 3.2.2 (in Xvfb, keys and clicks sent by
XTest) from `canonical.po` and `wrapped.po`; `omegat.po` was made by OmegaT 3.6 in console mode.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from medloc import catalogs
from medloc.model import Catalog, Entry

FIXTURES = Path(__file__).parent / "fixtures" / "catalogs"
OURS = catalogs.read_catalog(FIXTURES / "canonical.po", name="es.po")

gettext = [
    pytest.mark.tools,
    pytest.mark.skipif(shutil.which("msgcat") is None, reason="gettext is not installed"),
]


def _run(*command: str | Path, **variables: str) -> bytes:
    environment = os.environ | {"LC_ALL": "C.UTF-8"} | variables
    return subprocess.run(
        command, capture_output=True, check=True, timeout=120, env=environment
    ).stdout


def _bare(catalog: Catalog) -> Catalog:
    entries = tuple(replace(entry, line=0) for entry in catalog.entries)
    return replace(catalog, entries=entries, path="", notices=())


def _fixture(name: str) -> Catalog:
    return catalogs.read_catalog(FIXTURES / name, name=name)


def _with_words(catalog: Catalog, **words: str) -> Catalog:
    """The catalog with other words where the msgid begins with the name given."""
    entries = list(catalog.entries)
    for number, entry in enumerate(entries):
        for beginning, text in words.items():
            if entry.msgid.startswith(beginning):
                entries[number] = replace(entry, msgstr=text, fuzzy=False, previous_msgid=None)
    return replace(catalog, entries=tuple(entries))


class TestGettext:
    pytestmark = gettext

    @pytest.mark.parametrize("name", ["canonical.po", "poedit.po", "omegat.po", "wrapped.po"])
    def test_our_files_are_a_fixed_point_of_msgcat(self, name: str, tmp_path: Path) -> None:
        file = tmp_path / "es.po"
        file.write_bytes(catalogs.write_catalog(_fixture(name)))
        assert _run("msgcat", "--no-wrap", file) == file.read_bytes()

    def test_random_catalogs_are_a_fixed_point_of_msgcat(self, tmp_path: Path) -> None:
        file = tmp_path / "es.po"
        file.write_bytes(catalogs.write_catalog(_random_catalog(600)))
        assert _run("msgcat", "--no-wrap", file) == file.read_bytes()

    def test_msgfmt_accepts_our_files(self, tmp_path: Path) -> None:
        plural = "nplurals=2; plural=(n != 1);"
        new = catalogs.new_catalog("es", path="x", name="clonus", plural_forms=plural)
        entries = (
            Entry("c", "Give {dose}", "Dar {dose}", flags=("python-brace-format",)),
            Entry("c", "two\\\nlines", "dos\\\nlíneas"),
        )
        for catalog in (OURS, new, replace(new, entries=entries)):
            file = tmp_path / "es.po"
            file.write_bytes(catalogs.write_catalog(catalog))
            _run("msgfmt", "-c", "-o", tmp_path / "es.mo", file)

    def test_msgfmt_sees_a_lost_placeholder(self, tmp_path: Path) -> None:
        new = catalogs.new_catalog("es", path="x", name="clonus")
        entry = Entry("c", "Give {dose}", "Dar 5 mg", flags=("python-brace-format",))
        file = tmp_path / "es.po"
        file.write_bytes(catalogs.write_catalog(replace(new, entries=(entry,))))
        with pytest.raises(subprocess.CalledProcessError):
            _run("msgfmt", "-c", "-o", tmp_path / "es.mo", file)

    @pytest.mark.parametrize(
        "command",
        [
            ["msgcat"],
            ["msgcat", "--width=30"],
            ["msgcat", "--force-po", "--no-wrap", "--indent"],
            ["msgattrib"],
            ["msgattrib", "--no-location"],
            ["msgconv", "-t", "UTF-8"],
            ["msgcat", "--escape"],
        ],
        ids=" ".join,
    )
    def test_rewritten_files_come_back_the_same(self, command: list[str], tmp_path: Path) -> None:
        file = tmp_path / "es.po"
        file.write_bytes(catalogs.write_catalog(OURS))
        if "--escape" in command:
            # Octal escapes of UTF-8 bytes: readable by gettext only, so refused, not misread.
            with pytest.raises(catalogs.reader.CatalogError, match="escape"):
                catalogs.parse_catalog(_run(*command, file), path="es.po")
            return
        again = catalogs.parse_catalog(_run(*command, file), path="es.po")
        wanted = _bare(OURS)
        if "--no-location" in command:
            bare = tuple(replace(entry, references=()) for entry in wanted.entries)
            wanted = replace(wanted, entries=bare)
        assert _bare(again) == wanted

    def test_random_wrapped_files_come_back_the_same(self, tmp_path: Path) -> None:
        catalog = _random_catalog(300)
        file = tmp_path / "es.po"
        file.write_bytes(catalogs.write_catalog(catalog))
        again = catalogs.parse_catalog(_run("msgcat", "--width=40", file), path="es.po")
        assert _bare(again) == _bare(catalog)

    def test_msgmerge_output_comes_back_with_previous_texts(self, tmp_path: Path) -> None:
        template = tuple(
            replace(entry, msgid=entry.msgid.replace("Drugs", "Medicines"), msgstr="", fuzzy=False)
            for entry in _with_words(OURS, Drugs="").entries
            if not entry.obsolete
        )
        old, new = tmp_path / "es.po", tmp_path / "clonus.pot"
        old.write_bytes(catalogs.write_catalog(_with_words(OURS, Drugs="Fármacos relajantes")))
        new.write_bytes(catalogs.write_catalog(replace(OURS, entries=template)))
        merged = catalogs.parse_catalog(
            _run("msgmerge", "--previous", "-q", old, new), path="es.po"
        )
        by_id = {entry.msgid: entry for entry in merged.entries}
        fuzzy = by_id["Medicines that relax muscles"]
        assert (fuzzy.msgstr, fuzzy.fuzzy) == ("Fármacos relajantes", True)
        assert fuzzy.previous_msgid == "Drugs that relax muscles"
        assert by_id["Gone fuzzy"].previous_msgid == "Gone fuzz"


class TestPoedit:
    def test_edit_in_poedit_comes_back_as_that_edit(self) -> None:
        catalog = _fixture("poedit.po")
        assert _bare(catalog).entries == _bare(_with_words(OURS, Drugs="abc")).entries
        assert catalog.header("X-Generator") == "Poedit 3.2.2"
        assert set(OURS.headers) <= set(catalog.headers)
        assert catalog.header_comment == OURS.header_comment

    def test_edits_in_a_wrapped_file_come_back_as_those_edits(self) -> None:
        catalog = _fixture("poedit_wrapped.po")
        first = next(entry.msgstr for entry in OURS.entries if entry.msgid.startswith("First"))
        wanted = _with_words(OURS, Stroke="Ictus o lesiónxyz", First=f"{first}\nnl")
        assert _bare(catalog).entries == _bare(wanted).entries

    def test_written_anew_our_form_differs_only_where_poedit_edited(self) -> None:
        theirs = catalogs.write_catalog(_fixture("poedit.po")).decode().splitlines()
        ours = (FIXTURES / "canonical.po").read_text().splitlines()
        new = [line for line in theirs if line not in ours]
        assert new == [
            '"POT-Creation-Date:\\n"',
            '"PO-Revision-Date:\\n"',
            '"Last-Translator:\\n"',
            '"Language-Team:\\n"',
            '"X-Generator: Poedit 3.2.2\\n"',
            'msgstr "abc"',
        ]


class TestOmegaT:
    def test_translation_made_in_omegat_comes_back(self) -> None:
        # OmegaT itself empties fuzzy entries and words equal to the source; nothing else changes.
        self._compare(_fixture("omegat.po"))

    @pytest.mark.tools
    @pytest.mark.skipif(shutil.which("omegat") is None, reason="OmegaT is not installed")
    def test_live_translation_in_console_mode(self, tmp_path: Path) -> None:
        project = tmp_path / "project"
        shutil.copytree(FIXTURES / "omegat", project)
        for folder in ("source", "target", "glossary", "tm", "dictionary"):
            (project / folder).mkdir(exist_ok=True)
        shutil.copy(FIXTURES / "canonical.po", project / "source" / "es.po")
        home = {
            "HOME": str(tmp_path),
            "DISPLAY": "",
            "JAVA_TOOL_OPTIONS": "-Djava.awt.headless=true",
        }
        _run("omegat", project, "--mode=console-translate", **home)
        target = project / "target" / "es.po"
        self._compare(catalogs.read_catalog(target, name="es.po"))

    def _compare(self, catalog: Catalog) -> None:
        wanted = [
            replace(entry, msgstr="", fuzzy=False)
            if (entry.fuzzy and not entry.obsolete) or entry.msgstr == entry.msgid
            else replace(entry, fuzzy=False)
            for entry in _with_words(OURS, Drugs="Fármacos que relajan los músculos").entries
        ]
        assert _bare(catalog).entries == _bare(replace(OURS, entries=tuple(wanted))).entries
        assert (catalog.headers, catalog.header_comment) == (OURS.headers, OURS.header_comment)


_PIECES = [
    *'abc XYZ ,.-{}"\\\t\n%<>#~:|=',
    "漢字",
    "عربي ",
    "ß",
    "е",
    "हि",
    "\u200f",
    "\u00a0",
    "\\\n",
]


def _random_catalog(count: int) -> Catalog:
    dice = random.Random(count)

    def text(most: int, least: int = 1) -> str:
        return "".join(dice.choice(_PIECES) for _ in range(dice.randint(least, most)))

    def comments() -> tuple[str, ...]:
        lines = (
            text(30, 0).replace("\n", " ").replace("\t", "") for _ in range(dice.randint(0, 2))
        )
        return tuple(f"{line}." for line in lines)

    entries: dict[tuple[str, str], Entry] = {}
    for _ in range(count):
        old = text(40) if dice.random() < 0.3 else None
        entry = Entry(
            dice.choice(["", "causes", "causes|b"]),
            text(60),
            text(200),
            fuzzy=dice.random() < 0.3,
            obsolete=dice.random() < 0.3,
            comments=comments(),
            translator_comments=comments(),
            references=("a.md",),
            flags=dice.choice([(), ("python-brace-format",), ("python-brace-format", "no-wrap")]),
            previous_context="old" if old and dice.random() < 0.5 else None,
            previous_msgid=old,
        )
        entries[entry.key] = entry
    new = catalogs.new_catalog("es", path="es.po", name="clonus")
    return replace(new, entries=catalogs.writer.in_file_order(tuple(entries.values())))
