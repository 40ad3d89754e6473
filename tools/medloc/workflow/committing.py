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
    hash of the commit, "" when none of them changed. Raises GitError with what git said, and when
    a path is one file that the last commit then does not hold byte for byte."""
    listed = ("ls-files", "--cached", "--others", "--exclude-standard", "--")
    # `git add` refuses a pattern that fits nothing.
    known = [path for path in paths if _git(folder, *listed, path)]
    made = ""
    if known and _git(folder, "status", "--porcelain", "--", *known):
        _git(folder, "add", "--", *known)
        _git(folder, "commit", "--quiet", "--message", message, "--", *known)
        made = _git(folder, "rev-parse", "--short", "HEAD")
    for path in paths:
        if (folder / path).is_file():
            _prove_committed(folder, path)
    return made


def _prove_committed(folder: Path, path: str) -> None:
    """Raise GitError unless the last commit holds the bytes of this file: git leaves out without a
    word what it is told to ignore or to skip, and stores what a filter makes of a file."""
    shown = ["git", "-C", str(folder), "show", f"HEAD:./{path}"]
    done = subprocess.run(shown, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode or done.stdout != (folder / path).read_bytes():
        raise GitError(
            "the last commit does not hold it as it is here",
            path=f"{folder.name}/{path}",
            advice="Look at .gitignore (git check-ignore -v), at .gitattributes (filters, line "
            "ends), and whether git was told to skip the file (git ls-files -v).",
        )


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
