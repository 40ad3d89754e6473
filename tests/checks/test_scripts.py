"""Scripts of letters and locales."""

from __future__ import annotations

import unicodedata

import pytest

from medloc.checks.scripts import LETTERS, NAMES, script_of, scripts_of


@pytest.mark.parametrize(
    ("locale", "scripts"),
    [
        ("es", {"Latn"}), ("xx", {"Latn"}), ("ru", {"Cyrl"}), ("sr", {"Cyrl", "Latn"}),
        ("sr_Latn", {"Latn"}), ("zh_Hans", {"Hani"}), ("zh_TW", {"Hani"}), ("fa", {"Arab"}),
        ("ja", {"Hani", "Kana"}), ("ko", {"Hang"}), ("he", {"Hebr"}), ("bn", {"Beng"}),
        ("pt_BR", {"Latn"}), ("ckb", {"Arab"}), ("sd", {"Arab", "Deva"}), ("uz_Cyrl", {"Cyrl"}),
    ],
)  # fmt: skip
def test_scripts_of_locales(locale: str, scripts: set[str]) -> None:
    assert scripts_of(locale) == scripts


def test_every_script_has_a_name() -> None:
    assert NAMES.keys() == LETTERS.keys()


@pytest.mark.parametrize(
    ("script", "word"),
    [("LATIN", "Latn"), ("CYRILLIC", "Cyrl"), ("GREEK", "Grek"), ("ARABIC", "Arab"),
     ("HEBREW", "Hebr"), ("DEVANAGARI", "Deva"), ("BENGALI", "Beng"), ("THAI", "Thai"),
     ("HANGUL", "Hang"), ("GEORGIAN", "Geor"), ("ARMENIAN", "Armn"), ("ETHIOPIC", "Ethi")],
)  # fmt: skip
def test_letters_agree_with_unicode(script: str, word: str) -> None:
    """Unicode's own letter names, over the plane where living scripts stand."""
    for number in range(0x41, 0x3000):
        letter = chr(number)
        if unicodedata.category(letter) in {"Ll", "Lu", "Lo"} and script_of(letter) == word:
            assert script in unicodedata.name(letter) or letter in "ªº", hex(number)
