"""Lengths against those expected of a language."""

import pytest

from medloc.checks.length import length
from medloc.checks.sentences import expansion
from medloc.model import Severity
from tests.checks.pairing import issues

SOURCE = "The medicine relaxes the muscles of the leg, and most people can walk better with it."


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        (
            "es",
            "El medicamento relaja los músculos de la pierna, y la mayoría camina mejor con él.",
        ),
        (
            "de",
            "Das Mittel entspannt die Beinmuskeln, und die meisten Menschen gehen damit besser.",
        ),
        ("zh_Hans", "这种药物可以放松腿部肌肉，大多数人用药后行走更加自如。"),
        ("ko", "이 약은 다리 근육을 풀어 주며, 대부분의 사람은 이 약으로 더 잘 걸을 수 있습니다."),
    ],
)
def test_usual_lengths_pass(locale: str, target: str) -> None:
    assert not issues(length, locale, SOURCE, target)


def test_a_stump_is_a_warning_and_so_is_an_essay() -> None:
    (short,) = issues(length, "es", SOURCE, "Relaja los músculos.")
    (long,) = issues(
        length, "zh_Hans", SOURCE, "这种药物可以放松腿部肌肉，大多数人用药后行走更加自如。" * 4
    )
    assert short.severity is long.severity is Severity.WARNING


def test_a_language_without_a_figure_is_silent() -> None:
    assert expansion("xx") is None
    assert not issues(length, "xx", SOURCE, "x")
