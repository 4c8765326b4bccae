"""Any list of quotes or documents as a file, streamed."""

from collections.abc import Iterator
from itertools import chain

from fastapi import Request
from starlette.responses import StreamingResponse

from app.store.downloads import Table, documents_table, quotes_table, stream
from app.web.chosen import ChosenDocuments, ChosenQuotes
from app.web.routing import new_router

router = new_router()
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}


def _quotes(request: Request, chosen: ChosenQuotes) -> StreamingResponse:
    """All quotes of a list as a file, in the order in which they were found; `sort` changes nothing."""
    return _answer(request, "quotes", quotes_table(request.app.state.engine, chosen))


def _documents(request: Request, chosen: ChosenDocuments) -> StreamingResponse:
    """All documents of a list as a file, with their texts, in the order in which they were taken in."""
    return _answer(request, "documents", documents_table(chosen))


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
