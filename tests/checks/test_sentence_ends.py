"""Where sentences end."""

import pytest

from medloc.checks.reading import Side
from medloc.checks.sentences import final_mark, sentences


@pytest.mark.parametrize(
    ("locale", "text", "count"),
    [
        ("en", "Take 2.5 mg. Wait.", 2),
        ("en", "See Dr. Li at 9 a.m. tomorrow.", 1),
        ("en", "Some drugs, e.g. Ibuprofen, are not safe.", 1),
        ("en", "J. B. Smith et al. found this.", 1),
        ("en", "In the U.S. Army it is known.", 1),
        ("en", "He said: “Stop.” She did.", 2),
        ("en", "1. Wash your hands", 1),
        ("en", "The rate is {rate}.[^rate] It rises.", 2),
        ("en", "Schools closed.Even then it rose.", 2),
        ("en", "See [www.who.int](https://www.who.int/a.B?c=d). Read it.", 2),
        ("en", "Really?! Yes... no.", 2),
        ("ru", "Это *нейроны*. Они целы.", 2),
        ("zh", "请洗手。不要触摸面部！", 2),
        ("ja", "手を洗ってください。顔に触らないでください。", 2),
        ("hi", "हाथ धोएँ। चेहरा न छुएँ।", 2),
        ("ar", "اغسل يديك. هل تشعر بألم؟ اتصل بنا.", 3),
        ("ur", "ہاتھ دھوئیں۔ چہرہ نہ چھوئیں۔", 2),
        ("th", "ล้างมือ. อย่าสัมผัส.", 1),
        ("en", "", 0),
        ("en", "...", 0),
    ],
)
def test_sentences_are_counted(locale: str, text: str, count: int) -> None:
    assert len(sentences(Side(text, locale))) == count


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Done.", "."), ("“Done.”", "."), ("**Done!**", "!"), ("(Done.)", "."), ("完了。」", "。"),
        ("किया।", "।"), ("Rate.[^rate]", "."), ("As follows:", ":"), ("Symptoms", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_last_mark_is_found_behind_quotes_and_notes(text: str, mark: str) -> None:
    assert final_mark(text) == mark
