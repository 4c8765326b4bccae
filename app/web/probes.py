"""The answers for those who watch the service: is it alive, can it answer, how does it do."""

from collections.abc import Callable

from fastapi import Request
from starlette.responses import JSONResponse, Response

from app.errors import Refused, VariorumError
from app.settings import settings
from app.store.migrate import check_schema
from app.store.read_outlets import read_counts
from app.store.reading import reading
from app.web.clients import client_address
from app.web.errors import unavailable
from app.web.routing import new_router

router = new_router()


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """Whether the process answers."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(request: Request) -> Response:
    """Whether pages can be answered: database, schema and models; 503 with the reasons where not, in full for those on
    this machine."""
    state = request.app.state
    checks: dict[str, Callable[[], object]] = {
        "database": lambda: _read(request),
        "schema": lambda: check_schema(state.engine),
        "models": state.check_models,
    }
    local = _is_local(request)
    found = {name: _outcome(check, local) for name, check in checks.items()}
    ready = all(outcome == "ok" for outcome in found.values())
    values = {"status": "ready" if ready else "not ready", **found}
    return JSONResponse(values, 200 if ready else 503, {"Cache-Control": "no-store"})


@router.get("/metrics", response_class=Response, include_in_schema=False)
def metrics(request: Request) -> Response:
    """Figures in Prometheus' text form, for those on this machine or whom a setting lets in. Raises Refused."""
    if not (settings().metrics_open or _is_local(request)):
        raise Refused("Figures are shown on the server's own machine only.", "VARIORUM_METRICS_OPEN lets others in.")
    kept = request.app.state.metrics
    return Response(kept.text(), 200, {"Cache-Control": "no-store"}, kept.content_type)


def _outcome(check: Callable[[], object], local: bool) -> str:
    try:
        check()
    except VariorumError as error:
        return error.message if local else unavailable(error).message
    return "ok"


def _read(request: Request) -> None:
    with reading(request.app.state.engine) as store:
        read_counts(store)


def _is_local(request: Request) -> bool:
    """Whether it comes from this machine, and no proxy passed it on for others."""
    passed_on = "x-forwarded-for" in request.headers or "forwarded" in request.headers
    found = client_address(request.client.host) if request.client else None
    return not passed_on and found is not None and found.is_loopback
