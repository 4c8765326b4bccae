"""One table: every error that a request can meet, and the page that answers it."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.errors import (
    DatabaseError,
    Gone,
    InputError,
    ModelError,
    NotFound,
    Overrun,
    Refused,
    TooLarge,
    TooLong,
    TooMany,
    TooSlow,
    Unavailable,
    UsageError,
    VariorumError,
)
from app.web.contexts import ErrorPage
from app.web.observing import HEADER
from app.web.pages import answer_html, answer_json
from app.web.refused import refusal

TITLES: Mapping[type[VariorumError], str] = {
    UsageError: "That request makes no sense here",
    InputError: "That can’t be read",
    NotFound: "Nothing at this address",
    Gone: "No longer here",
    Refused: "Not from here",
    TooLarge: "Too large",
    TooLong: "Too long an address",
    TooMany: "Too often",
    TooSlow: "Too slow",
    Overrun: "That takes too long",
    Unavailable: "Not available just now",
}
_UNKNOWN = VariorumError(
    "Something went wrong on our side, and it has been logged.", "Try again; if it stays, report the address."
)
_OWN = (DatabaseError, ModelError)  # whose words name files and servers: they go to the log


def answer(request: Request, error: VariorumError, status: int | None = None) -> Response:
    """The page of an error: HTML, or JSON where the address asks for it."""
    result = ErrorPage(
        title=next((title for kind, title in TITLES.items() if isinstance(error, kind)), "Something went wrong"),
        address=request.url.path,
        status=status or error.status,
        message=error.message,
        hint=error.hint,
    )
    request.state.error = type(error).__name__  # for the log
    response = answer_json(result) if request.url.path.endswith(".json") else answer_html(request, result)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def _expected(request: Request, error: Any) -> Response:
    cause = error if isinstance(error, _OWN) else error.__cause__
    if not isinstance(cause, _OWN):
        return answer(request, error)
    response = answer(request, unavailable(cause) if cause is error else error)
    request.state.error, request.state.reason = type(cause).__name__, str(cause)
    return response


def unavailable(error: VariorumError) -> Unavailable:
    """The error of a database or model in words that tell an outsider nothing."""
    what = "The database" if isinstance(error, DatabaseError) else "A model"
    return Unavailable(f"{what} can’t be used just now.", "Try again in a few minutes; the reason has been logged.")


def _not_understood(request: Request, error: Any) -> Response:
    return answer(request, refusal(error.errors()[0]))


def _of_framework(request: Request, error: Any) -> Response:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return answer(
            request,
            NotFound("There is no page at this address.", "Check it for a typing mistake, or search."),
        )
    response = answer(request, VariorumError(f"{error.detail}.", "Go back and try another way."), error.status_code)
    response.headers.update(error.headers or {})
    return response


def _unexpected(request: Request, _error: Any) -> Response:
    # This answer is made outside the middleware that adds the headers and knows the id.
    response = answer(request, _UNKNOWN)
    response.headers.update(request.app.state.security)
    response.headers[HEADER] = request.state.request_id
    return response


HANDLERS: Mapping[type[Exception], Callable[[Request, Any], Response]] = {
    VariorumError: _expected,
    RequestValidationError: _not_understood,
    HTTPException: _of_framework,
    Exception: _unexpected,
}
