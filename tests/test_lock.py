"""Two ingests at once: the second waits, or says who holds the lock."""

import errno
import fcntl
import json
import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.synchronize import Event as Signal
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine

from app.errors import DatabaseError
from app.store.engine import connect
from app.store.lock import held
from tests.command import variorum
from tests.databases import address


def nobody(_: str) -> None:
    """Nobody has to be waited for."""
    raise AssertionError


def hold(database: str, seconds: float, taken: Signal) -> None:
    """Take the lock and keep it; runs in a process of its own."""
    with held(connect(database), "recluster", 0, nobody):
        taken.set()
        signal.pause() if seconds < 0 else signal.sigtimedwait([signal.SIGUSR1], seconds)


@pytest.fixture
def holder(engine: Engine) -> Callable[[float], int]:
    """Start a process that holds the lock of `engine`; its id."""

    def start(seconds: float) -> int:
        taken = get_context("fork").Event()
        process = get_context("fork").Process(target=hold, args=(address(engine), seconds, taken), daemon=True)
        process.start()
        assert taken.wait(60)
        assert process.pid
        return process.pid

    return start


def test_who_holds_the_lock_is_told(engine: Engine, holder: Callable[[float], int]) -> None:
    pid = holder(-1)
    waited: list[str] = []
    with pytest.raises(DatabaseError) as caught, held(engine, "ingest", 0.3, waited.append):
        pass
    assert f"`variorum recluster` (process {pid} on " in caught.value.message
    assert ", since 2" in caught.value.message
    assert len(waited) == 1
    os.kill(pid, signal.SIGKILL)


def test_the_second_goes_on_when_the_first_has_finished(engine: Engine, holder: Callable[[float], int]) -> None:
    holder(1.0)
    waited: list[str] = []
    with held(engine, "ingest", 60, waited.append):
        assert waited


def test_the_lock_ends_with_a_killed_process(engine: Engine, holder: Callable[[float], int]) -> None:
    pid = holder(-1)
    os.kill(pid, signal.SIGKILL)
    with held(engine, "ingest", 60, lambda _: None):
        pass


@pytest.mark.once
def test_a_lock_is_free_after_its_block(engine: Engine) -> None:
    note = Path(f"{engine.url.database}.lock")
    for _ in range(2):
        with held(engine, "ingest", 0, nobody):
            assert json.loads(note.read_bytes())["pid"] == os.getpid()
    assert note.read_bytes() == b""


@pytest.mark.once
def test_a_full_disk_keeps_nobody_from_the_lock(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    for _ in range(2):
        with held(engine, "ingest", 0, nobody), pytest.raises(DatabaseError), held(engine, "recluster", 0, print):
            pass


@pytest.mark.once
def test_a_disk_that_knows_no_locks_is_told(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def unlocked(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", unlocked)
    with pytest.raises(DatabaseError) as caught, held(engine, "ingest", 0, nobody):
        pass
    assert "takes no lock (No locks available)" in caught.value.message
    assert caught.value.hint


def test_a_database_in_memory_needs_no_lock() -> None:
    with held(connect("sqlite://"), "ingest", 0, nobody):
        pass


@pytest.mark.parametrize("command", ["ingest", "recluster"])
def test_the_commands_say_who_holds_the_lock(command: str, engine: Engine, reports: Path) -> None:
    with held(engine, "ingest", 0, nobody):
        given = [str(reports)] if command == "ingest" else []
        done = variorum(command, *given, "--wait", "0", "--database", address(engine))
    assert done.code == 1
    assert "Traceback" not in done.err
    assert f"is being written by `variorum ingest` (process {os.getpid()} on" in done.err


def test_reading_and_deciding_go_on_meanwhile(engine: Engine, reports: Path) -> None:
    database = ("--database", address(engine))
    assert variorum("ingest", str(reports), *database).code == 0
    with held(engine, "ingest", 0, nobody):
        assert variorum("status", *database).code == 0
        quote = json.loads(variorum("export", "quotes", *database).out.splitlines()[0])["id"]
        assert variorum("decide", "speaker", quote, "Ann Ashby", *database).code == 0


def test_two_that_begin_with_a_new_database_both_succeed(reports: Path, tmp_path: Path) -> None:
    database = ("--database", str(tmp_path / "new.db"))
    codes: list[int] = []
    start = Event()

    def ingest() -> None:
        start.wait()
        codes.append(variorum("ingest", str(reports), "--wait", "100", *database).code)

    threads = [Thread(target=ingest) for _ in range(2)]
    for thread in threads:
        thread.start()
    start.set()
    for thread in threads:
        thread.join()
    assert codes == [0, 0]
    documents = variorum("export", "documents", *database).out.splitlines()
    assert len(documents) == 3
