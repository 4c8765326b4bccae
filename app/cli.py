"""The `variorum` command: arguments in, one call, words out.

Each command loads what it needs when it runs, so that no other waits for it.
"""

import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app import keep_commands
from app.errors import UsageError, VariorumError
from app.evaluation.commands import bench, evaluate
from app.options import Database, Wait, lock
from app.records import DecisionKind
from app.report_commands import reports
from app.store.offered import AGGREGATES

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.documents import Limits

app = typer.Typer(
    help="Variorum: who said that, in which words, and who changed them on the way.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(evaluate, name="evaluate")
app.add_typer(bench, name="bench")
decide = typer.Typer(help="Put on record what people decided; every later run respects it.", no_args_is_help=True)
app.add_typer(decide, name="decide")
app.add_typer(reports, name="reports")
keep_commands.register(app)

Author = Annotated[str, typer.Option(help="Who decides.", envvar="USER", show_default="the user of this machine")]
Target = Annotated[str, typer.Argument(help="Id of a quote, a variant, a quotation or one of its sentences.")]
File = Annotated[str, typer.Argument(help="File to read; - is standard input.")]


def main() -> None:
    """Entry point: expected errors in one line on standard error, with exit code 1 (2 for usage)."""
    try:
        app()
    except VariorumError as error:
        from rich.console import Console

        from app.terminal import inert

        Console(stderr=True).print(f"Error: {inert(str(error))}", style="red", markup=False, soft_wrap=True)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)


@app.command()
def ingest(
    inputs: Annotated[list[str], typer.Argument(help="Files, folders, globs, addresses, or - for standard input.")],
    workers: Annotated[
        int | None,
        typer.Option(min=0, help="Processes that find quotations; 0: this one.", show_default="one for each processor"),
    ] = None,
    wait: Wait = None,
    database: Database = None,
) -> None:
    """Take in documents, find their quotations, and cluster them into quotes.

    The same command goes on with a run that was interrupted. Exit code 0: all well; 1: some inputs failed (listed with
    reasons); 2: usage.
    """
    from rich.console import Console
    from sqlalchemy.orm import Session

    from app.documents import expand, without_login
    from app.ingest import Plan
    from app.ingest import ingest as run_ingest
    from app.recluster import cluster_new
    from app.reporting import Reporter, print_summary
    from app.settings import settings
    from app.store import runs

    console = Console()
    found = expand(inputs)
    plan = Plan(workers, settings().document_seconds, tuple(map(without_login, inputs)))
    with _store(database, new=True) as engine, lock(engine, "ingest", wait):
        with Reporter(len(found), console) as reporter:
            summary = run_ingest(engine, found, _limits(), reporter.result, reporter.input_done, plan, cluster_new)
        with Session(engine) as session:
            quotes = runs.totals(session)["quotes"]
    print_summary(console, summary, quotes)
    raise typer.Exit(1 if summary.outcomes["failed"] else 0)


def _store(database: str | None, new: bool = False) -> AbstractContextManager["Engine"]:
    from app.store.migrate import opened

    return opened(database, new)


def _limits() -> "Limits":
    from app.documents import Limits
    from app.settings import settings

    chosen = settings()
    return Limits(chosen.max_document_bytes, chosen.max_record_bytes, chosen.fetch_seconds, chosen.fetch_private)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer requests.")] = 1,
    database: Database = None,
) -> None:
    """Serve the explorer."""
    from app.serving import serve as run_server
    from app.store.engine import database_address

    if database:  # before any setting is read: the application takes it from there, workers too
        os.environ["VARIORUM_DATABASE_URL"] = database_address(database)
    with _store(database, new=True):
        pass
    run_server(host, port, workers)


@app.command()
def extract(file: File = "-") -> None:
    """Print the quotations of one input of any kind `ingest` reads, one JSON line a passage, without a database."""
    from app import pipes
    from app.settings import settings

    complete = pipes.extract(file, _limits(), settings().document_seconds, sys.stdout, sys.stderr)
    raise typer.Exit(0 if complete else 1)


