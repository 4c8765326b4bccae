"""Any list of quotes or documents as a file, streamed."""

from collections.abc import Iterator
from itertools import chain

from fastapi import APIRouter, Request
from starlette.responses import StreamingResponse

from app.store.downloads import Table, documents_table, quotes_table, stream
from app.store.read_documents import DocumentFilter
from app.store.read_quotes import QuoteFilter, Sort
from app.web.forms import Id, Since, Until, Words

router = APIRouter()
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}


def _quotes(
    request: Request,
    q: Words = "",
    speaker: Id = "",
    outlet: Id = "",
    since: Since = None,
    until: Until = None,
    sort: Sort = "changed",
) -> StreamingResponse:
    """All quotes of a list as a file, in the order in which they were found; `sort` changes nothing."""
    chosen = QuoteFilter(q.strip(), speaker, outlet, since, until, sort)
    return _answer(request, "quotes", quotes_table(request.app.state.engine, chosen))


def _documents(request: Request, outlet: Id = "", since: Since = None, until: Until = None) -> StreamingResponse:
    """All documents of a list as a file, with their texts, in the order in which they were taken in."""
    return _answer(request, "documents", documents_table(DocumentFilter(outlet, since, until)))


for _form in _TYPES:
    router.add_api_route(f"/quotes.{_form}", _quotes, response_class=StreamingResponse, name=f"quotes_{_form}")
    router.add_api_route(f"/documents.{_form}", _documents, response_class=StreamingResponse, name=f"documents_{_form}")


def _answer(request: Request, name: str, table: Table) -> StreamingResponse:
    form = request.url.path.rpartition(".")[2]
    chunks = stream(request.app.state.engine, table, form)
    headers = {"Content-Disposition": f'attachment; filename="variorum-{name}.{form}"', "Cache-Control": "no-cache"}
    return StreamingResponse(_begun(chunks), 200, headers, _TYPES[form])


def _begun(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, the first one made already: what can't be read is an error page then, not half a file."""
    first = next(chunks, b"")
    return chain((first,), chunks)
