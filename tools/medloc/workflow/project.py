"""A content project on disk: its root, its settings, the names of its files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from medloc.errors import CatalogError, MedlocError, SettingsError, UsageError
from medloc.settings import FILE_NAME, Settings, read_settings
from medloc.workflow.state import STATE
from medloc.yaml_text import YamlMapping, read_mapping


@dataclass(frozen=True, slots=True)
class Project:
    """Where everything is. All paths printed to people are relative to `root`."""

    root: Path
    settings: Settings

    @property
    def state(self) -> Path:
        """Locks, caches and derived data; may be deleted at any time."""
        return self.root / STATE

    @property
    def locks(self) -> Path:
        """Where lock files live."""
        return self.state / "locks"

    def catalog_name(self, article: str, locale: str) -> str:
        """Path of a catalog, relative to the project."""
        return f"{self.settings.catalogs}/{locale}/LC_MESSAGES/{article}.po"

    def compiled_name(self, article: str, locale: str) -> str:
        """Path of a compiled catalog, relative to the project."""
        return f"{self.settings.catalogs}/{locale}/LC_MESSAGES/{article}.mo"

    def units_name(self, locale: str) -> str:
        """Path of the unit patterns of a locale, relative to the project."""
        return f"{self.settings.catalogs}/{locale}/units.yaml"

    def template_name(self, article: str) -> str:
        """Path of a template, relative to the project."""
        return f"{self.settings.catalogs}/templates/{article}.pot"

    def locales(self, patterns: Sequence[str] = (), *, source: bool = False) -> tuple[str, ...]:
        """Target locales in the order of the settings, the source first when asked for.

        `patterns` are `fnmatch` patterns; raises UsageError for one that fits no locale.
        """
        names = [self.settings.source.locale] if source else []
        tagged = [pattern.replace("-", "_") for pattern in patterns]  # zh-Hans is zh_Hans here
        return select("locale", (*names, *self.settings.locales), tagged)


def select(kind: str, names: tuple[str, ...], patterns: Sequence[str]) -> tuple[str, ...]:
    """The names that fit any of the `fnmatch` patterns (all without patterns).

    Raises UsageError for a pattern that fits none.
    """
    for pattern in patterns:
        if not any(fnmatchcase(name, pattern) for name in names):
            raise UsageError(
                f"no {kind} fits `{pattern}`",
                advice=f"Known: {', '.join(names[:20]) or 'none'}{' ...' if names[20:] else ''}.",
            )
    return tuple(
        name for name in names if not patterns or any(fnmatchcase(name, p) for p in patterns)
    )


def open_project(root: Path) -> Project:
    """Read the settings of the project in `root`; raises SettingsError."""
    path = root / FILE_NAME
    if not path.is_file():
        raise SettingsError(
            "the file is missing", path=FILE_NAME, advice="Make a project with: medloc init DIR"
        )

    def read_file(name: str) -> str:
        return _read_text(root / name, name)

    return Project(root, read_settings(_read_text(path, FILE_NAME), read_file=read_file))


def _read_text(path: Path, name: str, error: type[MedlocError] = SettingsError) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as trouble:
        raise error(
            f"the file cannot be read ({trouble.strerror})", path=name, advice="Check its name."
        ) from None
    except UnicodeDecodeError as trouble:
        line = path.read_bytes()[: trouble.start].count(b"\n") + 1
        raise error(
            "this is not UTF-8", path=name, line=line, advice="Save the file as UTF-8."
        ) from None


def read_units(project: Project, locale: str) -> Mapping[str, str | Mapping[str, str]]:
    """The unit patterns of `locales/<locale>/units.yaml`; empty when there is no such file.

    Raises CatalogError: a bad file keeps the pages of its own locale back, no others.
    """
    name = project.units_name(locale)
    path = project.root / name
    if not path.is_file():
        return {}
    mapping = read_mapping(_read_text(path, name, CatalogError), path=name, error=CatalogError)
    units: dict[str, str | Mapping[str, str]] = {}
    for unit, value in mapping.items():
        patterns = value if isinstance(value, YamlMapping) else {"other": value}
        for category, pattern in patterns.items():
            problem = _pattern_problem(category, pattern)
            if problem:
                raise CatalogError(
                    f"{unit}: {problem}",
                    path=name,
                    line=mapping.lines[unit],
                    advice='Write it as in `tablet: {one: "{0} tablet", other: "{0} tablets"}`.',
                )
        units[unit] = {category: str(pattern) for category, pattern in patterns.items()}
    return units


def _pattern_problem(category: str, pattern: object) -> str:
    from medloc.markdown import forbidden_character  # 0.1 s that most commands need not pay

    if category not in ("zero", "one", "two", "few", "many", "other"):
        return f"`{category}` is no plural category (zero, one, two, few, many, other)"
    if not isinstance(pattern, str) or pattern.count("{0}") != 1:
        return f"a pattern with one `{{0}}` was expected, not `{pattern}`"
    hidden = forbidden_character(pattern)
    return f"the pattern holds the character U+{ord(hidden):04X}" if hidden else ""


def digest(data: bytes | str) -> str:
    """SHA-256 in hexadecimal of bytes, or of a text in UTF-8."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()
