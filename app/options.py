"""What several commands are given, and the lock that those hold which write much."""

import os
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy import Engine

Database = Annotated[
    str | None,
    typer.Option(help="Address or SQLite file of the store.", envvar="VARIORUM_DATABASE_URL", show_default=False),
]
Wait = Annotated[
    float | None,
    typer.Option(
        min=0,
        help="Seconds to wait for another command that writes.",
        show_default="the setting VARIORUM_BUSY_SECONDS",
    ),
]
_BEHIND = 10  # steps of priority: where a server keeps all processors busy, about a tenth of one is left to a run


def lock(engine: "Engine", command: str, wait: float | None) -> AbstractContextManager[None]:
    """The database's lock, for a command that writes much; from here on the pages of a server come first."""
    from app.settings import settings
    from app.store.lock import held

    if hasattr(os, "nice"):
        os.nice(_BEHIND)
    seconds = settings().busy_seconds if wait is None else wait
    return held(engine, command, seconds, lambda other: typer.echo(f"Waiting for {other}.", err=True))
