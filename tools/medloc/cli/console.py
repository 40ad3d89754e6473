"""What every command needs of its surroundings: the project, the clock, and where words go."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from medloc.errors import UsageError
from medloc.model import Notice
from medloc.workflow.state import find_root

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from medloc.workflow.project import Project


def project_of(context: typer.Context) -> Project:
    """The project named by --project, or the one around the current folder."""
    from medloc.workflow.project import open_project

    return open_project(root_of(context))


def root_of(context: typer.Context) -> Path:
    """The folder of the project, its settings unread."""
    named: Path | None = context.obj
    if named is None:
        return find_root(Path.cwd())
    if not named.is_dir():
        raise UsageError(f"--project: there is no folder {named}", advice="Check the name.")
    return named.resolve()


def app_address(project: Project, port: int = 8501) -> str:
    """Where people reach the review app: by the name it answers to, else on this machine."""
    hosts = project.settings.app.hosts
    return f"https://{hosts[0]}" if hosts else f"http://localhost:{port}"


def now() -> dt.datetime:
    """The moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def date_of(text: str, option: str) -> dt.date | None:
    """The day that an option names, None when it is not given."""
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{option}: `{text}` is no date", advice="Write it as 2026-03-01."
        ) from None


def account() -> str:
    """The account of the machine, recorded as the command line's door."""
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid-{os.getuid()}"


def say(*lines: object) -> None:
    """Words for a person: stderr. What would steer a terminal or a build server is shown, not
    obeyed."""
    for line in lines:
        print(harmless(str(line)), file=sys.stderr)


def harmless(text: str) -> str:
    """A text with control characters written out; new lines stay, but begin no command.

    >>> harmless("a\\x1b[31mb\\n::stop-commands::z")
    'a\\\\x1b[31mb\\n ::stop-commands::z'
    """
    return _CONTROLS.sub(lambda found: repr(found[0])[1:-1], text).replace("\n::", "\n ::")


# C0 but tab and new line, C1, and what turns the direction of text round.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def say_notices(notices: Iterable[Notice]) -> None:
    """Notices, one a line."""
    say(*notices)


@contextmanager
def progress_of(what: str) -> Iterator[Callable[[float], None]]:
    """Hear what share of some work is done, and show it: a bar with the time left on a terminal, a
    line every ten seconds elsewhere. Work of a moment shows nothing."""
    started = told = time.monotonic()
    bar: Progress | None = None

    def hear(share: float) -> None:
        nonlocal told, bar
        now_ = time.monotonic()
        if now_ - started < _PATIENCE:
            return
        if sys.stderr.isatty():
            bar = bar or _bar(what)
            bar.update(bar.task_ids[0], completed=share)
        elif now_ - told > 10:
            told = now_
            left = (now_ - started) * (1 - share) / max(share, 0.001)
            say(f"{what}: {share:.0%}, about {left:.0f} s left")

    try:
        yield hear
    finally:
        if bar is not None:
            bar.stop()


def _bar(what: str) -> Progress:
    from rich import progress

    bar = progress.Progress(
        progress.TextColumn(what), progress.BarColumn(), progress.TaskProgressColumn(),
        progress.TimeRemainingColumn(), console=_stderr(), transient=True,
    )  # fmt: skip
    bar.add_task(what, total=1.0)
    bar.start()
    return bar


def _stderr() -> Console:
    from rich.console import Console

    return Console(stderr=True)


_PATIENCE = 1.0


def give(text: str) -> None:
    """Data: stdout."""
    print(text)


def give_json(value: object) -> None:
    """Data as JSON: stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A plain table: text to the left, numbers to the right."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    numeric = [all(isinstance(row[i], int) for row in rows) for i in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ).rstrip()
        for row in cells
    )
