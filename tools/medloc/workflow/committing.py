"""The one door to git: a commit of exactly the files that are named, whatever else is staged."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from medloc.errors import MedlocError


class GitError(MedlocError):
    """Git is missing, or it refuses."""


def prove_git(folder: Path) -> None:
    """Raise GitError unless a commit can be made in the repository of `folder`."""
    _git(folder, "rev-parse", "--is-inside-work-tree", advice="Make one there with: git init")
    for who in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
        _git(folder, "var", who, advice="Say who you are: git config user.name, user.email")


def commit(folder: Path, paths: Sequence[str], message: str) -> str:
    """Commit the named files (pathspecs relative to `folder`) and nothing else; returns the short
    hash of the commit, "" when none of them changed. Raises GitError with what git said."""
    listed = ("ls-files", "--cached", "--others", "--exclude-standard", "--")
    # `git add` refuses a pattern that fits nothing.
    known = [path for path in paths if _git(folder, *listed, path)]
    if not known or not _git(folder, "status", "--porcelain", "--", *known):
        return ""
    _git(folder, "add", "--", *known)
    _git(folder, "commit", "--quiet", "--message", message, "--", *known)
    return _git(folder, "rev-parse", "--short", "HEAD")


def _git(folder: Path, *arguments: str, advice: str = "") -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise GitError(
            f"git cannot be started ({error.strerror})",
            advice="Install git, or leave out --commit.",
        ) from None
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split()) or f"exit code {done.returncode}"
        raise GitError(
            f"git {arguments[0]}: {said}", advice=advice or "Mend that, then run it again."
        )
    return done.stdout.strip()
