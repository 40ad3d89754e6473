"""The interface's catalogs: complete, with the same placeholders, and as gettext takes them."""

from __future__ import annotations

import ast
import re
import subprocess

import pytest

from medloc.catalogs import write_catalog
from review_app.texts import LOCALES, accepted, languages, translated
from tests.app_texts import LANGUAGES, ROOT, catalog_of, texts

_PLACES = re.compile(r"\{(\w+)\}")
_CODE = re.compile(r"`[^`]*`|\{\w+\}")
_NAMES = {"printf"}
_OTHERS = ("ValueError", "TypeError", "KeyError", "AssertionError", "RefutedError")
# Rooms whose words reach people at a command line only, or whoever runs the machine.
_ENGLISH = (
    "checks/lexicon", "cli/", "ledger/", "release", "render", "settings", "site/",
    "theme/",
    "workflow/anchors", "workflow/check", "workflow/committing", "workflow/export",
    "workflow/extraction", "workflow/ids", "workflow/init", "workflow/mailing", "workflow/project",
    "workflow/remaking", "workflow/requests", "workflow/snapshot", "workflow/state",
    "workflow/verify/",
)  # fmt: skip


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


@pytest.mark.parametrize("locale", LANGUAGES)
def test_what_the_engine_says_is_translated_in_its_form(locale: str) -> None:
    """A sentence that stops stays one; a part of a sentence begins and ends as one."""
    for entry in catalog_of(locale).entries:
        assert entry.msgstr.endswith(".") == entry.msgid.endswith("."), entry.msgid
        own = _CODE.sub("", entry.msgid) + entry.msgid[:1]
        if entry.msgid not in _NAMES and re.search("[a-z]{3} [a-z]{2}", own):
            assert entry.msgstr != entry.msgid, entry.msgid
            assert locale != "ar" or re.search("[\u0621-\u064a]", entry.msgstr), entry.msgid


def test_errors_findings_and_refusals_are_phrases() -> None:
    """What reaches a screen is said by `phrase`, so that it is in the catalogs above."""
    bare = []
    for path in sorted((ROOT / "tools" / "medloc").rglob("*.py")):
        name = path.relative_to(ROOT / "tools" / "medloc").as_posix()
        if name.startswith(_ENGLISH):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _says(node):
                texts = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "advice")]
                bare += [f"{name}:{text.lineno}" for text in texts if _is_bare(text)]
    assert bare == [], "say it by phrase(...), then: make app-texts"


def _says(node: ast.Call) -> bool:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    return name in ("Issue", "_order", "error") or (name.endswith("Error") and name not in _OTHERS)


def _is_bare(text: ast.expr) -> bool:
    if isinstance(text, ast.JoinedStr):
        return True
    return isinstance(text, ast.Constant) and isinstance(text.value, str) and " " in text.value


def test_app_speaks_these_languages() -> None:
    assert languages() == ("en", *sorted(LANGUAGES))
    assert len(texts()) > 100
