"""`variorum verify`, `repair`, `backup`, `copy-database`: arguments in, one call, words out.

Each command loads what it needs when it runs, so that no other waits for it.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.keeping import LISTED
from app.options import Database, Wait, lock

if TYPE_CHECKING:
    from app.keeping.findings import Verified

Limit = Annotated[int, typer.Option(help="Findings of each check that are listed.", min=0)]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON line a finding.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    for command in (verify, repair, backup, copy_database):
        app.command()(command)


def verify(limit: Limit = LISTED, as_json: AsJson = False, database: Database = None) -> None:
    """Say whether every quotation is in its text, every count equals its query and every id leads somewhere.

    Changes nothing. Exit code 0: all well; 1: findings, listed; 2: usage.
    """
    from rich.console import Console

    from app.keeping.told import Following
    from app.keeping.verify import verify as run_verify
    from app.store.migrate import opened

    with opened(database, unchanged=True) as engine, Following(Console(stderr=True)) as following:
        found = run_verify(engine, following, limit)
    _tell(found, as_json)
    raise typer.Exit(1 if found.total else 0)


def repair(limit: Limit = LISTED, wait: Wait = None, database: Database = None) -> None:
    """Derive again what `verify` finds wrong and can be derived, in one transaction, and name the rest.

    Exit code 0: all is well now; 1: something is left that can't be derived; 2: usage.
    """
    from rich.console import Console

    from app.keeping.repair import repair as run_repair
    from app.keeping.told import Following
    from app.store.migrate import opened

    with opened(database) as engine, lock(engine, "repair", wait), Following(Console(stderr=True)) as following:
        done = run_repair(engine, following, limit)
    for name, count in done.mended().items():
        typer.echo(f"{name}: {count:,} mended")
    _tell(done.after, as_json=False)
    raise typer.Exit(1 if done.after.total else 0)


def backup(
    file: Annotated[Path, typer.Argument(help="File to write.")],
    force: Annotated[bool, typer.Option(help="Write over a file that is there.")] = False,
    database: Database = None,
) -> None:
    """Write a checked copy of a SQLite database as of one moment, while others go on reading and writing it."""
    from app.keeping.backup import backup as run_backup
    from app.store.engine import connect

    engine = connect(database)
    try:
        size = run_backup(engine, file, force)
    finally:
        engine.dispose()
    typer.echo(f"{file}: {size:,} bytes")


def copy_database(
    source: Annotated[str, typer.Argument(metavar="FROM", help="Address or SQLite file of the original.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Address or SQLite file of the copy, empty or begun.")],
) -> None:
    """Copy everything to another database, from SQLite to PostgreSQL, back, or like to like.

    A copy that was interrupted goes on where it stopped when the same command is given again.
    """
    from rich.console import Console

    from app.keeping.copying import copy_database as run_copy
    from app.keeping.told import Following
    from app.store.engine import connect

    one, other = connect(source), connect(target)
    try:
        with Following(Console(stderr=True)) as following:
            counts = run_copy(one, other, following)
    finally:
        one.dispose()
        other.dispose()
    typer.echo(f"{sum(counts.values()):,} rows in {len(counts)} tables")


def _tell(found: "Verified", as_json: bool) -> None:
    from app.keeping import told

    for line in told.as_json(found) if as_json else told.as_text(found):
        typer.echo(line)
