"""The theme: whole documents, words in every language shipped, contrast, what it refuses."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from medloc import languages, theme
from medloc.model import Language
from medloc.theme.words import CATALOGS, FOLDER
from tests.theme_texts import template

SHIPPED = sorted(path.name for path in CATALOGS.iterdir())
WANTED = [
    *("ar", "bn", "de", "es", "fa", "fr", "he", "hi", "id", "it", "ja", "ko"),
    *("nl", "pl", "pt", "pt_BR", "ru", "sw", "tr", "uk", "vi", "zh_Hans", "zh_Hant"),
]
DAY = dt.date(2026, 3, 1)
UNKNOWN = Language("ksw", "ksw", "ကညီ", "ltr")
VOID = {"meta", "link", "img", "br", "hr", "input"}


def page(locale: str = "en", **changes: object) -> theme.PageView:
    language = UNKNOWN if locale == "ksw" else languages.language(locale)
    view = theme.PageView(
        language=language,
        title="Clonus",
        body_html='<h2 id="causes">Causes</h2>\n<p>Text.</p>\n',
        root="../../",
        style="assets/0123.css",
    )
    return replace(view, **changes)  # type: ignore[arg-type]


class Outline(HTMLParser):
    """Tags, attributes and texts of a document; fails on tags that do not nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice"
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def every_kind(locale: str) -> dict[str, str]:
    """One document of every kind, with everything on."""
    language = UNKNOWN if locale == "ksw" else languages.language(locale)
    alternates = ((language, "index.html"), (languages.language("en"), "../../en/x/index.html"))
    full = page(
        locale,
        description="About.",
        contents=tuple((f"h{n}", f"Part <em>{n}</em>", 2 + n % 2) for n in range(4)),
        alternates=alternates,
        source=(languages.language("en"), "../../en/x/index.html"),
        reviewed=DAY,
        approved=DAY,
        edition=DAY,
        notices=tuple(theme.PageNotice),
        proof="proof.json",
        site_name="Site",
        address="https://example.org/xx/clonus/",
        demonstration=True,
    )
    items = (theme.ListItem("Clonus", "clonus/index.html", "About."), theme.ListItem("S", "s/"))
    lists = theme.ListView(language, items, "../", "s.css", alternates, demonstration=True)
    return {
        "page": theme.page_html(full),
        "draft": theme.page_html(replace(full, draft=True)),
        "plain": theme.page_html(page(locale)),
        "withdrawn": theme.page_html(
            page(locale, body_html="", notices=(theme.PageNotice.WITHDRAWN,))
        ),
        "list": theme.list_html(lists),
        "empty list": theme.list_html(replace(lists, articles=(), demonstration=False)),
        "root": theme.root_html(theme.RootView(language, alternates, "s.css", demonstration=True)),
        "redirect": theme.redirect_html(
            theme.RedirectView(language, "Clonus", "../clonus/index.html", "../../", "s.css")
        ),
    }


@pytest.mark.parametrize("locale", ["en", "ksw", *WANTED])
def test_every_document_is_whole_and_holds_no_script_and_no_style(locale: str) -> None:
    for kind, html in every_kind(locale).items():
        outline = Outline(html)
        assert html.startswith("<!doctype html>\n"), kind
        assert len(outline.named("h1")) == 1, kind
        assert len(outline.named("main")) == 1, kind
        assert outline.named("article") == ([{}] if kind in {"page", "draft", "plain"} else [])
        assert not outline.named("style") + outline.named("iframe")
        scripts = [{"type": "application/ld+json"}] * (kind in {"page", "plain"})
        assert outline.named("script") == scripts, kind  # data, which no browser runs
        assert not [tag for tag, attributes in outline.tags if "style" in attributes]
        ids = [attributes["id"] for _, attributes in outline.tags if "id" in attributes]
        assert len(ids) == len(set(ids)), kind
        assert "None" not in html, kind
        loaded = [one["href"] for one in outline.named("link") if one["rel"] == "stylesheet"]
        assert loaded
        assert not [href for href in loaded if "//" in href], kind


