"""What a sentence states: numbers with units, negation, comparison, frequency, side, time.

The one definition of "changed": a wording is offered for an edited source only if the
old and the new source state the same, in the same order. Order counts because "5 mg at night, 10 mg
in the morning" and its reverse hold the same words. Where we have no words of a language, any
change of words is a change of facts.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from medloc.facts_data import LANGUAGES
from medloc.facts_data.lexicon import (
    Lexicon,
    Token,
    all_words,
    is_measure,
    lexicon,
    plain,
    speaks,
)
from medloc.facts_data.values import han_value, ratio_of, value_of, written


class Fact(NamedTuple):
    """One thing stated. `kind` is number, ordinal, signal, placeholder or name (one with digits).

    `value` is a decimal ("0.5", "-2", "1/3", "120/80"), the key of a signal ("not", "at most",
    "per day"), or the name in lower case; `unit` is the key of a unit ("mg", "day") or empty.
    """

    kind: str
    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a text states, in its order; `words` are all its words where we cannot tell."""

    stated: tuple[Fact, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[Fact, ...]:
        """The numbers, each with its unit."""
        return tuple(fact for fact in self.stated if fact.kind == "number")

    @property
    def signals(self) -> tuple[str, ...]:
        """The keys of negation, comparison, frequency, side and time."""
        return tuple(fact.value for fact in self.stated if fact.kind == "signal")


def has_words(language: str) -> bool:
    """Whether we know the language's words; if not, any change of words is a change of facts."""
    return language.replace("-", "_").split("_")[0].lower() in LANGUAGES


def same(old: str, new: str, language: str) -> bool:
    """Whether two texts of one language state the same.

    >>> same("A rapid shaking of the foot.", "A quick trembling of the foot.", "en")
    True
    >>> same("Give 5 mg once a day.", "Give 50 mg once a day.", "en")
    False
    >>> same("Do not give under 12 years.", "Give over 12 years.", "en")
    False
    """
    return old == new or facts(old, language) == facts(new, language)


def facts(text: str, language: str) -> Facts:
    """What a text (plain or inline Markdown) of a language or locale states.

    >>> [tuple(fact) for fact in facts("Don't take > 2.50 mg of B12 twice.", "en").stated][:3]
    [('signal', 'not', ''), ('signal', 'more', ''), ('number', '2.5', 'mg')]
    """
    known = lexicon(language.replace("-", "_"))
    bare = plain(text)
    reading = _Reading(bare, list(known.pattern.finditer(bare)), known, [])
    position = 0
    starts, loose, name = known.starts, known.loose, known.language
    for number, token in enumerate(reading.tokens):
        # Most words state nothing; this test is where the time goes.
        if (
            token[0] in starts or token.lastgroup != "word" or (loose and speaks(name, token[0]))
        ) and number >= position:
            position = _take(reading, number)
    return Facts(tuple(reading.stated), () if known.known else all_words(bare))


class _Reading(NamedTuple):
    """A text on its way to facts."""

    text: str
    tokens: list[Token]
    lexicon: Lexicon
    stated: list[Fact]

    def gap(self, position: int) -> str:
        """What stands between a token and the one before it, without emphasis marks."""
        before, after = self.tokens[position - 1], self.tokens[position]
        return self.text[before.end() : after.start()].strip("_")

    def kind(self, position: int) -> str:
        return self.tokens[position].lastgroup or "" if position < len(self.tokens) else ""


_DASHES = frozenset({"-", "–", "—", "‑", "~", "～", "〜"})
_SPACES = " \u00a0\u202f\u2009\n"
_MULTIPLIERS = frozenset({"100", "1000", "1000000", "1000000000"})
_SIGNS = {"<": "less", "＜": "less", ">": "more", "＞": "more", "≤": "at most", "≦": "at most"}
_SIGNS |= {"≥": "at least", "≧": "at least", "+": "at least"}
_DECIMAL = re.compile(r"\d{1,15}(?:\.\d{1,15})?")
_LARGEST = 10**15
_RANGE = Fact("signal", "range")
_PAUSED = Fact("signal", "pause")
_PAUSING = frozenset({"not", "never"})
_PAUSE = re.compile(r"[\s_\"'”’)\]]{0,3}(?:[.,;:!?…。，、；：！？،؛؟।—–]|-+\s)")


def _take(reading: _Reading, position: int) -> int:
    """State what begins at a token; gives back the position behind it."""
    token, stated = reading.tokens[position], reading.stated
    kind = token.lastgroup
    if kind == "word":
        return _take_word(reading, position)
    if kind in ("number", "numeral"):
        return _take_number(reading, position)
    if kind == "name":
        _take_name(reading, token[0])
    elif kind == "placeholder":
        stated.append(Fact("placeholder", token[0][1:-1]))
    elif kind == "sign":
        sign = _SIGNS.get(token[0], f"^{unicodedata.normalize('NFKC', token[0])}")
        stated.append(Fact("signal", sign))
    return position + 1


def _take_word(reading: _Reading, position: int) -> int:
    """State a signal, a spelled number or an ordinal; most words state nothing."""
    lexicon, stated = reading.lexicon, reading.stated
    if reading.tokens[position][0] in lexicon.per:
        unit = lexicon.unit(reading.tokens, position + 1)
        if unit:
            stated.append(Fact("signal", f"per {unit.key}"))
            return position + 1 + unit.length
    found = lexicon.signal(reading.tokens, position)
    if found is None:
        return _take_measure(reading, position)
    if found.kind == "number":
        return _take_number(reading, position)
    if found.kind == "ordinal":
        return _take_ordinal(reading, found.key, position + found.length)
    value, _, unit_key = found.key.partition(" ")
    if value.isdigit() and found.kind == "signal":
        stated.append(Fact("number", value, unit_key))
    elif found.key:
        stated.append(Fact(found.kind, found.key))
    position += found.length
    behind = reading.tokens[position - 1].end()
    goes_on = position < len(reading.tokens)
    if found.key in _PAUSING and goes_on and _PAUSE.match(reading.text, behind):
        # "Do not. Take it" and "No, more than 5" lose their negation at the stop.
        stated.append(_PAUSED)
    return position


def _take_measure(reading: _Reading, position: int) -> int:
    """State what a dose is measured in without a number ("a teaspoon")."""
    word, unit = reading.tokens[position][0], reading.lexicon.unit(reading.tokens, position)
    if unit is None or not is_measure(word, unit.key) or reading.lexicon.words.units_first:
        return position + 1
    reading.stated.append(Fact("signal", unit.key))
    return position + unit.length


def _take_name(reading: _Reading, name: str) -> None:
    """State a name with digits; "under-12s" is none, but a word and what follows it."""
    head = re.split(r"[-‑]?\d", name, maxsplit=1)[0]
    found = reading.lexicon.alone(head) if len(head) > 1 else None
    if found is None or not found.key:
        reading.stated.append(Fact("name", name.replace("‑", "-")))
        return
    stated = reading.stated
    stated += [Fact("signal", found.key), Fact("name", name[len(head) :].lstrip("-‑"))]


def _take_number(reading: _Reading, position: int) -> int:
    """State a number with its unit, and the range or rate that follows it."""
    lexicon, stated, tokens = reading.lexicon, reading.stated, reading.tokens
    first = position
    value, position = _value_at(reading, position)
    if reading.kind(position) == "word" and not reading.gap(position):
        ending = tokens[position][0]
        if ending in lexicon.words.ordinal_endings:
            return _take_ordinal(reading, value, position + 1)
    unit, position = _unit_at(reading, first, position)
    if not unit:
        unit, position = _counted_at(reading, first, position)
    if stated and stated[-1] is _RANGE and unit and not stated[-2].unit:
        # "5 to 8 mg" says what "5 mg to 8 mg" says.
        stated[-2] = stated[-2]._replace(unit=unit)
    stated.append(Fact("number", value, unit))
    return _take_rates(reading, _take_range(reading, position))


def _take_ordinal(reading: _Reading, value: str, after: int) -> int:
    """State an ordinal with its unit: "the 2nd day" is not "the 2nd week"."""
    unit, position = "", after
    if not reading.lexicon.words.units_first:
        unit, position = _unit_at(reading, after - 1, after)
    reading.stated.append(Fact("ordinal", value, unit))
    return position


def _unit_at(reading: _Reading, first: int, after: int) -> tuple[str, int]:
    """The unit of the number between two positions, and the position behind it."""
    lexicon, tokens = reading.lexicon, reading.tokens
    if lexicon.words.units_first and first and not reading.gap(first).strip(_SPACES):
        found = lexicon.unit(tokens, first - 1)
        if found and found.length == 1:
            return found.key, after
    if after < len(tokens) and not reading.gap(after).strip(f"{_SPACES}-‑"):
        found = lexicon.unit(tokens, after)
        if found:
            return found.key, after + found.length
    return "", after


def _counted_at(reading: _Reading, first: int, after: int) -> tuple[str, int]:
    """What a number without a unit counts, its next word ("vials", "pens"), and the position
    behind it; before the number where units stand there. Nothing for words that state something
    themselves, and for articles that are also the number one ("una", "ein")."""
    tokens, words = reading.tokens, reading.lexicon.words
    if words.units_first:
        counts = first > 0 and not reading.gap(first).strip(_SPACES)
        return (tokens[first - 1][0] if counts and _is_thing(reading, first - 1) else ""), after
    is_article = after == first + 1 and tokens[first][0] in reading.lexicon.articles
    if is_article or after >= len(tokens):
        return "", after
    if reading.gap(after).strip(f"{_SPACES}-‑") or not _is_thing(reading, after):
        return "", after
    return tokens[after][0], after + 1


def _is_thing(reading: _Reading, position: int) -> bool:
    """Whether a token is a word that states nothing by itself and may name what is counted."""
    word, lexicon = reading.tokens[position][0], reading.lexicon
    return (
        reading.kind(position) in ("word", "other")
        and word not in lexicon.small | lexicon.between | lexicon.per
        and lexicon.unit(reading.tokens, position) is None
        and lexicon.signal(reading.tokens, position) is None
    )


def _take_rates(reading: _Reading, position: int) -> int:
    """State "/kg" and "/day" behind a unit."""
    while position < len(reading.tokens) and reading.gap(position).strip(_SPACES) == "/":
        unit = reading.lexicon.unit(reading.tokens, position)
        if unit is None:
            break
        reading.stated.append(Fact("signal", f"per {unit.key}"))
        position += unit.length
    return position


def _take_range(reading: _Reading, position: int) -> int:
    """State that two numbers are the ends of a range; the second is left to be taken."""
    if _is_number(reading, position) and reading.gap(position).strip(_SPACES) in _DASHES:
        reading.stated.append(_RANGE)
    elif (
        reading.kind(position) == "word"
        and reading.tokens[position][0] in reading.lexicon.between
        and _is_number(reading, position + 1)
    ):
        reading.stated.append(_RANGE)
        return position + 1
    return position


def _is_number(reading: _Reading, position: int) -> bool:
    kind = reading.kind(position)
    if kind == "word":
        found = reading.lexicon.signal(reading.tokens, position)
        return found is not None and found.kind == "number"
    return kind in ("number", "numeral")


# --- values ----------------------------------------------------------------------------------


def _value_at(reading: _Reading, position: int) -> tuple[str, int]:
    """The value of the number at a token, and the position behind it."""
    token = reading.tokens[position]
    if token.lastgroup == "word":
        return _spelled(reading, position)
    if token.lastgroup == "numeral":
        return han_value(token[0]), position + 1
    value = value_of(token[0], reading.lexicon.decimal)
    after = position + 1
    if reading.kind(after) == "number" and reading.gap(after) == "/":
        value = ratio_of(value, value_of(reading.tokens[after][0], reading.lexicon.decimal))
        after += 1
    elif reading.kind(after) == "word" and not reading.gap(after).strip(_SPACES):
        found = reading.lexicon.signal(reading.tokens, after)
        if found and found.key in _MULTIPLIERS and _DECIMAL.fullmatch(value):
            value, after = written(Fraction(value) * int(found.key)), after + found.length
    if _is_negative(reading, token):
        value = f"-{value}"
    return value, after


def _is_negative(reading: _Reading, token: Token) -> bool:
    before = reading.text[max(0, token.start() - 2) : token.start()]
    in_range = bool(reading.stated) and reading.stated[-1] is _RANGE
    return before[-1:] in ("-", "−") and not in_range and not before[:-1].strip(f"{_SPACES}([*")


def _spelled(reading: _Reading, position: int) -> tuple[str, int]:
    """A number in words: "twenty-five", "two hundred and ten"."""
    total, current, after = Fraction(0), Fraction(0), position
    tokens = reading.tokens
    while _is_number(reading, after) and tokens[after].lastgroup == "word":
        if after > position and reading.gap(after).strip(f"{_SPACES}-‑"):
            break
        found = reading.lexicon.signal(tokens, after)
        assert found is not None
        value = Fraction(found.key)
        if current > _LARGEST or total > _LARGEST:
            break
        if value == 100:
            current = max(current, Fraction(1)) * 100
        elif value >= 1000:
            total, current = total + max(current, Fraction(1)) * value, Fraction(0)
        elif after == position or current % 100 == 0 or (current % 10 == 0 and 0 < value < 10):
            current += value
        else:
            break
        after += found.length
    return written(total + current), after
