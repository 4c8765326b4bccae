"""`variorum evaluate …` and `variorum bench …`.

Each command loads what it needs when it runs, so that no other waits for it.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from sqlalchemy import Engine

evaluate = typer.Typer(help="Measure quality against gold labels.", no_args_is_help=True)
bench = typer.Typer(help="Measure speed.", no_args_is_help=True)


@evaluate.command()
def story(
    documents: Annotated[Path, typer.Argument(help="Folder with the documents of one story.")],
    gold: Annotated[Path, typer.Option(help="JSON file with the labels.")],
) -> None:
    """End to end on one story: ingest into a new database, cluster, score what `export quotations` gives."""
    from sqlalchemy.orm import Session

    from app.evaluation.story import read_story_gold, score_story
    from app.recluster import recluster
    from app.store.export import export_rows

    labels = read_story_gold(gold)
    with TemporaryDirectory() as folder:
        engine = _ingested(folder, documents)
        recluster(engine)
        with Session(engine) as session:
            figures = score_story(labels, export_rows(session, "quotations"))
        engine.dispose()
    typer.echo(json.dumps(figures))


@evaluate.command("check")
def evaluate_check_command(
    documents: Annotated[Path, typer.Argument(help="Folder with the documents of one story.")],
    gold: Annotated[Path, typer.Option(help="JSON file with the labels.")],
) -> None:
    """Ask for the quotations of each document where all the others are known, and score the answers."""
    from app.evaluation.checking import evaluate_check
    from app.evaluation.story import read_story_gold

    typer.echo(json.dumps(evaluate_check(documents, read_story_gold(gold)), indent=1))


@evaluate.command()
def extraction(
    gold: Annotated[Path, typer.Option(help="PolNeAR articles: JSON lines, plain or gzip.")],
) -> None:
    """Passages, kinds and speakers of news articles against an annotator's."""
    from app.evaluation.articles import predict, read_articles
    from app.evaluation.extraction import Tally

    tally = Tally()
    for article in read_articles(gold):
        tally.add(article, predict(article))
    typer.echo(json.dumps(tally.figures(), indent=1))


@evaluate.command("variants")
def evaluate_variants_command(
    gold: Annotated[Path, typer.Option(help="Known variants: JSON lines (text, verse), plain or gzip, or a story's.")],
) -> None:
    """Cluster quotations whose utterances are known, and score the quotes."""
    from app.evaluation.variants import evaluate_variants

    typer.echo(json.dumps(evaluate_variants(gold), indent=1))


@bench.command("variants")
def bench_variants_command(
    quotes: Annotated[int, typer.Option(min=1, help="How many quotations the invented corpus has.")] = 250_000,
) -> None:
    """Cluster an invented corpus and print seconds, memory and how well its utterances are found."""
    from app.evaluation.variants import bench_variants

    typer.echo(json.dumps(bench_variants(quotes), indent=1))


@bench.command("joining")
def bench_joining_command(
    quotes: Annotated[int, typer.Option(min=100, help="How many quotations the invented corpus has.")] = 250_000,
    articles: Annotated[int, typer.Option(min=1, help="How many new articles join it; medians are printed.")] = 15,
    folder: Annotated[Path | None, typer.Option(help="Where the database lies meanwhile; a temporary folder.")] = None,
) -> None:
    """Join new articles to an invented corpus in a database, one after the other, and print seconds and memory."""
    from app.evaluation.joining_speed import bench_joining

    typer.echo(json.dumps(bench_joining(quotes, articles, folder), indent=1))


@bench.command("recluster")
def bench_recluster_command(
    quotes: Annotated[int, typer.Option(min=100, help="How many quotations the invented corpus has.")] = 250_000,
    folder: Annotated[Path | None, typer.Option(help="Where the database lies meanwhile; a temporary folder.")] = None,
) -> None:
    """Cluster an invented corpus in a database, stories and profiles with it, and print seconds and memory."""
    from app.evaluation.recluster_speed import bench_recluster

    typer.echo(json.dumps(bench_recluster(quotes, folder), indent=1))


@bench.command("ingest")
def bench_ingest_command(
    documents: Annotated[Path | None, typer.Argument(help="Folder or file; invented articles without it.")] = None,
    articles: Annotated[int, typer.Option(min=1, help="How many articles to invent.")] = 300,
    media: Annotated[
        Literal["text", "html", "warc"], typer.Option(help="Invent text files, pages or an archive of pages.")
    ] = "text",
    workers: Annotated[int, typer.Option(min=1, help="Processes that read and find quotations.")] = 2,
    repetitions: Annotated[int, typer.Option(min=1, help="How often to measure; medians are printed.")] = 3,
) -> None:
    """Documents per second of ingest and of finding quotations alone, in turn, and milliseconds by stage."""
    from app.evaluation.ingest_speed import bench_ingest

    typer.echo(json.dumps(bench_ingest(documents, articles, media, workers, repetitions), indent=1))


