"""How long the server takes for every kind of page, over a database of any size."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Connection, Engine, func, select
from starlette.testclient import TestClient

from app.evaluation.filling import fill
from app.main import create_app
from app.settings import settings
from app.store.engine import connect
from app.store.migrate import migrate, refuse_missing
from app.store.story_tables import StoryRow
from app.store.tables import DocumentRow, OutletRow, QuotationRow, QuoteRow, SpeakerRow, VariantRow
from app.web.addresses import quote_address, with_query

_ID = "{public_id}"
_PARAMETER = re.compile(r"\{\w+\}")
_LARGEST = 25  # of each kind: the pages of the most quoted are the slow ones
_WARM = 3
_BYTES = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
    "postgresql": "SELECT pg_database_size(current_database())",
}
_TABLES = {
    "quotes": QuoteRow,
    "documents": DocumentRow,
    "speakers": SpeakerRow,
    "outlets": OutletRow,
    "q": QuotationRow,
    "stories": StoryRow,
    "v": VariantRow,
    "variants": VariantRow,
    "share": QuoteRow,
    "around": QuoteRow,
}

Addresses = Callable[[], str]
Figures = dict[str, Any]


def bench_pages(database: str, quotations: int, requests: int, seed: int = 1) -> Figures:
    """Median and 99th percentile in milliseconds of each kind of page, over a database by its address or file; makes
    and fills a SQLite file that is not there.

    Raises DatabaseError for a database of PostgreSQL with nothing in it.
    """
    engine = connect(database)
    started = perf_counter()
    if _is_to_be_made(engine):
        migrate(engine)
        fill(engine, quotations)
    refuse_missing(engine)
    migrate(engine)
    filled = perf_counter() - started
    chosen = settings()  # every page is made anew, and no search is one too many
    chosen.page_cache_bytes = chosen.searches_per_minute = chosen.checks_per_minute = 0
    app = create_app(database)
    with TestClient(app, follow_redirects=False) as client, engine.connect() as connection:
        paths = _paths(app)
        kinds = {**_kinds(paths, connection, Random(seed)), **_lists(paths, connection, Random(seed))}
        figures = {kind: _timed(client, address, requests) for kind, address in kinds.items()}
        counted = connection.scalar(select(func.max(QuotationRow.id)))
        size = connection.exec_driver_sql(_BYTES[engine.dialect.name]).scalar() or 0
    engine.dispose()
    return {
        "quotations": counted,
        "processors": os.cpu_count(),
        "seconds_to_fill": round(filled, 1),
        "megabytes": round(size / 1e6),
        "slowest": {name: max(one[name] for one in figures.values()) for name in ("median", "p99", "cpu_p99")},
        "milliseconds": figures,
    }


def _is_to_be_made(engine: Engine) -> bool:
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    return file is not None and not Path(file).exists()


def _timed(client: TestClient, address: Addresses, requests: int) -> Figures:
    for _ in range(_WARM):
        client.get(address())
    times, busy, statuses = list[float](), list[float](), set[int]()
    for _ in range(requests):
        target = address()
        started, began = perf_counter(), process_time()
        response = client.get(target)
        times.append((perf_counter() - started) * 1000)
        busy.append((process_time() - began) * 1000)
        statuses.add(response.status_code)
    return {
        "median": round(median(times), 1),
        "p99": round(quantiles(times, n=100)[98], 1),
        "cpu_median": round(median(busy), 1),  # what other work on the machine leaves as it is
        "cpu_p99": round(quantiles(busy, n=100)[98], 1),
        "statuses": sorted(statuses),
    }


def _kinds(paths: Sequence[str], connection: Connection, chance: Random) -> Mapping[str, Addresses]:
    """Every page that the site has: those of one thing at random ids, the others as they are."""
    found: dict[str, Addresses] = {}
    for path in paths:
        table = _TABLES.get(path.split("/")[1])
        if "{" not in path:
            found[path] = _always(path)
        elif table and path.count("{") == 1:
            found[path] = _at_random(_PARAMETER.sub(_ID, path), _ids(connection, table, chance), chance)
    found["/quotes/{public_id}/{slug}"] = _at_random(_ID, _quote_addresses(connection, chance), chance)
    return found


def _paths(app: FastAPI) -> list[str]:
    """Paths of all pages: they have a twin in JSON, and that is in the schema."""
    twins = [path for path in app.openapi()["paths"] if path.endswith(".json")]
    return ["/" if path == "/index.json" else path.removesuffix(".json") for path in twins]


def _lists(paths: Sequence[str], connection: Connection, chance: Random) -> Mapping[str, Addresses]:
    """Filtered, sorted and searched lists."""
    outlets, speakers = _ids(connection, OutletRow, chance), _ids(connection, SpeakerRow, chance)
    common, rare = _words(connection, chance)
    found: dict[str, Addresses] = {}
    for path in {"/quotes", "/search"} & {*paths}:
        for kind, words in (("common words", common), ("rare words", rare), ("misspelt words", map(_slip, rare))):
            found[f"{path}?q= {kind}"] = _at_random(f"{path}?q={_ID}", list(words), chance)
        for kind, words in (("two common words", common), ("two rare words", rare)):
            both = [f"{one}+{chance.choice(words)}" for one in words]
            found[f"{path}?q= {kind}"] = _at_random(f"{path}?q={_ID}", both, chance)
    for sort in ("changed", "carried", "newest"):
        for name, ids in (("outlet", outlets), ("speaker", speakers)):
            found[f"/quotes?{name}=&sort={sort}"] = _at_random(f"/quotes?{name}={_ID}&sort={sort}", ids, chance)
        dates = _at_random(f"/quotes?from=2022-{_ID}-01&sort={sort}", [f"{month:02}" for month in range(1, 13)], chance)
        found[f"/quotes?from=&sort={sort}"] = dates
    found["/quotes?outlet=&speaker="] = lambda: with_query(
        "/quotes", {"outlet": chance.choice(outlets), "speaker": chance.choice(speakers)}
    )
    found["/quotes?q=&outlet="] = lambda: with_query(
        "/quotes", {"q": chance.choice(common), "outlet": chance.choice(outlets)}
    )
    names = [name for name, *_ in _rows(connection, OutletRow, chance, 500, OutletRow.name)]
    for kind, words in (("common words", common), ("rare words", rare)):
        narrowed = {
            "outlet=": [f"{chance.choice(words)}&outlet={name}" for name in names],
            "from=&to=": [f"{one}&from=2022-0{1 + at % 9}-01&to=2023-06-30" for at, one in enumerate(words)],
        }
        for terms, values in narrowed.items():
            found[f"/search?q= {kind} &{terms}"] = _at_random(f"/search?q={_ID}", values, chance)
    found["/search.atom?q= common words"] = _at_random(f"/search.atom?q={_ID}", list(common), chance)
    found["/documents?outlet="] = _at_random(f"/documents?outlet={_ID}", outlets, chance)
    return found


def _always(address: str) -> Addresses:
    return lambda: address


def _at_random(pattern: str, values: list[str], chance: Random) -> Addresses:
    return lambda: pattern.replace(_ID, chance.choice(values))


def _ids(connection: Connection, table: Any, chance: Random, most: int = 500) -> list[str]:
    """Public ids of rows at random places, and of those with the largest count."""
    return [public_id for public_id, *_ in _rows(connection, table, chance, most, table.public_id)]


def _quote_addresses(connection: Connection, chance: Random) -> list[str]:
    rows = _rows(connection, QuoteRow, chance, 500, QuoteRow.public_id, QuoteRow.text)
    return [quote_address(public_id, text) for public_id, text in rows]


def _rows(connection: Connection, table: Any, chance: Random, most: int, *columns: Any) -> Iterator[Any]:
    last = connection.scalar(select(func.max(table.id))) or 0
    picked = chance.sample(range(1, last + 1), min(most, last))
    yield from connection.execute(select(*columns).where(table.id.in_(picked)))
    size = getattr(table, "quotation_count", None)
    if size is not None:
        yield from connection.execute(select(*columns).order_by(size.desc()).limit(_LARGEST))


def _words(connection: Connection, chance: Random) -> tuple[list[str], list[str]]:
    """Words that many quotes have, and words that fewest have."""
    counts: dict[str, int] = {}
    for (words,) in _rows(connection, QuoteRow, chance, 3000, QuoteRow.text):
        for word in set(words.split()):
            counts[word] = counts.get(word, 0) + 1
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    long = [word for word in ranked if len(word) > 5]
    return ranked[:40], [word for word in long if counts[word] == counts[long[-1]]][:300]


def _slip(word: str) -> str:
    """The word with two letters exchanged."""
    at = len(word) // 2
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
