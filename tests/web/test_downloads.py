"""Lists as files: the same rows as on the pages, in three forms, a batch at a time."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet
from sqlalchemy import Engine, event, text

from app.errors import Overrun
from app.store import downloads
from app.store import reading as store_reading
from app.store.columns import COLUMNS
from app.store.downloads import quotes_table, stream
from app.store.quote_filter import QuoteFilter
from app.store.reading import reading_engine
from app.store.write_rows import stream_rows
from tests.web.pages import Page
from tests.web.test_limits import ENDLESS, site

FORMS = ("csv", "jsonl", "parquet")


def rows(client: TestClient, name: str, form: str, **query: str) -> list[dict[str, Any]]:
    response = client.get(f"/{name}.{form}", params=query)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="variorum-{name}.{form}"'
    if form == "csv":
        return list(csv.DictReader(io.StringIO(response.text, newline="")))
    if form == "jsonl":
        return [json.loads(line) for line in response.text.splitlines()]
    table: list[dict[str, Any]] = parquet.read_table(io.BytesIO(response.content)).to_pylist()
    return table


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("quotes", {}),
        ("quotes", {"q": "vibes"}),
        ("quotes", {"outlet": "quayecho0001", "speaker": "adaquill0001", "sort": "newest"}),
        ("quotes", {"from": "2026-03-14", "to": "2026-03-14"}),
        ("quotes", {"q": "nothing of the kind"}),
        ("documents", {}),
        ("documents", {"outlet": "tidaltimes01"}),
        ("documents", {"from": "2026-03-15"}),
    ],
)
def test_a_file_has_the_rows_of_its_list(client: TestClient, name: str, query: dict[str, str], form: str) -> None:
    shown = {line["id"] for line in client.get(f"/{name}.json", params=query).json()[name]}
    found = rows(client, name, form, **query)
    assert {row["id"] for row in found} == shown
    assert len(found) == len(shown)


def test_the_forms_say_the_same(client: TestClient) -> None:
    assert rows(client, "quotes", "jsonl") == rows(client, "quotes", "parquet")
    assert rows(client, "documents", "jsonl") == rows(client, "documents", "parquet")
    texts = [row["text"] for row in rows(client, "documents", "jsonl")]
    assert [row["text"] for row in rows(client, "documents", "csv")] == texts


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_file_has_its_columns_still(client: TestClient, form: str) -> None:
    content = client.get(f"/quotes.{form}?q=nothing+of+the+kind").content
    if form == "csv":
        assert content.startswith(b"id,text,speaker,")
    if form == "parquet":
        assert parquet.read_schema(io.BytesIO(content)).names[:3] == ["id", "text", "speaker"]


@pytest.mark.parametrize("query", ["q=talks", 'q="good+vibes"', 'q="good+vibe"', "q=vibes&outlet=goldlantern1", 'q="'])
def test_a_file_and_a_feed_hold_the_quotes_of_their_list(client: TestClient, query: str) -> None:
    listed = {quote["id"] for quote in client.get(f"/quotes.json?{query}").json()["quotes"]}
    lines = client.get(f"/quotes.jsonl?{query}").text.splitlines()
    assert {json.loads(line)["id"] for line in lines} == listed
    feed = client.get(f"/quotes.atom?{query}").text
    assert all(quote in feed for quote in listed)
    assert feed.count("<entry>") == len(listed)


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_batches_lose_and_repeat_nothing(client: TestClient, size: int) -> None:
    engine = client.app.state.engine  # type: ignore[attr-defined]
    table = replace(quotes_table(engine, QuoteFilter()), batch=size)
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", note := lambda *arguments: statements.append(arguments[2]))
    ids = [json.loads(line)["id"] for chunk in stream(engine, table, "jsonl") for line in chunk.splitlines()]
    event.remove(engine, "before_cursor_execute", note)
    assert len(ids) == len(set(ids)) == 5
    queries = [statement for statement in statements if statement.startswith("SELECT")]
    assert len(queries) == 5 // size + 1
    assert all("LIMIT" in query for query in queries)


def test_no_connection_is_held_while_the_reader_is_slow(client: TestClient) -> None:
    engine = client.app.state.engine  # type: ignore[attr-defined]
    table = replace(quotes_table(engine, QuoteFilter()), batch=1)
    resting = engine.pool.checkedout()
    chunks = stream(engine, table, "jsonl")
    next(chunks)
    assert engine.pool.checkedout() == resting


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["quotes", "documents"])
def test_a_file_whose_rows_take_too_long_to_find_is_an_error_page(
    database: str, monkeypatch: pytest.MonkeyPatch, name: str, form: str
) -> None:
    selected = getattr(downloads, f"select_{name}")
    monkeypatch.setattr(downloads, f"select_{name}", lambda: selected().where(text(f"({ENDLESS}) > 0")))
    with site(database, monkeypatch, request_seconds=0.05) as client:
        response = client.get(f"/{name}.{form}")
        assert response.status_code == 503
        assert "took too long, and was stopped" in Page(response.text).text


@pytest.fixture
def slow(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A database over which every statement takes six of the ten seconds that a request may take."""
    now = 0

    def tick(*_: object) -> None:
        nonlocal now
        now += 6

    monkeypatch.setattr(store_reading, "monotonic", lambda: now)
    monkeypatch.setattr(store_reading, "_STEPS", 1)  # the clock is looked at all the time
    engine = reading_engine(database, 10)
    event.listen(engine, "before_cursor_execute", tick)
    yield engine
    engine.dispose()