@bench.command("archive")
def bench_archive_command(
    megabytes: Annotated[int, typer.Option(min=1, help="Size of the archive before compression.")] = 1000,
    script: Annotated[int, typer.Option(min=0, help="Kilobytes of script in each page.")] = 110,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read and find quotations.")] = 2,
    folder: Annotated[Path | None, typer.Option(help="Where archive and database lie; a temporary folder.")] = None,
) -> None:
    """Memory of an ingest while it streams an invented WARC of pages, at each tenth of it."""
    from app.evaluation.archive_memory import bench_archive

    typer.echo(json.dumps(bench_archive(megabytes, script, workers, folder), indent=1))


@bench.command("extraction")
def bench_extraction(
    path: Annotated[Path, typer.Argument(help="Articles: JSON lines with id and text, plain or gzip.")],
    articles: Annotated[int | None, typer.Option(help="How many to read; all without it.", min=1)] = None,
    stages: Annotated[bool, typer.Option(help="Also milliseconds per article by stage.")] = False,
    repetitions: Annotated[int, typer.Option(help="How often to measure; medians are printed.", min=1)] = 3,
    spacy_model: Annotated[str, typer.Option(help="Name or folder of textacy's spaCy model.")] = "en_core_web_sm",
) -> None:
    """Tokens and articles per second, loading time and memory of extraction, in turn with textacy's where installed."""
    from app.evaluation.speed import compare_speed, texts_of

    figures = compare_speed(texts_of(path, articles), spacy_model, repetitions, stages)
    typer.echo(json.dumps(figures, indent=1))


@bench.command("pages")
def bench_pages_command(
    quotations: Annotated[int, typer.Option(min=100, help="How many quotations the invented corpus has.")] = 200_000,
    database: Annotated[str | None, typer.Option(help="Address or SQLite file; a file is made if need be.")] = None,
    requests: Annotated[int, typer.Option(min=10, help="How many to time of each kind of page.")] = 50,
) -> None:
    """Fill a database with invented quotations and print milliseconds a page, median and 99th percentile by kind."""
    from app.evaluation.page_speed import bench_pages

    with TemporaryDirectory() as folder:
        figures = bench_pages(database or f"{folder}/pages.db", quotations, requests)
    typer.echo(json.dumps(figures, indent=1))


@bench.command("load")
def bench_load_command(
    database: Annotated[str, typer.Option(help="Address or SQLite file to serve; --ingesting writes to it.")],
    seconds: Annotated[int, typer.Option(min=1, help="How long wrk asks, each time.")] = 60,
    connections: Annotated[int, typer.Option(min=2, help="How many connections ask at once.")] = 64,
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer.")] = 2,
    ingesting: Annotated[bool, typer.Option(help="Take invented articles in meanwhile.")] = False,
    datasette: Annotated[Path | None, typer.Option(help="Program to compare with; the installed one.")] = None,
) -> None:
    """Ask for pages of quotes with wrk, and for Datasette's pages of rows, and print rates, milliseconds and memory."""
    from app.evaluation.load_speed import Load, bench_load, find_datasette

    figures = bench_load(database, Load(seconds, connections, workers), ingesting, find_datasette(datasette))
    typer.echo(json.dumps(figures, indent=1))


@bench.command("start")
def bench_start_command(
    database: Annotated[str, typer.Option(help="Address or SQLite file with quotes.")],
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer requests.")] = 2,
    repetitions: Annotated[int, typer.Option(min=1, help="How often to measure; medians are printed.")] = 5,
) -> None:
    """Seconds from `variorum serve` to its first page, what it works and weighs, and what loading costs."""
    from app.evaluation.start_speed import bench_start

    typer.echo(json.dumps(bench_start(database, workers, repetitions), indent=1))


def _ingested(folder: str, documents: Path) -> "Engine":
    from app.documents import Limits, expand
    from app.ingest import ingest
    from app.store.engine import connect
    from app.store.migrate import migrate

    engine = connect(str(Path(folder) / "evaluation.db"))
    migrate(engine)
    ingest(engine, expand([str(documents)]), Limits(), report=lambda _: None, input_done=lambda _: None)
    return engine
