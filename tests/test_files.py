"""files: whole files or nothing, whatever goes wrong in between."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from medloc import files
from medloc.errors import ConflictError, MedlocError


def test_replace_writes_new_file_and_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.txt"
    assert files.replace(path, b"new")
    assert path.read_bytes() == b"new"
    assert files.leftovers(tmp_path) == []


def test_replace_with_the_same_bytes_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    files.replace(path, b"same")
    os.utime(path, ns=(1, 1))
    before = path.stat()
    assert files.replace(path, b"same") is False
    after = path.stat()
    assert (after.st_mtime_ns, after.st_ino) == (1, before.st_ino)


def test_new_file_gets_the_permissions_of_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    old = os.umask(0o022)
    try:
        files.replace(path, b"page")
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_mode_of_an_existing_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    files.replace(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_symbolic_link_is_refused_and_its_target_untouched(tmp_path: Path) -> None:
    target = tmp_path / "outside.txt"
    target.write_bytes(b"theirs")
    link = tmp_path / "link.po"
    link.symlink_to(target)
    with pytest.raises(MedlocError, match="symbolic link"):
        files.replace(link, b"ours", name="locales/link.po")
    assert target.read_bytes() == b"theirs"
    assert link.is_symlink()


def test_folder_that_leads_out_of_the_root_is_refused(tmp_path: Path) -> None:
    root, outside = tmp_path / "project", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "es").symlink_to(outside)
    for path in (root / "es" / "a.po", root / ".." / "outside" / "a.po"):
        with pytest.raises(MedlocError, match="leads out of"):
            files.replace(path, b"ours", root=root)
    assert list(outside.iterdir()) == []
    assert files.replace(root / "fr" / "a.po", b"ours", root=root)


def test_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.po").mkdir()
    with pytest.raises(MedlocError, match="no regular file"):
        files.replace(tmp_path / "a.po", b"x", name="a.po")


def test_full_disk_keeps_the_old_file_and_names_it(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(b"old words")
    code = """
        import resource, sys
        from pathlib import Path
        from medloc import files
        from medloc.errors import MedlocError
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        try:
            files.replace(Path(sys.argv[1]), b"x" * 100_000, name="locales/es/a.po")
        except MedlocError as error:
            print(error)
    """
    run = _python(code, path)
    assert run.stdout.startswith("locales/es/a.po: the file cannot be written: file too large.")
    assert "The old file is as it was." in run.stdout
    assert path.read_bytes() == b"old words"
    assert files.leftovers(tmp_path) == []


def test_failed_rename_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(MedlocError, match="input/output error"):
        files.replace(tmp_path / "a.po", b"x")
    assert list(tmp_path.iterdir()) == []


def test_disk_that_gives_back_other_bytes_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "read_bytes", lambda _: b"rotten")
    with pytest.raises(MedlocError, match="other bytes"):
        files.replace(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert files.leftovers(tmp_path) == []


def test_interrupt_while_writing_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        files.replace(tmp_path / "a.po", b"x")
    assert list(tmp_path.iterdir()) == []


def test_file_and_folder_are_synced_unless_told_not_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bool] = []
    monkeypatch.setattr(
        os, "fsync", lambda number: synced.append(stat.S_ISDIR(os.fstat(number).st_mode))
    )
    files.replace(tmp_path / "a.po", b"x")
    assert synced == [False, True]
    files.replace(tmp_path / "b.po", b"x", durable=False)
    assert synced == [False, True]


def test_read_refuses_what_is_missing_too_large_or_no_file(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 11)
    os.mkfifo(tmp_path / "pipe")
    for name, words in (("gone", "cannot be read"), ("large", "11 bytes"), ("pipe", "no regular")):
        with pytest.raises(MedlocError, match=words) as caught:
            files.read(tmp_path / name, name=name, limit=10)
        assert str(caught.value).startswith(f"{name}: ")


def test_save_swaps_only_what_it_expects(tmp_path: Path) -> None:
    path, locks = tmp_path / "people.yaml", tmp_path / "locks"
    assert files.save(path, None, b"one", locks=locks)
    assert files.save(path, b"one", b"two", locks=locks)
    for expected in (None, b"one"):
        with pytest.raises(ConflictError, match="changed by somebody else"):
            files.save(path, expected, b"three", locks=locks, name="people.yaml")
    assert path.read_bytes() == b"two"


def test_lock_keeps_others_out_until_it_is_let_go(tmp_path: Path) -> None:
    path, locks, order = tmp_path / "a.po", tmp_path / "locks", []

    def second() -> None:
        with files.lock(path, folder=locks):
            order.append("second")

    with files.lock(path, folder=locks):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    assert not list(tmp_path.glob("*.lock"))


def test_lock_held_too_long_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    path, locks = tmp_path / "a.po", tmp_path / "locks"
    with (
        files.lock(path, folder=locks),
        pytest.raises(MedlocError, match=r"^es/a\.po: another medloc"),
        files.lock(path, folder=locks, name="es/a.po", timeout=0.1),
    ):
        pass


def test_two_names_of_one_file_share_a_lock(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "alias").symlink_to(tmp_path / "real")
    locks = tmp_path / "locks"
    with (
        files.lock(tmp_path / "real" / "a.po", folder=locks),
        pytest.raises(MedlocError, match="another medloc"),
        files.lock(tmp_path / "alias" / "a.po", folder=locks, timeout=0.1),
    ):
        pass


def test_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    path, locks = tmp_path / "a.po", tmp_path / "locks"
    code = """
        import sys, time
        from pathlib import Path
        from medloc import files
        with files.lock(Path(sys.argv[1]), folder=Path(sys.argv[2])):
            print("held", flush=True)
            time.sleep(60)
    """
    with _start(code, path, locks) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        holder.send_signal(signal.SIGKILL)
    with files.lock(path, folder=locks, timeout=5):
        pass


def test_killed_while_replacing_leaves_the_old_or_the_new_file(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    code = """
        import sys
        from pathlib import Path
        from medloc import files
        path, number = Path(sys.argv[1]), 0
        print("ready", flush=True)
        while True:
            files.replace(path, b"%d\\n" % (number % 10) * 200_000)
            number += 1
    """
    for kill in range(20):
        with _start(code, path) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.003 * kill)
            writer.send_signal(signal.SIGKILL)
        if path.exists():
            data = path.read_bytes()
            assert len(data) == 400_000
            assert data == data[:2] * 200_000
    assert path.exists()
    for file in files.leftovers(tmp_path):
        file.unlink()
    assert [item.name for item in tmp_path.iterdir()] == ["a.po"]


def _start(code: str, *arguments: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _python(code: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
