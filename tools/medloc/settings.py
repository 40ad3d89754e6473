"""`medloc.yaml` as typed values: every error names file, line, key and expectation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeVar
from urllib.parse import urlsplit

from medloc.errors import SettingsError
from medloc.languages import babel_locale, describe, language
from medloc.model import Language, Person, Policy
from medloc.quantities import known_digits
from medloc.yaml_text import YamlList, YamlMapping, YamlText, YamlValue, read_mapping

FILE_NAME = "medloc.yaml"
LEAFLETS = ("plain", "bilingual")
CHECK_LEVELS = ("off", "info", "warning", "error")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """Where pages go, the address that serves them, and whether they are a demonstration."""

    output: str = "site"
    address: str = ""
    after_publish: str = ""
    name: str = ""
    demonstration: bool = False
    leaflets: str = ""  # plain or bilingual: a PDF beside each page, in every build
    search: bool = False  # a page in each language that searches it


@dataclass(frozen=True, slots=True)
class AppSettings:
    """How people reach the review app beside passwords: the names it answers to, the header by
    which a proxy at one of `proxies` says whose request it is (an e-mail address or an id of
    `people`), and an OpenID provider; `oidc_secret` names an environment variable."""

    hosts: tuple[str, ...] = ()
    header: str = ""
    proxies: tuple[str, ...] = ()
    oidc_issuer: str = ""
    oidc_client: str = ""
    oidc_secret: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a project; paths are relative to the folder of medloc.yaml."""

    source: Language
    locales: Mapping[str, Language]
    likes: Mapping[str, str] = field(default_factory=dict)
    content: str = "source_content"
    catalogs: str = "locales"
    ledger: str = "sqlite:///ledger.sqlite"
    site: SiteSettings = field(default_factory=SiteSettings)
    translate_fields: tuple[str, ...] = ("title", "description")
    digits: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    app: AppSettings = field(default_factory=AppSettings)
    files: tuple[str, ...] = ()  # files that medloc.yaml names and that belong to the settings

    def language(self, locale: str) -> Language:
        """The language of the source or of a target locale; raises KeyError for others."""
        return self.source if locale == self.source.locale else self.locales[locale]

    def data_locale(self, locale: str) -> str:
        """The locale whose language data serve this one (`like:` in the settings)."""
        return self.likes.get(locale, locale)


def read_settings(
    text: str, *, path: str = FILE_NAME, read_file: Callable[[str], str] | None = None
) -> Settings:
    """Read medloc.yaml; `read_file` gives the text of a file it names (`people: people.yaml`).

    Raises SettingsError for an unknown key, a wrong type, an unknown locale, a person without id
    or roles, and everything YAML that yaml_text refuses.
    """
    root = _Node(read_mapping(text, path=path, error=SettingsError), path, "")
    source_name = root.text("source", required=True)
    source = _language(source_name, root, "source")
    locales, likes = _locales(root)
    if source.locale in locales:
        raise root.trouble(
            "locales", f"`{source.locale}` is the source language", "Take it out of `locales`."
        )
    settings = Settings(
        source=source,
        locales=locales,
        likes=likes,
        content=root.folder("content", "source_content"),
        catalogs=root.folder("catalogs", "locales"),
        ledger=root.text("ledger", default="sqlite:///ledger.sqlite"),
        site=_site(root),
        translate_fields=root.texts("translate_fields", ("title", "description")),
        digits=_digits(root, {source.locale, *locales}),
        people=_people(root, {source.locale, *locales}, read_file),
        policy=_policy(root),
        app=_app(root),
        files=(people,) if isinstance(people := root.mapping.get("people"), YamlText) else (),
    )
    root.refuse_unknown()
    if "title" not in settings.translate_fields:
        raise root.trouble(
            "translate_fields", "`title` is not in it", "Every page shows its title: add it."
        )
    return settings


