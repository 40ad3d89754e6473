"""medloc.yaml: typed, and every error names file, line, key and expectation."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from medloc.errors import SettingsError
from medloc.model import Person, Policy
from medloc.settings import SiteSettings, read_settings

SMALL = "source: en\nlocales: [es]\n"


def test_the_smallest_settings_have_the_defaults_of_the_design() -> None:
    settings = read_settings(SMALL)
    assert (settings.content, settings.catalogs) == ("source_content", "locales")
    assert settings.ledger == "sqlite:///ledger.sqlite"
    assert settings.site == SiteSettings()
    assert settings.translate_fields == ("title", "description")
    assert settings.policy == Policy(
        normal=("medical",),
        high_risk=("linguistic", "medical"),
        source=("medical",),
        bulk_high_risk=False,
        doors=("app",),
        incomplete="last_good",
        grace=90,
    )


def test_a_full_file_is_read() -> None:
    settings = read_settings(
        """\
source: en
locales: {es: , ksw: {name: Karen, direction: ltr, like: my}}
content: text
ledger: sqlite:///decisions.sqlite
site: {output: public, address: https://example.org/health/, demonstration: true}
digits: {es: latn}
people:
  - {id: medical-es, name: M, email: M@Example.org, roles: [medical], locales: [es],
     until: 2026-03-01}
policy: {normal: [medical, nurse], source: [], grace: 30, checks: {all: off, units: warning}}
"""
    )
    assert settings.language("ksw").name == "Karen"
    assert (settings.data_locale("ksw"), settings.data_locale("es")) == ("my", "es")
    assert settings.site.address == "https://example.org/health"
    assert settings.people["medical-es"] == Person(
        "medical-es", "M", ("medical",), ("es",), "m@example.org", dt.date(2026, 3, 1)
    )
    assert settings.policy.checks == {"all": "off", "units": "warning"}
    assert settings.policy.source == ()


def test_people_may_live_in_a_file_of_their_own() -> None:
    files = {"people.yaml": "people:\n  - {id: a, roles: [medical]}\n"}
    settings = read_settings(SMALL + "people: people.yaml\n", read_file=files.__getitem__)
    assert list(settings.people) == ["a"]


@pytest.mark.parametrize(
    ("text", "line", "found", "advice"),
    [
        (SMALL + "polcy: {}", 3, "polcy: this key is not known", "Did you mean `policy`?"),
        (SMALL + "policy:\n  grase: 3", 4, "policy.grase: this key", "Did you mean `grace`?"),
        (SMALL + "policy:\n  grace: soon", 4, "policy.grace: `soon`", "whole number"),
        (SMALL + "policy: {normal: []}", 3, "policy.normal: no role", "At least one"),
        (SMALL + "policy: {normal: [a, a]}", 3, "policy.normal: a role stands twice", "once"),
        (SMALL + "policy: {doors: [window]}", 3, "policy.doors: `window`", "app, cli, import"),
        (SMALL + "policy: {raw_html: yes}", 3, "policy.raw_html: `yes`", "refuse, allow"),
        (SMALL + "policy: {checks: {units: loud}}", 3, "policy.checks: `units: loud`", "off"),
        (SMALL + "policy: [a]", 3, "policy: a mapping was expected, not a list", "`policy:"),
        ("locales: [es]", 1, "source: this key is missing", "source: ..."),
        ("source: en", 1, "locales: a list of locales", "[es, pt_BR"),
        ("source: en\nlocales: es", 2, "locales: a list of locales", "[es, pt_BR"),
        ("source: en\nlocales: [en]", 2, "`en` is the source", "Take it out"),
        ("source: en\nlocales: [es, es]", 2, "`es` stands twice", "Keep one"),
        ("source: en\nlocales: [xx]", 2, "`xx` is not known to Babel", "like: en"),
        ("source: en\nlocales: [../es]", 2, "`../es` is no locale name", "pt_BR"),
        ("source: en\nlocales: [es;rm]", 2, "is no locale name", "pt_BR"),
        ("source: en\nlocales: {ksw: {name: K}}", 2, "locales.ksw.like: this key is missing", ""),
        (SMALL + "content: ../elsewhere", 3, "content: `../elsewhere`", "without `..`"),
        (SMALL + "content: /etc", 3, "content: `/etc`", "relative"),
        (SMALL + "site: {address: example.org}", 3, "site.address: `example.org`", "https://"),
        (SMALL + "site: {address: 'http://['}", 3, "site.address: ", "https://"),
        (SMALL + "site: {address: 'https://x:abc'}", 3, "site.address: ", "https://"),
        (SMALL + "people: [a]", 3, "people: a person was expected", "id:"),
        (SMALL + "people: [{roles: [x]}]", 3, "people.id: this key is missing", "id"),
        (SMALL + "people: [{id: file}]", 3, "people.id: `file`", "reserved"),
        (SMALL + "people:\n - {id: a}\n - {id: a}", 5, "people.id: `a` stands twice", "one"),
        (SMALL + "people: [{id: a, locales: [fr]}]", 3, "people.locales: `fr`", "en, es"),
        (SMALL + "people: [{id: a, until: 2026-02-30}]", 3, "people.until: `2026-02-30`", "2026"),
        (SMALL + "people: [{id: a, role: [x]}]", 3, "people.role: this key", "`roles`"),
        (SMALL + "digits: arab", 3, "digits: a mapping was expected, not the text", "{name"),
        (SMALL + "digits: {es: roman}", 3, "digits: `es: roman`", "arab"),
        (SMALL + "digits: {fr: arab}", 3, "digits: `fr` is neither", "en, es"),
        (SMALL + "translate_fields: title", 3, "translate_fields: a list", "[a, b]"),
    ],
)
def test_what_is_refused_names_line_key_and_expectation(
    text: str, line: int, found: str, advice: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(text)
    assert (caught.value.path, caught.value.line) == ("medloc.yaml", line)
    assert found in caught.value.found
    assert advice in caught.value.advice


@pytest.mark.parametrize(
    ("app", "found"),
    [
        ("{oidc: {issuer: 'http://id.example.org', client: x}}", "is not safe"),
        ("{oidc: {issuer: 'https://id.example.org'}}", "client: this key is missing"),
        ("{oidc: {issuer: 'https://x', client: y, secret: 'hunter2!'}}", "environment variable"),
        ("{header: 'X Forwarded'}", "is no header"),
        ("{hots: [x]}", "Did you mean `hosts`"),
    ],
)
def test_bad_app_settings_are_refused(app: str, found: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(found)):
        read_settings(SMALL + f"app: {app}\n")


def test_app_settings_are_read() -> None:
    app_ = "app: {hosts: [r.example.org], oidc: {issuer: 'https://id.example.org', client: m}}\n"
    app = read_settings(SMALL + app_).app
    assert (app.hosts, app.oidc_client, app.oidc_secret) == (
        ("r.example.org",),
        "m",
        "MEDLOC_OIDC_SECRET",
    )
