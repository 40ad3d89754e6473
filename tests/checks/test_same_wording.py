"""One wording, several sources."""

from medloc.checks.same_wording import same_wording
from medloc.model import Pair, Severity


def found(*texts: tuple[str, str]) -> list[tuple[int, Severity | None]]:
    pairs = [Pair("a.po", "es", "", source, target) for source, target in texts]
    return [(place, issue.severity) for place, issue in same_wording(pairs)]


def test_one_wording_for_two_unlike_sentences_is_a_warning() -> None:
    assert found(
        ("Wash your hands with soap and water.", "Lávese las manos con agua y jabón."),
        ("Rest.", "Descanse."),
        ("Take the tablet before you go to bed.", "Lávese las manos con agua y jabón."),
    ) == [(0, Severity.WARNING), (2, Severity.WARNING)]


def test_one_wording_for_two_alike_sources_is_quiet() -> None:
    assert found(("Fever", "Fiebre"), ("A fever", "Fiebre")) == [(0, None), (1, None)]


def test_marks_and_case_make_no_other_source() -> None:
    assert not found(("Fever", "Fiebre"), ("**fever**", "Fiebre"), ("Cough", "Tos"), ("Pain", ""))
