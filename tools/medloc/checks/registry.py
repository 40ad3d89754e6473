"""The table of all checks, written by hand: what each finds, how sure it is, what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from medloc.checks.acronyms import acronyms
from medloc.checks.addresses import addresses
from medloc.checks.ages import ages
from medloc.checks.always import always
from medloc.checks.bidi_controls import bidi_controls
from medloc.checks.code import code
from medloc.checks.comparison import comparison
from medloc.checks.confusable_digits import confusable_digits
from medloc.checks.dates import dates
from medloc.checks.direction import direction
from medloc.checks.doubled_words import doubled_words
from medloc.checks.drug_names import drug_names
from medloc.checks.emergency import emergency
from medloc.checks.emphasis import emphasis
from medloc.checks.forbidden_terms import forbidden_terms
from medloc.checks.foreign_script import foreign_script
from medloc.checks.frequency import frequency
from medloc.checks.glossary import glossary
from medloc.checks.homoglyphs import homoglyphs
from medloc.checks.invisible import invisible
from medloc.checks.kept_terms import kept_terms
from medloc.checks.laterality import laterality
from medloc.checks.length import length
from medloc.checks.links import links
from medloc.checks.months import months
from medloc.checks.negation_added import negation_added
from medloc.checks.negation_removed import negation_removed
from medloc.checks.normalization import normalization
from medloc.checks.number_words import number_words
from medloc.checks.numbers import numbers
from medloc.checks.omission import omission
from medloc.checks.order import order
from medloc.checks.partly_untranslated import partly_untranslated
from medloc.checks.percent import percent
from medloc.checks.placeholders import placeholders
from medloc.checks.printf import printf
from medloc.checks.reading import Issue, Reading
from medloc.checks.same_source import same_source
from medloc.checks.same_wording import same_wording
from medloc.checks.signs import signs
from medloc.checks.tags import tags
from medloc.checks.time_units import time_units
from medloc.checks.truncation import truncation
from medloc.checks.units import units
from medloc.checks.unrelated import unrelated
from medloc.checks.untranslated import untranslated
from medloc.checks.wrong_language import wrong_language
from medloc.model import Pair, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a pair.

    `severity` follows the precision measured on clean text (docs/checks.md). `needs` names the
    tables that the data files of both languages must fill; empty for checks of any language.
    """

    name: str
    group: str
    severity: Severity
    finds: str
    run: Callable[[Reading], Iterable[Issue]]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogCheck:
    """One check of all pairs of a run together; gives the place of a pair with each issue."""

    name: str
    group: str
    severity: Severity
    finds: str
    run: Callable[[Sequence[Pair]], Iterable[tuple[int, Issue]]]


