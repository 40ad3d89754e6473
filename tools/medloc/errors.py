"""The one root of every expected trouble: where it is, what was found, what to do next."""

from __future__ import annotations

from medloc.phrases import Phrase


class MedlocError(Exception):
    """Trouble a person can mend; the command line prints it and exits with 2.

    `path` is relative to the project, `line` is 1-based (0 = not known). The printed form is
    `path:line: what was found. What to do.`
    """

    def __init__(self, found: str, *, path: str = "", line: int = 0, advice: str = "") -> None:
        super().__init__(found)
        self.found = found
        self.path = path
        self.line = line
        self.advice = advice

    def __str__(self) -> str:
        # A phrase, so that a screen can say the whole of it in another language.
        where = "{path}:{line}: " if self.line else "{path}: " if self.path else ""
        stop = "" if self.found.endswith((".", "!", "?")) else "."
        template = f"{where}{{found}}{stop}{' {advice}' if self.advice else ''}"
        return Phrase(template, {"path": self.path, "line": self.line, "found": self.found,
                                 "advice": self.advice})  # fmt: skip


class UsageError(MedlocError):
    """The command was called with something it cannot take."""


class SettingsError(MedlocError):
    """medloc.yaml (or a file it names) cannot be used; nothing is done with bad settings."""


class ArticleError(MedlocError):
    """One article cannot be read; the others are done."""


class CatalogError(MedlocError):
    """One catalog cannot be read or saved; the others are done."""


class ConflictError(MedlocError):
    """Somebody else changed the same thing first; nothing of the losing change is stored."""


class LedgerError(MedlocError):
    """The ledger cannot be trusted or reached; everything stops."""
