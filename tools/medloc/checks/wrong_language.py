"""A translation in another language than its catalog's: by script, then by common words.

Scripts follow CLDR's likely subtags, https://cldr.unicode.org/index/cldr-spec/language-tag-mapping;
neighbours in one script (Portuguese for Spanish, Persian for Arabic) are told apart by words and
letters, see `tongues`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from medloc.checks.reading import Issue, Reading
from medloc.checks.scripts import NAMES
from medloc.checks.tongues import chinese, neighbour, script_counts, script_of, tongues
from medloc.model import Severity
from medloc.phrases import Phrase, phrase

_NAMES = {
    **{
        name: NAMES[name]
        for name in ["Latn", "Cyrl", "Arab", "Deva", "Hani", "Beng", "Hebr", "Kana", "Thai", "Grek"]
    },
    "Kore": NAMES["Hang"],
}
_TRADITIONAL = re.compile(r"_(Hant|TW|HK|MO)\b|^yue|^lzh")


def wrong_language(reading: Reading) -> Iterator[Issue]:
    """Words of another language make up the text."""
    side = reading.target
    if side.text == reading.source.text:
        return
    locale, whole = reading.context.target, ((0, len(side.text)),)
    said = _script(reading, tongues().written(locale))
    if said:
        yield Issue(phrase("The translation is in {script} letters.", script=said), (), whole)
        return
    language = locale[:2]
    if language in ("zh", "ja"):
        wrong = _han(side.text, locale)
        if wrong:
            yield Issue(wrong, (), whole, Severity.WARNING)
        return
    own = tongues().bit(locale)
    found = neighbour(side.words, side.prose, own) if own else None
    if found is None:
        return
    other, more, less = found
    if more >= 2 and more >= 2 * less:
        sure = more >= 4 and more > 4 * less
        yield Issue(
            phrase("The translation reads like another language (`{language}`).", language=other),
            (), whole,
            None if sure else Severity.WARNING,
        )  # fmt: skip


def _script(reading: Reading, scripts: tuple[str, ...]) -> str:
    """The name of the script in which the text is, if not its own. Words of the source may stay."""
    words = reading.target.words
    if not words:  # the words of a language are of its scripts
        letters = Counter(map(script_of, filter(str.isalpha, reading.target.prose[:1000])))
        found = letters.most_common(1)[0][0] if letters else ""
        return _NAMES.get(found, "") if found not in scripts else ""
    counts = script_counts(words)
    own = sum(counts[script] for script in scripts)
    if own * 3 > len(words):
        return ""
    copied = {word.folded for word in reading.source.words}
    text = reading.target.text
    foreign = [
        word for word in words
        if word.folded not in copied and (script := script_of(word.folded[0])) not in scripts
        and (script != "Latn" or (len(word.folded) > 3 and not text[word.start + 1].isupper()))
    ]  # fmt: skip
    if not foreign or len(foreign) <= own * 2:
        return ""
    found = script_counts(foreign).most_common(1)[0][0]
    return _NAMES.get(found, phrase("other"))


def _han(text: str, locale: str) -> Phrase | None:
    """What is wrong with Chinese characters, if they are not the locale's."""
    scripts = [script_of(letter) for letter in text]
    han, kana = scripts.count("Hani"), scripts.count("Kana")
    forms = [
        chinese(letter) for letter, script in zip(text, scripts, strict=True) if script == "Hani"
    ]
    hans, hant = forms.count("Hans"), forms.count("Hant")
    if locale.startswith("ja"):
        chinese_only = not kana and (han >= 16 or (hans >= 2 and han >= 6))
        return phrase("The translation is written in Chinese.") if chinese_only else None
    if kana >= 3 and kana * 10 > han:
        return phrase("The translation is written in Japanese.")
    if _TRADITIONAL.search(locale):
        simplified = phrase("The translation is written in simplified characters.")
        return simplified if hans >= 3 and hans > 2 * hant else None
    traditional = phrase("The translation is written in traditional characters.")
    return traditional if hant >= 3 and hant > 2 * hans else None
