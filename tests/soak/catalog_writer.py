"""Saves catalogs until it is killed, or under limits and faults; started by test_catalog_crashes.

python catalog_writer.py loop PATH LOCKS ENTRIES      version after version; names each once saved
python catalog_writer.py limits PATH LOCKS ENTRIES    under every limit of file size in turn
python catalog_writer.py once PATH LOCKS ENTRIES      for each line on stdin: one save, at SIGUSR1

A version is a catalog whose every wording names it, so that a mixture of two shows.
"""

import os
import resource
import signal
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from medloc.catalogs import new_catalog, read_catalog, save_catalog, write_catalog
from medloc.errors import MedlocError
from medloc.model import Catalog, Entry

SAVED, REFUSED, BROKEN = 0, 3, 4
"""How `once` ends: saved, an error in words, any other exception."""


def version_of(number: int, entries: int) -> Catalog:
    """Version `number`; the lengths of versions differ by up to a thousandfold of a word."""
    empty = new_catalog("es", path="es.po", name="clonus", plural_forms="")
    words = " ".join([f"version {number}."] * (1 + number % 7))
    return replace(
        empty, entries=tuple(Entry("part", f"Sentence {n}", words) for n in range(entries))
    )


def number_of(catalog: Catalog, entries: int) -> int:
    """The number of the version that a catalog is; ValueError unless it is one whole."""
    number = int(catalog.entries[0].msgstr.split()[1].rstrip("."))
    if write_catalog(catalog) != write_catalog(version_of(number, entries)):
        raise ValueError(f"not the whole of version {number}")
    return number


def loop(path: Path, locks: Path, entries: int) -> None:
    before = read_catalog(path, name="es.po")
    number = number_of(before, entries)
    while True:
        number += 1
        before = save_catalog(path, before, version_of(number, entries), locks=locks)
        os.write(1, f"{number}\n".encode())


def limits(path: Path, locks: Path, entries: int) -> None:
    """Print for every limit: limit, length of the new file, what happened, hash of the file after,
    files left behind."""
    before = read_catalog(path, name="es.po")
    old, after = path.read_bytes(), version_of(1, entries)
    size = len(write_catalog(after))
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    for limit in range(size + 2):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, unlimited[1]))
        said = "saved"
        try:
            save_catalog(path, before, after, locks=locks)
        except MedlocError as error:
            said = "refused" if "cannot be written" in error.found else "confused"
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
        left = len(list(path.parent.iterdir())) - 1
        print(limit, size, said, sha256(path.read_bytes()).hexdigest(), left)
        path.write_bytes(old)


def once(path: Path, locks: Path, entries: int) -> None:
    """For each line fork a child, print its id, and its end once it has saved version 1: over what
    is there when this program starts, or the first of all."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    after = version_of(1, entries)
    before = read_catalog(path, name="es.po") if path.exists() else None
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            signal.sigwait({signal.SIGUSR1})
            os._exit(_save(path, before, after, locks))
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _save(path: Path, before: Catalog | None, after: Catalog, locks: Path) -> int:
    try:
        save_catalog(path, before, after, locks=locks)
    except MedlocError:
        return REFUSED
    except BaseException:
        return BROKEN
    return SAVED


if __name__ == "__main__":
    work = {"loop": loop, "limits": limits, "once": once}[sys.argv[1]]
    work(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
