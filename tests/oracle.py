"""The laws of publishing read aloud: what stands at each address, from a list of what people said.

Naive and slow on purpose. It shares nothing with `medloc.standing` and the workflow of editions: it
reads sources and writes texts out with medloc's own tools, and compares facts with `facts.same`.
Every question about the past is answered by asking the same question of a shorter list.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from medloc import facts

Spot = tuple[str, str, str]
"""Article, context, source text written out."""

OF_PAIRS = ("propose", "approve", "withdraw", "request_changes", "comment", "waive")
LIFTING = ("recall", "restore")


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said, and when it was heard."""

    number: int
    day: dt.date
    kind: str
    person: str
    role: str
    locale: str
    spot: Spot
    target: str
    text: str
    earlier: Spot | None

    @property
    def of_pair(self) -> bool:
        """Whether it is about a wording (and not about a page, or a place in all locales)."""
        return self.kind in OF_PAIRS or (self.kind in LIFTING and self.spot[2] != "")


def hear(line: bytes) -> Said:
    """One line of an export."""
    body = json.loads(line)
    get = body.get
    article = get("article", "")
    earlier = None
    if body["kind"] == "carry_forward":
        earlier = (get("earlier_article", article), body["earlier_context"], body["earlier_source"])
    return Said(
        body["number"],
        dt.date.fromisoformat(body["at"][:10]),
        body["kind"],
        body["actor"],
        get("role", ""),
        get("locale", ""),
        (article, get("context", ""), get("source", "")),
        get("target", ""),
        get("text", ""),
        earlier,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A message of a text: its place, and what the source says there, written out."""

    context: str
    source: str
    risky: bool
    field: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as a screen shows it: its line, and the wording open and written out."""

    line: Line
    wording: str
    target: str
    fuzzy: bool
    whole: bool  # whether the wording has the marks of the message it stands under


@dataclass(frozen=True, slots=True)
class Text:
    """A text of an article: the file, and its messages as one locale reads them."""

    file: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The policy, as far as pages depend on it."""

    normal: tuple[str, ...]
    high_risk: tuple[str, ...]
    source: tuple[str, ...]
    incomplete: str
    grace: int

    def roles(self, line: Line, *, is_source: bool) -> tuple[str, ...]:
        """Who must have approved a message."""
        if is_source:
            return self.source
        return self.high_risk if line.risky else self.normal


@dataclass(frozen=True, slots=True)
class Address:
    """What must stand at an address: current, last_good, correcting, withdrawn or nothing; and
    exactly which words, in order."""

    what: str
    words: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()


def reached(said: Sequence[Said], spot: Spot, *, risky: bool) -> set[Spot]:
    """The places whose decisions count in a place: itself, and where they were carried from."""
    places = {spot}
    while True:
        more = {
            one.earlier
            for one in said
            if one.earlier is not None
            and one.spot in places
            and (not risky or one.earlier[2] == one.spot[2])
        }
        if more <= places:
            return places
        places |= more


def about(said: Sequence[Said], locale: str, spot: Spot, target: str, *, risky: bool) -> list[Said]:
    """All that was said of a wording, here and where it was carried from."""
    places = reached(said, spot, risky=risky)
    return [
        one
        for one in said
        if one.of_pair and one.locale == locale and one.target == target and one.spot in places
    ]


def authors(heard: Iterable[Said]) -> set[str]:
    """Who wrote it."""
    return {one.person for one in heard if one.kind == "propose"}


def lifted(heard: Iterable[Said]) -> bool:
    """Whether it is recalled: the last word on that counts."""
    last = [one.kind for one in heard if one.kind in LIFTING][-1:]
    return last == ["recall"]


def last_words(heard: Iterable[Said]) -> dict[str, Said]:
    """Each person's latest decision."""
    kinds = ("approve", "withdraw", "request_changes")
    return {one.person: one for one in heard if one.kind in kinds}


def filled(heard: Sequence[Said], roles: tuple[str, ...]) -> bool:
    """Whether there is a way to give every role to a different person who approved in it."""
    given = {
        person: one.role
        for person, one in last_words(heard).items()
        if one.kind == "approve" and person not in authors(heard)
    }
    return any(
        all(given[person] == role for person, role in zip(people, roles, strict=True))
        for people in itertools.permutations(given, len(roles))
    )


def approved(heard: Sequence[Said], roles: tuple[str, ...]) -> bool:
    """Whether a wording of which this was said may be shown."""
    return all(one.kind != "request_changes" for one in last_words(heard).values()) and filled(
        heard, roles
    )


def page_recalled(said: Sequence[Said], article: str, locale: str) -> bool:
    """Whether a whole page is recalled."""
    return lifted(
        one for one in said if not one.of_pair and (one.spot[0], one.locale) == (article, locale)
    )


def related(said: Sequence[Said], spot: Spot) -> set[Spot]:
    """All places that carrying ever joined with one, whichever way."""
    places = {spot}
    while True:
        more = {
            end
            for one in said
            if one.earlier is not None and {one.earlier, one.spot} & places
            for end in (one.earlier, one.spot)
        }
        if more <= places:
            return places
        places |= more


def recalled_here(said: Sequence[Said], locale: str, spot: Spot, target: str) -> bool:
    """Whether a wording is recalled in exactly this place."""
    return lifted(
        one
        for one in said
        if one.of_pair and (one.locale, one.spot, one.target) == (locale, spot, target)
    )


def recalled(said: Sequence[Said], locale: str, spot: Spot, target: str) -> bool:
    """Whether a wording is recalled here or in any place joined with this one."""
    return any(recalled_here(said, locale, place, target) for place in related(said, spot))


def taken_down(said: Sequence[Said], locale: str, spot: Spot, target: str) -> bool:
    """Whether a wording is recalled, or the page of an article that it was carried from or to."""
    return recalled(said, locale, spot, target) or any(
        page_recalled(said, place[0], locale) for place in related(said, spot)
    )


def last_approved(
    said: Sequence[Said],
    article: str,
    locale: str,
    line: Line,
    roles: tuple[str, ...],
    *,
    is_source: bool,
) -> str | None:
    """The wording of a place that was the last to become approved, whatever came after."""
    if is_source:
        return line.source  # the text itself, and no other
    spot = (article, line.context, line.source)
    places = reached(said, spot, risky=line.risky)
    candidates = {
        one.target
        for one in said
        if one.of_pair and one.locale == locale and one.spot in places and one.target
    }
    best: tuple[int, int, str] | None = None
    for target in candidates:
        known = [
            one for one in said if one.earlier or (one.locale == locale and one.target == target)
        ]
        before, became = False, -1
        for end in range(len(known) + 1):
            heard = about(known[:end], locale, spot, target, risky=line.risky)
            now = approved(heard, roles)
            number = known[end - 1].number if end else 0
            if now and not before:
                became = number
            before = now
        if became >= 0:
            # One carry-forward can approve two wordings at once: then that spoken of last.
            spoken = max((one.number for one in heard), default=0)
            best = max(best or (-1, 0, ""), (became, spoken, target))
    return best[2] if best else None


def marks(text: str) -> list[str]:
    """The marks of emphasis in a text, in order; that is all the structure there is here."""
    return re.findall(r"\*+", text)


def changed_statement(old: Sequence[Line], new: Sequence[Line]) -> bool:
    """Whether something of high risk is stated otherwise than before, in any place."""
    for context in {line.context for line in (*old, *new) if line.risky}:

        def told(mine: Sequence[Line], theirs: Sequence[Line], here: str = context) -> list[str]:
            same_place = [line.source for line in theirs if line.context == here]
            there = same_place or [line.source for line in theirs]
            return [m.source for m in mine if m.context == here and m.source not in there]

        pairs = itertools.zip_longest(told(old, new), told(new, old), fillvalue="")
        if any(not facts.same(was, now, "en") for was, now in pairs):
            return True
    return False


def address(
    said: Sequence[Said],
    article: str,
    locale: str,
    text: Text,
    screen: Sequence[Shown],
    *,
    read: Callable[[str], Text | None],
    hash_of: Callable[[str], str],
    rules: Rules,
    today: dt.date,
    is_source: bool,
) -> Address:
    """What must stand at the address of an article in a locale."""

    def heard(line: Line, target: str) -> list[Said]:
        return about(said, locale, (article, line.context, line.source), target, risky=line.risky)

    def down(line: Line, target: str) -> bool:
        place = (article, line.context, line.source)
        return taken_down(said, locale, place, target)

    def roles(line: Line) -> tuple[str, ...]:
        return rules.roles(line, is_source=is_source)

    recalled = page_recalled(said, article, locale)
    if not recalled and all(
        one.target.strip()
        and one.whole
        and approved(heard(one.line, one.target), roles(one.line))
        and not down(one.line, one.target)
        and (not one.fuzzy or roles(one.line))
        for one in screen
    ):
        return Address("current", tuple(one.target for one in screen), text.lines)
    if recalled:
        return Address("withdrawn")
    texts: list[tuple[Said | None, Text]] = [(None, text)]
    for one in reversed(said):
        if one.kind != "source" or one.spot[0] != article:
            continue
        if any(old is not None and old.text == one.text for old, _ in texts):
            continue  # the latest of equal ones
        found = read(one.text)
        if found is not None:
            texts.append((one, found))
    for event, old in texts:
        words = [
            last_approved(said, article, locale, line, roles(line), is_source=is_source)
            for line in old.lines
        ]
        pairs = list(zip(old.lines, words, strict=True))
        if any(word is not None and down(line, word) for line, word in pairs):
            return Address("withdrawn")
        if event is None:
            continue
        if all(
            word is not None
            and approved(heard(line, word), roles(line))
            and (line.field or marks(word) == marks(line.source))
            for line, word in pairs
        ):
            edition = Address("last_good", tuple(word or "" for word in words), old.lines)
            return _may_stay(
                said, article, locale, text, edition, event, hash_of, rules, today,
                [last for line, word in pairs for last in _deciding(heard(line, word or ""),
                 roles(line), said, (article, line.context, line.source), risky=line.risky)],
            )  # fmt: skip
    return Address("nothing")


def _deciding(
    heard: list[Said], roles: tuple[str, ...], said: Sequence[Said], spot: Spot, *, risky: bool
) -> list[Said]:
    """What an approved wording rests on: the earliest approvals that fill the roles, and what
    carried them here."""
    wanted, used = list(roles), []
    for one in heard:
        if last_words(heard).get(one.person) != one or one.kind != "approve":
            continue
        if one.person not in authors(heard) and one.role in wanted:
            wanted.remove(one.role)
            used.append(one)
    if all(one.spot == spot for one in used):
        return used
    places = reached(said, spot, risky=risky)
    return used + [
        one
        for one in said
        if one.earlier is not None
        and one.spot in places
        and (not risky or one.earlier[2] == one.spot[2])
    ]


def _may_stay(
    said: Sequence[Said],
    article: str,
    locale: str,
    current: Text,
    edition: Address,
    source: Said,
    hash_of: Callable[[str], str],
    rules: Rules,
    today: dt.date,
    deciding: list[Said],
) -> Address:
    """Whether the last good edition may stay up."""
    if rules.incomplete != "last_good":
        return Address("nothing")
    read_as = "".join(
        hash_of(json.dumps((article, locale, line.context, line.source, word), ensure_ascii=False))
        + "\n"
        for line, word in zip(edition.lines, edition.words, strict=True)
    )
    wanted = hash_of(f"{hash_of(current.file)} {hash_of(read_as)}")
    stays_in_spite = any(
        one.kind == "restore"
        and not one.of_pair
        and (one.spot[0], one.locale, one.text) == (article, locale, wanted)
        for one in said
    )
    if changed_statement(edition.lines, current.lines) and not stays_in_spite:
        return Address("correcting")
    places = {(article, line.context, line.source): word
              for line, word in zip(edition.lines, edition.words, strict=True)}  # fmt: skip
    superseding = [
        one
        for one in said
        if (
            one.kind == "source"
            and one.spot[0] == article
            and one.number > source.number
            and source.text != current.file
        )
        or (
            one.kind == "propose"
            and one.locale == locale
            and one.spot in places
            and one.target != places[one.spot]
            and one.number > _last_proposed(said, locale, one.spot, places, edition)
        )
    ]
    if superseding:
        day = superseding[0].day
    else:
        day = max((one.day for one in deciding), default=source.day)
    if day + dt.timedelta(days=rules.grace) < today:
        return Address("nothing")
    return edition


def _last_proposed(
    said: Sequence[Said], locale: str, spot: Spot, places: Mapping[Spot, str], edition: Address
) -> int:
    """The number of the last proposal of the wording that an edition has in a place."""
    risky = next(line.risky for line in edition.lines if (line.context, line.source) == spot[1:])
    heard = about(said, locale, spot, places[spot], risky=risky)
    return max((one.number for one in heard if one.kind == "propose"), default=0)