class _Node:
    """A mapping being read: every key asked for is known, the others are refused at the end."""

    def __init__(self, mapping: YamlMapping, path: str, name: str) -> None:
        self.mapping, self.path, self.name = mapping, path, name
        self.known: list[str] = []

    def trouble(self, key: str, found: str, advice: str) -> SettingsError:
        line = self.mapping.lines.get(key, self.mapping.line)
        where = f"{self.name}.{key}" if self.name else key
        return SettingsError(f"{where}: {found}.", path=self.path, line=line, advice=advice)

    def get(self, key: str) -> YamlValue | None:
        if key not in self.known:
            self.known.append(key)
        return self.mapping.get(key)

    def text(self, key: str, *, default: str = "", required: bool = False) -> str:
        value = self.get(key)
        if value is None or value == "":
            if required:
                raise self.trouble(key, "this key is missing", f"Add a line `{key}: ...`.")
            return default
        if not isinstance(value, YamlText):
            raise self.trouble(key, f"a text was expected, not {_shape(value)}", f"`{key}: ...`")
        return str(value)

    def texts(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = self.get(key)
        if value is None:
            return default
        if not isinstance(value, YamlList) or not all(isinstance(v, YamlText) for v in value):
            raise self.trouble(
                key, f"a list of texts was expected, not {_shape(value)}", f"`{key}: [a, b]`"
            )
        return tuple(str(v) for v in value)

    def folder(self, key: str, default: str) -> str:
        value = self.text(key, default=default)
        parts = value.split("/")
        if value.startswith(("/", "\\")) or ".." in parts or ":" in value or "\\" in value:
            raise self.trouble(
                key,
                f"`{value}` is not a folder below the project",
                "Name a folder relative to medloc.yaml, without `..`.",
            )
        return value.rstrip("/") or default

    def choice(self, key: str, default: _T, options: Mapping[str, _T]) -> _T:
        value = self.text(key)
        if not value:
            return default
        if value not in options:
            raise self.trouble(
                key, f"`{value}` was found", f"Expected one of: {', '.join(options)}."
            )
        return options[value]

    def flag(self, key: str) -> bool:
        return self.choice(key, False, {"true": True, "false": False})

    def number(self, key: str, default: int) -> int:
        value = self.text(key)
        if not value:
            return default
        if not re.fullmatch(r"[0-9]{1,6}", value):
            raise self.trouble(key, f"`{value}` was found", "Expected a whole number of days.")
        return int(value)

    def date(self, key: str) -> dt.date | None:
        value = self.text(key)
        if not value:
            return None
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise self.trouble(
                key, f"`{value}` is no date", "Write it as 2026-03-01 (year-month-day)."
            ) from None

    def node(self, key: str) -> _Node | None:
        value = self.get(key)
        if value is None or value == "":
            return None
        if not isinstance(value, YamlMapping):
            raise self.trouble(
                key, f"a mapping was expected, not {_shape(value)}", f"`{key}: {{name: value}}`"
            )
        return _Node(value, self.path, f"{self.name}.{key}" if self.name else key)

    def text_map(self, key: str) -> dict[str, str]:
        node = self.node(key)
        return {} if node is None else {name: node.text(name) for name in node.mapping}

    def refuse_unknown(self) -> None:
        for key in self.mapping:
            if key not in self.known:
                close = get_close_matches(key, self.known, 1)
                hint = f"Did you mean `{close[0]}`? " if close else ""
                raise self.trouble(
                    key, "this key is not known", f"{hint}Known: {', '.join(self.known)}."
                )


def _shape(value: YamlValue) -> str:
    if isinstance(value, YamlText):
        return f"the text `{value}`"
    return "a list" if isinstance(value, YamlList) else "a mapping"


def _language(locale: str, node: _Node, key: str) -> Language:
    try:
        return language(locale)
    except SettingsError as trouble:
        raise node.trouble(key, trouble.found, trouble.advice) from None


def _locales(root: _Node) -> tuple[dict[str, Language], dict[str, str]]:
    value = root.get("locales")
    if value is None or isinstance(value, YamlText):
        raise root.trouble(
            "locales",
            "a list of locales was expected",
            "Write for example `locales: [es, pt_BR, zh_Hans]`.",
        )
    languages: dict[str, Language] = {}
    likes: dict[str, str] = {}
    if isinstance(value, YamlList):
        for name in root.texts("locales", ()):
            if name in languages:
                raise root.trouble("locales", f"`{name}` stands twice", "Keep one.")
            languages[name] = _language(name, root, "locales")
        return languages, likes
    node = _Node(value, root.path, "locales")
    for name in value:
        described = node.node(name)
        if described is None:
            languages[name] = _language(name, node, name)
        else:
            languages[name], likes[name] = _described(name, described, node)
    return languages, likes


def _described(name: str, node: _Node, parent: _Node) -> tuple[Language, str]:
    """A locale with data of its own: `ksw: {name: ..., direction: ltr, like: my}`."""
    if not re.fullmatch(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|[0-9]{3}))?", name):
        raise parent.trouble(name, "this is no locale name", "Write it as in `ksw` or `pt_BR`.")
    like = node.text("like", required=True)
    if babel_locale(like) is None:
        raise node.trouble("like", f"`{like}` is not known to Babel", "Name a locale that is.")
    direction = node.choice("direction", "ltr", {"ltr": "ltr", "rtl": "rtl"})
    described = describe(name, node.text("name", required=True), direction)
    node.refuse_unknown()
    return described, like


