"""The command line: one module per group of commands, one place that catches errors.

Exit codes: 0 done; 1 something for a person to do; 2 wrong usage or unreadable input; 3 a bug;
130 interrupted. Data go to stdout, words to stderr.
"""

from __future__ import annotations

import gc
import io
import sys
import traceback
from collections.abc import Sequence

from medloc.cli.console import say
from medloc.errors import MedlocError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    gc.disable()  # a command is short; looking for cycles costs a build a fifth of its time
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Whatever the terminal claims; names of files that are no UTF-8 are written out.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:] if arguments is None else list(arguments)))


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code; the only catcher of errors."""
    import typer

    from medloc.cli.app import app

    try:
        result = typer.main.get_command(app).main(
            args=list(arguments), prog_name="medloc", standalone_mode=False
        )
        return result if isinstance(result, int) else 0
    except MedlocError as trouble:
        say(trouble)
        return 2
    except (KeyboardInterrupt, typer.Abort):
        print("interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0
    except OSError as trouble:
        print(f"{trouble.filename or 'medloc'}: {trouble.strerror or trouble}.", file=sys.stderr)
        print("Check that it is there and that you may read and write it.", file=sys.stderr)
        return 2
    except Exception as trouble:
        if hasattr(trouble, "format_message") and hasattr(trouble, "show"):  # usage, from click
            trouble.show()
            return 2
        if hasattr(trouble, "exit_code"):
            return int(trouble.exit_code)
        traceback.print_exc()
        print("This is a bug in medloc. Please report the lines above.", file=sys.stderr)
        return 3
