"""merge: no wording lost, none offered where the facts differ, nothing changed twice."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medloc import catalogs, facts
from medloc.merge import OLD_SOURCE, OLD_WORDS, Merged, merge
from medloc.model import Catalog, Entry, Message

HEADERS = catalogs.new_catalog("es", path="es.po", name="clonus").headers
LONG = "Clonus is a series of involuntary contractions of a muscle"


def _message(context: str, text: str, *, placeholders: tuple[str, ...] = ()) -> Message:
    section = context.partition("|")[0]
    return Message("clonus", context, text, section, "paragraph", 1, placeholders=placeholders)


def _merge(catalog: Catalog | None, *messages: Message, **options: object) -> Merged:
    settled: dict[str, object] = {
        "locale": "es",
        "path": "es.po",
        "reference": "source_content/clonus.md",
        "same_facts": lambda old, new: facts.same(old, new, "en"),
        "comments_for": lambda message: (message.section,),
        "headers": HEADERS,
    }
    return merge(catalog, messages, **(settled | options))  # type: ignore[arg-type]


def _catalog(*entries: Entry) -> Catalog:
    return Catalog("es.po", headers=HEADERS, entries=entries)


def _entry(context: str, msgid: str, msgstr: str, **more: object) -> Entry:
    """An entry as merge writes it."""
    comments = () if more.get("obsolete") else (context.partition("|")[0],)
    references = () if more.get("obsolete") else ("source_content/clonus.md",)
    entry = Entry(context, msgid, msgstr, comments=comments, references=references)
    return replace(entry, **more)  # type: ignore[arg-type]


def test_first_merge_gives_every_message_in_order() -> None:
    merged = _merge(
        None, _message("b", "Second"), _message("a", "{rate} a second", placeholders=("rate",))
    )
    assert merged.catalog.entries == (
        _entry("b", "Second", ""),
        _entry("a", "{rate} a second", "", flags=("python-brace-format",)),
    )
    assert merged.new == merged.catalog.entries
    assert merged.catalog.path == "es.po"
    assert merged.catalog.headers == HEADERS


def test_same_place_and_text_keeps_words_and_translator_comments() -> None:
    old = Entry("a", "Text", "Texto", comments=("old",), translator_comments=("ask",), line=9)
    merged = _merge(_catalog(old), _message("a", "Text"))
    assert merged.catalog.entries == (_entry("a", "Text", "Texto", translator_comments=("ask",)),)
    assert merged.kept == merged.catalog.entries


def test_moved_text_keeps_its_words_and_is_not_fuzzy() -> None:
    old = _catalog(_entry("a", LONG, "Clonus es", translator_comments=("ask",)))
    merged = _merge(old, _message("b", LONG))
    new = _entry("b", LONG, "Clonus es", translator_comments=("ask",))
    assert merged.catalog.entries == (new,)
    assert merged.moved == ((old.entries[0], new),)


def test_twins_move_in_their_order_and_do_not_mix() -> None:
    old = _catalog(_entry("a", "Causes", "Causas"), _entry("b", "Causes", "Motivos"))
    merged = _merge(old, _message("c", "Causes"), _message("b", "Causes"))
    assert merged.catalog.entries == (
        _entry("c", "Causes", "Causas"),
        _entry("b", "Causes", "Motivos"),
    )


def test_text_that_is_copied_gets_the_same_words() -> None:
    old = _catalog(_entry("a", "Causes", "Causas"))
    merged = _merge(old, _message("a", "Causes"), _message("b", "Causes"))
    assert [entry.msgstr for entry in merged.catalog.entries] == ["Causas", "Causas"]
    assert merged.obsoleted == ()


def test_comments_of_a_translator_move_with_an_untranslated_text() -> None:
    old = _catalog(_entry("a", LONG, "", translator_comments=("what is meant?",)))
    merged = _merge(old, _message("b", LONG))
    assert merged.catalog.entries[0].translator_comments == ("what is meant?",)
    assert merged.new == merged.catalog.entries


def test_similar_text_offers_its_words_as_fuzzy_and_stays_as_obsolete() -> None:
    old = _catalog(_entry("a", f"{LONG}.", "Clonus es.", translator_comments=("ask",)))
    merged = _merge(old, _message("a", f"{LONG}, in short."))
    new = _entry(
        "a",
        f"{LONG}, in short.",
        "Clonus es.",
        fuzzy=True,
        previous_msgid=f"{LONG}.",
        translator_comments=("ask",),
    )
    gone = _entry("a", f"{LONG}.", "Clonus es.", obsolete=True, translator_comments=("ask",))
    assert merged.catalog.entries == (new, gone)
    assert merged.suggested == ((old.entries[0], new),)
    assert merged.obsoleted == (gone,)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{LONG}, 5 mg.", f"{LONG}, 50 mg."),
        (f"{LONG}: do not give under 12.", f"{LONG}: give over 12."),
        (f"{LONG} once a day.", f"{LONG} twice a day."),
        (f"{LONG} of the left leg.", f"{LONG} of the right leg."),
    ],
)
def test_words_of_other_facts_are_never_offered(before: str, after: str) -> None:
    old = _catalog(_entry("a", before, "Palabras\nviejas"))
    merged = _merge(old, _message("a", after))
    new, gone = merged.catalog.entries
    assert (new.msgstr, new.fuzzy, new.previous_msgid) == ("", False, None)
    assert new.comments == (
        "a",
        OLD_SOURCE + before,
        f"{OLD_WORDS}Palabras",
        f"{OLD_WORDS}viejas",
    )
    assert (gone.msgstr, gone.obsolete) == ("Palabras\nviejas", True)
    assert merged.emptied == ((old.entries[0], new),)


def test_old_texts_stay_in_comments_until_there_are_words() -> None:
    old = _catalog(_entry("a", f"{LONG}, 5 mg.", "viejas"))
    message = _message("a", f"{LONG}, 50 mg.")
    first = _merge(old, message).catalog
    again = _merge(first, message)
    assert again.catalog == first
    assert again.kept == first.entries[:1]
    done = replace(first, entries=(replace(first.entries[0], msgstr="nuevas"), first.entries[1]))
    assert _merge(done, message).catalog.entries[0].comments == ("a",)


def test_same_section_goes_before_more_similar_text_elsewhere() -> None:
    old = _catalog(
        _entry("other", f"{LONG} and others.", "otras"),
        _entry("here", f"{LONG} or so, yes.", "aquí"),
    )
    merged = _merge(old, _message("here", f"{LONG} and others!"))
    assert merged.catalog.entries[0].msgstr == "aquí"
    elsewhere = _merge(old, _message("third", f"{LONG} and others!"))
    assert elsewhere.catalog.entries[0].msgstr == "otras"


def test_one_wording_is_offered_to_one_text_only_the_most_similar() -> None:
    old = _catalog(_entry("a", f"{LONG}.", "Clonus es."))
    far, near = f"{LONG}, some of them quite long.", f"{LONG}!"
    merged = _merge(old, _message("a", far), _message("a", near))
    assert [entry.msgstr for entry in merged.catalog.entries[:2]] == ["", "Clonus es."]


def test_unlike_text_is_new_and_the_old_one_obsolete() -> None:
    merged = _merge(_catalog(_entry("a", LONG, "Clonus es")), _message("a", "See a doctor."))
    assert merged.catalog.entries == (
        _entry("a", "See a doctor.", ""),
        _entry("a", LONG, "Clonus es", obsolete=True),
    )


def test_untranslated_text_that_is_gone_leaves_nothing() -> None:
    old = _catalog(_entry("a", LONG, ""), _entry("a", "x", "", obsolete=True))
    assert _merge(old).catalog.entries == ()


def test_obsolete_text_comes_back_with_its_words() -> None:
    gone = _entry("a", LONG, "Clonus es", obsolete=True, translator_comments=("ask",))
    merged = _merge(_catalog(gone), _message("a", LONG))
    assert merged.catalog.entries == (_entry("a", LONG, "Clonus es", translator_comments=("ask",)),)
    assert merged.kept == merged.catalog.entries
    moved = _merge(_catalog(gone), _message("b", LONG))
    assert [entry.msgstr for entry in moved.catalog.entries] == ["Clonus es"]


def test_reverted_edit_gives_back_the_words_unmarked() -> None:
    first, second = _message("a", f"{LONG}."), _message("a", f"{LONG}, in short.")
    start = _merge(_catalog(_entry("a", f"{LONG}.", "Clonus es.")), first).catalog
    back = _merge(_merge(start, second).catalog, first).catalog
    assert back == start


def test_reverted_dose_gives_back_the_words_unmarked() -> None:
    first, second = _message("a", f"{LONG}, 5 mg."), _message("a", f"{LONG}, 50 mg.")
    start = _merge(_catalog(_entry("a", f"{LONG}, 5 mg.", "5 mg")), first).catalog
    assert _merge(_merge(start, second).catalog, first).catalog == start


def test_fuzzy_entry_edited_again_keeps_the_first_previous_text() -> None:
    texts = [f"{LONG}.", f"{LONG}, in short.", f"{LONG}, in very short."]
    catalog = _catalog(_entry("a", texts[0], "Clonus es."))
    for text in texts[1:]:
        catalog = _merge(catalog, _message("a", text)).catalog
    new, gone = catalog.entries
    assert (new.msgid, new.msgstr, new.fuzzy) == (texts[2], "Clonus es.", True)
    assert new.previous_msgid == texts[0]
    assert (gone.msgid, gone.fuzzy) == (texts[0], False)


def test_dose_changed_in_two_steps_is_compared_with_the_first_text() -> None:
    # The words are of 5 mg; the fuzzy entry in between names no dose.
    old = _entry("a", f"{LONG}, once.", "5 mg", fuzzy=True, previous_msgid=f"{LONG}, 5 mg once.")
    new = _merge(_catalog(old), _message("a", f"{LONG}, only once.")).catalog.entries[0]
    assert (new.msgstr, new.fuzzy) == ("", False)
    assert f"{OLD_SOURCE}{LONG}, 5 mg once." in new.comments


def test_fuzzy_words_that_a_translator_changed_are_kept_when_gone() -> None:
    old = _entry("a", LONG, "a medias", fuzzy=True, previous_msgid="Clonus")
    merged = _merge(_catalog(old))
    assert merged.catalog.entries == (
        _entry("a", LONG, "a medias", obsolete=True, fuzzy=True, previous_msgid="Clonus"),
    )


def test_fuzzy_entry_stays_fuzzy_where_it_is_and_where_it_moves() -> None:
    old = _entry("a", LONG, "a medias", fuzzy=True, previous_msgid="Clonus")
    for context in ("a", "b"):
        entry = _merge(_catalog(old), _message(context, LONG)).catalog.entries[0]
        assert (entry.fuzzy, entry.previous_msgid) == (True, "Clonus")


def test_exactly_approved_words_lose_the_fuzzy_mark() -> None:
    old = _entry("a", LONG, "Clonus es", fuzzy=True, previous_msgid="Clonus")
    seen: list[Entry] = []

    def approved(entry: Entry) -> bool:
        seen.append(entry)
        return entry.msgstr == "Clonus es"

    merged = _merge(_catalog(old), _message("a", LONG), approved=approved)
    clear = _entry("a", LONG, "Clonus es")
    assert merged.catalog.entries == merged.cleared == (clear,)
    assert seen == [clear]
    other = replace(old, msgstr="otra cosa")
    kept = _merge(_catalog(other), _message("a", LONG), approved=approved)
    assert kept.catalog.entries[0].fuzzy
    assert kept.cleared == ()


def test_previous_text_without_fuzzy_and_unknown_flags_are_taken_away() -> None:
    old = _entry("a", LONG, "Clonus es", previous_msgid="x", flags=("c-format", "no-wrap", "ok"))
    entry = _merge(_catalog(old), _message("a", LONG)).catalog.entries[0]
    assert (entry.previous_msgid, entry.flags) == (None, ("no-wrap",))


def test_sticky_flags_stay() -> None:
    old = _entry("a", LONG, "Clonus es", sticky_flags=("rust-format",))
    entry = _merge(_catalog(old), _message("a", LONG)).catalog.entries[0]
    assert entry.sticky_flags == ("rust-format",)


def test_plural_entry_of_another_tool_keeps_its_first_form_to_be_looked_at() -> None:
    old = _entry("a", LONG, "", msgid_plural="many", msgstr_plural=("uno", "dos"))
    entry = _merge(_catalog(old), _message("a", LONG)).catalog.entries[0]
    assert (entry.msgstr, entry.fuzzy, entry.msgid_plural) == ("uno", True, None)


def test_unknown_headers_stay_missing_ones_are_added_the_language_is_set() -> None:
    headers = (("Language", "fr"), ("X-Own", "yes"), ("Plural-Forms", "theirs"))
    merged = _merge(
        Catalog("es.po", headers=headers, header_comment=("by us",), header_fuzzy=True),
        headers=(*HEADERS, ("Plural-Forms", "ours")),
    )
    assert merged.catalog.headers[:3] == (
        ("Language", "es"),
        ("X-Own", "yes"),
        ("Plural-Forms", "theirs"),
    )
    assert {name for name, _ in merged.catalog.headers} >= {name for name, _ in HEADERS}
    assert merged.catalog.header_comment == ("by us",)
    assert not merged.catalog.header_fuzzy


def test_comment_of_two_lines_becomes_two_and_a_space_in_the_path_is_escaped() -> None:
    entry = _merge(
        None,
        _message("a", "Text"),
        comments_for=lambda _: ("one\ntwo",),
        reference="source_content/my file.md",
    ).catalog.entries[0]
    assert entry.comments == ("one", "two")
    assert entry.references == ("source_content/my%20file.md",)


# --- laws ----------------------------------------------------------------------------------

_texts = st.sampled_from(
    [f"{LONG} {tail}" for tail in ("5 mg", "50 mg", "not", "once", "twice", "again", "and again")]
    + ["Causes", "Causes of it", "See a doctor\\\nsoon", "Clonus"]
)
_keys = st.lists(st.tuples(st.sampled_from(["a", "b", "a|x"]), _texts), max_size=8, unique=True)


@st.composite
def _histories(draw: st.DrawFn) -> tuple[Catalog, list[list[Message]]]:
    entries = []
    for number, (context, text) in enumerate(draw(_keys)):
        words = draw(st.sampled_from(["", f"palabras {number}", "iguales"]))
        fuzzy = bool(words) and draw(st.booleans())
        previous = draw(_texts) if fuzzy and draw(st.booleans()) else None
        entry = Entry(context, text, words, fuzzy, previous_msgid=previous)
        entries.append(replace(entry, obsolete=bool(words) and draw(st.booleans())))
    editions = draw(st.lists(_keys, min_size=1, max_size=3))
    messages = [[_message(context, text) for context, text in keys] for keys in editions]
    return _catalog(*entries), messages


@settings(max_examples=200, deadline=None)
@given(_histories())
def test_law_no_wording_is_lost_none_misplaced_and_twice_is_once(
    history: tuple[Catalog, list[list[Message]]],
) -> None:
    catalog, editions = history
    right = {(entry.msgid, entry.msgstr) for entry in catalog.entries if not entry.fuzzy}
    for messages in editions:
        before = {entry.msgstr for entry in catalog.entries}
        merged = _merge(catalog, *messages)
        catalog = merged.catalog
        active = [entry for entry in catalog.entries if not entry.obsolete]
        assert [entry.key for entry in active] == [(item.context, item.text) for item in messages]
        assert {entry.msgstr for entry in catalog.entries} | {""} >= before
        for entry in catalog.entries:
            if entry.msgstr and not entry.fuzzy:
                assert (entry.msgid, entry.msgstr) in right
        for _, entry in merged.suggested:
            assert entry.previous_msgid is not None
            assert facts.same(entry.previous_msgid, entry.msgid, "en")
        assert _merge(catalog, *messages).catalog == catalog
        data = catalogs.write_catalog(catalog)
        written = catalogs.parse_catalog(data, path="es.po")
        assert catalogs.write_catalog(_merge(written, *messages).catalog) == data


# --- speed ---------------------------------------------------------------------------------


def _paragraphs(count: int, sections: int) -> list[tuple[str, str]]:
    dice = random.Random(7)
    words = [
        f"{dice.choice('bcdfgklmprst')}{dice.choice('aeiou')}{number}" for number in range(900)
    ]
    words = [word.translate(str.maketrans("0123456789", "abcdefghij")) for word in words]
    return [
        (f"section{number % sections}", " ".join(dice.choices(words, k=40)))
        for number in range(count)
    ]


def _edited(text: str) -> str:
    first, *rest = text.split(" ")
    return " ".join([first, "edited", *rest])


@pytest.mark.parametrize(
    ("sections", "edits", "seconds"), [(300, 200, 1), (1, 200, 1), (1, 2500, 9)]
)
def test_edited_paragraphs_of_thousands_find_their_words(
    sections: int, edits: int, seconds: float
) -> None:
    paragraphs = _paragraphs(3000, sections)
    old = _catalog(
        *(
            _entry(context, text, f"palabras {number}")
            for number, (context, text) in enumerate(paragraphs)
        ),
        *(
            _entry(context, f"gone {text}", f"ido {number}", obsolete=True)
            for number, (context, text) in enumerate(_paragraphs(2000, sections))
            if number > 500
        ),
    )
    messages: Sequence[Message] = [
        _message(context, _edited(text) if number < edits else text)
        for number, (context, text) in enumerate(paragraphs)
    ]
    began = time.process_time()
    merged = _merge(old, *messages)
    # Babel's update took 178 s for 200 edited paragraphs.
    assert time.process_time() - began < seconds
    assert len(merged.suggested) == edits
    assert all(source.msgstr == entry.msgstr for source, entry in merged.suggested)
    assert [entry.msgstr for entry in merged.catalog.entries[:3000]] == [
        f"palabras {number}" for number in range(3000)
    ]