def test_page_says_its_language_and_direction() -> None:
    for locale, tag, direction in (("ar", "ar", "rtl"), ("zh_Hans", "zh-Hans", "ltr")):
        outline = Outline(theme.page_html(page(locale)))
        assert outline.named("html") == [{"lang": tag, "dir": direction}]


def test_body_is_the_article_untouched_and_the_title_stands_outside() -> None:
    html = theme.page_html(page(body_html="<p>a &lt; b</p>\n<pre>  x\n\n</pre>\n"))
    assert "<article>\n<p>a &lt; b</p>\n<pre>  x\n\n</pre>\n</article>" in html
    assert html.index("<h1>Clonus</h1>") < html.index("<article>")


def test_texts_are_escaped_everywhere() -> None:
    evil = '"><script>alert(1)</script>&'
    safe = replace(languages.language("en"), name=evil)
    html = theme.page_html(
        page(
            title=evil,
            description=evil,
            site_name=evil,
            proof=evil,
            contents=((evil, "x", 2),) * 3,
            alternates=((safe, evil), (safe, evil)),
            source=(safe, evil),
            body_html='<h2 class="faq">Q</h2><h3>&lt;/script>a</h3><p>&lt;script>b</p>',
            codes={evil: evil},
            address=f"https://example.org/{evil}",
        )
    )
    assert html.count("<script") == 1
    assert html.count("</script") == 1
    assert html.count("&lt;script") > 8
    data = json.loads(
        html.partition('<script type="application/ld+json">')[2].split("</script>")[0]
    )
    assert data["@graph"][0]["name"] == evil
    assert data["@graph"][0]["mainEntity"][0]["name"] == "</script>a"
    items = (theme.ListItem(evil, evil, evil),)
    assert "<script" not in theme.list_html(theme.ListView(safe, items, evil, evil))
    assert "<script" not in theme.redirect_html(theme.RedirectView(safe, evil, evil, evil, evil))


def test_policy_lets_in_nothing_but_our_own_style_and_images() -> None:
    for kind, html in every_kind("en").items():
        policies = [
            one["content"]
            for one in Outline(html).named("meta")
            if one.get("http-equiv") == "Content-Security-Policy"
        ]
        plain = (
            "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            "base-uri 'none'; form-action 'none'"
        )
        data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
        named = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in data]
        wanted = [f"script-src 'sha256-{one}'" for one in named]  # data; no script can have it
        assert policies == ["; ".join([plain, *wanted])], kind


def test_switcher_names_languages_in_themselves_and_marks_the_current_one() -> None:
    alternates = tuple((languages.language(name), f"{name}/") for name in ("en", "ar", "zh_Hans"))
    html = theme.page_html(page("ar", alternates=alternates))
    assert (
        '<li><a href="ar/" lang="ar" hreflang="ar" dir="rtl" aria-current="true">العربية</a></li>'
        in html
    )
    assert '<a href="zh_Hans/" lang="zh-Hans" hreflang="zh-Hans" dir="ltr">' in html
    assert "<details>" not in html


def test_many_languages_fold_away_and_one_needs_no_switcher() -> None:
    many = tuple((languages.language(name), f"{name}/") for name in WANTED)
    assert "<details>" in theme.page_html(page(alternates=many))
    assert 'class="languages"' not in theme.page_html(page(alternates=many[:1]))


def test_alternates_in_the_head_are_absolute_when_the_site_has_an_address() -> None:
    alternates = (
        (languages.language("en"), "index.html"),
        (languages.language("pt_BR"), "../../pt-BR/clonus/index.html"),
    )
    view = page(alternates=alternates, address="https://example.org/base/en/clonus/")
    links = [one for one in Outline(theme.page_html(view)).named("link") if "hreflang" in one]
    assert [(one["hreflang"], one["href"]) for one in links] == [
        ("en", "https://example.org/base/en/clonus/"),
        ("pt-BR", "https://example.org/base/pt-BR/clonus/"),
    ]
    plain = Outline(theme.page_html(replace(view, address=""))).named("link")
    assert [one["href"] for one in plain if "hreflang" in one] == [href for _, href in alternates]
    assert not [one for one in plain if one["rel"] == "canonical"]


