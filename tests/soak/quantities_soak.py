"""Every locale that Babel knows, in full: `make soak`."""

from __future__ import annotations

import random

import pytest
from babel import localedata

from medloc.quantities import QuantityError, write
from tests.soak.record import record
from tests.written_quantities import problem_with, random_quantities

pytestmark = pytest.mark.soak
EACH = 200


def test_quantities_in_every_locale_read_back_or_name_what_is_missing() -> None:
    problems, missing, locales = [], 0, sorted(localedata.locale_identifiers())
    for locale in locales:
        for quantity, digits in random_quantities(random.Random(locale), EACH):
            problem = problem_with(quantity, locale, digits)
            if problem:
                problems.append((locale, quantity, digits, problem))
            try:
                write(quantity, locale, digits=digits)
            except QuantityError:
                missing += 1
    size = EACH * len(locales)
    title = "quantities: random values in every locale, read back from the text"
    record(title, size, len(problems), locales=len(locales), patterns_named_as_missing=missing)
    assert problems == []
