"""Addresses."""

from __future__ import annotations

import pytest

from medloc.checks.addresses import addresses
from tests.checks.pairing import alarms


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param(
            "es",
            "See https://www.who.int/en/topics/a for more.",
            "Vea https://www.who.int/en/topics/a.",
            id="same address before a stop",
        ),
        pytest.param(
            "es",
            "See https://www.who.int/en/topics/a for more.",
            "Vea https://www.who.int/es/topics/a",
            id="language of the path",
        ),
        pytest.param(
            "zh_Hans",
            "See https://www.who.int/en/topics/a for more.",
            "见https://www.who.int/zh/topics/a。",
            id="Chinese stop behind",
        ),
        pytest.param(
            "fr",
            "https://en.wikipedia.org/wiki/Fever",
            "https://fr.wikipedia.org/wiki/Fi%C3%A8vre",
            id="language of the host",
        ),
        pytest.param(
            "es", "https://a.org/x?lang=en", "https://a.org/x?lang=es", id="language of the query"
        ),
        pytest.param("es", "http://a.org/x", "https://a.org/x", id="made secure"),
        pytest.param("es", "Mail a@b.org", "Escriba a a@b.org", id="mail"),
        pytest.param("ru", "[a](b.md#c)", "[а](b.md#c)", id="relative address"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert not alarms(addresses, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param(
            "es",
            "See https://www.who.int/en/topics/a for more.",
            "Vea https://xwww.who.int/en/topics/a",
            id="host changed",
        ),
        pytest.param(
            "es",
            "See https://www.who.int/en/topics/a for more.",
            "Vea https:/www.who.int/en/topics/a",
            id="scheme changed",
        ),
        pytest.param(
            "es",
            "See https://www.who.int/en/topics/a for more.",
            "Vea https://www.who.int/en/top",
            id="path cut",
        ),
        pytest.param(
            "es",
            "See https://www.who.int/en/topics/a for more.",
            "Vea la página.",
            id="address gone",
        ),
        pytest.param(
            "ar",
            "[NBA](https://who.int/topics/nba)",
            "[NBA](https://who.int/heal)",
            id="path changed",
        ),
        pytest.param("es", "Mail a@b.org", "Escriba a a@c.org", id="mail changed"),
        pytest.param("ru", "[a](b.md#c)", "[а](d.md#c)", id="relative address changed"),
        pytest.param("es", "Nothing", "Nada https://spam.example", id="address added"),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    found = alarms(addresses, locale, source, target)
    assert found
    assert all(0 <= start < end <= len(target) for one in found for start, end in one.target)
