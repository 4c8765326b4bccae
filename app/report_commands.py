"""`variorum reports …`: what readers reported, and what became of it."""

import json
from collections.abc import Iterator
from textwrap import shorten
from typing import Annotated

import typer
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.rulings import rule_in, told
from app.store.decisions import Decision, Kind, find_target
from app.store.engine import database_errors, writing
from app.store.migrate import opened
from app.store.reports import Report, open_report, read_reports, settle
from app.terminal import inert

_SHOWN = 80  # characters of a wording

reports = typer.Typer(help="List what readers reported as wrong, and settle it.", invoke_without_command=True)

Database = Annotated[
    str | None,
    typer.Option(help="Address or SQLite file of the store.", envvar="VARIORUM_DATABASE_URL", show_default=False),
]
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
    with opened(database) as engine, database_errors(engine), Session(engine) as session:
        none = True
        for report in read_reports(session, everything):
            none = False
            typer.echo(_as_json(report) if as_json else "\n".join(map(inert, _lines(session, report))))
        if none and not as_json:
            typer.echo("No reports." if everything else "No open reports.")


@reports.command()
def decide(
    report: Given,
    kind: Annotated[Kind, typer.Argument(help="speaker, same or different, as in `variorum decide`.")],
    other: Annotated[str, typer.Argument(help="The speaker's name, or the id of what is the same or different.")],
    one: Annotated[
        str | None, typer.Option(help="Id of the variant, quotation or sentence meant, where it is not all.")
    ] = None,
    author: Annotated[str, typer.Option(help="Who decides.", envvar="USER", show_default="this user")] = "unknown",
    database: Database = None,
) -> None:
    """Turn a report into a decision about its quote or quotation, which takes effect at once."""
    with opened(database) as engine:
        typer.echo(told(decide_report(engine, report, kind, other, author, one)))


@reports.command()
def dismiss(report: Given, database: Database = None) -> None:
    """Close a report without a decision."""
    with opened(database) as engine:
        with writing(engine) as session:
            settle(session, open_report(session, report), "dismissed")
        typer.echo(f"{report} is dismissed.")


def decide_report(engine: Engine, given: str, kind: Kind, other: str, author: str, one: str | None = None) -> Decision:
    """Decide on what a report is about (or on the part of it with the id `one`), and close it, all or nothing.

    Raises UsageError for a report or id that is not there, DatabaseError.
    """
    with writing(engine) as session:
        report = open_report(session, given)
        decision = rule_in(session, kind, one or report.target, other, author)
        settle(session, report, "decided", decision.public_id)
    return decision


def _lines(session: Session, report: Report) -> Iterator[str]:
    state = "" if report.state == "open" else f", {report.state}"
    yield f"{report.id}  {report.created_at:%Y-%m-%d %H:%M} UTC  {report.reason}{state}"
    target = find_target(session, report.target)
    words = f"“{shorten(' '.join(target.text.split()), _SHOWN, placeholder=' …')}”" if target else "not here any more"
    yield f"  {report.target_kind} {report.target} {words}"
    yield f"  /{'quotes' if report.target_kind == 'quote' else 'q'}/{report.target}"
    yield from (f"  > {line}" for line in report.text.splitlines())


def _as_json(report: Report) -> str:
    values = {name: getattr(report, name) for name in Report.__slots__}
    return json.dumps(values | {"created_at": f"{report.created_at.isoformat()}Z"}, ensure_ascii=False)
