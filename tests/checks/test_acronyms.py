"""Acronyms."""

from __future__ import annotations

import pytest

from medloc.checks.acronyms import acronyms
from tests.checks.pairing import alarms


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "The WHO says", "La OMS dice", id="translated"),
        pytest.param("es", "HIV and DNA", "VIH y ADN", id="turned round in Spanish"),
        pytest.param("fr", "SARS", "SRAS", id="known translation"),
        pytest.param("es", "hACE2", "hECA2", id="small letters in front"),
        pytest.param("tr", "CDC guidelines", "CDC'nin kuralları ve CDCnin", id="endings"),
        pytest.param("ru", "PCR", "ПЦР", id="other letters"),
        pytest.param("es", "DO NOT STOP", "NO PARE", id="words in capitals"),
        pytest.param("de", "The ICU", "Die ITS", id="unlike"),
        pytest.param("es", "https://a.org/ABC", "https://a.org/BAC", id="address"),
        pytest.param("es", "COVID", "Covid", id="house style"),
        pytest.param("de", "RNA", "RNS", id="German RNS"),
        pytest.param("pl", "the SYSTEM file", "plik SYSTEMU", id="an ending"),
    ],
)
def test_passes(locale: str, source: str, target: str) -> None:
    assert not alarms(acronyms, locale, source, target)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param("es", "CDC", "DCC", id="letters exchanged"),
        pytest.param("es", "AAPSClient2", "AAPSClient5", id="another digit"),
        pytest.param("es", "HBV infection", "infección por HCV", id="another virus"),
        pytest.param("fr", "PCR test", "test CPR", id="PCR and CPR"),
        pytest.param("ru", "FDA", "DFA", id="exchanged in Russian"),
        pytest.param("ar", "WHO", "منظمة HWO", id="exchanged in Arabic"),
        pytest.param("ja", "ABSEIR", "BASEIRモデル", id="exchanged in Japanese"),
        pytest.param("de", "the ACE2 receptor", "der Ace2-Rezeptor", id="case of a gene"),
        pytest.param("zh_Hans", "H1N1", "H1N2流感", id="digit of a name"),
        pytest.param("pl", "UNESCO", "UNSECO", id="exchanged in Polish"),
    ],
)
def test_is_caught(locale: str, source: str, target: str) -> None:
    found = alarms(acronyms, locale, source, target)
    assert found
    assert all(0 <= start < end <= len(target) for one in found for start, end in one.target)
