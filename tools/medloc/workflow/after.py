"""`site.after_publish`: the operator's own command, run when the site has changed on this machine
(copy it to the web server, empty a cache)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from medloc import files
from medloc.errors import MedlocError
from medloc.phrases import phrase, together
from medloc.workflow.project import Project

PENDING = "after_publish.pending"


class AfterPublishError(MedlocError):
    """The operator's command failed; the site on this machine is whole."""


_SHOWN = 300


def announce(project: Project, output: str) -> None:
    """Remember for good that the site is about to change: whatever becomes of this process, the
    command is run for it."""
    site = project.settings.site
    if site.after_publish and output == site.output:
        files.replace(project.state / PENDING, b"")


def hand_over(project: Project, output: str) -> None:
    """Run the command if the site it is about has changed since it last ran without failing.

    It runs in the project's folder, in the system's shell, with the site's folder as `MEDLOC_SITE`.
    Raises AfterPublishError when it fails: the pages are published here, and the next build runs it
    again.
    """
    site = project.settings.site
    if not site.after_publish or output != site.output:
        return
    pending = project.state / PENDING
    if not pending.is_file():
        return
    try:
        done = subprocess.run(
            site.after_publish,
            shell=True,  # it is a command line, written by who owns the settings
            cwd=project.root,
            env=_surroundings(project.root / output),
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise _failed(
            phrase("it could not be started ({trouble})", trouble=error.strerror)
        ) from None
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())[-_SHOWN:]
        ended = phrase("it ended with exit code {code}", code=done.returncode)
        raise _failed(together(ended, said, between=": "))
    pending.unlink(missing_ok=True)


def _surroundings(site: Path) -> dict[str, str]:
    return {**os.environ, "MEDLOC_SITE": str(site)}


def _failed(found: str) -> AfterPublishError:
    return AfterPublishError(
        phrase("site.after_publish: {found}", found=found),
        path="medloc.yaml",
        advice=phrase(
            "The pages on this machine are new; what the command serves may still show the old "
            "ones. Mend the command, then: medloc build (which runs it again)."
        ),
    )