@pytest.mark.parametrize("locale", ["en", *WANTED])
def test_demonstration_notice_is_in_the_language_of_the_page(locale: str) -> None:
    text = "Demonstration: not reviewed by any clinician. Do not use for medical decisions."
    notice = theme.words(locale)(text)
    assert locale == "en" or notice != text
    for kind in ("page", "draft", "list", "root"):
        assert notice in Outline(every_kind(locale)[kind]).texts, kind


def test_draft_is_marked_watermarked_and_kept_from_search_engines() -> None:
    html = theme.page_html(page("de", draft=True, approved=DAY, proof="proof.json"))
    assert "Entwurf: nicht zur Veröffentlichung freigegeben" in html
    assert '<body data-draft="Entwurf">' in html
    assert '<meta name="robots" content="noindex">' in html
    assert "freigegeben." not in html
    assert "proof.json" not in html


def test_page_claims_approval_only_with_a_date() -> None:
    claim = theme.words("es")(
        "Every sentence on this page was approved, word for word, before it was published."
    )
    assert claim in theme.page_html(page("es", approved=DAY))
    assert "Última aprobación: 1 de marzo de 2026" in theme.page_html(page("es", approved=DAY))
    assert claim not in theme.page_html(page("es", proof="proof.json"))


def test_dates_are_written_in_the_language_of_their_sentence() -> None:
    html = theme.page_html(page("de", reviewed=DAY, is_source=True))
    assert "Letzte medizinische Prüfung: 1. März 2026" in html
    # On a translation it is the original that was reviewed.
    html = theme.page_html(page("de", reviewed=DAY))
    assert "Letzte medizinische Prüfung des Originals: 1. März 2026" in html
    html = theme.page_html(page("ksw", reviewed=DAY, is_source=True))
    assert '<p class="dates" lang="en" dir="ltr">Last medical review: March 1, 2026</p>' in html


def test_locale_without_words_gets_english_marked_as_such() -> None:
    words = theme.words("ksw")
    assert (words.known, words("Warning")) == (False, "Warning")
    assert theme.label_callouts('<blockquote class="markdown-alert-note">\n', words) == (
        '<blockquote class="markdown-alert-note">\n'
        '<p class="callout-label" lang="en" dir="ltr">Note</p>'
    )
    html = theme.page_html(page("ksw", demonstration=True))
    assert '<p class="strip" lang="en" dir="ltr">Demonstration' in html


@pytest.mark.parametrize(
    ("locale", "served"),
    [
        ("en_GB", "en"),
        ("pt_PT", "pt"),
        ("es_419", "es"),
        ("zh", "zh_Hans"),
        ("zh_HK", "zh_Hant"),
        ("zh_Hans_SG", "zh_Hans"),
        ("uk_Latn", None),
        ("sr", None),
        ("x", None),
        ("", None),
        ("../ar", None),
    ],
)
def test_nearest_catalog_serves_and_never_one_in_another_script(
    locale: str, served: str | None
) -> None:
    words = theme.words(locale)
    assert (words.locale if words.known else None) == served


def test_callout_labels_touch_nothing_but_the_librarys_callouts() -> None:
    body = (
        '<blockquote>\n<p>[!NOTE] x</p>\n</blockquote>\n<blockquote class="markdown-alert-caution">'
        "\n<ul>\n<li>a</li>\n</ul>\n</blockquote>\n"
        "<pre><code>&lt;blockquote class=&quot;markdown-alert-tip&quot;&gt;</code></pre>\n"
    )
    labelled = theme.label_callouts(body, theme.words("ru"))
    label = '<p class="callout-label">Осторожно</p>'
    assert labelled.count("callout-label") == 1
    assert labelled.replace(label, "") == body


def test_empty_body_draws_no_article_and_no_claims() -> None:
    html = theme.page_html(
        page("fr", body_html="", approved=DAY, reviewed=DAY, notices=(theme.PageNotice.CORRECTING,))
    )
    assert "<article" not in html
    assert "Cette page est en cours de correction." in html
    assert "2026" not in html