def _digits(root: _Node, locales: set[str]) -> dict[str, str]:
    digits = root.text_map("digits")
    for locale, system in digits.items():
        if locale not in locales:
            raise root.trouble(
                "digits",
                f"`{locale}` is neither the source nor in `locales`",
                f"Expected some of: {', '.join(sorted(locales))}.",
            )
        if not known_digits(system):
            raise root.trouble(
                "digits", f"`{locale}: {system}` was found", "A CLDR system: latn, arab, deva, ..."
            )
    return digits


def _site(root: _Node) -> SiteSettings:
    node = root.node("site")
    if node is None:
        return SiteSettings()
    address = node.text("address").rstrip("/")
    if address and not re.fullmatch(r"https?://[^\s/\"'<>]+(/[^\s\"'<>]*)?", address):
        raise node.trouble("address", f"`{address}` was found", "Expected https://host/folder.")
    try:
        _ = urlsplit(address).port
    except ValueError as trouble:
        raise node.trouble("address", str(trouble), "Expected https://host/folder.") from None
    site = SiteSettings(
        output=node.folder("output", "site"),
        address=address,
        after_publish=node.text("after_publish"),
        name=node.text("name"),
        demonstration=node.flag("demonstration"),
        search=node.flag("search"),
        leaflets=node.choice("leaflets", "", {"": "", **{name: name for name in LEAFLETS}}),
    )
    node.refuse_unknown()
    return site


def _people(
    root: _Node, locales: set[str], read_file: Callable[[str], str] | None
) -> dict[str, Person]:
    value = root.get("people")
    holder = root
    if isinstance(value, YamlText) and value:
        path = root.folder("people", "")
        if read_file is None:
            raise root.trouble("people", f"the file {path} cannot be read", "Write a list here.")
        mapping = read_mapping(read_file(path), path=path, error=SettingsError)
        holder = _Node(mapping, path, "")
        value = holder.get("people")
        holder.refuse_unknown()
    if value is None or value == "":
        return {}
    if not isinstance(value, YamlList):
        raise holder.trouble(
            "people", "a list of people was expected", "`- {id: ..., name: ..., roles: [...]}`"
        )
    people: dict[str, Person] = {}
    for item in value:
        if not isinstance(item, YamlMapping):
            raise holder.trouble(
                "people",
                f"a person was expected, not {_shape(item)}",
                "`- {id: ..., roles: [...]}`",
            )
        node = _Node(item, holder.path, "people")
        person = _person(node, locales)
        if person.id in people:
            raise node.trouble("id", f"`{person.id}` stands twice", "Give each person one entry.")
        people[person.id] = person
    return people


