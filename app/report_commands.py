"""`variorum reports …`: what readers reported, and what became of it.

Each command loads what it needs when it runs, so that no other waits for it.
"""

from typing import Annotated

import typer

from app.options import Database
from app.records import DecisionKind

reports = typer.Typer(help="List what readers reported as wrong, and settle it.", invoke_without_command=True)

Given = Annotated[str, typer.Argument(metavar="ID", help="Id of the report.")]


@reports.callback()
def list_reports(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Those that are settled too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line a report.")] = False,
    database: Database = None,
) -> None:
    """List open reports, the oldest first."""
    if context.invoked_subcommand is not None:
        return
    from app.reported import listed
    from app.store.engine import database_errors
    from app.store.migrate import opened

    with opened(database) as engine, database_errors(engine):
        none = True
        for shown in listed(engine, everything, as_json):
            none = False
            typer.echo(shown)
        if none and not as_json:
            typer.echo("No reports." if everything else "No open reports.")


@reports.command()
def decide(
    report: Given,
    kind: Annotated[DecisionKind, typer.Argument(help="speaker, same or different, as in `variorum decide`.")],
    other: Annotated[str, typer.Argument(help="The speaker's name, or the id of what is the same or different.")],
    one: Annotated[
        str | None, typer.Option(help="Id of the variant, quotation or sentence meant, where it is not all.")
    ] = None,
    author: Annotated[str, typer.Option(help="Who decides.", envvar="USER", show_default="this user")] = "unknown",
    database: Database = None,
) -> None:
    """Turn a report into a decision about its quote or quotation, which takes effect at once."""
    from app.reported import decide_report
    from app.rulings import told
    from app.store.migrate import opened

    with opened(database) as engine:
        typer.echo(told(decide_report(engine, report, kind, other, author, one)))


@reports.command()
def dismiss(report: Given, database: Database = None) -> None:
    """Close a report without a decision."""
    from app.reported import dismiss_report
    from app.store.migrate import opened

    with opened(database) as engine:
        dismiss_report(engine, report)
        typer.echo(f"{report} is dismissed.")
