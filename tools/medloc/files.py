"""The one door to the disk for everything we write: whole files, replaced at once, or not at all.

Law: whoever looks at a path, at any moment and after any crash, finds the old bytes or the new
bytes, never a mixture and never less. A run that changes nothing writes nothing.
"""

from __future__ import annotations

import hashlib
import os
import random
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from medloc.errors import ConflictError, MedlocError
from medloc.phrases import phrase

# What a killed run can leave behind: harmless, matched by no reader, listed by `leftovers`.
_TEMPORARY = ".medloc-*.tmp"
_UNTOUCHED = phrase("The old file is as it was.")
_IN_PLACE = phrase("The new file is in place, but a power cut could still bring the old one back.")


def read(path: Path, *, name: str = "", limit: int | None = None) -> bytes:
    """The bytes of a regular file.

    `name` is the path that messages show; a file of more than `limit` bytes is refused unread.
    Raises MedlocError when it is missing, is no regular file, is too large or cannot be read.
    """
    shown = name or str(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise MedlocError(
                phrase("this is no regular file."), path=shown, advice=phrase("Put a file there.")
            )
        if limit is not None and status.st_size > limit:
            raise MedlocError(
                phrase(
                    "the file has {count} bytes; at most {limit} are read.",
                    count=f"{status.st_size:,}",
                    limit=f"{limit:,}",
                ),
                path=shown,
                advice=phrase("Split it, or remove what does not belong in it."),
            )
        return path.read_bytes()
    except OSError as error:
        raise MedlocError(
            phrase("the file cannot be read: {reason}.", reason=_reason(error)),
            path=shown,
            advice=phrase("Check that it is there and that you may read it."),
        ) from error


def replace(
    path: Path, data: bytes, *, name: str = "", root: Path | None = None, durable: bool = True
) -> bool:
    """Put `data` at `path` whole; False, with nothing written, when those bytes are there already.

    A temporary file in the same folder is written, synced, read back and compared, then renamed
    over the path and the folder synced (`durable=False` leaves out the syncs: for what can be built
    again). The mode of an existing file is kept. Missing folders are made. A path that is a
    symbolic link is refused, as is one whose folder leads out of `root`: what looks like one
    file of the project must not be another.

    Raises MedlocError, naming `name`, with the old file untouched and the temporary file removed;
    when only the folder cannot be synced the new file is in place, and the error says so.
    """
    shown = name or str(path)
    outcome = _UNTOUCHED
    temporary = path.with_name(f".medloc-{secrets.token_hex(8)}.tmp")
    try:
        _refuse_links(path, root, shown)
        mode = _mode(path, shown)
        if mode is not None and path.read_bytes() == data:
            return False
        _make_folder(path.parent, durable=durable)
        try:
            _write(temporary, data, mode=mode, durable=durable)
            if durable and temporary.read_bytes() != data:
                raise MedlocError(
                    phrase(
                        "the disk gave back other bytes than were written. {untouched}",
                        untouched=_UNTOUCHED,
                    ),
                    path=shown,
                    advice=phrase("Check the disk before you go on."),
                )
            temporary.replace(path)
            outcome = _IN_PLACE
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        if durable:
            _sync_folder(path.parent)
    except OSError as error:
        raise MedlocError(
            phrase(
                "the file cannot be written: {reason}. {outcome}",
                reason=_reason(error),
                outcome=outcome,
            ),
            path=shown,
            advice=phrase("Make room or mend the permissions, then run the command again."),
        ) from error
    return True


def append(path: Path, data: bytes, *, name: str = "") -> None:
    """Add `data` at the end of a file, which is made if need be; it is on the disk when this
    returns. A crash can leave a part of it: readers must know where a whole one ends.

    Raises MedlocError, naming `name`.
    """
    shown = name or str(path)
    try:
        _make_folder(path.parent, durable=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        with os.fdopen(os.open(path, flags, 0o666), "ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _sync_folder(path.parent)
    except OSError as error:
        raise MedlocError(
            phrase("the file cannot be written: {reason}. {outcome}", reason=_reason(error),
                   outcome=""),
            path=shown,
            advice=phrase(
                "Make room or mend the permissions, then run the command again."
            ),
        ) from error  # fmt: skip


def save(
    path: Path,
    expected: bytes | None,
    data: bytes,
    *,
    locks: Path,
    name: str = "",
    root: Path | None = None,
) -> bool:
    """Compare and swap: `replace` under a lock, if the path still holds `expected` (None: nothing).

    Raises ConflictError when somebody else wrote first; nothing of `data` is stored then.
    """
    shown = name or str(path)
    with lock(path, folder=locks, name=shown):
        current = read(path, name=shown) if path.exists() else None
        if current != expected:
            raise ConflictError(
                phrase(
                    "the file was changed by somebody else in the meantime; nothing was written."
                ),
                path=shown,
                advice=phrase("Look at the file as it is now, then do your change again."),
            )
        return replace(path, data, name=shown, root=root)


@contextmanager
def lock(path: Path, *, folder: Path, name: str = "", timeout: float = 30.0) -> Iterator[None]:
    """Hold the only right to change `path`, among all processes of this machine.

    The lock file lies in `folder` (`.medloc/locks`), never beside the file. It ends with the
    process that holds it, so a killed process blocks nobody. Not to be nested for one path.

    Raises MedlocError when another process keeps it for more than `timeout` seconds.
    """
    shown = name or str(path)
    # Two names of one file must meet at one lock, so the folder's links are resolved.
    place = path.parent.resolve() / path.name
    digest = hashlib.sha256(os.fsencode(place)).hexdigest()[:24]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = FileLock(folder / f"{digest}.lock")
        _acquire(held, timeout)
    except Timeout as error:
        raise MedlocError(
            phrase(
                "another medloc has been changing this file for {timeout} seconds.",
                timeout=f"{timeout:g}",
            ),
            path=shown,
            advice=phrase("Wait for it or end it, then run the command again."),
        ) from error
    except OSError as error:
        raise MedlocError(
            phrase("the file cannot be locked: {reason}.", reason=_reason(error)),
            path=shown,
            advice=phrase("Check that {folder} can be written.", folder=folder),
        ) from error
    try:
        yield
    finally:
        _release(held, shown)


def _acquire(held: FileLock, timeout: float) -> None:
    """Take a lock that others may hold; Timeout after so many seconds.

    The lock's own waiting asks every 50 ms: of four people who never rested one got it again and
    again, and another not once in 30 seconds. Here who waits longer asks more often, which is
    nearly a queue.
    """
    start = time.monotonic()
    while True:
        try:
            held.acquire(timeout=0)
            return
        except Timeout:
            waited = time.monotonic() - start
            if waited >= timeout:
                raise
        time.sleep(random.uniform(0.5, 1.5) * 0.05 / (1 + (waited / 0.1) ** 2) + 0.001)


def _release(held: FileLock, shown: str) -> None:
    try:
        held.release()
    except OSError as error:
        raise MedlocError(
            phrase(
                "what was to be done is done, but the file stays locked: {reason}.",
                reason=_reason(error),
            ),
            path=shown,
            advice=phrase("End this program: its locks end with it."),
        ) from error


def leftovers(folder: Path) -> list[Path]:
    """Temporary files that killed runs left below `folder`, sorted; they may be deleted."""
    return sorted(folder.rglob(_TEMPORARY))


def _refuse_links(path: Path, root: Path | None, shown: str) -> None:
    """Refuse a path that is a symbolic link, or that leaves the project through one."""
    if path.is_symlink():
        raise MedlocError(
            phrase(
                "this is a symbolic link to {target}; medloc does not write through links.",
                target=path.readlink(),
            ),
            path=shown,
            advice=phrase("Put the file itself here."),
        )
    if root is not None and not path.parent.resolve().is_relative_to(root.resolve()):
        raise MedlocError(
            phrase("this leads out of {root}; medloc writes only inside it.", root=root),
            path=shown,
            advice=phrase("Remove the link or the `..` on the way, or choose another place."),
        )


def _mode(path: Path, shown: str) -> int | None:
    """The permission bits of the file that is there, None when there is none."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):
        raise MedlocError(
            phrase("this is no regular file, so no file can be put there."),
            path=shown,
            advice=phrase("Move it away."),
        )
    return stat.S_IMODE(mode)


def _make_folder(folder: Path, *, durable: bool) -> None:
    """Make a folder and those above it; each new name is synced, or a crash would lose it."""
    if folder.is_dir():
        return
    _make_folder(folder.parent, durable=durable)
    folder.mkdir(exist_ok=True)
    if durable:
        _sync_folder(folder.parent)


def _write(path: Path, data: bytes, *, mode: int | None, durable: bool) -> None:
    """Write a new file; its bytes are on the disk when this returns (if durable)."""
    # 0o666 and the umask give the permissions of any new file; mkstemp's 0o600 would hide pages
    # from a web server.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        if mode is not None:
            os.fchmod(descriptor, mode)
        file.write(data)
        file.flush()
        if durable:
            os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    """Make renames in a folder survive a crash of the machine."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _reason(error: OSError) -> str:
    """What the system says, in words ("no space left on device")."""
    words = error.strerror or str(error)
    return words[:1].lower() + words[1:]
