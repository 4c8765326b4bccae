"""What a request that writes needs: where it comes from, its fields, and a short transaction."""

from asyncio import timeout
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.errors import Refused, TooLarge, TooSlow, UsageError
from app.store.engine import writing

_MOST_BYTES = 8_000  # of a form: 500 characters of free text, percent-encoded, and its other fields
_SECONDS = 10.0  # until all of a form is here
_FORM = "application/x-www-form-urlencoded"

Transaction = Callable[[], AbstractContextManager[Session]]


def transaction(request: Request) -> Transaction:
    """Opens a write transaction, which is over (or has failed) before the answer is made."""
    return partial(writing, request.app.state.writer, "nothing shown")  # reports are on no page


def from_here(request: Request) -> None:
    """Let only our own pages post. Raises Refused.

    There are no accounts and no cookies, so a forged request could do no more than its sender can; this keeps other
    sites from making their readers file reports. Browsers say where a request comes from in Sec-Fetch-Site, and
    where that is missing (no TLS, old browsers) in Origin. Programs that send neither forge nobody's request.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        allowed = site == "same-origin"
    else:
        allowed = origin is None or _host(origin) == request.headers.get("host", "")
    if not allowed:
        raise Refused("This form was sent from another site.", "Open the page here, and send it from there.")


def _host(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # no address at all
        return None


async def fields(request: Request) -> dict[str, str]:
    """The fields of a posted form. Raises UsageError where it is no form, TooLarge, TooSlow."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise UsageError("This is not a form.", f"Send it as {_FORM}.")
    try:
        async with timeout(_SECONDS):
            body = await _body(request)
    except TimeoutError as error:
        raise TooSlow("This form took too long to arrive.", "Send it again.") from error
    return dict(parse_qsl(body.decode("utf-8", "replace")))


async def _body(request: Request) -> bytes:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            raise TooLarge("This is longer than a report may be.", "Say it in fewer words.")
    return body


Writing = Annotated[Transaction, Depends(transaction)]
Fields = Annotated[dict[str, str], Depends(fields)]
FromHere = Depends(from_here)