CHECKS: tuple[Check, ...] = (
    Check("numbers", "numbers", ERROR, "A number in digits changed, lost or added.", numbers),
    Check(
        "number-words",
        "numbers",
        WARNING,
        "A number in words changed.",
        number_words,
        ("numbers",),
    ),
    Check("percent", "numbers", ERROR, "Percent lost or added beside a number.", percent),
    Check("signs", "numbers", WARNING, "A minus or ± lost or added before a number.", signs),
    Check("units", "numbers", ERROR, "A unit changed, damaged or added beside a number.", units),
    Check(
        "time-units",
        "numbers",
        ERROR,
        "Hours, days, weeks, months or years exchanged beside a number.",
        time_units,
    ),
    Check("months", "dates", ERROR, "A month exchanged for another.", months),
    Check("dates", "dates", WARNING, "Weekdays, or day and month, exchanged.", dates),
    Check(
        "negation-removed",
        "meaning",
        WARNING,
        "A negation of the source that is missing.",
        negation_removed,
        ("negation",),
    ),
    Check(
        "negation-added",
        "meaning",
        WARNING,
        "A negation that the source does not have.",
        negation_added,
        ("negation",),
    ),
    Check(
        "comparison",
        "meaning",
        WARNING,
        "More and less, at least and at most exchanged.",
        comparison,
    ),
    Check(
        "direction",
        "meaning",
        WARNING,
        "High and low, start and stop and other opposites exchanged.",
        direction,
    ),
    Check("ages", "meaning", WARNING, "Children and adults exchanged.", ages, ("age",)),
    Check(
        "frequency",
        "meaning",
        WARNING,
        "Daily and weekly, once and twice and other frequencies exchanged.",
        frequency,
        ("frequency",),
    ),
    Check("laterality", "meaning", ERROR, "Left and right exchanged.", laterality, ("side",)),
    Check("order", "meaning", WARNING, "Before and after exchanged.", order, ("order",)),
    Check("always", "meaning", WARNING, "Always and never exchanged.", always, ("always",)),
    Check(
        "emergency",
        "meaning",
        WARNING,
        "An instruction to call for help that is missing.",
        emergency,
        ("emergency",),
    ),
    Check(
        "invisible",
        "characters",
        ERROR,
        "Characters nobody sees and the script does not need.",
        invisible,
    ),
    Check(
        "bidi-controls",
        "characters",
        ERROR,
        "Overrides and unclosed controls of the text's direction.",
        bidi_controls,
    ),
    Check(
        "homoglyphs",
        "characters",
        ERROR,
        "Words with letters of another script that look alike.",
        homoglyphs,
    ),
    Check(
        "foreign-script",
        "characters",
        ERROR,
        "Words in a script that neither the language nor the source has.",
        foreign_script,
    ),
    Check("doubled-words", "characters", ERROR, "The same word twice in a row.", doubled_words),
    Check(
        "normalization",
        "characters",
        WARNING,
        "Letters with a loose accent (not NFC).",
        normalization,
    ),
    Check(
        "confusable-digits",
        "characters",
        ERROR,
        "Letters that pose as digits, digits of another script.",
        confusable_digits,
    ),
    Check("links", "markup", ERROR, "Links that are gone or broken.", links),
    Check("addresses", "markup", ERROR, "Addresses that changed or are missing.", addresses),
    Check("emphasis", "markup", ERROR, "Bold and italics that are gone or broken.", emphasis),
    Check("code", "markup", ERROR, "Code spans that changed.", code),
    Check("tags", "markup", ERROR, "HTML tags that are gone, broken or not closed.", tags),
    Check("placeholders", "markup", ERROR, "Placeholders in braces that changed.", placeholders),
    Check("printf", "markup", ERROR, "printf placeholders that changed.", printf),
    Check(
        "glossary",
        "terminology",
        WARNING,
        "Terms that are not translated as the glossary says.",
        glossary,
    ),
    Check(
        "forbidden-terms",
        "terminology",
        ERROR,
        "Words that the glossary forbids for a term.",
        forbidden_terms,
    ),
    Check(
        "kept-terms",
        "terminology",
        WARNING,
        "Names that stay as they are and are missing.",
        kept_terms,
    ),
    Check(
        "acronyms",
        "terminology",
        WARNING,
        "Acronyms in whose place a lookalike stands.",
        acronyms,
    ),
    Check(
        "drug-names",
        "terminology",
        ERROR,
        "A drug in whose place another one stands.",
        drug_names,
    ),
    Check("untranslated", "completeness", ERROR, "Text that is not translated.", untranslated),
    Check(
        "partly-untranslated",
        "completeness",
        ERROR,
        "Words of the source left inside the translation.",
        partly_untranslated,
    ),
    Check("wrong-language", "completeness", ERROR, "Text of another language.", wrong_language),
    Check("omission", "completeness", ERROR, "A sentence that is missing.", omission),
    Check("truncation", "completeness", ERROR, "Text that breaks off.", truncation),
    Check("length", "completeness", INFO, "Text far longer or shorter than expected.", length),
    Check("unrelated", "completeness", WARNING, "Text that fits another source.", unrelated),
)

CATALOG_CHECKS: tuple[CatalogCheck, ...] = (
    CatalogCheck(
        "same-source",
        "consistency",
        WARNING,
        "One source with several translations.",
        same_source,
    ),
    CatalogCheck(
        "same-wording",
        "consistency",
        INFO,
        "One translation for several sources.",
        same_wording,
    ),
)