@app.command()
def cluster(file: File = "-") -> None:
    """Cluster JSONL lines {"id", "text"} (optional doc, speaker, start, end) into {"id", "quote"}."""
    from app import pipes

    raise typer.Exit(0 if pipes.cluster(file, sys.stdout, sys.stderr) else 1)


@app.command()
def recluster(wait: Wait = None, database: Database = None) -> None:
    """Cluster the whole corpus again; ids are kept."""
    from app.recluster import recluster as run_recluster

    with _store(database) as engine, lock(engine, "recluster", wait):
        made = run_recluster(engine)
    typer.echo(f"{made.quotes:,} quotes in {made.variants:,} variants")


@app.command()
def export(
    aggregate: Annotated[str, typer.Argument(help=", ".join(AGGREGATES))],
    form: Annotated[str, typer.Option("--format", help="jsonl, csv or parquet")] = "jsonl",
    output: Annotated[Path | None, typer.Option(help="File to write; standard output without it.")] = None,
    database: Database = None,
) -> None:
    """Stream out all quotations, quotes, variants, documents, speakers or decisions."""
    from sqlalchemy.orm import Session

    from app.store.columns import COLUMNS
    from app.store.engine import database_errors
    from app.store.export import export_rows
    from app.store.write_rows import opened_output, write_rows

    with _store(database) as engine, database_errors(engine), Session(engine) as session:
        rows = export_rows(session, aggregate)
        with opened_output(output, sys.stdout.buffer) as out:
            write_rows(rows, form, out, COLUMNS[aggregate])


@decide.command()
def same(one: Target, other: Target, author: Author = "unknown", database: Database = None) -> None:
    """Decide that two ids are one utterance."""
    _rule(database, "same", one, other, author)


@decide.command()
def different(one: Target, other: Target, author: Author = "unknown", database: Database = None) -> None:
    """Decide that two ids are not one utterance."""
    _rule(database, "different", one, other, author)


@decide.command()
def speaker(
    one: Target,
    name: Annotated[str, typer.Argument(help="Who said it.")],
    author: Author = "unknown",
    database: Database = None,
) -> None:
    """Decide who the speaker of a quotation, a variant or a whole quote is."""
    _rule(database, "speaker", one, name, author)


def _rule(database: str | None, kind: DecisionKind, one: str, other: str, author: str) -> None:
    from app.rulings import rule, told

    with _store(database) as engine:
        typer.echo(told(rule(engine, kind, one, other, author)))


@decide.command("list")
def list_decisions(database: Database = None) -> None:
    """List all decisions in order of time; of two that contradict each other the later one holds."""
    from sqlalchemy.orm import Session

    from app.rulings import told
    from app.store.decisions import read_decisions

    with _store(database) as engine, Session(engine) as session:
        for decision in read_decisions(session):
            typer.echo(told(decision))


@decide.command("import")
def import_file(file: File = "-", database: Database = None) -> None:
    """Put decisions on record that `export decisions` wrote; those on record already are left out."""
    from app.rulings import import_decisions

    with _store(database) as engine:
        typer.echo(f"{import_decisions(engine, file):,} new decisions")


@app.command()
def check(
    quote: Annotated[str, typer.Argument(help="A sentence, or a passage with quotations.")],
    speaker: Annotated[str, typer.Option(help="Who is said to have said it.")] = "",
    database: Database = None,
) -> None:
    """Say whether words are here: exact, shortened, altered, said by somebody else, or not in this corpus (or that they
    are too short to tell)."""
    from rich.console import Console

    from app.check import check as run_check
    from app.reporting import print_answers
    from app.store.engine import database_errors

    with _store(database) as engine, database_errors(engine), engine.connect() as connection:
        print_answers(Console(), *run_check(connection, quote, speaker))


@app.command()
def status(database: Database = None) -> None:
    """Show counts, the last runs with their failures, and the versions of schema and models."""
    from rich.console import Console
    from sqlalchemy.orm import Session

    from app.reporting import print_status
    from app.store import runs
    from app.store.migrate import schema_version

    with _store(database) as engine, Session(engine) as session:
        latest = [runs.last_run(session, command) for command in ("ingest", "recluster")]
        print_status(Console(), runs.totals(session), latest, schema_version())