def _person(node: _Node, locales: set[str]) -> Person:
    identity = node.text("id", required=True)
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", identity) or identity == "file":
        raise node.trouble(
            "id", f"`{identity}` was found", "Use a-z, 0-9, `.`, `_`, `-`; `file` is reserved."
        )
    person = Person(
        id=identity,
        name=node.text("name", default=identity),
        roles=node.texts("roles", ()),
        locales=node.texts("locales", ()),
        email=node.text("email").lower(),
        until=node.date("until"),
    )
    for locale in person.locales:
        if locale not in locales:
            raise node.trouble(
                "locales",
                f"`{locale}` is neither the source nor in `locales`",
                f"Expected some of: {', '.join(sorted(locales))}.",
            )
    node.refuse_unknown()
    return person


def _app(root: _Node) -> AppSettings:
    node = root.node("app")
    if node is None:
        return AppSettings()
    oidc = node.node("oidc")
    found = AppSettings(
        hosts=node.texts("hosts", ()),
        header=node.text("header"),
        proxies=node.texts("proxies", ()),
        oidc_issuer=oidc.text("issuer", required=True) if oidc else "",
        oidc_client=oidc.text("client", required=True) if oidc else "",
        oidc_secret=oidc.text("secret", default="MEDLOC_OIDC_SECRET") if oidc else "",
    )
    if oidc and not re.match(r"https://|http://(localhost|127\.0\.0\.1)[:/]", found.oidc_issuer):
        raise oidc.trouble("issuer", f"`{found.oidc_issuer}` is not safe", "Use https://...")
    if oidc and not re.fullmatch(r"[A-Z][A-Z0-9_]*", found.oidc_secret):
        raise oidc.trouble(
            "secret", "the name of an environment variable was expected", "MEDLOC_OIDC_SECRET"
        )
    if found.header and not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", found.header):
        raise node.trouble("header", f"`{found.header}` is no header", "As in X-Forwarded-Email.")
    if found.header and not found.proxies:
        raise node.trouble(
            "header", "whose word it is, is not said", "`proxies: [127.0.0.1]`: who may write it."
        )
    for each in (oidc, node):
        if each is not None:
            each.refuse_unknown()
    return found


def _policy(root: _Node) -> Policy:
    node = root.node("policy")
    default = Policy()
    if node is None:
        return default
    switch = {"refuse": "refuse", "allow": "allow"}
    checks = node.text_map("checks")
    policy = Policy(
        normal=node.texts("normal", default.normal),
        high_risk=node.texts("high_risk", default.high_risk),
        source=node.texts("source", default.source),
        bulk_high_risk=node.flag("bulk_high_risk"),
        doors=node.texts("doors", default.doors),
        incomplete=node.choice(
            "incomplete", "last_good", {"last_good": "last_good", "withhold": "withhold"}
        ),
        grace=node.number("grace", default.grace),
        raw_html=node.choice("raw_html", "refuse", switch),
        missing_files=node.choice("missing_files", "refuse", switch),
        review_every=node.number("review_every", default.review_every),
        overdue=node.choice("overdue", "warn", {"warn": "warn", "withhold": "withhold"}),
        checks=checks,
    )
    for key in ("normal", "high_risk"):
        if not getattr(policy, key):
            raise node.trouble(
                key, "no role was found", f"At least one must approve, as in `{key}: [medical]`."
            )
    for key in ("normal", "high_risk", "source"):
        roles = getattr(policy, key)
        if len(set(roles)) != len(roles):
            raise node.trouble(key, "a role stands twice", "Each role approves once.")
    for door in policy.doors:
        if door not in ("app", "cli", "import"):
            raise node.trouble(
                "doors", f"`{door}` was found", "Expected some of: app, cli, import."
            )
    for name, level in checks.items():
        if level not in CHECK_LEVELS:
            raise node.trouble(
                "checks", f"`{name}: {level}` was found", f"Expected: {', '.join(CHECK_LEVELS)}."
            )
    node.refuse_unknown()
    return policy
