"""One view, two addresses: a page as HTML, and the same context as JSON under the address with ".json"."""

import json
from asyncio import get_running_loop
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import wraps
from inspect import signature
from types import UnionType
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from app.store.reading import reading
from app.web.addresses import json_twin
from app.web.contexts import ErrorPage, Page
from app.web.parameters import Parameters
from app.web.site import base

View = Callable[..., "Page | Moved"]
Answer = TypeVar("Answer")
# Every other status of an address with ".json" has this form; documented once, for all of them.
REFUSALS: dict[int | str, dict[str, Any]] = {
    "default": {"description": "Why there is no such answer, and what to do.", "model": ErrorPage}
}


@dataclass(frozen=True, slots=True)
class Moved:
    """An answer that leads elsewhere."""

    address: str
    status: int = 301


Reading = Connection  # what a view reads over: `store: Reading`


def reads(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """Open the connection of a view (`store: Reading`) around it, in the thread that runs it: as a dependency it would
    be opened for each request that still waits for a thread. Stands below `@router.get`; `page` does it by itself.

    Raises DatabaseError where the database can't be used, and Overrun.
    """
    asked = signature(view)

    @wraps(view)
    def run(*, request: Request, **values: Any) -> Answer:
        with reading(request.app.state.engine) as store:
            return view(request=request, store=store, **values)

    left = [one for name, one in asked.parameters.items() if name != "store"]  # is for FastAPI to find
    run.__signature__ = asked.replace(parameters=left)  # type: ignore[attr-defined]
    return run


def in_turn(dialect: str, threads: int) -> ThreadPoolExecutor:
    """The threads that make a worker's quick pages. Of SQLite one: there they are the work of this process alone, and
    threads that share a processor and Python's lock take twice the time for the same pages, and let none end early."""
    return ThreadPoolExecutor(1 if dialect == "sqlite" else threads, "quick")


def page(router: APIRouter, path: str, context: type[Page] | UnionType, quick: bool = False) -> Callable[[View], View]:
    """Register a view that returns a `context` (or one of several, joined by |) at `path`, and its twin.

    The twin is FastAPI's, and in its schema. What FastAPI does for each request takes some 7 % of the time of a
    quote's page: for the page itself, `Parameters` reads the same from the address.

    The view takes `request: Request`, and `store: Reading` where it reads (`reads`). Pages that are `quick`, for they
    read little and by keys alone, take turns (`in_turn`); none of them waits behind a search.
    """

    def register(view: View) -> View:
        run = reads(view) if "store" in signature(view).parameters else view

        async def threaded(make: Callable[[], Response], request: Request) -> Response:
            if quick:
                return await get_running_loop().run_in_executor(request.app.state.in_turn, make)
            return await run_in_threadpool(make)

        @wraps(view)
        async def as_json(**values: Any) -> Response:
            return await threaded(lambda: answer_json(run(**values)), values["request"])

        async def as_html(request: Request) -> Response:
            request.scope["route"] = route  # by which log and metrics name it
            values = parameters.read(request)
            return await threaded(lambda: answer_html(request, run(**values)), request)

        as_json.__signature__ = signature(run)  # type: ignore[attr-defined]
        router.add_api_route(
            json_twin(path), as_json, response_model=context, name=f"{view.__name__}_json", responses=REFUSALS
        )
        parameters, route = Parameters(view, path), Route(path, as_html, name=view.__name__)
        router.routes.append(route)
        return view

    return register


def answer_html(request: Request, result: Page | Moved) -> Response:
    """The whole page; the fragment alone where htmx asks for a part of the page."""
    if isinstance(result, Moved):
        return _redirect(result.address, result.status)
    partial = request.headers.get("HX-Request-Type") == "partial" and result.fragment is not None
    template = request.app.state.templates.get_template(result.fragment if partial else result.template)
    html = template.render(page=result, partial=partial, site=base(request))
    headers = {"Vary": "HX-Request, HX-Request-Type", "Cache-Control": "no-cache"}
    if partial and result.status == 200 and not result.inset:
        headers |= _history(request, result.address)
    return HTMLResponse(html, result.status, headers)


def answer_json(result: Page | Moved) -> Response:
    """The context as JSON, its fields as they are."""
    if isinstance(result, Moved):
        return _redirect(json_twin(result.address), result.status)
    content = json.dumps(result, default=_plain, ensure_ascii=False)
    return Response(content, result.status, {"Cache-Control": "no-cache"}, "application/json")


def _history(request: Request, address: str) -> dict[str, str]:
    """Typing replaces the address shown, a choice adds one to the reader's history."""
    typing = request.headers.get("HX-Source", "").startswith("input#q")
    return {"HX-Replace-Url" if typing else "HX-Push-Url": address}


def _redirect(address: str, status: int) -> Response:
    # Slugs and mergers change again: a browser must not keep the answer for ever.
    return RedirectResponse(address, status, {"Cache-Control": "no-cache"})


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, datetime):
        return f"{value.isoformat()}Z"  # the store keeps UTC, naive
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a page's context")
