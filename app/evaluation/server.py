"""A server of ours under measurement: started as a command, asked until it answers, and weighed."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from sqlalchemy import func, select

from app.errors import UsageError
from app.store.engine import connect, name
from app.store.migrate import migrate, refuse_missing
from app.store.tables import QuoteRow, SpeakerRow
from app.web.addresses import quote_address

RUN = (sys.executable, "-c", "from app.cli import main; main()")  # the command `variorum`
_PATIENCE = 120  # seconds until a server must answer
_PAUSE = 0.01  # seconds between two attempts
_PARAMETERS = 500  # of one query


@contextmanager
def running(command: Sequence[str], log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that writes to `log`, for as long as the block runs."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env={**os.environ, **environment})
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return once a page was read; raise UsageError where that takes too long or the server ends."""
    ends = monotonic() + _PATIENCE
    while monotonic() < ends and server.poll() is None:
        try:
            with urlopen(address, timeout=10) as answer:
                answer.read()
                return
        except (URLError, OSError):
            sleep(_PAUSE)
    raise UsageError(f"Nothing answers at {address}.", "Start the server by itself to see why.")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def sample_quotes(database: str, most: int) -> tuple[list[int], list[str]]:
    """Internal ids and addresses of up to `most` quotes at random places, the same ones every time.

    Brings the database, an address or a file, to the schema of this version. Raises UsageError where it holds no
    quotes, DatabaseError where there is none.
    """
    engine = connect(database)
    refuse_missing(engine)
    migrate(engine)
    with engine.connect() as connection:
        last = connection.scalar(select(func.max(QuoteRow.id))) or 0
        picked = sorted(Random(1).sample(range(1, last + 1), min(last, most)))
        rows: list[Any] = []
        for at in range(0, len(picked), _PARAMETERS):
            some = QuoteRow.id.in_(picked[at : at + _PARAMETERS])
            rows += connection.execute(select(QuoteRow.id, QuoteRow.public_id, QuoteRow.text).where(some)).all()
    engine.dispose()
    Random(2).shuffle(rows)
    if not rows:
        raise UsageError(f"{name(engine)} holds no quotes.", "`variorum bench pages --database FILE` fills one.")
    return [row.id for row in rows], [quote_address(row.public_id, row.text) for row in rows]


def sample_speakers(database: str) -> list[tuple[int, str]]:
    """Both ids of every speaker, in an order by chance, the same every time."""
    engine = connect(database)
    with engine.connect() as connection:
        found = [(key, name) for key, name in connection.execute(select(SpeakerRow.id, SpeakerRow.public_id))]
    engine.dispose()
    Random(3).shuffle(found)
    return found


def megabytes(process: int) -> float:
    """Memory of a process and all below it, without files; what several of them share counts once.

    Linux only; 0 elsewhere.
    """
    return round(sum(map(_kibibytes, family(process))) / 1024, 1)


def processor_seconds(process: int) -> float:
    """What a process and all below it have worked until now (Linux; 0 elsewhere)."""
    return sum(map(_ticks, family(process))) / os.sysconf("SC_CLK_TCK")


def family(process: int) -> Iterator[int]:
    """A process and all below it (Linux; itself elsewhere)."""
    yield process
    listed = Path(f"/proc/{process}/task/{process}/children")
    for child in listed.read_text().split() if listed.exists() else ():
        yield from family(int(child))


def _kibibytes(process: int) -> int:
    path = Path(f"/proc/{process}/smaps_rollup")
    lines = path.read_text().splitlines() if path.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss_Anon:"))


def _ticks(process: int) -> int:
    path = Path(f"/proc/{process}/stat")
    fields = path.read_text().rpartition(")")[2].split() if path.exists() else []
    return sum(map(int, fields[11:15]))  # in user and kernel mode, its own and that of children that ended
