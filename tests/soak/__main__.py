"""`make soak`: run every soak, one after the other, and write RELIABILITY.md from what they found.

python -m tests.soak [PYTEST ARGUMENTS]     for example: -k catalogs
python -m tests.soak --report FOLDER        only write what was recorded in a folder
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.soak.record import FOLDER, ROOT, write_report


def main(arguments: list[str]) -> int:
    """Run and report; the exit code of pytest."""
    if arguments[:1] == ["--report"]:
        print(f"{write_report(Path(arguments[1]))} rows written")
        return 0
    modules = [
        str(path)
        for path in sorted(Path(__file__).parent.glob("[a-z]*.py"))
        if not path.stem.endswith("_writer")  # programs that soaks start
    ]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "MEDLOC_SOAK": "1"}
        kept = environment.setdefault(FOLDER, folder)
        command = [sys.executable, "-m", "pytest", "-m", "soak", "-q", "-s", "-p", "no:xdist"]
        done = subprocess.run(
            [*command, *arguments, "tests", *modules], cwd=ROOT, env=environment, check=False
        )
        print(f"RELIABILITY.md: {write_report(Path(kept))} rows written")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
