"""Running the `variorum` command as a process: forked, so that nothing has to be imported again."""

import codecs
import os
import sys
import traceback
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import BinaryIO

from app.cli import main
from app.documents import Limits, expand, read
from app.ingest import versions
from app.settings import settings

NOBODY = 65534
# What commands load when they run: a fork without rights could not read these either.
_LATE = [
    "alembic.command",
    "scipy.sparse",
    *(f"app.{name}" for name in ("check", "pipes", "recluster", "reported", "reporting", "rulings", "serving")),
    *(f"app.keeping.{name}" for name in ("backup", "copying", "repair", "told", "verify")),
    "app.store.parquet",
]


@dataclass(frozen=True)
class Done:
    """A finished command."""

    code: int
    out: str
    err: str


def variorum(*arguments: str, stdin: str = "", unprivileged: bool = False, **environment: str) -> Done:
    """Run `variorum` with these arguments; `unprivileged` gives up root's rights to files first."""
    _warm_up()
    with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
        given.write(stdin.encode())
        given.seek(0)
        child = os.fork()
        if child == 0:
            _become(arguments, (given, out, err), environment, unprivileged)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return Done(code, _text(out), _text(err))


@cache
def _warm_up() -> None:
    """Load what is loaded at first use, once for all forks: the language model takes a second."""
    with NamedTemporaryFile(suffix=".txt") as page:
        page.write(b"The pier is closed to all boats, and nobody knows when it will open for them again.\n" * 3)
        page.flush()
        list(read(expand([page.name])[0], Limits()))
    versions()
    codecs.lookup("utf-32-le")  # clustering wants it, and a fork without rights could not read its module
    for name in _LATE:
        import_module(name)


def _become(
    arguments: tuple[str, ...], streams: tuple[BinaryIO, ...], environment: dict[str, str], unprivileged: bool
) -> None:
    """Turn this forked process into the command; never returns."""
    code = 70
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream.fileno(), number)
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(n, "rw"[n > 0], encoding="utf-8") for n in range(3))
        os.environ.update(environment, COLUMNS="200")
        settings.cache_clear()
        sys.argv = ["variorum", *arguments]
        if unprivileged:
            os.seteuid(NOBODY)
        main()
        code = 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _text(stream: BinaryIO) -> str:
    stream.seek(0)
    return stream.read().decode()
