"""One source, several wordings."""

from medloc.checks import Context, run_checks
from medloc.checks.same_source import same_source
from medloc.model import Pair, Severity

SOURCE = "Drink a glass of water."


def pair(source: str, target: str, locale: str = "es") -> Pair:
    return Pair("a.po", locale, "", source, target)


def test_two_wordings_are_told_of_at_both_places() -> None:
    pairs = [pair(SOURCE, "Beba un vaso de agua."), pair("Rest.", "Descanse."),
             pair(SOURCE, "Tome un vaso de agua.")]  # fmt: skip
    found = list(same_source(pairs))
    assert [place for place, _ in found] == [0, 2]
    assert "Tome un vaso de agua." in found[0][1].message


def test_equal_wordings_other_locales_and_untranslated_pairs_pass() -> None:
    assert not list(same_source([
        pair(SOURCE, "Beba un vaso de agua."), pair(SOURCE, "Beba  un vaso de agua."),
        pair(SOURCE, "Buvez un verre d’eau.", "fr"), pair(SOURCE, " "),
    ]))  # fmt: skip


def test_a_short_label_is_quiet() -> None:
    found = list(same_source([pair("Open", "Abrir"), pair("Open", "Abierto")]))
    assert {issue.severity for _, issue in found} == {Severity.INFO}


def test_findings_of_a_run_keep_the_order_of_the_pairs_and_can_be_switched_off() -> None:
    pairs = [pair("Rest.", "Descanse."), pair(SOURCE, "Beba un vaso de agua."), pair("Go.", ""),
             pair(SOURCE, "Tome un vaso de agua.")]  # fmt: skip
    found = run_checks(pairs, Context("es"))
    assert [[x.check for x in one] for one in found] == [[], ["same-source"], [], ["same-source"]]
    assert not any(run_checks(pairs, Context("es", levels={"same-source": "off"})))
