"""Bad input through the command line: where, what, what to do; the others are done; exit 2."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.content import ARTICLE, SETTINGS, WORDS, Content, small_project

OTHER = "---\ntitle: Other\n---\n\n## One {#one}\n\nText here.\n"


@pytest.fixture
def content(tmp_path: Path) -> Content:
    made = small_project(tmp_path)
    made.write("source_content/other.md", OTHER)
    assert made("sync") == 0
    return made


def test_help_and_version_answer(content: Content) -> None:
    assert content("--version") == 0
    assert content("--help") == 0


@pytest.mark.parametrize(
    ("old", "new", "line", "found"),
    [
        ("title: Fever\n", "", 2, "title"),
        ("title: Fever", "title: Fever\ntitle: Cold", 3, "second time"),
        ("title: Fever", "title: &a Fever", 2, "anchors"),
        ("title: Fever", "title: Fever\nslug: ../../etc/passwd", 3, "slug"),
        ("{#help}", "{#what}", 20, "what"),
        ("{#help}", "{#help onclick=x}", 20, "onclick"),
        ("{#help}", "{dose}", 20, "dose"),
        ("Take {dose}.", "Take {dosis}.", 23, "dosis"),
        ("Take {dose}.", "Take `{dose}`.", 23, "dose"),
        ("- Rest", "- Rest ![x](missing.png)", 17, "missing.png"),
        ("- Rest", "- Rest [x](javascript:alert(1))", 17, "javascript"),
        ("- Rest", "- Rest [x](java&#115;cript:alert(1))", 17, "javascript"),
        ("- Rest", "- Rest [x](other.md#nowhere)", 17, "nowhere"),
        ("- Rest", "- Rest [x](gone.md)", 17, "gone.md"),
        ("- Rest", "- Rest \u202e", 17, "U+202E"),
        ("- Rest\n", "- Rest\n\n<div>Text</div>\n", 19, "HTML"),
        ("<!-- risk: high -->", "<!-- risk: hihg -->", 21, "hihg"),
        ("value: 38", "value: many", 5, "many"),
        ("unit: milligram", "unit: milligam", 6, "milligam"),
    ],
)
def test_a_bad_article_names_its_line_and_the_others_are_done(
    content: Content, old: str, new: str, line: int, found: str
) -> None:
    assert old in ARTICLE
    content.write("source_content/fever.md", ARTICLE.replace(old, new, 1))
    content.write("source_content/other.md", OTHER.replace("Text here.", "Text there."))
    before = content.catalog("es").read_bytes()
    code, said = content.say("sync")
    assert code == 2
    assert re.search(rf"source_content/fever\.md:{line}: .*{re.escape(found)}", said), said
    assert content.catalog("es").read_bytes() == before
    assert "Text there." in content.catalog("es", "other").read_text("utf-8")
    code, _ = content.say("build")
    assert code == 2


def test_two_articles_with_one_slug_are_both_refused(content: Content) -> None:
    content.write("source_content/again.md", OTHER.replace("title: Other", "title: A\nslug: fever"))
    code, said = content.say("sync")
    assert code == 2
    assert "source_content/again.md" in said
    assert "source_content/fever.md" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "front",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\ntitle: *b",
        "title: !!python/object/apply:os.system [id]",
        "title: x\na: " + "[" * 5000,
        "- a\n- b",
        "title:\tx\n\tsub: y",
    ],
)
def test_a_yaml_bomb_is_a_clear_error(content: Content, front: str) -> None:
    content.write("source_content/fever.md", f"---\n{front}\n---\n\nText.\n")
    code, said = content.say("sync")
    assert code == 2
    assert re.search(r"source_content/fever\.md:\d+: ", said)
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('msgid "Rest"\nmsgstr ""', 'msgid "Rest"\nmsgstr "Descanse 12', "quote"),
        ('msgid "Rest"\nmsgstr ""', '<<<<<<< HEAD\nmsgid "Rest"\nmsgstr ""', "conflict"),
        ('msgid "Rest"\nmsgstr ""', 'msgid "Rest"\nmsgstr "\\x3cscript\\x3e"', "escape"),
        ('msgid "Rest"\nmsgstr ""', 'msgid "Rest"\nmsgstr "a\u2028b"', "U+2028"),
        ('msgid "Rest"\nmsgstr ""', 'msgid "Rest"\nmsgstr "a\x00b"', "U+0000"),
        ("charset=UTF-8", "charset=UTF-7", "UTF-8"),
    ],
)
def test_a_bad_catalog_withholds_its_page_and_stays_as_it_is(
    content: Content, old: str, new: str, found: str
) -> None:
    path = content.catalog("es")
    text = path.read_text("utf-8")
    if old not in text:
        pytest.fail(f"the catalog has no {old!r}")
    path.write_text(text.replace(old, new, 1), "utf-8", newline="")
    bad = path.read_bytes()
    content.write("source_content/other.md", OTHER.replace("Text here.", "Text there."))
    code, said = content.say("sync")
    assert code == 2
    assert re.search(r"locales/es/LC_MESSAGES/fever\.po:\d+: ", said), said
    assert found in said
    assert path.read_bytes() == bad
    assert "Text there." in content.catalog("es", "other").read_text("utf-8")
    built = content.json("build")
    reasons = {(page["article"], page["locale"]): page["reason"] for page in built["withheld"]}
    assert re.search(r"fever\.po:\d+: ", reasons["fever", "es"])


@pytest.mark.parametrize(
    "settings",
    [
        SETTINGS + "unknown: 1\n",
        SETTINGS.replace("[es, ar]", "[es, xx]"),
        SETTINGS.replace("[es, ar]", "es"),
        SETTINGS.replace("source: en", "source: [en]"),
        "not yaml: [",
        "",
    ],
)
def test_bad_settings_stop_everything(content: Content, settings: str) -> None:
    content.write("medloc.yaml", settings)
    for command in (["sync"], ["status"], ["build"]):
        code, said = content.say(*command)
        assert code == 2
        assert re.match(r"medloc\.yaml:\d+: ", said)
    assert not (content.root / "site").exists()


STRUCTURES = [
    ("Drink **water**", "Beba agua", "**"),
    ("Drink **water**", "Beba **agua** *ya*", "*"),
    ("Drink **water**", "Beba `agua`", "`agua`"),
    ("Drink **water**", "Beba **agua** <b>ya</b>", "<b>"),
    ("Drink **water**", "Beba **agua**\\n\\n## Malo", "line end"),
    ("Drink **water**", "Beba **agua** ![x](y.png)", "y.png"),
    ("Rest", "[Descanse](https://evil.example)", "evil.example"),
    ("Fever is {limit} or more. See [the leaflet][leaflet].", "Hay fiebre con {limit}.", "leaflet"),
    ("Fever is {limit} or more. See [the leaflet][leaflet].",
     "Hay fiebre con 38 grados. [F][leaflet].", "{limit}"),
    ("[Call for help][help] at once. Take {dose}.", "[Pida](tel:666) ya. Tome {dose}.", "tel:666"),
    # A sentence that ends in "!" before the link makes a picture of it.
    ("[Call for help][help] at once. Take {dose}.", "¡Ya![Pida][help] Tome {dose}.", "image"),
    # A quantity is no punctuation once it is written out.
    ("[Call for help][help] at once. Take {dose}.", "[Pida][help] ya, de*{dose}*o.", "written out"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "wording", "found"), STRUCTURES)
def test_a_wording_with_another_structure_is_withheld_and_cannot_be_approved(
    content: Content, source: str, wording: str, found: str
) -> None:
    content.translate("es", {**WORDS["es"], source: wording.replace("\\n", "\n")})
    rows = content.json("messages", "fever", "es")
    row = next(row for row in rows if row["target"] not in WORDS["es"].values()
               and row["standing"] == "waiting" and _same(row, source))  # fmt: skip
    answer = content.json(
        "decide", "approve", "fever", "es", "--message", row["id"], "--as", "doctor"
    )
    assert answer["done"] == []
    assert found in answer["refused"][0]["reason"]
    built = content.json("build")
    page = next(page for page in built["withheld"] if page["locale"] == "es")
    message = next(m for m in page["messages"] if m["id"] == row["id"])
    assert found in message["reason"]


def _same(row: dict[str, str], source: str) -> bool:
    return row["source"].split()[0].strip("[*") == source.split()[0].strip("[*")


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["decide", "approve", "fever", "es", "--as", "nobody"], "nobody has the id `nobody`"),
        (["decide", "approve", "gone", "es", "--as", "doctor"], "no article fits `gone`"),
        (["decide", "approve", "fever", "xx", "--as", "doctor"], "no locale fits `xx`"),
        (["decide", "approve", "fever", "es", "--as", "doctor", "--message", "0"], "message 0"),
        (["build", "--as", "doctor"], "no role publisher"),
        (["build", "--date", "soon"], "no date"),
        (["ledger", "import", "gone.jsonl"], "missing"),
        (["sync", "--as", "nobody"], "nobody has the id"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_wrong_usage_is_exit_2_and_says_what_to_do(
    content: Content, arguments: list[str], found: str
) -> None:
    code, said = content.say(*arguments)
    assert code == 2
    assert found in said


def test_a_bad_units_file_keeps_back_its_own_locale_only(content: Content) -> None:
    content.translate("es", WORDS["es"])
    content.write("locales/ar/units.yaml", "celsius: no hole\n")
    code, said = content.say("sync")
    assert code == 2
    assert "locales/ar/units.yaml:1: celsius: a pattern with one `{0}`" in said
    withheld = [p for p in content.json("build")["withheld"] if p["article"] == "fever"]
    reasons = {p["locale"]: p["reason"] for p in withheld}
    assert "units.yaml:1" in reasons["ar"]
    assert "units.yaml" not in reasons["es"]


@pytest.mark.parametrize("pattern", ["'\u202e{0} C'", "{oen: '{0} C'}", "[a]", "'{0} {0}'"])
def test_a_unit_pattern_that_hides_something_is_refused(content: Content, pattern: str) -> None:
    content.write("locales/ar/units.yaml", f"celsius: {pattern}\n")
    code, said = content.say("sync")
    assert (code, "locales/ar/units.yaml:1: " in said) == (2, True)


def test_a_catalog_of_another_language_is_refused(content: Content) -> None:
    path = content.catalog("es")
    path.write_text(path.read_text("utf-8").replace("Language: es", "Language: fr"), "utf-8")
    before = path.read_bytes()
    code, said = content.say("sync")
    assert code == 2
    assert "locales/es/LC_MESSAGES/fever.po:1: its header says `Language: fr`" in said
    assert path.read_bytes() == before


def test_the_address_of_the_search_is_no_alias(content: Content) -> None:
    article = ARTICLE.replace("links:", "aliases: [old, search/x]\nlinks:")
    content.write("source_content/fever.md", article)
    code, said = content.say("build")
    assert (code, "the alias `search/x` is reserved for the site itself" in said) == (2, True)


def test_an_article_is_no_alias_of_itself(content: Content) -> None:
    content.write("source_content/fever.md", ARTICLE.replace("links:", "aliases: [fever]\nlinks:"))
    code, said = content.say("sync")
    assert (code, "the alias `fever` is the article's own slug" in said) == (2, True)


def test_a_title_is_always_translated(content: Content) -> None:
    content.write("medloc.yaml", SETTINGS + "translate_fields: [description]\n")
    code, said = content.say("build")
    assert (code, "`title` is not in it" in said) == (2, True)


def test_a_tag_names_a_locale_too(content: Content) -> None:
    content.write("medloc.yaml", SETTINGS.replace("[es, ar]", "[es, ar, zh_Hans]"))
    assert content("sync", "zh-Hans") == 0
    assert content.catalog("zh_Hans").is_file()


def test_an_export_overwrites_nothing_but_an_export(content: Content) -> None:
    code, said = content.say("ledger", "export", "medloc.yaml")
    assert (code, "no export of a ledger" in said) == (2, True)
    assert content.read("medloc.yaml") == SETTINGS
