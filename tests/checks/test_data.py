"""The data files of the checks: they load, hold known tables only, and contradict nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import medloc.checks
from medloc.checks.lexicon import Lexicon, lexicon, split
from medloc.yaml_text import YamlMapping

_FOLDER = Path(medloc.checks.__file__).parent / "data"
LANGUAGES = sorted(path.stem for path in _FOLDER.glob("*.yaml"))
README = (_FOLDER / "README.md").read_text("utf-8")

LISTS = {
    "clitics", "joiners", "per", "percent", "ordinal_endings", "ambiguous_months",
    "abbreviations", "common", "sentences", "percent_first",
}  # fmt: skip
TABLES = {"numbers", "multipliers", "implied", "ordinals", "units", "months"}
OTHERS = {"language", "name", "signals", "patterns", "units_first"}
SIGNALS = {
    "hide": {"any"},
    "negation": {"not", "maybe", "concord", "weak", "gain"},
    "comparison": {"more", "less", "at least", "at most"},
    "level": {"high", "low"},
    "change": {"increase", "decrease"},
    "place": {"above", "below"},
    "result": {"positive", "negative"},
    "amount": {"maximum", "minimum"},
    "frequency": {
        "once", "twice", "three times", "four times", "hourly", "daily", "weekly", "monthly",
        "yearly", "every other day", "nightly", "as needed",
    },
    "side": {"left", "right"},
    "order": {"before", "after", "during"},
    "always": {"always", "never", "sometimes"},
    "age": {"newborn", "infant", "child", "adolescent", "adult", "older"},
    "sex": {"male", "female"},
    "action": {"start", "stop", "continue"},
    "emergency": {"call", "emergency", "immediate", "ambulance"},
}  # fmt: skip
# What no phrase can mean at once.
CONTRADICTIONS = [
    ("negation", "not", "concord"),
    ("negation", "not", "weak"),
    ("comparison", "more", "less"),
    ("comparison", "at least", "at most"),
    ("comparison", "more", "at most"),
    ("comparison", "less", "at least"),
    ("level", "high", "low"),
    ("change", "increase", "decrease"),
    ("place", "above", "below"),
    ("result", "positive", "negative"),
    ("amount", "maximum", "minimum"),
    ("frequency", "once", "twice"),
    ("frequency", "twice", "three times"),
    ("frequency", "three times", "four times"),
    ("frequency", "daily", "weekly"),
    ("frequency", "daily", "hourly"),
    ("frequency", "weekly", "monthly"),
    ("frequency", "monthly", "yearly"),
    ("frequency", "daily", "every other day"),
    ("side", "left", "right"),
    ("order", "before", "after"),
    ("always", "always", "never"),
    ("always", "always", "sometimes"),
    ("age", "child", "adult"),
    ("age", "adult", "newborn"),
    ("action", "start", "stop"),
    ("action", "stop", "continue"),
]
each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_language
def test_a_file_names_its_own_language(language: str) -> None:
    assert _data(language)["language"] == language
    assert str(_data(language)["name"]).strip()


@each_language
def test_only_tables_that_a_check_reads(language: str) -> None:
    assert set(_data(language)) <= LISTS | TABLES | OTHERS


@each_language
def test_only_keys_that_a_check_reads(language: str) -> None:
    for part in ("signals", "patterns"):
        for category, keys in _mapping(language, part).items():
            assert isinstance(keys, YamlMapping)
            assert set(keys) <= SIGNALS[category], f"{part} of {category}"


@each_language
def test_every_list_holds_text(language: str) -> None:
    data = _data(language)
    for name in LISTS & set(data):
        entries = data[name]
        assert isinstance(entries, list), name
        assert all(isinstance(entry, str) and entry.strip() for entry in entries), name


@each_language
def test_every_phrase_is_split_into_words(language: str) -> None:
    made = lexicon(language)
    for name in (TABLES - {"units"}) & set(_data(language)):  # a unit may be a sign: ℃
        assert made.table(name), name
    for category, table in _signals(language).items():
        for key, phrases in table.items():
            assert phrases, f"{category}: {key} is empty"


@each_language
def test_a_digit_in_a_phrase_would_not_be_seen(language: str) -> None:
    """Digits are no words: "2 veces" would match any "veces"."""
    for category, keys in _mapping(language, "signals").items():
        assert isinstance(keys, YamlMapping)
        for key, phrases in keys.items():
            found = [phrase for phrase in phrases if any(map(str.isdigit, str(phrase)))]
            assert not found, f"{category}: {key}"


@each_language
def test_numbers_months_and_ordinals_are_values(language: str) -> None:
    data = _data(language)
    for name in ("numbers", "multipliers", "implied", "ordinals"):
        values = {str(value) for value in data.get(name, ())}
        assert all(re.fullmatch(r"\d+(\.\d+)?", value) for value in values), name
    assert set(data.get("months", ())) <= {str(month) for month in range(1, 13)}


@each_language
@pytest.mark.parametrize(("category", "one", "other"), CONTRADICTIONS)
def test_no_phrase_means_both(language: str, category: str, one: str, other: str) -> None:
    table = _signals(language).get(category, {})
    assert not set(table.get(one, ())) & set(table.get(other, ()))


@each_language
def test_no_spelled_number_has_two_values(language: str) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for value, phrases in lexicon(language).table("numbers").items():
        for phrase in phrases:
            assert seen.setdefault(phrase, value) == value, phrase


@each_language
def test_no_month_has_two_numbers(language: str) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for month, names in lexicon(language).table("months").items():
        for name in names:
            assert seen.setdefault(name, month) == month, name


def test_the_readme_names_every_table_and_category() -> None:
    words = set(re.findall(r"`([\w ]+)`", README))
    assert LISTS | TABLES | OTHERS | set(SIGNALS) <= words


def test_the_readme_names_no_other_table() -> None:
    rows = re.findall(r"^\| (`.+?) \|", README, re.M)
    names = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert names <= LISTS | TABLES | OTHERS | set(SIGNALS)


def _data(language: str) -> YamlMapping:
    data = lexicon(language).data
    assert data is not None
    return data


def _mapping(language: str, name: str) -> YamlMapping:
    found = _data(language).get(name, YamlMapping())
    assert isinstance(found, YamlMapping)
    return found


def _signals(language: str) -> dict[str, dict[str, list[tuple[str, ...]]]]:
    """Category -> key -> phrases, each as folded words."""
    made: Lexicon = lexicon(language)
    found: dict[str, dict[str, list[tuple[str, ...]]]] = {}
    for category, keys in _mapping(language, "signals").items():
        assert isinstance(keys, YamlMapping)
        found[category] = {
            key: [split(str(phrase), made) for phrase in phrases] for key, phrases in keys.items()
        }
    return found