def test_redirect_leads_on_without_script_and_names_the_page() -> None:
    view = theme.RedirectView(
        languages.language("de"), "Klonus", "../clonus/index.html", "../../", "s.css"
    )
    html = theme.redirect_html(view)
    assert '<meta http-equiv="refresh" content="0; url=../clonus/index.html">' in html
    assert "Diese Seite ist umgezogen." in html


# --- words ------------------------------------------------------------------------------------


def test_the_languages_promised_are_shipped() -> None:
    assert sorted(WANTED) == SHIPPED


def test_template_holds_every_word_the_theme_uses() -> None:
    assert (FOLDER / "theme.pot").read_bytes() == template(), "run: make theme-texts"


@pytest.mark.parametrize("locale", WANTED)
def test_catalog_is_complete_and_keeps_its_placeholders(locale: str) -> None:
    wanted = [m.id for m in read_po(io.BytesIO(template())) if m.id]
    data = (CATALOGS / locale / "LC_MESSAGES" / "theme.po").read_bytes()
    catalog = read_po(io.BytesIO(data), locale=locale, abort_invalid=True)
    assert [message.id for message in catalog if message.id] == wanted
    for message in catalog:
        text, wording = str(message.id), str(message.string)
        if text:
            assert wording.strip() == wording != "", text
            assert not message.fuzzy
            assert re.findall(r"%\(\w+\)s|%", wording) == re.findall(r"%\(\w+\)s|%", text)
            assert (wording[-1] in ".。।") == (text[-1] == "."), wording


@pytest.mark.tools
@pytest.mark.skipif(shutil.which("msgcat") is None, reason="gettext is not installed")
def test_catalogs_are_a_fixed_point_of_msgcat_and_pass_msgfmt(tmp_path: Path) -> None:
    for locale in WANTED:
        path = CATALOGS / locale / "LC_MESSAGES" / "theme.po"
        done = subprocess.run(["msgcat", "--no-wrap", path], capture_output=True, check=True)
        assert done.stdout == path.read_bytes(), locale
        subprocess.run(
            ["msgfmt", "-c", "-o", tmp_path / "x.mo", path], capture_output=True, check=True
        )


# --- style ------------------------------------------------------------------------------------


def tokens() -> dict[str, dict[str, str]]:
    """The colours of the style sheet by mode."""
    css = theme.style().decode()
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", css.split("@media")[0]))
    dark_block = css.split("(prefers-color-scheme: dark)")[1].split("@media")[0]
    dark = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", dark_block))
    assert light.keys() - dark.keys() == set()
    return {"light": light, "dark": dark}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_contrast_is_aa_for_every_text_on_every_ground(mode: str) -> None:
    colours = tokens()[mode]
    pairs = [(text, "paper") for text in ("ink", "quiet", "link", "visited")]
    pairs += [(text, "panel") for text in ("ink", "quiet", "link", "visited")]
    pairs += [("strip-ink", "strip"), ("alarm-ink", "alarm")]
    for kind in ("note", "tip", "important", "warning", "caution"):
        pairs += [(text, f"{kind}-tint") for text in (kind, "ink", "link", "visited", "quiet")]
    low = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


def test_style_is_small_loads_nothing_and_knows_no_left_or_right() -> None:
    css = theme.style().decode()
    assert len(css) < 20_000
    assert "url(" not in css
    assert "@import" not in css
    plain = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    sided = re.findall(
        r"(?:margin|padding|border|inset)-(?:left|right)|(?<![\w-])(?:left|right):", plain
    )
    assert sided == []


def test_digest_covers_templates_style_and_words_and_is_stable() -> None:
    assert re.fullmatch("[0-9a-f]{64}", theme.digest())
    assert theme.digest() == theme.digest.__wrapped__()


def test_digest_changes_with_any_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FOLDER, tmp_path / "theme", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr("medloc.theme.rendering.FOLDER", tmp_path / "theme")
    assert theme.digest.__wrapped__() == theme.digest()
    for name in ("locales/es/LC_MESSAGES/theme.po", "templates/page.html", "style.css"):
        path = tmp_path / "theme" / name
        before = theme.digest.__wrapped__()
        path.write_bytes(path.read_bytes() + b"\n")
        assert theme.digest.__wrapped__() != before
