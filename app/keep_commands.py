"""`variorum verify`, `repair`, `backup`, `copy-database`: arguments in, one call, words out."""

from typing import Annotated

import typer
from rich.console import Console

from app.keeping import told
from app.keeping.findings import Verified
from app.keeping.repair import repair as run_repair
from app.keeping.verify import LISTED
from app.keeping.verify import verify as run_verify
from app.store.migrate import opened

Database = Annotated[
    str | None,
    typer.Option(help="Address or SQLite file of the store.", envvar="VARIORUM_DATABASE_URL", show_default=False),
]
Limit = Annotated[int, typer.Option(help="Findings of each check that are listed.", min=0)]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON line a finding.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    for command in (verify, repair):
        app.command()(command)


def verify(limit: Limit = LISTED, as_json: AsJson = False, database: Database = None) -> None:
    """Say whether every quotation is in its text, every count equals its query and every id leads somewhere.

    Changes nothing. Exit code 0: all well; 1: findings, listed; 2: usage.
    """
    with opened(database) as engine, told.Following(Console(stderr=True)) as following:
        found = run_verify(engine, following, limit)
    _tell(found, as_json)
    raise typer.Exit(1 if found.total else 0)


def repair(limit: Limit = LISTED, database: Database = None) -> None:
    """Derive again what `verify` finds wrong and can be derived, in one transaction, and name the rest.

    Exit code 0: all is well now; 1: something is left that can't be derived; 2: usage.
    """
    with opened(database) as engine, told.Following(Console(stderr=True)) as following:
        done = run_repair(engine, following, limit)
    for name, count in done.mended().items():
        typer.echo(f"{name}: {count:,} mended")
    _tell(done.after, as_json=False)
    raise typer.Exit(1 if done.after.total else 0)


def _tell(found: Verified, as_json: bool) -> None:
    for finding in found.findings:
        typer.echo(told.as_json(finding) if as_json else told.as_text(finding))
    if not as_json:
        for line in (*told.unlisted(found), told.summary(found)):
            typer.echo(line)
