"""The interface's catalogs: complete, with the same placeholders, and as gettext takes them."""

from __future__ import annotations

import re
import subprocess

import pytest

from medloc.catalogs import write_catalog
from review_app.texts import LOCALES, accepted, languages, translated
from tests.app_texts import LANGUAGES, catalog_of, texts

_PLACES = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("locale", LANGUAGES)
def test_catalog_has_exactly_the_texts_of_the_app(locale: str) -> None:
    path = LOCALES / locale / "LC_MESSAGES" / "app.po"
    assert path.read_bytes() == write_catalog(catalog_of(locale)), "run: make app-texts"


@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_text_is_translated_with_its_placeholders(locale: str) -> None:
    entries = catalog_of(locale).entries
    assert [entry.msgid for entry in entries if not entry.msgstr or entry.fuzzy] == []
    for entry in entries:
        wanted = sorted(_PLACES.findall(entry.msgid))
        assert sorted(_PLACES.findall(entry.msgstr)) == wanted, entry.msgid


@pytest.mark.parametrize("locale", LANGUAGES)
def test_gettext_accepts_the_catalog(locale: str) -> None:
    path = LOCALES / locale / "LC_MESSAGES" / "app.po"
    done = subprocess.run(
        ["msgfmt", "--check-format", "-o", "/dev/null", str(path)], check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"), ("ar", "ar"), ("AR-eg", "ar"), ("de", "en"), ("de, es;q=0.5, en;q=0.4", "es"),
        ("en;q=0.2, ar;q=0.9", "ar"), ("es;q=0, ar;q=0.001", "ar"), ("es;q=x, *;q=1", "en"),
        ("es;q=9", "en"), (";;,,;q=", "en"), ("es, ar", "es"),
    ],
)  # fmt: skip
def test_browser_is_answered_in_the_language_it_likes_best(header: str, language: str) -> None:
    assert accepted(header) == language


def test_values_keep_their_own_order_among_right_to_left_words() -> None:
    day = "2026-11-22"
    assert f"\u2068{day}\u2069" in translated("oldest since {date}", "ar", date=day)
    assert translated("oldest since {date}", "en", date=day) == "oldest since 2026-11-22"
    assert translated("{count} sentences", "ar", count=3).endswith(" 3")


def test_app_speaks_these_languages() -> None:
    assert languages() == ("en", *sorted(LANGUAGES))
    assert len(texts()) > 100
