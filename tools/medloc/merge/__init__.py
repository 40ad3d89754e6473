"""Merging: the messages of an article and its catalog become the new catalog.

Laws: no wording is lost: every text of the old catalog is in the new one, in an entry or an
obsolete entry. Words stand unmarked only under the very source text they stood under before. Words
of a source that states other facts are never offered. Merging twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from medloc.merge.similar import Key, match_similar
from medloc.model import Catalog, Entry, Message

# What the comments of an entry begin with that was left empty because the facts differ.
OLD_SOURCE = "old source: "
OLD_WORDS = "old translation, states other facts: "

_Change = tuple[Entry, Entry]


@dataclass(frozen=True, slots=True)
class Merged:
    """The new catalog, and what became of each message.

    `kept` have the same context and text (obsolete ones come back, too), `new` have no words to go
    by. Pairs are (old entry, new entry): `moved` words from elsewhere, same text; `suggested` words
    of a similar text, fuzzy; `emptied` entries whose similar text states other facts. `obsoleted`
    are gone; `cleared` were fuzzy and are approved exactly so.
    """

    catalog: Catalog
    kept: tuple[Entry, ...] = ()
    moved: tuple[_Change, ...] = ()
    suggested: tuple[_Change, ...] = ()
    emptied: tuple[_Change, ...] = ()
    obsoleted: tuple[Entry, ...] = ()
    new: tuple[Entry, ...] = ()
    cleared: tuple[Entry, ...] = ()


@dataclass(slots=True)
class _Plan:
    """Where the words of each message come from, by key; and the entries that nobody wants."""

    kept: dict[Key, Entry] = field(default_factory=dict)
    moved: dict[Key, Entry] = field(default_factory=dict)
    similar: dict[Key, Entry] = field(default_factory=dict)
    gone: dict[Key, Entry] = field(default_factory=dict)
    parked: dict[Key, Entry] = field(default_factory=dict)


def merge(
    catalog: Catalog | None,
    messages: Sequence[Message],
    *,
    locale: str,
    reference: str,
    same_facts: Callable[[str, str], bool],
    comments_for: Callable[[Message], tuple[str, ...]],
    headers: Sequence[tuple[str, str]],
    path: str = "",
    approved: Callable[[Entry], bool] | None = None,
) -> Merged:
    """The catalog for `messages`, in their order, then what is obsolete.

    `catalog` is the old one (None: there is none; `path` then names the new one); `reference` is
    the article's path for `#:`; `same_facts(old, new)` compares two source texts; `comments_for`
    gives the `#.` lines; `headers` are added where they are missing. `approved(entry)` says
    whether exactly these words are approved for exactly this text: such an entry loses its fuzzy
    mark. Pure; raises nothing.
    """
    old = catalog or Catalog(path)
    wanted = {(message.context, message.text): message for message in messages}
    plan = _plan(old, wanted)
    merged: list[tuple[str, Entry | None, Entry]] = []
    cleared: list[Entry] = []
    for key, message in wanted.items():
        how, source, entry = _new_entry(key, plan, same_facts)
        entry = _dressed(entry, message, reference, comments_for(message))
        if entry.fuzzy and approved is not None:
            clear = _without_previous(replace(entry, fuzzy=False))
            if approved(clear):
                cleared.append(clear)
                entry = clear
        merged.append((how, source, entry))
    entries = tuple(entry for _, _, entry in merged)
    obsoleted = _obsoleted(plan, entries)

    def changes(wanted_how: str) -> tuple[_Change, ...]:
        return tuple(
            (source, entry) for how, source, entry in merged if how == wanted_how and source
        )

    return Merged(
        catalog=replace(
            old,
            headers=_headers(old.headers, headers, locale),
            header_fuzzy=False,
            entries=(*entries, *plan.parked.values(), *obsoleted),
        ),
        kept=tuple(entry for how, _, entry in merged if how == "kept"),
        moved=changes("moved"),
        suggested=changes("suggested"),
        emptied=changes("emptied"),
        obsoleted=obsoleted,
        new=tuple(entry for how, _, entry in merged if how == "new"),
        cleared=tuple(cleared),
    )


# --- finding the words ------------------------------------------------------------------------


def _plan(old: Catalog, wanted: Mapping[Key, Message]) -> _Plan:
    """Match messages with entries: same place and text, then same text, then similar text."""
    plan = _Plan()
    for entry in map(_singular, old.entries):
        if entry.key in wanted:
            plan.kept[entry.key] = replace(entry, obsolete=False)
        elif not entry.obsolete:
            plan.gone[entry.key] = entry
        elif entry.msgstr:
            plan.parked[entry.key] = replace(entry, line=0)
    _match_moved(plan, [key for key in wanted if key not in plan.kept])
    rest = [key for key in wanted if key not in plan.kept and key not in plan.moved]
    candidates = [entry for entry in (*plan.gone.values(), *plan.parked.values()) if entry.msgstr]
    plan.similar = match_similar(rest, candidates)
    return plan


def _singular(entry: Entry) -> Entry:
    """Our messages have no plural; of a plural entry the first form is kept, to be looked at."""
    if entry.msgid_plural is None:
        return entry
    words = next(filter(None, entry.msgstr_plural), "")
    return replace(
        entry,
        msgstr=words,
        fuzzy=bool(words),
        msgid_plural=None,
        msgstr_plural=(),
        previous_msgid_plural=None,
    )


def _match_moved(plan: _Plan, keys: Iterable[Key]) -> None:
    """Take words from the same text elsewhere: gone from there, obsolete, or still there."""
    gone, parked, living = map(_by_text, (plan.gone, plan.parked, plan.kept))
    for key in keys:
        text = key[1]
        for there, entries in ((gone, plan.gone), (parked, plan.parked)):
            if there.get(text):
                plan.moved[key] = entries.pop(there[text].pop(0))
                break
        else:
            twin = next((plan.kept[other] for other in living.get(text, ())), None)
            if twin and twin.msgstr:
                plan.moved[key] = twin


def _by_text(entries: Mapping[Key, Entry]) -> dict[str, list[Key]]:
    """Keys by source text: entries that have words first, then in order."""
    keys: dict[str, list[Key]] = {}
    for key, entry in sorted(entries.items(), key=lambda item: not item[1].msgstr):
        keys.setdefault(entry.msgid, []).append(key)
    return keys


# --- making the entries -----------------------------------------------------------------------


def _without_previous(entry: Entry) -> Entry:
    if entry.previous_context is entry.previous_msgid is entry.previous_msgid_plural is None:
        return entry
    return replace(entry, previous_context=None, previous_msgid=None, previous_msgid_plural=None)


def _new_entry(
    key: Key, plan: _Plan, same_facts: Callable[[str, str], bool]
) -> tuple[str, Entry | None, Entry]:
    """How a message gets its words, the entry they come from, and its entry (still undressed)."""
    context, msgid = key
    if key in plan.kept:
        return "kept", plan.kept[key], plan.kept[key]
    if key in plan.moved:
        source = plan.moved[key]
        how = "moved" if source.msgstr else "new"
        return how, source, replace(source, context=context, obsolete=False)
    if key not in plan.similar:
        return "new", None, Entry(context, msgid)
    source = plan.similar[key]
    # The words of a fuzzy entry belong to the source before it, not to the one they stand under.
    first = source.previous_msgid if source.fuzzy and source.previous_msgid else source.msgid
    entry = Entry(
        context,
        msgid,
        translator_comments=source.translator_comments,
        flags=source.flags,
        sticky_flags=source.sticky_flags,
    )
    if same_facts(first, msgid):
        return (
            "suggested",
            source,
            replace(entry, msgstr=source.msgstr, fuzzy=True, previous_msgid=first),
        )
    old_lines = (*_lines(OLD_SOURCE, first), *_lines(OLD_WORDS, source.msgstr))
    return "emptied", source, replace(entry, comments=old_lines)


def _lines(prefix: str, text: str) -> tuple[str, ...]:
    """A text as comment lines, each behind the prefix; no comment may hold a carriage return."""
    return tuple(prefix + line for line in text.replace("\r", " ").split("\n"))


def _dressed(entry: Entry, message: Message, reference: str, comments: Iterable[str]) -> Entry:
    """The entry with what we write around the words: comments, reference, flags.

    Of the comments of the last run only the old texts stay, as long as there are no words.
    """
    old = [text for text in entry.comments if text.startswith((OLD_SOURCE, OLD_WORDS))]
    lines = [line for comment in comments for line in comment.split("\n")]
    fuzzy = entry.fuzzy and bool(entry.msgstr)
    entry = entry if fuzzy else _without_previous(entry)
    dress = (
        fuzzy,
        (*lines, *(old if not entry.msgstr else ())),
        # A space would make two references of one path.
        (reference.replace(" ", "%20"),),
        _flags(entry, placeholders=bool(message.placeholders)),
    )
    # Most entries wear it already, and a copy costs ten times the comparison.
    if dress == (entry.fuzzy, entry.comments, entry.references, entry.flags):
        return entry
    fuzzy, comments, references, flags = dress
    return replace(
        entry, fuzzy=fuzzy, comments=comments, references=references, flags=flags, line=0
    )


def _flags(entry: Entry, *, placeholders: bool) -> tuple[str, ...]:
    """The flags that mean something here; msgcat drops those it does not know."""
    brace = ("python-brace-format",) if placeholders else ()
    return (*brace, "no-wrap") if "no-wrap" in entry.flags else brace


def _obsoleted(plan: _Plan, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """What is gone, as obsolete entries, unless its fuzzy words live on in an entry."""
    living = {(entry.msgstr, entry.translator_comments) for entry in entries if entry.msgstr}
    return tuple(
        replace(
            entry if entry.fuzzy else _without_previous(entry),
            obsolete=True,
            comments=(),
            references=(),
            flags=_flags(entry, placeholders="python-brace-format" in entry.flags),
            line=0,
        )
        for entry in plan.gone.values()
        if entry.msgstr
        and not (entry.fuzzy and (entry.msgstr, entry.translator_comments) in living)
    )


def _headers(
    old: Sequence[tuple[str, str]], wanted: Sequence[tuple[str, str]], locale: str
) -> tuple[tuple[str, str], ...]:
    """The old headers in their order, the missing ones behind, the language set right."""
    present = {name.lower() for name, _ in old}
    missing = (pair for pair in wanted if pair[0].lower() not in present)
    pairs = [*old, *missing]
    if not any(name.lower() == "language" for name, _ in pairs):
        pairs.append(("Language", locale))
    return tuple((name, locale if name.lower() == "language" else value) for name, value in pairs)
