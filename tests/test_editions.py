"""What stands at a page's address when its current text may not be published: the whole table of
editions, grace, safety edits and recalls, by builds on one day and another."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.content import ARTICLE, WORDS
from tests.governed import APPROVED, TAGS, Governed, governed

ALL = ("en", "es", "ar")
EDITED = "2026-02-01"
"""The day of every later change; the grace of 90 days after it ends on 2026-05-02, that after the
day of approval on 2026-04-10."""


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Governed:
    return governed(tmp_path / "project", monkeypatch).on(EDITED)


def everywhere(shown: str) -> dict[str, str]:
    return dict.fromkeys(ALL, shown)


def article(page: str | None) -> str:
    """The words of a page: title, description, body."""
    assert page is not None
    head = re.findall(r'<h1>.*?</h1>|<p class="lead">.*?</p>', page)
    return "\n".join([*head, page[page.index("<article>") : page.index("</article>")]])


def notice(page: str | None) -> str:
    found = re.search(r'class="notice"[^>]*>(.*?)</', page or "", re.DOTALL)
    return found[1].strip() if found else ""


def reason(content: Governed, locale: str, date: str = "") -> str:
    return str(next(p["reason"] for p in content.build(date)["withheld"] if p["locale"] == locale))


# --- the last good edition ----------------------------------------------------------------------


def test_a_current_page_has_no_notice_and_its_proof_names_no_edition(content: Governed) -> None:
    assert content.shown() == {}
    assert [notice(content.page(tag)) for tag in TAGS] == ["", "", ""]
    assert "edition" not in json.loads(content.read("site/es/fever/proof.json"))


def test_a_source_edit_leaves_the_words_and_adds_a_dated_notice(content: Governed) -> None:
    before = {tag: article(content.page(tag)) for tag in TAGS}
    content.source("- Rest", "- Rest well")
    assert content.shown() == everywhere("last_good")
    assert {tag: article(content.page(tag)) for tag in TAGS} == before
    assert notice(content.page("es")) == (
        "Está leyendo la edición aprobada el 10 de enero de 2026. "
        "Se está revisando una versión más reciente."
    )
    assert json.loads(content.read("site/es/fever/proof.json"))["edition"] == "last_good"


def test_the_json_names_the_message_and_what_is_shown_instead(content: Governed) -> None:
    content.translate("es", {"Rest": "Duerma"})
    built = content.build()
    assert built["pages"] == 3
    assert built["withheld"] == [
        {
            "article": "fever",
            "locale": "es",
            "reason": "1 of its messages: 1 waiting for review; the edition of 2026-01-10 stays "
            "up until 2026-04-10",
            "shown": "last_good",
            "messages": [
                {
                    "id": content.id("Duerma"),
                    "msgctxt": "what",
                    "standing": "waiting",
                    "reason": "wants: medical",
                }
            ],
        }
    ]


@pytest.mark.parametrize("words", ["Duerma", "", "Descanse *mucho", "descanse"])
def test_a_changed_wording_leaves_the_approved_one_up(content: Governed, words: str) -> None:
    before = article(content.page("es"))
    content.translate("es", {"Rest": words})
    assert content.shown() == {"es": "last_good"}
    assert article(content.page("es")) == before
    content.translate("es", {"Rest": "Descanse"})
    assert content.shown() == {}


@pytest.mark.parametrize("damage", ["not a catalog", None])
def test_a_catalog_that_cannot_be_read_or_is_gone_leaves_the_edition_up(
    content: Governed, damage: str | None
) -> None:
    before = article(content.page("es"))
    if damage is None:
        content.catalog("es").unlink()
    else:
        content.catalog("es").write_text(damage, "utf-8")
    assert content.shown() == {"es": "last_good"}
    assert article(content.page("es")) == before
    assert content.say("build")[0] == (0 if damage is None else 2)


def test_two_languages_stand_for_themselves(content: Governed) -> None:
    content.translate("es", {"Rest": "Duerma"})
    content.translate("ar", {"When to get help": ""})
    assert content.shown() == {"es": "last_good", "ar": "last_good"}
    content.translate("ar", WORDS["ar"])
    assert content.shown() == {"es": "last_good"}
    assert [bool(notice(content.page(tag))) for tag in TAGS] == [False, True, False]


def test_the_latest_edition_that_is_still_approved_is_shown(content: Governed) -> None:
    content.translate("es", {"Rest": "Duerma"})
    content.decide("approve", "es", "doctor", of="Duerma")
    assert content.shown() == {}
    content.translate("es", {"Rest": "Repose"})
    assert content.shown() == {"es": "last_good"}
    assert "Duerma" in str(content.page("es"))
    assert "1 de febrero de 2026" in notice(content.page("es"))
    assert content.holding("Descanse") == set()


@pytest.mark.parametrize("decision", ["withdraw", "request-changes"])
def test_what_lost_its_approval_is_never_replaced_by_an_older_wording(
    content: Governed, decision: str
) -> None:
    content.translate("es", {"Rest": "Duerma"})
    content.decide("approve", "es", "doctor", of="Duerma")
    assert content.shown() == {}
    assert content.decide(decision, "es", "doctor", "--reason", "wrong", of="Duerma")["done"]
    assert content.shown() == {"es": "nothing"}
    assert content.page("es") is None
    content.translate("es", {"Rest": "Repose"})
    assert content.shown() == {"es": "nothing"}
    assert content.holding("Descanse") | content.holding("Duerma") == set()


def test_a_source_edited_twice_falls_back_to_what_was_approved_whole(content: Governed) -> None:
    content.source("- Rest", "- Rest well")
    content.decide("comment", "en", "editor", "--reason", "recorded")
    content.source("- Rest well", "- Sleep")
    content.decide("comment", "en", "editor", "--reason", "recorded")
    assert [e["kind"] for e in content.events()].count("source") == 3
    assert content.shown() == everywhere("last_good")
    assert content.holding("Rest well") == content.holding("Sleep") == set()
    assert "<li>Descanse</li>" in str(content.page("es"))


def test_a_policy_may_want_no_older_edition(content: Governed) -> None:
    content.policy("incomplete: withhold")
    content.source("- Rest", "- Rest well")
    assert content.shown() == everywhere("nothing")
    content.source("value: 5,", "value: 50,")
    assert content.shown() == everywhere("nothing")
    assert [content.page(tag) for tag in TAGS] == [None, None, None]


# --- grace --------------------------------------------------------------------------------------


def edit_source(content: Governed) -> None:
    content.source("- Rest", "- Rest well")


def decide_on_the_new_source(content: Governed) -> None:
    edit_source(content)
    content.decide("comment", "en", "editor", "--reason", "recorded")


def publish_the_new_source(content: Governed) -> None:
    edit_source(content)
    content("build", "--as", "publisher")


def publish_the_old_source(content: Governed) -> None:
    content("build", "--as", "publisher")
    edit_source(content)


def change_words(content: Governed) -> None:
    content.translate("es", {"Rest": "Duerma"})


def sign_for_other_words(content: Governed) -> None:
    change_words(content)
    assert content("sync", "--as", "writer") == 0


@pytest.mark.parametrize(
    ("change", "last"),
    [
        (edit_source, "2026-04-10"),  # the ledger holds nothing of it: after the last approval
        (change_words, "2026-04-10"),
        (decide_on_the_new_source, "2026-05-02"),
        (publish_the_new_source, "2026-05-02"),
        (publish_the_old_source, "2026-04-10"),  # that it was published then says nothing of it
        (sign_for_other_words, "2026-05-02"),
    ],
)
def test_the_grace_starts_with_the_first_event_that_says_otherwise(
    content: Governed, change: object, last: str
) -> None:
    assert callable(change)
    change(content)
    assert content.shown(last)["es"] == "last_good"
    assert f"stays up until {last}" in reason(content, "es", last)
    year, month, day = last.split("-")
    after = f"{year}-{month}-{int(day) + 1:02}"
    assert content.shown(after)["es"] == "nothing"
    assert f"the grace of the edition of 2026-01-10 ended on {last}" in reason(content, "es", after)
    assert content.page("es") is None
    assert content.shown(last)["es"] == "last_good"


def test_later_events_do_not_make_the_grace_longer(content: Governed) -> None:
    sign_for_other_words(content)
    content.on("2026-04-01").translate("es", {"Rest": "Repose"})
    content("sync", "--as", "writer")
    assert content.shown("2026-05-02") == {"es": "last_good"}
    assert content.shown("2026-05-03") == {"es": "nothing"}


@pytest.mark.parametrize(("grace", "last", "after"), [(0, 10, 11), (7, 17, 18)])
def test_the_policy_says_how_long(content: Governed, grace: int, last: int, after: int) -> None:
    content.policy(f"grace: {grace}")
    edit_source(content)
    assert content.shown(f"2026-01-{last}") == everywhere("last_good")
    assert content.shown(f"2026-01-{after}") == everywhere("nothing")


def test_a_page_that_is_current_has_no_grace(content: Governed) -> None:
    assert content.shown("2036-01-01") == {}


# --- safety edits -------------------------------------------------------------------------------

SAFETY = {
    "a quantity": ("value: 5,", "value: 50,", ALL),
    "a unit": ("unit: milligram", "unit: gram", ALL),
    "a negation": ("Take {dose}.", "Do not take {dose}.", ALL),
    "a statement added": ("Take {dose}.\n", "Take {dose}.\n\nTake 2 tablets.\n", ALL),
    "a statement taken out": ("at once. Take {dose}.", "at once.", ALL),
    "a statement moved to another section": (
        "- Drink **water**\n\n## When to get help {#help}\n<!-- risk: high -->\n\n"
        "[Call for help][help] at once. Take {dose}.\n",
        "- Drink **water**\n\n[Call for help][help] at once. Take {dose}.\n\n"
        "## When to get help {#help}\n<!-- risk: high -->\n",
        ALL,
    ),
    "the number of one language": ('ar: "tel:997"', 'ar: "tel:998"', ("ar",)),
    "the number of all others": ('default: "tel:112"', 'default: "tel:113"', ("en", "es")),
}


@pytest.mark.parametrize("case", SAFETY)
def test_a_safety_edit_takes_the_edition_down_for_its_readers(content: Governed, case: str) -> None:
    old, new, readers = SAFETY[case]
    content.source(old, new)
    shown = content.shown()
    assert {locale for locale, what in shown.items() if what == "correcting"} == set(readers)
    for tag in readers:
        page = str(content.page(tag))
        assert "<article>" not in page
        assert notice(page)
        assert not (content.root / f"site/{tag}/fever/proof.json").exists()
    if "es" in readers:
        assert content.holding("Fiebre") == content.holding("Descanse") == set()
        assert notice(content.page("es")).startswith("Esta página se está corrigiendo.")
        assert "a statement of high risk has changed since the edition of 2026-01-10" in (
            reason(content, "es")
        )


NO_SAFETY = {
    "a word of a statement": ("Take {dose}.", "Please take {dose}."),
    "words added without facts": ("Take {dose}.\n", "Take {dose}.\n\nCall your family.\n"),
    "a section renamed": ("{#help}", "{#aid}"),
    "a number elsewhere": ("value: 38,", "value: 39,"),
    "a negation elsewhere": ("- Rest", "- Do not rest"),
}


@pytest.mark.parametrize("case", NO_SAFETY)
def test_any_other_edit_leaves_it_up(content: Governed, case: str) -> None:
    content.source(*NO_SAFETY[case])
    assert content.shown() == everywhere("last_good")


def test_a_correction_has_no_end_of_grace(content: Governed) -> None:
    content.source("value: 5,", "value: 50,")
    assert content.shown("2027-01-01") == everywhere("correcting")


def test_a_statement_corrected_and_put_back_shows_the_page_again(content: Governed) -> None:
    before = content.page("es")
    content.source("value: 5,", "value: 50,")
    assert content.shown() == everywhere("correcting")
    content.source("value: 50,", "value: 5,")
    assert content.shown(APPROVED) == {}
    assert content.page("es") == before


def test_a_restore_lets_the_old_edition_stay_in_spite_of_this_very_source(
    content: Governed,
) -> None:
    content.source("value: 5,", "value: 6,")
    assert content.shown() == everywhere("correcting")
    restore = ("--reason", "the old dose is safe too")
    assert content.decide("restore", "es", "doctor", *restore)["done"]
    assert content.shown() == {**everywhere("correcting"), "es": "last_good"}
    content.source("value: 6,", "value: 7,")
    assert content.shown() == everywhere("correcting")
    content.source("value: 7,", "value: 6,")
    assert content.shown() == {**everywhere("correcting"), "es": "last_good"}


def test_a_restore_makes_the_grace_no_longer(content: Governed) -> None:
    content.source("value: 5,", "value: 6,")
    content.decide("restore", "es", "doctor", "--reason", "safe")
    assert content.shown("2026-04-10")["es"] == "last_good"
    assert content.shown("2026-04-11")["es"] == "nothing"


# --- dates and recalls --------------------------------------------------------------------------


@pytest.fixture
def dated(content: Governed) -> Governed:
    content.source("title: Fever", "title: Fever\nreview_by: 2026-03-01")
    assert content.shown() == {}
    return content


def test_an_overdue_review_is_a_notice_from_the_day_after(dated: Governed) -> None:
    assert dated.shown("2026-03-01") == {}
    assert notice(dated.page("en")) == ""
    code, said = dated.say("build", "--date", "2026-03-02")
    assert (code, "the medical review was due on 2026-03-01" in said) == (0, True)
    assert notice(dated.page("en")) == "The medical review of this page is overdue."
    assert "Descanse" in str(dated.page("es"))


def test_a_policy_may_withhold_what_is_overdue_in_every_edition(dated: Governed) -> None:
    dated.policy("overdue: withhold")
    dated.translate("es", {"Rest": "Duerma"})
    assert dated.shown("2026-03-01") == {"es": "last_good"}
    assert dated.shown("2026-03-02") == everywhere("nothing")
    assert "the medical review was due on 2026-03-01" in reason(dated, "en", "2026-03-02")
    assert [dated.page(tag) for tag in TAGS] == [None, None, None]


def test_recalled_words_are_in_no_older_edition(content: Governed) -> None:
    content.translate("es", {"Rest": "Duerma"})
    content.decide("approve", "es", "doctor", of="Duerma")
    content.decide("recall", "es", "writer", "--reason", "wrong", of="Duerma")
    assert content.shown() == {"es": "withdrawn"}
    for words in ("Repose", ""):
        content.translate("es", {"Rest": words})
        assert content.shown() == {"es": "withdrawn"}
        assert content.holding("Duerma") | content.holding("Descanse") == set()
    content.source("value: 5,", "value: 50,")
    assert content.shown()["es"] == "withdrawn"


def test_a_withdrawn_page_is_published_again_with_new_words_only(content: Governed) -> None:
    content.decide("recall", "es", "writer", "--reason", "wrong", of="Descanse")
    assert content.shown() == {"es": "withdrawn"}
    content.translate("es", {"Rest": "Repose"})
    content.decide("approve", "es", "doctor", of="Repose")
    assert content.shown() == {}
    content.translate("es", {"Rest": "Descanse"})
    assert content.shown() == {"es": "last_good"}
    assert content.holding("Descanse") == set()


@pytest.mark.parametrize("policy", ["incomplete: withhold", "grace: 0"])
def test_a_recalled_page_has_its_notice_under_every_policy(content: Governed, policy: str) -> None:
    content.policy(policy)
    content.decide("recall", "es", "writer", "--reason", "wrong")
    assert content.shown("2027-01-01") == {"es": "withdrawn"}
    assert notice(content.page("es")) == "Esta página se ha retirado."


# --- what surrounds an older edition ------------------------------------------------------------


@pytest.fixture
def linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Governed:
    """The page has an old address, an image, and a link to another article, all published."""
    content = governed(tmp_path / "project", monkeypatch)
    content.write("source_content/bed.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    content.write("source_content/sleep.md", "---\ntitle: Sleep\n---\n\nSleep well.\n")
    content.source("title: Fever", "title: Fever\naliases: [heat]")
    content.source("- Rest\n", "- Rest [more](sleep.md)\n")
    content.source("Read this *first*.", "Read this *first*. ![](bed.svg)")
    assert content("sync") == 0
    rows = {row["source"]: row for row in content.json("messages", "fever", "es")}
    [image], [link] = ([s for s in rows if word in s] for word in ("bed.svg", "sleep.md"))
    mine = {image: "Lea esto *primero*. ![](bed.svg)", link: "Descanse [más](sleep.md)"}
    content.translate("es", mine)
    content.translate("es", {"Sleep": "Sueño", "Sleep well.": "Duerma bien."}, "sleep")
    content.approve_all("en", "editor")
    content.approve_all("es", "doctor")
    assert "es" not in content.shown(APPROVED)
    return content.on(EDITED)


def test_old_addresses_lists_and_languages_follow_the_edition_shown(linked: Governed) -> None:
    linked.translate("es", {"What fever is": "Otra"})
    linked.source("title: Fever", "title: High fever")
    shown = linked.shown()
    assert (shown["en"], shown["es"]) == ("last_good", "last_good")
    assert "Fiebre" in str(linked.page("es", "heat"))
    assert "Fiebre" in linked.read("site/es/index.html")
    assert "High fever" not in linked.read("site/en/index.html")
    assert 'hreflang="es"' in str(linked.page("en"))
    assert "fever/" in linked.read("site/es/index.html")


def test_a_correction_is_in_no_list_and_no_choice_of_languages(linked: Governed) -> None:
    linked.source('default: "tel:112"', 'default: "tel:113", es: "tel:112"')
    shown = linked.shown()
    assert (shown["en"], shown["es"]) == ("correcting", "last_good")
    assert linked.page("en", "heat") is None
    assert "fever/" not in linked.read("site/en/index.html")
    assert 'hreflang="en"' not in str(linked.page("es"))
    assert "fever/" in linked.read("site/es/index.html")


def test_an_edition_whose_image_is_gone_gives_way_to_the_one_before_it(linked: Governed) -> None:
    (linked.root / "source_content/bed.svg").unlink()
    linked.source("Read this *first*. ![](bed.svg)", "Read this *now*.")
    assert linked.shown()["es"] == "last_good"
    page = str(linked.page("es"))
    assert "<img" not in page
    assert "<li>Descanse</li>" in page  # the text from before the image and the link


def test_an_edition_whose_linked_article_is_gone_leads_to_the_list(linked: Governed) -> None:
    assert 'href="../sleep/index.html"' in str(linked.page("es"))
    (linked.root / "source_content/sleep.md").unlink()
    linked.source("- Rest [more](sleep.md)\n", "- Rest much\n")
    assert linked.shown()["es"] == "last_good"
    page = str(linked.page("es"))
    assert ">más</a>" in page
    assert "sleep" not in page
    assert '<a href="../index.html">más</a>' in page


def test_an_article_that_is_gone_has_no_edition(content: Governed) -> None:
    (content.root / "source_content/fever.md").unlink()
    content.write("source_content/other.md", "---\ntitle: Other\n---\n\nOther.\n")
    content.build()
    assert [content.page(tag) for tag in TAGS] == [None, None, None]
    assert content.holding("Fiebre") == set()
    content.write("source_content/fever.md", ARTICLE)
    content.build()
    assert content.page("es")


def test_a_recall_reaches_the_pages_of_a_first_build_that_was_killed(content: Governed) -> None:
    site = content.root / "site"
    paths = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    content.write("site/publishing.json", json.dumps({"paths": paths}))
    (site / "manifest.json").unlink()
    assert content.holding("Descanse")
    said = content.say("decide", "recall", "fever", "es", "--as", "writer", "--reason", "wrong")[1]
    assert "taken down" in said
    assert content.holding("Descanse") == set()


def test_words_carried_from_an_earlier_source_are_no_edition_of_the_new_source(
    content: Governed,
) -> None:
    content.source("Read this *first*.", "Read all this *first*.")
    content("sync")
    carried = content.decide("carry-forward", "*", "editor", "--reason", "same", of="Read all")
    assert carried["done"]
    content.build("", "--as", "publisher")
    before = content.read("site/en/fever/proof.json")
    assert content.build()["written"] == 0
    assert content.read("site/en/fever/proof.json") == before


def test_a_recalled_text_of_the_source_language_has_its_notice_too(content: Governed) -> None:
    content.decide("recall", "en", "editor", "--reason", "It is wrong.", of="Rest")
    assert content.shown() == {"en": "withdrawn"}
