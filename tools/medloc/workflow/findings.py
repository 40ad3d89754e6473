"""What the checks found in catalogs, and what of it keeps a wording from being approved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from medloc import files
from medloc.checks import ALL_CHECKS, Context, level_of, run_checks, silent_checks
from medloc.errors import MedlocError, SettingsError, UsageError
from medloc.glossary import GlossaryError, read_glossary
from medloc.model import Finding, Kind, Pair, Severity, Term
from medloc.phrases import Phrase, phrase, together
from medloc.settings import FILE_NAME
from medloc.standing import Decisions
from medloc.workflow.project import Project

GLOSSARIES = ("glossary.yaml", "glossary.csv", "glossary.tbx")
_MAX_GLOSSARY = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """A finding and where it is: the file and line of its catalog entry, and the whole pair."""

    file: str
    line: int
    msgid: str
    pair: Pair
    finding: Finding
    message: str = ""  # id of the message, in a project
    waived: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking gave: findings in the order of files and entries; `pairs` were looked at,
    `skipped` had no wording or a stale one; `silent`: locale -> checks its data cannot serve."""

    found: tuple[Found, ...]
    pairs: int = 0
    skipped: int = 0
    silent: tuple[tuple[str, tuple[str, ...]], ...] = ()
    troubles: tuple[MedlocError, ...] = ()

    @property
    def open(self) -> bool:
        """Whether an error or a warning waits for somebody."""
        return any(not f.waived and f.finding.severity is not Severity.INFO for f in self.found)


@dataclass(frozen=True, slots=True)
class Row:
    """A pair to check and where it stands."""

    file: str
    line: int
    msgid: str
    pair: Pair
    message: str = ""


def context_of(project: Project, locale: str, *, terms: tuple[Term, ...] | None = None) -> Context:
    """What the checks of a locale need: languages, glossary, levels; raises SettingsError for a
    check nobody knows, GlossaryError for a glossary that cannot be read."""
    settings = project.settings
    levels = settings.policy.checks
    names = [check.name for check in ALL_CHECKS]
    for name in levels:
        if name not in (*names, "all"):
            close = get_close_matches(name, names, 1)
            raise SettingsError(
                phrase("policy.checks: no check is called `{name}`", name=name),
                path=FILE_NAME,
                advice=phrase("Did you mean `{close}`?", close=close[0])
                if close
                else phrase("They are in docs/checks.md."),
            )
    return Context(
        target=settings.data_locale(locale),
        source=settings.data_locale(settings.source.locale),
        glossary=read_terms(project, locale) if terms is None else terms,
        levels=levels,
    )


def read_terms(project: Project, locale: str) -> tuple[Term, ...]:
    """The glossaries of a locale: YAML, CSV and TBX beside its catalogs, together; raises
    GlossaryError."""
    found: list[Term] = []
    source = project.settings.source.locale
    for file in GLOSSARIES:
        name = f"{project.settings.catalogs}/{locale}/{file}"
        path = project.root / name
        if path.is_symlink() and not path.resolve().is_relative_to(project.root.resolve()):
            raise GlossaryError(
                phrase("this is a link out of the project"),
                path=name,
                advice=phrase("Put the file itself there."),
            )
        if path.is_file():
            found += read_terms_file(path, name=name, locale=locale, source=source)
    return tuple(found)


def read_terms_file(
    path: Path, *, name: str, locale: str = "", source: str = "en"
) -> tuple[Term, ...]:
    """The terms of one glossary file; raises GlossaryError with the line."""
    if not path.is_file():
        raise UsageError(
            phrase("the glossary is missing"), path=name, advice=phrase("Check its name.")
        )
    data = files.read(path, name=name, limit=_MAX_GLOSSARY)
    return read_glossary(data, name=name, locale=locale, source=source)


class Blockers:
    """The errors that keep wordings from being approved; each locale's glossary is read once."""

    def __init__(
        self, project: Project, decisions: Decisions, *, clean: Collection[str] = ()
    ) -> None:
        """`clean` are hashes of pairs of which no error is known."""
        self._project, self._decisions, self._clean = project, decisions, clean
        self._contexts: dict[str, Context] = {}

    def of(self, pair: Pair) -> tuple[Finding, ...]:
        """The errors of a pair that nobody has waived; raises GlossaryError, SettingsError."""
        if self._clean and pair.hash in self._clean:
            return ()
        return blocking(pair, self._context(pair.locale), self._decisions)

    def is_on(self, check: str, locale: str) -> bool:
        """Whether a check looks at the wordings of a locale at all."""
        context = self._context(locale)
        return any(c.name == check and level_of(c, context) != "off" for c in ALL_CHECKS)

    def finds(self, check: str, pair: Pair) -> bool:
        """Whether a check has a finding in a pair, waived or not."""
        (findings,) = run_checks([pair], self._context(pair.locale))
        return any(finding.check == check for finding in findings)

    def _context(self, locale: str) -> Context:
        context = self._contexts.get(locale)
        if context is None:
            context = self._contexts[locale] = context_of(self._project, locale)
        return context


def blocking(pair: Pair, context: Context, decisions: Decisions) -> tuple[Finding, ...]:
    """The errors of a pair that keep it from being approved: those that nobody has waived."""
    (findings,) = run_checks([pair], context)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    accepted = waived(pair, decisions) if errors else frozenset()
    return tuple(finding for finding in errors if finding.check not in accepted)


def said_together(findings: Iterable[Finding]) -> Phrase:
    """What several findings say, each behind the name of its check."""
    return together(*(
        Phrase("[{check}] {found}", {"check": Phrase(one.check, {}), "found": one.message})
        for one in findings
    ))  # fmt: skip


def waived(pair: Pair, decisions: Decisions) -> frozenset[str]:
    """The checks whose findings are waived for exactly this pair, in this place. Who withdraws what
    they decided on it withdraws their waivers too."""
    accepted: dict[str, set[str]] = {}
    for event in decisions.wordings(pair).get(pair.target, ()):
        if event.draft.kind is Kind.WAIVE:
            accepted.setdefault(event.draft.actor, set()).add(event.draft.check)
        elif event.draft.kind is Kind.WITHDRAW:
            accepted.pop(event.draft.actor, None)
    return frozenset(check for checks in accepted.values() for check in checks)


def check_rows(
    rows: Sequence[Row], context: Context, decisions: Decisions | None, skipped: int
) -> Checked:
    """Check pairs of one locale together; `decisions` say what was waived."""
    results = run_checks([row.pair for row in rows], context)
    found = []
    for row, findings in zip(rows, results, strict=True):
        accepted = waived(row.pair, decisions) if findings and decisions else frozenset()
        found += [
            Found(row.file, row.line, row.msgid, row.pair, finding, row.message,
                  finding.check in accepted)
            for finding in findings
        ]  # fmt: skip
    silent = silent_checks(context) if rows else ()
    return Checked(tuple(found), len(rows), skipped, ((context.target, silent),) if silent else ())


def joined(parts: Sequence[Checked], troubles: Sequence[MedlocError]) -> Checked:
    """Several runs as one."""
    return Checked(
        tuple(found for part in parts for found in part.found),
        sum(part.pairs for part in parts),
        sum(part.skipped for part in parts),
        tuple(silent for part in parts for silent in part.silent),
        (*troubles, *(trouble for part in parts for trouble in part.troubles)),
    )