def in_small_batches(engine: Engine, phrases: tuple[str, ...] = ()) -> bytes:
    """The file of all quotes that have the phrases, looked for one by one."""
    table = replace(quotes_table(engine, QuoteFilter()), batch=1, phrases=phrases)
    return b"".join(stream(engine, table, "jsonl"))


def test_a_file_that_goes_on_is_finished_however_long_it_takes(slow: Engine) -> None:
    assert len(in_small_batches(slow).splitlines()) == 5


@pytest.mark.once  # PostgreSQL limits each statement
def test_rows_are_not_looked_for_without_end_where_none_is_found(slow: Engine) -> None:
    with pytest.raises(Overrun):
        in_small_batches(slow, ("nothing of the kind",))


@given(st.lists(st.text(), max_size=4))
def test_no_cell_of_a_csv_begins_a_formula(texts: list[str]) -> None:
    row = {"text": "".join(texts), "list": texts, "count": -1}
    data = b"".join(stream_rows([row], "csv", {"text": "text", "list": "texts", "count": "whole"})).decode("utf-8")
    _, (text, listed, count) = csv.reader(io.StringIO(data, newline=""), strict=True)
    assert not text.startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert not listed.startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert count == "-1"


def test_the_columns_of_a_file_are_those_of_an_export(client: TestClient) -> None:
    assert list(rows(client, "quotes", "jsonl")[0]) == list(COLUMNS["quotes"])
    assert list(rows(client, "documents", "jsonl")[0]) == list(COLUMNS["documents"])


def test_what_only_late_rows_have_is_in_a_parquet_file() -> None:
    document = dict.fromkeys(COLUMNS["documents"]) | {"id": "a", "authors": []}
    late = document | {"authors": ["Ann Ashby"], "copy_share": 0.5, "altered_rate": 0.25, "version": 2}
    quotation = dict.fromkeys(COLUMNS["quotations"])
    for aggregate, early, last in (
        ("documents", document, late),
        ("quotations", quotation, quotation | {"source_start": 1, "cue_start": 2, "confidence": 0.5}),
    ):
        data = b"".join(stream_rows([*[early] * 5_000, last], "parquet", COLUMNS[aggregate]))
        assert parquet.read_table(io.BytesIO(data)).slice(5_000).to_pylist() == [last]


def test_a_parquet_file_of_many_batches_can_be_read() -> None:
    data = b"".join(stream_rows(({"n": n} for n in range(12_000)), "parquet", {"n": "whole"}))
    assert parquet.read_table(io.BytesIO(data))["n"].to_pylist() == list(range(12_000))


@pytest.mark.parametrize("page", ["/quotes?q=vibes&sort=carried", "/documents?outlet=tidaltimes01"])
def test_a_list_leads_to_its_files(client: TestClient, page: str) -> None:
    html = client.get(page).text
    links = [unescape(link) for link in re.findall(r'href="([^"]+)" download', html)]
    assert [re.search(r"\.(\w+)\?", link)[1] for link in links] == list(FORMS)  # type: ignore[index]
    assert all(client.get(link).status_code == 200 for link in links)


def test_a_filter_that_is_not_understood_is_refused_before_anything_is_sent(client: TestClient) -> None:
    assert client.get("/quotes.csv?from=yesterday").status_code == 400
