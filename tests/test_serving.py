"""The server as a process: several workers, what it logs, and how it stops."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep

import httpx2
import pytest

from app.serving import address
from app.store.engine import connect
from app.store.migrate import migrate
from tests.web.corpus import write

PATIENCE = 120  # seconds
FORM = b"kind=quote&id=goodvibes001&reason=other&text=on+the+way"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "served.db"
    engine = connect(str(path))
    migrate(engine)
    write(engine)
    engine.dispose()
    return path


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "http://127.0.0.1:8000"), ("::1", "http://[::1]:8000"), ("localhost", "http://localhost:8000")],
)
def test_the_address_that_is_told_can_be_opened(host: str, shown: str) -> None:
    assert address(host, 8000) == shown


def test_an_answer_that_was_begun_is_finished_before_the_server_stops(database: Path, tmp_path: Path) -> None:
    with serving(database, tmp_path / "log") as (port, server):
        with socket.create_connection(("127.0.0.1", port)) as reader:
            reader.sendall(
                b"POST /reports HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                b"Content-Length: %d\r\n\r\n%s" % (len(FORM), FORM[:10])
            )
            until(lambda: in_flight(port) == 2)  # that one, and the one that asks
            server.send_signal(signal.SIGTERM)
            until(lambda: refuses(port))
            assert server.poll() is None
            reader.sendall(FORM[10:])
            assert reader.recv(100).startswith(b"HTTP/1.1 303")
        assert server.wait(PATIENCE) in (0, -signal.SIGTERM)


def test_the_head_of_a_request_has_an_end(database: Path, tmp_path: Path) -> None:
    with serving(database, tmp_path / "log") as (port, _), socket.create_connection(("127.0.0.1", port)) as reader:
        reader.settimeout(PATIENCE)
        reader.sendall(b"GET / HTTP/1.1\r\nX: ".ljust(84_001, b"x"))
        assert reader.recv(100).startswith(b"HTTP/1.1 431 ")


def test_workers_share_their_figures_and_stop_together(database: Path, tmp_path: Path) -> None:
    with serving(database, tmp_path / "log", "--workers", "2") as (port, server):
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}") as first:
            assert first.get("/quotes").status_code == 200
        for _ in range(20):  # each over a connection of its own: by chance to one or the other
            text = httpx2.get(f"http://127.0.0.1:{port}/metrics").text
            assert 'variorum_requests_total{route="/quotes",status="200"} 1.0' in text
        server.send_signal(signal.SIGTERM)
        assert server.wait(PATIENCE) == 0
        assert refuses(port)


@pytest.mark.skipif(sys.platform != "linux", reason="workers are copies of their master on Linux alone")
def test_workers_are_copies_of_the_process_that_loaded_the_application(database: Path, tmp_path: Path) -> None:
    with serving(database, tmp_path / "log", "--workers", "2") as (_, server):
        own = workers(server.pid)
        assert len(own) == 2
        assert {command(worker) for worker in own} == {command(server.pid)}
        assert all(shared(worker) > private(worker) for worker in own)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers listen on one socket, and one may take most")
def test_readers_that_come_at_once_are_shared_out_among_workers(database: Path, tmp_path: Path) -> None:
    with serving(database, tmp_path / "log", "--workers", "2") as (port, server), ExitStack() as readers:
        own = workers(server.pid)
        until(lambda: listeners(port) == len(own))  # one that answers already may be the only one so far
        before = {worker: sockets(worker) for worker in own}
        for _ in range(100):
            readers.enter_context(socket.create_connection(("127.0.0.1", port)))
        until(lambda: sum(sockets(worker) - before[worker] for worker in own) >= 95)  # some of before may be closed
        assert min(sockets(worker) - before[worker] for worker in own) >= 20  # by chance: in one of 10^9 runs fewer


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing tells a worker of its master's end")
def test_workers_end_with_a_master_that_is_killed(database: Path, tmp_path: Path) -> None:
    with serving(database, tmp_path / "log", "--workers", "2") as (port, server):
        server.kill()
        until(lambda: refuses(port))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_worker_that_dies_is_replaced(database: Path, tmp_path: Path) -> None:
    with serving(database, tmp_path / "log", "--workers", "2") as (port, server):
        before = workers(server.pid)
        os.kill(before[0], signal.SIGKILL)
        until(lambda: len(workers(server.pid)) == 2 and before[0] not in workers(server.pid))
        os.kill(before[1], signal.SIGKILL)  # the other one too: whatever answers now began after the first
        until(lambda: not set(before) & set(workers(server.pid)) and not refuses(port))
        server.send_signal(signal.SIGTERM)
        assert server.wait(PATIENCE) == 0


def test_the_log_is_json_one_object_a_line(database: Path, tmp_path: Path) -> None:
    with serving(database, tmp_path / "log") as (port, server):
        httpx2.get(f"http://127.0.0.1:{port}/quotes?q=secret-words")
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE)
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines() if line.startswith("{")]
    assert [line["route"] for line in lines] == ["/quotes"]
    assert "secret" not in (tmp_path / "log").read_text()


@contextmanager
def serving(database: Path, log: Path, *options: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Port and process of `variorum serve`, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from app.cli import main; main()", "serve", "--database", str(database)]
    with log.open("wb") as out:
        server = subprocess.Popen([*command, "--port", str(port), *options], stdout=out, stderr=out)
    try:
        until(lambda: not refuses(port))
        yield port, server
    finally:
        server.kill()
        server.wait()


def workers(master: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


def sockets(process: int) -> int:
    held = (os.path.realpath(path) for path in Path(f"/proc/{process}/fd").iterdir())  # no error for one closed since
    return sum("/socket:" in one for one in held)


def listeners(port: int) -> int:
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    return sum(line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A" for line in lines)  # LISTEN


def command(process: int) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


def shared(process: int) -> int:
    return memory(process, "Shared_Dirty:", "Shared_Clean:")


def private(process: int) -> int:
    return memory(process, "Private_Dirty:", "Private_Clean:")


def memory(process: int, *kinds: str) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(kinds))


def until(true: Callable[[], bool]) -> None:
    ends = monotonic() + PATIENCE
    while not true():
        assert monotonic() < ends
        sleep(0.05)


def refuses(port: int) -> bool:
    try:
        return not httpx2.get(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE).is_success
    except httpx2.TransportError:
        return True


def in_flight(port: int) -> float:
    text = httpx2.get(f"http://127.0.0.1:{port}/metrics").text
    line = next(line for line in text.splitlines() if line.startswith("variorum_requests_in_flight "))
    return float(line.rpartition(" ")[2])


@pytest.mark.once
def test_an_ingest_lets_the_pages_of_a_server_go_first(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from app.cli import main; main()", "ingest", "-"]
    with subprocess.Popen([*command, "--database", str(tmp_path / "x.db")], stdin=subprocess.PIPE) as ingest:
        ours = os.getpriority(os.PRIO_PROCESS, 0)
        until(lambda: os.getpriority(os.PRIO_PROCESS, ingest.pid) > ours)
        ingest.kill()
