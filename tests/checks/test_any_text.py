"""Whatever two texts hold, the checks come to an end, raise nothing, name places inside them."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from medloc.checks import Context, run_checks
from medloc.model import Pair, Term

RUNS = 10_000 if os.environ.get("MEDLOC_SOAK") == "1" else 600
LOCALES = (
    *("es", "fr", "de", "it", "pt_BR", "ru", "uk", "pl", "tr", "ar", "fa", "he", "hi", "bn", "id"),
    *("sw", "zh_Hans", "zh_Hant", "ja", "ko", "vi", "th", "nb", "xx"),
)
SEEDS = (
    "Take 5 mg of **paracetamol** every 6 hours, not more than 4 times a day.",
    "See [COVID-19](https://example.org/en/a_(b)?c=1) and `code` {count} %(name)s <b>bold</b>.",
    "No tome más de 1.500 mg (½ comprimido) al día; ≥ 38,5 °C.",
    "لا تتناول أكثر من ٥٠٠ ملغ مرتين يوميًا قبل \u2068٣٠ دقيقة\u2069.",
    "दिन में 2 बार, १२ वर्ष से कम आयु के बच्चों को न दें।",
    "每日兩次，每次500毫克，不得超過三萬單位。",
    "一日3回、食後に２錠を飲まないでください。",
    "하루 3회 500밀리그램을 넘지 마십시오.",
    "Usitumie zaidi ya vidonge 8 kwa saa 24.",
    "12.03.2020 14:30 +1 (555) 123-4567 10⁻³ 3×10^9 IL-6 H1N1 B.1.1.7 ١٫٥ 1’000 20–30%",
)
ODD = (
    "\u200b\u202e\u2066\u00ad\ufeff\u200c\u200d\u0301\ud7ff\U0001f9a0﹪％٪①⅓ⅣＡ０。」»“"
    "*_`[](){}<>%&\\|~^'’-–—−+=/.,:;!?\t\n "
)
TERMS = (Term("fever", ("fiebre", "febr*")), Term("ILAE", keep=True))


def pairs(count: int, seed: int) -> Iterator[Pair]:
    """Texts cut, joined, repeated and spoilt at random."""
    chance = random.Random(seed)
    for number in range(count):
        source, target = (_spoilt(chance) for _ in range(2))
        if chance.random() < 0.2:
            target = source
        yield Pair("a", "xx", str(number), source, target)


def _spoilt(chance: random.Random) -> str:
    text = "".join(chance.choice(SEEDS)[: chance.randint(1, 90)] for _ in range(3))
    for _ in range(chance.randint(0, 12)):
        place = chance.randrange(len(text) + 1)
        cut = chance.randrange(4)
        text = text[:place] + chance.choice(ODD) * chance.choice((1, 1, 2, 9)) + text[place + cut :]
    return text


def test_no_pair_makes_a_check_fail() -> None:
    for number, locale in enumerate(LOCALES):
        context = Context(target=locale, glossary=TERMS)
        some = list(pairs(RUNS // len(LOCALES), number))
        for pair, findings in zip(some, run_checks(some, context), strict=True):
            for finding in findings:
                assert finding.message
                for text, spans in ((pair.source, finding.source), (pair.target, finding.target)):
                    assert all(0 <= a <= b <= len(text) for a, b in spans), (finding, pair)


HOSTILE = {
    "digits": "1" * 20_000,
    "separators": "1,1." * 5_000,
    "negations": "not no nunca " * 3_000,
    "letters": "a" * 20_000,
    "words": "ab " * 7_000,
    "brackets": "[" * 20_000,
    "links": "[a](b" * 4_000,
    "tags": "<a " * 7_000,
    "ticks": "`" * 20_000,
    "stars": "**" * 10_000,
    "braces": "{" * 20_000,
    "percent": "%(" * 10_000,
    "stops": ". A" * 7_000,
    "marks": "a" + "\u0301" * 20_000,
    "joiners": "\u200d" * 20_000,
    "han": "三" * 20_000,
    "capitals": "AB-" * 7_000,
    "address": "https://" * 2_500,
    "mail": "a@" * 10_000,
    "hyphens": "COVID-19-" * 2_500,
    "months": "March 3, " * 2_500,
    "units": "5 mg/kg " * 2_500,
}


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """A guard against endless work, far above what is needed."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"not done in {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("locale", ["es", "ru", "ar", "zh_Hans"])
@pytest.mark.parametrize("name", HOSTILE)
def test_long_hostile_texts_come_to_an_end(name: str, locale: str) -> None:
    text = HOSTILE[name]
    some = [
        Pair("a", locale, "1", text, text),
        Pair("a", locale, "2", "Take 5 mg.", text),
        Pair("a", locale, "3", text, "Tome 5 mg."),
    ]
    with at_most(30):
        assert len(run_checks(some, Context(target=locale, glossary=TERMS))) == 3
